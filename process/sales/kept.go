package sales

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/register"
)

// Changing beats deleting: somebody takes the opening of a deal back, and somebody else has worked on the deal without seeing that. The deal
// stays, with all that was recorded about it, from the day on which the other's work is known.

// keepOpening looks whether others have worked on a deal whose opening is undone. What the undoing names too is not others' work.
func (d *Deal) keepOpening() {
	if d.rareFields == noRareFields || len(d.undones.Entries()) == 0 {
		return
	}
	d.kept = nil
	var ids []process.EventID
	undoers := map[process.Writer]bool{}
	for i := range d.opened.Entries() {
		id := d.opened.Entries()[i].ID
		undoers[id.Writer()] = true
		for j := range d.undones.Entries() {
			if u := &d.undones.Entries()[j]; slices.Contains(u.Value, id) {
				ids = append(ids, id)
				undoers[u.ID.Writer()] = true
			}
		}
	}
	if len(ids) == 0 {
		return
	}
	from, gone := process.FarFuture, d.Retractions()
	for _, e := range d.Events() {
		_, undoing := e.Fact.(*process.Undone)
		if s := e.Fact.Recorded(); !undoing && !undoers[e.ID.Writer()] && !gone.Undone(e.ID, s, process.FarFuture) {
			from = min(from, s.Known)
		}
	}
	if from != process.FarFuture {
		d.kept = &register.Kept{IDs: ids, From: from}
	}
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
