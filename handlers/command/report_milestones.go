package command

import (
	"cmp"
	"context"

	"milstolpe/process"
)

// Milestones is report milestones: which milestones of a process matter, from the team's own deals; no day means today.
type Milestones struct{ Process, AsOf, Format string }

// Run compares them.
func (q *Milestones) Run(_ context.Context, p *Program) error {
	write, err := p.format(q.Format)
	if err != nil {
		return err
	}
	asked, err := givenDay("--as-of", q.AsOf)
	if err != nil {
		return err
	}
	return p.read(func(t *process.Team, today process.Date) error {
		proc, err := processNamed(t, q.Process)
		if err != nil {
			return err
		}
		return write(p.reports().Milestones(proc.Name(), process.NewModel(t, today).Evidence(proc.ID, cmp.Or(asked, today))))
	})
}
