package handlers

import (
	"math"

	"milstolpe/process/money"
)

// scale leads from numbers to places in a picture.
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

// decimalsOf is how many decimals the multiples of a step need.
func decimalsOf(step float64) int {
	for d := range 4 {
		if x := step * math.Pow10(d); math.Abs(x-math.Round(x)) < 1e-6 {
			return d
		}
	}
	return 4
}

// chartUnit is in what the amounts of a chart are counted: ones, thousands, millions or milliards.
type chartUnit struct {
	size     float64 // in major units
	name     string
	decimals int // of the figures
}

// unitFor chooses the unit in which the largest amount, in major units, has one to three figures before the comma.
func (t *Text) unitFor(top float64, currency string) chartUnit {
	u := chartUnit{1, t.Unit(currency), 0}
	switch top = math.Abs(top); {
	case top >= 950*million:
		u = chartUnit{size: 1000 * million, name: t.T("charts.milliard", t.Unit(currency))}
	case top >= 0.3*million:
		u = chartUnit{size: million, name: t.UnitShort(currency)}
	case top >= 950:
		u = chartUnit{size: 1000, name: t.T("charts.thousand", t.Unit(currency))}
	default:
		return u
	}
	u.decimals = shortDecimals(top / u.size * million)
	return u
}

// figure writes an amount in major units without its unit.
func (t *Text) figure(major float64, u chartUnit) string { return t.Dec(major/u.size, u.decimals) }

// majorOf turns minor units, which may have fractions, into major ones.
func majorOf(minor float64, currency string) float64 {
	return minor / math.Pow10(money.Digits(currency))
}
