package command

import (
	"context"

	"milstolpe/handlers/i18n"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/winloss"
)

// Forecast is report forecast-vs-actual. Empty texts take the default: quarters, from the first deal to today.
type Forecast struct {
	Period, From, To string
	Lead             int
	By               string
	Process          string
	Source           string
	Format           string
}

// Run compares forecasts with what came.
func (q *Forecast) Run(_ context.Context, p *Program) error {
	write, err := p.format(q.Format)
	if err != nil {
		return err
	}
	return p.ask(func(model *forecast.Model) error {
		query, err := q.query(model.Team())
		if err != nil {
			return err
		}
		r, err := model.Report(query)
		if err != nil {
			return err
		}
		p.sayUnrated(winloss.UnratedIn(model, r))
		return write(p.reports().Outcome(r))
	})
}

// sayUnrated says how many won deals a report does not count, because there is no rate for their currency.
func (p *Program) sayUnrated(u winloss.Unrated) {
	if u.Won > 0 {
		p.say("cli.report.no_rate", u.Won, i18n.JoinWith(u.Currencies, p.Text.T("import.and")))
	}
}

// query checks what was asked, all of it at once.
func (q *Forecast) query(t processes) (out forecast.Query, err error) {
	var faults process.Problems
	out.Lead = q.Lead
	if q.Period != "" {
		out.Kind, err = process.ParsePeriodKind(q.Period)
		collect(&faults, err)
	}
	out.From, err = givenDay("--from", q.From)
	collect(&faults, err)
	out.To, err = givenDay("--to", q.To)
	collect(&faults, err)
	out.By, err = oneOf("by", q.By, forecast.BySeller, forecast.ByProcess, forecast.ByCustomer, forecast.ByMilestone)
	collect(&faults, err)
	out.Source, err = oneOf("source", q.Source, forecast.Sources...)
	collect(&faults, err)
	if q.Process != "" {
		proc, err := processNamed(t, q.Process)
		collect(&faults, err)
		if err == nil {
			out.Scope.Process = proc.ID
		}
	}
	return out, faults.OrNil()
}
