package sales

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/register"
)

// ImportedDeals are the deals that an import has brought, and how many of them somebody has worked on since: those have facts that the
// import did not bring, which would be out of sight without it; later is how many such facts there are.
func (t *Team) ImportedDeals(id process.ImportID) (brought, workedOn, later int) {
	for _, d := range t.deals {
		if !slices.ContainsFunc(d.opened.Entries(), func(e register.Entry[*process.DealOpened]) bool { return e.Stamp.Import == id }) || d.openedWithout(id) {
			continue
		}
		brought++
		before := later
		for _, e := range d.Events() {
			if e.Fact.Recorded().Import != id {
				later++
			}
		}
		if later > before {
			workedOn++
		}
	}
	return brought, workedOn, later
}

// openedWithout tells whether the deal is there without what an import brought.
func (d *Deal) openedWithout(id process.ImportID) bool {
	return slices.ContainsFunc(d.opened.Entries(), func(e register.Entry[*process.DealOpened]) bool {
		return e.Stamp.Import != id && e.EffectiveOn(process.FarFuture, d.Retractions())
	})
}

// UndoIntake takes a whole import back. People, customers and contacts that it brought keep their names where something else has come
// to speak of them since.
func (t *Team) UndoIntake(id process.ImportID, today process.Date) ([]process.Fact, error) {
	facts, err := t.UndoImport(id)
	if err != nil || len(facts) == 0 {
		return nil, err
	}
	k := keeper{team: t, id: id, stamp: process.Stamp{Known: today}, done: map[string]bool{}}
	for _, dealID := range SortedKeys(t.deals) {
		if d := t.deals[dealID]; d.openedWithout(id) {
			k.keepNamesOf(d)
		}
	}
	for _, target := range t.calls.Targets() {
		k.person(target.Seller)
	}
	for _, call := range t.calls.All() {
		k.person(call.Value.Seller)
	}
	return append(facts, k.facts...), nil
}

// keeper names again what only an import has named so far.
type keeper struct {
	team  *Team
	id    process.ImportID
	stamp process.Stamp
	done  map[string]bool
	facts []process.Fact
}

func (k *keeper) keepNamesOf(d *Deal) {
	for _, e := range d.seller.Entries() {
		if e.Stamp.Import != k.id {
			k.person(e.Value)
		}
	}
	for _, e := range d.customer.Entries() {
		if e.Stamp.Import != k.id {
			k.customer(e.Value)
		}
	}
	for _, person := range SortedKeys(d.contacts) {
		if slices.ContainsFunc(d.contacts[person].Entries(), func(e register.Entry[bool]) bool { return e.Stamp.Import != k.id }) {
			k.contact(person)
		}
	}
	for _, role := range SortedKeys(d.roles) {
		for _, e := range d.roles[role].Entries() {
			k.contact(e.Value.Contact)
		}
	}
	for i := range d.marks {
		if d.marks[i].Stamp.Import != k.id {
			k.contact(d.marks[i].Contact)
		}
	}
}

// only tells whether nothing but the import gives a field its value, and that it has not been dealt with yet.
func only[T any](k *keeper, kind string, f *register.Register[T]) bool {
	if f == nil || k.done[kind] {
		return false
	}
	k.done[kind] = true
	for i := range f.Entries() {
		if e := &f.Entries()[i]; e.Stamp.Import != k.id && e.EffectiveOn(process.FarFuture, k.team.Retractions()) {
			return false
		}
	}
	return true
}

func (k *keeper) person(id process.PersonID) {
	if name := k.team.people.OwnName(id); name != "" && only(k, "person "+string(id), k.team.people.NameRegisters()[id]) {
		k.facts = append(k.facts, &process.PersonNamed{Stamp: k.stamp, Person: id, Name: name})
	}
}

func (k *keeper) customer(id process.CustomerID) {
	f := k.team.customers[id]
	if name := register.Current(f, k.team.Retractions()); name != "" && only(k, "customer "+string(id), f) {
		k.facts = append(k.facts, &process.CustomerNamed{Stamp: k.stamp, Customer: id, Name: name})
	}
}

func (k *keeper) contact(id process.ContactID) {
	c, ok := k.team.Contact(id)
	if ok && !c.Erased && only(k, "contact "+string(id), k.team.contacts[id]) {
		k.customer(c.Customer)
		k.facts = append(k.facts, &process.ContactNamed{
			Stamp: k.stamp, Contact: id, Customer: c.Customer, Name: c.Name, Role: c.Role, Email: c.Email, Phone: c.Phone,
		})
	}
}
