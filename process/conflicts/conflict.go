package conflicts

import (
	"slices"

	"milstolpe/process"
)

// Conflict is something that people changed without seeing each other's change. All values are kept; the latest stands until somebody
// settles it.
type Conflict struct {
	Field   Field
	Subject string // whose field it is: the identity of a deal, a customer, a process …; with Field it tells the conflict from all others
	Heads   []Head
	Stands  process.EventID // which of the heads counts until somebody has chosen
	Before  *Head           // what all of them replaced; nil where nothing is known of it, or one of them says the same

	settle func(chosen process.EventID, s process.Stamp, newID func() string) []process.Fact
}

// Field names a thing that people can disagree about.
type Field string

// The fields of deals, by the names that their forms use, and those of everything else.
const (
	Name          Field = "name"
	Customer      Field = "customer"
	Seller        Field = "seller"
	Value         Field = "value"
	ExpectedClose Field = "expected_close"
	NextStep      Field = "next_step"
	Opened        Field = "opened"
	Source        Field = "source"
	Choice        Field = "choice" // which choice of one of the team's lists the deal has
	Outcome       Field = "outcome"
	Promise       Field = "promised" // the day that the buyer has named for a milestone
	Opinion       Field = "opinion"
	Role          Field = "role"    // who has a role at the buyer
	Plan          Field = "plan"    // the wording of the plan for the customer
	Reached       Field = "reached" // when, by whom and on what evidence a milestone was reached, as corrected

	Draft        Field = "draft"
	DraftRow     Field = "draft_row" // one milestone in a draft
	Version      Field = "version"
	CustomerName Field = "customer_name"
	CustomerSame Field = "customer_same" // of which other customer one is a double
	Contact      Field = "contact"
	Person       Field = "person"      // the name of one of us
	PersonSame   Field = "person_same" // as whom else one of us is read
	Target       Field = "target"
	Call         Field = "call"
	Rate         Field = "rate"
	Setting      Field = "setting"
	ListName     Field = "list_name"    // of one of the team's lists
	ChoiceName   Field = "choice_name"  // of a choice in one
	ChoiceOrder  Field = "choice_order" // of the choices in one
)

// Head is one of the values in conflict. Value is what the register holds: a string, a day, an amount, a contact …
type Head struct {
	Event process.EventID
	Known process.Date
	Value any
}

// Settle decides a conflict for one of its values, or for what was there before. Seen are the heads that the person saw, nil for all of them:
// the facts name those, so every copy that has them agrees, and a value that came in meanwhile still waits to be settled.
func (c Conflict) Settle(
	chosen process.EventID, seen []process.EventID, today process.Date, newID func() string,
) ([]process.Fact, error) {
	var base []process.EventID
	for _, h := range c.Heads {
		if seen == nil || slices.Contains(seen, h.Event) {
			base = append(base, h.Event)
		}
	}
	if !slices.Contains(base, chosen) && (c.Before == nil || c.Before.Event != chosen || len(base) == 0) {
		return nil, process.Wrong("event", "form.choose")
	}
	return c.settle(chosen, process.Stamp{Known: today, Base: base}, newID), nil
}

// Offer makes what was there before one more value to choose; record is the fact that brings it back.
func (c *Conflict) Offer(id process.EventID, known process.Date, value any, record func(process.Stamp) process.Fact) {
	c.Before = &Head{Event: id, Known: known, Value: value}
	among := c.settle
	c.settle = func(chosen process.EventID, s process.Stamp, newID func() string) []process.Fact {
		if chosen == id {
			return []process.Fact{record(s)}
		}
		return among(chosen, s, newID)
	}
}
