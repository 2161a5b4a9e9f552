package handlers

import (
	"math"

	"milstolpe/process"
	"milstolpe/process/forecast"
)

// forecastDealsPage lists the deals behind a number of a forecast.
type forecastDealsPage struct {
	Page
	Heading string
	Back    Cell
	Traced  tracedDeals
}

func showForecastDeals(v *visit) error {
	var ask forecastAsk
	if err := v.query(&ask); err != nil {
		return err
	}
	page := forecastDealsPage{Page: v.page(Forecasts, v.t("outcome.deals.title"))}
	err := v.reports(func(r *reportCache) error { return page.fill(v.text, r, ask) })
	if err != nil {
		return err
	}
	return v.show("forecast_deals", page)
}

func (p *forecastDealsPage) fill(t *Text, reports *reportCache, ask forecastAsk) error {
	if reports.model.FirstOpened() > reports.model.Today() {
		return process.Missing("forecast.no_such_number")
	}
	f := newForecastView(t, reports, ask)
	n, ok := f.numberOf(ask.Part)
	if !ok {
		return process.Missing("forecast.no_such_number")
	}
	for column, part := range []string{"won", "open"} {
		if printed, from := f.printedAs(column); from && ask.Part == part {
			n.total = printed
		}
	}
	p.Heading = f.T(n.title, f.Period(f.period()))
	p.Title, p.Print = p.Heading, p.Heading
	p.Back = Cell{Text: f.PeriodName(f.period()), Href: ask.href(forecastURL)}
	p.Traced = f.trace(n, f.day, f.dealRow)
	return nil
}

// numberOf finds a number by its name in an address.
func (f *forecastView) numberOf(part string) (tracedNumber, bool) {
	a := &f.said
	var open []*forecast.DealPart
	for i := range a.Parts {
		if a.Parts[i].Open {
			open = append(open, a.Parts[i])
		}
	}
	brought := func(p *forecast.DealPart) float64 { return p.Brought }
	either := func(p *forecast.DealPart) float64 {
		if p.Open {
			return p.Expected()
		}
		return p.Brought
	}
	switch part {
	case "won":
		return tracedNumber{"forecast.deals.won", "outcome.col.came", a.wonSoFar, f.wonDeals(), brought, nil}, true
	case "open":
		return tracedNumber{"forecast.deals.open", "outcome.col.expected", a.open, open, (*forecast.DealPart).Expected, nil}, true
	case "all":
		var others []other
		if a.newcomers != 0 {
			others = []other{{f.T("outcome.deals.new_expected"), a.newcomers}}
		}
		return tracedNumber{"forecast.deals.all", "outcome.col.expected", a.said, append(f.wonDeals(), open...), either, others}, true
	}
	return tracedNumber{}, false
}

func (f *forecastView) dealRow(p *forecast.DealPart, exact, amount float64) tracedDeal {
	row := tracedDeal{
		ID: string(p.Deal.ID), Name: Cell{Text: dealName(f.team(), p.Deal), Href: dealPath(p.Deal.ID)}, Seller: f.team().Person(p.Seller),
		Amount: f.amount(amount), Value: dash, Chance: dash, Weight: dash,
	}
	if !p.Open {
		if c := p.Deal.CloseOn(f.day); c != nil {
			row.Ended = f.T("outcome.end.won", f.DayNear(c.On, f.period().End))
		}
		return row
	}
	row.Value, row.Chance, row.Weight = f.amount(p.Value), f.Chance(p.Phi), f.amount(p.Expected())
	if math.Abs(exact) == p.Expected() {
		row.Weight = f.amount(math.Abs(amount))
	}
	row.Next = f.T("forecast.deals.passed")
	if p.Next != "" {
		row.Next = f.T("forecast.deals.waits", f.model.MilestoneName(p.Deal.Process(), p.Next))
	}
	return row
}
