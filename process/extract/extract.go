package extract

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/register"
	"milstolpe/process/sales"
	"milstolpe/process/search"
)

// Extract is what is recorded about a person.
type Extract struct {
	Contact  sales.Contact
	Details  []Detail
	Ties     []Tie
	Mentions []search.FoundDeal
}

// Origin is where something came from.
type Origin struct {
	Day  process.Date // from which it counts
	By   string       // who recorded it
	List string       // name of the list that it was imported from; empty for what somebody typed
}

// Field is which detail of a person it is.
type Field string

// The details.
const (
	Name     Field = "name"
	Role     Field = "role"
	Email    Field = "email"
	Phone    Field = "phone"
	Customer Field = "customer"
)

// Fields are all of them, in the order in which they are shown.
var Fields = []Field{Name, Role, Email, Phone, Customer}

// Detail is a value that a field has or had.
type Detail struct {
	Field   Field
	Value   string
	Current bool // it stands now; others were replaced or taken back
	Origin
}

// What ties a person to a deal.
type What string

// The ties.
const (
	Linked   What = "linked"   // has to do with the deal
	Unlinked What = "unlinked" // does no longer
	HasRole  What = "role"     // has a role in it
	Reached  What = "reached"  // stands behind a milestone
)

// Tie is a recorded fact about a deal that names the person.
type Tie struct {
	Deal      *sales.Deal
	What      What
	Role      process.RoleID
	Milestone process.MilestoneID
	On        process.Date // on which we met them, or the milestone was reached
	Evidence  process.Evidence
	Gone      bool // taken back since
	Origin
}

// About gathers what is recorded about a person; false where there is none, or no more. Mentions are looked for in index.
func About(team *sales.Team, index *search.Index, id process.ContactID) (Extract, bool) {
	c, ok := team.Contact(id)
	if !ok || c.Erased {
		return Extract{}, false
	}
	x := Extract{Contact: c}
	o := origins(team)
	x.details(team, o)
	for _, d := range team.EveryDeal() {
		x.ties(team, d, o)
	}
	for _, text := range []string{c.Name, c.Email} {
		if text != "" {
			x.Mentions = append(x.Mentions, index.Mentions(team, text)...)
		}
	}
	return x, true
}

// originOf tells where events came from.
type originOf func(id process.EventID, s *process.Stamp) Origin

func origins(team *sales.Team) originOf {
	lists := map[process.ImportID]string{}
	for _, i := range team.Imports() {
		lists[i.ID] = i.Source
	}
	return func(id process.EventID, s *process.Stamp) Origin {
		return Origin{Day: s.Known, By: team.RecordedBy(id), List: lists[s.Import]}
	}
}

// details are the values that each field has had, the current one first, each from when it was recorded first.
func (x *Extract) details(team *sales.Team, o originOf) {
	entries := team.ContactEntries(x.Contact.ID)
	now := valuesOf(team, x.Contact)
	for i, field := range Fields {
		var list []Detail
		for _, e := range entries {
			value := valuesOf(team, e.Value)[i]
			if value == "" || slices.ContainsFunc(list, func(have Detail) bool { return have.Value == value }) {
				continue
			}
			list = append(list, Detail{Field: field, Value: value, Current: value == now[i], Origin: o(e.ID, e.Stamp)})
		}
		slices.SortStableFunc(list, func(a, b Detail) int {
			switch {
			case a.Current == b.Current:
				return 0
			case a.Current:
				return -1
			}
			return 1
		})
		x.Details = append(x.Details, list...)
	}
}

// valuesOf are the values of Fields.
func valuesOf(team *sales.Team, c sales.Contact) []string {
	return []string{c.Name, c.Role, c.Email, c.Phone, team.Customer(c.Customer)}
}

// ties are the facts about a deal that name the person.
func (x *Extract) ties(team *sales.Team, d *sales.Deal, o originOf) {
	if !concerns(team, d, x.Contact) {
		return
	}
	for _, e := range d.Events() {
		tie := Tie{Deal: d}
		switch f := e.Fact.(type) {
		case *process.ContactLinked:
			if f.Contact != x.Contact.ID {
				continue
			}
			if tie.What = Linked; f.Off {
				tie.What = Unlinked
			}
		case *process.RoleSet:
			if f.Contact != x.Contact.ID {
				continue
			}
			tie.What, tie.Role, tie.On = HasRole, f.Role, f.Met
		case *process.MilestoneReached:
			if f.Contact != x.Contact.ID {
				continue
			}
			tie.What, tie.Milestone, tie.On, tie.Evidence = Reached, f.Milestone, f.On, f.Evidence
		case *process.MilestoneCorrected:
			if f.Contact != x.Contact.ID {
				continue
			}
			tie.What, tie.Milestone, tie.On, tie.Evidence = Reached, f.Milestone, f.On, f.Evidence
		default:
			continue
		}
		stamp := e.Fact.Recorded()
		tie.Origin = o(e.ID, stamp)
		tie.Gone = d.Retractions().Undone(e.ID, stamp, process.FarFuture)
		x.Ties = append(x.Ties, tie)
	}
}

// concerns tells whether anything about a deal may name the person, without going through all of its events.
func concerns(team *sales.Team, d *sales.Deal, c sales.Contact) bool {
	return d.Now.Customer == team.CanonicalCustomer(c.Customer) || d.EverMet(c.ID) ||
		slices.ContainsFunc(d.Marks(), func(m sales.Mark) bool { return m.Contact == c.ID }) ||
		slices.ContainsFunc(d.Corrections(), func(e register.Entry[sales.Correction]) bool { return e.Value.Contact == c.ID })
}
