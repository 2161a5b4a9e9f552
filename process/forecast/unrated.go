package forecast

import (
	"slices"

	"milstolpe/process"
)

// Unrated are won deals that no sum counts, because there is no rate for the currency of their value.
type Unrated struct {
	Won        int
	Currencies []string
}

// Unrated finds those that were won from one day to another within a scope.
func (m *Model) Unrated(in Scope, from, to process.Date) (out Unrated) {
	for _, d := range m.team.Deals() {
		now := &d.Now
		c := now.Close
		if c == nil || c.Outcome != process.Won || c.On < from || c.On > to ||
			in.Seller != "" && in.Seller != now.Seller || in.Customer != "" && in.Customer != now.Customer || in.Process != "" && in.Process != d.Process() {
			continue
		}
		value := c.Value
		if value == nil {
			value = now.Value
		}
		if value == nil {
			continue
		}
		if _, rated := m.team.Convert(*value, c.On); rated {
			continue
		}
		if out.Won++; !slices.Contains(out.Currencies, value.Currency) {
			out.Currencies = append(out.Currencies, value.Currency)
		}
	}
	slices.Sort(out.Currencies)
	return out
}

// Unrated are those in the periods of the report.
func (r *Report) Unrated(m *Model) Unrated {
	if len(r.Periods) == 0 {
		return Unrated{}
	}
	return m.Unrated(r.Query.Scope, r.Periods[0].Period.Start, r.Periods[len(r.Periods)-1].Period.End)
}
