package stats_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"milstolpe/process/stats"
)

// simulated draws totals from the definition, with a fixed seed.
func simulated(o stats.Portfolio, draws int) func(x float64) float64 {
	source := rand.New(rand.NewPCG(7, 11))
	totals := make([]float64, draws)
	for i := range totals {
		sum := 0.0
		for _, p := range o.Parts {
			if source.Float64() < p.Phi {
				sum += p.Value
			}
		}
		sum *= math.Exp(o.Tau*source.NormFloat64() - o.Tau*o.Tau/2)
		if n := o.Newcomers; n.Mean > 0 {
			sum += distuv.Gamma{Alpha: n.Mean * n.Mean / n.Variance, Beta: n.Mean / n.Variance, Src: source}.Rand()
		}
		totals[i] = o.Won + sum
	}
	slices.Sort(totals)
	return func(x float64) float64 {
		return float64(sort.Search(draws, func(i int) bool { return totals[i] > x })) / float64(draws)
	}
}

// team is an outlook of n deals of a seeded team, with the chances of a month.
func team(n int, value func(*rand.Rand) float64) stats.Portfolio {
	source := rand.New(rand.NewPCG(uint64(n), 5))
	var o stats.Portfolio
	for range n {
		o.Parts = append(o.Parts, stats.Term{Phi: 0.5 * source.Float64() * source.Float64(), Value: value(source)})
	}
	return o
}

func lognormal(source *rand.Rand) float64 {
	return math.Round(math.Exp(11+source.NormFloat64())*100) / 100
}

func thousands(source *rand.Rand) float64 { return math.Ceil(math.Exp(4+source.NormFloat64())) * 1000 }

func TestRangeAgreesWithASimulation(t *testing.T) {
	one := func(v float64) func(*rand.Rand) float64 { return func(*rand.Rand) float64 { return v } }
	with := func(o stats.Portfolio, more ...stats.Term) stats.Portfolio {
		o.Parts = append(o.Parts, more...)
		return o
	}
	thin := func(o stats.Portfolio, factor float64) stats.Portfolio {
		for i := range o.Parts {
			o.Parts[i].Phi *= factor
		}
		return o
	}
	situations := []struct {
		name string
		o    stats.Portfolio
	}{
		{"40 deals", team(40, lognormal)},
		{"40 deals in thousands", team(40, thousands)},
		{"300 deals", team(300, lognormal)},
		{"300 deals at one price", team(300, one(1999.5))},
		{"300 deals at no round price", team(300, one(math.Pi))},
		{"300 deals that are hardly won", thin(team(300, lognormal), 0.02)},
		{"300 deals and a huge one", with(team(300, lognormal), stats.Term{Phi: 0.5, Value: 1e10})},
		{"300 deals and three large ones", with(team(300, lognormal), stats.Term{Phi: 0.3, Value: 3e6}, stats.Term{Phi: 0.2, Value: 1e7}, stats.Term{Phi: 0.05, Value: 1e8})},
		{"two likely small ones among 100 unlikely large ones", with(thin(team(100, func(r *rand.Rand) float64 { return 100 * lognormal(r) }), 0.002), stats.Term{Phi: 0.5, Value: 1000}, stats.Term{Phi: 0.5, Value: 2000})},
		{"nearly all won", with(stats.Portfolio{}, slices.Repeat([]stats.Term{{Phi: 0.99, Value: 777.7}, {Phi: 0.98, Value: 1313.3}}, 40)...)},
	}
	const draws = 40_000
	for _, s := range situations {
		for _, about := range []struct{ tau, newcomers float64 }{{0, 0}, {0, 0.4}, {0.002, 0.001}, {0.15, 0.4}, {0.8, 0}} {
			o := s.o
			o.Tau = about.tau
			if n := about.newcomers * o.Pipeline(); n > 0 {
				o.Newcomers = stats.Unopened{Mean: n, Variance: n * n / 5, Known: true}
			}
			t.Run(fmt.Sprintf("%s, τ %g, N %g", s.name, about.tau, about.newcomers), func(t *testing.T) {
				// Ours may be off by 0.005, the simulation by √(p(1−p)/draws), which is
				// 0.0025 at P50; three times that makes room for the unlikely.
				if worst := off(o, simulated(o, draws)); worst > 0.005+3*0.0025 {
					t.Errorf("the range is off by %.4f in probability", worst)
				}
			})
		}
	}
}
