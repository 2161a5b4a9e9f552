package forecasts

import (
	"cmp"

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
		by := f.ask.grouping()
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
		made = v.AsReports().Forecast(f.Currency, by, part("", f.report, f.ask.scope()), parts)
		return nil
	})
	return made, err
}

// keyedForecast is the report for another program, which is told what it asked wrongly instead of getting the period that runs now.
func keyedForecast(v *web.Request) (any, error) {
	var ask forecastQuery
	err := v.Query(&ask)
	if err != nil {
		return nil, err
	}
	var faults process.Problems
	period, err := v.FileInfo.Calendar.ParsePeriod(ask.Period)
	if ask.Period != "" && err != nil {
		faults.Join(err)
	}
	day, err := report.GivenDay("day", ask.Day)
	faults.Join(err)
	err = v.Reports(func(r *web.ReportCache) error {
		_, err := report.Question{By: ask.By}.Query(r.Model.Team())
		faults.Join(err)
		switch first, today := r.Model.FirstOpened(), r.Model.Today(); {
		case first > today:
			return process.Missing("keys.no_deals")
		case day > today, !day.IsZero() && day < first:
			faults.Add("day", "keys.no_such_day", first, today)
		case len(faults) == 0 && ask.Period != "" && period.End < cmp.Or(day, today):
			faults.Add("period", "keys.period_over", ask.Period, web.KeyedPath+"outcome")
		}
		return faults.OrNil()
	})
	if err != nil {
		return nil, err
	}
	made, err := forecastReport(v)
	if err != nil {
		return nil, err
	}
	return made.JSON(), nil
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
		c := r.Changes(f.period(), from, f.day, f.ask.scope())
		made = v.AsReports().Changes(r.Model.Team(), f.Currency, c, func(k changes.Kind) string { return f.changeName(c, k) })
		return nil
	})
	return made, err
}
