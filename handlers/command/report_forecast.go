package command

import (
	"context"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/report"
	"milstolpe/process/forecast"
	"milstolpe/process/winloss"
)

// Forecast is report forecast-vs-actual. Empty texts take the default: quarters, from the first deal to today.
type Forecast struct {
	Period, From, To string
	Lead             int
	By               string
	Process          string
	Only             []string `sep:"none"` // choices of the team's own lists: Region=North
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
		query, err := q.question().Query(model.Team())
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

// question is what was asked for at the command line.
func (q *Forecast) question() report.Question {
	return report.Question{Period: q.Period, From: q.From, To: q.To, Lead: q.Lead, By: q.By, Process: q.Process, Only: q.Only, Source: q.Source, Flag: "--"}
}
