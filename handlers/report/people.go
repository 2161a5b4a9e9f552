package report

import (
	"io"

	"milstolpe/process/forecast"
	"milstolpe/process/stats"
)

// ValueAdded is the staircase: whether people's own numbers came closer than the milestones, and these closer than no thought.
func (p Reports) ValueAdded(q forecast.Query, steps []forecast.StepScore) Report {
	g := newGrid(p.Text, steps, p.stepColumns())
	return Report{
		JSON:   func() any { return newStaircaseJSON(q, steps) },
		Tables: p.tables(p.Text.T("value.title"), g),
		Show:   func(out io.Writer) error { return g.table(out, p.Text) },
	}
}

// Sellers is how each seller's own numbers lean, and whether all work in the same way.
func (p Reports) Sellers(m *forecast.Model, leanings []forecast.SellerLeaning) Report {
	document := newSellersJSON(m, leanings)
	g := newGrid(p.Text, document.Sellers, p.sellerColumns())
	return Report{
		JSON:   func() any { return document },
		Tables: p.tables(p.Text.T("sellers.title"), g),
		Show:   func(out io.Writer) error { return g.table(out, p.Text) },
	}
}

func (p Reports) stepColumns() []column[forecast.StepScore] {
	type step = forecast.StepScore
	verdict := func(g forecast.Gain) cell {
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
func valueWord(v stats.Value) string {
	switch v {
	case stats.Adds:
		return "adds"
	case stats.TakesAway:
		return "takes_away"
	case stats.CannotTellValue:
	}
	return "cannot_tell"
}

func (p Reports) sellerColumns() []column[sellerJSON] {
	leaning := func(l forecast.Leaning) cell { return textCell(p.Text.T("cli.leaning." + string(l))) }
	late := func(l forecast.Leaning) cell { return textCell(p.Text.T("cli.dates." + string(l))) }
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
