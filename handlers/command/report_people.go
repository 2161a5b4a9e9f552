package command

import (
	"cmp"
	"context"
	"io"

	"milstolpe/process"
	"milstolpe/process/counting"
)

// Past is which complete periods a report looks back on. Empty texts take the default: quarters, from the first deal to today.
type Past struct {
	Period, From, To string
	Lead             int
	Format           string
}

// over reads what was asked and lets make fill in the report.
func (q *Past) over(p *Program, make func(*process.Model, process.Query) (report, error)) error {
	write, err := p.format(q.Format)
	if err != nil {
		return err
	}
	return p.read(func(t *process.Team, today process.Date) error {
		asked := Forecast{Period: q.Period, From: q.From, To: q.To, Lead: q.Lead}
		query, err := asked.query(t)
		if err != nil {
			return err
		}
		query.Kind = cmp.Or(query.Kind, process.Quarter)
		r, err := make(process.NewModel(t, today), query)
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
	return q.over(p, func(m *process.Model, query process.Query) (report, error) {
		steps, err := m.ValueAdded(query)
		columns := p.stepColumns()
		return report{
			json: func() any { return newStaircaseJSON(query, steps) },
			full: func() grid { return newGrid(p.Text, steps, columns) },
			show: func(out io.Writer) error { return newGrid(p.Text, steps, columns).table(out, p.Text) },
		}, err
	})
}

func (p *Program) stepColumns() []column[process.StepScore] {
	type step = process.StepScore
	verdict := func(g process.Gain) cell {
		if g.Periods == 0 {
			return cell{}
		}
		return textCell(p.Text.T("cli.verdict." + valueWord(g.Verdict)))
	}
	return []column[step]{
		{"cli.col.step", func(s step) cell { return textCell(p.Text.T("cli.step." + string(s.Step))) }},
		{"cli.col.periods", func(s step) cell { return countCell(s.Periods) }},
		{"cli.col.usual_miss", func(s step) cell { return given(s.WAPE, shareCell) }},
		{"cli.col.bias", func(s step) cell { return given(s.Bias, shareCell) }},
		{"cli.col.over_naive", func(s step) cell { return given(s.OverNaive.Gain, shareCell) }},
		{"cli.col.over_naive_verdict", func(s step) cell { return verdict(s.OverNaive) }},
		{"cli.col.over_below", func(s step) cell { return given(s.OverBelow.Gain, shareCell) }},
		{"cli.col.over_below_verdict", func(s step) cell { return verdict(s.OverBelow) }},
	}
}

// valueWord is a verdict on a step, as other programs get it.
func valueWord(v counting.Value) string {
	switch v {
	case counting.Adds:
		return "adds"
	case counting.TakesAway:
		return "takes_away"
	case counting.CannotTellValue:
	}
	return "cannot_tell"
}

// Sellers is report sellers: how each seller's own numbers lean, and whether all work in the same way. Nobody is ranked.
type Sellers struct{ Past }

// Run looks at each seller over the complete periods.
func (q *Sellers) Run(_ context.Context, p *Program) error {
	return q.over(p, func(m *process.Model, query process.Query) (report, error) {
		leanings, err := m.Sellers(query)
		document := newSellersJSON(m, leanings)
		columns := p.sellerColumns()
		return report{
			json: func() any { return document },
			full: func() grid { return newGrid(p.Text, document.Sellers, columns) },
			show: func(out io.Writer) error { return newGrid(p.Text, document.Sellers, columns).table(out, p.Text) },
		}, err
	})
}

func (p *Program) sellerColumns() []column[sellerJSON] {
	leaning := func(l process.Leaning) cell { return textCell(p.Text.T("cli.leaning." + string(l))) }
	late := func(l process.Leaning) cell { return textCell(p.Text.T("cli.dates." + string(l))) }
	return []column[sellerJSON]{
		{"cli.col.seller", func(s sellerJSON) cell { return given(s.Seller, textCell) }},
		{"cli.col.call_periods", func(s sellerJSON) cell { return countCell(s.Calls.Periods) }},
		{"cli.col.call_bias", func(s sellerJSON) cell { return given(s.Calls.Bias, figureCell) }},
		{"cli.col.call_leaning", func(s sellerJSON) cell { return leaning(s.Calls.Leaning) }},
		{"cli.col.value_deals", func(s sellerJSON) cell { return countCell(s.Values.Deals) }},
		{"cli.col.value_bias", func(s sellerJSON) cell { return given(s.Values.Bias, figureCell) }},
		{"cli.col.value_leaning", func(s sellerJSON) cell { return leaning(s.Values.Leaning) }},
		{"cli.col.date_deals", func(s sellerJSON) cell { return countCell(s.Dates.Deals) }},
		{"cli.col.date_days", func(s sellerJSON) cell { return given(s.Dates.Days, oneDecimal) }},
		{"cli.col.date_leaning", func(s sellerJSON) cell { return late(s.Dates.Leaning) }},
		{"cli.col.evidence_leaning", func(s sellerJSON) cell { return leaning(s.Evidence.Leaning) }},
	}
}

func oneDecimal(x figure) cell { return numberCell(float64(x), 1) }

func figureCell(x figure) cell { return shareCell(float64(x)) }
