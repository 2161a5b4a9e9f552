package forecasts

import (
	"milstolpe/handlers/report"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/changes"
	"milstolpe/process/forecast"
	"milstolpe/process/winloss"
)

// forecastReport is the forecast that the page shows, split as its table is.
func forecastReport(v *web.Request) (made report.Report, err error) {
	var ask forecastQuery
	if err := v.Query(&ask); err != nil {
		return made, err
	}
	err = v.Reports(func(r *web.ReportCache) error {
		if r.Model.FirstOpened() > r.Model.Today() {
			return process.Missing("forecast.no_such_number")
		}
		f := newForecastView(v.Text, r, ask)
		by := ask.grouping()
		part := func(name string, p *forecast.PeriodReport, in forecast.Scope) report.Part {
			one := report.Part{Name: name, Report: p}
			if target, ok := f.target(in); ok {
				toOpen := winloss.OpeningsFor(f.model, f.period(), f.day, in, target-p.Uncorrected()-p.Correction)
				one.Target, one.ToOpen = &target, &toOpen
			}
			return one
		}
		var parts []report.Part
		for _, p := range f.parts(by) {
			parts = append(parts, part(p.name, p.report, f.scopeOf(by, p.key)))
		}
		made = v.AsReports().Forecast(f.Currency, by, part("", f.report, ask.scope()), parts)
		return nil
	})
	return made, err
}

// changesReport is what changed in the forecast between the two days of the page.
func changesReport(v *web.Request) (made report.Report, err error) {
	var ask forecastQuery
	if err := v.Query(&ask); err != nil {
		return made, err
	}
	err = v.Reports(func(r *web.ReportCache) error {
		if r.Model.FirstOpened() > r.Model.Today() {
			return process.Missing("forecast.no_such_number")
		}
		f, from := changesBetween(v.Text, r, ask)
		c := r.Changes(f.period(), from, f.day, ask.scope())
		made = v.AsReports().Changes(r.Model.Team(), f.Currency, c, func(k changes.Kind) string { return f.changeName(c, k) })
		return nil
	})
	return made, err
}
