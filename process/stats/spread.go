package stats

import (
	"math"
	"sort"
)

// spread is a sum of deals multiplied by exp(τZ − τ²/2), plus the newcomers. Its
// distribution function is evaluated point by point: for each sum the product is
// lognormal, so only one integral is left, over the narrower of the two.
type spread struct {
	sums   atoms
	logs   []float64 // of sums.at
	tau    float64
	gamma  *gammaTable // nil without newcomers
	middle float64     // the mean, a point to begin a search at
	nodes  []node
}

// node is a point of the integral over a standard normal variable, with what it
// means for each of the two.
type node struct {
	weight float64
	factor float64 // exp(τz − τ²/2)
	bring  float64 // newcomers, at the same quantile
}

// setNodes places the nodes at even steps from −4 to 4: for smooth functions of a
// normal variable the plain sum converges very fast. A gamma distribution that is
// steepest at 0 is not smooth there, and gets more of them.
func (s *spread) setNodes() {
	perUnit := 4
	if s.gamma != nil && s.gamma.steep {
		perUnit = 16
	}
	whole := 0.0
	for i := -4 * perUnit; i <= 4*perUnit; i++ {
		z := float64(i) / float64(perUnit)
		n := node{weight: math.Exp(-z * z / 2), factor: math.Exp(s.tau*z - s.tau*s.tau/2)}
		if s.gamma != nil {
			n.bring = s.gamma.quantile(normalCDF(z))
		}
		whole += n.weight
		s.nodes = append(s.nodes, n)
	}
	for i := range s.nodes {
		s.nodes[i].weight /= whole
	}
}

func newSpread(sums atoms, tau float64, n Unopened) *spread {
	s := &spread{sums: sums, tau: tau}
	if n.Mean > 0 && n.Variance > n.Mean*n.Mean*1e-9 {
		s.gamma = newGammaTable(n.Mean, n.Variance)
	}
	if tau < 1e-9 {
		s.tau = 0
	}
	if !s.smooth() {
		return s
	}
	s.blur()
	s.middle = s.mean()
	s.logs = make([]float64, len(s.sums.at))
	for i, at := range s.sums.at {
		s.logs[i] = math.Log(at)
	}
	if s.gamma != nil && s.tau > 0 {
		s.setNodes()
	}
	return s
}

// smooth says whether anything is left to do beside the sum of the deals.
func (s *spread) smooth() bool { return s.tau > 0 || s.gamma != nil }

// blur puts points together that will be spread much wider than they are apart,
// or that weigh next to nothing. The point 0 is never spread by τ and stays.
func (s *spread) blur() {
	own := 0.0
	if s.gamma != nil {
		own = min(s.gamma.deviation/6, s.gamma.quantile(0.01))
	}
	s.sums.group(func(weight, from, to float64) bool {
		if from == 0 && s.gamma == nil {
			return false
		}
		return weight <= 2*smallMass && to-from <= 0.2*from || to-from <= own+s.tau*from/6
	})
}

// mean is the expected total.
func (s *spread) mean() float64 {
	mean := 0.0
	for i, at := range s.sums.at {
		mean += at * s.sums.mass[i]
	}
	if s.gamma != nil {
		mean += s.gamma.mean
	}
	return mean
}

// below is P(total ≤ x).
func (s *spread) below(x float64) float64 {
	room := make([]float64, len(s.nodes)) // ln of what newcomers leave of x
	for j, n := range s.nodes {
		room[j] = math.Log(max(0, x-n.bring))
	}
	logX, sum := math.Log(x), 0.0
	for i, at := range s.sums.at {
		sum += s.sums.mass[i] * s.one(i, at, x, logX, room)
	}
	return sum
}

// one is P(total ≤ x) if the deals sum up to point i.
func (s *spread) one(i int, at, x, logX float64, room []float64) float64 {
	drift, sum := s.tau/2, 0.0
	switch {
	case at == 0 || s.tau == 0:
		if s.gamma == nil {
			return step(x >= at)
		}
		return s.gamma.cdf(x - at)
	case s.gamma == nil:
		return normalCDF((logX-s.logs[i])/s.tau + drift)
	case at*s.tau < s.gamma.deviation:
		for _, n := range s.nodes {
			sum += n.weight * s.gamma.cdf(x-at*n.factor)
		}
	default:
		for j, n := range s.nodes {
			sum += n.weight * normalCDF((room[j]-s.logs[i])/s.tau+drift)
		}
	}
	return sum
}

func step(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// normalTable holds the normal distribution function from −8 to 8; what lies
// between two of its entries is on a line to within 10⁻⁷.
const normalPerUnit = 512

var normalTable = func() (t [16*normalPerUnit + 2]float64) {
	for i := range t {
		t[i] = math.Erfc((8-float64(i)/normalPerUnit)/math.Sqrt2) / 2
	}
	return t
}()

func normalCDF(z float64) float64 {
	switch {
	case z >= 8:
		return 1
	case z > -8:
		x := (z + 8) * normalPerUnit
		i := int(x)
		return normalTable[i] + (x-float64(i))*(normalTable[i+1]-normalTable[i])
	default:
		return 0 // also where there is no room at all
	}
}

// interpolate reads a rising table at x; xs must rise strictly.
func interpolate(xs, ys []float64, x float64) float64 {
	i := sort.SearchFloat64s(xs, x)
	switch i {
	case 0:
		return ys[0]
	case len(xs):
		return ys[len(ys)-1]
	}
	return ys[i-1] + (ys[i]-ys[i-1])*(x-xs[i-1])/(xs[i]-xs[i-1])
}
