package sales

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/register"
)

// MarksOn are the marks that count on the day, one for each milestone: of several for the same milestone the one that was known
// first. Corrections are in them. They stand in the order in which they became known.
func (d *Deal) MarksOn(day process.Date) []Mark {
	best := make([]Mark, 0, len(d.marks))
	for i := range d.marks {
		m := &d.marks[i]
		if !d.MarkEffectiveOn(m, day) {
			continue
		}
		at := slices.IndexFunc(best, func(b Mark) bool { return b.Milestone == m.Milestone })
		switch {
		case at < 0:
			best = append(best, *m)
		case firstKnown(m, &best[at]) < 0:
			best[at] = *m
		}
	}
	for i := range best {
		d.mend(&best[i], day)
	}
	slices.SortStableFunc(best, func(a, b Mark) int { return cmp.Compare(a.Stamp.Known, b.Stamp.Known) })
	return best
}

// firstKnown prefers the earlier known, then a reached one over a waived one, then the earlier key.
func firstKnown(a, b *Mark) int {
	if c := cmp.Compare(a.Stamp.Known, b.Stamp.Known); c != 0 {
		return c
	}
	if a.Waived != b.Waived {
		if b.Waived {
			return -1
		}
		return 1
	}
	return 0
}

// MarkOn is the mark of one milestone that counts on the day.
func (d *Deal) MarkOn(key process.MilestoneID, day process.Date) (Mark, bool) {
	for _, m := range d.MarksOn(day) {
		if m.Milestone == key {
			return m, true
		}
	}
	return Mark{}, false
}

// ReportsOn are all marks of one milestone that count on the day, that of MarkOn first. Two people who heard the same from the buyer have
// each said so, with their own date and evidence: neither stands for the other.
func (d *Deal) ReportsOn(key process.MilestoneID, day process.Date) []Mark {
	var list []Mark
	for i := range d.marks {
		if m := &d.marks[i]; m.Milestone == key && d.MarkEffectiveOn(m, day) {
			list = append(list, *m)
		}
	}
	slices.SortStableFunc(list, func(a, b Mark) int { return firstKnown(&a, &b) })
	for i := range list {
		d.mend(&list[i], day)
	}
	return list
}

// MarkIDs are the events that say that the milestone is reached or waived, as known on the day: what a withdrawal has to name.
func (d *Deal) MarkIDs(key process.MilestoneID, day process.Date) []process.EventID {
	var ids []process.EventID
	for i := range d.marks {
		if d.marks[i].Milestone == key && d.MarkEffectiveOn(&d.marks[i], day) {
			ids = append(ids, d.marks[i].ID)
		}
	}
	return ids
}

// WithdrawalsOn are the withdrawals known on the day, in the order of their keys.
func (d *Deal) WithdrawalsOn(day process.Date) []register.Entry[Withdrawal] {
	var list []register.Entry[Withdrawal]
	for _, e := range d.withdrawn.Entries() {
		if e.EffectiveOn(day, d.Retractions()) {
			list = append(list, e)
		}
	}
	return list
}

// MarkEffectiveOn reports whether the mark counts on the day.
func (d *Deal) MarkEffectiveOn(m *Mark, day process.Date) bool {
	if m.Stamp.Known > day || d.Retractions().Undone(m.ID, m.Stamp, day) {
		return false
	}
	for i := range d.withdrawn.Entries() {
		e := &d.withdrawn.Entries()[i]
		if slices.Contains(e.Stamp.Base, m.ID) && e.EffectiveOn(day, d.Retractions()) {
			return false
		}
	}
	return true
}

// mend puts the latest correction known on the day over a mark. The day it became known stays.
func (d *Deal) mend(m *Mark, day process.Date) {
	for _, e := range d.corrected.HeadsOn(day, d.Retractions()) {
		if e.Value.Milestone == m.Milestone && slices.Contains(e.Stamp.Base, m.ID) {
			m.On, m.Contact, m.Evidence = e.Value.On, e.Value.Contact, e.Value.Evidence
		}
	}
}

// MendIDs are the events that a correction of a mark has to name: the mark and all corrections of it so far.
func (d *Deal) MendIDs(mark process.EventID) []process.EventID {
	ids := []process.EventID{mark}
	for _, e := range d.corrected.Entries() {
		if slices.Contains(e.Stamp.Base, mark) {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// CorrectionIDs are all that a page shows of a milestone that was reached: its marks and all corrections of them.
func (d *Deal) CorrectionIDs(key process.MilestoneID) []process.EventID {
	ids := d.MarkIDs(key, process.FarFuture)
	for _, e := range d.corrected.Entries() {
		if e.Value.Milestone == key {
			ids = append(ids, e.ID)
		}
	}
	return ids
}
