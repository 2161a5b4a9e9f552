package winloss

import (
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// Adherence measures whether the process is followed in the same way by everybody (model, section 12). Shares are of Closed, but for
// Evidence, which is of Marks.
type Adherence struct {
	Seller     process.PersonID // empty: the team
	Closed     int
	InOrder    int // closed deals whose required milestones were taken in order
	Waived     int // closed deals with a waived milestone
	Withdrawn  int // closed deals with a withdrawn one
	Marks      int // milestones reached in all deals
	Evidence   int // of these with evidence
	RecordDays int // median days between the day at the buyer and the recording; history is left out
	Recorded   int // milestones that the median is of
	Reopened   int // deals re-opened
	Open       int
	Stalled    int
}

// AdherenceOn looks at the team (first) and each seller, as known on the day.
func AdherenceOn(m *forecast.Model, asOf process.Date) []Adherence {
	rows := map[process.PersonID]*Adherence{"": {}}
	delays := map[process.PersonID][]int{}
	for _, d := range m.Team().EveryDeal() {
		if !d.Exists(asOf) {
			continue
		}
		seller := d.SellerOn(asOf)
		ids := []process.PersonID{""}
		if seller != "" {
			ids = append(ids, seller)
		}
		one, waits := adherenceOf(m, d, asOf)
		for _, id := range ids {
			if rows[id] == nil {
				rows[id] = &Adherence{Seller: id}
			}
			rows[id].add(&one)
			delays[id] = append(delays[id], waits...)
		}
	}
	list := make([]Adherence, 0, len(rows))
	for _, id := range sales.SortedKeys(rows) {
		rows[id].RecordDays, rows[id].Recorded = median(delays[id]), len(delays[id])
		list = append(list, *rows[id])
	}
	return list
}

// AdherenceDeals are the deals of the team, or of one seller, that a count of AdherenceOn is of, as known on the day: those whose own row
// belongs to it.
func AdherenceDeals(m *forecast.Model, asOf process.Date, seller process.PersonID, belongs func(Adherence) bool) []*sales.Deal {
	var list []*sales.Deal
	for _, d := range m.Team().EveryDeal() {
		if !d.Exists(asOf) || seller != "" && d.SellerOn(asOf) != seller {
			continue
		}
		if one, _ := adherenceOf(m, d, asOf); belongs(one) {
			list = append(list, d)
		}
	}
	return list
}

func (w *Adherence) add(o *Adherence) {
	w.Closed += o.Closed
	w.InOrder += o.InOrder
	w.Waived += o.Waived
	w.Withdrawn += o.Withdrawn
	w.Marks += o.Marks
	w.Evidence += o.Evidence
	w.Reopened += o.Reopened
	w.Open += o.Open
	w.Stalled += o.Stalled
}

func adherenceOf(m *forecast.Model, d *sales.Deal, asOf process.Date) (w Adherence, delays []int) {
	e := endedDeal{deal: d, on: map[process.MilestoneID]process.Date{}, waived: map[process.MilestoneID]bool{}}
	waived := 0
	for _, mark := range d.MarksOn(asOf) {
		e.on[mark.Milestone], e.waived[mark.Milestone] = mark.On, mark.Waived
		if mark.Waived {
			waived = 1
			continue
		}
		w.Marks++
		if !mark.Evidence.IsZero() {
			w.Evidence++
		}
		if !mark.Stamp.History {
			delays = append(delays, mark.Stamp.Known.Sub(mark.On))
		}
	}
	w.Reopened = min(1, d.Reopened(asOf))
	c := d.CloseOn(asOf)
	if c == nil {
		w.Open = 1
		if s, ok := m.StandingOn(d, asOf); ok && s.Stalled {
			w.Stalled = 1
		}
		return w, delays
	}
	if c.Outcome != process.Void {
		w.Closed, w.Waived, w.Withdrawn = 1, waived, min(1, len(d.WithdrawalsOn(asOf)))
		w.InOrder = e.inOrder(d.Version())
	}
	return w, delays
}

// inOrder is 1 for a deal whose required milestones were taken in order, and 0 for any other.
func (e *endedDeal) inOrder(v *sales.Version) int {
	if v == nil {
		return 0
	}
	if _, ordered := e.order(v.Required); !ordered {
		return 0
	}
	return 1
}
