package process

import (
	"bytes"
	"slices"

	"milstolpe/process/money"
)

// apply adds one fact to the deal. It is total: whatever a merge brings, in whatever order, it never fails, and the same set of facts
// always gives the same deal.
func (d *Deal) apply(id EventID, fact Fact) {
	stamp := d.team.stampOf(fact)
	switch f := fact.(type) {
	case *DealOpened:
		d.open(id, f, stamp)
	case *DealRenamed:
		d.name.put(Entry[string]{id, f.Name, stamp})
	case *DealCustomerSet:
		d.customer.put(Entry[CustomerID]{id, f.Customer, stamp})
	case *SellerSet:
		d.seller.put(Entry[PersonID]{id, f.Seller, stamp})
	case *ValueSet:
		d.value.put(Entry[*money.Amount]{id, f.Value, stamp})
	case *ExpectedCloseSet:
		d.expected.put(Entry[Date]{id, f.Day, stamp})
	case *OpinionSet:
		d.rare().opinion.put(Entry[float64]{id, f.Percent, stamp})
	case *DealMoved:
		d.moved.put(Entry[VersionID]{id, f.Version, stamp})
	case *NextStepSet:
		d.nextStep.put(Entry[NextStep]{id, NextStep{f.Text, f.Due}, stamp})
	case *JournalWritten:
		d.journal.put(Entry[JournalEntry]{id, JournalEntry{f.On, f.Text}, stamp})
	case *ContactLinked:
		fieldOf(&d.contacts, f.Contact).put(Entry[bool]{id, !f.Off, stamp})
	case *MilestonePromised:
		fieldOf(&d.promises, f.Milestone).put(Entry[Date]{id, f.Day, stamp})
	case *MilestoneReached:
		d.mark(Mark{ID: id, Stamp: stamp, Milestone: f.Milestone, On: f.On, Contact: f.Contact, Evidence: f.Evidence})
	case *MilestoneWaived:
		d.mark(Mark{ID: id, Stamp: stamp, Milestone: f.Milestone, Waived: true, On: stamp.Known, Reason: f.Reason})
	case *MilestoneWithdrawn:
		d.rare().takenBack.put(Entry[Withdrawal]{id, Withdrawal{f.Milestone, f.Mistake, f.Reason}, stamp})
	case *MilestoneCorrected:
		d.rare().mended.put(Entry[correction]{id, correction{f.Milestone, f.On, f.Contact, f.Evidence}, stamp})
	case *DealClosed:
		d.close(id, f, stamp)
	case *DealReopened:
		d.rare().reopened.put(Entry[string]{id, f.Reason, stamp})
	case *Undone:
		d.rare().undones.put(Entry[[]EventID]{id, f.Events, stamp})
	case *Unknown:
		d.rare().unknown = append(d.unknown, id)
	}
}

func (d *Deal) open(id EventID, f *DealOpened, s *Stamp) {
	d.opened.put(Entry[*DealOpened]{id, f, s})
	d.name.put(Entry[string]{id, f.Name, s})
	d.customer.put(Entry[CustomerID]{id, f.Customer, s})
	d.seller.put(Entry[PersonID]{id, f.Seller, s})
	d.value.put(Entry[*money.Amount]{id, f.Value, s})
	d.expected.put(Entry[Date]{id, f.ExpectedClose, s})
	d.moved.put(Entry[VersionID]{id, f.Version, s})
	if f.Opinion != nil {
		d.rare().opinion.put(Entry[float64]{id, *f.Opinion, s})
	}
}

func (d *Deal) close(id EventID, f *DealClosed, s *Stamp) {
	d.closes.put(Entry[Close]{id, Close{
		ID: id, Known: f.Known, Outcome: f.Outcome, On: f.On, Value: f.Value, Reason: f.Reason, Competitor: f.Competitor, SaidBy: f.SaidBy,
		History: f.History,
	}, s})
}

func (d *Deal) mark(m Mark) {
	i, found := slices.BinarySearchFunc(d.marks, m.ID, func(have Mark, id EventID) int { return bytes.Compare(have.ID[:], id[:]) })
	if d.marks == nil {
		d.marks = make([]Mark, 0, 4) // few deals have fewer in the end
	}
	if !found {
		d.marks = slices.Insert(d.marks, i, m)
	}
}

func fieldOf[K comparable, T any](fields *map[K]*Field[T], key K) *Field[T] {
	if *fields == nil {
		*fields = map[K]*Field[T]{}
	}
	f := (*fields)[key]
	if f == nil {
		f = &Field[T]{}
		(*fields)[key] = f
	}
	return f
}

// refresh makes Now anew.
func (d *Deal) refresh() {
	gone, end := d.gone(), FarFuture
	now := Current{Exists: d.Exists(end), Process: d.Process()}
	now.Name = d.NameOn(end)
	now.Customer = d.CustomerOn(end)
	now.Seller = d.SellerOn(end)
	now.Version = d.VersionOn(end)
	now.Value = d.ValueOn(end)
	now.ExpectedClose = d.ExpectedCloseOn(end)
	now.NextStep, _ = d.nextStep.On(end, gone)
	_, now.Opened = d.Opened()
	now.Close = d.CloseOn(end)
	now.DateMoves, _ = d.DateMoves(end)
	if v, ok := d.OpinionOn(end); ok {
		now.Opinion = &v
	}
	if len(d.opened.entries) > 0 {
		now.Ref = d.opened.entries[0].Value.Ref
	}
	for _, m := range d.MarksOn(end) {
		if !m.Waived && m.On > now.LastStep {
			now.LastStep = m.On
		}
	}
	d.Now = now
}

// DateMoves counts how often the expected close was moved as known on the day, and by how many days in all.
func (d *Deal) DateMoves(day Date) (times, days int) {
	var last Date
	for i := range d.expected.entries {
		e := &d.expected.entries[i]
		if !e.counts(day, d.gone()) || e.Value == 0 || e.Value == last {
			continue
		}
		if last != 0 {
			times++
			days += e.Value.Sub(last)
		}
		last = e.Value
	}
	return times, days
}
