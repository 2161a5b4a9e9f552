package chart

import (
	"math"

	"milstolpe/handlers/i18n"
	"milstolpe/process/money"
)

// scale turns numbers into coordinates of a picture.
type scale struct{ low, high, from, to float64 }

func (s scale) at(x float64) float64 {
	if s.high == s.low {
		return s.from
	}
	return s.from + (x-s.low)/(s.high-s.low)*(s.to-s.from)
}

// tickSteps are the steps that people count in.
var tickSteps = []float64{1, 2, 2.5, 5}

// tickStep is the round step that puts three or four lines between nothing and the top; five or two where no round step does.
func tickStep(top float64) float64 {
	if !(top > 0) || math.IsInf(top, 0) {
		return 1
	}
	best, miss := 0.0, math.Inf(1)
	ten := math.Pow10(int(math.Floor(math.Log10(top))) - 1)
	for range 3 {
		for _, s := range tickSteps {
			lines := math.Floor(top/(s*ten) + 1e-9)
			if off := math.Abs(lines - 3.5); off < miss {
				best, miss = s*ten, off
			}
		}
		ten *= 10
	}
	return best
}

// ticks are the round numbers from step to top.
func ticks(top float64) []float64 {
	step := tickStep(top)
	var list []float64
	for i := 1.0; i*step <= top*(1+1e-9) && i < 20; i++ {
		list = append(list, i*step)
	}
	return list
}

// DecimalsOf is how many decimals the multiples of a step need, at most four.
func DecimalsOf(step float64) int {
	for d := range 4 {
		if x := step * math.Pow10(d); math.Abs(x-math.Round(x)) < 1e-6 {
			return d
		}
	}
	return 4
}

// amountUnit is in what the amounts of a chart are counted: ones, thousands, millions or billions.
type amountUnit struct {
	size     float64 // in major units
	name     string
	decimals int // of the figures
}

// unitFor chooses the unit in which the largest amount, in major units, has one to three figures before the comma.
func unitFor(t *i18n.Text, top float64, currency string) amountUnit {
	u := amountUnit{1, t.Unit(currency), 0}
	switch top = math.Abs(top); {
	case top >= 950*i18n.Million:
		u = amountUnit{size: 1000 * i18n.Million, name: t.T("charts.milliard", t.Unit(currency))}
	case top >= 0.3*i18n.Million:
		u = amountUnit{size: i18n.Million, name: t.UnitShort(currency)}
	case top >= 950:
		u = amountUnit{size: 1000, name: t.T("charts.thousand", t.Unit(currency))}
	default:
		return u
	}
	u.decimals = i18n.ShortDecimals(top / u.size * i18n.Million)
	return u
}

// figure writes an amount, given in major units, without its unit.
func figure(t *i18n.Text, major float64, u amountUnit) string { return t.Dec(major/u.size, u.decimals) }

// MajorOf turns minor units of a currency, which may have fractions, into major ones, as charts take them.
func MajorOf(minor float64, currency string) float64 {
	return minor / math.Pow10(money.Digits(currency))
}
