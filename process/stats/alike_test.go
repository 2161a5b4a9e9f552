package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Adding parts of about one value at once is adding them one by one: the mean and the variance are the same, and the distribution function
// differs by no more than a tenth of what a range may be off.
func TestPartsAddedAtOnceAreThePartsAddedOneByOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		parts := make([]Term, rapid.SampledFrom([]int{400, 150}).Draw(rt, "parts"))
		for i := range parts {
			parts[i] = Term{
				Phi:   rapid.Float64Range(0.05, 0.95).Draw(rt, "phi"),
				Value: rapid.Float64Range(100_000, 400_000).Draw(rt, "value"),
			}
		}
		byValue(parts)
		deviation := math.Sqrt(partsVariance(parts))
		step := deviation / cellsPerDeviation
		one := grid{step: step, mass: []float64{1}}
		for _, p := range parts {
			one.add(p)
		}
		all := rounded(parts, step)
		a, b := one.atoms(), all.atoms()
		meanA, varianceA := moments(a)
		meanB, varianceB := moments(b)
		if math.Abs(meanA-meanB) > 1e-6*deviation || math.Abs(varianceA-varianceB) > 0.02*varianceA {
			rt.Errorf("mean %v and %v, variance %v and %v", meanA, meanB, varianceA, varianceB)
		}
		// The points of the two grids lie apart by less than a cell, so one is looked at a cell before and behind the other's.
		for _, p := range []float64{0.1, 0.5, 0.9} {
			x := a.quantile(p)
			low, high := b.below(x-step), b.below(x+step)
			if at := a.below(x); at < low-0.0005 || at > high+0.0005 {
				rt.Errorf("up to %v lie %v one by one, and between %v and %v at once", x, at, low, high)
			}
		}
	})
}

func moments(a atoms) (mean, variance float64) {
	for i, at := range a.at {
		mean += at * a.mass[i]
	}
	for i, at := range a.at {
		variance += (at - mean) * (at - mean) * a.mass[i]
	}
	return mean, variance
}

// below is the mass at x and lower.
func (a atoms) below(x float64) (mass float64) {
	for i, at := range a.at {
		if at <= x {
			mass += a.mass[i]
		}
	}
	return mass
}
