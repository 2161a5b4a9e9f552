package outcomes

import (
	"math"
	"slices"

	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// outcomeDealsPage lists the deals behind one number.
type outcomeDealsPage struct {
	web.Page
	Heading string
	Back    parts.Cell
	Traced  figures.DealTable
	NoRate  figures.RateNote
}

func showOutcomeDeals(v *web.Request) error {
	var ask urls.OutcomeQuery
	if err := v.Query(&ask); err != nil {
		return err
	}
	page := outcomeDealsPage{Page: v.Page(urls.Outcome, v.T("outcome.deals.title"))}
	err := v.Reports(func(r *web.ReportCache) error { return page.fill(v.Text, r, ask) })
	if err != nil {
		return err
	}
	return v.Render("outcome_deals", page)
}

func (p *outcomeDealsPage) fill(t *i18n.Text, reports *web.ReportCache, ask urls.OutcomeQuery) error {
	if reports.Model.FirstOpened() > reports.Model.Today() {
		return process.Missing("outcome.no_such_number")
	}
	o, err := newOutcomeView(t, reports, ask)
	if err != nil {
		return err
	}
	n, ok := o.numberOf(ask.Bar)
	if !ok {
		return process.Missing("outcome.no_such_number")
	}
	p.Heading = o.T(n.Title, o.Period(o.chosen.Period))
	if ask.Reason != "" {
		r := o.lostFor(ask.Reason)
		if r == nil || ask.Bar != barLostActual {
			return process.Missing("outcome.no_such_number")
		}
		n.Parts, n.Total = r.parts, r.amount
		p.Heading += ": " + o.reasonName(r)
	}
	p.Title, p.Print = p.Heading, p.Heading
	p.Back = parts.Cell{Text: o.T("outcome.title") + ", " + o.Period(o.chosen.Period), Href: ask.Href(urls.OutcomePath)}
	n.Parts = o.waitedFor(n.Parts)
	if ask.Next != "" {
		n.Total, n.Others = o.partOf(n), nil
	}
	p.NoRate = figures.NotListed(t, o.model, n.Parts, p.Path)
	p.Traced = o.ListDeals(n, o.chosen.AsOf, o.dealRow)
	return nil
}

// numberOf finds a number of the chosen period by its name in an address.
func (o *outcomeView) numberOf(bar string) (figures.DrillDown, bool) {
	a := &o.chosen
	where := func(holds func(*forecast.DealContribution) bool) (list []*forecast.DealContribution) {
		for i := range a.Parts {
			if holds(a.Parts[i]) {
				list = append(list, a.Parts[i])
			}
		}
		return list
	}
	open := func(p *forecast.DealContribution) bool { return p.Open }
	switch bar {
	case barForecast:
		return figures.DrillDown{Title: "outcome.deals.said", Column: "outcome.col.expected", Total: a.ForecastRounded, Parts: where(open), Of: (*forecast.DealContribution).Expected, Others: o.notFromDeals()}, true
	case barOpen:
		return figures.DrillDown{Title: "outcome.deals.open", Column: "outcome.col.expected", Total: a.Open, Parts: where(open), Of: (*forecast.DealContribution).Expected, Others: nil}, true
	case barActual:
		won := func(p *forecast.DealContribution) bool {
			return p.Bar == forecast.BarWon || p.Bar == forecast.BarNewcomers
		}
		return figures.DrillDown{Title: "outcome.deals.came", Column: "outcome.col.came", Total: a.ActualRounded, Parts: where(won), Of: func(p *forecast.DealContribution) float64 { return p.Brought }, Others: nil}, true
	case barLostForecast:
		lose := func(p *forecast.DealContribution) float64 { return p.Value * p.Lose }
		return figures.DrillDown{Title: "outcome.deals.lost_said", Column: "outcome.col.lost_said", Total: o.Round(a.LostForecast), Parts: where(open), Of: lose, Others: nil}, true
	case barLostActual:
		lost := func(p *forecast.DealContribution) bool { return p.LostIn }
		return figures.DrillDown{Title: "outcome.deals.lost_came", Column: "outcome.col.value", Total: o.Round(a.LostActual), Parts: where(lost), Of: func(p *forecast.DealContribution) float64 { return p.Value }, Others: nil}, true
	}
	return o.barOf(forecast.Bar(bar))
}

// barOf is one of the bars of the difference.
func (o *outcomeView) barOf(bar forecast.Bar) (figures.DrillDown, bool) {
	b := &o.chosen.Bars
	total, known := map[forecast.Bar]float64{
		forecast.BarWon: b.WonBeyond, forecast.BarValue: b.Value, forecast.BarCurrency: b.Currency, forecast.BarOutside: b.Outside,
		forecast.BarLost: b.Lost, forecast.BarSlipped: b.Slipped, forecast.BarNewcomers: b.Newcomers,
	}[bar]
	if !known || !o.chosen.HasForecast { // what became known late is no deal's, nor is the correction
		return figures.DrillDown{}, false
	}
	n := figures.DrillDown{
		Title: barDealTexts[bar], Column: "outcome.col.in_bar", Total: total, Parts: o.chosen.In(bar),
		Of: func(p *forecast.DealContribution) float64 { return p.AmountIn(bar) },
	}
	if expected := o.chosen.Unopened; bar == forecast.BarNewcomers && expected != 0 {
		n.Others = []figures.NotFromDeals{{Text: o.T("outcome.deals.new_expected"), Amount: -expected}}
	}
	return n, true
}

var barDealTexts = map[forecast.Bar]string{
	forecast.BarWon: "outcome.deals.won_beyond", forecast.BarValue: "outcome.deals.value", forecast.BarCurrency: "outcome.deals.currency",
	forecast.BarOutside: "outcome.deals.outside", forecast.BarLost: "outcome.deals.lost", forecast.BarSlipped: "outcome.deals.slipped",
	forecast.BarNewcomers: "outcome.deals.newcomers",
}

// notFromDeals are the parts of the forecast that no open deal stands behind.
func (o *outcomeView) notFromDeals() []figures.NotFromDeals {
	a := &o.chosen
	var list []figures.NotFromDeals
	for _, x := range []figures.NotFromDeals{
		{Text: o.T("outcome.deals.new_expected"), Amount: a.Unopened}, {Text: o.T("outcome.deals.already_won"), Amount: a.WonSoFarRounded}, {Text: o.T("outcome.bars.correction"), Amount: a.CorrectionRounded}, {Text: o.T("outcome.deals.late"), Amount: a.Late},
	} {
		if x.Amount != 0 {
			list = append(list, x)
		}
	}
	return list
}

// waitedFor keeps the deals that waited for the milestone that is asked for.
func (o *outcomeView) waitedFor(parts []*forecast.DealContribution) []*forecast.DealContribution {
	if o.ask.Next == "" {
		return parts
	}
	next := process.MilestoneID(o.ask.Next)
	if o.ask.Next == wording.AllPassed {
		next = ""
	}
	return slices.DeleteFunc(slices.Clone(parts), func(p *forecast.DealContribution) bool { return !p.Open || p.Next != next })
}

// partOf is the printed number of one milestone.
func (o *outcomeView) partOf(n figures.DrillDown) float64 {
	for i := range o.chosen.Next {
		b := &o.chosen.Next[i]
		if string(b.Next) != o.ask.Next && !(b.Next == "" && o.ask.Next == wording.AllPassed) {
			continue
		}
		switch o.ask.Bar {
		case barForecast, barOpen:
			return b.Forecast
		case string(forecast.BarWon):
			return b.Won
		case string(forecast.BarLost):
			return b.Lost
		case string(forecast.BarSlipped):
			return b.Slipped
		}
	}
	sum := 0.0
	for i := range n.Parts {
		sum += n.Of(n.Parts[i])
	}
	return o.Round(sum)
}

// dealRow writes a deal with its amount, exact and as it is printed. Where the amount is the expected part, or what is missing of it,
// both are printed alike.
func (o *outcomeView) dealRow(p *forecast.DealContribution, exact, amount float64) figures.DealTableRow {
	row := figures.DealTableRow{
		ID: string(p.Deal.ID), Name: parts.Cell{Text: wording.DealName(o.model.Team(), p.Deal), Href: urls.DealPath(p.Deal.ID)}, Seller: o.model.Team().Person(p.Seller),
		Value: o.RoundedAmount(p.Value), Amount: o.RoundedAmount(amount), Ended: o.ended(p), Chance: i18n.Dash, Weight: i18n.Dash,
	}
	if !p.Open {
		row.Value, row.Next = i18n.Dash, o.T("outcome.deals.not_open")
		return row
	}
	row.Chance, row.Weight = o.Chance(p.Phi), o.RoundedAmount(p.Expected())
	if p.Phi == 0 {
		row.Chance = o.Percent(0)
	}
	if math.Abs(exact) == p.Expected() {
		row.Weight = o.RoundedAmount(math.Abs(amount))
	}
	switch p.Next {
	case "":
		row.Next = o.T("outcome.note.all_passed")
	case forecast.NextUnknown:
		row.Next = o.T("outcome.note.place_unknown")
	default:
		row.Next = o.T("outcome.note.waited", o.model.MilestoneName(p.Deal.Process(), p.Next))
	}
	return row
}
