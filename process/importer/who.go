package importer

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/importer/names"
	"milstolpe/process/sales"
)

// NameMatch is a seller or a customer of a list, beside those that are known: the team's, and others of the list.
type NameMatch struct {
	Name   string // as the list has it first
	Deals  int
	Means  string // as whom it is read; empty where several are as likely and somebody has to choose
	Known  bool   // the team has or had that name, but for case and blanks
	Said   bool   // somebody has said who it is
	Likely []names.Match
	Others []string // other spellings that are the same but for case and blanks
}

// Asks tells whether somebody should look at it: it is like other names, and nobody has said whether it is one of them.
func (m *NameMatch) Asks() bool { return len(m.Likely) > 0 && !m.Said }

// Merged tells whether it is read as somebody or something of another name.
func (m *NameMatch) Merged() bool {
	return m.Means != "" && process.FoldName(m.Means) != process.FoldName(m.Name)
}

// Spellings are how the list writes the name that it is read as, where it writes it otherwise.
func (m *NameMatch) Spellings() (spellings []string) {
	if m.Means == "" {
		return nil
	}
	for _, name := range append([]string{m.Name}, m.Others...) {
		if name != m.Means {
			spellings = append(spellings, name)
		}
	}
	return spellings
}

// Questions are the sellers and the customers of a plan that somebody should look at.
func (p *Plan) Questions() (sellers, customers []NameMatch) {
	asks := func(matches []NameMatch) (questions []NameMatch) {
		for _, m := range matches {
			if m.Asks() {
				questions = append(questions, m)
			}
		}
		return questions
	}
	return asks(p.Sellers), asks(p.Customers)
}

// mostPeople is how many unknown names are taken for people at most. More of them are no sellers, whatever the column is called.
const mostPeople = 300

// whoIsWho sets the sellers and customers of a list beside those that are known, and lets the records say whom they mean.
func (k *planner) whoIsWho(records []*record) {
	people := People(k.team)
	sellers := matching{answers: k.Mapping.Sellers, fuller: names.Fuller, take: k.TakeLikely, known: func(name string) string {
		if id, ok := k.people[process.FoldName(name)]; ok {
			return k.team.Person(id)
		}
		return k.team.Person(k.personID(name))
	}}
	sellers.gather(records, func(r *record) string { return r.seller })
	if sellers.unknown() <= mostPeople {
		sellers.like, sellers.anchor = peopleLike(people)
	}
	k.plan.Sellers = sellers.match()

	index := names.NewIndex()
	customers := matching{answers: k.Mapping.Customers, take: k.TakeLikely, like: index.Like, anchor: index.Add, known: func(name string) string {
		if id, ok := k.customers[process.FoldName(name)]; ok {
			return k.team.Customer(id)
		}
		return k.team.Customer(k.customerID(name))
	}}
	if customers.gather(records, func(r *record) string { return r.customer }); customers.unknown() > 0 {
		for _, id := range k.team.Customers() {
			index.Add(k.team.Customer(id))
		}
	}
	k.plan.Customers = customers.match()
	for _, r := range records {
		r.listed = r.customer
		r.seller, r.customer = sellers.means(r.seller), customers.means(r.customer)
	}
}

// peopleLike compares a name with those of people.
func peopleLike(people []string) (like func(string) []names.Match, anchor func(string)) {
	like = func(name string) (matches []names.Match) {
		for _, p := range people {
			if l := names.Person(name, p); l != names.Different {
				matches = append(matches, names.Match{Name: p, Likeness: l})
			}
		}
		return matches
	}
	return like, func(name string) { people = append(people, name) }
}

// matching finds out whom the names of a list mean.
type matching struct {
	answers map[string]string
	fuller  func(a, b string) bool
	known   func(name string) string // what the team calls it today; empty for one that it does not know
	like    func(name string) []names.Match
	anchor  func(name string) // lets a name be found by like
	take    bool              // what is most likely holds until somebody says otherwise

	list []*NameMatch // in the order in which the list names them
	by   map[string]*NameMatch
}

// gather finds the names in the records that can be read.
func (m *matching) gather(records []*record, nameOf func(r *record) string) {
	m.by = map[string]*NameMatch{}
	answers := map[string]string{}
	for name, means := range m.answers {
		answers[process.FoldName(name)] = means
	}
	for _, r := range records {
		name := nameOf(r)
		if name == "" || r.skip != nil || len(r.faults) > 0 {
			continue
		}
		key := process.FoldName(name)
		match := m.by[key]
		if match == nil {
			match = &NameMatch{Name: name, Means: name}
			if means, said := answers[key]; said {
				match.Means, match.Said = means, true
			} else if today := m.known(name); today != "" {
				match.Means, match.Known = today, true
			}
			m.by[key], m.list = match, append(m.list, match)
		}
		if match.Deals++; name != match.Name && !slices.Contains(match.Others, name) {
			match.Others = append(match.Others, name)
		}
	}
}

func (m *matching) unknown() (n int) {
	for _, match := range m.list {
		if !match.Known && !match.Said {
			n++
		}
	}
	return n
}

// match compares what is unknown with what is known, and with the other names of the list: a name that says less stands for one that says more,
// a rare one for a frequent one.
func (m *matching) match() []NameMatch {
	order := slices.Clone(m.list)
	slices.SortStableFunc(order, func(a, b *NameMatch) int {
		switch {
		case m.fuller != nil && m.fuller(a.Name, b.Name):
			return -1
		case m.fuller != nil && m.fuller(b.Name, a.Name):
			return 1
		}
		return cmp.Compare(b.Deals, a.Deals)
	})
	for _, match := range order { // what somebody has said to be a name of its own
		if match.Said && !match.Merged() && m.known(match.Name) == "" && m.anchor != nil {
			m.anchor(match.Name)
		}
	}
	for _, match := range order {
		if match.Known || m.like == nil {
			continue
		}
		match.Likely = m.like(match.Name)
		slices.SortStableFunc(match.Likely, func(a, b names.Match) int { return cmp.Compare(rank(a.Likeness), rank(b.Likeness)) })
		switch {
		case match.Said:
			match.Likely = slices.DeleteFunc(match.Likely, func(l names.Match) bool { return process.FoldName(l.Name) == process.FoldName(match.Name) })
		case len(match.Likely) == 0:
			m.anchor(match.Name)
		case m.take:
			match.Means = proposed(match)
		}
	}
	all := make([]NameMatch, 0, len(m.list))
	for _, match := range m.list {
		all = append(all, *match)
	}
	return all
}

func rank(l names.Likeness) int {
	switch {
	case l == names.Spelling || l == names.Order:
		return 0
	case l.Likely():
		return 1
	}
	return 2
}

// proposed is the one name that another most likely means: itself where none is likely, and nobody where several are.
func proposed(match *NameMatch) string {
	first := match.Likely[0]
	switch {
	case !first.Likeness.Likely():
		return match.Name
	case len(match.Likely) > 1 && rank(match.Likely[1].Likeness) == rank(first.Likeness):
		return ""
	}
	return first.Name
}

// means is as whom a name is read.
func (m *matching) means(name string) string {
	if match := m.by[process.FoldName(name)]; match != nil && match.Merged() && !match.Known {
		return match.Means
	}
	return name
}

func (k *planner) personID(name string) process.PersonID {
	return process.PersonID(process.DerivedID(k.team.Dataset, "person", name))
}

func (k *planner) customerID(name string) process.CustomerID {
	return process.CustomerID(process.DerivedID(k.team.Dataset, "customer", name))
}

// People are the names of all of a team, to choose from.
func People(t *sales.Team) (people []string) {
	for _, id := range t.Roster().All() {
		people = append(people, t.Person(id))
	}
	slices.Sort(people)
	return people
}
