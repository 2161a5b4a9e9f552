package command

import (
	"cmp"
	"context"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
	"milstolpe/process/winloss"
)

// Timing is report timing: when won deals closed against when they were said to. Empty texts: from the first deal to today.
type Timing struct{ From, To, Process, Format string }

// Run looks at the deals that were won in the days from one to the other.
func (q *Timing) Run(_ context.Context, p *Program) error {
	write, err := p.format(q.Format)
	if err != nil {
		return err
	}
	return p.read(func(t *sales.Team, today process.Date) error {
		asked := Forecast{From: q.From, To: q.To, Process: q.Process}
		query, err := asked.query(t)
		if err != nil {
			return err
		}
		to := cmp.Or(query.To, today)
		if query.From > to {
			return process.Wrong("from", "report.from_after_to", query.From, to)
		}
		return write(p.reports().Timing(t, winloss.TimingOf(forecast.NewModel(t, today), query.From, to, query.Scope)))
	})
}
