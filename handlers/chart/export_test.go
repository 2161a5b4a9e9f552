package chart_test

import (
	"milstolpe/handlers/chart"
	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
)

// DrawOutcome draws the chart of forecast against actual.
func DrawOutcome(t *i18n.Text, marks []chart.Period) chart.Chart {
	return chart.Outcome(t, "c", "title", "desc", "SEK", marks)
}

// DrawOutlook draws the chart of what came and what is forecast.
func DrawOutlook(t *i18n.Text, marks []chart.Period) chart.Chart {
	return chart.Forecast(t, "c", "title", "desc", "SEK", marks)
}

// DrawStairs draws the staircase of value added.
func DrawStairs(t *i18n.Text, steps []chart.Step) chart.Chart {
	return chart.Stairstep(t, "s", "title", "desc", "steps", steps)
}

// DrawFall lays out a fall that begins with a total and goes through steps.
func DrawFall(start float64, steps []float64) chart.Waterfall {
	var list []chart.WaterfallStep
	end := start
	for _, s := range steps {
		list = append(list, chart.WaterfallStep{Amount: s})
		end += s
	}
	return chart.NewWaterfall("head", "unit", chart.WaterfallStep{Amount: start}, list, chart.WaterfallStep{Amount: end})
}

// AddUp rounds kronor in öre to whole kronor that add up to a total.
func AddUp(t *i18n.Text, exact []float64, total float64) []float64 {
	return figures.NewAmounts(t, "SEK").LargestRemainder(exact, total)
}
