package forecasts

import (
	"math"
	"strconv"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/winloss"
)

// openings says how many deals must be opened for the target of the page; nothing where it has none. What is missing is the difference
// that the table shows.
func (f *forecastView) openings() []i18n.Piece {
	in := f.ask.scope()
	exact, ok := f.target(in)
	if !ok || f.period().End == f.day {
		return nil
	}
	o := winloss.OpeningsFor(f.model, f.period(), f.day, in, f.Round(exact)-f.rounded.ForecastRounded)
	target := i18n.Unbroken(f.ShortCode(f.MoneyOf(exact)))
	switch o.Advice {
	case winloss.NothingToOpen:
		if f.rounded.WonSoFarRounded >= f.Round(exact) {
			return f.Sentence("forecast.openings.won", target)
		}
		return f.Sentence("forecast.openings.reached", target)
	case winloss.TooFewWon:
		return f.Sentence("forecast.openings.too_few", target, o.Won, winloss.OpeningsNeedWon)
	case winloss.TooLateToOpen:
		return f.Sentence("forecast.openings.too_late", target, wording.PeriodName(f.Amounts.Text, f.model.Team().Calendar().Period(f.period().Kind, o.CountsIn)))
	case winloss.OpenMore:
	}
	when := f.T("forecast.openings.by", f.openDay(o.By))
	if o.From > f.day {
		when = f.T("forecast.openings.between", f.openDay(o.From), f.openDay(o.By))
	}
	need := f.Sentence("forecast.openings.need", o.Deals, target, i18n.Unbroken(when))
	if in.Seller != "" {
		need = f.Sentence("forecast.openings.need_seller", o.Deals, target, i18n.Unbroken(when), f.model.Team().Person(in.Seller))
	}
	between := f.Int(int64(o.AtLeast))
	if o.AtMost > o.AtLeast {
		between += i18n.Dash + f.Int(int64(o.AtMost))
	}
	basis := "forecast.openings.basis"
	if f.rounded.Unopened > 0 {
		basis = "forecast.openings.basis_beyond"
	}
	return parts.Sentences(need, f.Sentence(basis, i18n.Unbroken(between), i18n.Unbroken(f.ShortCode(f.MoneyOf(threeFigures(o.Size)))), f.Percent(o.Share)))
}

// openDay is a day as it is said: 20 January, with the year where that is more than a year away.
func (f *forecastView) openDay(d process.Date) string {
	text := strconv.Itoa(d.Day()) + i18n.Nbsp + f.Month(d.Month())
	if d.Sub(f.day) > 365 {
		text += i18n.Nbsp + strconv.Itoa(d.Year())
	}
	return text
}

// threeFigures rounds an amount that is only about so large.
func threeFigures(minor float64) float64 {
	if minor == 0 {
		return 0
	}
	unit := math.Pow(10, math.Floor(math.Log10(math.Abs(minor)))-2)
	return math.Round(minor/unit) * unit
}
