package rollback

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/register"
	"milstolpe/process/sales"
)

// Brought are the deals that an import has brought, and how many of them somebody has worked on since: those have facts that the
// import did not bring, which would be out of sight without it; later is how many such facts there are.
func Brought(t *sales.Team, id process.ImportID) (brought, workedOn, later int) {
	for _, d := range t.EveryDeal() {
		if !slices.ContainsFunc(d.Openings(), func(e register.Entry[*process.DealOpened]) bool { return e.Stamp.Import == id }) || openedWithout(d, id) {
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
func openedWithout(d *sales.Deal, id process.ImportID) bool {
	return slices.ContainsFunc(d.Openings(), func(e register.Entry[*process.DealOpened]) bool {
		return e.Stamp.Import != id && e.EffectiveOn(process.FarFuture, d.Retractions())
	})
}

// Import takes a whole import back. People, customers and contacts that it brought keep their names where something else has come
// to speak of them since.
func Import(t *sales.Team, id process.ImportID, today process.Date) ([]process.Fact, error) {
	facts, err := t.UndoImport(id)
	if err != nil || len(facts) == 0 {
		return nil, err
	}
	k := keeper{team: t, id: id, stamp: process.Stamp{Known: today}, done: map[string]bool{}}
	for _, d := range t.EveryDeal() {
		if openedWithout(d, id) {
			k.keepNamesOf(d)
		}
	}
	for _, target := range t.Calls().Targets() {
		k.person(target.Seller)
	}
	for _, call := range t.Calls().All() {
		k.person(call.Value.Seller)
	}
	return append(facts, k.facts...), nil
}

// keeper names again what only an import has named so far.
type keeper struct {
	team  *sales.Team
	id    process.ImportID
	stamp process.Stamp
	done  map[string]bool
	facts []process.Fact
}

// keepNamesOf looks at whom the facts about a deal speak of that the import did not bring.
func (k *keeper) keepNamesOf(d *sales.Deal) {
	for _, e := range d.Events() {
		if e.Fact.Recorded().Import == k.id {
			continue
		}
		switch f := e.Fact.(type) {
		case *process.DealOpened:
			k.person(f.Seller)
			k.customer(f.Customer)
		case *process.SellerSet:
			k.person(f.Seller)
		case *process.DealCustomerSet:
			k.customer(f.Customer)
		case *process.ContactLinked:
			k.contact(f.Contact)
		case *process.RoleSet:
			k.contact(f.Contact)
		case *process.MilestoneReached:
			k.contact(f.Contact)
		case *process.MilestoneCorrected:
			k.contact(f.Contact)
		case *process.ChoiceSet:
			k.choice(f.List, f.Choice)
		}
	}
}

// only tells whether nothing but the import gives a field its value, and that it has not been dealt with yet.
func only[T any](k *keeper, kind string, entries []register.Entry[T]) bool {
	if k.done[kind] {
		return false
	}
	k.done[kind] = true
	return !slices.ContainsFunc(entries, func(e register.Entry[T]) bool {
		return e.Stamp.Import != k.id && e.EffectiveOn(process.FarFuture, k.team.Retractions())
	})
}

func (k *keeper) person(id process.PersonID) {
	names := k.team.Roster().NameRegisters()[id]
	if name := k.team.Roster().OwnName(id); names != nil && name != "" && only(k, "person "+string(id), names.Entries()) {
		k.facts = append(k.facts, &process.PersonNamed{Stamp: k.stamp, Person: id, Name: name})
	}
}

func (k *keeper) customer(id process.CustomerID) {
	names := k.team.CustomerNames(id)
	if name := register.Current(names, k.team.Retractions()); name != "" && only(k, "customer "+string(id), names.Entries()) {
		k.facts = append(k.facts, &process.CustomerNamed{Stamp: k.stamp, Customer: id, Name: name})
	}
}

func (k *keeper) contact(id process.ContactID) {
	c, ok := k.team.Contact(id)
	if ok && !c.Erased && only(k, "contact "+string(id), k.team.ContactEntries(id)) {
		k.customer(c.Customer)
		k.facts = append(k.facts, &process.ContactNamed{
			Stamp: k.stamp, Contact: id, Customer: c.Customer, Name: c.Name, Role: c.Role, Email: c.Email, Phone: c.Phone,
		})
	}
}

// choice keeps a choice that a deal has, and its list.
func (k *keeper) choice(list process.ListID, choice process.ChoiceID) {
	ofList, ofChoice := k.team.Lists().Entries(list, choice)
	if l, ok := k.team.Lists().List(list); ok && only(k, "list "+string(list), ofList) {
		k.facts = append(k.facts, &process.ListNamed{Stamp: k.stamp, List: list, Name: l.Name, Retired: l.Retired})
	}
	l, _ := k.team.Lists().List(list)
	if c, ok := l.Choice(choice); ok && only(k, "choice "+string(list)+" "+string(choice), ofChoice) {
		k.facts = append(k.facts, &process.ChoiceNamed{Stamp: k.stamp, List: list, Choice: choice, Name: c.Name, Retired: c.Retired})
	}
}
