package importer

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"milstolpe/process"
	"milstolpe/process/importer/cells"
	"milstolpe/process/importer/columns"
	"milstolpe/process/sales"
)

// decide says what becomes of one record, and adds its facts.
func (k *planner) decide(r *record) PlannedDeal {
	p := PlannedDeal{Rows: r.rows, Name: r.title(), Outcome: r.outcome, Opened: r.opened, Closed: cmp.Or(r.closed, r.expected), Seller: r.seller}
	if r.value != nil {
		p.Value = r.value.Decimal() + " " + r.value.Currency
	}
	if r.skip == nil && len(r.faults) == 0 {
		p.Deal = k.identify(r)
	}
	switch {
	case r.skip != nil:
		p.Verdict, p.Faults = RowSkipped, []CellError{{Row: r.row(), Value: cells.Shortened(r.first), Reason: r.skip}}
		return p
	case len(r.faults) > 0:
		p.Verdict, p.Faults = RowFails, r.faults
		return p
	}
	k.seen[p.Deal] = r.row()
	before := len(k.facts)
	d, known := k.team.Deal(p.Deal)
	if known {
		k.update(r, d, &p)
	} else {
		k.open(r, p.Deal)
	}
	p.Faults, p.Notes = r.faults, r.notes
	switch {
	case len(r.faults) > 0:
		p.Verdict = RowFails
	case !known:
		p.Verdict = RowNew
	case len(k.facts) > before:
		p.Verdict = RowUpdates
	default:
		p.Verdict = RowUnchanged
	}
	return p
}

// title is what a list calls a deal. Many deals of a list may have the same name, so the customer stands before it.
func (r *record) title() string {
	if r.customer != "" && r.name != "" && r.customer != r.name {
		return r.customer + ", " + r.name
	}
	for _, name := range []string{r.name, r.customer, r.ref} {
		if name != "" {
			return name
		}
	}
	return cells.Shortened(r.first)
}

// identify finds out which deal a record is about. A list without ids is known by name, customer and day of the opening.
func (k *planner) identify(r *record) process.DealID {
	id := k.dealID(r)
	if row, twice := k.seen[id]; twice && r.ref != "" {
		r.fault(k.header(columns.MeansID), r.ref, process.Wrong("", "import.id_twice", row))
	}
	return id
}

func (k *planner) dealID(r *record) process.DealID {
	if r.ref != "" {
		if d, ok := k.team.DealByRef(r.ref); ok {
			return d.ID
		}
		if d, ok := k.team.Deal(process.DealID(r.ref)); ok { // an export of this file names deals without another id by their own
			return d.ID
		}
		return process.DealID(process.DerivedID(k.team.Dataset, "deal", escapeCase(r.ref)))
	}
	opened := r.opened.String()
	if r.openingAssumed {
		opened = "" // another import would assume another day
	}
	name := strings.Join([]string{string(k.Process), r.name, r.listed, opened}, "\x1f") // whoever the customer turns out to be
	for n := 1; ; n++ {
		id := process.DealID(process.DerivedID(k.team.Dataset, "deal without id", name+"\x1f"+strconv.Itoa(n)))
		row, taken := k.seen[id]
		if !taken {
			return id
		}
		if n == 1 {
			r.noteAbout(cmp.Or(k.header(columns.MeansName), k.header(columns.MeansCustomer)), r.title(), "import.looks_twice", row)
		}
	}
}

// escapeCase marks capitals, because DerivedID takes no account of case and other systems' ids may differ in nothing else.
func escapeCase(ref string) string {
	if ref == strings.ToLower(ref) && !strings.Contains(ref, "^") {
		return ref
	}
	var b strings.Builder
	for _, c := range ref {
		if unicode.IsUpper(c) || c == '^' {
			b.WriteByte('^')
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return b.String()
}

// history is the stamp of something that happened on a day, before anybody recorded it here.
func (k *planner) history(on process.Date, base ...process.EventID) process.Stamp {
	return process.Stamp{Known: on, History: true, Import: k.ID, Base: base}
}

// news is the stamp of something that this import brings up.
func (k *planner) news(base ...process.EventID) process.Stamp {
	return process.Stamp{Known: k.Today, Import: k.ID, Base: base}
}

// open starts a deal. What the list says about it counts from the opening (model, section 1), except the other system's percentage:
// that is today's opinion, and counted from the opening it would know how the deal ended.
func (k *planner) open(r *record, id process.DealID) {
	stamp := k.history(r.opened)
	customer, seller := k.customer(r.customer, stamp), k.person(r.seller, stamp)
	k.add(&process.DealOpened{
		Stamp: stamp, Deal: id, On: r.opened, Process: k.Process, Version: k.version.ID, Name: r.name, Customer: customer, Seller: seller,
		Value: r.value, ExpectedClose: r.expected, Ref: r.ref, NoSteps: len(r.steps) == 0 && (r.unknownSteps || !k.Mapping.HasSteps()),
	})
	k.contact(r, id, customer, nil, stamp)
	k.choose(r, id, stamp)
	if r.note != "" {
		k.add(&process.JournalWritten{Stamp: stamp, Deal: id, On: r.opened, Text: r.note})
	}
	if r.openingAssumed && k.OpeningNote != "" {
		k.add(&process.JournalWritten{Stamp: stamp, Deal: id, On: r.opened, Text: k.OpeningNote})
	}
	for _, j := range r.journal {
		k.add(&process.JournalWritten{Stamp: k.history(j.On), Deal: id, On: j.On, Text: j.Text})
	}
	for _, s := range r.steps {
		k.step(id, s)
	}
	if r.outcome == "" {
		for _, a := range r.planned {
			k.add(a.Set(id, k.news()))
		}
	}
	if r.hasOpinion() {
		k.add(&process.OpinionSet{Stamp: k.news(), Deal: id, Percent: *r.opinion})
	}
	if k.Mapping.Shape == columns.Long {
		k.follow(r, id, nil)
		return
	}
	if r.outcome != "" {
		k.add(r.closing(id, k.history(r.closed)))
	}
}

func (k *planner) add(f process.Fact) { k.facts = append(k.facts, f) }

func (k *planner) step(id process.DealID, s step) {
	if s.waived != "" {
		k.add(&process.MilestoneWaived{Stamp: k.history(s.on), Deal: id, Milestone: s.key, Reason: s.waived})
		return
	}
	k.add(&process.MilestoneReached{Stamp: k.history(s.on), Deal: id, Milestone: s.key, On: s.on})
}

func (r *record) closing(id process.DealID, s process.Stamp) *process.DealClosed {
	c := &process.DealClosed{Stamp: s, Deal: id, Outcome: r.outcome, On: r.closed, Reason: r.reason, Competitor: r.competitor}
	if r.outcome == process.Won {
		c.Value = r.value
	}
	return c
}

// hasOpinion tells whether the percentage is one: 100 on a won deal and 0 on a lost one are results.
func (r *record) hasOpinion() bool {
	return r.opinion != nil && (r.outcome == "" || *r.opinion > 0 && *r.opinion < 100)
}

// person finds or adds one of us. The identity comes from the name, so that two copies that take in one list mean the same person.
func (k *planner) person(name string, s process.Stamp) process.PersonID {
	if name == "" {
		return ""
	}
	if id, ok := k.people[process.FoldName(name)]; ok {
		return id
	}
	id := k.personID(name)
	k.people[process.FoldName(name)] = id
	if k.team.Person(id) == "" { // it may be there under another name by now
		k.add(&process.PersonNamed{Stamp: s, Person: id, Name: name})
	}
	return id
}

func (k *planner) customer(name string, s process.Stamp) process.CustomerID {
	if name == "" {
		return ""
	}
	if id, ok := k.customers[process.FoldName(name)]; ok {
		return id
	}
	id := k.customerID(name)
	if k.team.Customer(id) == "" {
		k.add(&process.CustomerNamed{Stamp: s, Customer: id, Name: name})
	}
	id = k.team.CanonicalCustomer(id)
	k.customers[process.FoldName(name)] = id
	return id
}

// contact links a person at the buyer. Somebody who was erased does not come back.
func (k *planner) contact(r *record, id process.DealID, customer process.CustomerID, d *sales.Deal, s process.Stamp) {
	if r.contact == "" {
		return
	}
	at := contactKey(customer, r.contact)
	if d != nil && slices.ContainsFunc(k.contacts[at], d.EverMet) {
		return // linked before, perhaps as the contact of a customer merged since, and perhaps unlinked by somebody
	}
	if len(k.contacts[at]) == 0 {
		person := process.ContactID(process.DerivedID(k.team.Dataset, "contact", string(customer)+"\x1f"+r.contact))
		have, known := k.team.Contact(person) // under another name by now, or erased
		if have.Erased {
			return
		}
		k.contacts[at] = []process.ContactID{person}
		if !known {
			k.add(&process.ContactNamed{Stamp: s, Contact: person, Customer: customer, Name: r.contact})
		}
	}
	person := k.contacts[at][0]
	if d != nil && d.EverMet(person) {
		return
	}
	k.add(&process.ContactLinked{Stamp: s, Deal: id, Contact: person})
}

func contactKey(customer process.CustomerID, name string) string {
	return string(customer) + "\x1f" + process.FoldName(name)
}
