package command

import (
	"cmp"
	"context"

	"milstolpe/handlers/report"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// Past is which complete periods a report looks back on. Empty texts take the default: quarters, from the first deal to today.
type Past struct {
	Period, From, To string
	Lead             int
	Format           string
}

// over reads what was asked and lets make fill in the report.
func (q *Past) over(p *Program, make func(*forecast.Model, forecast.Query) (report.Report, error)) error {
	write, err := p.format(q.Format)
	if err != nil {
		return err
	}
	return p.read(func(t *sales.Team, today process.Date) error {
		asked := Forecast{Period: q.Period, From: q.From, To: q.To, Lead: q.Lead}
		query, err := asked.query(t)
		if err != nil {
			return err
		}
		query.Kind = cmp.Or(query.Kind, process.Quarter)
		r, err := make(forecast.NewModel(t, today), query)
		if err != nil {
			return err
		}
		return write(r)
	})
}

// ValueAdded is report value-added: whether people's own numbers came closer than the milestones, and these closer than no thought.
type ValueAdded struct{ Past }

// Run scores every step of the staircase.
func (q *ValueAdded) Run(_ context.Context, p *Program) error {
	return q.over(p, func(m *forecast.Model, query forecast.Query) (report.Report, error) {
		steps, err := m.ValueAdded(query)
		return p.reports().ValueAdded(query, steps), err
	})
}

// Sellers is report sellers: how each seller's own numbers lean, and whether all work in the same way. Nobody is ranked.
type Sellers struct{ Past }

// Run looks at each seller over the complete periods.
func (q *Sellers) Run(_ context.Context, p *Program) error {
	return q.over(p, func(m *forecast.Model, query forecast.Query) (report.Report, error) {
		leanings, err := m.Sellers(query)
		return p.reports().Sellers(m, leanings), err
	})
}
