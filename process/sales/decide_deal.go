package sales

import (
	"strings"

	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/money"
	"milstolpe/process/register"
)

// CloseInput is what the form for the end of a deal asks for.
type CloseInput struct {
	Outcome    process.Outcome
	On         process.Date
	Value      *money.Amount // of a won deal; none: the value it has
	Reason     string
	Competitor string
	SaidBy     process.SaidBy
	Reached    []process.MilestoneID // what had been there and was not noted
	Evidence   process.Evidence      // of those
}

// CloseDeal ends an open deal.
func (d *Deal) CloseDeal(c CloseInput, today process.Date) ([]process.Fact, error) {
	if d.Now.Close != nil {
		return nil, &process.Error{Kind: process.Invalid, Msg: "deal.already_closed"}
	}
	var p process.Problems
	if !c.Outcome.Valid() {
		p.Add("outcome", "deal.bad_outcome", string(c.Outcome))
	}
	if err := process.CheckDay("on", c.On, today); err != nil {
		p.Join(err)
	}
	if c.On != 0 && c.On < d.Now.Opened {
		p.Add("on", "deal.ended_before_opening", d.Now.Opened)
	}
	if c.Outcome.IsLoss() {
		p.Text("reason", c.Reason, 1, process.MaxText)
	}
	p.Text("competitor", c.Competitor, 0, process.MaxName)
	p.Amount(c.Value)
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	stamp := d.team.stamp(c.On, today)
	if known, _ := d.Opened(); stamp.Known < known {
		stamp.Known = known
	}
	closed := &process.DealClosed{
		Stamp: stamp, Deal: d.ID, Outcome: c.Outcome, On: c.On, Value: c.Value, Reason: strings.TrimSpace(c.Reason),
		Competitor: strings.TrimSpace(c.Competitor), SaidBy: c.SaidBy,
	}
	reached, err := d.ReachSeveral(c.Reached, ReachInput{On: c.On, Evidence: c.Evidence}, today)
	if err != nil {
		return nil, err
	}
	for _, fact := range reached { // nothing is known of a deal before its opening
		s := fact.Recorded()
		s.Known = max(s.Known, closed.Known)
	}
	return append([]process.Fact{closed}, reached...), nil
}

// EndBase are the events that say whether and how the deal has ended, for the form that closes or re-opens it: all of them, since each
// changes what the next one means.
func (d *Deal) EndBase() []process.EventID {
	return append(register.IDs(d.closes.HeadsOn(process.FarFuture, d.Retractions())), register.IDs(d.reopened.HeadsOn(process.FarFuture, d.Retractions()))...)
}

// Reopen takes the end of a deal back, with a reason.
func (d *Deal) Reopen(reason string, today process.Date) ([]process.Fact, error) {
	if d.Now.Close == nil {
		return nil, nil
	}
	if err := process.CheckText("reason", reason, 1, process.MaxText); err != nil {
		return nil, err
	}
	var ids []process.EventID
	for _, e := range d.closes.Entries() {
		if e.EffectiveOn(process.FarFuture, d.Retractions()) && !d.CloseWithdrawn(e.ID, process.FarFuture) {
			ids = append(ids, e.ID)
		}
	}
	return []process.Fact{&process.DealReopened{Stamp: process.Stamp{Known: today, Base: ids}, Deal: d.ID, Reason: strings.TrimSpace(reason)}}, nil
}

// DealForm is what can be changed about a deal on one form. Base are, for each field, the events that the form was made from; nil
// means those that stand now.
type DealForm struct {
	Name          string
	Customer      string
	Seller        string
	Value         *money.Amount
	ExpectedClose process.Date
	Opened        process.Date // zero: as it is
	Source        string
	Base          map[string][]process.EventID // by field: name, customer, seller, value, expected_close, opened, source
}

// Change records what differs between the deal and the form, each field as its own fact.
func (d *Deal) Change(f DealForm, m Env) ([]process.Fact, error) {
	var p process.Problems
	p.Text("customer", f.Customer, 1, process.MaxName)
	p.Text("name", f.Name, 0, process.MaxName)
	p.Text("seller", f.Seller, 0, process.MaxName)
	p.Text("source", f.Source, 0, process.MaxName)
	p.Amount(f.Value)
	heads := d.Heads()
	opened, err := d.CorrectOpening(f.Opened, f.Base["opened"], m.Today)
	if err != nil {
		p.Join(err)
	}
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	stamp := func(field string) process.Stamp {
		return process.Stamp{Known: m.Today, Base: register.OrHeads(f.Base[field], heads[field])}
	}
	changed := func(field string, differs bool) bool {
		return differs || register.Resolves(f.Base[field], heads[field])
	}
	var facts []process.Fact
	if name := strings.TrimSpace(f.Name); changed("name", name != d.Now.Name) {
		facts = append(facts, &process.DealRenamed{Stamp: stamp("name"), Deal: d.ID, Name: name})
	}
	if changed("customer", process.FoldName(f.Customer) != process.FoldName(d.team.Customer(d.Now.Customer))) {
		id, more := d.team.customerNamed(f.Customer, stamp("customer"), m)
		facts = append(append(facts, more...), &process.DealCustomerSet{Stamp: stamp("customer"), Deal: d.ID, Customer: id})
	}
	if changed("seller", process.FoldName(f.Seller) != process.FoldName(d.team.Person(d.Now.Seller))) {
		id, more := d.team.people.Add(f.Seller, stamp("seller"))
		facts = append(append(facts, more...), &process.SellerSet{Stamp: stamp("seller"), Deal: d.ID, Seller: id})
	}
	if changed("value", !SameAmount(f.Value, d.Now.Value)) {
		facts = append(facts, &process.ValueSet{Stamp: stamp("value"), Deal: d.ID, Value: f.Value})
	}
	if changed("expected_close", f.ExpectedClose != d.Now.ExpectedClose) {
		facts = append(facts, &process.ExpectedCloseSet{Stamp: stamp("expected_close"), Deal: d.ID, Day: f.ExpectedClose})
	}
	if source := strings.TrimSpace(f.Source); changed("source", source != d.Now.Source) {
		facts = append(facts, &process.SourceSet{Stamp: stamp("source"), Deal: d.ID, Source: source})
	}
	return append(facts, opened...), nil
}

// Heads are, for each field of DealForm, the events that stand for it now.
func (d *Deal) Heads() map[string][]process.EventID {
	gone := d.Retractions()
	return map[string][]process.EventID{
		"name":           register.IDs(d.name.HeadsOn(process.FarFuture, gone)),
		"customer":       register.IDs(d.customer.HeadsOn(process.FarFuture, gone)),
		"seller":         register.IDs(d.seller.HeadsOn(process.FarFuture, gone)),
		"value":          register.IDs(d.value.HeadsOn(process.FarFuture, gone)),
		"expected_close": register.IDs(d.expected.HeadsOn(process.FarFuture, gone)),
		"next_step":      d.Activities().Base(), // of the first, where several are planned
		"opened":         register.IDs(d.openedOn.HeadsOn(process.FarFuture, gone)),
		"source":         register.IDs(d.source.HeadsOn(process.FarFuture, gone)),
	}
}

// SameAmount reports whether two amounts are equal, currency included, or both missing.
func SameAmount(a, b *money.Amount) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// PlanNext plans the next activity of ours, or plans otherwise the one that the events of base are about; an empty text says that it is not to
// be done any more.
func (d *Deal) PlanNext(next activities.Activity, base []process.EventID, today process.Date) ([]process.Fact, error) {
	next.Text = strings.TrimSpace(next.Text)
	var p process.Problems
	p.Text("text", next.Text, 0, process.MaxName)
	if next.Time != "" && next.Due.IsZero() {
		p.Add("due", "next.time_without_day")
	}
	was, planned := d.Now.NextStep, d.Activities().Base()
	if mine, there := d.Activities().From(base); there {
		was, planned = mine.Activity, mine.Base
	}
	if err := p.OrNil(); err != nil || next == was && !register.Resolves(base, planned) {
		return nil, err
	}
	return []process.Fact{&process.NextStepSet{
		Stamp: process.Stamp{Known: today, Base: register.OrHeads(base, planned)}, Deal: d.ID, Text: next.Text, Due: next.Due, Time: next.Time,
	}}, nil
}

// WriteJournal adds an entry about our own doings.
func (d *Deal) WriteJournal(text string, on, today process.Date) ([]process.Fact, error) {
	var p process.Problems
	p.Text("text", text, 1, process.MaxText)
	if err := process.CheckDay("on", on, today); err != nil {
		p.Join(err)
	}
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	return []process.Fact{&process.JournalWritten{Stamp: d.team.stamp(on, today), Deal: d.ID, On: on, Text: strings.TrimSpace(text)}}, nil
}

// ClosingValue is what a closed deal was worth when it ended, in minor units of the reporting currency with the rate known on that day: what
// a won one brought, and what a lost one would have. An open deal has none.
func (t *Team) ClosingValue(d *Deal) float64 {
	if d.Now.Close == nil {
		return 0
	}
	return t.ClosedValue(d, d.Now.Close)
}

// PromisePassed is a milestone that is not there although the day that the buyer had named for it has passed.
type PromisePassed struct {
	Milestone process.MilestoneID
	Day       process.Date
}

// PromisesPassed are the milestones of an open deal whose named day has passed, in the order of their keys.
func (d *Deal) PromisesPassed(today process.Date) []PromisePassed {
	var list []PromisePassed
	for _, key := range SortedKeys(d.promises) {
		if day, _ := d.Promised(key); day.IsZero() || day >= today {
			continue
		} else if _, there := d.MarkOn(key, process.FarFuture); !there {
			list = append(list, PromisePassed{key, day})
		}
	}
	return list
}
