package forecast

import (
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

	Picks process.Picks // only deals that have these choices of the team's own lists today
}

func (s Scope) holdsPeople(seller process.PersonID, customer process.CustomerID) bool {
	return (s.Seller == "" || s.Seller == seller) && (s.Customer == "" || s.Customer == customer) &&
		(!s.NoSeller || seller == "") && (!s.NoCustomer || customer == "")
}

// holdsPart tells whether an open deal belongs to the scope as it stood on the as-of day.
func (s Scope) holdsPart(p *DealContribution) bool {
	return (s.Process == "" || s.Process == p.Deal.Process()) && s.holdsPeople(p.Seller, p.Customer) && (!s.ByNext || s.Next == p.Next) && s.holdsChoices(p.Deal)
}

func (s Scope) holdsChoices(d *sales.Deal) bool { return s.Picks == "" || d.Choices().Has(s.Picks) }

// HoldsClose reports whether a newcomer belongs to the scope: newcomers belong to the group they have at their close.
func (s Scope) HoldsClose(m *Model, d *sales.Deal, c *sales.Close) bool {
	if s == (Scope{}) {
		return true
	}
	if s.Process != "" && s.Process != d.Process() || !s.holdsChoices(d) {
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
