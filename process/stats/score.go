package stats

import (
	"cmp"
	"math"
	"slices"
)

// z80 is the two-sided 80 % point of the normal distribution.
const z80 = 1.2815515655446004

// Wilson is the 80 % interval of a share of which k in n were seen (section 9).
// With n = 0 it is everything from 0 to 1.
func Wilson(k, n int) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	all, share := float64(n), float64(k)/float64(n)
	middle := share + z80*z80/(2*all)
	half := z80 * math.Sqrt(share*(1-share)/all+z80*z80/(4*all*all))
	whole := 1 + z80*z80/all
	return max(0, (middle-half)/whole), min(1, (middle+half)/whole)
}

// Brier scores chances that were said against what came (section 9). Standings
// are the bins of its parts. The zero value is ready to use.
type Brier struct {
	n       int
	squares float64
	bins    map[Standing]*bin
}

type bin struct {
	n    int
	said float64
	won  int
}

// Add scores one chance.
func (b *Brier) Add(s Standing, said float64, won bool) {
	if b.bins == nil {
		b.bins = map[Standing]*bin{}
	}
	in := b.bins[s]
	if in == nil {
		in = &bin{}
		b.bins[s] = in
	}
	miss := said
	if won {
		miss = said - 1
		in.won++
	}
	in.n++
	in.said += said
	b.n++
	b.squares += miss * miss
}

// BrierScore is the mean squared difference and its parts: Score = Reliability −
// Resolution + Uncertainty + Remainder. The remainder comes from chances that
// differ within a standing. Skill is 1 − Score/Uncertainty; it is not Skilled,
// that is undefined, where all chances came out the same way.
type BrierScore struct {
	N                                               int
	Score                                           float64
	Reliability, Resolution, Uncertainty, Remainder float64
	Skill                                           float64
	Skilled                                         bool
}

// Score sums up; ok is false while nothing has been scored.
func (b *Brier) Score() (s BrierScore, ok bool) {
	if b.n == 0 {
		return s, false
	}
	n := float64(b.n)
	won := 0
	for _, in := range b.bins {
		won += in.won
	}
	rate := float64(won) / n
	s.N, s.Score, s.Uncertainty = b.n, b.squares/n, rate*(1-rate)
	// Sums in one order, so that the last digit does not depend on the map.
	for _, at := range sortedStandings(b.bins) {
		in := b.bins[at]
		size := float64(in.n)
		said, came := in.said/size, float64(in.won)/size
		s.Reliability += size / n * (said - came) * (said - came)
		s.Resolution += size / n * (came - rate) * (came - rate)
	}
	s.Remainder = s.Score - (s.Reliability - s.Resolution + s.Uncertainty)
	if s.Uncertainty > 0 {
		s.Skill, s.Skilled = 1-s.Score/s.Uncertainty, true
	}
	return s, true
}

func sortedStandings[T any](by map[Standing]T) []Standing {
	all := make([]Standing, 0, len(by))
	for s := range by {
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b Standing) int {
		return cmp.Or(cmp.Compare(a.Passed, b.Passed), cmp.Compare(step(a.Stalled), step(b.Stalled)))
	})
	return all
}
