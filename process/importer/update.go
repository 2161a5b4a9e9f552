package importer

import (
	"slices"
	"strconv"

	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/importer/columns"
	"milstolpe/process/money"
	"milstolpe/process/register"
	"milstolpe/process/sales"
)

// update compares a record with a deal that is there. Only what the list says anew counts: a value that somebody changed here after
// the last import stays, as long as the list repeats what it said then. An empty cell says nothing. Changes of fields count from today;
// milestones and closes from the day they happened.
func (k *planner) update(r *record, d *sales.Deal, p *PlannedDeal) {
	if !k.same(r, d) {
		return
	}
	k.updateFields(r, d, p)
	k.updateChoices(r, d, p)
	for _, j := range r.journal {
		k.journal(d, j, k.history(j.On), p)
	}
	if r.note != "" {
		k.journal(d, sales.JournalEntry{On: k.Today, Text: r.note}, k.news(), p)
	}
	for _, s := range r.steps {
		k.updateStep(d, s, p)
	}
	k.updatePlanned(r, d, p)
	if k.Mapping.Shape == columns.Long {
		k.follow(r, d.ID, d)
		return
	}
	if r.outcome != "" || r.outcomeSaid {
		k.updateClose(r, d, p)
	}
}

// same asks whether the record can be about the deal: ids of other systems are small numbers, and two systems may share them.
func (k *planner) same(r *record, d *sales.Deal) bool {
	if d.Process() != k.Process {
		other := ""
		if p, ok := k.team.Process(d.Process()); ok {
			other = p.Name()
		}
		r.fault(k.header(columns.MeansID), r.ref, process.Wrong("", "import.deal_of_other_process", other))
		return false
	}
	if r.openingAssumed || r.openingDerived {
		r.opened = d.Now.Opened
	}
	if d.Now.Opened == r.opened {
		return true
	}
	name := r.name == "" || d.Now.Name == "" || process.FoldName(r.name) == process.FoldName(d.Now.Name)
	called := process.FoldName(k.team.Customer(d.Now.Customer))
	customer := r.customer == "" || d.Now.Customer == "" || process.FoldName(r.customer) == called || process.FoldName(r.listed) == called
	if r.name == "" && r.customer == "" || !name || !customer {
		r.fault(k.header(columns.MeansOpened), r.opened.String(), process.Wrong("", "import.other_deal", d.Now.Opened))
		return false
	}
	r.noteAbout(k.header(columns.MeansOpened), r.opened.String(), "import.opening_kept", d.Now.Opened)
	return true
}

// saysAnew reports whether a list says something about a field that no list has said last and that is not so already. Two lists that were
// imported into two copies of the file may both have said something last: then the conflict waits for somebody, and neither list settles it by
// saying the same again.
func saysAnew[T any](f *register.Register[T], gone register.Retractions, said T, same func(a, b T) bool) bool {
	for _, e := range lastListed(f.Entries(), gone) {
		if same(e.Value, said) {
			return false
		}
	}
	heads := f.HeadsOn(process.FarFuture, gone)
	if len(heads) > 1 { // several values wait for somebody to choose: one of them, said again, chooses nothing
		return !slices.ContainsFunc(heads, func(h register.Entry[T]) bool { return same(h.Value, said) })
	}
	now, ok := f.On(process.FarFuture, gone)
	return !ok || !same(now, said)
}

// lastListed are the entries of lists that no later list has replaced, whoever has replaced them since.
func lastListed[T any](entries []register.Entry[T], gone register.Retractions) (last []register.Entry[T]) {
	replaced := map[process.EventID]bool{} // by a list, or by what a list has replaced
	for i := len(entries) - 1; i >= 0; i-- {
		e := &entries[i]
		if !e.EffectiveOn(process.FarFuture, gone) {
			continue
		}
		if listed := e.Stamp.Import != ""; listed || replaced[e.ID] {
			if listed && !replaced[e.ID] {
				last = append(last, *e)
			}
			for _, base := range e.Stamp.Base {
				replaced[base] = true
			}
		}
	}
	return last
}

// over is what a list's value takes the place of: the one that stands. Where several wait to be settled it is one more of them, since no
// list knows which of them is right.
func over(heads []process.EventID) []process.EventID {
	if len(heads) > 1 {
		return nil
	}
	return heads
}

func equal[T comparable](a, b T) bool { return a == b }

func (k *planner) updateFields(r *record, d *sales.Deal, p *PlannedDeal) {
	gone, heads := d.Retractions(), d.Heads()
	if r.name != "" && saysAnew(d.Names(), gone, r.name, equal) {
		p.change(columns.MeansName, d.Now.Name, r.name)
		k.add(&process.DealRenamed{Stamp: k.news(over(heads["name"])...), Deal: d.ID, Name: r.name})
	}
	customer := d.Now.Customer
	if r.customer != "" {
		customer = k.customer(r.customer, k.news())
		if saysAnew(d.Customers(), gone, customer, func(a, b process.CustomerID) bool { return k.team.CanonicalCustomer(a) == k.team.CanonicalCustomer(b) }) {
			p.change(columns.MeansCustomer, k.team.Customer(d.Now.Customer), r.customer)
			k.add(&process.DealCustomerSet{Stamp: k.news(over(heads["customer"])...), Deal: d.ID, Customer: customer})
		}
	}
	if r.seller != "" {
		if seller := k.person(r.seller, k.news()); saysAnew(d.Sellers(), gone, seller, equal) {
			p.change(columns.MeansSeller, k.team.Person(d.Now.Seller), r.seller)
			k.add(&process.SellerSet{Stamp: k.news(over(heads["seller"])...), Deal: d.ID, Seller: seller})
		}
	}
	if r.value != nil && saysAnew(d.Values(), gone, r.value, sales.SameAmount) {
		p.change(columns.MeansValue, amountText(d.Now.Value), amountText(r.value))
		k.add(&process.ValueSet{Stamp: k.news(over(heads["value"])...), Deal: d.ID, Value: r.value})
	}
	if r.expected != 0 && saysAnew(d.ExpectedCloses(), gone, r.expected, equal) {
		p.change(columns.MeansExpectedClose, d.Now.ExpectedClose.String(), r.expected.String())
		k.add(&process.ExpectedCloseSet{Stamp: k.news(over(heads["expected_close"])...), Deal: d.ID, Day: r.expected})
	}
	if r.hasOpinion() && saysAnew(d.Opinions(), gone, *r.opinion, equal) {
		p.change(columns.MeansProbability, percentText(d.Now.Opinion), percentText(r.opinion))
		k.add(&process.OpinionSet{Stamp: k.news(over(d.Opinions().HeadIDs(process.FarFuture, gone))...), Deal: d.ID, Percent: *r.opinion})
	}
	before := len(k.facts)
	if k.contact(r, d.ID, customer, d, k.news()); len(k.facts) > before {
		p.change(columns.MeansContact, "", r.contact)
	}
}

func (p *PlannedDeal) change(what columns.Meaning, from, to string) {
	p.Changes = append(p.Changes, RowChange{what, from, to})
}

func amountText(a *money.Amount) string {
	if a == nil {
		return ""
	}
	return a.Decimal() + " " + a.Currency
}

func percentText(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

// journal adds an entry that no list has brought yet. A note without a day of its own is known by its text.
func (k *planner) journal(d *sales.Deal, j sales.JournalEntry, s process.Stamp, p *PlannedDeal) {
	for _, e := range d.JournalEntries() {
		if e.Value.Text == j.Text && (e.Value.On == j.On || !s.History) {
			return
		}
	}
	p.change(columns.MeansJournal, "", j.Text)
	k.add(&process.JournalWritten{Stamp: s, Deal: d.ID, On: j.On, Text: j.Text})
}

// updatePlanned plans what was never planned for the deal before: what was done or changed here since stays so. One activity takes the place of
// the one that stands; of several nobody knows which, and they stand beside it.
func (k *planner) updatePlanned(r *record, d *sales.Deal, p *PlannedDeal) {
	if d.Now.Close != nil || r.outcome != "" {
		return
	}
	standing := d.Activities().Planned()
	var base []process.EventID
	if len(r.planned) == 1 && len(standing) <= 1 {
		base = d.Activities().Base()
	}
	for _, a := range r.planned {
		if slices.ContainsFunc(d.NextSteps().Entries(), func(e register.Entry[activities.Activity]) bool { return e.Value == a }) {
			continue
		}
		p.change(columns.MeansActivities, activities.Lines(standing), a.Line())
		k.add(a.Set(d.ID, k.news(base...)))
	}
}

// updateStep adds a milestone, or mends the day of one that an earlier list brought. What somebody marked here by hand stays.
func (k *planner) updateStep(d *sales.Deal, s step, p *PlannedDeal) {
	if listSaid(d, s) {
		return
	}
	mark, ok := d.MarkOn(s.key, process.FarFuture)
	switch {
	case !ok:
		p.change(columns.MilestoneMeaning(s.key), "", s.on.String())
		k.step(d.ID, s)
	case mark.Stamp.Import != "" && !mark.Waived && s.waived == "":
		p.change(columns.MilestoneMeaning(s.key), mark.On.String(), s.on.String())
		k.add(&process.MilestoneCorrected{
			Stamp: process.Stamp{Known: mark.Stamp.Known, History: mark.Stamp.History, Import: k.ID, Base: d.MendIDs(mark.ID)},
			Deal:  d.ID, Milestone: s.key, On: s.on, Contact: mark.Contact, Evidence: mark.Evidence,
		})
	}
}

// listSaid tells whether an earlier list has said the same about the milestone, whatever became of that since.
func listSaid(d *sales.Deal, s step) bool {
	gone := d.Retractions()
	for i := range d.Marks() {
		m := &d.Marks()[i]
		if m.Milestone == s.key && m.On == s.on && m.Waived == (s.waived != "") && m.Stamp.Import != "" && !gone.Undone(m.ID, m.Stamp, process.FarFuture) {
			return true
		}
	}
	return slices.ContainsFunc(d.Corrections(), func(e register.Entry[sales.Correction]) bool {
		return e.Value.Milestone == s.key && e.Value.On == s.on && e.Stamp.Import != "" && e.EffectiveOn(process.FarFuture, gone)
	})
}

// updateClose ends a deal, mends how an earlier list said that it ended, or re-opens what that list had closed.
func (k *planner) updateClose(r *record, d *sales.Deal, p *PlannedDeal) {
	said, have := listedCloses(d), d.Now.Close
	if r.outcome == "" {
		if have != nil && slices.ContainsFunc(said, func(c *sales.Close) bool { return c.ID == have.ID }) {
			p.change(columns.MeansOutcome, string(have.Outcome), string(columns.StillOpen))
			k.add(&process.DealReopened{Stamp: k.news(have.ID), Deal: d.ID, Reason: k.Source})
		}
		return
	}
	if slices.ContainsFunc(said, func(c *sales.Close) bool { return r.closedAs(c, d) }) || have != nil && r.closedAs(have, d) {
		return
	}
	stamp := k.history(max(r.closed, openedKnown(d)), d.CloseHeads()...)
	from := ""
	if have != nil {
		from = string(have.Outcome) + " " + have.On.String()
	}
	p.change(columns.MeansOutcome, from, string(r.outcome)+" "+r.closed.String())
	k.add(r.closing(d.ID, stamp))
}

func openedKnown(d *sales.Deal) process.Date { known, _ := d.Opened(); return known }

// listedCloses are how the last lists said that the deal ended, but for what a list has said to be open again since.
func listedCloses(d *sales.Deal) (closes []*sales.Close) {
	entries := lastListed(d.Closings(), d.Retractions())
	for i := range entries {
		id := entries[i].ID
		if !slices.ContainsFunc(d.Reopenings(), func(r register.Entry[string]) bool {
			return r.Stamp.Import != "" && slices.Contains(r.Stamp.Base, id) && r.EffectiveOn(process.FarFuture, d.Retractions())
		}) {
			closes = append(closes, &entries[i].Value)
		}
	}
	return closes
}

// closedAs tells whether the deal is closed as the record says it is, as far as it says so.
func (r *record) closedAs(c *sales.Close, d *sales.Deal) bool {
	value := c.Value
	if value == nil {
		value = d.ValueOn(c.Known)
	}
	return c.Outcome == r.outcome && c.On == r.closed && (r.reason == "" || r.reason == c.Reason) &&
		(r.competitor == "" || r.competitor == c.Competitor) && (r.outcome != process.Won || r.value == nil || sales.SameAmount(r.value, value))
}
