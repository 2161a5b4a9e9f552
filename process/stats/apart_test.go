package stats_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"milstolpe/process/stats"
)

func keptOf(deals, won int, phi float64) (k stats.Kept) {
	for i := range deals {
		k.Add(phi, i < won)
	}
	return k
}

// Two groups of 40 deals at one half, so E = 20 and V = 10 each, and s = 1/2. One won 28 and the other 16, of 44: D = 28 − 22 = 6, its variance
// ¼·10 + ¼·10 = 5, z = 6/√5 = 2.683. With two judged groups the limit is that of 1 − 0.0125: 2.2414. With 26 and 16, D = 26 − 21 = 5 and
// z = 5/√5 = 2.236, just within.
//
// All of four groups winning 12 of 40 where 20 were promised sets nobody apart: D = 12 − ¼·48 = 0.
//
// A third group of 40 deals with 22 wins moves the limit to that of 1 − 0.00833: 2.394. Then s = 1/3, and of 28, 16 and 22 wins, 66 in all,
// D = 28 − 22 = 6 with the variance (4/9)·10 + (1/9)·20 = 6.667: z = 6/2.582 = 2.324, within; with 29, 16 and 21, D = 7 and z = 2.711, beyond;
// and the 16 are D = 16 − 22 = −6, z = −2.324, within.
func TestGroupsAreSetApartByHand(t *testing.T) {
	for name, c := range map[string]struct {
		won  []int
		want []stats.Departure
	}{
		"beyond":               {[]int{28, 16}, []stats.Departure{stats.WonMore, stats.WonFewer}},
		"just within":          {[]int{26, 16}, []stats.Departure{stats.NotTold, stats.NotTold}},
		"too high for all":     {[]int{12, 12, 12, 12}, []stats.Departure{stats.NotTold, stats.NotTold, stats.NotTold, stats.NotTold}},
		"three, within":        {[]int{28, 16, 22}, []stats.Departure{stats.NotTold, stats.NotTold, stats.NotTold}},
		"three, one beyond":    {[]int{29, 16, 21}, []stats.Departure{stats.WonMore, stats.NotTold, stats.NotTold}},
		"nothing won":          {[]int{0, 0}, []stats.Departure{stats.NotTold, stats.NotTold}},
		"one has no other":     {[]int{40}, []stats.Departure{stats.NotTold}},
		"none at all":          {nil, []stats.Departure{}},
		"fewer, by the mirror": {[]int{16, 28}, []stats.Departure{stats.WonFewer, stats.WonMore}},
	} {
		var groups []stats.Kept
		for _, won := range c.won {
			groups = append(groups, keptOf(40, won, 0.5))
		}
		if got := stats.Apart(groups); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	// Eleven deals at one half have a variance of 2.75: too few to say anything, whatever came of them.
	if got := stats.Apart([]stats.Kept{keptOf(11, 11, 0.5), keptOf(40, 10, 0.5)}); got[0] != stats.NotTold {
		t.Errorf("of eleven deals: %v", got[0])
	}
}

// Where chances fit all groups, a comparison names one in 5 % of cases at most, however many groups there are.
func TestGroupsThatAreAlikeAreSeldomSetApart(t *testing.T) {
	dice := rand.New(rand.NewPCG(7, 7))
	const tries = 2000
	wrong := 0
	for range tries {
		groups := make([]stats.Kept, 6)
		for g := range groups {
			for range 60 {
				phi := 0.1 + 0.8*dice.Float64()
				groups[g].Add(phi, dice.Float64() < phi)
			}
		}
		if slices.ContainsFunc(stats.Apart(groups), func(d stats.Departure) bool { return d != stats.NotTold }) {
			wrong++
		}
	}
	if share := float64(wrong) / tries; share > 0.065 {
		t.Errorf("alike groups are set apart in %.1f %% of cases", 100*share)
	}
}
