package winloss

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// RateChange is what another rate makes of what was won in a quarter, in minor units of the reporting currency.
type RateChange struct {
	Quarter       process.Period
	Deals         int
	Before, After float64
}

// RateChanges are the quarters of which the won amount is another with one more rate, oldest first. Deals that no rate counts yet are none of them. A fact
// that sets no rate changes none.
func RateChanges(team *sales.Team, fact process.Fact) (list []RateChange) {
	f, ok := fact.(*process.RateSet)
	if !ok {
		return nil
	}
	with, calendar := team.Rates().With(f), team.Calendar()
	for _, d := range team.Deals() {
		c := d.Now.Close
		if c == nil || c.Outcome != process.Won || !d.Now.Exists {
			continue
		}
		value := c.Value
		if value == nil {
			value = d.Now.Value
		}
		if value == nil || value.Currency != f.Currency {
			continue
		}
		old, rated := team.Rates().On(f.Currency, c.On)
		now := with(c.On)
		if !rated || old == now {
			continue
		}
		before, _ := team.Rates().Convert(*value, c.On)
		quarter := calendar.Period(process.Quarter, c.On)
		at := slices.IndexFunc(list, func(r RateChange) bool { return r.Quarter == quarter })
		if at < 0 {
			at, list = len(list), append(list, RateChange{Quarter: quarter})
		}
		list[at].Deals++
		list[at].Before += float64(before.Minor)
		list[at].After += float64(before.Minor) * now / old
	}
	slices.SortFunc(list, func(a, b RateChange) int { return cmp.Compare(a.Quarter.Start, b.Quarter.Start) })
	return list
}
