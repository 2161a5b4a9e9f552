package forecasts

import (
	"math"

	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// forecastDealsPage lists the deals behind a number of a forecast.
type forecastDealsPage struct {
	web.Page
	Heading string
	Back    parts.Cell
	Traced  figures.DealTable
	NoRate  figures.RateNote
}

func showForecastDeals(v *web.Request) error {
	var ask forecastQuery
	if err := v.Query(&ask); err != nil {
		return err
	}
	page := forecastDealsPage{Page: v.Page(urls.Forecasts, v.T("outcome.deals.title"))}
	err := v.Reports(func(r *web.ReportCache) error { return page.fill(v.Text, r, ask) })
	if err != nil {
		return err
	}
	return v.Render("forecast_deals", page)
}

func (p *forecastDealsPage) fill(t *i18n.Text, reports *web.ReportCache, ask forecastQuery) error {
	if reports.Model.FirstOpened() > reports.Model.Today() {
		return process.Missing("forecast.no_such_number")
	}
	f := newForecastView(t, reports, ask)
	n, ok := f.numberOf(ask.Part)
	if !ok {
		return process.Missing("forecast.no_such_number")
	}
	if printed, from := f.printedAs(); from {
		f.fitTo(&n, printed)
	}
	p.Heading = f.T(n.Title, f.Period(f.period()))
	p.Title, p.Print = p.Heading, p.Heading
	p.Back = parts.Cell{Text: f.PeriodName(f.period()), Href: ask.href(urls.ForecastPath)}
	p.NoRate = figures.NotListed(t, reports.Model, n.Parts, p.Path)
	p.Traced = f.ListDeals(n, f.day, f.dealRow)
	return nil
}

// fitTo gives a list of deals the total that the table prints, which it was opened from: won, open and not yet started.
func (f *forecastView) fitTo(n *figures.DrillDown, printed [3]float64) {
	switch f.ask.Part {
	case "won":
		n.Total = printed[0]
	case "open":
		n.Total = printed[1]
	case "all":
		n.Total = printed[0] + printed[1] + printed[2]
		n.Others = nil
		if printed[2] != 0 {
			n.Others = []figures.NotFromDeals{{Text: f.T("outcome.deals.new_expected"), Amount: printed[2]}}
		}
	}
}

// numberOf finds a number by its name in an address.
func (f *forecastView) numberOf(part string) (figures.DrillDown, bool) {
	a := &f.rounded
	var open []*forecast.DealContribution
	for i := range a.Parts {
		if a.Parts[i].Open {
			open = append(open, a.Parts[i])
		}
	}
	brought := func(p *forecast.DealContribution) float64 { return p.Brought }
	either := func(p *forecast.DealContribution) float64 {
		if p.Open {
			return p.Expected()
		}
		return p.Brought
	}
	switch part {
	case "won":
		return figures.DrillDown{Title: "forecast.deals.won", Column: "outcome.col.came", Total: a.WonSoFarRounded, Parts: f.wonDeals(), Of: brought, Others: nil}, true
	case "open":
		return figures.DrillDown{Title: "forecast.deals.open", Column: "outcome.col.expected", Total: a.Open, Parts: open, Of: (*forecast.DealContribution).Expected, Others: nil}, true
	case "all":
		var others []figures.NotFromDeals
		if a.Unopened != 0 {
			others = append(others, figures.NotFromDeals{Text: f.T("outcome.deals.new_expected"), Amount: a.Unopened})
		}
		if a.CorrectionRounded != 0 {
			others = append(others, figures.NotFromDeals{Text: f.T("outcome.bars.correction"), Amount: a.CorrectionRounded})
		}
		return figures.DrillDown{Title: "forecast.deals.all", Column: "outcome.col.expected", Total: a.ForecastRounded, Parts: append(f.wonDeals(), open...), Of: either, Others: others}, true
	}
	return figures.DrillDown{}, false
}

func (f *forecastView) dealRow(p *forecast.DealContribution, exact, amount float64) figures.DealTableRow {
	row := figures.DealTableRow{
		ID: string(p.Deal.ID), Name: parts.Cell{Text: wording.DealName(f.model.Team(), p.Deal), Href: urls.DealPath(p.Deal.ID)}, Seller: f.model.Team().Person(p.Seller),
		Amount: f.RoundedAmount(amount), Value: i18n.Dash, Chance: i18n.Dash, Weight: i18n.Dash,
	}
	if !p.Open {
		if c := p.Deal.CloseOn(f.day); c != nil {
			row.Ended = f.T("outcome.end.won", f.DayNear(c.On, f.period().End))
		}
		return row
	}
	row.Value, row.Chance, row.Weight = f.RoundedAmount(p.Value), f.Chance(p.Phi), f.RoundedAmount(p.Expected())
	if math.Abs(exact) == p.Expected() {
		row.Weight = f.RoundedAmount(math.Abs(amount))
	}
	row.Next = f.T("forecast.deals.passed")
	switch p.Next {
	case "":
	case forecast.NextUnknown:
		row.Next = f.T("forecast.deals.unknown")
	default:
		row.Next = f.T("forecast.deals.waits", f.model.MilestoneName(p.Deal.Process(), p.Next))
	}
	return row
}
