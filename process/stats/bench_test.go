package stats_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"milstolpe/process/stats"
)

// manyDeals are seeded deals over five years, with four required milestones.
func manyDeals(n int) []stats.History {
	source := rand.New(rand.NewPCG(3, 4))
	deals := make([]stats.History, n)
	for i := range deals {
		d := &deals[i]
		d.Opened = source.IntN(1800)
		day := d.Opened
		for passed := 0; ; passed++ {
			wait := 1 + int(source.ExpFloat64()*20)
			d.Stays = append(d.Stays, stats.Spell{Passed: passed, From: day, To: day + wait})
			day += wait
			if d.Ending = stats.Won; source.IntN(10) < 3 {
				d.Ending = stats.Lost
			}
			if d.Ending == stats.Lost || passed == 4 {
				break
			}
		}
		d.Closed = day
	}
	return deals
}

func BenchmarkCurve(b *testing.B) {
	var d stats.RiskSet
	for _, h := range manyDeals(10_000) {
		d.Count(h.Opened, h.Closed, h.Closed, h.Ending)
	}
	for b.Loop() {
		d.Curve(0.3)
	}
}

func BenchmarkLearn(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		deals := manyDeals(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				stats.Fit(1500, deals, stats.Params{Required: 4, Answer: 3})
			}
		})
	}
}

func BenchmarkWithin(b *testing.B) {
	l := stats.Fit(1500, manyDeals(10_000), stats.Params{Required: 4, Answer: 3})
	for b.Loop() {
		l.Within(halfway, 30, 60)
	}
}

func BenchmarkRange(b *testing.B) {
	for _, values := range []struct {
		name string
		of   func(*rand.Rand) float64
	}{{"thousands", thousands}, {"any", lognormal}} {
		for _, n := range []int{50, 200, 500, 3000} {
			for _, more := range []string{"", "+large"} {
				for _, smooth := range []bool{false, true} {
					o := team(n, values.of)
					if more != "" {
						o.Parts = append(o.Parts, stats.Term{Phi: 0.4, Value: 1e9})
					}
					if smooth {
						mean := o.Pipeline() / 4
						o.Tau, o.Newcomers = 0.2, stats.Unopened{Mean: mean, Variance: mean * mean / 5, Known: true}
					}
					b.Run(fmt.Sprintf("%s/%d%s/smooth=%v", values.name, n, more, smooth), func(b *testing.B) {
						for b.Loop() {
							o.Range()
						}
					})
				}
			}
		}
	}
}
