package counting

import (
	"cmp"
	"math"
	"slices"
)

// Part is what one open deal brings to a forecast: its value, with chance Phi.
// Values are not negative.
type Part struct{ Phi, Value float64 }

// Outlook is everything that a period's total is made of (section 8).
type Outlook struct {
	Won       float64 // what is already won in a period that is running; certain
	Parts     []Part
	Newcomers Newcomers
	Tau       float64 // see [Tau]
}

// Pipeline is Σ v·φ.
func (o *Outlook) Pipeline() float64 {
	sum := 0.0
	for _, p := range o.Parts {
		sum += p.Phi * p.Value
	}
	return sum
}

// Total is the forecast: what is won, the pipeline and the newcomers.
func (o *Outlook) Total() float64 { return o.Won + o.Pipeline() + o.Newcomers.Mean }

// Variance is the binomial variance of the pipeline, Σ v²φ(1−φ).
func (o *Outlook) Variance() float64 {
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
func (o *Outlook) Range() Range {
	certain := o.Won
	var open []Part
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
	x := [3]float64{}
	for i, p := range [3]float64{0.1, 0.5, 0.9} {
		x[i] = certain + total.quantile(p)
	}
	return Range{P10: x[0], P50: x[1], P90: x[2]}
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

// quantile finds where the distribution function passes p.
func (s *spread) quantile(p float64) float64 {
	if !s.smooth() {
		return s.sums.quantile(p)
	}
	if s.below(0) >= p-tie {
		return 0
	}
	low, high := 0.0, s.middle()
	for s.below(high) < p {
		low, high = high, 2*high
	}
	return s.narrow(low, high, p)
}

// narrow searches between two bounds: by false position, and by halves whenever
// that does not shrink the bracket, since the function may be as steep as a step.
func (s *spread) narrow(low, high, p float64) float64 {
	const enough = 1e-4 // in probability, of the 0.005 that the range may be off
	pLow, pHigh := s.below(low), s.below(high)
	for i := 0; i < 200 && high-low > 1e-12*high; i++ {
		x := low + (high-low)*(p-pLow)/(pHigh-pLow)
		if i%2 == 1 || !(x > low && x < high) {
			x = low + (high-low)/2
		}
		at := s.below(x)
		if math.Abs(at-p) < enough {
			return x
		}
		if at < p {
			low, pLow = x, at
		} else {
			high, pHigh = x, at
		}
	}
	return high
}

// byValue sorts parts so that the small ones come first, whatever order they were
// given in: the same deals give the same range.
func byValue(parts []Part) {
	slices.SortFunc(parts, func(a, b Part) int {
		return cmp.Or(cmp.Compare(a.Value, b.Value), cmp.Compare(a.Phi, b.Phi))
	})
}
