package handlers

import (
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// How many periods the chart shows: those that have been, and those that are to come after the one that is running.
const (
	pastMarks  = 8
	laterMarks = 3
)

// overTime shows what came in the periods that have been, and what is forecast for the running one and the next.
func (f *forecastView) overTime() Chart {
	running := f.team().Calendar().Period(f.period().Kind, f.day)
	first := running.Back(pastMarks)
	for first.End < f.model.FirstOpened() {
		first = first.Next()
	}
	last := running
	for range laterMarks {
		last = last.Next()
	}
	for last.Start < f.period().Start {
		first, last = first.Next(), last.Next()
	}
	var marks []PeriodMark
	for p := first; p.Start <= last.Start; p = p.Next() {
		m := PeriodMark{Label: f.axisLabel(p), Name: f.periodName(p), Chosen: p.Start == f.period().Start, Href: f.ask.href(forecastURL, "period", p.Label())}
		if year := f.axisYear(p); p.Start == first.Start || year != f.axisYear(p.Previous()) {
			m.Year = year
		}
		if p.End < f.day {
			m.Came = majorOf(f.cameIn(p), f.currency)
		} else {
			f.forecastMark(&m, p)
		}
		marks = append(marks, m)
	}
	return f.outlookChart("later", f.T("forecast.chart.title", marks[0].Name, marks[len(marks)-1].Name), f.T("forecast.chart.desc"), f.currency, marks)
}

// cameIn is what a period brought, as known on the day that the forecast looks from.
func (f *forecastView) cameIn(p process.Period) float64 {
	sum := 0.0
	for _, d := range f.model.WonSoFar(&forecast.PeriodReport{Period: p, AsOf: f.day}, f.ask.scope()) {
		sum += d.Brought
	}
	return sum
}

// forecastMark fills in the parts of the forecast of a period that is running or to come.
func (f *forecastView) forecastMark(m *PeriodMark, p process.Period) {
	r := f.reports.Forecast(p, f.day, f.ask.scope())
	m.Forecast, m.Won, m.Open, m.New = true, majorOf(r.WonSoFar, f.currency), majorOf(r.Pipeline, f.currency), majorOf(r.NewMoney.Mean, f.currency)
	m.HasRange, m.Low, m.High = f.ranged(r), majorOf(r.Range.P10, f.currency), majorOf(r.Range.P90, f.currency)
}
