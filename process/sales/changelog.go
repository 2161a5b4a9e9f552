package sales

import (
	"slices"

	"milstolpe/process"
)

// maxLogged is how many changes of deals a team remembers. Who has seen fewer than all of them after more than that begins anew, which
// is quicker by then.
const maxLogged = 256

// DealChange is that facts about a deal came in. On the days before Day the deal is as it was; FarFuture stands for facts that no
// forecast looks at, such as a line in the journal.
type DealChange struct {
	Deal *Deal
	Day  process.Date
}

// Position is how far somebody who keeps what follows from a team has come with its changes. The zero position is before everything.
type Position struct{ logged, everything, others, sorted uint64 }

// changeLog is what has changed last.
type changeLog struct {
	at     Position
	recent []DealChange // the latest of at.logged; without a deal: a forecast was noted, as of Day
}

// Changes are what has come in since a position.
type Changes struct {
	Now    Position     // where to go on from
	Deals  []DealChange // each deal once, in the order in which they were first touched
	Noted  process.Date // earliest as-of day of a forecast that was noted; FarFuture for none
	Sorted bool         // a deal has, or may have, another choice of one of the team's lists
	Others bool         // something that is about no deal has another name or value: people, customers, settings …
}

// Since is what has changed since a position; false where that bears on all deals, or is more than the team remembers.
func (t *Team) Since(at Position) (c Changes, ok bool) {
	now := t.log.at
	c = Changes{Now: now, Noted: process.FarFuture, Others: now.others != at.others, Sorted: now.sorted != at.sorted}
	missed := now.logged - at.logged
	if now.everything != at.everything || missed > uint64(len(t.log.recent)) {
		return c, false
	}
	for _, change := range t.log.recent[uint64(len(t.log.recent))-missed:] {
		if change.Deal == nil {
			c.Noted = min(c.Noted, change.Day)
			continue
		}
		if i := slices.IndexFunc(c.Deals, func(have DealChange) bool { return have.Deal == change.Deal }); i >= 0 {
			c.Deals[i].Day = min(c.Deals[i].Day, change.Day)
			continue
		}
		c.Deals = append(c.Deals, change)
	}
	return c, true
}

func (l *changeLog) add(c DealChange) {
	l.at.logged++
	if len(l.recent) == maxLogged {
		l.recent = append(l.recent[:0], l.recent[maxLogged/2:]...)
	}
	l.recent = append(l.recent, c)
}

// deal notes that a fact about a deal was applied.
func (l *changeLog) deal(d *Deal, f process.Fact) {
	l.add(DealChange{d, d.countsFrom(f)})
	switch f.(type) {
	case *process.ChoiceSet, *process.Undone:
		l.at.sorted++
	}
}

// other notes a fact that is about no deal.
func (l *changeLog) other(f process.Fact) {
	switch f := f.(type) {
	case *process.WriterIntroduced, *process.MappingKept, *process.Unknown:
		return
	case *process.ForecastNoted:
		for i := range f.Figures {
			l.add(DealChange{Day: f.Figures[i].AsOf})
		}
		return
	case *process.PersonNamed, *process.CustomerNamed, *process.ContactNamed, *process.TargetSet, *process.CallMade, *process.ImportTaken, *process.DraftSaved,
		*process.MeetingHeld, *process.ListNamed, *process.ChoiceNamed, *process.ChoicesOrdered:
	default: // a kind that nobody has thought about here bears on everything
		l.at.everything++
	}
	l.at.others++
}

// countsFrom is the first day on which the deal may be another than without the fact, which was applied already.
func (d *Deal) countsFrom(f process.Fact) process.Date {
	if len(d.undones.Entries()) > 0 {
		// What is taken back may be a correction of the opening, or the opening itself, which stays from the day of others' work on: any fact
		// that comes in or goes may bear on that, for days long before its own.
		return d.firstDay()
	}
	switch f.(type) {
	case *process.JournalWritten, *process.NextStepSet, *process.ContactLinked, *process.MilestonePromised, *process.MilestoneCorrected,
		*process.DealRenamed, *process.ExpectedCloseSet, *process.OpinionSet, *process.SourceSet, *process.ChoiceSet, *process.PlanWorded, *process.RoleSet:
		return process.FarFuture
	case *process.DealOpened, *process.OpeningCorrected:
		// Which process the deal follows, and from which day it counts, is said for all days, and facts may have come before any opening did.
		return d.firstDay()
	}
	return f.Recorded().Known
}

// firstDay is the earliest day from which anything about the deal counts, or did before its opening was corrected.
func (d *Deal) firstDay() process.Date {
	first := d.openedOn.Earliest()
	for _, e := range d.opened.Entries() {
		first = min(first, e.Value.Known)
	}
	for i := range d.marks {
		first = min(first, d.marks[i].Stamp.Known)
	}
	return min(first, d.opened.Earliest(), d.closes.Earliest(), d.reopened.Earliest(), d.withdrawn.Earliest(), d.undones.Earliest(), d.moved.Earliest(), d.none.Earliest(),
		d.value.Earliest(), d.seller.Earliest(), d.customer.Earliest())
}
