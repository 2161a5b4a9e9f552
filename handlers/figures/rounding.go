package figures

import (
	"math"

	"milstolpe/handlers/i18n"
	"milstolpe/process/forecast"
	"milstolpe/process/money"
)

// Amounts writes the model's amounts, floats in minor units of the reporting currency, as whole major units that add up.
type Amounts struct {
	*i18n.Text
	Currency      string
	MinorPerMajor float64 // minor units in a major one
}

// NewAmounts is for writing amounts of a currency, given by its code, in the language of t.
func NewAmounts(t *i18n.Text, currency string) Amounts {
	return Amounts{t, currency, math.Pow10(money.Digits(currency))}
}

// MoneyOf makes money of minor units, rounded to whole minor units.
func (l Amounts) MoneyOf(minor float64) money.Amount {
	return money.New(int64(math.Round(minor)), l.Currency)
}

// RoundedAmount writes minor units as Text.Amount does, rounded once, to major units: rounding to öre first would make a krona of 49.5 öre.
func (l Amounts) RoundedAmount(minor float64) string { return l.Amount(l.MoneyOf(l.Round(minor))) }

// RoundedDelta writes minor units as Text.Delta does, rounded once, to major units.
func (l Amounts) RoundedDelta(minor float64) string { return l.Delta(l.MoneyOf(l.Round(minor))) }

// RoundedShort writes minor units as Text.Short does, rounded once, to major units.
func (l Amounts) RoundedShort(minor float64) string { return l.Short(l.MoneyOf(l.Round(minor))) }

// Round makes an amount whole in major units. It stays in minor units.
func (l Amounts) Round(minor float64) float64 {
	return math.Round(minor/l.MinorPerMajor) * l.MinorPerMajor
}

// LargestRemainder rounds amounts to whole major units, so that they add up to a total. All are in minor units, before and after.
func (l Amounts) LargestRemainder(exact []float64, total float64) []float64 {
	return money.LargestRemainder(exact, total, l.MinorPerMajor)
}

// RoundedReport is a period's numbers as they are printed: whole, and adding up along every line on which a reader may add them.
type RoundedReport struct {
	*forecast.PeriodReport
	ForecastRounded, ActualRounded                           float64
	Open, Unopened, WonSoFarRounded, CorrectionRounded, Late float64 // these five add up to the forecast
	Bars                                                     forecast.Bridge
	Next                                                     []forecast.NextBars
}

// RoundReport rounds a report, and the parts and bars in it, so that its sums still hold.
func (l Amounts) RoundReport(m *forecast.Model, r *forecast.PeriodReport) RoundedReport {
	a := RoundedReport{PeriodReport: r}
	if r.HasForecast {
		a.ForecastRounded, a.Bars, a.ActualRounded = r.Bridge.Whole(r.Forecast, r.Actual, l.MinorPerMajor)
	} else {
		a.ActualRounded = l.Round(r.Actual)
	}
	parts := l.LargestRemainder([]float64{r.Pipeline, r.NewMoney.Mean, r.WonSoFar, r.Correction, r.Forecast - r.Uncorrected() - r.Correction}, a.ForecastRounded)
	a.Open, a.Unopened, a.WonSoFarRounded, a.CorrectionRounded, a.Late = parts[0], parts[1], parts[2], parts[3], parts[4]
	a.Next = m.ByNext(r)
	for _, column := range []struct {
		of    func(*forecast.NextBars) *float64
		total float64
	}{
		{func(b *forecast.NextBars) *float64 { return &b.Forecast }, a.Open},
		{func(b *forecast.NextBars) *float64 { return &b.Won }, a.Bars.WonBeyond},
		{func(b *forecast.NextBars) *float64 { return &b.Lost }, a.Bars.Lost},
		{func(b *forecast.NextBars) *float64 { return &b.Slipped }, a.Bars.Slipped},
	} {
		exact := make([]float64, len(a.Next))
		for i := range a.Next {
			exact[i] = *column.of(&a.Next[i])
		}
		for i, x := range l.LargestRemainder(exact, column.total) {
			*column.of(&a.Next[i]) = x
		}
	}
	return a
}

// FromTo writes two chances, given between 0 and 1, in per cent with an arrow between them.
func FromTo(t *i18n.Text, from, to float64) string {
	return t.Dec(from*100, 0) + i18n.Nbsp + "→" + i18n.Nbsp + t.Chance(to)
}

// Minor makes money of an amount of the model, which is a float in minor units.
func Minor(x float64, currency string) money.Amount {
	return money.New(int64(math.Round(x)), currency)
}
