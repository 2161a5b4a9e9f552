package search

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// Index keeps the texts of a team ready to be searched. It may be used concurrently; its zero value is empty and ready.
type Index struct {
	mu    sync.Mutex
	team  *sales.Team
	at    sales.Position // of the team's changes that the texts have followed
	deals map[*sales.Deal][]Line

	customers  map[process.CustomerID]Line
	people     map[process.PersonID]Line
	contacts   map[process.ContactID]Line
	phones     map[process.ContactID]string
	vocabulary map[string]bool // the words of all names
}

// Found is what was asked for.
type Found struct {
	Deals     []FoundDeal // those whose names have every word first, then open ones, then what changed last
	Customers []process.CustomerID
	Contacts  []FoundContact
	People    []process.PersonID  // of ours
	Instead   map[string][]string // words that nothing has, and the spellings that were looked for instead
}

// FoundDeal is a deal, and the line that was found. There is none where the names of the deal, its customer and its seller say it all.
type FoundDeal struct {
	Deal *sales.Deal
	Line *Line
}

// FoundContact is a person at the buyer, and what is known of them in one line.
type FoundContact struct {
	ID   process.ContactID
	Line Line
}

// Len counts what was found.
func (f *Found) Len() int { return len(f.Deals) + len(f.Customers) + len(f.Contacts) + len(f.People) }

// Sole is what is meant where only one thing can be: a deal, together with nothing but its own customer and people there; or else the one
// thing that was found. What only resembles the question is never meant.
func (f *Found) Sole(team *sales.Team) (deal *sales.Deal, customer process.CustomerID, person process.PersonID) {
	switch {
	case len(f.Instead) > 0:
		return nil, "", ""
	case len(f.Deals) == 1 && len(f.People) == 0:
		d := f.Deals[0].Deal
		if slices.ContainsFunc(f.Customers, func(id process.CustomerID) bool { return id != d.Now.Customer }) ||
			slices.ContainsFunc(f.Contacts, func(c FoundContact) bool { return customerOf(team, c.ID) != d.Now.Customer }) {
			return nil, "", ""
		}
		return d, "", ""
	case f.Len() != 1:
		return nil, "", ""
	case len(f.Customers) == 1:
		return nil, f.Customers[0], ""
	case len(f.Contacts) == 1:
		return nil, customerOf(team, f.Contacts[0].ID), ""
	}
	return nil, "", f.People[0]
}

func customerOf(team *sales.Team, id process.ContactID) process.CustomerID {
	c, _ := team.Contact(id)
	return team.CanonicalCustomer(c.Customer)
}

// Find looks for a question: words that must all be there, or a telephone number. Words in quotation marks must stand together.
func (x *Index) Find(team *sales.Team, question string) Found {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.follow(team)
	asked := words(question)
	if len(asked) == 0 {
		return Found{}
	}
	alternatives := make([][]word, len(asked))
	for i, w := range asked {
		alternatives[i] = []word{w}
	}
	found := x.find(alternatives, number(question))
	if found.Len() > 0 {
		return found
	}
	instead := map[string][]string{}
	for i, w := range asked {
		if x.anywhere(w) {
			continue
		}
		for _, other := range nearest(w.folded, x.spelled()) {
			alternatives[i] = append(alternatives[i], word{other, other})
			instead[w.text] = append(instead[w.text], other)
		}
	}
	if len(instead) == 0 {
		return found
	}
	found = x.find(alternatives, "")
	if found.Len() > 0 {
		found.Instead = instead
	}
	return found
}

// anywhere tells whether any text at all has the word.
func (x *Index) anywhere(w word) bool {
	has := func(l Line) bool { return w.in(l.Text, l.folded) }
	for _, l := range x.customers {
		if has(l) {
			return true
		}
	}
	for _, l := range x.contacts {
		if has(l) {
			return true
		}
	}
	for _, l := range x.people {
		if has(l) {
			return true
		}
	}
	for _, lines := range x.deals {
		if slices.ContainsFunc(lines, has) {
			return true
		}
	}
	return false
}

// find looks for what has one of the alternatives for each word, or a telephone number.
func (x *Index) find(asked [][]word, number string) (f Found) {
	for id, l := range x.customers {
		if has(asked, l) {
			f.Customers = append(f.Customers, id)
		}
	}
	for id, l := range x.people {
		if has(asked, l) {
			f.People = append(f.People, id)
		}
	}
	numbers := map[process.ContactID]bool{}
	for id, l := range x.contacts {
		numbers[id] = number != "" && strings.Contains(x.phones[id], number)
		c, _ := x.team.Contact(id)
		if numbers[id] || has(asked, l, x.customers[x.team.CanonicalCustomer(c.Customer)]) && hasAny(asked, l) {
			f.Contacts = append(f.Contacts, FoundContact{id, l})
		}
	}
	for d, lines := range x.deals {
		if hit, ok := x.inDeal(d, lines, asked, numbers); ok {
			f.Deals = append(f.Deals, hit)
		}
	}
	x.sort(&f)
	return f
}

func (x *Index) sort(f *Found) {
	slices.SortFunc(f.Deals, func(a, b FoundDeal) int {
		return cmp.Or(second(a.Line != nil, b.Line != nil), second(a.Deal.Now.Close != nil, b.Deal.Now.Close != nil),
			b.Deal.ChangedOn().Sub(a.Deal.ChangedOn()), cmp.Compare(a.Deal.ID, b.Deal.ID))
	})
	slices.SortFunc(f.Customers, func(a, b process.CustomerID) int {
		return cmp.Or(cmp.Compare(x.customers[a].folded, x.customers[b].folded), cmp.Compare(a, b))
	})
	slices.SortFunc(f.People, func(a, b process.PersonID) int {
		return cmp.Or(cmp.Compare(x.people[a].folded, x.people[b].folded), cmp.Compare(a, b))
	})
	slices.SortFunc(f.Contacts, func(a, b FoundContact) int {
		return cmp.Or(cmp.Compare(a.Line.folded, b.Line.folded), cmp.Compare(a.ID, b.ID))
	})
}

// second puts what is so after what is not.
func second(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// inDeal tells whether a deal has every word somewhere, and in which line those are that its names do not have.
func (x *Index) inDeal(d *sales.Deal, own []Line, asked [][]word, numbers map[process.ContactID]bool) (FoundDeal, bool) {
	names := []Line{x.customers[d.Now.Customer], x.people[d.Now.Seller]}
	lines := make([]Line, 0, len(own)+2)
	for _, l := range own {
		if l.Kind == Name {
			names = append(names, l)
		} else {
			lines = append(lines, l)
		}
	}
	for _, id := range d.Contacts() {
		l, known := x.contacts[id]
		if numbers[id] {
			return FoundDeal{d, &l}, true
		}
		if known {
			lines = append(lines, l)
		}
	}
	if has(asked, names...) {
		return FoundDeal{d, nil}, true
	}
	if !has(asked, append(names, lines...)...) {
		return FoundDeal{}, false
	}
	missing := slices.DeleteFunc(slices.Clone(asked), func(w []word) bool { return has([][]word{w}, names...) })
	best, most := 0, -1
	for i := range lines {
		n := 0
		for _, w := range missing {
			if has([][]word{w}, lines[i]) {
				n++
			}
		}
		if n > most {
			best, most = i, n
		}
	}
	return FoundDeal{d, &lines[best]}, true
}

// has tells whether each word, or one that stands for it, is in one of the lines.
func has(asked [][]word, lines ...Line) bool {
	for _, alternatives := range asked {
		if !slices.ContainsFunc(lines, func(l Line) bool {
			return slices.ContainsFunc(alternatives, func(w word) bool { return w.in(l.Text, l.folded) })
		}) {
			return false
		}
	}
	return true
}

// hasAny tells whether one of the words is in a line.
func hasAny(asked [][]word, l Line) bool {
	return slices.ContainsFunc(asked, func(w []word) bool { return has([][]word{w}, l) })
}

// Mentions are all lines of deals in which a text stands as it is, but for case and marks. What is known of people at buyers is no mention.
func (x *Index) Mentions(team *sales.Team, text string) []FoundDeal {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.follow(team)
	asked := words(`"` + strings.ReplaceAll(text, `"`, " ") + `"`)
	var list []FoundDeal
	for _, d := range team.Deals() {
		lines := x.deals[d]
		for i := range lines {
			if len(asked) > 0 && asked[0].in(lines[i].Text, lines[i].folded) {
				list = append(list, FoundDeal{d, &lines[i]})
			}
		}
	}
	return list
}
