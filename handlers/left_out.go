package handlers

import (
	"slices"

	"milstolpe/process/forecast"
)

// leftOut are open deals that no forecast can count: those of which nobody has said how far the buyer has come, and those in currencies
// without a rate.
type leftOut struct {
	deals      int
	value      float64 // in minor units of the reporting currency
	currencies []string
}

func leftOutOf(m *forecast.Model, in forecast.Scope) (out leftOut) {
	team, today := m.Team(), m.Today()
	if in.ByNext {
		return out
	}
	for _, d := range m.OpenDeals(today) {
		now := &d.Now
		if in.Seller != "" && in.Seller != now.Seller || in.Customer != "" && in.Customer != now.Customer || in.Process != "" && in.Process != d.Process() {
			continue
		}
		worth, rated := float64(0), true
		if now.Value != nil {
			amount, ok := team.Convert(*now.Value, today)
			worth, rated = float64(amount.Minor), ok
		}
		if d.StandingUnknown() {
			out.deals++
			out.value += worth
		}
		if !rated && !slices.Contains(out.currencies, now.Value.Currency) {
			out.currencies = append(out.currencies, now.Value.Currency)
		}
	}
	slices.Sort(out.currencies)
	return out
}

// sentences say what is not counted, and where to do something about it.
func (o leftOut) sentences(t *Text, m *forecast.Model, in forecast.Scope) []Piece {
	var parts [][]Piece
	if o.deals > 0 {
		list := dealsAsk{Seller: string(in.Seller), Customer: string(in.Customer)}.href("next", unknownNext)
		parts = append(parts, t.Sentence("forecast.left_out", o.deals, unbroken(t.ShortCode(minor(o.value, m.Team().Currency()))), list))
	}
	for _, currency := range o.currencies {
		parts = append(parts, t.Sentence("forecast.no_rate", currency, ratesPath))
	}
	return sentences(parts...)
}

// ratesPath is where a currency is given a rate.
const ratesPath = "/settings#rates"
