package sales

import (
	"bytes"
	"slices"

	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/money"
	"milstolpe/process/register"
)

// Events are the facts that the deal is the sum of, in the order of their keys. What was undone is among them, and so is the undoing;
// facts of types that this version does not know are not.
func (d *Deal) Events() []process.Event {
	list := make([]process.Event, 0, 8+len(d.marks)+len(d.journal.Entries()))
	add := func(id process.EventID, f process.Fact) { list = append(list, process.Event{ID: id, Fact: f}) }
	for i := range d.opened.Entries() {
		e := &d.opened.Entries()[i]
		add(e.ID, e.Value)
	}
	d.fieldEvents(add)
	d.milestoneEvents(add)
	d.Choices().Events(d.ID, add)
	for _, e := range d.journal.Entries() {
		add(e.ID, &process.JournalWritten{Stamp: *e.Stamp, Deal: d.ID, On: e.Value.On, Text: e.Value.Text})
	}
	for _, id := range SortedKeys(d.contacts) {
		for _, e := range d.contacts[id].Entries() {
			add(e.ID, &process.ContactLinked{Stamp: *e.Stamp, Deal: d.ID, Contact: id, Off: !e.Value})
		}
	}
	for _, e := range d.closes.Entries() {
		c := e.Value
		add(e.ID, &process.DealClosed{
			Stamp: *e.Stamp, Deal: d.ID, Outcome: c.Outcome, On: c.On, Value: c.Value, Reason: c.Reason, Competitor: c.Competitor, SaidBy: c.SaidBy,
		})
	}
	for _, e := range d.reopened.Entries() {
		add(e.ID, &process.DealReopened{Stamp: *e.Stamp, Deal: d.ID, Reason: e.Value})
	}
	for _, e := range d.undones.Entries() {
		add(e.ID, &process.Undone{Stamp: *e.Stamp, Deal: d.ID, Events: e.Value})
	}
	slices.SortFunc(list, func(a, b process.Event) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return list
}

// fieldEvents are the changes of the deal's fields. The first value of each stands in the opening, under the same key.
func (d *Deal) fieldEvents(add func(process.EventID, process.Fact)) {
	eachChange(d, &d.name, func(id process.EventID, s process.Stamp, v string) {
		add(id, &process.DealRenamed{Stamp: s, Deal: d.ID, Name: v})
	})
	eachChange(d, &d.customer, func(id process.EventID, s process.Stamp, v process.CustomerID) {
		add(id, &process.DealCustomerSet{Stamp: s, Deal: d.ID, Customer: v})
	})
	eachChange(d, &d.seller, func(id process.EventID, s process.Stamp, v process.PersonID) {
		add(id, &process.SellerSet{Stamp: s, Deal: d.ID, Seller: v})
	})
	eachChange(d, &d.expected, func(id process.EventID, s process.Stamp, v process.Date) {
		add(id, &process.ExpectedCloseSet{Stamp: s, Deal: d.ID, Day: v})
	})
	eachChange(d, &d.opinion, func(id process.EventID, s process.Stamp, v float64) {
		add(id, &process.OpinionSet{Stamp: s, Deal: d.ID, Percent: v})
	})
	eachChange(d, &d.moved, func(id process.EventID, s process.Stamp, v process.VersionID) {
		add(id, &process.DealMoved{Stamp: s, Deal: d.ID, Version: v})
	})
	eachChange(d, &d.nextStep, func(id process.EventID, s process.Stamp, v activities.Activity) {
		add(id, v.Set(d.ID, s))
	})
	eachChange(d, &d.source, func(id process.EventID, s process.Stamp, v string) {
		add(id, &process.SourceSet{Stamp: s, Deal: d.ID, Source: v})
	})
	eachChange(d, &d.openedOn, func(id process.EventID, s process.Stamp, v process.Date) {
		add(id, &process.OpeningCorrected{Stamp: s, Deal: d.ID, On: v})
	})
	eachChange(d, &d.plan, func(id process.EventID, s process.Stamp, v process.Plan) {
		add(id, &process.PlanWorded{Stamp: s, Deal: d.ID, Plan: v})
	})
	for _, e := range d.value.Entries() {
		if !d.opensWith(e.ID) {
			add(e.ID, &process.ValueSet{Stamp: *e.Stamp, Deal: d.ID, Value: e.Value})
		}
	}
}

func eachChange[T any](d *Deal, f *register.Register[T], add func(process.EventID, process.Stamp, T)) {
	for i := range f.Entries() {
		if e := &f.Entries()[i]; !d.opensWith(e.ID) {
			add(e.ID, *e.Stamp, e.Value)
		}
	}
}

func (d *Deal) opensWith(id process.EventID) bool {
	return slices.ContainsFunc(d.opened.Entries(), func(e register.Entry[*process.DealOpened]) bool { return e.ID == id })
}

func (d *Deal) milestoneEvents(add func(process.EventID, process.Fact)) {
	for i := range d.marks {
		m := &d.marks[i]
		if m.Waived {
			add(m.ID, &process.MilestoneWaived{Stamp: *m.Stamp, Deal: d.ID, Milestone: m.Milestone, Reason: m.Reason})
		} else {
			add(m.ID, &process.MilestoneReached{
				Stamp: *m.Stamp, Deal: d.ID, Milestone: m.Milestone, On: m.On, Contact: m.Contact, Evidence: m.Evidence,
			})
		}
	}
	for _, e := range d.none.Entries() {
		add(e.ID, &process.NoneReached{Stamp: *e.Stamp, Deal: d.ID})
	}
	for _, e := range d.withdrawn.Entries() {
		w := e.Value
		add(e.ID, &process.MilestoneWithdrawn{Stamp: *e.Stamp, Deal: d.ID, Milestone: w.Milestone, Mistake: w.Mistake, Reason: w.Reason})
	}
	for _, e := range d.corrected.Entries() {
		c := e.Value
		add(e.ID, &process.MilestoneCorrected{
			Stamp: *e.Stamp, Deal: d.ID, Milestone: c.Milestone, On: c.On, Contact: c.Contact, Evidence: c.Evidence,
		})
	}
	for _, key := range SortedKeys(d.roles) {
		for _, e := range d.roles[key].Entries() {
			add(e.ID, &process.RoleSet{Stamp: *e.Stamp, Deal: d.ID, Role: key, Contact: e.Value.Contact, Met: e.Value.Met})
		}
	}
	for _, key := range SortedKeys(d.promises) {
		for _, e := range d.promises[key].Entries() {
			add(e.ID, &process.MilestonePromised{Stamp: *e.Stamp, Deal: d.ID, Milestone: key, Day: e.Value})
		}
	}
}

// Gone tells whether an event of the deal counts no more, because it or its import was undone.
func (d *Deal) Gone(e process.Event) bool {
	s := e.Fact.Recorded()
	return d.Retractions().Undone(e.ID, s, process.FarFuture)
}

// ChangedOn is the latest day from which something about the deal counts.
func (d *Deal) ChangedOn() process.Date {
	last := max(
		d.opened.Latest(), d.name.Latest(), d.customer.Latest(), d.seller.Latest(), d.value.Latest(), d.expected.Latest(), d.moved.Latest(),
		d.withdrawn.Latest(), d.closes.Latest(), d.reopened.Latest(), d.journal.Latest(), d.nextStep.Latest(), d.source.Latest(), d.openedOn.Latest(), d.Choices().Latest(),
	)
	for i := range d.marks {
		last = max(last, d.marks[i].Stamp.Known)
	}
	return last
}

// FirstValue is the value that the deal was opened with; nil when none was given.
func (d *Deal) FirstValue() *money.Amount {
	if len(d.opened.Entries()) == 0 {
		return nil
	}
	return d.opened.Entries()[0].Value.Value
}
