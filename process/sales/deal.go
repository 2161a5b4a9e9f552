package sales

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/money"
	"milstolpe/process/picklists"
	"milstolpe/process/register"
)

// Deal is the sum of the facts about one deal. It keeps every entry, so it can be seen as it was known on any day; what it is now
// stands ready in Now. Deals change only in Team.Apply; whoever reads one under the file's read lock may rely on it.
type Deal struct {
	ID  process.DealID
	Now Current // as known today

	opened   register.Register[*process.DealOpened]
	name     register.Register[string]
	customer register.Register[process.CustomerID]
	seller   register.Register[process.PersonID]
	value    register.Register[*money.Amount]
	expected register.Register[process.Date]
	moved    register.Register[process.VersionID]
	nextStep register.Register[activities.Activity]
	journal  register.Register[JournalEntry]
	contacts map[process.ContactID]*register.Register[bool]
	promises map[process.MilestoneID]*register.Register[process.Date]
	choices  picklists.Registers
	marks    []Mark
	closes   register.Register[Close]
	*rareFields

	team *Team
	nr   int // which of the team's deals, for tables beside it

	touched bool // by the facts that are being applied
}

// rareFields is what happens to few deals. Those to which nothing of it has happened share the empty one.
type rareFields struct {
	opinion   register.Register[float64]
	withdrawn register.Register[Withdrawal]
	corrected register.Register[Correction]
	reopened  register.Register[string]
	undones   register.Register[[]process.EventID]
	source    register.Register[string]
	openedOn  register.Register[process.Date] // corrections of the opening day
	plan      register.Register[process.Plan]
	roles     map[process.RoleID]*register.Register[RoleHolder]
	unknown   []process.EventID
	none      register.Register[struct{}] // said: nothing reached yet
	kept      *register.Kept
}

var noRareFields = &rareFields{}

// ensureRare makes room for something that happens to few deals.
func (d *Deal) ensureRare() *rareFields {
	if d.rareFields == noRareFields {
		d.rareFields = &rareFields{}
	}
	return d.rareFields
}

// Current is a deal as it is known now, for pages and decisions.
type Current struct {
	Exists        bool // false when its opening was undone
	Name          string
	Customer      process.CustomerID
	Seller        process.PersonID
	Process       process.ProcessID
	Version       process.VersionID
	Value         *money.Amount
	ExpectedClose process.Date
	Opinion       *float64
	Opened        process.Date // the day it happened
	Ref           string
	Source        string
	NextStep      activities.Activity // the first that is due
	Close         *Close              // nil while open
	DateMoves     int                 // how often the expected close was moved later or earlier
	LastStep      process.Date        // last day on which a milestone was reached
}

// JournalEntry is what somebody wrote down about our own doings.
type JournalEntry struct {
	On   process.Date
	Text string
}

// Mark says that a milestone was reached, or waived with a reason.
type Mark struct {
	ID        process.EventID
	Stamp     *process.Stamp // shared with others, never changed
	Milestone process.MilestoneID
	Waived    bool
	On        process.Date
	Contact   process.ContactID
	Evidence  process.Evidence
	Reason    string
}

// Withdrawal takes marks back; its stamp's base names them.
type Withdrawal struct {
	Milestone process.MilestoneID
	Mistake   bool
	Reason    string
}

// Correction says anew when, by whom and on what evidence a milestone was reached.
type Correction struct {
	Milestone process.MilestoneID
	On        process.Date
	Contact   process.ContactID
	Evidence  process.Evidence
}

// Close is how the deal ended.
type Close struct {
	ID         process.EventID
	Known      process.Date
	Outcome    process.Outcome
	On         process.Date
	Value      *money.Amount
	Reason     string
	Competitor string
	SaidBy     process.SaidBy
	History    bool
}

func newDeal(id process.DealID, t *Team) *Deal {
	return &Deal{ID: id, team: t, rareFields: noRareFields}
}

// Exists tells whether the deal was known on the day: opened, and that not undone.
func (d *Deal) Exists(day process.Date) bool {
	_, ok := d.opened.EntryOn(day, d.Retractions())
	return ok
}

// Opened is the day from which the opening is known (model, section 1), and the one on which it happened. Whether the deal was there on
// a day, or its opening undone, is for Exists to say.
func (d *Deal) Opened() (known, on process.Date) {
	first := process.FarFuture
	for i := range d.opened.Entries() {
		if e := &d.opened.Entries()[i]; e.Stamp.Known < first {
			first, on = e.Stamp.Known, e.Value.On
		}
	}
	if c, ok := d.openingCorrection(); ok && len(d.opened.Entries()) > 0 {
		on = c.Value
	}
	return first, on
}

// Process is the process that the deal follows.
func (d *Deal) Process() process.ProcessID {
	if len(d.opened.Entries()) == 0 {
		return ""
	}
	return d.opened.Entries()[0].Value.Process
}

// NameOn is the deal's own name on the day; often empty for imported deals.
func (d *Deal) NameOn(day process.Date) string { v, _ := d.name.On(day, d.Retractions()); return v }

// SellerOn is whose deal it was on the day, after people that turned out to be one.
func (d *Deal) SellerOn(day process.Date) process.PersonID {
	v, _ := d.seller.On(day, d.Retractions())
	return d.team.people.Canonical(v)
}

// CustomerOn is whose deal it was at the buyer's side, after customers that turned out to be one.
func (d *Deal) CustomerOn(day process.Date) process.CustomerID {
	v, _ := d.customer.On(day, d.Retractions())
	return d.team.CanonicalCustomer(v)
}

// ValueOn is the value on the day; nil when none was known.
func (d *Deal) ValueOn(day process.Date) *money.Amount {
	v, _ := d.value.On(day, d.Retractions())
	return v
}

// ExpectedCloseOn is the seller's date as known on the day; zero when none was.
func (d *Deal) ExpectedCloseOn(day process.Date) process.Date {
	v, _ := d.expected.On(day, d.Retractions())
	return v
}

// FirstExpectedClose is the seller's date as first recorded; zero when there never was one.
func (d *Deal) FirstExpectedClose() process.Date {
	for _, e := range d.expected.Entries() {
		if e.EffectiveOn(process.FarFuture, d.Retractions()) && e.Value != 0 {
			return e.Value
		}
	}
	return 0
}

// OpinionOn is the other CRM's percentage as known on the day, and whether there was one.
func (d *Deal) OpinionOn(day process.Date) (float64, bool) { return d.opinion.On(day, d.Retractions()) }

// VersionOn is the version of the process that the deal followed on the day.
func (d *Deal) VersionOn(day process.Date) process.VersionID {
	v, _ := d.moved.On(day, d.Retractions())
	return v
}

// StandingUnknown tells a deal that was imported without any milestone, and of which nobody has said since how far it has come (model, section 2).
func (d *Deal) StandingUnknown() bool {
	return len(d.opened.Entries()) > 0 && d.opened.Entries()[0].Value.NoSteps && !d.placedOn(process.FarFuture)
}

// History tells a deal whose opening came from imported or typed-in history.
func (d *Deal) History() bool {
	return len(d.opened.Entries()) > 0 && d.opened.Entries()[0].Stamp.History
}

// CloseOn is how the deal had ended as known on the day; nil while it was open. Closes that a re-opening known on the day takes back
// count as if they had never been.
func (d *Deal) CloseOn(day process.Date) *Close {
	gone := d.Retractions()
	if len(d.closes.Entries()) == 0 {
		return nil
	}
	heads := d.closes.HeadsOn(day, gone)
	for i := len(heads) - 1; i >= 0; i-- {
		if !d.CloseWithdrawn(heads[i].ID, day) {
			return &heads[i].Value
		}
	}
	return nil
}

// CloseWithdrawn reports whether a re-opening known on the day takes the closing back.
func (d *Deal) CloseWithdrawn(id process.EventID, day process.Date) bool {
	for i := range d.reopened.Entries() {
		e := &d.reopened.Entries()[i]
		if slices.Contains(e.Stamp.Base, id) && e.EffectiveOn(day, d.Retractions()) {
			return true
		}
	}
	return false
}

// Reopened counts how often the deal was re-opened, as known on the day.
func (d *Deal) Reopened(day process.Date) (n int) {
	for i := range d.reopened.Entries() {
		if d.reopened.Entries()[i].EffectiveOn(day, d.Retractions()) {
			n++
		}
	}
	return n
}

// Journal is what was written about our own doings, newest first.
func (d *Deal) Journal() []register.Entry[JournalEntry] {
	list := slices.Clone(d.journal.HeadsOn(process.FarFuture, d.Retractions()))
	slices.SortStableFunc(list, func(a, b register.Entry[JournalEntry]) int { return int(b.Value.On) - int(a.Value.On) })
	return list
}

// Contacts are the people at the buyer who have to do with the deal.
func (d *Deal) Contacts() []process.ContactID {
	var ids []process.ContactID
	for id, f := range d.contacts {
		if on, ok := f.On(process.FarFuture, d.Retractions()); ok && on {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Promised is the day that the buyer has named for an open milestone, and the events that say so.
func (d *Deal) Promised(m process.MilestoneID) (process.Date, []process.EventID) {
	f, ok := d.promises[m]
	if !ok {
		return 0, nil
	}
	day, _ := f.On(process.FarFuture, d.Retractions())
	return day, register.IDs(f.HeadsOn(process.FarFuture, d.Retractions()))
}

// Retractions are what was taken back of the deal, and of the imports that brought it.
func (d *Deal) Retractions() register.Retractions {
	return register.NewRetractions(&d.undones, &d.team.importsUndone, d.kept)
}
