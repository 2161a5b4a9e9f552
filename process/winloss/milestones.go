package winloss

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/sales"
	"milstolpe/process/stats"
)

// MilestoneEvidence says from the team's own closed deals whether a milestone matters (model, section 10).
type MilestoneEvidence struct {
	Milestone           process.Milestone
	Landmark            int // days after everything before it was passed, at which the deals are compared
	With, WithWon       int // deals that had reached it by then
	Without, WithoutWon int
	DealsWith           []*sales.Deal
	DealsWithout        []*sales.Deal
	Factor              float64 // Bayes factor
	Verdict             stats.Difference
}

// Surprises tells a required milestone that shows no difference, and an optional one that decides.
func (e *MilestoneEvidence) Surprises() bool {
	return e.Milestone.Required && e.Verdict == stats.NoVisibleDifference || !e.Milestone.Required && e.Verdict == stats.Decides
}

// ProcessEvidence is which milestones matter, and whether their order does.
type ProcessEvidence struct {
	Process    process.ProcessID
	Version    *sales.Version
	AsOf       process.Date
	Closed     int
	Milestones []MilestoneEvidence
	Order      MilestoneEvidence // With: took the required milestones in order; no milestone, no landmark
}

// Milestones looks at the closed deals of a process as known on the day; nil when nothing is published.
func Milestones(t *sales.Team, p process.ProcessID, asOf process.Date) *ProcessEvidence {
	proc, ok := t.Process(p)
	if !ok || proc.Current() == nil {
		return nil
	}
	v := proc.VersionOn(asOf)
	e := &ProcessEvidence{Process: p, Version: v, AsOf: asOf}
	ended := endedDeals(t, p, asOf)
	e.Closed = len(ended)
	var before []process.MilestoneID
	for _, ms := range v.Definition.Milestones {
		e.Milestones = append(e.Milestones, compareWith(ms, before, ended))
		if ms.Required {
			before = append(before, ms.Key)
		}
	}
	e.Order = inOrder(before, ended)
	return e
}

// endedDeal is a closed deal with the first known day of each of its milestones.
type endedDeal struct {
	opened, closed process.Date
	won            bool
	known, on      map[process.MilestoneID]process.Date
	waived         map[process.MilestoneID]bool
	deal           *sales.Deal
}

func endedDeals(t *sales.Team, p process.ProcessID, asOf process.Date) []endedDeal {
	var list []endedDeal
	for _, d := range t.EveryDeal() {
		c := d.CloseOn(asOf)
		if p != "" && d.Process() != p || c == nil || c.Outcome == process.Void || !d.Exists(asOf) || d.StandingUnknown() {
			continue
		}
		opened, _ := d.Opened()
		e := endedDeal{opened: opened, closed: c.Known, won: c.Outcome == process.Won, deal: d, known: map[process.MilestoneID]process.Date{}, on: map[process.MilestoneID]process.Date{}, waived: map[process.MilestoneID]bool{}}
		for _, mark := range d.MarksOn(asOf) {
			e.known[mark.Milestone] = max(mark.Stamp.Known, opened)
			e.on[mark.Milestone] = mark.On
			e.waived[mark.Milestone] = mark.Waived
		}
		list = append(list, e)
	}
	return list
}

// passed is the day on which all the milestones were there, before the close.
func (e *endedDeal) passed(keys []process.MilestoneID) (process.Date, bool) {
	day := e.opened
	for _, k := range keys {
		known, ok := e.known[k]
		if !ok {
			return 0, false
		}
		day = max(day, known)
	}
	return day, day < e.closed
}

func compareWith(ms process.Milestone, before []process.MilestoneID, ended []endedDeal) MilestoneEvidence {
	e := MilestoneEvidence{Milestone: ms}
	var waits []int
	for i := range ended {
		start, ok := ended[i].passed(before)
		if known, reached := ended[i].known[ms.Key]; ok && reached && !ended[i].waived[ms.Key] && known < ended[i].closed {
			waits = append(waits, max(0, known.Sub(start)))
		}
	}
	e.Landmark = median(waits)
	for i := range ended {
		d := &ended[i]
		start, ok := d.passed(before)
		landmark := start.AddDays(e.Landmark)
		if !ok || d.closed <= landmark {
			continue
		}
		known, reached := d.known[ms.Key]
		e.count(reached && !d.waived[ms.Key] && known <= landmark, d)
	}
	e.Verdict, e.Factor = stats.Compare(e.With, e.WithWon, e.Without, e.WithoutWon)
	return e
}

func (e *MilestoneEvidence) count(with bool, d *endedDeal) {
	n, w, deals := &e.Without, &e.WithoutWon, &e.DealsWithout
	if with {
		n, w, deals = &e.With, &e.WithWon, &e.DealsWith
	}
	*n++
	*deals = append(*deals, d.deal)
	if d.won {
		*w++
	}
}

// inOrder compares deals that took at least two required milestones in order of the day at the buyer with those that did not.
func inOrder(required []process.MilestoneID, ended []endedDeal) MilestoneEvidence {
	var e MilestoneEvidence
	for i := range ended {
		if taken, ordered := ended[i].order(required); taken >= 2 {
			e.count(ordered, &ended[i])
		}
	}
	e.Verdict, e.Factor = stats.Compare(e.With, e.WithWon, e.Without, e.WithoutWon)
	return e
}

// order counts the required milestones that were reached, and tells whether in order. One that is missing between two that are there
// is out of order too.
func (e *endedDeal) order(required []process.MilestoneID) (taken int, ordered bool) {
	var last process.Date
	ordered, gap := true, false
	for _, k := range required {
		on, ok := e.on[k]
		if !ok {
			gap = true
			continue
		}
		if e.waived[k] {
			continue
		}
		taken++
		if on < last || gap {
			ordered = false
		}
		last = max(last, on)
	}
	return taken, ordered
}

// median is the middle value, of two middle ones the lower; 0 of none.
func median(values []int) int {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	return sorted[(len(sorted)-1)/2]
}
