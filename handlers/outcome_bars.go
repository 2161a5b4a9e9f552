package handlers

import (
	"strings"

	"milstolpe/process/forecast"
)

// Names of numbers beside the bars, in addresses.
const (
	barForecast = "forecast"
	barActual   = "actual"
	barOpen     = "open"      // the open deals' part of the forecast
	barLostSaid = "lost_said" // what was expected to be lost
	barLostCame = "lost_came"
)

// barsView is the difference of the chosen period, which adds up.
type barsView struct {
	Title string
	Fall  Fall
	Check string
}

// nextView is the same by the milestone that the deals waited for.
type nextView struct {
	Lead []Piece
	Rows []nextRow
	Sum  nextRow
	Key  []KeyEntry
}

type nextRow struct {
	Name                         Cell
	Deals                        string
	Forecast, Won, Lost, Slipped Cell
	Bars                         []FallBar
}

// Cell is a text in a table, which may lead to the deals behind it, with a small line.
type Cell struct{ Text, Href, Small string }

func (o *outcomeView) difference() *barsView {
	a := &o.chosen
	if !a.HasForecast || !a.Complete {
		return nil
	}
	v := &barsView{Title: o.T("outcome.bars.title", a.Period)}
	said := FallStep{
		Name: o.T(o.wordsFor("outcome.bars.said", "outcome.bars.said_imported"), a.AsOf), Amount: a.said, Text: o.amount(a.said), Href: o.hrefIf(a.said != 0, barForecast), Notes: o.saidNotes(),
	}
	came := FallStep{
		Name: o.T("outcome.bars.came"), Amount: a.came, Text: o.amount(a.came), Href: o.hrefIf(a.ActualDeals > 0, barActual),
		Notes: []string{o.T("outcome.deals", a.ActualDeals)},
	}
	steps := o.steps()
	v.Fall = fall(o.T("outcome.bars.head"), o.T("outcome.bars.unit", o.Unit(o.currency)), said, steps, came)
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

func (o *outcomeView) saidNotes() []string {
	a := &o.chosen
	notes := []string{o.T("outcome.bars.open", a.OpenDeals, o.amount(a.open))}
	switch {
	case !a.NewMoney.Known:
		notes = append(notes, o.T("outcome.bars.new_unknown"))
	case a.newcomers != 0:
		notes = append(notes, o.T("outcome.bars.new", o.amount(a.newcomers)))
	}
	return []string{strings.Join(notes, ", ")}
}

var barTexts = map[forecast.Bar]struct{ name, note string }{
	forecast.BarWon:       {"outcome.bars.won", "outcome.deals"},
	forecast.BarValue:     {"outcome.bars.value", "outcome.deals"},
	forecast.BarCurrency:  {"outcome.bars.currency", "outcome.deals"},
	forecast.BarOutside:   {"outcome.bars.outside", "outcome.deals"},
	forecast.BarLost:      {"outcome.bars.lost", "outcome.deals"},
	forecast.BarSlipped:   {"outcome.bars.slipped", "outcome.bars.slipped_deals"},
	forecast.BarNewcomers: {"outcome.bars.newcomers", "outcome.bars.newcomers_deals"},
	forecast.BarLate:      {"outcome.bars.late", ""},
}

// steps are the bars; the four that every period has, and the others where there is something in them.
func (o *outcomeView) steps() []FallStep {
	b := &o.chosen.bars
	var list []FallStep
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
		{forecast.BarLate, b.Late, false},
	} {
		deals := len(o.chosen.In(bar.bar))
		if !bar.always && bar.amount == 0 {
			continue
		}
		s := FallStep{Name: o.T(barTexts[bar.bar].name), Amount: bar.amount, Text: o.delta(bar.amount), Notes: o.barNotes(bar.bar, deals)}
		if bar.bar != forecast.BarLate {
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
	case forecast.BarSlipped:
		return []string{o.T(barTexts[bar].note, deals, o.DayNear(a.Period.End, a.Period.End))}
	case forecast.BarNewcomers:
		if deals == 0 {
			return []string{o.T("outcome.bars.newcomers_none", o.amount(a.newcomers))}
		}
		return []string{o.T(barTexts[bar].note, deals, o.amount(a.newcomers))}
	case forecast.BarWon, forecast.BarValue, forecast.BarCurrency, forecast.BarOutside, forecast.BarLost:
	}
	return []string{o.T(barTexts[bar].note, deals)}
}

// check writes out the sum, so that anybody can do it.
func (o *outcomeView) check(said FallStep, steps []FallStep, came FallStep) string {
	sum := said.Text
	for _, s := range steps {
		sign := "+"
		if s.Amount < 0 {
			sign = minus
		}
		if s.Amount != 0 {
			sum += " " + sign + nbsp + o.amount(max(s.Amount, -s.Amount))
		}
	}
	return o.T("outcome.bars.check", sum, o.Whole(o.of(came.Amount)))
}

// byNext splits the difference by the milestone that each deal waited for.
func (o *outcomeView) byNext() *nextView {
	a := &o.chosen
	if !a.HasForecast || !a.Complete || a.OpenDeals == 0 {
		return nil
	}
	v := &nextView{Sum: o.nextSum()}
	most, top := -1, 0.0
	for i := range a.next {
		if gone := a.next[i].Gone(); gone > top {
			most, top = i, gone
		}
	}
	for i := range a.next {
		v.Rows = append(v.Rows, o.nextRow(&a.next[i], top))
	}
	switch all := -(a.bars.Lost + a.bars.Slipped); {
	case most < 0:
		v.Lead = o.Sentence("outcome.next.nothing_gone")
	case a.next[most].Next == "":
		v.Lead = o.Sentence("outcome.next.most_passed", o.dayOf(a.AsOf), unbroken(o.Whole(o.of(top))), unbroken(o.Whole(o.of(all))))
	default:
		v.Lead = o.Sentence("outcome.next.most", o.dayOf(a.AsOf), strong(o.milestone(&a.next[most])), unbroken(o.Whole(o.of(top))), unbroken(o.Whole(o.of(all))))
	}
	v.Key = []KeyEntry{
		{[]Mark{rect("exp", 1, 3, 20, 11)}, o.T("outcome.next.key_lost")}, {[]Mark{rect("fin", 1.5, 3.5, 19, 10)}, o.T("outcome.next.key_slipped")},
	}
	return v
}

func (o *outcomeView) milestone(b *forecast.NextBars) string {
	if b.Next == "" {
		return o.T("outcome.next.all_passed")
	}
	return o.model.MilestoneName(b.Process, b.Next)
}

const allPassed = "-" // in an address: the deals that had passed every milestone

func (o *outcomeView) nextRow(b *forecast.NextBars, top float64) nextRow {
	key := string(b.Next)
	if key == "" {
		key = allPassed
	}
	cell := func(text string, minor float64, bar string) Cell {
		if minor == 0 {
			return Cell{Text: text}
		}
		return Cell{Text: text, Href: o.ask.href(outcomeDealsPath, "chosen", o.chosen.Period.Label(), "bar", bar, "next", key)}
	}
	return nextRow{
		Name: cell(o.milestone(b), 1, barOpen), Deals: o.Int(int64(b.Deals)), Forecast: cell(o.amount(b.Forecast), b.Forecast, barOpen),
		Won: cell(o.delta(b.Won), b.Won, string(forecast.BarWon)), Lost: cell(o.delta(b.Lost), b.Lost, string(forecast.BarLost)),
		Slipped: cell(o.delta(b.Slipped), b.Slipped, string(forecast.BarSlipped)),
		Bars:    stacked(top, []float64{-b.Lost, -b.Slipped}, []string{"up", "dn"}),
	}
}

func (o *outcomeView) nextSum() nextRow {
	a := &o.chosen
	return nextRow{
		Name: Cell{Text: o.T("outcome.all")}, Deals: o.Int(int64(a.OpenDeals)), Forecast: Cell{Text: o.amount(a.open)},
		Won: Cell{Text: o.delta(a.bars.WonBeyond)}, Lost: Cell{Text: o.delta(a.bars.Lost)}, Slipped: Cell{Text: o.delta(a.bars.Slipped)},
	}
}
