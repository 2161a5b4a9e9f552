package command

import (
	"cmp"
	"context"

	"milstolpe/process"
)

// Standings is report standings; no day means today.
type Standings struct{ Process, AsOf, Format string }

// Run shows what was learned of a process: for each place where a deal can stand, how often such deals are won.
func (q *Standings) Run(_ context.Context, p *Program) error {
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
		asOf := cmp.Or(asked, today)
		c := process.NewModel(t, today).Calibration(proc.ID, asOf)
		if c == nil {
			return process.Wrong("process", "process.none_published")
		}
		return write(p.reports().Standings(proc.Name(), c, asOf))
	})
}

// Deals is report deals; no day means today.
type Deals struct{ AsOf, Format string }

// Run lists the deals that were open on a day, with their chances as they stood then.
func (q *Deals) Run(_ context.Context, p *Program) error {
	write, err := p.format(q.Format)
	if err != nil {
		return err
	}
	asked, err := givenDay("--as-of", q.AsOf)
	if err != nil {
		return err
	}
	return p.read(func(t *process.Team, today process.Date) error {
		return write(p.reports().Deals(process.NewModel(t, today), cmp.Or(asked, today)))
	})
}
