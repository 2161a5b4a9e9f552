package forecast

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// Scope is which deals a report is about; the zero scope is all of them. Where several fields are given all must hold.
type Scope struct {
	Process  process.ProcessID
	Seller   process.PersonID
	Customer process.CustomerID
	ByNext   bool // only deals whose next required milestone is Next; empty: all are passed
	Next     process.MilestoneID

	NoSeller, NoCustomer bool // only deals without one
}

func (s Scope) holdsPeople(seller process.PersonID, customer process.CustomerID) bool {
	return (s.Seller == "" || s.Seller == seller) && (s.Customer == "" || s.Customer == customer) &&
		(!s.NoSeller || seller == "") && (!s.NoCustomer || customer == "")
}

// holdsPart tells whether an open deal belongs to the scope as it stood on the as-of day.
func (s Scope) holdsPart(p *DealContribution) bool {
	return (s.Process == "" || s.Process == p.Deal.Process()) && s.holdsPeople(p.Seller, p.Customer) && (!s.ByNext || s.Next == p.Next)
}

// HoldsClose reports whether a newcomer belongs to the scope: newcomers belong to the group they have at their close.
func (s Scope) HoldsClose(m *Model, d *sales.Deal, c *sales.Close) bool {
	if s == (Scope{}) {
		return true
	}
	if s.Process != "" && s.Process != d.Process() {
		return false
	}
	if !s.holdsPeople(d.SellerOn(c.Known), d.CustomerOn(c.Known)) {
		return false
	}
	return !s.ByNext || s.Next == m.nextAt(d, c.Known)
}

// nextAt is the next required milestone of a deal on a day, whether it was open or not.
func (m *Model) nextAt(d *sales.Deal, day process.Date) process.MilestoneID {
	c := m.calibration(d.Process(), day)
	if c == nil {
		return ""
	}
	if d.StandingUnknownOn(day, c.Version.Required) {
		return NextUnknown
	}
	return c.next(d.PassedOn(day, c.Version.Required))
}

// byDay puts wins that stand in the order of their deals in the order of their days, those of one day still in that of their deals.
// Numbers are sorted in their place: a team may have won a hundred thousand times.
func byDay(wins []win) []win {
	keys := make([]int64, len(wins))
	for i := range wins {
		keys[i] = int64(wins[i].on)<<32 | int64(i)
	}
	slices.Sort(keys)
	sorted := make([]win, len(wins))
	for i, key := range keys {
		sorted[i] = wins[key&(1<<32-1)]
	}
	return sorted
}

func firstWin(wins []win, start process.Date) int {
	i, _ := slices.BinarySearchFunc(wins, start, func(w win, day process.Date) int { return cmp.Compare(w.on, day) })
	return i
}
