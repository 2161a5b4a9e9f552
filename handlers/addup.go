package handlers

import (
	"math"
	"slices"

	"milstolpe/process/forecast"
	"milstolpe/process/money"
)

// ledger writes the model's amounts, floats in minor units of the reporting currency, as whole major units that add up.
type ledger struct {
	*Text
	currency string
	unit     float64 // minor units in a major one
}

func (t *Text) ledger(currency string) ledger {
	return ledger{t, currency, math.Pow10(money.Digits(currency))}
}

func (l ledger) of(minor float64) money.Amount {
	return money.New(int64(math.Round(minor)), l.currency)
}

// amount, delta and short write minor units as Text does amounts. They round once, to major units: rounding to öre first would make a
// krona of 49.5 öre.
func (l ledger) amount(minor float64) string { return l.Amount(l.of(l.round(minor))) }
func (l ledger) delta(minor float64) string  { return l.Delta(l.of(l.round(minor))) }
func (l ledger) short(minor float64) string  { return l.Short(l.of(l.round(minor))) }

// round makes an amount whole in major units.
func (l ledger) round(minor float64) float64 { return math.Round(minor/l.unit) * l.unit }

// addUp rounds amounts to whole major units so that they add up to a total, which is whole. What rounding leaves over goes to those that
// it is nearest to; an amount of nothing stays nothing.
func (l ledger) addUp(exact []float64, total float64) []float64 {
	whole := make([]float64, len(exact))
	left := math.Round(total / l.unit)
	var order []int
	for i, x := range exact {
		whole[i] = math.Round(x / l.unit)
		left -= whole[i]
		if math.Abs(x) > 0.005 {
			order = append(order, i)
		}
	}
	step := math.Copysign(1, left)
	slices.SortStableFunc(order, func(a, b int) int {
		gain := func(i int) float64 { return step * (exact[i]/l.unit - math.Round(exact[i]/l.unit)) }
		if d := gain(b) - gain(a); d != 0 {
			return int(math.Copysign(1, d))
		}
		return 0
	})
	for len(order) > 0 && left*step >= 0.5 {
		for _, i := range order {
			if left*step < 0.5 {
				break
			}
			whole[i] += step
			left -= step
		}
	}
	for i := range whole {
		whole[i] *= l.unit
	}
	return whole
}

// account is a period's numbers as they are printed: whole, and adding up along every line on which a reader may add them.
type account struct {
	*forecast.PeriodReport
	said, came                      float64
	open, newcomers, wonSoFar, late float64 // said = open + newcomers + wonSoFar + late
	bars                            forecast.Bridge
	next                            []forecast.NextBars
}

func (l ledger) account(m *forecast.Model, r *forecast.PeriodReport) account {
	a := account{PeriodReport: r}
	if r.HasForecast {
		a.said, a.bars, a.came = r.Bridge.Whole(r.Forecast, r.Actual, l.unit)
	} else {
		a.came = l.round(r.Actual)
	}
	parts := l.addUp([]float64{r.Pipeline, r.NewMoney.Mean, r.WonSoFar, r.Forecast - r.Pipeline - r.NewMoney.Mean - r.WonSoFar}, a.said)
	a.open, a.newcomers, a.wonSoFar, a.late = parts[0], parts[1], parts[2], parts[3]
	a.next = m.ByNext(r)
	for _, column := range []struct {
		of    func(*forecast.NextBars) *float64
		total float64
	}{
		{func(b *forecast.NextBars) *float64 { return &b.Forecast }, a.open},
		{func(b *forecast.NextBars) *float64 { return &b.Won }, a.bars.WonBeyond},
		{func(b *forecast.NextBars) *float64 { return &b.Lost }, a.bars.Lost},
		{func(b *forecast.NextBars) *float64 { return &b.Slipped }, a.bars.Slipped},
	} {
		exact := make([]float64, len(a.next))
		for i := range a.next {
			exact[i] = *column.of(&a.next[i])
		}
		for i, x := range l.addUp(exact, column.total) {
			*column.of(&a.next[i]) = x
		}
	}
	return a
}
