package process

import (
	"strings"

	"milstolpe/process/money"
)

// Moment is what a decision needs from outside: the calendar day on this computer in the team's time zone, and fresh identities.
type Moment struct {
	Today Date
	NewID func() string
}

// historyDays is how long after a file was made older facts that are typed in count as history (model, section 1).
const historyDays = 30

// TakesHistory tells whether facts older than the file that are typed in on that day count as history.
func (t *Team) TakesHistory(today Date) bool {
	return t.Founded != 0 && today <= t.Founded.AddDays(historyDays)
}

// stamp is the stamp of something that happened on a day and is recorded today.
func (t *Team) stamp(on, today Date, base ...EventID) Stamp {
	if on < t.Founded && t.TakesHistory(today) {
		return Stamp{Known: on, History: true, Base: base}
	}
	return Stamp{Known: today, Base: base}
}

// checkDay refuses a day that is missing or lies in the future.
func checkDay(field string, on, today Date) error {
	if on.IsZero() {
		return Wrong(field, "date.missing")
	}
	if on > today {
		return Wrong(field, "date.in_the_future", on)
	}
	return nil
}

// NewDeal is what the form for a new deal asks for.
type NewDeal struct {
	Name          string
	Customer      string // by name; a customer that is not there yet is made
	Seller        string // by name, likewise
	Process       ProcessID
	Value         *money.Amount
	ExpectedClose Date
	On            Date // the day it was opened; zero: today
}

// OpenDeal starts a deal. The first fact is the opening's customer and seller where they are new.
func (t *Team) OpenDeal(n NewDeal, m Moment) (DealID, []Fact, error) {
	var p Problems
	p.text("customer", n.Customer, 1, maxName)
	p.text("name", n.Name, 0, maxName)
	p.text("seller", n.Seller, 0, maxName)
	checkValue(&p, n.Value)
	if n.On.IsZero() {
		n.On = m.Today
	}
	if err := checkDay("on", n.On, m.Today); err != nil {
		p.Join(err)
	}
	version := t.currentVersion(n.Process)
	if version == nil {
		p.Add("process", "process.none_published")
	}
	if err := p.OrNil(); err != nil {
		return "", nil, err
	}
	stamp := t.stamp(n.On, m.Today)
	customer, facts := t.customerNamed(n.Customer, stamp, m)
	seller, more := t.personNamed(n.Seller, stamp)
	id := DealID(m.NewID())
	return id, append(append(facts, more...), &DealOpened{
		Stamp: stamp, Deal: id, On: n.On, Process: n.Process, Version: version.ID, Name: strings.TrimSpace(n.Name),
		Customer: customer, Seller: seller, Value: n.Value, ExpectedClose: n.ExpectedClose,
	}), nil
}

func (t *Team) currentVersion(id ProcessID) *Version {
	if p, ok := t.processes[id]; ok {
		return p.Current()
	}
	return nil
}

func checkValue(p *Problems, v *money.Amount) {
	if v == nil {
		return
	}
	if v.Minor < 0 || v.Minor > money.Limit {
		p.Add("value", "deal.bad_value")
	}
	if !money.ValidCurrency(v.Currency) {
		p.Add("currency", "setting.bad_currency", v.Currency)
	}
}

// CustomerByName finds a customer by name, compared without case and stray blanks.
func (t *Team) CustomerByName(name string) (first CustomerID, ok bool) {
	name = FoldName(name)
	for id := range t.customers {
		if (!ok || id < first) && t.customerAs(id) == id && FoldName(t.Customer(id)) == name {
			first, ok = id, true
		}
	}
	return first, ok
}

// PersonByName finds one of us by name, likewise.
func (t *Team) PersonByName(name string) (PersonID, bool) {
	for _, id := range t.People() {
		if FoldName(t.Person(id)) == FoldName(name) {
			return id, true
		}
	}
	return "", false
}

func (t *Team) customerNamed(name string, s Stamp, m Moment) (CustomerID, []Fact) {
	name = strings.TrimSpace(name)
	if id, ok := t.CustomerByName(name); ok {
		return id, nil
	}
	id := CustomerID(m.NewID())
	return id, []Fact{&CustomerNamed{Stamp: Stamp{Known: s.Known, History: s.History}, Customer: id, Name: name}}
}

func (t *Team) personNamed(name string, s Stamp) (PersonID, []Fact) {
	name = strings.TrimSpace(name)
	if name == "" {
		return "", nil
	}
	if id, ok := t.PersonByName(name); ok {
		return id, nil
	}
	// Derived, so that two copies that meet the same seller for the first time mean the same one.
	id := PersonID(DerivedID(t.Dataset, "person", name))
	return id, []Fact{&PersonNamed{Stamp: Stamp{Known: s.Known, History: s.History}, Person: id, Name: name}}
}

// Reaching is what the form for a reached milestone asks for.
type Reaching struct {
	Milestone MilestoneID
	On        Date
	Contact   ContactID
	Evidence  Evidence
}

// Reach decides whether a milestone may be marked as reached. Saying it twice gives no facts and no error.
func (d *Deal) Reach(r Reaching, today Date) ([]Fact, error) {
	ms, err := d.openMilestone(r.Milestone)
	if err != nil {
		return nil, err
	}
	if mark, ok := d.MarkOn(r.Milestone, FarFuture); ok && !mark.Waived {
		return nil, nil
	}
	var p Problems
	if err := checkDay("on", r.On, today); err != nil {
		p.Join(err)
	}
	r.Evidence.check(ms, &p)
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	return []Fact{&MilestoneReached{
		Stamp: d.team.stamp(r.On, today), Deal: d.ID, Milestone: r.Milestone, On: r.On, Contact: r.Contact, Evidence: r.Evidence,
	}}, nil
}

func (e Evidence) check(m *Milestone, p *Problems) {
	p.text("evidence", e.Text, 0, maxText)
	p.text("link", e.Link, 0, maxText)
	if e.Link != "" && !strings.HasPrefix(e.Link, "https://") && !strings.HasPrefix(e.Link, "http://") && !strings.HasPrefix(e.Link, "mailto:") {
		p.Add("link", "milestone.bad_link")
	}
	if m.Evidence == EvidenceRequired && strings.TrimSpace(e.Text) == "" && strings.TrimSpace(e.Link) == "" {
		p.Add("evidence", "milestone.evidence_required")
	}
}

// openMilestone finds a milestone of an open deal's version.
func (d *Deal) openMilestone(key MilestoneID) (*Milestone, error) {
	if d.Now.Close != nil {
		return nil, &Error{Kind: Invalid, Msg: "deal.already_closed"}
	}
	v := d.Version()
	if v == nil {
		return nil, Missing("process.none_published")
	}
	ms, ok := v.Definition.Milestone(key)
	if !ok {
		return nil, Missing("milestone.not_in_process", string(key))
	}
	return ms, nil
}

// Version is the version of the process that the deal follows now; the process's current one where the deal names none.
func (d *Deal) Version() *Version {
	if v, ok := d.team.versions[d.Now.Version]; ok {
		return v
	}
	return d.team.currentVersion(d.Process())
}

// Waive skips a required milestone, with a written reason.
func (d *Deal) Waive(key MilestoneID, reason string, today Date) ([]Fact, error) {
	ms, err := d.openMilestone(key)
	if err != nil {
		return nil, err
	}
	if !ms.Required {
		return nil, Wrong("reason", "milestone.optional_needs_no_waiver")
	}
	if err := checkText("reason", reason, 1, maxText); err != nil {
		return nil, err
	}
	if _, ok := d.MarkOn(key, FarFuture); ok {
		return nil, nil
	}
	return []Fact{&MilestoneWaived{Stamp: Stamp{Known: today}, Deal: d.ID, Milestone: key, Reason: strings.TrimSpace(reason)}}, nil
}

// Withdraw takes a reached or waived milestone back: news from the buyer, or a mistake of ours.
func (d *Deal) Withdraw(key MilestoneID, mistake bool, reason string, today Date) ([]Fact, error) {
	if d.Now.Close != nil {
		return nil, &Error{Kind: Invalid, Msg: "deal.already_closed"}
	}
	if err := checkText("reason", reason, 1, maxText); err != nil {
		return nil, err
	}
	ids := d.MarkIDs(key, FarFuture)
	if len(ids) == 0 {
		return nil, nil
	}
	return []Fact{&MilestoneWithdrawn{
		Stamp: Stamp{Known: today, Base: ids}, Deal: d.ID, Milestone: key, Mistake: mistake, Reason: strings.TrimSpace(reason),
	}}, nil
}

// Correct mends date, person or evidence of a reached milestone. The day it became known stays.
func (d *Deal) Correct(r Reaching, today Date) ([]Fact, error) {
	mark, ok := d.MarkOn(r.Milestone, FarFuture)
	if !ok || mark.Waived {
		return nil, Missing("milestone.not_reached")
	}
	var p Problems
	if err := checkDay("on", r.On, today); err != nil {
		p.Join(err)
	}
	if v := d.Version(); v != nil {
		if ms, ok := v.Definition.Milestone(r.Milestone); ok {
			r.Evidence.check(ms, &p)
		}
	}
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	if mark.On == r.On && mark.Contact == r.Contact && mark.Evidence == r.Evidence {
		return nil, nil
	}
	return []Fact{&MilestoneCorrected{
		Stamp: Stamp{Known: mark.Stamp.Known, History: mark.Stamp.History, Base: d.CorrectionIDs(r.Milestone)},
		Deal:  d.ID, Milestone: r.Milestone, On: r.On, Contact: r.Contact, Evidence: r.Evidence,
	}}, nil
}

// Promise notes the day that the buyer has named for an open milestone; zero takes it away.
func (d *Deal) Promise(key MilestoneID, day Date, base []EventID, today Date) ([]Fact, error) {
	if _, err := d.openMilestone(key); err != nil {
		return nil, err
	}
	have, heads := d.Promised(key)
	if have == day {
		return nil, nil
	}
	return []Fact{&MilestonePromised{Stamp: Stamp{Known: today, Base: orHeads(base, heads)}, Deal: d.ID, Milestone: key, Day: day}}, nil
}

// orHeads is the base that a form brought, or what is there now where there was no form.
func orHeads(base, heads []EventID) []EventID {
	if base != nil {
		return base
	}
	return heads
}
