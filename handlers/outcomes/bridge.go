package outcomes

import (
	"strings"

	"milstolpe/handlers/chart"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/wording"
	"milstolpe/process/forecast"
)

// Names of numbers beside the bars, in addresses.
const (
	barForecast     = "forecast"
	barActual       = "actual"
	barOpen         = "open"      // the open deals' part of the forecast
	barLostForecast = "lost_said" // what was expected to be lost
	barLostActual   = "lost_came"
)

// barsView is the difference of the chosen period, which adds up.
type barsView struct {
	Title string
	Fall  chart.Waterfall
	Check string
}

// nextView is the same by the milestone that the deals waited for.
type nextView struct {
	Lead []i18n.Piece
	Rows []nextRow
	Sum  nextRow
	Key  []chart.LegendEntry
}

type nextRow struct {
	Name                         parts.Cell
	Deals                        string
	Forecast, Won, Lost, Slipped parts.Cell
	Bars                         []chart.WaterfallBar
}

func (o *outcomeView) difference() *barsView {
	a := &o.chosen
	if !a.HasForecast || !a.Complete {
		return nil
	}
	v := &barsView{Title: o.T("outcome.bars.title", a.Period)}
	said := chart.WaterfallStep{
		Name: o.T("outcome.bars.said", a.AsOf), Amount: a.ForecastRounded, Text: o.RoundedAmount(a.ForecastRounded), Href: o.hrefIf(a.ForecastRounded != 0, barForecast), Notes: o.forecastNotes(),
	}
	came := chart.WaterfallStep{
		Name: o.T("outcome.bars.came"), Amount: a.ActualRounded, Text: o.RoundedAmount(a.ActualRounded), Href: o.hrefIf(a.ActualDeals > 0, barActual),
		Notes: []string{o.T("outcome.deals", a.ActualDeals)},
	}
	steps := o.steps()
	v.Fall = chart.NewWaterfall(o.T("outcome.bars.head"), o.T("outcome.bars.unit", o.Unit(o.Currency)), said, steps, came)
	v.Check = o.check(said, steps, came)
	return v
}

// hrefIf is the address of the deals behind a number that has any.
func (o *outcomeView) hrefIf(any bool, bar string) string {
	if !any {
		return ""
	}
	return o.dealsOf(bar)
}

func (o *outcomeView) forecastNotes() []string {
	a := &o.chosen
	notes := []string{o.T("outcome.bars.open", a.OpenDeals, o.RoundedAmount(a.Open))}
	switch {
	case !a.NewMoney.Known:
		notes = append(notes, o.T("outcome.bars.new_unknown"))
	case a.Unopened != 0:
		notes = append(notes, o.T("outcome.bars.new", o.RoundedAmount(a.Unopened)))
	}
	if a.CorrectionRounded != 0 {
		notes = append(notes, o.T("outcome.bars.with_correction", o.RoundedDelta(a.CorrectionRounded)))
	}
	return []string{strings.Join(notes, ", ")}
}

var barTexts = map[forecast.Bar]struct{ name, note string }{
	forecast.BarWon:        {"outcome.bars.won", "outcome.deals"},
	forecast.BarValue:      {"outcome.bars.value", "outcome.deals"},
	forecast.BarCurrency:   {"outcome.bars.currency", "outcome.deals"},
	forecast.BarOutside:    {"outcome.bars.outside", "outcome.deals"},
	forecast.BarLost:       {"outcome.bars.lost", "outcome.deals"},
	forecast.BarSlipped:    {"outcome.bars.slipped", "outcome.bars.slipped_deals"},
	forecast.BarNewcomers:  {"outcome.bars.newcomers", "outcome.bars.newcomers_deals"},
	forecast.BarCorrection: {"outcome.bars.correction", "outcome.bars.correction_note"},
	forecast.BarLate:       {"outcome.bars.late", ""},
}

// steps are the bars; the four that every period has, and the others where there is something in them.
func (o *outcomeView) steps() []chart.WaterfallStep {
	b := &o.chosen.Bars
	var list []chart.WaterfallStep
	for _, bar := range []struct {
		bar    forecast.Bar
		amount float64
		always bool
	}{
		{forecast.BarWon, b.WonBeyond, true},
		{forecast.BarValue, b.Value, false},
		{forecast.BarCurrency, b.Currency, false},
		{forecast.BarOutside, b.Outside, false},
		{forecast.BarLost, b.Lost, true},
		{forecast.BarSlipped, b.Slipped, true},
		{forecast.BarNewcomers, b.Newcomers, true},
		{forecast.BarCorrection, b.Correction, false},
		{forecast.BarLate, b.Late, false},
	} {
		deals := len(o.chosen.In(bar.bar))
		if !bar.always && bar.amount == 0 {
			continue
		}
		s := chart.WaterfallStep{Name: o.T(barTexts[bar.bar].name), Amount: bar.amount, Text: o.RoundedDelta(bar.amount), Notes: o.barNotes(bar.bar, deals)}
		if bar.bar != forecast.BarLate && bar.bar != forecast.BarCorrection {
			s.Href = o.hrefIf(deals > 0 || bar.amount != 0, string(bar.bar))
		}
		list = append(list, s)
	}
	return list
}

func (o *outcomeView) barNotes(bar forecast.Bar, deals int) []string {
	a := &o.chosen
	switch bar {
	case forecast.BarLate:
		return nil
	case forecast.BarCorrection:
		return []string{o.T(barTexts[bar].note, o.Percent(1-a.Weight))}
	case forecast.BarSlipped:
		return []string{o.T(barTexts[bar].note, deals, o.DayNear(a.Period.End, a.Period.End))}
	case forecast.BarNewcomers:
		if deals == 0 {
			return []string{o.T("outcome.bars.newcomers_none", o.RoundedAmount(a.Unopened))}
		}
		return []string{o.T(barTexts[bar].note, deals, o.RoundedAmount(a.Unopened))}
	case forecast.BarWon, forecast.BarValue, forecast.BarCurrency, forecast.BarOutside, forecast.BarLost:
	}
	return []string{o.T(barTexts[bar].note, deals)}
}

// check writes out the sum, so that anybody can do it.
func (o *outcomeView) check(said chart.WaterfallStep, steps []chart.WaterfallStep, came chart.WaterfallStep) string {
	sum := said.Text
	for _, s := range steps {
		sign := "+"
		if s.Amount < 0 {
			sign = i18n.Minus
		}
		if s.Amount != 0 {
			sum += " " + sign + i18n.Nbsp + o.RoundedAmount(max(s.Amount, -s.Amount))
		}
	}
	return o.T("outcome.bars.check", sum, o.Whole(o.MoneyOf(came.Amount)))
}

// byNext splits the difference by the milestone that each deal waited for.
func (o *outcomeView) byNext() *nextView {
	a := &o.chosen
	if !a.HasForecast || !a.Complete || a.OpenDeals == 0 {
		return nil
	}
	v := &nextView{Sum: o.nextSum()}
	most, top := -1, 0.0
	for i := range a.Next {
		if gone := a.Next[i].Gone(); gone > top {
			most, top = i, gone
		}
	}
	for i := range a.Next {
		v.Rows = append(v.Rows, o.nextRow(&a.Next[i], top))
	}
	switch all := -(a.Bars.Lost + a.Bars.Slipped); {
	case most < 0:
		v.Lead = o.Sentence("outcome.next.nothing_gone")
	case a.Next[most].Next == forecast.NextUnknown:
		v.Lead = o.Sentence("outcome.next.most_unknown", o.dayOf(a.AsOf), i18n.Unbroken(o.Whole(o.MoneyOf(top))), i18n.Unbroken(o.Whole(o.MoneyOf(all))))
	case a.Next[most].Next == "":
		v.Lead = o.Sentence("outcome.next.most_passed", o.dayOf(a.AsOf), i18n.Unbroken(o.Whole(o.MoneyOf(top))), i18n.Unbroken(o.Whole(o.MoneyOf(all))))
	default:
		v.Lead = o.Sentence("outcome.next.most", o.dayOf(a.AsOf), i18n.Strong(o.milestone(&a.Next[most])), i18n.Unbroken(o.Whole(o.MoneyOf(top))), i18n.Unbroken(o.Whole(o.MoneyOf(all))))
	}
	v.Key = []chart.LegendEntry{
		{Marks: []chart.Shape{chart.Rect("exp", 1, 3, 20, 11)}, Text: o.T("outcome.next.key_lost")}, {Marks: []chart.Shape{chart.Rect("fin", 1.5, 3.5, 19, 10)}, Text: o.T("outcome.next.key_slipped")},
	}
	return v
}

func (o *outcomeView) milestone(b *forecast.NextBars) string {
	switch b.Next {
	case "":
		return o.T("outcome.next.all_passed")
	case forecast.NextUnknown:
		return o.T("deals.group_unknown")
	}
	return o.model.MilestoneName(b.Process, b.Next)
}

// in an address: the deals that had passed every milestone

func (o *outcomeView) nextRow(b *forecast.NextBars, top float64) nextRow {
	key := string(b.Next)
	if key == "" {
		key = wording.AllPassed
	}
	cell := func(text string, minor float64, bar string) parts.Cell {
		if minor == 0 {
			return parts.Cell{Text: text}
		}
		return parts.Cell{Text: text, Href: o.ask.Href(urls.OutcomeDealsPath, "chosen", o.chosen.Period.Label(), "bar", bar, "next", key)}
	}
	return nextRow{
		Name: cell(o.milestone(b), 1, barOpen), Deals: o.Int(int64(b.Deals)), Forecast: cell(o.RoundedAmount(b.Forecast), b.Forecast, barOpen),
		Won: cell(o.RoundedDelta(b.Won), b.Won, string(forecast.BarWon)), Lost: cell(o.RoundedDelta(b.Lost), b.Lost, string(forecast.BarLost)),
		Slipped: cell(o.RoundedDelta(b.Slipped), b.Slipped, string(forecast.BarSlipped)),
		Bars:    chart.Stacked(top, []float64{-b.Lost, -b.Slipped}, []string{"up", "dn"}),
	}
}

func (o *outcomeView) nextSum() nextRow {
	a := &o.chosen
	return nextRow{
		Name: parts.Cell{Text: o.T("outcome.all")}, Deals: o.Int(int64(a.OpenDeals)), Forecast: parts.Cell{Text: o.RoundedAmount(a.Open)},
		Won: parts.Cell{Text: o.RoundedDelta(a.Bars.WonBeyond)}, Lost: parts.Cell{Text: o.RoundedDelta(a.Bars.Lost)}, Slipped: parts.Cell{Text: o.RoundedDelta(a.Bars.Slipped)},
	}
}
