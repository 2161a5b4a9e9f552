package sales

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/register"
)

// Conflict is something that people changed without seeing each other's change. All values are kept; the latest stands until somebody
// settles it.
type Conflict struct {
	Field   ClashField
	Subject string   // whose field it is: the identity of a deal, a customer, a process …; with Field it tells the clash from all others
	Deal    *Deal    // for a field of a deal
	Process *Process // for a draft and a version
	Heads   []ClashHead
	Stands  process.EventID // which of the heads counts until somebody has chosen
	Before  *ClashHead      // what all of them replaced; nil where nothing is known of it, or one of them says the same

	settle func(chosen process.EventID, base []process.EventID, m Env) []process.Fact
}

// ClashField names a thing that people can disagree about.
type ClashField string

// The fields of deals, by the names that their forms use, and those of everything else.
const (
	ClashName          ClashField = "name"
	ClashCustomer      ClashField = "customer"
	ClashSeller        ClashField = "seller"
	ClashValue         ClashField = "value"
	ClashExpectedClose ClashField = "expected_close"
	ClashNextStep      ClashField = "next_step"
	ClashOpened        ClashField = "opened"
	ClashSource        ClashField = "source"
	ClashOutcome       ClashField = "outcome"
	ClashPromise       ClashField = "promised" // the day that the buyer has named for a milestone
	ClashOpinion       ClashField = "opinion"
	ClashRole          ClashField = "role"    // who has a role at the buyer
	ClashPlan          ClashField = "plan"    // the wording of the plan for the customer
	ClashReached       ClashField = "reached" // when, by whom and on what evidence a milestone was reached, as corrected

	ClashDraft        ClashField = "draft"
	ClashVersion      ClashField = "version"
	ClashCustomerName ClashField = "customer_name"
	ClashCustomerSame ClashField = "customer_same" // of which other customer one is a double
	ClashContact      ClashField = "contact"
	ClashPerson       ClashField = "person"      // the name of one of us
	ClashPersonSame   ClashField = "person_same" // as whom else one of us is read
	ClashTarget       ClashField = "target"
	ClashCall         ClashField = "call"
	ClashRate         ClashField = "rate"
	ClashSetting      ClashField = "setting"
)

// ClashHead is one of the values that clash. Value is a string, CustomerID, PersonID, *money.Amount, Date, NextStep, Close, float64,
// Contact, Correction, Definition (of a draft), *Version, Target or Call.
type ClashHead struct {
	Event process.EventID
	Known process.Date
	Value any
}

// Clashes are all that wait to be settled: deals in the order of their identities, then what belongs to no deal.
func (t *Team) Clashes() []Conflict {
	var list []Conflict
	for _, d := range t.Deals() {
		list = append(list, d.Clashes()...)
	}
	return append(list, t.OtherClashes()...)
}

func same[T comparable](a, b T) bool { return a == b }

// clashOf looks whether a field has heads that differ. Two people who wrote the same agree.
func clashOf[T any](f *register.Register[T], gone register.Retractions, same func(a, b T) bool, record func(T, process.Stamp) process.Fact) (c Conflict, clashes bool) {
	heads := f.HeadsOn(process.FarFuture, gone)
	c, clashes = clashAmong(heads, same, func(v T, s process.Stamp, _ Env) []process.Fact { return []process.Fact{record(v, s)} })
	if !clashes {
		return c, false
	}
	before, known := replacedBy(f, heads, gone)
	if known && !slices.ContainsFunc(heads, func(h register.Entry[T]) bool { return same(h.Value, before.Value) }) {
		c.offer(before.ID, before.Stamp.Known, before.Value, func(s process.Stamp) process.Fact { return record(before.Value, s) })
	}
	return c, true
}

// offer makes what was there before one more thing to choose.
func (c *Conflict) offer(id process.EventID, known process.Date, value any, record func(process.Stamp) process.Fact) {
	c.Before = &ClashHead{Event: id, Known: known, Value: value}
	among := c.settle
	c.settle = func(chosen process.EventID, base []process.EventID, m Env) []process.Fact {
		if chosen == id {
			return []process.Fact{record(process.Stamp{Known: m.Today, Base: base})}
		}
		return among(chosen, base, m)
	}
}

// replacedBy is the last value that any of the heads replaced.
func replacedBy[T any](f *register.Register[T], heads []register.Entry[T], gone register.Retractions) (before register.Entry[T], known bool) {
	for _, e := range f.Entries() {
		named := func(h register.Entry[T]) bool { return slices.Contains(h.Stamp.Base, e.ID) }
		if e.EffectiveOn(process.FarFuture, gone) && slices.ContainsFunc(heads, named) {
			before, known = e, true
		}
	}
	return before, known
}

func clashAmong[T any](heads []register.Entry[T], same func(a, b T) bool, record func(T, process.Stamp, Env) []process.Fact) (c Conflict, clashes bool) {
	if len(heads) < 2 {
		return c, false
	}
	for _, h := range heads {
		c.Heads = append(c.Heads, ClashHead{Event: h.ID, Known: h.Stamp.Known, Value: h.Value})
		clashes = clashes || !same(h.Value, heads[0].Value)
		c.Stands = h.ID
	}
	c.settle = func(chosen process.EventID, base []process.EventID, m Env) []process.Fact {
		i := slices.IndexFunc(heads, func(h register.Entry[T]) bool { return h.ID == chosen })
		return record(heads[i].Value, process.Stamp{Known: m.Today, Base: base}, m)
	}
	return c, clashes
}

// Settle decides a clash for one of its values, or for what was there before. Seen are the heads that the person saw, nil for all of them: the fact names those, so
// every copy that has them agrees, and a value that came in meanwhile still waits to be settled.
func (c Conflict) Settle(chosen process.EventID, seen []process.EventID, m Env) ([]process.Fact, error) {
	var base []process.EventID
	for _, h := range c.Heads {
		if seen == nil || slices.Contains(seen, h.Event) {
			base = append(base, h.Event)
		}
	}
	if !slices.Contains(base, chosen) && (c.Before == nil || c.Before.Event != chosen || len(base) == 0) {
		return nil, process.Wrong("event", "form.choose")
	}
	return c.settle(chosen, base, m), nil
}
