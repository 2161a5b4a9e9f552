package figures

import (
	"slices"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// NoRate are the deals that no sum of a page counts, because there is no rate for the currency of their value.
type NoRate struct {
	deals, won int
	currencies []string
}

// RateNote says so, and asks for the rates. It is the zero value where every value has a rate. The template parts/no_rate shows it.
type RateNote struct {
	Sentence []i18n.Piece
	Forms    []parts.RateForm
}

// Unrated is what a deal is worth in its own currency, where there is no rate for that on the day that counts: the day of the close, and
// today for an open one.
func Unrated(team *sales.Team, d *sales.Deal, today process.Date) (own money.Amount, unrated bool) {
	value, day := d.Now.Value, today
	if c := d.Now.Close; c != nil {
		if day = c.On; c.Value != nil {
			value = c.Value
		} else {
			value = d.ValueOn(c.Known)
		}
	}
	if value == nil || value.Minor == 0 {
		return money.Amount{}, false
	}
	_, rated := team.Rates().Convert(*value, day)
	return *value, !rated
}

// Add looks at one more deal of those that the page adds up.
func (n *NoRate) Add(team *sales.Team, d *sales.Deal, today process.Date) {
	own, unrated := Unrated(team, d, today)
	if !unrated {
		return
	}
	if n.deals++; d.Now.Close != nil && d.Now.Close.Outcome == process.Won {
		n.won++
	}
	if !slices.Contains(n.currencies, own.Currency) {
		n.currencies = append(n.currencies, own.Currency)
	}
}

// NotCounted are the open deals, and those that were won since a day.
func NotCounted(t *i18n.Text, m *forecast.Model, since process.Date, back string) RateNote {
	var without NoRate
	for _, d := range m.Team().Deals() {
		if c := d.Now.Close; c == nil || c.On >= since && c.Outcome == process.Won {
			without.Add(m.Team(), d, m.Today())
		}
	}
	return without.Note(t, m.Team(), back)
}

// NotListed are those of the deals behind a number.
func NotListed(t *i18n.Text, m *forecast.Model, list []*forecast.DealContribution, back string) RateNote {
	var without NoRate
	for _, p := range list {
		without.Add(m.Team(), p.Deal, m.Today())
	}
	return without.Note(t, m.Team(), back)
}

// Note is what the page says, and the forms that lead back to its address.
func (n *NoRate) Note(t *i18n.Text, team *sales.Team, back string) RateNote {
	if n.deals == 0 {
		return RateNote{}
	}
	slices.Sort(n.currencies)
	key := "outcome.no_rate_deals"
	if n.won == n.deals {
		key = "outcome.no_rate"
	}
	return RateNote{
		Sentence: t.Sentence(key, n.deals, i18n.JoinWith(n.currencies, t.T("import.and")), urls.RatesPath),
		Forms:    RateForms(team, n.currencies, back),
	}
}
