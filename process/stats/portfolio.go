package stats

import (
	"cmp"
	"math"
	"slices"
)

// Term is what one open deal brings to a forecast: its value, with chance Phi.
// Values are not negative.
type Term struct{ Phi, Value float64 }

// Portfolio is everything that a period's total is made of (section 8).
type Portfolio struct {
	Won       float64 // what is already won in a period that is running; certain
	Parts     []Term
	Newcomers Unopened
	Tau       float64 // see [Tau]
}

// Pipeline is Σ v·φ.
func (o *Portfolio) Pipeline() float64 {
	sum := 0.0
	for _, p := range o.Parts {
		sum += p.Phi * p.Value
	}
	return sum
}

// Total is the forecast: what is won, the pipeline and the newcomers.
func (o *Portfolio) Total() float64 { return o.Won + o.Pipeline() + o.Newcomers.Mean }

// Variance is the binomial variance of the pipeline, Σ v²φ(1−φ).
func (o *Portfolio) Variance() float64 {
	sum := 0.0
	for _, p := range o.Parts {
		sum += p.Value * p.Value * p.Phi * (1 - p.Phi)
	}
	return sum
}

// Range holds the 10 %, 50 % and 90 % quantiles of a total.
type Range struct{ P10, P50, P90 float64 }

// Holds says whether what came is inside P10 to P90, where half a per cent of the
// total beside a bound counts as inside (section 8).
func (r Range) Holds(actual, total float64) bool {
	slack := 0.005 * math.Abs(total)
	return actual >= r.P10-slack && actual <= r.P90+slack
}

// Range computes the quantiles of the total, each so that P(total < x) ≤ p + 0.005
// and P(total ≤ x) ≥ p − 0.005. The deals are independent, their sum is multiplied
// by exp(τZ − τ²/2), and the newcomers are a gamma variable beside it.
func (o *Portfolio) Range() Range {
	certain := o.Won
	var open []Term
	for _, p := range o.Parts {
		if p.Value > 0 && p.Phi > 0 {
			open = append(open, p)
		}
	}
	sums := sumOf(open)
	if o.Newcomers.Mean > 0 && o.Newcomers.Variance <= o.Newcomers.Mean*o.Newcomers.Mean*1e-9 {
		certain += o.Newcomers.Mean
	}
	total := newSpread(sums, o.Tau, o.Newcomers)
	p10 := total.quantile(0.1, 0)
	p50 := total.quantile(0.5, p10)
	p90 := total.quantile(0.9, p50)
	return Range{P10: certain + p10, P50: certain + p50, P90: certain + p90}
}

// tie keeps rounding errors from deciding which of two neighbouring sums is a
// quantile where the distribution function meets p exactly.
const tie = 1e-9

// quantile is the smallest sum that at least share p of the mass does not exceed.
func (a atoms) quantile(p float64) float64 {
	cumulated := 0.0
	for i, m := range a.mass {
		if cumulated += m; cumulated >= p-tie {
			return a.at[i]
		}
	}
	if len(a.at) == 0 {
		return 0
	}
	return a.at[len(a.at)-1]
}

// quantile finds where the distribution function passes p, above a smaller quantile.
func (s *spread) quantile(p, low float64) float64 {
	if !s.smooth() {
		return s.sums.quantile(p)
	}
	pLow := s.below(low)
	if pLow >= p-tie {
		return low
	}
	high := max(2*low, s.middle)
	pHigh := s.below(high)
	for pHigh < p {
		low, pLow = high, pHigh
		high *= 2
		pHigh = s.below(high)
	}
	return s.narrow(bracket{low: low, high: high, under: p - pLow, over: pHigh - p}, p)
}

// bracket holds two points, and by how much the distribution function is under p
// at the lower and over p at the upper one.
type bracket struct{ low, high, under, over float64 }

// narrow searches by false position. An end that has stayed twice is given half
// its weight, which keeps the steps from creeping. The function may be as steep as
// a step, so every fourth point is the middle, whatever the slope says.
func (s *spread) narrow(b bracket, p float64) float64 {
	const enough = 5e-5 // in probability, of the 0.005 that the range may be off
	moved := 0
	for i := 1; i <= 300 && b.high-b.low > 1e-12*b.high; i++ {
		x := b.low + (b.high-b.low)*b.under/(b.under+b.over)
		if i%4 == 0 || !(x > b.low && x < b.high) {
			x = b.low + (b.high-b.low)/2
		}
		over := s.below(x) - p
		if math.Abs(over) < enough {
			return x
		}
		if over < 0 {
			b.low, b.under = x, -over
			if moved < 0 {
				b.over /= 2
			}
			moved = -1
		} else {
			b.high, b.over = x, over
			if moved > 0 {
				b.under /= 2
			}
			moved = 1
		}
	}
	return b.high
}

// byValue sorts parts so that the small ones come first, whatever order they were
// given in: the same deals give the same range.
func byValue(parts []Term) {
	slices.SortFunc(parts, func(a, b Term) int {
		return cmp.Or(cmp.Compare(a.Value, b.Value), cmp.Compare(a.Phi, b.Phi))
	})
}
