package stats

import "math"

const (
	cellsPerDeviation = 256   // of a grid on which values are rounded
	largestGrid       = 8192  // cells, of a grid on which they are not
	heaviestPair      = 0.006 // mass in two neighbouring cells of a rounded grid
	pebbles           = 16    // equal parts that stand for all parts too small for the grid
	fewAlike          = 12    // parts of about one value from which it is quicker to add them all at once
)

// grid is a distribution on the multiples of step, from cell first on.
type grid struct {
	step  float64
	first int
	mass  []float64
}

// onGrid is the distribution of the sum on a grid, if one serves; see sumOf.
func onGrid(parts []Term) (atoms, bool) {
	deviation := math.Sqrt(partsVariance(parts))
	if deviation == 0 {
		return atoms{}, false
	}
	reach := deviation * 14
	if step := commonStep(parts); step > 0 && reach/step <= largestGrid {
		g := grid{step: step, mass: []float64{1}}
		for _, p := range parts {
			g.add(p)
		}
		return g.atoms(), true
	}
	heaviest := 1.0 // a sum of at least this mass exists
	for _, p := range parts {
		heaviest *= max(p.Phi, 1-p.Phi)
	}
	if heaviest > heaviestPair {
		return atoms{}, false
	}
	g := rounded(parts, deviation/cellsPerDeviation)
	for i := 1; i < len(g.mass); i++ {
		if g.mass[i-1]+g.mass[i] > heaviestPair {
			return atoms{}, false
		}
	}
	return g.atoms(), true
}

// rounded adds up parts on a grid on which their values do not lie. Parts below
// two steps would be blurred by that, so they are replaced by a few with the same
// mean and variance together: there are either so many that their sum is normal,
// or so few that they do not matter.
func rounded(parts []Term, step float64) grid {
	g := grid{step: step, mass: []float64{1}}
	small := 0
	for small < len(parts) && parts[small].Value < 2*step {
		small++
	}
	o := Portfolio{Parts: parts[:small]}
	mean, deviation := o.Pipeline(), math.Sqrt(o.Variance())
	// A part of value s/2 and chance ½ has variance s²/16, and mean s/4.
	for range pebbles {
		g.add(Term{Phi: 0.5, Value: deviation / 2})
	}
	moved := mean - pebbles*deviation/4
	for rest := parts[small:]; len(rest) > 0; {
		n := alike(rest, step)
		if n < fewAlike {
			g.add(rest[0])
			rest = rest[1:]
			continue
		}
		moved += g.addAlike(rest[:n])
		rest = rest[n:]
	}
	return g.movedBy(moved)
}

func (g grid) movedBy(x float64) grid {
	cells := math.Floor(x / g.step)
	g.first += int(cells)
	g.add(Term{Phi: 1, Value: x - cells*g.step})
	return g
}

// add convolves with one part. A value between two cells goes to both, in such
// shares that its mean stays.
func (g *grid) add(p Term) {
	whole := math.Floor(p.Value/g.step + 1e-9)
	upper := max(0, p.Value/g.step-whole)
	if upper < 1e-9 {
		upper = 0
	}
	k, n := int(whole), len(g.mass)
	stays, lower, higher := 1-p.Phi, p.Phi*(1-upper), p.Phi*upper
	g.mass = append(g.mass, make([]float64, k+1)...)
	m := g.mass
	if upper == 0 {
		for i := n + k - 1; i >= k; i-- {
			m[i] = stays*m[i] + lower*m[i-k]
		}
		for i := min(k, n+k) - 1; i >= 0; i-- {
			m[i] *= stays
		}
	} else {
		for i := n + k; i > k; i-- {
			m[i] = stays*m[i] + lower*m[i-k] + higher*m[i-k-1]
		}
		m[k] = stays*m[k] + lower*m[0]
		for i := k - 1; i >= 0; i-- {
			m[i] *= stays
		}
	}
	g.trim()
}

// trim drops cells at both ends that no quantile can notice.
func (g *grid) trim() {
	const nothing = 1e-14
	for len(g.mass) > 1 && g.mass[len(g.mass)-1] < nothing {
		g.mass = g.mass[:len(g.mass)-1]
	}
	for len(g.mass) > 1 && g.mass[0] < nothing {
		g.mass = g.mass[1:]
		g.first++
	}
}

func (g *grid) atoms() atoms {
	whole := 0.0
	for _, m := range g.mass {
		whole += m
	}
	var a atoms
	for i, m := range g.mass {
		if m > 0 {
			a.at = append(a.at, float64(g.first+i)*g.step)
			a.mass = append(a.mass, m/whole)
		}
	}
	return a
}

// commonStep is the largest number of which all values are whole multiples: whole
// units, or hundredths of them. It is 0 if there is none.
func commonStep(parts []Term) float64 {
	for _, fine := range []float64{1, 100} {
		if step := commonDivisor(parts, fine); step > 0 {
			return float64(step) / fine
		}
	}
	return 0
}

func commonDivisor(parts []Term, fine float64) int64 {
	var step int64
	for _, p := range parts {
		v := p.Value * fine
		n := math.Round(v)
		if n < 1 || n > 1e15 || math.Abs(v-n) > 1e-9*n {
			return 0
		}
		for a, b := step, int64(n); ; {
			if a == 0 {
				step = b
				break
			}
			a, b = b%a, a
		}
	}
	return step
}
