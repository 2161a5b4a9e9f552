package stats

import (
	"math"
	"slices"
)

// atoms is a distribution on finitely many points, in rising order.
type atoms struct{ at, mass []float64 }

const (
	manyAtoms = 1500  // points from which near ones are put together
	smallMass = 0.001 // mass that a group of points put together may have
	lostTail  = 1e-11 // mass at either end that may be moved to its neighbour
	fewParts  = 10    // parts whose 2^10 sums are simply listed
	heavy     = 12    // largest parts that are left out where a grid does not fit all
)

// sumOf is the distribution of the sum of independent parts, each its value with
// its chance and otherwise nothing. Three ways lead there:
//
//   - a grid on which every value lies, if there is one of reasonable size: exact;
//   - a grid much finer than the sum's spread, if the sum is spread so evenly that
//     no single point matters: many parts are done in little time;
//   - otherwise a list of points that grows with each part, from the smallest up.
//     Points are put together only where they carry little mass, so a sum that has
//     a mass of its own keeps its exact place, at whatever scale it lies.
//
// A few parts far larger than the rest are added to a grid of the others as points.
func sumOf(parts []Term) atoms {
	byValue(parts)
	sum, rest := atoms{at: []float64{0}, mass: []float64{1}}, parts
	if len(parts) > fewParts {
		for _, left := range []int{0, heavy} {
			if len(parts) <= left {
				break
			}
			if a, ok := onGrid(parts[:len(parts)-left]); ok {
				sum, rest = a, parts[len(parts)-left:]
				break
			}
		}
	}
	variance := partsVariance(parts[:len(parts)-len(rest)])
	var next atoms
	for _, p := range rest {
		variance += p.Value * p.Value * p.Phi * (1 - p.Phi)
		next.merge(sum, p)
		sum, next = next, sum
		for width := math.Sqrt(variance) / 40; len(sum.at) > manyAtoms; width *= 4 {
			sum.thin(smallMass, width)
			if len(sum.at) <= 2*manyAtoms {
				break
			}
		}
	}
	return sum
}

func partsVariance(parts []Term) float64 {
	o := Portfolio{Parts: parts}
	return o.Variance()
}

// merge sets a to the distribution of s plus one part: the points of s with mass
// 1−φ and the same points moved by v with mass φ, as one sorted list.
func (a *atoms) merge(s atoms, p Term) {
	n := len(s.at)
	a.at, a.mass = slices.Grow(a.at[:0], 2*n), slices.Grow(a.mass[:0], 2*n)
	same := 1e-12 * (s.at[n-1] + p.Value)
	for i, j := 0, 0; j < n; {
		var at, mass float64
		if moved := s.at[j] + p.Value; i < n && s.at[i] <= moved {
			at, mass = s.at[i], s.mass[i]*(1-p.Phi)
			i++
		} else {
			at, mass = moved, s.mass[j]*p.Phi
			j++
		}
		if mass == 0 {
			continue
		}
		if k := len(a.at) - 1; k >= 0 && at-a.at[k] <= same {
			a.mass[k] += mass
			continue
		}
		a.at, a.mass = append(a.at, at), append(a.mass, mass)
	}
}

// thin puts neighbouring points together at their common mean, in groups that
// weigh at most so much and are at most so wide.
func (a *atoms) thin(mass, width float64) {
	a.group(func(weight, from, to float64) bool { return weight <= mass && to-from <= width })
}

func (a *atoms) group(fits func(weight, from, to float64) bool) {
	a.trim()
	n, from := 0, math.Inf(-1)
	for i, at := range a.at {
		m := a.mass[i]
		if n > 0 {
			if weight := a.mass[n-1] + m; fits(weight, from, at) {
				a.at[n-1] += (at - a.at[n-1]) * (m / weight)
				a.mass[n-1] = weight
				continue
			}
		}
		a.at[n], a.mass[n] = at, m
		from = at
		n++
	}
	a.at, a.mass = a.at[:n], a.mass[:n]
}

// trim moves tails that no quantile can notice to where the rest begins.
func (a *atoms) trim() {
	first, tail := 0, 0.0
	for first < len(a.mass)-1 && tail+a.mass[first] < lostTail {
		tail += a.mass[first]
		first++
	}
	a.mass[first] += tail
	last, tail := len(a.mass)-1, 0.0
	for last > first && tail+a.mass[last] < lostTail {
		tail += a.mass[last]
		last--
	}
	a.mass[last] += tail
	a.at, a.mass = a.at[first:last+1], a.mass[first:last+1]
}
