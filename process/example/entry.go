package example

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// entry is something that somebody records, at a minute of a day.
type entry struct {
	day, minute int
	person      string
	do          decision
}

// decision asks the team, as it is then, for the facts.
type decision func(t *sales.Team, m sales.Env) ([]process.Fact, error)

func (c *company) write(day, minute int, person string, do decision) {
	if day <= c.last {
		c.entries = append(c.entries, entry{day, min(minute, 23*60), person, do})
	}
}

// inOrder are the entries as they are recorded.
func (c *company) inOrder() []entry {
	slices.SortStableFunc(c.entries, func(a, b entry) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.minute, b.minute)) })
	return c.entries
}

// opening is the decision to open the deal. What is opened is asked when it is recorded: only then have the processes their ids.
func (one *deal) opening(list string, input func() sales.NewDeal) decision {
	return func(t *sales.Team, m sales.Env) (facts []process.Fact, err error) {
		one.id, facts, err = t.OpenDeal(input(), m)
		if err != nil {
			return nil, err
		}
		return append(facts, one.sorted(t, list, *facts[len(facts)-1].Recorded())...), nil
	}
}

// onDeal is a decision about a deal that has been recorded.
func (one *deal) onDeal(do func(d *sales.Deal, m sales.Env) ([]process.Fact, error)) decision {
	return one.inTeam(func(d *sales.Deal, _ *sales.Team, m sales.Env) ([]process.Fact, error) { return do(d, m) })
}

// undoing is the decision to take back events of the deal.
func (one *deal) undoing(events func(d *sales.Deal, m sales.Env) []process.Event) decision {
	return one.inTeam(func(d *sales.Deal, t *sales.Team, m sales.Env) ([]process.Fact, error) {
		return t.Undo(events(d, m), m.Today)
	})
}

// changing is a decision to send the deal's form with something changed in it.
func (one *deal) changing(change func(f *sales.DealForm)) decision {
	return one.inTeam(func(d *sales.Deal, t *sales.Team, m sales.Env) ([]process.Fact, error) {
		f := sales.DealForm{
			Name: d.Now.Name, Customer: t.Customer(d.Now.Customer), Seller: t.Person(d.Now.Seller), Value: d.Now.Value,
			ExpectedClose: d.Now.ExpectedClose,
		}
		change(&f)
		return d.Change(f, m)
	})
}

// inTeam is a decision about a recorded deal for which the team has to be asked too.
func (one *deal) inTeam(do func(d *sales.Deal, t *sales.Team, m sales.Env) ([]process.Fact, error)) decision {
	return func(t *sales.Team, m sales.Env) ([]process.Fact, error) {
		d, ok := t.Deal(one.id)
		if !ok {
			return nil, process.Missing("deal.no_such", string(one.id))
		}
		return do(d, t, m)
	}
}

// sorted is the fact that puts the deal into its region.
func (one *deal) sorted(t *sales.Team, list string, s process.Stamp) []process.Fact {
	l, ok := t.Lists().ListByName(list)
	at, said := one.region()
	if !ok || !said {
		return nil
	}
	return []process.Fact{&process.ChoiceSet{Stamp: process.Stamp{Known: s.Known, History: s.History}, Deal: one.id, List: l.ID, Choice: l.Choices[at].ID}}
}
