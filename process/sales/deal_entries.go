package sales

import (
	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/money"
	"milstolpe/process/picklists"
	"milstolpe/process/register"
)

// What follows are all entries that were ever recorded about a deal, in the order of their keys, also those that were replaced or taken
// back; Entry.EffectiveOn tells which count on a day. The model and the readers of lists go through them; pages ask for the state on a day.

// Index is which of the team's deals this one is, from 0, for tables beside the team. It stays the same as long as
// the team is kept in memory, and is another in the next run.
func (d *Deal) Index() int { return d.nr }

// Openings are the records of how the deal was opened: one, unless two copies of a list brought it in.
func (d *Deal) Openings() []register.Entry[*process.DealOpened] { return d.opened.Entries() }

// Names are the names that the deal has had.
func (d *Deal) Names() *register.Register[string] { return &d.name }

// Customers are the customers that the deal has been with.
func (d *Deal) Customers() *register.Register[process.CustomerID] { return &d.customer }

// Sellers are those whose deal it has been.
func (d *Deal) Sellers() *register.Register[process.PersonID] { return &d.seller }

// Values are the values that the deal has had; a nil amount takes the value away.
func (d *Deal) Values() *register.Register[*money.Amount] { return &d.value }

// ExpectedCloses are the days on which its seller has expected it to close; 0 takes the day away.
func (d *Deal) ExpectedCloses() *register.Register[process.Date] { return &d.expected }

// Opinions are the percentages that another system gave the deal.
func (d *Deal) Opinions() *register.Register[float64] { return &d.opinion }

// Marks are the milestones that were reached or waived. The caller must not change them.
func (d *Deal) Marks() []Mark { return d.marks }

// Withdrawals take marks back.
func (d *Deal) Withdrawals() []register.Entry[Withdrawal] { return d.withdrawn.Entries() }

// Corrections say that a milestone was reached on another day, by somebody else or on other evidence than first recorded.
func (d *Deal) Corrections() []register.Entry[Correction] { return d.corrected.Entries() }

// Closings are the ends that were recorded, re-opened ones too.
func (d *Deal) Closings() []register.Entry[Close] { return d.closes.Entries() }

// CloseHeads are the closings that nothing has replaced, as the base of the next one.
func (d *Deal) CloseHeads() []process.EventID {
	return register.IDs(d.closes.HeadsOn(process.FarFuture, d.Retractions()))
}

// Reopenings take closings back; the base of each names them.
func (d *Deal) Reopenings() []register.Entry[string] { return d.reopened.Entries() }

// NextSteps are the activities of ours that have been planned.
func (d *Deal) NextSteps() *register.Register[activities.Activity] { return &d.nextStep }

// Activities says which of them stand.
func (d *Deal) Activities() activities.Book { return activities.NewBook(&d.nextStep, d.Retractions()) }

// Choices says what the deal has of the team's own lists.
func (d *Deal) Choices() picklists.Chosen { return picklists.NewChosen(d.choices, d.Retractions()) }

// Promises are the days that the buyer has named for a milestone; nil where none ever was.
func (d *Deal) Promises(key process.MilestoneID) *register.Register[process.Date] {
	return d.promises[key]
}

// PromisedMilestones are those for which the buyer has ever named a day, in the order of their keys.
func (d *Deal) PromisedMilestones() []process.MilestoneID { return SortedKeys(d.promises) }

// JournalEntries are all that was written in the journal; Journal gives those that count, newest first.
func (d *Deal) JournalEntries() []register.Entry[JournalEntry] { return d.journal.Entries() }

// EverMet reports whether the contact was ever linked to the deal, even if the link was removed later.
func (d *Deal) EverMet(contact process.ContactID) bool {
	f, ok := d.contacts[contact]
	return ok && len(f.Entries()) > 0
}

// WithoutFacts is the deal before anything was recorded about it; Apply brings it forward event by event.
func (d *Deal) WithoutFacts() *Deal { return newDeal(d.ID, d.team) }
