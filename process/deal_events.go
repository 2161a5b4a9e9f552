package process

import (
	"bytes"
	"slices"

	"milstolpe/process/money"
)

// Events are the facts that the deal is the sum of, in the order of their keys. What was undone is among them, and so is the undoing;
// facts of types that this version does not know are not.
func (d *Deal) Events() []Event {
	list := make([]Event, 0, 8+len(d.marks)+len(d.journal.entries))
	add := func(id EventID, f Fact) { list = append(list, Event{id, f}) }
	for i := range d.opened.entries {
		e := &d.opened.entries[i]
		add(e.ID, e.Value)
	}
	d.fieldEvents(add)
	d.milestoneEvents(add)
	for _, e := range d.journal.entries {
		add(e.ID, &JournalWritten{Stamp: *e.Stamp, Deal: d.ID, On: e.Value.On, Text: e.Value.Text})
	}
	for _, id := range sortedKeys(d.contacts) {
		for _, e := range d.contacts[id].entries {
			add(e.ID, &ContactLinked{Stamp: *e.Stamp, Deal: d.ID, Contact: id, Off: !e.Value})
		}
	}
	for _, e := range d.closes.entries {
		c := e.Value
		add(e.ID, &DealClosed{
			Stamp: *e.Stamp, Deal: d.ID, Outcome: c.Outcome, On: c.On, Value: c.Value, Reason: c.Reason, Competitor: c.Competitor, SaidBy: c.SaidBy,
		})
	}
	for _, e := range d.reopened.entries {
		add(e.ID, &DealReopened{Stamp: *e.Stamp, Deal: d.ID, Reason: e.Value})
	}
	for _, e := range d.undones.entries {
		add(e.ID, &Undone{Stamp: *e.Stamp, Deal: d.ID, Events: e.Value})
	}
	slices.SortFunc(list, func(a, b Event) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return list
}

// fieldEvents are the changes of the deal's fields. The first value of each stands in the opening, under the same key.
func (d *Deal) fieldEvents(add func(EventID, Fact)) {
	eachChange(d, &d.name, func(id EventID, s Stamp, v string) { add(id, &DealRenamed{Stamp: s, Deal: d.ID, Name: v}) })
	eachChange(d, &d.customer, func(id EventID, s Stamp, v CustomerID) { add(id, &DealCustomerSet{Stamp: s, Deal: d.ID, Customer: v}) })
	eachChange(d, &d.seller, func(id EventID, s Stamp, v PersonID) { add(id, &SellerSet{Stamp: s, Deal: d.ID, Seller: v}) })
	eachChange(d, &d.expected, func(id EventID, s Stamp, v Date) { add(id, &ExpectedCloseSet{Stamp: s, Deal: d.ID, Day: v}) })
	eachChange(d, &d.opinion, func(id EventID, s Stamp, v float64) { add(id, &OpinionSet{Stamp: s, Deal: d.ID, Percent: v}) })
	eachChange(d, &d.moved, func(id EventID, s Stamp, v VersionID) { add(id, &DealMoved{Stamp: s, Deal: d.ID, Version: v}) })
	eachChange(d, &d.nextStep, func(id EventID, s Stamp, v NextStep) {
		add(id, &NextStepSet{Stamp: s, Deal: d.ID, Text: v.Text, Due: v.Due})
	})
	for _, e := range d.value.entries {
		if !d.opensWith(e.ID) {
			add(e.ID, &ValueSet{Stamp: *e.Stamp, Deal: d.ID, Value: e.Value})
		}
	}
}

func eachChange[T any](d *Deal, f *Field[T], add func(EventID, Stamp, T)) {
	for i := range f.entries {
		if e := &f.entries[i]; !d.opensWith(e.ID) {
			add(e.ID, *e.Stamp, e.Value)
		}
	}
}

func (d *Deal) opensWith(id EventID) bool {
	return slices.ContainsFunc(d.opened.entries, func(e Entry[*DealOpened]) bool { return e.ID == id })
}

func (d *Deal) milestoneEvents(add func(EventID, Fact)) {
	for i := range d.marks {
		m := &d.marks[i]
		if m.Waived {
			add(m.ID, &MilestoneWaived{Stamp: *m.Stamp, Deal: d.ID, Milestone: m.Milestone, Reason: m.Reason})
		} else {
			add(m.ID, &MilestoneReached{
				Stamp: *m.Stamp, Deal: d.ID, Milestone: m.Milestone, On: m.On, Contact: m.Contact, Evidence: m.Evidence,
			})
		}
	}
	for _, e := range d.takenBack.entries {
		w := e.Value
		add(e.ID, &MilestoneWithdrawn{Stamp: *e.Stamp, Deal: d.ID, Milestone: w.Milestone, Mistake: w.Mistake, Reason: w.Reason})
	}
	for _, e := range d.mended.entries {
		c := e.Value
		add(e.ID, &MilestoneCorrected{
			Stamp: *e.Stamp, Deal: d.ID, Milestone: c.Milestone, On: c.On, Contact: c.Contact, Evidence: c.Evidence,
		})
	}
	for _, key := range sortedKeys(d.promises) {
		for _, e := range d.promises[key].entries {
			add(e.ID, &MilestonePromised{Stamp: *e.Stamp, Deal: d.ID, Milestone: key, Day: e.Value})
		}
	}
}

// Gone tells whether an event of the deal counts no more, because it or its import was undone.
func (d *Deal) Gone(e Event) bool {
	s := e.Fact.Recorded()
	return d.gone().gone(e.ID, s, FarFuture)
}

// ChangedOn is the latest day from which something about the deal counts.
func (d *Deal) ChangedOn() Date {
	var last Date
	note := func(s *Stamp) { last = max(last, s.Known) }
	for i := range d.marks {
		note(d.marks[i].Stamp)
	}
	latest(&d.opened, note)
	latest(&d.name, note)
	latest(&d.customer, note)
	latest(&d.seller, note)
	latest(&d.value, note)
	latest(&d.expected, note)
	latest(&d.moved, note)
	latest(&d.takenBack, note)
	latest(&d.closes, note)
	latest(&d.reopened, note)
	latest(&d.journal, note)
	latest(&d.nextStep, note)
	return last
}

func latest[T any](f *Field[T], note func(*Stamp)) {
	for i := range f.entries {
		note(f.entries[i].Stamp)
	}
}

// FirstValue is the value that the deal was opened with; nil when none was given.
func (d *Deal) FirstValue() *money.Amount {
	if len(d.opened.entries) == 0 {
		return nil
	}
	return d.opened.entries[0].Value.Value
}
