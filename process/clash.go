package process

import (
	"slices"

	"milstolpe/process/money"
)

// FieldClash is a field of a deal, or a setting, that people changed without seeing each other's change. Both are kept; the latest stands
// until somebody settles it.
type FieldClash struct {
	Deal    *Deal   // nil for a setting
	Setting Setting // of the team; empty for a field of a deal
	Field   string  // name, customer, seller, value, expected_close, next_step
	Heads   []ClashHead

	settle func(EventID, Stamp) Fact
}

// ClashHead is one of the values that clash. Value is a string, CustomerID, PersonID, *money.Amount, Date or NextStep.
type ClashHead struct {
	Event EventID
	Known Date
	Value any
}

// Clashes are all that wait to be settled: deals in the order of their identities, then settings.
func (t *Team) Clashes() []FieldClash {
	var list []FieldClash
	for _, d := range t.Deals() {
		list = append(list, d.Clashes()...)
	}
	for _, s := range Settings {
		if f, ok := t.settings[s]; ok {
			c, clashes := clashOf(f, t.gone(), same[string], func(v string, st Stamp) Fact { return &SettingSet{Stamp: st, Setting: s, Value: v} })
			if clashes {
				c.Setting, c.Field = s, string(s)
				list = append(list, c)
			}
		}
	}
	return list
}

// Clashes are the fields of the deal that wait to be settled.
func (d *Deal) Clashes() []FieldClash {
	var list []FieldClash
	gone := d.gone()
	add := func(field string, c FieldClash, clashes bool) {
		if clashes {
			c.Deal, c.Field = d, field
			list = append(list, c)
		}
	}
	c, ok := clashOf(&d.name, gone, same[string], func(v string, s Stamp) Fact { return &DealRenamed{Stamp: s, Deal: d.ID, Name: v} })
	add("name", c, ok)
	c, ok = clashOf(&d.customer, gone, same[CustomerID], func(v CustomerID, s Stamp) Fact { return &DealCustomerSet{Stamp: s, Deal: d.ID, Customer: v} })
	add("customer", c, ok)
	c, ok = clashOf(&d.seller, gone, same[PersonID], func(v PersonID, s Stamp) Fact { return &SellerSet{Stamp: s, Deal: d.ID, Seller: v} })
	add("seller", c, ok)
	c, ok = clashOf(&d.value, gone, sameAmount, func(v *money.Amount, s Stamp) Fact { return &ValueSet{Stamp: s, Deal: d.ID, Value: v} })
	add("value", c, ok)
	c, ok = clashOf(&d.expected, gone, same[Date], func(v Date, s Stamp) Fact { return &ExpectedCloseSet{Stamp: s, Deal: d.ID, Day: v} })
	add("expected_close", c, ok)
	c, ok = clashOf(&d.nextStep, gone, same[NextStep], func(v NextStep, s Stamp) Fact {
		return &NextStepSet{Stamp: s, Deal: d.ID, Text: v.Text, Due: v.Due}
	})
	add("next_step", c, ok)
	return list
}

func same[T comparable](a, b T) bool { return a == b }

// clashOf looks whether a field has heads that differ. Two people who wrote the same agree.
func clashOf[T any](f *Field[T], gone undoneSet, same func(a, b T) bool, record func(T, Stamp) Fact) (c FieldClash, clashes bool) {
	heads := f.HeadsOn(FarFuture, gone)
	if len(heads) < 2 {
		return c, false
	}
	for _, h := range heads {
		c.Heads = append(c.Heads, ClashHead{Event: h.ID, Known: h.Stamp.Known, Value: h.Value})
		clashes = clashes || !same(h.Value, heads[0].Value)
	}
	c.settle = func(chosen EventID, s Stamp) Fact {
		i := slices.IndexFunc(heads, func(h Entry[T]) bool { return h.ID == chosen })
		if i < 0 {
			return nil
		}
		return record(heads[i].Value, s)
	}
	return c, clashes
}

// Settle decides a clash for one of its values. The fact names all heads, so every copy that has them agrees.
func (c FieldClash) Settle(chosen EventID, today Date) ([]Fact, error) {
	base := make([]EventID, len(c.Heads))
	for i, h := range c.Heads {
		base[i] = h.Event
	}
	fact := c.settle(chosen, Stamp{Known: today, Base: base})
	if fact == nil {
		return nil, Wrong("value", "form.choose")
	}
	return []Fact{fact}, nil
}
