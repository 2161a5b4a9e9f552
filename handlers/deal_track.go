package handlers

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// standing is a deal's milestones as they stand now: what lists and the deal's own page draw.
type standing struct {
	version  *sales.Version
	marks    map[process.MilestoneID]sales.Mark
	required int
	passed   int
	next     process.MilestoneID // the first required one that is not there
	closed   bool                // the deal is, so nothing is waited for
}

// standingOf reads a deal with the version that it follows. Like the model it lets a milestone that came with a later version pass for a
// deal that never followed one.
func standingOf(d *sales.Deal) standing {
	s := standing{version: d.Version(), marks: map[process.MilestoneID]sales.Mark{}, closed: d.Now.Close != nil}
	for _, m := range d.MarksOn(process.FarFuture) {
		s.marks[m.Milestone] = m
	}
	if s.version == nil {
		return s
	}
	s.required = len(s.version.Required)
	s.passed = d.PassedOn(process.FarFuture, s.version.Required)
	if s.passed < s.required {
		s.next = s.version.Required[s.passed]
	}
	return s
}

// state is how a milestone is drawn.
func (s *standing) state(ms *process.Milestone) PlateState {
	mark, there := s.marks[ms.Key]
	switch {
	case there && mark.Waived:
		return Waived
	case there && ms.Required && slices.Index(s.version.Required, ms.Key) >= s.passed:
		return Ahead
	case there:
		return Reached
	case ms.Key == s.next && !s.closed:
		return Next
	}
	return NotYet
}

// plates are the milestones in order, the required ones numbered.
func (s *standing) plates() []Plate {
	if s.version == nil {
		return nil
	}
	plates := make([]Plate, len(s.version.Definition.Milestones))
	n := 0
	for i := range plates {
		ms := &s.version.Definition.Milestones[i]
		plates[i].State = s.state(ms)
		if ms.Required {
			n++
			plates[i].Numeral = n
		}
	}
	return plates
}

// track draws them for a list, with the same in words.
func (s *standing) track(t *Text) Track {
	label := t.T("deals.track_all", s.passed, s.required)
	if s.next != "" {
		if ms, ok := s.version.Definition.Milestone(s.next); ok {
			label = t.T("deals.track", s.passed, s.required, ms.Name)
		}
	}
	return NewTrack(label, s.plates())
}
