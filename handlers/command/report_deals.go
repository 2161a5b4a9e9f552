package command

import (
	"cmp"
	"context"

	"milstolpe/handlers/report"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/winloss"
)

// Standings is report standings; no day means today.
type Standings struct{ Process, AsOf, Format string }

// Run shows what was learned of a process: for each place where a deal can stand, how often such deals are won.
func (q *Standings) Run(_ context.Context, p *Program) error {
	return p.reportOn(q.Format, q.AsOf, func(m *forecast.Model, asOf process.Date) (r report.Report, err error) {
		proc, err := report.ProcessNamed(m.Team(), q.Process)
		if err != nil {
			return r, err
		}
		c := m.Calibration(proc.ID, asOf)
		if c == nil {
			return r, process.Wrong("process", "process.none_published")
		}
		return p.reports().Standings(proc.Name(), m, c, asOf), nil
	})
}

// Deals is report deals; no day means today.
type Deals struct {
	AsOf, Format           string
	Only                   []string `sep:"none"` // choices of the team's own lists
	Unplanned, ClosePassed bool     // only those for which nothing was planned, and whose expected close had passed
}

// Run lists the deals that were open on a day, with their chances as they stood then.
func (q *Deals) Run(_ context.Context, p *Program) error {
	return p.reportOn(q.Format, q.AsOf, func(m *forecast.Model, asOf process.Date) (report.Report, error) {
		picks, err := report.PicksNamed(m.Team().Lists(), "--", q.Only)
		return p.reports().Deals(m, asOf, report.DealChoice{Unplanned: q.Unplanned, ClosePassed: q.ClosePassed, Picks: picks}), err
	})
}

// Roles is report roles: whom at the buyer we had met in the deals that were won and lost; no day means today.
type Roles struct{ Process, AsOf, Format string }

// Run counts them.
func (q *Roles) Run(_ context.Context, p *Program) error {
	return p.reportOn(q.Format, q.AsOf, func(m *forecast.Model, asOf process.Date) (r report.Report, err error) {
		proc, err := report.ProcessNamed(m.Team(), q.Process)
		if err != nil {
			return r, err
		}
		return p.reports().Roles(proc.Name(), winloss.Roles(m.Team(), proc.ID, asOf), asOf), nil
	})
}

// Milestones is report milestones: which milestones of a process matter, from the team's own deals; no day means today.
type Milestones struct{ Process, AsOf, Format string }

// Run compares them.
func (q *Milestones) Run(_ context.Context, p *Program) error {
	return p.reportOn(q.Format, q.AsOf, func(m *forecast.Model, asOf process.Date) (r report.Report, err error) {
		proc, err := report.ProcessNamed(m.Team(), q.Process)
		if err != nil {
			return r, err
		}
		return p.reports().Milestones(proc.Name(), winloss.Milestones(m.Team(), proc.ID, asOf)), nil
	})
}

// Timing is report timing: when won deals closed against when they were said to. Empty texts: from the first deal to today.
type Timing struct{ From, To, Process, Format string }

// Run looks at the deals that were won in the days from one to the other.
func (q *Timing) Run(_ context.Context, p *Program) error {
	write, err := p.format(q.Format)
	if err != nil {
		return err
	}
	return p.ask(func(m *forecast.Model) error {
		asked := Forecast{From: q.From, To: q.To, Process: q.Process}
		query, err := asked.question().Query(m.Team())
		if err != nil {
			return err
		}
		to := cmp.Or(query.To, m.Today())
		if query.From > to {
			return process.Wrong("from", "report.from_after_to", query.From, to)
		}
		return write(p.reports().Timing(m.Team(), winloss.TimingOf(m, query.From, to, query.Scope)))
	})
}
