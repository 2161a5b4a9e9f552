package stats

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

const (
	gammaEntries = 257
	gammaCells   = 1024
	leastGamma   = 1e-9 // of the mean; anything smaller counts as nothing
)

// gammaTable is the distribution of what newcomers bring: a gamma variable by its
// mean and variance. It is tabulated evenly by the logarithm of the amount, which
// suits every shape, and from that evenly by the amount, which is quick to read.
type gammaTable struct {
	mean, deviation float64
	steep           bool      // without bound next to 0
	logs, values    []float64 // ln of the amount, P(X ≤ amount)
	cell            float64
	cells           []float64
}

func newGammaTable(mean, variance float64) *gammaTable {
	shape, scale := mean*mean/variance, variance/mean
	g := &gammaTable{mean: mean, deviation: math.Sqrt(variance), steep: shape < 1}
	low, high := gammaBounds(shape, mean/scale)
	for i := range gammaEntries {
		at := low + (high-low)*float64(i)/(gammaEntries-1)
		g.logs = append(g.logs, at+math.Log(scale))
		g.values = append(g.values, mathext.GammaIncReg(shape, math.Exp(at)))
	}
	g.cell = math.Exp(g.logs[gammaEntries-1]) / gammaCells
	for i := range gammaCells + 1 {
		g.cells = append(g.cells, g.byLog(math.Log(float64(i)*g.cell)))
	}
	return g
}

// gammaBounds are the logarithms, in units of the scale, between which nearly all
// of the mass lies.
func gammaBounds(shape, mean float64) (low, high float64) {
	low, high = math.Log(mean), math.Log(mean)
	least := math.Log(mean * leastGamma)
	step := min(0.1, 0.5/math.Sqrt(shape))
	for low > least && mathext.GammaIncReg(shape, math.Exp(low)) > 1e-6 {
		low -= step
	}
	for mathext.GammaIncRegComp(shape, math.Exp(high)) > 1e-7 {
		high += step
	}
	return max(low, least), high
}

// byLog is P(X ≤ amount), given the amount's logarithm.
func (g *gammaTable) byLog(at float64) float64 { return interpolate(g.logs, g.values, at) }

func (g *gammaTable) cdf(amount float64) float64 {
	if amount < 0 {
		return 0
	}
	x := amount / g.cell
	switch {
	case x >= gammaCells:
		return 1
	case x < gammaCells/64:
		return g.byLog(math.Log(amount))
	}
	i := int(x)
	return g.cells[i] + (x-float64(i))*(g.cells[i+1]-g.cells[i])
}

// quantile is the amount that share p does not exceed; what is below the table is 0.
func (g *gammaTable) quantile(p float64) float64 {
	if p <= g.values[0] {
		return 0
	}
	return math.Exp(interpolate(g.values, g.logs, p))
}
