package figures

import (
	"cmp"
	"math"
	"slices"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// DrillDown is a number with the deals behind it. Total and amounts are in minor units of the reporting currency.
type DrillDown struct {
	Title, Column string // keys: of the heading, and of the column that adds up
	Total         float64
	Parts         []*forecast.DealContribution
	Of            func(*forecast.DealContribution) float64
	Others        []NotFromDeals
}

// NotFromDeals is an amount in a number that is no deal's, such as what is expected of deals not yet opened.
type NotFromDeals struct {
	Text   string
	Amount float64
}

// DealTable lists the deals behind one number, with amounts that add up to it.
type DealTable struct {
	Lead    []i18n.Piece
	Note    string
	Amounts string // head of the column that adds up
	Unit    string
	Rows    []DealTableRow
	Others  []parts.Cell // rows that are no deals: what was expected of deals not yet opened
	Sum     string
	Count   string
}

// DealTableRow is a deal with its part of the number. Chances are as of the day of the forecast; a deal that was not open then has none.
type DealTableRow struct {
	ID             string
	Name           parts.Cell
	Seller         string
	Next           string
	Value          string
	Chance, Weight string
	Amount         string
	Ended          string
}

// ListDeals lists the deals, the largest first, with amounts that add up to the number. It sorts n.Parts in place. Row writes one deal, given
// its part of the number before and after rounding.
func (l Amounts) ListDeals(n DrillDown, asOf process.Date, row func(p *forecast.DealContribution, exact, amount float64) DealTableRow) DealTable {
	unit := l.Unit(l.Currency)
	t := DealTable{Amounts: l.T(n.Column, unit), Unit: unit, Note: l.T("outcome.deals.how", asOf)}
	slices.SortStableFunc(n.Parts, func(a, b *forecast.DealContribution) int { return cmp.Compare(math.Abs(n.Of(b)), math.Abs(n.Of(a))) })
	exact := make([]float64, 0, len(n.Parts))
	for i := range n.Parts {
		exact = append(exact, n.Of(n.Parts[i]))
	}
	rest := n.Total
	for _, x := range n.Others {
		rest -= x.Amount
	}
	whole := l.LargestRemainder(exact, rest)
	for i := range n.Parts {
		t.Rows = append(t.Rows, row(n.Parts[i], exact[i], whole[i]))
	}
	for _, x := range n.Others {
		t.Others = append(t.Others, parts.Cell{Text: x.Text, Small: l.RoundedAmount(x.Amount)})
	}
	t.Sum, t.Count = l.RoundedAmount(n.Total), l.T("outcome.deals", len(n.Parts))
	t.Lead = l.Sentence("outcome.deals.lead", i18n.Unbroken(l.Whole(l.MoneyOf(n.Total))), i18n.Unbroken(t.Count))
	if len(n.Parts) == 0 {
		t.Note = l.T("outcome.deals.none")
	}
	return t
}
