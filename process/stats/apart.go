package stats

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Kept is how a group of deals has kept what their chances promised. The zero value is ready to use.
type Kept struct {
	Deals, Won int
	Promised   float64 // Σ φ
	variance   float64 // Σ φ(1−φ)
}

// Add counts a deal that was given chance phi.
func (k *Kept) Add(phi float64, won bool) {
	k.Deals++
	if won {
		k.Won++
	}
	k.Promised += phi
	k.variance += phi * (1 - phi)
}

// apartNeeds is the least variance with which a group, or all others, can be judged: that of twelve deals at one half.
const apartNeeds = 3

// Departure is whether the chances fit one group of deals worse than the others.
type Departure int8

// The departures. One is named only beyond two-sided 95 %, for all groups of a comparison together.
const (
	NotTold  Departure = iota
	WonMore            // than the chances promised, beside the others
	WonFewer           // likewise
)

// Apart compares each group with all others. With s the group's share of what was promised, z is (W_g − s·W)/√((1−s)²V_g + s²V_r): how much
// more the group has won than its share of all wins. Chances that are too high for everybody so set nobody apart.
func Apart(groups []Kept) []Departure {
	var all Kept
	for _, g := range groups {
		all.Won += g.Won
		all.Promised += g.Promised
		all.variance += g.variance
	}
	zs := make([]float64, len(groups))
	judged := 0
	for i, g := range groups {
		rest := all.variance - g.variance
		if g.variance < apartNeeds || rest < apartNeeds || all.Won == 0 {
			continue
		}
		judged++
		s := g.Promised / all.Promised
		zs[i] = (float64(g.Won) - s*float64(all.Won)) / math.Sqrt((1-s)*(1-s)*g.variance+s*s*rest)
	}
	verdicts := make([]Departure, len(groups))
	for i, z := range zs {
		switch limit := mathext.NormalQuantile(1 - 0.025/float64(max(1, judged))); {
		case z > limit:
			verdicts[i] = WonMore
		case z < -limit:
			verdicts[i] = WonFewer
		}
	}
	return verdicts
}
