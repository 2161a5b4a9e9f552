package process

import (
	"slices"

	"milstolpe/process/money"
)

// Clashes are the fields of the deal that wait to be settled.
func (d *Deal) Clashes() []FieldClash {
	var list []FieldClash
	gone := d.gone()
	add := func(field ClashField, subject string, c FieldClash, clashes bool) {
		if clashes {
			c.Deal, c.Field, c.Subject = d, field, subject
			list = append(list, c)
		}
	}
	id := string(d.ID)
	c, ok := clashOf(&d.name, gone, same[string], func(v string, s Stamp) Fact { return &DealRenamed{Stamp: s, Deal: d.ID, Name: v} })
	add(ClashName, id, c, ok)
	c, ok = clashOf(&d.customer, gone, d.team.sameCustomer, func(v CustomerID, s Stamp) Fact { return &DealCustomerSet{Stamp: s, Deal: d.ID, Customer: v} })
	add(ClashCustomer, id, c, ok)
	c, ok = clashOf(&d.seller, gone, same[PersonID], func(v PersonID, s Stamp) Fact { return &SellerSet{Stamp: s, Deal: d.ID, Seller: v} })
	add(ClashSeller, id, c, ok)
	c, ok = clashOf(&d.value, gone, sameAmount, func(v *money.Amount, s Stamp) Fact { return &ValueSet{Stamp: s, Deal: d.ID, Value: v} })
	add(ClashValue, id, c, ok)
	c, ok = clashOf(&d.expected, gone, same[Date], func(v Date, s Stamp) Fact { return &ExpectedCloseSet{Stamp: s, Deal: d.ID, Day: v} })
	add(ClashExpectedClose, id, c, ok)
	c, ok = clashOf(&d.nextStep, gone, same[NextStep], func(v NextStep, s Stamp) Fact {
		return &NextStepSet{Stamp: s, Deal: d.ID, Text: v.Text, Due: v.Due}
	})
	add(ClashNextStep, id, c, ok)
	c, ok = d.outcomeClash()
	add(ClashOutcome, id, c, ok)
	c, ok = clashOf(&d.opinion, gone, same[float64], func(v float64, s Stamp) Fact { return &OpinionSet{Stamp: s, Deal: d.ID, Percent: v} })
	add(ClashOpinion, id, c, ok)
	for _, key := range sortedKeys(d.promises) {
		c, ok = clashOf(d.promises[key], gone, same[Date], func(v Date, s Stamp) Fact {
			return &MilestonePromised{Stamp: s, Deal: d.ID, Milestone: key, Day: v}
		})
		add(ClashPromise, id+"\x1f"+string(key), c, ok)
	}
	return list
}

// outcomeClash finds two ends of the deal, neither of which is known to have been taken back.
func (d *Deal) outcomeClash() (FieldClash, bool) {
	if len(d.closes.entries) < 2 {
		return FieldClash{}, false
	}
	heads := slices.DeleteFunc(slices.Clone(d.closes.HeadsOn(FarFuture, d.gone())), func(e Entry[Close]) bool {
		return d.takenBackClose(e.ID, FarFuture)
	})
	return clashAmong(heads, sameClose, func(c Close, s Stamp, _ Moment) []Fact {
		return []Fact{&DealClosed{
			Stamp: s, Deal: d.ID, Outcome: c.Outcome, On: c.On, Value: c.Value, Reason: c.Reason, Competitor: c.Competitor, SaidBy: c.SaidBy,
		}}
	})
}

func sameClose(a, b Close) bool {
	return a.Outcome == b.Outcome && a.On == b.On && sameAmount(a.Value, b.Value) && a.Reason == b.Reason && a.Competitor == b.Competitor
}
