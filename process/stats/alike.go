package stats

import "math"

// alike counts the parts at the beginning of a sorted list that are worth about the same: all within one cell of a grid.
func alike(parts []Term, step float64) (n int) {
	for n < len(parts) && parts[n].Value-parts[0].Value <= step {
		n++
	}
	return n
}

// addAlike convolves with parts of about one value in one go. Each counts with that value at which their sum keeps its variance; the mean
// that is lost by it is answered, for the grid to be moved by. How many of them come is reckoned exactly.
func (g *grid) addAlike(parts []Term) (lost float64) {
	one := Portfolio{Parts: parts}
	mean, variance := one.Pipeline(), one.Variance()
	expected, spread := 0.0, 0.0
	for _, p := range parts {
		expected += p.Phi
		spread += p.Phi * (1 - p.Phi)
	}
	value := parts[0].Value
	if spread > 0 {
		value = math.Sqrt(variance / spread)
	}
	first, counts := countOf(parts)
	kernel := make([]float64, int(float64(len(counts)-1)*value/g.step)+3)
	for i, mass := range counts {
		at := float64(i) * value / g.step
		whole := math.Floor(at + 1e-9)
		upper := max(0, at-whole)
		kernel[int(whole)] += mass * (1 - upper)
		kernel[int(whole)+1] += mass * upper
	}
	g.convolve(kernel)
	return mean - expected*value + float64(first)*value
}

// countOf is the distribution of how many of the parts come, from first on.
func countOf(parts []Term) (first int, counts []float64) {
	g := grid{step: 1, mass: []float64{1}}
	for _, p := range parts {
		g.add(Term{Phi: p.Phi, Value: 1})
	}
	return g.first, g.mass
}

func (g *grid) convolve(kernel []float64) {
	sum := make([]float64, len(g.mass)+len(kernel)-1)
	for k, weight := range kernel {
		if weight == 0 {
			continue
		}
		into := sum[k : k+len(g.mass)]
		for i, m := range g.mass {
			into[i] += float64(weight * m)
		}
	}
	g.mass = sum
	g.trim()
}
