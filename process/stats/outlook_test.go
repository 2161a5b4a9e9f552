package stats_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"milstolpe/process/stats"
)

// off is how far the range of an outlook is from its definition, in probability:
// the most by which P(total < x) exceeds p, or P(total ≤ x) falls short of it. The
// places may be off by a rounding error of the largest possible sum, and by the
// billionth part of the newcomers that counts as nothing.
func off(o stats.Portfolio, atMost func(x float64) float64) float64 {
	slack, worst, r := 1e-12+2e-9*o.Newcomers.Mean, 0.0, o.Range()
	for _, p := range o.Parts {
		slack += 1e-9 * p.Value
	}
	for p, x := range map[float64]float64{0.1: r.P10, 0.5: r.P50, 0.9: r.P90} {
		worst = max(worst, atMost(x-slack)-p, p-atMost(x+slack))
	}
	return worst
}

func within(t interface {
	Helper()
	Errorf(string, ...any)
}, worst float64,
) {
	t.Helper()
	if !(worst <= 0.005) {
		t.Errorf("the range is off by %.4f in probability, 0.005 are allowed", worst)
	}
}

// weighed is the mean of a function of the sum of a few parts.
func weighed(parts []stats.Term, of func(sum float64) float64) (mean float64) {
	for set := range 1 << len(parts) {
		sum, mass := 0.0, 1.0
		for i, p := range parts {
			if set>>i&1 == 1 {
				sum, mass = sum+p.Value, mass*p.Phi
			} else {
				mass *= 1 - p.Phi
			}
		}
		mean += mass * of(sum)
	}
	return mean
}

func indicator(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// enumerated is the distribution function of the sum of a few parts.
func enumerated(parts []stats.Term) func(x float64) float64 {
	return func(x float64) float64 {
		return weighed(parts, func(sum float64) float64 { return indicator(sum <= x) })
	}
}

func TestRangeOfTwoDealsIsAsWorkedByHand(t *testing.T) {
	o := stats.Portfolio{Parts: []stats.Term{{Phi: 0.3, Value: 100}, {Phi: 0.4, Value: 250}}}
	// 0: 0.7·0.6 = 0.42; 100: 0.18, together 0.60; 250: 0.28, together 0.88; 350: 0.12.
	if got, want := o.Range(), (stats.Range{P10: 0, P50: 100, P90: 350}); got != want {
		t.Errorf("Range = %+v, want %+v", got, want)
	}
	near(t, "total", o.Total(), 130)
	near(t, "variance", o.Variance(), 100*100*0.21+250*250*0.24)
	o.Won = 1000
	if got, want := o.Range(), (stats.Range{P10: 1000, P50: 1100, P90: 1350}); got != want {
		t.Errorf("with 1000 won Range = %+v, want %+v", got, want)
	}
}

func TestRangeOfACertainDealIsTheErrorOfTheMethod(t *testing.T) {
	o := stats.Portfolio{Parts: []stats.Term{{Phi: 1, Value: 1000}}, Tau: 0.2}
	// exp(0.2·z − 0.02) with z = −1.2816, 0, 1.2816
	r, z := o.Range(), 1.2815515655446004
	for _, tc := range []struct{ got, want float64 }{
		{r.P10, 1000 * math.Exp(-0.2*z-0.02)}, {r.P50, 1000 * math.Exp(-0.02)}, {r.P90, 1000 * math.Exp(0.2*z-0.02)},
	} {
		if math.Abs(tc.got-tc.want) > 0.5 {
			t.Errorf("%g, want %g", tc.got, tc.want)
		}
	}
}

func TestRangeOfNewcomersAloneIsTheirGammaDistribution(t *testing.T) {
	// Mean 100, variance 10,000: exponential, with quantiles −100·ln(1−p).
	o := stats.Portfolio{Newcomers: stats.Unopened{Mean: 100, Variance: 10_000, Known: true}}
	r := o.Range()
	for _, tc := range []struct{ got, want float64 }{
		{r.P10, -100 * math.Log(0.9)}, {r.P50, 100 * math.Ln2}, {r.P90, 100 * math.Log(10)},
	} {
		if math.Abs(tc.got-tc.want) > 0.3 { // 0.0003 in probability at P90
			t.Errorf("%g, want %g", tc.got, tc.want)
		}
	}
}

func TestRangeOfNothingIsNothing(t *testing.T) {
	for name, o := range map[string]stats.Portfolio{
		"no deals":       {},
		"only method":    {Tau: 0.5},
		"without values": {Parts: []stats.Term{{Phi: 0.5}, {Phi: 1}}, Tau: 0.5},
		"without chance": {Parts: []stats.Term{{Value: 1e9}}, Tau: 0.5},
	} {
		if r := o.Range(); r != (stats.Range{}) {
			t.Errorf("%s: %+v", name, r)
		}
	}
	certain := stats.Portfolio{Won: 5, Newcomers: stats.Unopened{Mean: 7, Known: true}, Parts: []stats.Term{{Phi: 1, Value: 30}}}
	if got, want := certain.Range(), (stats.Range{P10: 42, P50: 42, P90: 42}); got != want {
		t.Errorf("nothing uncertain: %+v, want %+v", got, want)
	}
}

func TestRangeOfAFewDealsHoldsItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var o stats.Portfolio
		for range rapid.IntRange(0, 14).Draw(t, "deals") {
			o.Parts = append(o.Parts, stats.Term{
				Phi: rapid.OneOf(rapid.Float64Range(0, 1), rapid.Float64Range(0, 0.02), rapid.SampledFrom([]float64{0, 0.1, 0.5, 1})).Draw(t, "phi"),
				Value: rapid.OneOf(
					rapid.Float64Range(0, 1e6), rapid.Float64Range(1e7, 1e9),
					rapid.Map(rapid.IntRange(0, 20), func(k int) float64 { return 5000 * float64(k) }),
				).Draw(t, "value"),
			})
		}
		within(t, off(o, enumerated(o.Parts)))
	})
}

func TestRangeDoesNotDependOnTheOrderOfDeals(t *testing.T) {
	o := team(60, lognormal)
	o.Tau, o.Newcomers = 0.3, stats.Unopened{Mean: 1e5, Variance: 1e10, Known: true}
	want := o.Range()
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(o.Parts), func(i, j int) { o.Parts[i], o.Parts[j] = o.Parts[j], o.Parts[i] })
	if got := o.Range(); got != want {
		t.Errorf("%+v after shuffling, %+v before", got, want)
	}
}

func TestRangeWithErrorOfTheMethodHoldsItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := stats.Portfolio{Tau: rapid.OneOf(rapid.Float64Range(0.01, 1.5), rapid.Float64Range(1e-7, 0.01)).Draw(t, "tau")}
		for range rapid.IntRange(1, 9).Draw(t, "deals") {
			o.Parts = append(o.Parts, stats.Term{
				Phi:   rapid.Float64Range(0, 1).Draw(t, "phi"),
				Value: rapid.OneOf(rapid.Float64Range(1, 1e6), rapid.Float64Range(1e7, 1e9)).Draw(t, "value"),
			})
		}
		// Given the sum, the total is lognormal: P(s·exp(τZ − τ²/2) ≤ x).
		within(t, off(o, func(x float64) float64 {
			return weighed(o.Parts, func(sum float64) float64 {
				if sum == 0 || x <= 0 {
					return indicator(sum <= x)
				}
				return distuv.UnitNormal.CDF((math.Log(x/sum) + o.Tau*o.Tau/2) / o.Tau)
			})
		}))
	})
}

// A multiple of τ that is steep and a gamma that is steep, together: the integral
// over Z by a fine sum.
func TestRangeWithBothHoldsItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := stats.Portfolio{Tau: rapid.OneOf(rapid.Float64Range(0.05, 1.2), rapid.Float64Range(0.001, 0.05)).Draw(t, "tau")}
		for range rapid.IntRange(1, 3).Draw(t, "deals") {
			o.Parts = append(o.Parts, stats.Term{
				Phi:   rapid.Float64Range(0, 1).Draw(t, "phi"),
				Value: rapid.Float64Range(1e3, 1e6).Draw(t, "value"),
			})
		}
		mean, shape := rapid.Float64Range(1e3, 1e6).Draw(t, "mean"), rapid.Float64Range(0.1, 28).Draw(t, "shape")
		o.Newcomers = stats.Unopened{Mean: mean, Variance: mean * mean / shape, Known: true}
		gamma := distuv.Gamma{Alpha: shape, Beta: shape / mean}
		within(t, off(o, func(x float64) float64 {
			return weighed(o.Parts, func(sum float64) (mean float64) {
				const perUnit = 32
				for i := -4 * perUnit; i <= 4*perUnit; i++ {
					z := float64(i) / perUnit
					left := x - sum*math.Exp(o.Tau*z-o.Tau*o.Tau/2)
					mean += distuv.UnitNormal.Prob(z) / perUnit * gamma.CDF(max(0, left)) * indicator(left >= 0)
				}
				return mean
			})
		}))
	})
}

func TestRangeWithNewcomersHoldsItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var o stats.Portfolio
		for range rapid.IntRange(0, 8).Draw(t, "deals") {
			o.Parts = append(o.Parts, stats.Term{
				Phi:   rapid.Float64Range(0, 1).Draw(t, "phi"),
				Value: rapid.OneOf(rapid.Float64Range(1, 1e6), rapid.Float64Range(1e7, 1e9)).Draw(t, "value"),
			})
		}
		// Shapes from 28, the most that twelve equal periods give, to the least,
		// where wins are long ago: there nearly all of the mass is next to 0.
		mean := rapid.Float64Range(1e3, 1e7).Draw(t, "mean")
		shape := rapid.OneOf(rapid.Float64Range(0.3, 28), rapid.Float64Range(0.001, 0.3)).Draw(t, "shape")
		o.Newcomers = stats.Unopened{Mean: mean, Variance: mean * mean / shape, Known: true}
		gamma := distuv.Gamma{Alpha: shape, Beta: shape / mean}
		within(t, off(o, func(x float64) float64 {
			return weighed(o.Parts, func(sum float64) float64 { return gamma.CDF(max(0, x-sum)) * indicator(x >= sum) })
		}))
	})
}
