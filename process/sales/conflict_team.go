package sales

import (
	"reflect"
	"slices"

	"milstolpe/process"
	"milstolpe/process/calls"
	"milstolpe/process/conflicts"
	"milstolpe/process/drafts"
	"milstolpe/process/register"
)

// Conflict is one that waits to be settled, with the deal or the process whose field it is.
type Conflict struct {
	conflicts.Conflict
	Deal    *Deal    // for a field of a deal
	Process *Process // for a draft and a version
}

// Conflicts are all that wait to be settled: deals in the order of their identities, then what belongs to no deal.
func (t *Team) Conflicts() []Conflict {
	var list []Conflict
	for _, d := range t.Deals() {
		list = append(list, d.Conflicts()...)
	}
	return append(list, t.OtherConflicts()...)
}

// OtherConflicts are those that are not about a deal: processes, customers and people, numbers, settings, lists.
func (t *Team) OtherConflicts() []Conflict {
	list := t.processConflicts()
	for _, c := range slices.Concat(t.customerConflicts(), t.peopleConflicts(), t.numberConflicts(), t.lists.Conflicts()) {
		list = append(list, Conflict{Conflict: c})
	}
	return list
}

// customerConflicts are about customers and those who work there. That somebody has erased a person whom somebody else has changed meanwhile
// is one of them.
func (t *Team) customerConflicts() []conflicts.Conflict {
	gone := t.Retractions()
	return slices.Concat(
		conflicts.In(conflicts.CustomerName, t.customers, gone, conflicts.Same, func(id process.CustomerID, v string, s process.Stamp) process.Fact {
			return &process.CustomerNamed{Stamp: s, Customer: id, Name: v}
		}),
		conflicts.In(conflicts.CustomerSame, t.merged, gone, t.sameCustomer, func(id, v process.CustomerID, s process.Stamp) process.Fact {
			return &process.CustomersMerged{Stamp: s, From: id, Into: v}
		}),
		conflicts.In(conflicts.Contact, t.contacts, gone, conflicts.Same, func(id process.ContactID, v Contact, s process.Stamp) process.Fact {
			return &process.ContactNamed{Stamp: s, Contact: id, Customer: v.Customer, Name: v.Name, Role: v.Role, Email: v.Email, Phone: v.Phone}
		}))
}

// peopleConflicts are about the people of the team.
func (t *Team) peopleConflicts() []conflicts.Conflict {
	gone := t.Retractions()
	return slices.Concat(
		conflicts.In(conflicts.Person, t.people.NameRegisters(), gone, conflicts.Same, func(id process.PersonID, v string, s process.Stamp) process.Fact {
			return &process.PersonNamed{Stamp: s, Person: id, Name: v}
		}),
		conflicts.In(conflicts.PersonSame, t.people.SameRegisters(), gone, t.people.Same, func(id, v process.PersonID, s process.Stamp) process.Fact {
			return &process.PeopleMerged{Stamp: s, From: id, Into: v}
		}))
}

// numberConflicts are about targets, calls, rates and settings.
func (t *Team) numberConflicts() []conflicts.Conflict {
	gone := t.Retractions()
	return slices.Concat(
		conflicts.In(conflicts.Target, t.calls.TargetRegisters(), gone, conflicts.Same, func(_ calls.TargetKey, v calls.Target, s process.Stamp) process.Fact {
			return &process.TargetSet{Stamp: s, Period: v.Period, Seller: v.Seller, Amount: v.Amount}
		}),
		conflicts.In(conflicts.Call, t.calls.CallRegisters(), gone, conflicts.Same, func(_ calls.CallKey, v calls.Call, s process.Stamp) process.Fact {
			return &process.CallMade{Stamp: s, Period: v.Period, Layer: v.Layer, Seller: v.Seller, Amount: v.Amount, Reason: v.Reason}
		}),
		t.Rates().Conflicts(),
		conflicts.In(conflicts.Setting, t.settings, gone, conflicts.Same, func(setting process.Setting, v string, s process.Stamp) process.Fact {
			return &process.SettingSet{Stamp: s, Setting: setting, Value: v}
		}))
}

// sameCustomer is so for doubles that somebody has found out since.
func (t *Team) sameCustomer(a, b process.CustomerID) bool {
	return t.CanonicalCustomer(a) == t.CanonicalCustomer(b)
}

// processConflicts are drafts and versions of processes.
func (t *Team) processConflicts() []Conflict {
	var list []Conflict
	for _, p := range t.Processes() {
		c, found := conflicts.Among(p.VersionHeads(), sameVersion, p.settleVersion)
		if found {
			c.Field, c.Subject = conflicts.Version, string(p.ID)
			list = append(list, Conflict{Conflict: c, Process: p})
		}
		list = append(list, p.draftConflicts()...)
	}
	return list
}

// draftConflicts are those of the draft: of single milestones where the rest can be merged.
func (p *Process) draftConflicts() (list []Conflict) {
	m, several := p.drafted()
	c, found := conflicts.Of(&p.drafts, p.team.Retractions(), sameDefinition, func(d process.Definition, s process.Stamp) process.Fact {
		return &process.DraftSaved{Stamp: s, Process: p.ID, Definition: d}
	})
	switch {
	case !several || !found:
		return nil
	case m.Apart:
		c.Field, c.Subject = conflicts.Draft, string(p.ID)
		return []Conflict{{Conflict: c, Process: p}}
	}
	for _, key := range m.Rows {
		list = append(list, Conflict{Conflict: p.rowConflict(&m, key), Process: p})
	}
	return list
}

// rowConflict is that of one milestone. Deciding it changes this milestone in each of the drafts, and leaves what else they differ in.
func (p *Process) rowConflict(m *drafts.Merge, key process.MilestoneID) conflicts.Conflict {
	var heads []conflicts.Head
	for _, h := range m.Heads {
		if row, changed := m.RowOf(h, key); changed {
			heads = append(heads, conflicts.Head{Event: h.ID, Known: h.Stamp.Known, Value: row})
		}
	}
	before, _ := m.RowOf(m.Began, key)
	began := &conflicts.Head{Event: m.Began.ID, Known: m.Began.Stamp.Known, Value: before}
	c := conflicts.Between(heads, began, func(chosen process.EventID, s process.Stamp, _ func() string) []process.Fact {
		return m.With(key, chosen, s.Base, s.Known, p.ID)
	})
	c.Field, c.Subject = conflicts.DraftRow, string(p.ID)+"\x1f"+string(key)
	return c
}

// JoinDrafts makes one draft of those that change different milestones of the same one: so several conflicts are decided with one save.
func (t *Team) JoinDrafts(facts []process.Fact) []process.Fact {
	return drafts.Join(facts, func(id process.ProcessID) []drafts.Draft { return t.processFor(id).DraftHeads() })
}

func sameVersion(a, b *Version) bool { return sameDefinition(a.Definition, b.Definition) }

func sameDefinition(a, b process.Definition) bool { return reflect.DeepEqual(a, b) }

// settleVersion publishes one of the versions once more, over all that were seen. What the team works by from then on is a version that
// knows of the others, and the open deals follow it.
func (p *Process) settleVersion(v *Version, s process.Stamp, newID func() string) []process.Fact {
	next := &process.VersionPublished{Stamp: s, Process: p.ID, Version: process.VersionID(newID()), Definition: v.Definition, Note: v.Note}
	return append([]process.Fact{next}, p.moveOpenDeals(next.Version, s.Known)...)
}

// moveOpenDeals makes the open deals of the process follow a version.
func (p *Process) moveOpenDeals(to process.VersionID, today process.Date) []process.Fact {
	var facts []process.Fact
	for _, d := range p.team.Deals() {
		if d.Process() == p.ID && d.Now.Close == nil {
			heads := register.IDs(d.moved.HeadsOn(process.FarFuture, d.Retractions()))
			facts = append(facts, &process.DealMoved{Stamp: process.Stamp{Known: today, Base: heads}, Deal: d.ID, Version: to})
		}
	}
	return facts
}
