package handlers

import (
	"cmp"
	"math"
	"slices"

	"milstolpe/process"
	"milstolpe/process/forecast"
)

// tracedNumber is a number with the deals behind it.
type tracedNumber struct {
	title, column string // keys: of the heading, and of the column that adds up
	total         float64
	parts         []*forecast.DealPart
	of            func(*forecast.DealPart) float64
	others        []other
}

// other is an amount in a number that is no deal's.
type other struct {
	text   string
	amount float64
}

// tracedDeals lists the deals behind one number, with amounts that add up to it.
type tracedDeals struct {
	Lead    []Piece
	Note    string
	Amounts string // head of the column that adds up
	Unit    string
	Rows    []tracedDeal
	Others  []Cell // rows that are no deals: what was expected of deals not yet opened
	Sum     string
	Count   string
}

// tracedDeal is a deal with its part of the number. Chances are as of the day of the forecast; a deal that was not open then has none.
type tracedDeal struct {
	ID             string
	Name           Cell
	Seller         string
	Next           string
	Value          string
	Chance, Weight string
	Amount         string
	Ended          string
}

// trace writes the deals, the largest first, with amounts that add up to the number.
func (l ledger) trace(n tracedNumber, asOf process.Date, row func(p *forecast.DealPart, exact, amount float64) tracedDeal) tracedDeals {
	unit := l.Unit(l.currency)
	t := tracedDeals{Amounts: l.T(n.column, unit), Unit: unit, Note: l.T("outcome.deals.how", asOf)}
	slices.SortStableFunc(n.parts, func(a, b *forecast.DealPart) int { return cmp.Compare(math.Abs(n.of(b)), math.Abs(n.of(a))) })
	exact := make([]float64, 0, len(n.parts))
	for i := range n.parts {
		exact = append(exact, n.of(n.parts[i]))
	}
	rest := n.total
	for _, x := range n.others {
		rest -= x.amount
	}
	whole := l.addUp(exact, rest)
	for i := range n.parts {
		t.Rows = append(t.Rows, row(n.parts[i], exact[i], whole[i]))
	}
	for _, x := range n.others {
		t.Others = append(t.Others, Cell{Text: x.text, Small: l.amount(x.amount)})
	}
	t.Sum, t.Count = l.amount(n.total), l.T("outcome.deals", len(n.parts))
	t.Lead = l.Sentence("outcome.deals.lead", unbroken(l.Whole(l.of(n.total))), unbroken(t.Count))
	if len(n.parts) == 0 {
		t.Note = l.T("outcome.deals.none")
	}
	return t
}
