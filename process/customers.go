package process

import "strings"

// RenameCustomer changes the name of a customer.
func (t *Team) RenameCustomer(id CustomerID, name string, base []EventID, today Date) ([]Fact, error) {
	f, ok := t.customers[id]
	if !ok {
		return nil, Missing("customer.no_such")
	}
	name = strings.TrimSpace(name)
	if err := checkText("name", name, 1, maxName); err != nil {
		return nil, err
	}
	if other, taken := t.CustomerByName(name); taken && other != id {
		return nil, Wrong("name", "customer.name_taken", name)
	}
	heads := entryIDs(f.HeadsOn(FarFuture, t.gone()))
	if t.Customer(id) == name && len(heads) == 1 {
		return nil, nil
	}
	return []Fact{&CustomerNamed{Stamp: Stamp{Known: today, Base: orHeads(base, heads)}, Customer: id, Name: name}}, nil
}

// CustomerHeads are the events that say what a customer is called; more than one is a clash.
func (t *Team) CustomerHeads(id CustomerID) []EventID {
	if f, ok := t.customers[id]; ok {
		return entryIDs(f.HeadsOn(FarFuture, t.gone()))
	}
	return nil
}

// MergeCustomers says that two customers are one: everything of `from` is read as `into`'s from now on.
func (t *Team) MergeCustomers(from, into CustomerID, today Date) ([]Fact, error) {
	_, there := t.customers[from]
	if _, ok := t.customers[into]; !ok || !there {
		return nil, Wrong("into", "customer.no_such")
	}
	if from, into = t.customerAs(from), t.customerAs(into); from == into {
		return nil, nil
	}
	var heads []EventID
	if f, ok := t.merged[from]; ok {
		heads = entryIDs(f.HeadsOn(FarFuture, t.gone()))
	}
	return []Fact{&CustomersMerged{Stamp: Stamp{Known: today, Base: heads}, From: from, Into: into}}, nil
}

// CustomerAs is the customer that stands for one after mergers: itself, mostly.
func (t *Team) CustomerAs(id CustomerID) CustomerID { return t.customerAs(id) }
