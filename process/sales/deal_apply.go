package sales

import (
	"bytes"
	"slices"

	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/register"
)

// Apply adds one fact to the deal. It is total: whatever a merge brings, in whatever order, it never fails, and the same set of facts
// always gives the same deal.
func (d *Deal) Apply(id process.EventID, fact process.Fact) {
	stamp := d.team.stampOf(fact)
	switch f := fact.(type) {
	case *process.DealOpened:
		d.open(id, f, stamp)
		d.restampOpening()
	case *process.OpeningCorrected:
		d.ensureRare().openedOn.Put(id, f.On, stamp)
		d.restampOpening()
	case *process.SourceSet:
		d.ensureRare().source.Put(id, f.Source, stamp)
	case *process.ChoiceSet:
		register.Of(&d.choices, f.List).Put(id, f.Choice, stamp)
	case *process.DealRenamed:
		d.name.Put(id, f.Name, stamp)
	case *process.DealCustomerSet:
		d.customer.Put(id, f.Customer, stamp)
	case *process.SellerSet:
		d.seller.Put(id, f.Seller, stamp)
	case *process.ValueSet:
		d.value.Put(id, f.Value, stamp)
	case *process.ExpectedCloseSet:
		d.expected.Put(id, f.Day, stamp)
	case *process.OpinionSet:
		d.ensureRare().opinion.Put(id, f.Percent, stamp)
	case *process.DealMoved:
		d.moved.Put(id, f.Version, stamp)
	case *process.NextStepSet:
		d.nextStep.Put(id, activities.Activity{Text: f.Text, Due: f.Due, Time: f.Time}, stamp)
	case *process.JournalWritten:
		d.journal.Put(id, JournalEntry{f.On, f.Text}, stamp)
	case *process.ContactLinked:
		register.Of(&d.contacts, f.Contact).Put(id, !f.Off, stamp)
	case *process.PlanWorded:
		d.ensureRare().plan.Put(id, f.Plan, stamp)
	case *process.RoleSet:
		register.Of(&d.ensureRare().roles, f.Role).Put(id, RoleHolder{f.Contact, f.Met}, stamp)
	case *process.DealClosed:
		d.close(id, f, stamp)
	case *process.DealReopened:
		d.ensureRare().reopened.Put(id, f.Reason, stamp)
	case *process.Undone:
		d.ensureRare().undones.Put(id, f.Events, stamp)
		d.restampOpening()
	case *process.Unknown:
		d.ensureRare().unknown = append(d.unknown, id)
	default:
		d.applyMilestone(id, fact, stamp)
	}
	d.keepOpening()
}

// applyMilestone adds what is said of one of the deal's milestones.
func (d *Deal) applyMilestone(id process.EventID, fact process.Fact, stamp *process.Stamp) {
	switch f := fact.(type) {
	case *process.NoneReached:
		d.ensureRare().none.Put(id, struct{}{}, stamp)
	case *process.MilestonePromised:
		register.Of(&d.promises, f.Milestone).Put(id, f.Day, stamp)
	case *process.MilestoneReached:
		d.mark(Mark{ID: id, Stamp: stamp, Milestone: f.Milestone, On: f.On, Contact: f.Contact, Evidence: f.Evidence})
	case *process.MilestoneWaived:
		d.mark(Mark{ID: id, Stamp: stamp, Milestone: f.Milestone, Waived: true, On: stamp.Known, Reason: f.Reason})
	case *process.MilestoneWithdrawn:
		d.ensureRare().withdrawn.Put(id, Withdrawal{f.Milestone, f.Mistake, f.Reason}, stamp)
	case *process.MilestoneCorrected:
		d.ensureRare().corrected.Put(id, Correction{f.Milestone, f.On, f.Contact, f.Evidence}, stamp)
	}
}

func (d *Deal) open(id process.EventID, f *process.DealOpened, s *process.Stamp) {
	d.opened.Put(id, f, s)
	d.name.Put(id, f.Name, s)
	d.customer.Put(id, f.Customer, s)
	d.seller.Put(id, f.Seller, s)
	d.value.Put(id, f.Value, s)
	d.expected.Put(id, f.ExpectedClose, s)
	d.moved.Put(id, f.Version, s)
	if f.Opinion != nil {
		d.ensureRare().opinion.Put(id, *f.Opinion, s)
	}
}

func (d *Deal) close(id process.EventID, f *process.DealClosed, s *process.Stamp) {
	d.closes.Put(id, Close{
		ID: id, Known: f.Known, Outcome: f.Outcome, On: f.On, Value: f.Value, Reason: f.Reason, Competitor: f.Competitor, SaidBy: f.SaidBy,
		History: f.History,
	}, s)
}

func (d *Deal) mark(m Mark) {
	i, found := slices.BinarySearchFunc(d.marks, m.ID, func(have Mark, id process.EventID) int { return bytes.Compare(have.ID[:], id[:]) })
	if d.marks == nil {
		d.marks = make([]Mark, 0, 4) // few deals have fewer in the end
	}
	if !found {
		d.marks = slices.Insert(d.marks, i, m)
	}
}

// refresh makes Now anew.
func (d *Deal) refresh() {
	gone, end := d.Retractions(), process.FarFuture
	now := Current{Exists: d.Exists(end), Process: d.Process()}
	now.Name = d.NameOn(end)
	now.Customer = d.CustomerOn(end)
	now.Seller = d.SellerOn(end)
	now.Version = d.VersionOn(end)
	now.Value = d.ValueOn(end)
	now.ExpectedClose = d.ExpectedCloseOn(end)
	now.NextStep = d.Activities().First()
	now.Source, _ = d.source.On(end, gone)
	_, now.Opened = d.Opened()
	now.Close = d.CloseOn(end)
	now.DateMoves, _ = d.DateMoves(end)
	if v, ok := d.OpinionOn(end); ok {
		now.Opinion = &v
	}
	if len(d.opened.Entries()) > 0 {
		now.Ref = d.opened.Entries()[0].Value.Ref
	}
	for _, m := range d.MarksOn(end) {
		if !m.Waived && m.On > now.LastStep {
			now.LastStep = m.On
		}
	}
	d.Now = now
}

// DateMoves counts how often the expected close was moved as known on the day, and by how many days in all.
func (d *Deal) DateMoves(day process.Date) (times, days int) {
	var last process.Date
	for i := range d.expected.Entries() {
		e := &d.expected.Entries()[i]
		if !e.EffectiveOn(day, d.Retractions()) || e.Value == 0 || e.Value == last {
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
