package forecasts

import (
	"milstolpe/handlers/chart"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/wording"
	"milstolpe/process"
)

// How many periods the chart shows: those that have been, and those that are to come after the one that is running.
const (
	pastMarks  = 8
	laterMarks = 3
)

// overTime shows what came in the periods that have been, and what is forecast for the running one and the next.
func (f *forecastView) overTime() chart.Chart {
	running := f.model.Team().Calendar().Period(f.period().Kind, f.day)
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
	var marks []chart.Period
	for p := first; p.Start <= last.Start; p = p.Next() {
		m := chart.Period{Label: wording.AxisLabel(f.Amounts.Text, p), Name: wording.PeriodName(f.Amounts.Text, p), Chosen: p.Start == f.period().Start, Href: f.ask.href(urls.ForecastPath, "period", p.Label())}
		if year := wording.AxisYear(f.Amounts.Text, p); p.Start == first.Start || year != wording.AxisYear(f.Amounts.Text, p.Previous()) {
			m.Year = year
		}
		if p.End < f.day {
			m.Actual = chart.MajorOf(f.actualIn(p), f.Currency)
		} else {
			f.forecastMark(&m, p)
		}
		marks = append(marks, m)
	}
	return chart.Forecast(f.Amounts.Text, "later", f.T("forecast.chart.title", marks[0].Name, marks[len(marks)-1].Name), f.T("forecast.chart.desc"), f.Currency, marks)
}

// actualIn is what a period brought, as known on the day that the forecast looks from.
func (f *forecastView) actualIn(p process.Period) float64 {
	return f.model.BroughtBy(p, f.day, f.ask.scope())
}

// forecastMark fills in the parts of the forecast of a period that is running or to come.
func (f *forecastView) forecastMark(m *chart.Period, p process.Period) {
	r := f.reports.Forecast(p, f.day, f.ask.scope())
	m.InParts, m.Won, m.Open, m.New = true, chart.MajorOf(r.WonSoFar, f.Currency), chart.MajorOf(r.Pipeline, f.Currency), chart.MajorOf(r.NewMoney.Mean, f.Currency)
	m.Correction = chart.MajorOf(r.Correction, f.Currency)
	m.HasRange, m.Low, m.High = f.ranged(r), chart.MajorOf(r.Range.P10, f.Currency), chart.MajorOf(r.Range.P90, f.Currency)
}
