package sales

import "milstolpe/process"

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
	if have == holder && !d.resolves(base, heads) {
		return nil, nil
	}
	return []process.Fact{&process.RoleSet{
		Stamp: process.Stamp{Known: today, Base: orHeads(base, heads)}, Deal: d.ID, Role: key, Contact: holder.Contact, Met: holder.Met,
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

// checkWho refuses a milestone of an open deal that asks for a role and names nobody. What is caught up on after the end may not be known.
func (d *Deal) checkWho(ms *process.Milestone, who process.ContactID, p *process.Problems) {
	v := d.Version()
	if v == nil || who != "" || d.Now.Close != nil {
		return
	}
	if role, ok := v.Definition.Role(ms.Role); ok {
		p.Add("contact", "milestone.who_needed", role.Name)
	}
}
