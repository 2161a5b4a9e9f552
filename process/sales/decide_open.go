package sales

import (
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/money"
)

// Env is what a decision needs from outside: the calendar day on this computer in the team's time zone, and fresh identities.
type Env struct {
	Today process.Date
	NewID func() string
}

// historyDays is how long after a file was made older facts that are typed in count as history (model, section 1).
const historyDays = 30

// TakesHistory tells whether facts older than the file that are typed in on that day count as history.
func (t *Team) TakesHistory(today process.Date) bool {
	return t.Founded != 0 && today <= t.Founded.AddDays(historyDays)
}

// stamp is the stamp of something that happened on a day and is recorded today.
func (t *Team) stamp(on, today process.Date, base ...process.EventID) process.Stamp {
	if on < t.Founded && t.TakesHistory(today) {
		return process.Stamp{Known: on, History: true, Base: base}
	}
	return process.Stamp{Known: today, Base: base}
}

// NewDeal is what the form for a new deal asks for.
type NewDeal struct {
	Name          string
	Customer      string // by name; a customer that is not there yet is made
	Seller        string // by name, likewise
	Process       process.ProcessID
	Value         *money.Amount
	ExpectedClose process.Date
	On            process.Date // the day it was opened; zero: today
	Begun
}

// OpenDeal starts a deal. The first fact is the opening's customer and seller where they are new.
func (t *Team) OpenDeal(n NewDeal, m Env) (process.DealID, []process.Fact, error) {
	var p process.Problems
	p.Text("customer", n.Customer, 1, process.MaxName)
	p.Text("name", n.Name, 0, process.MaxName)
	p.Text("seller", n.Seller, 0, process.MaxName)
	p.Amount(n.Value)
	if n.On.IsZero() {
		n.On = m.Today
	}
	if err := process.CheckDay("on", n.On, m.Today); err != nil {
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
	seller, more := t.people.Add(n.Seller, stamp)
	opened := &process.DealOpened{
		Stamp: stamp, Deal: process.DealID(m.NewID()), On: n.On, Process: n.Process, Version: version.ID, Name: strings.TrimSpace(n.Name),
		Customer: customer, Seller: seller, Value: n.Value, ExpectedClose: n.ExpectedClose,
	}
	begun, err := t.begin(n.Begun, version, opened, m)
	if err != nil {
		return "", nil, err
	}
	return opened.Deal, slices.Concat(facts, more, []process.Fact{opened}, begun), nil
}

func (t *Team) currentVersion(id process.ProcessID) *Version {
	if p, ok := t.processes[id]; ok {
		return p.Current()
	}
	return nil
}

// CustomerByName finds a customer by name, compared without case and stray blanks.
func (t *Team) CustomerByName(name string) (first process.CustomerID, ok bool) {
	name = process.FoldName(name)
	for id := range t.customers {
		if (!ok || id < first) && t.CanonicalCustomer(id) == id && process.FoldName(t.Customer(id)) == name {
			first, ok = id, true
		}
	}
	return first, ok
}

func (t *Team) customerNamed(name string, s process.Stamp, m Env) (process.CustomerID, []process.Fact) {
	name = strings.TrimSpace(name)
	if id, ok := t.CustomerByName(name); ok {
		return id, nil
	}
	id := process.CustomerID(m.NewID())
	return id, []process.Fact{&process.CustomerNamed{Stamp: process.Stamp{Known: s.Known, History: s.History}, Customer: id, Name: name}}
}
