package process

import (
	"slices"
	"strings"

	"milstolpe/process/money"
)

// Closing is what the form for the end of a deal asks for.
type Closing struct {
	Outcome    Outcome
	On         Date
	Value      *money.Amount // of a won deal; none: the value it has
	Reason     string
	Competitor string
	SaidBy     SaidBy
}

// CloseDeal ends an open deal.
func (d *Deal) CloseDeal(c Closing, today Date) ([]Fact, error) {
	if d.Now.Close != nil {
		return nil, &Error{Kind: Invalid, Msg: "deal.already_closed"}
	}
	var p Problems
	if !c.Outcome.Valid() {
		p.Add("outcome", "deal.bad_outcome", string(c.Outcome))
	}
	if err := checkDay("on", c.On, today); err != nil {
		p.Join(err)
	}
	if c.On != 0 && c.On < d.Now.Opened {
		p.Add("on", "deal.closed_before_opening", d.Now.Opened)
	}
	if c.Outcome.IsLoss() {
		p.text("reason", c.Reason, 1, maxText)
	}
	p.text("competitor", c.Competitor, 0, maxName)
	checkValue(&p, c.Value)
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	stamp := d.team.stamp(c.On, today)
	if known, _ := d.Opened(); stamp.Known < known {
		stamp.Known = known
	}
	return []Fact{&DealClosed{
		Stamp: stamp, Deal: d.ID, Outcome: c.Outcome, On: c.On, Value: c.Value, Reason: strings.TrimSpace(c.Reason),
		Competitor: strings.TrimSpace(c.Competitor), SaidBy: c.SaidBy,
	}}, nil
}

// Reopen takes the end of a deal back, with a reason.
func (d *Deal) Reopen(reason string, today Date) ([]Fact, error) {
	if d.Now.Close == nil {
		return nil, nil
	}
	if err := checkText("reason", reason, 1, maxText); err != nil {
		return nil, err
	}
	var ids []EventID
	for _, e := range d.closes.entries {
		if e.counts(FarFuture, d.gone()) && !d.takenBackClose(e.ID, FarFuture) {
			ids = append(ids, e.ID)
		}
	}
	return []Fact{&DealReopened{Stamp: Stamp{Known: today, Base: ids}, Deal: d.ID, Reason: strings.TrimSpace(reason)}}, nil
}

// DealForm is what can be changed about a deal on one form. Base are, for each field, the events that the form was made from; nil
// means those that stand now.
type DealForm struct {
	Name          string
	Customer      string
	Seller        string
	Value         *money.Amount
	ExpectedClose Date
	Base          map[string][]EventID // by field: name, customer, seller, value, expected_close
}

// Change records what differs between the deal and the form, each field as its own fact.
func (d *Deal) Change(f DealForm, m Moment) ([]Fact, error) {
	var p Problems
	p.text("customer", f.Customer, 1, maxName)
	p.text("name", f.Name, 0, maxName)
	p.text("seller", f.Seller, 0, maxName)
	checkValue(&p, f.Value)
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	heads := d.Heads()
	stamp := func(field string) Stamp { return Stamp{Known: m.Today, Base: orHeads(f.Base[field], heads[field])} }
	changed := func(field string, differs bool) bool { return differs || d.settles(f.Base[field], heads[field]) }
	var facts []Fact
	if name := strings.TrimSpace(f.Name); changed("name", name != d.Now.Name) {
		facts = append(facts, &DealRenamed{Stamp: stamp("name"), Deal: d.ID, Name: name})
	}
	if changed("customer", FoldName(f.Customer) != FoldName(d.team.Customer(d.Now.Customer))) {
		id, more := d.team.customerNamed(f.Customer, stamp("customer"), m)
		facts = append(append(facts, more...), &DealCustomerSet{Stamp: stamp("customer"), Deal: d.ID, Customer: id})
	}
	if changed("seller", FoldName(f.Seller) != FoldName(d.team.Person(d.Now.Seller))) {
		id, more := d.team.personNamed(f.Seller, stamp("seller"))
		facts = append(append(facts, more...), &SellerSet{Stamp: stamp("seller"), Deal: d.ID, Seller: id})
	}
	if changed("value", !sameAmount(f.Value, d.Now.Value)) {
		facts = append(facts, &ValueSet{Stamp: stamp("value"), Deal: d.ID, Value: f.Value})
	}
	if changed("expected_close", f.ExpectedClose != d.Now.ExpectedClose) {
		facts = append(facts, &ExpectedCloseSet{Stamp: stamp("expected_close"), Deal: d.ID, Day: f.ExpectedClose})
	}
	return facts, nil
}

// settles tells whether a form was made from all of several heads: sending it decides between them, even for the value that stands.
func (d *Deal) settles(base, heads []EventID) bool {
	if len(heads) < 2 || len(base) < len(heads) {
		return false
	}
	for _, h := range heads {
		if !slices.Contains(base, h) {
			return false
		}
	}
	return true
}

// Heads are, for each field of DealForm, the events that stand for it now.
func (d *Deal) Heads() map[string][]EventID {
	gone := d.gone()
	return map[string][]EventID{
		"name":           entryIDs(d.name.HeadsOn(FarFuture, gone)),
		"customer":       entryIDs(d.customer.HeadsOn(FarFuture, gone)),
		"seller":         entryIDs(d.seller.HeadsOn(FarFuture, gone)),
		"value":          entryIDs(d.value.HeadsOn(FarFuture, gone)),
		"expected_close": entryIDs(d.expected.HeadsOn(FarFuture, gone)),
		"next_step":      entryIDs(d.nextStep.HeadsOn(FarFuture, gone)),
	}
}

func sameAmount(a, b *money.Amount) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// PlanNext sets the one next activity of ours; an empty text says that there is none.
func (d *Deal) PlanNext(text string, due Date, base []EventID, today Date) ([]Fact, error) {
	if err := checkText("text", text, 0, maxName); err != nil {
		return nil, err
	}
	next := NextStep{strings.TrimSpace(text), due}
	if next == d.Now.NextStep {
		return nil, nil
	}
	return []Fact{&NextStepSet{Stamp: Stamp{Known: today, Base: orHeads(base, d.Heads()["next_step"])}, Deal: d.ID, Text: next.Text, Due: due}}, nil
}

// WriteJournal adds an entry about our own doings.
func (d *Deal) WriteJournal(text string, on, today Date) ([]Fact, error) {
	var p Problems
	p.text("text", text, 1, maxText)
	if err := checkDay("on", on, today); err != nil {
		p.Join(err)
	}
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	return []Fact{&JournalWritten{Stamp: d.team.stamp(on, today), Deal: d.ID, On: on, Text: strings.TrimSpace(text)}}, nil
}
