package process

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
)

// OtherClashes are those that are not about a deal: processes, customers and people, numbers, settings.
func (t *Team) OtherClashes() []FieldClash {
	list := t.processClashes()
	list = append(list, clashesIn(t, ClashCustomerName, t.customers, same, func(id CustomerID, v string, s Stamp) Fact {
		return &CustomerNamed{Stamp: s, Customer: id, Name: v}
	})...)
	list = append(list, clashesIn(t, ClashCustomerSame, t.merged, t.sameCustomer, func(id, v CustomerID, s Stamp) Fact {
		return &CustomersMerged{Stamp: s, From: id, Into: v}
	})...)
	list = append(list, t.contactClashes()...)
	list = append(list, clashesIn(t, ClashPerson, t.people, same, func(id PersonID, v string, s Stamp) Fact {
		return &PersonNamed{Stamp: s, Person: id, Name: v}
	})...)
	list = append(list, clashesIn(t, ClashTarget, t.targets, same, func(_ targetKey, v Target, s Stamp) Fact {
		return &TargetSet{Stamp: s, Period: v.Period, Seller: v.Seller, Amount: v.Amount}
	})...)
	list = append(list, clashesIn(t, ClashCall, t.calls, same, func(_ callKey, v Call, s Stamp) Fact {
		return &CallMade{Stamp: s, Period: v.Period, Layer: v.Layer, Seller: v.Seller, Amount: v.Amount, Reason: v.Reason}
	})...)
	list = append(list, clashesIn(t, ClashRate, t.rates, same, func(currency string, v float64, s Stamp) Fact {
		return &RateSet{Stamp: s, Currency: currency, Rate: v}
	})...)
	return append(list, clashesIn(t, ClashSetting, t.settings, same, func(setting Setting, v string, s Stamp) Fact {
		return &SettingSet{Stamp: s, Setting: setting, Value: v}
	})...)
}

// clashesIn are the clashes among fields of one kind, in the order of their subjects.
func clashesIn[K comparable, T any](
	t *Team, field ClashField, fields map[K]*Field[T], same func(a, b T) bool, record func(K, T, Stamp) Fact,
) []FieldClash {
	var list []FieldClash
	for key, f := range fields {
		if len(f.entries) < 2 {
			continue
		}
		c, clashes := clashOf(f, t.gone(), same, func(v T, s Stamp) Fact { return record(key, v, s) })
		if clashes {
			c.Field, c.Subject = field, fmt.Sprint(key)
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b FieldClash) int { return cmp.Compare(a.Subject, b.Subject) })
	return list
}

// sameCustomer is so for doubles that somebody has found out since.
func (t *Team) sameCustomer(a, b CustomerID) bool { return t.customerAs(a) == t.customerAs(b) }

// contactClashes leave out those who were erased: nothing that was known of them is to be chosen again.
func (t *Team) contactClashes() []FieldClash {
	list := clashesIn(t, ClashContact, t.contacts, same, func(id ContactID, v Contact, s Stamp) Fact {
		return &ContactNamed{Stamp: s, Contact: id, Customer: v.Customer, Name: v.Name, Role: v.Role, Email: v.Email, Phone: v.Phone}
	})
	return slices.DeleteFunc(list, func(c FieldClash) bool {
		return slices.ContainsFunc(c.Heads, func(h ClashHead) bool { v, ok := h.Value.(Contact); return ok && v.Erased })
	})
}

func (t *Team) processClashes() []FieldClash {
	var list []FieldClash
	for _, p := range t.Processes() {
		c, clashes := clashAmong(p.VersionHeads(), sameVersion, func(v *Version, s Stamp, m Moment) []Fact { return p.settleVersion(v, s, m) })
		if clashes {
			c.Field, c.Subject, c.Process = ClashVersion, string(p.ID), p
			list = append(list, c)
		}
		c, clashes = clashOf(&p.drafts, t.gone(), sameDefinition, func(d Definition, s Stamp) Fact {
			return &DraftSaved{Stamp: s, Process: p.ID, Definition: d}
		})
		if clashes {
			c.Field, c.Subject, c.Process = ClashDraft, string(p.ID), p
			list = append(list, c)
		}
	}
	return list
}

func sameVersion(a, b *Version) bool { return sameDefinition(a.Definition, b.Definition) }

func sameDefinition(a, b Definition) bool { return reflect.DeepEqual(a, b) }

// settleVersion publishes one of the versions once more, over all that were seen. What the team works by from then on is a version that
// knows of the others, and the open deals follow it.
func (p *Process) settleVersion(v *Version, s Stamp, m Moment) []Fact {
	next := &VersionPublished{Stamp: s, Process: p.ID, Version: VersionID(m.NewID()), Definition: v.Definition, Note: v.Note}
	return append([]Fact{next}, p.moveOpenDeals(next.Version, m)...)
}

// moveOpenDeals makes the open deals of the process follow a version.
func (p *Process) moveOpenDeals(to VersionID, m Moment) []Fact {
	var facts []Fact
	for _, d := range p.team.Deals() {
		if d.Process() == p.ID && d.Now.Close == nil {
			heads := entryIDs(d.moved.HeadsOn(FarFuture, d.gone()))
			facts = append(facts, &DealMoved{Stamp: Stamp{Known: m.Today, Base: heads}, Deal: d.ID, Version: to})
		}
	}
	return facts
}
