package process

import (
	"slices"

	"milstolpe/process/money"
)

// Deal is the sum of the facts about one deal. It keeps every entry, so it can be seen as it was known on any day; what it is now
// stands ready in Now. Deals change only in Team.Apply; whoever reads one under the file's read lock may rely on it.
type Deal struct {
	ID  DealID
	Now Current // as known today

	opened   Field[*DealOpened]
	name     Field[string]
	customer Field[CustomerID]
	seller   Field[PersonID]
	value    Field[*money.Amount]
	expected Field[Date]
	moved    Field[VersionID]
	nextStep Field[NextStep]
	journal  Field[JournalEntry]
	contacts map[ContactID]*Field[bool]
	promises map[MilestoneID]*Field[Date]
	marks    []Mark
	closes   Field[Close]
	*seldom

	team *Team
	nr   int // which of the team's deals, for tables beside it

	touched bool // by the facts that are being applied
}

// seldom is what happens to few deals. Those to which nothing of it has happened share the empty one.
type seldom struct {
	opinion   Field[float64]
	takenBack Field[Withdrawal]
	mended    Field[correction]
	reopened  Field[string]
	undones   Field[[]EventID]
	unknown   []EventID
}

var never = &seldom{}

// rare makes room for something that happens to few deals.
func (d *Deal) rare() *seldom {
	if d.seldom == never {
		d.seldom = &seldom{}
	}
	return d.seldom
}

// Current is a deal as it is known now, for pages and decisions.
type Current struct {
	Exists        bool // false when its opening was undone
	Name          string
	Customer      CustomerID
	Seller        PersonID
	Process       ProcessID
	Version       VersionID
	Value         *money.Amount
	ExpectedClose Date
	Opinion       *float64
	Opened        Date // the day it happened
	Ref           string
	NextStep      NextStep
	Close         *Close // nil while open
	DateMoves     int    // how often the expected close was moved later or earlier
	LastStep      Date   // last day on which a milestone was reached
}

// NextStep is the one next activity of ours.
type NextStep struct {
	Text string
	Due  Date
}

// JournalEntry is what somebody wrote down about our own doings.
type JournalEntry struct {
	On   Date
	Text string
}

// Mark says that a milestone was reached, or waived with a reason.
type Mark struct {
	ID        EventID
	Stamp     *Stamp // shared with others, never changed
	Milestone MilestoneID
	Waived    bool
	On        Date
	Contact   ContactID
	Evidence  Evidence
	Reason    string
}

// Withdrawal takes marks back; its stamp's base names them.
type Withdrawal struct {
	Milestone MilestoneID
	Mistake   bool
	Reason    string
}

type correction struct {
	Milestone MilestoneID
	On        Date
	Contact   ContactID
	Evidence  Evidence
}

// Close is how the deal ended.
type Close struct {
	ID         EventID
	Known      Date
	Outcome    Outcome
	On         Date
	Value      *money.Amount
	Reason     string
	Competitor string
	SaidBy     SaidBy
	History    bool
}

func newDeal(id DealID, t *Team) *Deal { return &Deal{ID: id, team: t, seldom: never} }

// Exists tells whether the deal was known on the day: opened, and that not undone.
func (d *Deal) Exists(day Date) bool {
	_, ok := d.opened.entryOn(day, d.gone())
	return ok
}

// Opened is the day from which the opening is known (model, section 1), and the one on which it happened. Whether the deal was there on
// a day, or its opening undone, is for Exists to say.
func (d *Deal) Opened() (known, on Date) {
	first := FarFuture
	for i := range d.opened.entries {
		if e := &d.opened.entries[i]; e.Stamp.Known < first {
			first, on = e.Stamp.Known, e.Value.On
		}
	}
	return first, on
}

// Process is the process that the deal follows.
func (d *Deal) Process() ProcessID {
	if len(d.opened.entries) == 0 {
		return ""
	}
	return d.opened.entries[0].Value.Process
}

// NameOn is the deal's own name on the day; often empty for imported deals.
func (d *Deal) NameOn(day Date) string { v, _ := d.name.On(day, d.gone()); return v }

// SellerOn is whose deal it was on the day.
func (d *Deal) SellerOn(day Date) PersonID { v, _ := d.seller.On(day, d.gone()); return v }

// CustomerOn is whose deal it was at the buyer's side, after customers that turned out to be one.
func (d *Deal) CustomerOn(day Date) CustomerID {
	v, _ := d.customer.On(day, d.gone())
	return d.team.customerAs(v)
}

// ValueOn is the value on the day; nil when none was known.
func (d *Deal) ValueOn(day Date) *money.Amount { v, _ := d.value.On(day, d.gone()); return v }

// ExpectedCloseOn is the seller's date as known on the day; zero when none was.
func (d *Deal) ExpectedCloseOn(day Date) Date { v, _ := d.expected.On(day, d.gone()); return v }

// FirstExpectedClose is the seller's date as first recorded; zero when there never was one.
func (d *Deal) FirstExpectedClose() Date {
	for _, e := range d.expected.entries {
		if e.counts(FarFuture, d.gone()) && e.Value != 0 {
			return e.Value
		}
	}
	return 0
}

// OpinionOn is the other CRM's percentage as known on the day, and whether there was one.
func (d *Deal) OpinionOn(day Date) (float64, bool) { return d.opinion.On(day, d.gone()) }

// VersionOn is the version of the process that the deal followed on the day.
func (d *Deal) VersionOn(day Date) VersionID { v, _ := d.moved.On(day, d.gone()); return v }

// NoSteps tells a deal that was imported without any milestone column: where it stood is not known (model, section 5).
func (d *Deal) NoSteps() bool {
	return len(d.opened.entries) > 0 && d.opened.entries[0].Value.NoSteps && len(d.marks) == 0
}

// History tells a deal whose opening came from imported or typed-in history.
func (d *Deal) History() bool {
	return len(d.opened.entries) > 0 && d.opened.entries[0].Stamp.History
}

// CloseOn is how the deal had ended as known on the day; nil while it was open. Closes that a re-opening known on the day takes back
// count as if they had never been.
func (d *Deal) CloseOn(day Date) *Close {
	gone := d.gone()
	if len(d.closes.entries) == 0 {
		return nil
	}
	heads := d.closes.HeadsOn(day, gone)
	for i := len(heads) - 1; i >= 0; i-- {
		if !d.takenBackClose(heads[i].ID, day) {
			return &heads[i].Value
		}
	}
	return nil
}

func (d *Deal) takenBackClose(id EventID, day Date) bool {
	for i := range d.reopened.entries {
		e := &d.reopened.entries[i]
		if slices.Contains(e.Stamp.Base, id) && e.counts(day, d.gone()) {
			return true
		}
	}
	return false
}

// Reopened counts how often the deal was re-opened, as known on the day.
func (d *Deal) Reopened(day Date) (n int) {
	for i := range d.reopened.entries {
		if d.reopened.entries[i].counts(day, d.gone()) {
			n++
		}
	}
	return n
}

// Journal is what was written about our own doings, newest first.
func (d *Deal) Journal() []Entry[JournalEntry] {
	list := slices.Clone(d.journal.HeadsOn(FarFuture, d.gone()))
	slices.SortStableFunc(list, func(a, b Entry[JournalEntry]) int { return int(b.Value.On) - int(a.Value.On) })
	return list
}

// Contacts are the people at the buyer who have to do with the deal.
func (d *Deal) Contacts() []ContactID {
	var ids []ContactID
	for id, f := range d.contacts {
		if on, ok := f.On(FarFuture, d.gone()); ok && on {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Promised is the day that the buyer has named for an open milestone, and the events that say so.
func (d *Deal) Promised(m MilestoneID) (Date, []EventID) {
	f, ok := d.promises[m]
	if !ok {
		return 0, nil
	}
	day, _ := f.On(FarFuture, d.gone())
	return day, entryIDs(f.HeadsOn(FarFuture, d.gone()))
}

func (d *Deal) gone() undoneSet {
	return undoneSet{undones: &d.undones, imports: &d.team.importsUndone}
}

func entryIDs[T any](entries []Entry[T]) []EventID {
	ids := make([]EventID, len(entries))
	for i, e := range entries {
		ids[i] = e.ID
	}
	return ids
}
