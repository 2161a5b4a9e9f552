package dealindex

import (
	"slices"

	"milstolpe/handlers/chart"
	"milstolpe/handlers/i18n"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// MilestoneStates is the state of a deal's milestones now: what lists and the deal's own page draw.
type MilestoneStates struct {
	Version  *sales.Version
	Marks    map[process.MilestoneID]sales.Mark
	required int
	passed   int
	Next     process.MilestoneID // the first required one that is neither reached nor waived; empty if there is none
	closed   bool                // the deal is closed, so no milestone is drawn as the next
	unknown  bool                // nobody has said how far the buyer has come, so none is either
}

// NewMilestoneStates reads a deal with the version that it follows. Like the model it lets a milestone that came with a later version pass for a
// deal that never followed one.
func NewMilestoneStates(d *sales.Deal) MilestoneStates {
	s := MilestoneStates{Version: d.Version(), Marks: map[process.MilestoneID]sales.Mark{}, closed: d.Now.Close != nil, unknown: d.StandingUnknown()}
	for _, m := range d.MarksOn(process.FarFuture) {
		s.Marks[m.Milestone] = m
	}
	if s.Version == nil {
		return s
	}
	s.required = len(s.Version.Required)
	s.passed = d.PassedOn(process.FarFuture, s.Version.Required)
	if s.passed < s.required {
		s.Next = s.Version.Required[s.passed]
	}
	return s
}

// state is how a milestone is drawn.
func (s *MilestoneStates) state(ms *process.Milestone) chart.MilestoneState {
	mark, there := s.Marks[ms.Key]
	switch {
	case there && mark.Waived:
		return chart.Waived
	case there && ms.Required && slices.Index(s.Version.Required, ms.Key) >= s.passed:
		return chart.Ahead
	case there:
		return chart.Reached
	case ms.Key == s.Next && !s.closed && !s.unknown:
		return chart.Next
	}
	return chart.NotYet
}

// Markers are the milestones in order, the required ones numbered from 1. There are none for a deal that follows no version.
func (s *MilestoneStates) Markers() []chart.MilestoneMarker {
	if s.Version == nil {
		return nil
	}
	plates := make([]chart.MilestoneMarker, len(s.Version.Definition.Milestones))
	n := 0
	for i := range plates {
		ms := &s.Version.Definition.Milestones[i]
		plates[i].State = s.state(ms)
		if ms.Required {
			n++
			plates[i].Numeral = n
		}
	}
	return plates
}

// Track draws the milestones for a list, with the same in words.
func (s *MilestoneStates) Track(t *i18n.Text) chart.ProgressTrack {
	label := t.T("deals.track_all", s.passed, s.required)
	switch {
	case s.unknown:
		label = t.T("deals.state_unknown")
	case s.Next != "":
		if ms, ok := s.Version.Definition.Milestone(s.Next); ok {
			label = t.T("deals.track", s.passed, s.required, ms.Name)
		}
	}
	return chart.NewProgressTrack(label, s.Markers())
}
