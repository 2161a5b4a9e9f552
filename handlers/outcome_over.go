package handlers

import (
	"strconv"

	"milstolpe/process"
	"milstolpe/process/counting"
	"milstolpe/process/forecast"
)

// overView is how forecast and actual compared over time.
type overView struct {
	Lead  []Piece
	Posts *Posts // towards the fewest periods that say anything
	Note  []Piece
	Chart *Chart
}

// Fewest periods that say anything, and that a lean is named from (model, section 9).
const (
	tellFrom = 4
	leanFrom = 6
)

func (o *outcomeView) overTime() overView {
	s := &o.report.Summary
	v := overView{Lead: sentences(o.usualMiss(), o.insideRange()), Note: sentences(o.naive(), o.bySource())}
	if s.Periods < tellFrom {
		v.Lead = nil
		v.Posts = &Posts{Sentence: o.T("outcome.over.cannot_tell", s.Periods, o.count(tellFrom)), Have: s.Periods, Need: tellFrom}
	}
	if marks := o.marks(); s.Periods > 0 || len(marks) > 2 {
		chart := o.outcomeChart("over", o.T("outcome.chart.title", marks[0].Name, marks[len(marks)-1].Name),
			o.T("outcome.chart.desc", o.the)+" "+plain(o.insideRange()), o.currency, marks)
		chart.TwinHref = "#periods"
		v.Chart = &chart
	}
	return v
}

// usualMiss is the mean miss, and to which side it leans as far as that can be said.
func (o *outcomeView) usualMiss() []Piece {
	s := &o.report.Summary
	if s.WAPE == nil {
		return o.Sentence("outcome.over.nothing_came", o.count(s.Periods))
	}
	miss := unbroken(o.Percent(*s.WAPE))
	switch {
	case s.Lean == counting.TooHigh:
		return o.Sentence("outcome.over.too_high", miss)
	case s.Lean == counting.TooLow:
		return o.Sentence("outcome.over.too_low", miss)
	case s.Periods < leanFrom:
		return o.Sentence("outcome.over.lean_unknown", miss, s.Periods, o.count(leanFrom))
	}
	return o.Sentence("outcome.over.no_lean", miss)
}

// insideRange counts the complete periods that ended inside their range, of those that showed one.
func (o *outcomeView) insideRange() []Piece {
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
	return o.Sentence("outcome.over.inside", inside, unbroken(o.count(ranged)))
}

// naive holds the forecast against the guess that needs no program.
func (o *outcomeView) naive() []Piece {
	s := &o.report.Summary
	if s.NaiveWAPE == nil || s.Periods < tellFrom {
		return nil
	}
	return o.Sentence("outcome.over.naive", o.the, unbroken(o.Percent(*s.NaiveWAPE)))
}

var sourceTexts = map[forecast.Source]struct{ all, miss, few, row string }{
	forecast.Noted:    {"outcome.noted.all", "outcome.noted.miss", "outcome.noted.few", "outcome.noted.row"},
	forecast.Rebuilt:  {"outcome.rebuilt.all", "outcome.rebuilt.miss", "outcome.rebuilt.few", "outcome.rebuilt.row"},
	forecast.Imported: {"outcome.imported.all", "outcome.imported.miss", "outcome.imported.few", "outcome.imported.row"},
}

// bySource scores noted, rebuilt and imported forecasts apart.
func (o *outcomeView) bySource() []Piece {
	var list [][]Piece
	for _, source := range []forecast.Source{forecast.Imported, forecast.Rebuilt, forecast.Noted} {
		s, texts := o.report.Of(source), sourceTexts[source]
		switch {
		case s.Periods == 0:
		case s.Periods == o.report.Summary.Periods:
			list = append(list, o.Sentence(texts.all, s.Periods, o.count(s.Periods)))
		case s.Periods < tellFrom:
			list = append(list, o.Sentence(texts.few, s.Periods, o.count(tellFrom)))
		case s.WAPE != nil:
			list = append(list, o.Sentence(texts.miss, s.Periods, o.count(s.Periods), unbroken(o.Percent(*s.WAPE))))
		}
	}
	return sentences(list...)
}

// mostMarks is how many periods a chart has room for.
const mostMarks = 16

// marks are the periods of the chart: the latest, but so many of them that the chosen one is among them.
func (o *outcomeView) marks() []PeriodMark {
	end := len(o.report.Periods)
	if o.index < end-mostMarks {
		end = o.index + mostMarks/2
	}
	start := max(0, end-mostMarks)
	var list []PeriodMark
	for i, p := range o.report.Periods[start:end] {
		list = append(list, PeriodMark{
			Label: o.axisLabel(p.Period), Name: o.periodName(p.Period), Chosen: start+i == o.index,
			Href:    o.ask.href(outcomePath, "chosen", p.Period.Label()),
			Came:    majorOf(p.Actual, o.currency),
			Running: !p.Complete, HasSaid: p.HasForecast, Said: majorOf(p.Forecast, o.currency), Source: p.Source,
			HasRange: p.HasForecast && p.RangeShown, Low: majorOf(p.Range.P10, o.currency), High: majorOf(p.Range.P90, o.currency),
		})
		if year := o.axisYear(p.Period); i == 0 || year != o.axisYear(o.report.Periods[start+i-1].Period) {
			list[i].Year = year
		}
	}
	return list
}

// axisLabel names a period under an axis, without its year.
func (t *Text) axisLabel(p process.Period) string {
	switch p.Kind {
	case process.Quarter:
		return "Q" + strconv.Itoa(p.Number)
	case process.Month:
		return t.monthShort(p.Start.Month())
	case process.Week, process.Year:
	}
	return t.Period(p)
}

// axisYear is the year that stands under the axis where it changes.
func (t *Text) axisYear(p process.Period) string {
	if p.Kind == process.Year {
		return ""
	}
	return fiscal(p)
}

// periodName names a period in a row or a title, with its year.
func (t *Text) periodName(p process.Period) string {
	if p.Kind == process.Week {
		return t.Period(p) + nbsp + strconv.Itoa(p.Year)
	}
	return t.Period(p)
}

// plain is the text of a sentence.
func plain(pieces []Piece) string {
	text := ""
	for _, p := range pieces {
		text += p.Text
	}
	return text
}
