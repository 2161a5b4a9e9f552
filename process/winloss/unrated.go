package winloss

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/forecast"
)

// Unrated are won deals that no sum counts, because there is no rate for the currency of their value.
type Unrated struct {
	Won        int
	Currencies []string
}

// UnratedWins finds those that were won from one day to another within a scope.
func UnratedWins(m *forecast.Model, in forecast.Scope, from, to process.Date) (out Unrated) {
	for _, d := range m.Team().Deals() {
		now := &d.Now
		c := now.Close
		if c == nil || c.Outcome != process.Won || c.On < from || c.On > to ||
			in.Seller != "" && in.Seller != now.Seller || in.Customer != "" && in.Customer != now.Customer || in.Process != "" && in.Process != d.Process() || !d.Choices().Has(in.Picks) {
			continue
		}
		value := c.Value
		if value == nil {
			value = now.Value
		}
		if value == nil {
			continue
		}
		if _, rated := m.Team().Rates().Convert(*value, c.On); rated {
			continue
		}
		if out.Won++; !slices.Contains(out.Currencies, value.Currency) {
			out.Currencies = append(out.Currencies, value.Currency)
		}
	}
	slices.Sort(out.Currencies)
	return out
}

// UnratedIn are those in the periods of a report.
func UnratedIn(m *forecast.Model, r *forecast.Report) Unrated {
	if len(r.Periods) == 0 {
		return Unrated{}
	}
	return UnratedWins(m, r.Query.Scope, r.Periods[0].Period.Start, r.Periods[len(r.Periods)-1].Period.End)
}
