package sales

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/register"
)

// Changing beats deleting: somebody takes the opening of a deal back, and somebody else has worked on the deal without seeing that. The deal
// stays, with all that was recorded about it, from the day on which the other's work is known, and for as long as that work counts.

// keepOpening notes what others may have built on an opening that is undone. What the undoing names too is no such work.
func (d *Deal) keepOpening() {
	if d.rareFields == noRareFields || len(d.undones.Entries()) == 0 {
		return
	}
	d.kept = nil
	var ids []process.EventID
	for _, o := range d.opened.Entries() {
		if slices.ContainsFunc(d.undones.Entries(), func(u register.Entry[[]process.EventID]) bool { return slices.Contains(u.Value, o.ID) }) {
			ids = append(ids, o.ID)
		}
	}
	if len(ids) == 0 {
		return
	}
	kept := &register.Kept{IDs: ids}
	for _, e := range d.Events() {
		switch e.Fact.(type) {
		case *process.Undone, *process.DealOpened:
		default:
			kept.Work = append(kept.Work, register.Recorded{ID: e.ID, Stamp: e.Fact.Recorded()})
		}
	}
	d.kept = kept
}

// workedOnByOther names somebody else than a person who has recorded something about the deal that counts; empty when nobody has.
func (d *Deal) workedOnByOther(person string) string {
	for _, e := range d.Events() {
		if by := d.team.RecordedBy(e.ID); by != "" && by != person && !d.Gone(e) {
			return by
		}
	}
	return ""
}

// TakenBackBy are the events that a fact takes back, each of which it names, alone or as a whole import. To take the place of a value is
// not to take it back.
func (t *Team) TakenBackBy(fact process.Fact) []process.EventID {
	switch f := fact.(type) {
	case *process.Undone:
		return f.Events
	case *process.MilestoneWithdrawn:
		return f.Base
	case *process.DealReopened:
		return f.Base
	case *process.ImportUndone:
		if i, ok := t.imports[f.ID]; ok {
			return i.Events
		}
	}
	return nil
}
