package sales

import (
	"reflect"
	"strings"

	"milstolpe/process"
	"milstolpe/process/register"
)

// RenameCustomer changes the name of a customer.
func (t *Team) RenameCustomer(id process.CustomerID, name string, base []process.EventID, today process.Date) ([]process.Fact, error) {
	f, ok := t.customers[id]
	if !ok {
		return nil, process.Missing("customer.no_such")
	}
	name = strings.TrimSpace(name)
	if err := process.CheckText("name", name, 1, process.MaxName); err != nil {
		return nil, err
	}
	if other, taken := t.CustomerByName(name); taken && other != id {
		return nil, process.Wrong("name", "customer.name_taken", name)
	}
	heads := register.IDs(f.HeadsOn(process.FarFuture, t.Retractions()))
	if t.Customer(id) == name && len(heads) == 1 {
		return nil, nil
	}
	return []process.Fact{&process.CustomerNamed{Stamp: process.Stamp{Known: today, Base: register.OrHeads(base, heads)}, Customer: id, Name: name}}, nil
}

// CustomerHeads are the events that say what a customer is called; more than one is a conflict.
func (t *Team) CustomerHeads(id process.CustomerID) []process.EventID {
	if f, ok := t.customers[id]; ok {
		return register.IDs(f.HeadsOn(process.FarFuture, t.Retractions()))
	}
	return nil
}

// CustomerBase are all events that say who a customer is: what it is called, and of which it is a double.
func (t *Team) CustomerBase(id process.CustomerID) []process.EventID {
	ids := t.CustomerHeads(id)
	if f, ok := t.merged[id]; ok {
		ids = append(ids, register.IDs(f.HeadsOn(process.FarFuture, t.Retractions()))...)
	}
	return ids
}

// MergeCustomers says that two customers are one: everything of `from` is read as `into`'s from now on.
func (t *Team) MergeCustomers(from, into process.CustomerID, today process.Date) ([]process.Fact, error) {
	_, there := t.customers[from]
	if _, ok := t.customers[into]; !ok || !there {
		return nil, process.Wrong("into", "customer.no_such")
	}
	if from, into = t.CanonicalCustomer(from), t.CanonicalCustomer(into); from == into {
		return nil, nil
	}
	var heads []process.EventID
	if f, ok := t.merged[from]; ok {
		heads = register.IDs(f.HeadsOn(process.FarFuture, t.Retractions()))
	}
	return []process.Fact{&process.CustomersMerged{Stamp: process.Stamp{Known: today, Base: heads}, From: from, Into: into}}, nil
}

// Plan is how the plan for the customer is worded, and the events that say so.
func (d *Deal) Plan() (process.Plan, []process.EventID) {
	plan, _ := d.plan.On(process.FarFuture, d.Retractions())
	return plan, d.plan.HeadIDs(process.FarFuture, d.Retractions())
}

// WordPlan changes how the plan for the customer is worded. Lines that change nothing are left out.
func (d *Deal) WordPlan(p process.Plan, base []process.EventID, today process.Date) ([]process.Fact, error) {
	if d.Now.Close != nil {
		return nil, &process.Error{Kind: process.Invalid, Msg: "deal.already_closed"}
	}
	var lines []process.PlanLine
	for _, l := range p.Lines {
		if !l.IsZero() {
			lines = append(lines, l)
		}
	}
	p.Lines = lines
	if err := p.Check(); err != nil {
		return nil, err
	}
	have, heads := d.Plan()
	if samePlan(have, p) && !register.Resolves(base, heads) {
		return nil, nil
	}
	return []process.Fact{&process.PlanWorded{Stamp: process.Stamp{Known: today, Base: register.OrHeads(base, heads)}, Deal: d.ID, Plan: p}}, nil
}

func samePlan(a, b process.Plan) bool { return reflect.DeepEqual(a, b) }
