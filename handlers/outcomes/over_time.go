package outcomes

import (
	"milstolpe/handlers/chart"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/wording"
	"milstolpe/process/forecast"
	"milstolpe/process/stats"
)

// overView is how forecast and actual compared over time.
type overView struct {
	Lead  []i18n.Piece
	Posts *chart.CountPictogram // towards the fewest periods that say anything
	Note  []i18n.Piece
	Chart *chart.Chart
}

// Fewest periods that say anything, and that a lean is named from (model, section 9).
const (
	tellFrom = 4
	leanFrom = 6
)

func (o *outcomeView) overTime() overView {
	s := &o.report.Summary
	v := overView{Lead: parts.Sentences(o.usualMiss(), o.insideRange()), Note: parts.Sentences(o.naive(), o.bySource())}
	if s.Periods < tellFrom {
		v.Lead = nil
		v.Posts = &chart.CountPictogram{Sentence: o.T("outcome.over.cannot_tell", s.Periods, o.count(tellFrom)), Have: s.Periods, Need: tellFrom}
	}
	if marks := o.marks(); s.Periods > 0 || len(marks) > 2 {
		chart := chart.Outcome(o.Amounts.Text, "over", o.T("outcome.chart.title", marks[0].Name, marks[len(marks)-1].Name),
			o.T("outcome.chart.desc", o.whenMade())+" "+parts.TextOf(o.insideRange()), o.Currency, marks)
		chart.TwinHref = "#periods"
		v.Chart = &chart
	}
	return v
}

// usualMiss is the mean miss, and to which side it leans as far as that can be said.
func (o *outcomeView) usualMiss() []i18n.Piece {
	s := &o.report.Summary
	if s.WAPE == nil {
		return o.Sentence("outcome.over.nothing_came", o.count(s.Periods))
	}
	miss := i18n.Unbroken(o.Percent(*s.WAPE))
	switch {
	case s.Lean == stats.TooHigh:
		return o.Sentence("outcome.over.too_high", miss)
	case s.Lean == stats.TooLow:
		return o.Sentence("outcome.over.too_low", miss)
	case s.Periods < leanFrom:
		return o.Sentence("outcome.over.lean_unknown", miss, s.Periods, o.count(leanFrom))
	}
	return o.Sentence("outcome.over.no_lean", miss)
}

// insideRange counts the complete periods that ended inside their range, of those that showed one.
func (o *outcomeView) insideRange() []i18n.Piece {
	inside, ranged := 0, 0
	for _, p := range o.report.Periods {
		if p.Complete && p.HasForecast && p.RangeShown {
			ranged++
			if p.Range.Holds(p.Actual, p.Forecast) {
				inside++
			}
		}
	}
	if ranged == 0 {
		return nil
	}
	return o.Sentence("outcome.over.inside", inside, i18n.Unbroken(o.count(ranged)))
}

// naive holds the forecast against the guess that needs no program.
func (o *outcomeView) naive() []i18n.Piece {
	s := &o.report.Summary
	if s.NaiveWAPE == nil || s.Periods < tellFrom {
		return nil
	}
	return o.Sentence("outcome.over.naive", o.the, i18n.Unbroken(o.Percent(*s.NaiveWAPE)))
}

var sourceTexts = map[forecast.Source]struct{ all, miss, few, row string }{
	forecast.Noted:        {"outcome.noted.all", "outcome.noted.miss", "outcome.noted.few", "outcome.noted.row"},
	forecast.NotedEarlier: {"outcome.noted_v1.all", "outcome.noted_v1.miss", "outcome.noted_v1.few", "outcome.noted_v1.row"},
	forecast.Rebuilt:      {"outcome.rebuilt.all", "outcome.rebuilt.miss", "outcome.rebuilt.few", "outcome.rebuilt.row"},
	forecast.Imported:     {"outcome.imported.all", "outcome.imported.miss", "outcome.imported.few", "outcome.imported.row"},
}

// bySource scores noted, rebuilt and imported forecasts apart.
func (o *outcomeView) bySource() []i18n.Piece {
	var list [][]i18n.Piece
	for _, source := range forecast.Sources {
		s, texts := o.report.Of(source), sourceTexts[source]
		switch {
		case s.Periods == 0:
		case s.Periods == o.report.Summary.Periods:
			list = append(list, o.Sentence(texts.all, s.Periods, o.count(s.Periods)))
		case s.Periods < tellFrom:
			list = append(list, o.Sentence(texts.few, s.Periods, o.count(tellFrom)))
		case s.WAPE != nil:
			list = append(list, o.Sentence(texts.miss, s.Periods, o.count(s.Periods), i18n.Unbroken(o.Percent(*s.WAPE))))
		}
	}
	return parts.Sentences(list...)
}

// maxMarks is how many periods a chart has room for.
const maxMarks = 16

// marks are the periods of the chart: the latest, but so many of them that the chosen one is among them.
func (o *outcomeView) marks() []chart.Period {
	end := len(o.report.Periods)
	if o.index < end-maxMarks {
		end = o.index + maxMarks/2
	}
	start := max(0, end-maxMarks)
	var list []chart.Period
	for i, p := range o.report.Periods[start:end] {
		list = append(list, chart.Period{
			Label: wording.AxisLabel(o.Amounts.Text, p.Period), Name: wording.PeriodName(o.Amounts.Text, p.Period), Chosen: start+i == o.index,
			Href:    o.ask.Href(urls.OutcomePath, "chosen", p.Period.Label()),
			Actual:  chart.MajorOf(p.Actual, o.Currency),
			Running: !p.Complete, HasForecast: p.HasForecast, Forecast: chart.MajorOf(p.Forecast, o.Currency), Source: p.Source,
			HasRange: p.HasForecast && p.RangeShown, Low: chart.MajorOf(p.Range.P10, o.Currency), High: chart.MajorOf(p.Range.P90, o.Currency),
		})
		if year := wording.AxisYear(o.Amounts.Text, p.Period); i == 0 || year != wording.AxisYear(o.Amounts.Text, o.report.Periods[start+i-1].Period) {
			list[i].Year = year
		}
	}
	return list
}
