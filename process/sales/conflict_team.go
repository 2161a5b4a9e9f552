package sales

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"

	"milstolpe/process"
	"milstolpe/process/calls"
	"milstolpe/process/rates"
	"milstolpe/process/register"
)

// OtherClashes are those that are not about a deal: processes, customers and people, numbers, settings.
func (t *Team) OtherClashes() []Conflict {
	list := t.processClashes()
	list = append(list, clashesIn(t, ClashCustomerName, t.customers, same, func(id process.CustomerID, v string, s process.Stamp) process.Fact {
		return &process.CustomerNamed{Stamp: s, Customer: id, Name: v}
	})...)
	list = append(list, clashesIn(t, ClashCustomerSame, t.merged, t.sameCustomer, func(id, v process.CustomerID, s process.Stamp) process.Fact {
		return &process.CustomersMerged{Stamp: s, From: id, Into: v}
	})...)
	list = append(list, t.contactClashes()...)
	list = append(list, clashesIn(t, ClashPerson, t.people.NameRegisters(), same, func(id process.PersonID, v string, s process.Stamp) process.Fact {
		return &process.PersonNamed{Stamp: s, Person: id, Name: v}
	})...)
	list = append(list, clashesIn(t, ClashPersonSame, t.people.SameRegisters(), t.people.Same, func(id, v process.PersonID, s process.Stamp) process.Fact {
		return &process.PeopleMerged{Stamp: s, From: id, Into: v}
	})...)
	list = append(list, clashesIn(t, ClashTarget, t.calls.TargetRegisters(), same, func(_ calls.TargetKey, v calls.Target, s process.Stamp) process.Fact {
		return &process.TargetSet{Stamp: s, Period: v.Period, Seller: v.Seller, Amount: v.Amount}
	})...)
	list = append(list, clashesIn(t, ClashCall, t.calls.CallRegisters(), same, func(_ calls.CallKey, v calls.Call, s process.Stamp) process.Fact {
		return &process.CallMade{Stamp: s, Period: v.Period, Layer: v.Layer, Seller: v.Seller, Amount: v.Amount, Reason: v.Reason}
	})...)
	list = append(list, clashesIn(t, ClashRate, rates.Current(t.rates), same, func(currency string, v float64, s process.Stamp) process.Fact {
		return &process.RateSet{Stamp: s, Currency: currency, Rate: v}
	})...)
	return append(list, clashesIn(t, ClashSetting, t.settings, same, func(setting process.Setting, v string, s process.Stamp) process.Fact {
		return &process.SettingSet{Stamp: s, Setting: setting, Value: v}
	})...)
}

// clashesIn are the clashes among fields of one kind, in the order of their subjects.
func clashesIn[K comparable, T any](
	t *Team, field ClashField, fields map[K]*register.Register[T], same func(a, b T) bool, record func(K, T, process.Stamp) process.Fact,
) []Conflict {
	var list []Conflict
	for key, f := range fields {
		if len(f.Entries()) < 2 {
			continue
		}
		c, clashes := clashOf(f, t.Retractions(), same, func(v T, s process.Stamp) process.Fact { return record(key, v, s) })
		if clashes {
			c.Field, c.Subject = field, fmt.Sprint(key)
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b Conflict) int { return cmp.Compare(a.Subject, b.Subject) })
	return list
}

// sameCustomer is so for doubles that somebody has found out since.
func (t *Team) sameCustomer(a, b process.CustomerID) bool {
	return t.CanonicalCustomer(a) == t.CanonicalCustomer(b)
}

// contactClashes are people of whom several things are recorded. That somebody has erased a person whom somebody else has changed meanwhile
// is one of them.
func (t *Team) contactClashes() []Conflict {
	return clashesIn(t, ClashContact, t.contacts, same, func(id process.ContactID, v Contact, s process.Stamp) process.Fact {
		return &process.ContactNamed{Stamp: s, Contact: id, Customer: v.Customer, Name: v.Name, Role: v.Role, Email: v.Email, Phone: v.Phone}
	})
}

func (t *Team) processClashes() []Conflict {
	var list []Conflict
	for _, p := range t.Processes() {
		c, clashes := clashAmong(p.VersionHeads(), sameVersion, func(v *Version, s process.Stamp, m Env) []process.Fact { return p.settleVersion(v, s, m) })
		if clashes {
			c.Field, c.Subject, c.Process = ClashVersion, string(p.ID), p
			list = append(list, c)
		}
		c, clashes = clashOf(&p.drafts, t.Retractions(), sameDefinition, func(d process.Definition, s process.Stamp) process.Fact {
			return &process.DraftSaved{Stamp: s, Process: p.ID, Definition: d}
		})
		if clashes {
			c.Field, c.Subject, c.Process = ClashDraft, string(p.ID), p
			list = append(list, c)
		}
	}
	return list
}

func sameVersion(a, b *Version) bool { return sameDefinition(a.Definition, b.Definition) }

func sameDefinition(a, b process.Definition) bool { return reflect.DeepEqual(a, b) }

// settleVersion publishes one of the versions once more, over all that were seen. What the team works by from then on is a version that
// knows of the others, and the open deals follow it.
func (p *Process) settleVersion(v *Version, s process.Stamp, m Env) []process.Fact {
	next := &process.VersionPublished{Stamp: s, Process: p.ID, Version: process.VersionID(m.NewID()), Definition: v.Definition, Note: v.Note}
	return append([]process.Fact{next}, p.moveOpenDeals(next.Version, m)...)
}

// moveOpenDeals makes the open deals of the process follow a version.
func (p *Process) moveOpenDeals(to process.VersionID, m Env) []process.Fact {
	var facts []process.Fact
	for _, d := range p.team.Deals() {
		if d.Process() == p.ID && d.Now.Close == nil {
			heads := register.IDs(d.moved.HeadsOn(process.FarFuture, d.Retractions()))
			facts = append(facts, &process.DealMoved{Stamp: process.Stamp{Known: m.Today, Base: heads}, Deal: d.ID, Version: to})
		}
	}
	return facts
}
