package search

import (
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// follow brings the texts along with what has changed: those of the deals that were touched, or all of them.
func (x *Index) follow(team *sales.Team) {
	var since sales.Position
	if x.team == team {
		since = x.at
	}
	changes, ok := team.Since(since)
	fresh := x.team != team || !ok || x.deals == nil
	x.team, x.at = team, changes.Now
	if fresh {
		x.deals = map[*sales.Deal][]Line{}
		for _, d := range team.Deals() {
			x.deals[d] = linesOf(d)
		}
	}
	for _, change := range changes.Deals {
		delete(x.deals, change.Deal)
		if change.Deal.Now.Exists {
			x.deals[change.Deal] = linesOf(change.Deal)
		}
	}
	if fresh || changes.Others {
		x.names()
	}
	if fresh || changes.Others || len(changes.Deals) > 0 {
		x.vocabulary = nil
	}
}

// names are those of customers and people.
func (x *Index) names() {
	x.customers, x.people = map[process.CustomerID]Line{}, map[process.PersonID]Line{}
	x.contacts, x.phones = map[process.ContactID]Line{}, map[process.ContactID]string{}
	for _, id := range x.team.Customers() {
		x.customers[id] = newLine(Name, 0, x.team.Customer(id))
	}
	for _, id := range x.team.People() {
		x.people[id] = newLine(Name, 0, x.team.Person(id))
	}
	for _, c := range x.team.Contacts() {
		x.contacts[c.ID] = newLine(Contact, 0, inOneLine(c))
		x.phones[c.ID] = digitsOf(c.Phone)
	}
}

// spelled are the words of all names, for those that are nearly spelled so.
func (x *Index) spelled() map[string]bool {
	if x.vocabulary != nil {
		return x.vocabulary
	}
	x.vocabulary = map[string]bool{}
	for _, l := range x.customers {
		addWords(x.vocabulary, l.folded)
	}
	for _, l := range x.people {
		addWords(x.vocabulary, l.folded)
	}
	for id := range x.contacts {
		c, _ := x.team.Contact(id)
		addWords(x.vocabulary, fold(c.Name))
	}
	for d := range x.deals {
		addWords(x.vocabulary, fold(d.Now.Name))
	}
	return x.vocabulary
}

// inOneLine is what is known about a person at the buyer.
func inOneLine(c sales.Contact) string {
	known := []string{c.Name, c.Role, c.Email, c.Phone}
	return strings.Join(slices.DeleteFunc(known, func(s string) bool { return s == "" }), " · ")
}
