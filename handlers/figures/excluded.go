package figures

import (
	"slices"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
	"milstolpe/process/winloss"
)

// Excluded is about the open deals of which the forecast does not know what it would need: how far the buyer has come, so that they count
// as average deals, or a rate for their currency, without which their value does not count.
type Excluded struct {
	deals      int
	won        winloss.Unrated // in the quarter that is running
	value      float64         // in minor units of the reporting currency
	currencies []string
}

// FindExcluded finds such deals within a scope. A scope of one next milestone leaves none out.
func FindExcluded(m *forecast.Model, in forecast.Scope) (out Excluded) {
	team, today := m.Team(), m.Today()
	if in.ByNext {
		return out
	}
	out.won = winloss.UnratedWins(m, in, team.Calendar().Period(process.Quarter, today).Start, today)
	for _, d := range m.OpenDeals(today) {
		now := &d.Now
		if in.Seller != "" && in.Seller != now.Seller || in.Customer != "" && in.Customer != now.Customer || in.Process != "" && in.Process != d.Process() || !d.Choices().Has(in.Picks) {
			continue
		}
		worth, rated := float64(0), true
		if now.Value != nil {
			amount, ok := team.Rates().Convert(*now.Value, today)
			worth, rated = float64(amount.Minor), ok
		}
		if d.WaitsForPlace() {
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

// Sentences tell how they are counted, and where to do something about it.
func (o Excluded) Sentences(t *i18n.Text, m *forecast.Model, in forecast.Scope) []i18n.Piece {
	var list [][]i18n.Piece
	if o.deals > 0 {
		where := urls.HowFarHref(string(in.Seller), "")
		if in.Customer != "" {
			where = urls.DealsQuery{Seller: string(in.Seller), Customer: string(in.Customer)}.Href("next", urls.UnknownNext)
		}
		list = append(list, t.Sentence("forecast.left_out", o.deals, i18n.Unbroken(t.ShortCode(Minor(o.value, m.Team().Currency()))), where))
	}
	if o.won.Won > 0 {
		list = append(list, UnratedSentence(t, o.won))
	}
	for _, currency := range o.currencies {
		list = append(list, t.Sentence("forecast.no_rate", currency, urls.RatesPath))
	}
	return parts.Sentences(list...)
}

// Currencies are those without a rate.
func (o Excluded) Currencies() []string {
	all := slices.Concat(o.currencies, o.won.Currencies)
	slices.Sort(all)
	return slices.Compact(all)
}

// UnratedSentence says how many won deals are not counted.
func UnratedSentence(t *i18n.Text, u winloss.Unrated) []i18n.Piece {
	return t.Sentence("outcome.no_rate", u.Won, i18n.JoinWith(u.Currencies, t.T("import.and")), urls.RatesPath)
}

// RateForms ask for the rates of currencies, on the page at the address.
func RateForms(team *sales.Team, currencies []string, back string) (forms []parts.RateForm) {
	for _, c := range currencies {
		forms = append(forms, parts.RateForm{Currency: c, Into: team.Currency(), Base: web.EncodeBaseOf(c, team.Rates().Heads(c)), Back: back})
	}
	return forms
}
