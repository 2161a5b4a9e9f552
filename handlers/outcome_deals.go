package handlers

import (
	"math"
	"slices"

	"milstolpe/process"
	"milstolpe/process/forecast"
)

// outcomeDealsPage lists the deals behind one number.
type outcomeDealsPage struct {
	Page
	Heading string
	Back    Cell
	Traced  tracedDeals
}

func showOutcomeDeals(v *visit) error {
	var ask outcomeAsk
	if err := v.query(&ask); err != nil {
		return err
	}
	page := outcomeDealsPage{Page: v.page(Outcome, v.t("outcome.deals.title"))}
	err := v.reports(func(r *reportCache) error { return page.fill(v.text, r, ask) })
	if err != nil {
		return err
	}
	return v.show("outcome_deals", page)
}

func (p *outcomeDealsPage) fill(t *Text, reports *reportCache, ask outcomeAsk) error {
	if reports.model.FirstOpened() > reports.model.Today() {
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
	p.Heading = o.T(n.title, o.Period(o.chosen.Period))
	if ask.Reason != "" {
		r := o.lostFor(ask.Reason)
		if r == nil || ask.Bar != barLostCame {
			return process.Missing("outcome.no_such_number")
		}
		n.parts, n.total = r.parts, r.amount
		p.Heading += ": " + o.reasonName(r)
	}
	p.Title, p.Print = p.Heading, p.Heading
	p.Back = Cell{Text: o.T("outcome.title") + ", " + o.Period(o.chosen.Period), Href: ask.href(outcomePath)}
	n.parts = o.waitedFor(n.parts)
	if ask.Next != "" {
		n.total, n.others = o.partOf(n), nil
	}
	p.Traced = o.trace(n, o.chosen.AsOf, o.dealRow)
	return nil
}

// numberOf finds a number of the chosen period by its name in an address.
func (o *outcomeView) numberOf(bar string) (tracedNumber, bool) {
	a := &o.chosen
	where := func(holds func(*forecast.DealPart) bool) (list []*forecast.DealPart) {
		for i := range a.Parts {
			if holds(a.Parts[i]) {
				list = append(list, a.Parts[i])
			}
		}
		return list
	}
	open := func(p *forecast.DealPart) bool { return p.Open }
	switch bar {
	case barForecast:
		return tracedNumber{"outcome.deals.said", "outcome.col.expected", a.said, where(open), (*forecast.DealPart).Expected, o.beside()}, true
	case barOpen:
		return tracedNumber{"outcome.deals.open", "outcome.col.expected", a.open, where(open), (*forecast.DealPart).Expected, nil}, true
	case barActual:
		won := func(p *forecast.DealPart) bool { return p.Bar == forecast.BarWon || p.Bar == forecast.BarNewcomers }
		return tracedNumber{"outcome.deals.came", "outcome.col.came", a.came, where(won), func(p *forecast.DealPart) float64 { return p.Brought }, nil}, true
	case barLostSaid:
		lose := func(p *forecast.DealPart) float64 { return p.Value * p.Lose }
		return tracedNumber{"outcome.deals.lost_said", "outcome.col.lost_said", o.round(a.LostForecast), where(open), lose, nil}, true
	case barLostCame:
		lost := func(p *forecast.DealPart) bool { return p.LostIn }
		return tracedNumber{"outcome.deals.lost_came", "outcome.col.value", o.round(a.LostActual), where(lost), func(p *forecast.DealPart) float64 { return p.Value }, nil}, true
	}
	return o.barOf(forecast.Bar(bar))
}

// barOf is one of the bars of the difference.
func (o *outcomeView) barOf(bar forecast.Bar) (tracedNumber, bool) {
	b := &o.chosen.bars
	total, known := map[forecast.Bar]float64{
		forecast.BarWon: b.WonBeyond, forecast.BarValue: b.Value, forecast.BarCurrency: b.Currency, forecast.BarOutside: b.Outside,
		forecast.BarLost: b.Lost, forecast.BarSlipped: b.Slipped, forecast.BarNewcomers: b.Newcomers, forecast.BarLate: b.Late,
	}[bar]
	if !known || bar == forecast.BarLate || !o.chosen.HasForecast { // what became known late is no deal's
		return tracedNumber{}, false
	}
	n := tracedNumber{
		title: barDealTexts[bar], column: "outcome.col.in_bar", total: total, parts: o.chosen.In(bar),
		of: func(p *forecast.DealPart) float64 { return p.AmountIn(bar) },
	}
	if expected := o.chosen.newcomers; bar == forecast.BarNewcomers && expected != 0 {
		n.others = []other{{o.T("outcome.deals.new_expected"), -expected}}
	}
	return n, true
}

var barDealTexts = map[forecast.Bar]string{
	forecast.BarWon: "outcome.deals.won_beyond", forecast.BarValue: "outcome.deals.value", forecast.BarCurrency: "outcome.deals.currency",
	forecast.BarOutside: "outcome.deals.outside", forecast.BarLost: "outcome.deals.lost", forecast.BarSlipped: "outcome.deals.slipped",
	forecast.BarNewcomers: "outcome.deals.newcomers", forecast.BarLate: "outcome.bars.late",
}

// beside are the parts of the forecast that no open deal stands behind.
func (o *outcomeView) beside() []other {
	a := &o.chosen
	var list []other
	for _, x := range []other{
		{o.T("outcome.deals.new_expected"), a.newcomers}, {o.T("outcome.deals.already_won"), a.wonSoFar}, {o.T("outcome.deals.late"), a.late},
	} {
		if x.amount != 0 {
			list = append(list, x)
		}
	}
	return list
}

// waitedFor keeps the deals that waited for the milestone that is asked for.
func (o *outcomeView) waitedFor(parts []*forecast.DealPart) []*forecast.DealPart {
	if o.ask.Next == "" {
		return parts
	}
	next := process.MilestoneID(o.ask.Next)
	if o.ask.Next == allPassed {
		next = ""
	}
	return slices.DeleteFunc(slices.Clone(parts), func(p *forecast.DealPart) bool { return !p.Open || p.Next != next })
}

// partOf is the printed number of one milestone.
func (o *outcomeView) partOf(n tracedNumber) float64 {
	for i := range o.chosen.next {
		b := &o.chosen.next[i]
		if string(b.Next) != o.ask.Next && !(b.Next == "" && o.ask.Next == allPassed) {
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
	for i := range n.parts {
		sum += n.of(n.parts[i])
	}
	return o.round(sum)
}

// dealRow writes a deal with its amount, exact and as it is printed. Where the amount is the expected part, or what is missing of it,
// both are printed alike.
func (o *outcomeView) dealRow(p *forecast.DealPart, exact, amount float64) tracedDeal {
	row := tracedDeal{
		ID: string(p.Deal.ID), Name: Cell{Text: dealName(o.team(), p.Deal), Href: dealPath(p.Deal.ID)}, Seller: o.team().Person(p.Seller),
		Value: o.amount(p.Value), Amount: o.amount(amount), Ended: o.ended(p), Chance: dash, Weight: dash,
	}
	if !p.Open {
		row.Value, row.Next = dash, o.T("outcome.deals.not_open")
		return row
	}
	row.Chance, row.Weight = o.Chance(p.Phi), o.amount(p.Expected())
	if p.Phi == 0 {
		row.Chance = o.Percent(0)
	}
	if math.Abs(exact) == p.Expected() {
		row.Weight = o.amount(math.Abs(amount))
	}
	row.Next = o.T("outcome.note.all_passed")
	if p.Next != "" {
		row.Next = o.T("outcome.note.waited", o.model.MilestoneName(p.Deal.Process(), p.Next))
	}
	return row
}
