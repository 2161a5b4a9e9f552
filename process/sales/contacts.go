package sales

import (
	"strings"

	"milstolpe/process"
	"milstolpe/process/register"
)

// ContactForm is what the form for a person at the buyer asks for. Base are the events that the form was made from; nil means those
// that stand now.
type ContactForm struct {
	Name, Role, Email, Phone string
	Base                     []process.EventID
}

// NameContact adds a person at a customer (empty id), or changes what we know of one. Adding somebody of the same name twice gives the
// person who is there already, with what is new about them.
func (t *Team) NameContact(id process.ContactID, customer process.CustomerID, f ContactForm, m Env) (process.ContactID, []process.Fact, error) {
	f.Name, f.Role, f.Email, f.Phone = strings.TrimSpace(f.Name), strings.TrimSpace(f.Role), strings.TrimSpace(f.Email), strings.TrimSpace(f.Phone)
	var p process.Problems
	p.Text("contact", f.Name, 1, process.MaxName)
	p.Text("role", f.Role, 0, process.MaxName)
	p.Text("email", f.Email, 0, process.MaxName)
	p.Text("phone", f.Phone, 0, process.MaxName)
	if f.Email != "" && !strings.Contains(f.Email, "@") {
		p.Add("email", "form.email")
	}
	if err := p.OrNil(); err != nil {
		return "", nil, err
	}
	if id == "" {
		id = t.contactFor(customer, f.Name, m)
	}
	have, there := t.Contact(id)
	if there && (f.Base == nil || len(t.ContactHeads(id)) < 2) && have == (Contact{ID: id, Customer: have.Customer, Name: f.Name, Role: f.Role, Email: f.Email, Phone: f.Phone}) {
		return id, nil, nil
	}
	if there {
		customer = have.Customer
	}
	return id, []process.Fact{&process.ContactNamed{
		Stamp: process.Stamp{Known: m.Today, Base: register.OrHeads(f.Base, t.ContactHeads(id))}, Contact: id, Customer: customer,
		Name: f.Name, Role: f.Role, Email: f.Email, Phone: f.Phone,
	}}, nil
}

// Contact is a person at the buyer.
func (t *Team) Contact(id process.ContactID) (Contact, bool) {
	f, ok := t.contacts[id]
	if !ok {
		return Contact{}, false
	}
	heads := f.HeadsOn(process.FarFuture, t.Retractions())
	for _, h := range heads {
		if h.Value.Erased { // against what somebody else has recorded meanwhile too, until it is settled
			return h.Value, true
		}
	}
	if len(heads) == 0 {
		return Contact{}, false
	}
	return heads[len(heads)-1].Value, true
}

// Contacts are all people at buyers who were not erased, in the order of their identities.
func (t *Team) Contacts() []Contact {
	list := make([]Contact, 0, len(t.contacts))
	for _, id := range SortedKeys(t.contacts) {
		if c, ok := t.Contact(id); ok && !c.Erased {
			list = append(list, c)
		}
	}
	return list
}

// ContactEntries are all that was ever recorded about a person at a buyer, also what was replaced or taken back.
func (t *Team) ContactEntries(id process.ContactID) []register.Entry[Contact] {
	if f, ok := t.contacts[id]; ok {
		return f.Entries()
	}
	return nil
}

// contactFor is the identity of a person at a customer: derived from the name, so that two copies and an import mean the same person,
// or that of whoever has come to be called so there since. Somebody who was erased keeps the identity that was erased; the name typed in
// again is another's.
func (t *Team) contactFor(customer process.CustomerID, name string, m Env) process.ContactID {
	id := process.ContactID(process.DerivedID(t.Dataset, "contact", string(customer)+"\x1f"+name))
	derived, taken := t.Contact(id)
	if taken && process.FoldName(derived.Name) == process.FoldName(name) {
		return id
	}
	for _, c := range t.ContactsOf(t.CanonicalCustomer(customer)) {
		if process.FoldName(c.Name) == process.FoldName(name) {
			return c.ID
		}
	}
	if taken {
		return process.ContactID(m.NewID())
	}
	return id
}

// ContactHeads are the events that stand for what we know of a person at the buyer, for the base of the next change.
func (t *Team) ContactHeads(id process.ContactID) []process.EventID {
	if f, ok := t.contacts[id]; ok {
		return register.IDs(f.HeadsOn(process.FarFuture, t.Retractions()))
	}
	return nil
}

// EraseContact says that a person at the buyer is erased, and nothing else about them: who erased, and when, is in the event. What had been
// recorded about them is taken out of the file besides (db.File.EraseContact). What somebody records about the person without seeing this
// waits to be settled.
func (t *Team) EraseContact(id process.ContactID, today process.Date) []process.Fact {
	c, ok := t.Contact(id)
	heads := t.ContactHeads(id)
	if !ok || c.Erased && len(heads) < 2 {
		return nil
	}
	return []process.Fact{&process.ContactNamed{Stamp: process.Stamp{Known: today, Base: heads}, Contact: id, Customer: c.Customer}}
}

// LinkContact says that a person at the buyer has to do with the deal, or (off) no longer.
func (d *Deal) LinkContact(id process.ContactID, off bool, today process.Date) ([]process.Fact, error) {
	if c, ok := d.team.Contact(id); !off && (!ok || c.Erased) {
		return nil, process.Missing("contact.no_such")
	}
	return d.link(id, off, today), nil
}

// LinkBase are the events that say whether a person has to do with the deal.
func (d *Deal) LinkBase(id process.ContactID) []process.EventID {
	if f, ok := d.contacts[id]; ok {
		return register.IDs(f.HeadsOn(process.FarFuture, d.Retractions()))
	}
	return nil
}

func (d *Deal) link(id process.ContactID, off bool, today process.Date) []process.Fact {
	linked := false
	if f, ok := d.contacts[id]; ok {
		linked, _ = f.On(process.FarFuture, d.Retractions())
	}
	if linked == !off {
		return nil
	}
	return []process.Fact{&process.ContactLinked{Stamp: process.Stamp{Known: today, Base: d.LinkBase(id)}, Deal: d.ID, Contact: id, Off: off}}
}

// AddContact makes sure that a person is known at the deal's customer, with what the form says, and has to do with the deal.
func (d *Deal) AddContact(f ContactForm, m Env) (process.ContactID, []process.Fact, error) {
	id, facts, err := d.team.NameContact("", d.Now.Customer, f, m)
	if err != nil {
		return "", nil, err
	}
	return id, append(facts, d.link(id, false, m.Today)...), nil
}

// RoleHolder is who has a role at the buyer in a deal, and since when we have met them. No contact: nobody is known.
type RoleHolder struct {
	Contact process.ContactID
	Met     process.Date // zero: known, and not met
}

// Role is who has a role in the deal, and the events that say so. Somebody who was erased has none.
func (d *Deal) Role(key process.RoleID) (RoleHolder, []process.EventID) {
	f, ok := d.roles[key]
	if !ok {
		return RoleHolder{}, nil
	}
	return d.RoleOn(key, process.FarFuture), f.HeadIDs(process.FarFuture, d.Retractions())
}

// RoleOn is who had a role in the deal as known on the day.
func (d *Deal) RoleOn(key process.RoleID, day process.Date) RoleHolder {
	f, ok := d.roles[key]
	if !ok {
		return RoleHolder{}
	}
	holder, _ := f.On(day, d.Retractions())
	if c, ok := d.team.Contact(holder.Contact); !ok || c.Erased {
		return RoleHolder{}
	}
	return holder
}

// SetRole says who has a role in the deal, and on which day we met them; nobody takes that back.
func (d *Deal) SetRole(key process.RoleID, holder RoleHolder, base []process.EventID, today process.Date) ([]process.Fact, error) {
	if d.Now.Close != nil {
		return nil, &process.Error{Kind: process.Invalid, Msg: "deal.already_closed"}
	}
	v := d.Version()
	if v == nil {
		return nil, process.Missing("process.none_published")
	}
	if _, ok := v.Definition.Role(key); !ok {
		return nil, process.Missing("process.no_such_role", string(key))
	}
	if holder.Met > today {
		return nil, process.Wrong("met", "date.in_the_future", holder.Met)
	}
	if holder.Contact == "" && holder.Met != 0 {
		return nil, process.Wrong("who", "role.met_whom")
	}
	have, heads := d.Role(key)
	if have == holder && !register.Resolves(base, heads) {
		return nil, nil
	}
	return []process.Fact{&process.RoleSet{
		Stamp: process.Stamp{Known: today, Base: register.OrHeads(base, heads)}, Deal: d.ID, Role: key, Contact: holder.Contact, Met: holder.Met,
	}}, nil
}

// standsBehind says of the role that a milestone asks for that this person has it, where that was not known.
func (d *Deal) standsBehind(ms *process.Milestone, who process.ContactID, today process.Date) []process.Fact {
	have, heads := d.Role(ms.Role)
	if ms.Role == "" || who == "" || have.Contact == who || d.Now.Close != nil {
		return nil
	}
	return []process.Fact{&process.RoleSet{Stamp: process.Stamp{Known: today, Base: heads}, Deal: d.ID, Role: ms.Role, Contact: who}}
}

// checkWho refuses a milestone of an open deal that asks for a role and names nobody. What is caught up on may not be known: after the end, or of
// a deal that came without milestones.
func (d *Deal) checkWho(ms *process.Milestone, who process.ContactID, p *process.Problems) {
	v := d.Version()
	if v == nil || who != "" || d.Now.Close != nil || d.StandingUnknown() {
		return
	}
	if role, ok := v.Definition.Role(ms.Role); ok {
		p.Add("contact", "milestone.who_needed", role.Name)
	}
}
