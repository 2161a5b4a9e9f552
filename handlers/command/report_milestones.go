package command

import (
	"context"

	"milstolpe/handlers/report"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// Milestones is report milestones: which milestones of a process matter, from the team's own deals; no day means today.
type Milestones struct{ Process, AsOf, Format string }

// Run compares them.
func (q *Milestones) Run(_ context.Context, p *Program) error {
	return p.reportOn(q.Format, q.AsOf, func(t *sales.Team, today, asOf process.Date) (r report.Report, err error) {
		proc, err := processNamed(t, q.Process)
		if err != nil {
			return r, err
		}
		return p.reports().Milestones(proc.Name(), forecast.NewModel(t, today).Evidence(proc.ID, asOf)), nil
	})
}
