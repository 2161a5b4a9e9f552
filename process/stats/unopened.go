package stats

import "math"

const (
	meanOver   = 4  // periods that the mean of newcomers is taken over
	spreadOver = 12 // periods that s² and τ are taken over
	startTau   = 0.1
)

// Unopened are the expected wins in a period from deals that are not open yet
// (section 8). The zero value is "not estimated", and adds nothing.
type Unopened struct {
	Mean     float64 // N
	Variance float64 // s²
	Known    bool
}

// ExpectUnopened estimates from what newcomers brought in the same kind of period
// earlier, oldest first: the mean of the last 4, and the variance about it of the
// last 12. Without any such period it is not estimated.
func ExpectUnopened(earlier []float64) Unopened {
	if len(earlier) == 0 {
		return Unopened{}
	}
	n := Unopened{Known: true}
	recent := latest(earlier, meanOver)
	for _, x := range recent {
		n.Mean += x
	}
	n.Mean /= float64(len(recent))
	watched := latest(earlier, spreadOver)
	n.Variance = 2 * (n.Mean / 2) * (n.Mean / 2)
	for _, x := range watched {
		n.Variance += (x - n.Mean) * (x - n.Mean)
	}
	n.Variance /= float64(len(watched) + 2)
	return n
}

// Record is how an earlier period came out, as far as the deals go that were open
// when it was forecast: Σ v·φ, what those deals brought, and Σ v²φ(1−φ).
type Record struct{ Forecast, Actual, Variance float64 }

// Tau is how wrong the method has been at this length and lead beyond what chance
// explains, from the last 12 records, oldest first (section 8). Those with nothing
// forecast are dropped and not replaced; without any it is 0.1.
func Tau(records []Record) float64 {
	var excess, squares float64
	n := 0
	for _, r := range latest(records, spreadOver) {
		if r.Forecast == 0 {
			continue
		}
		miss := r.Actual - r.Forecast
		excess += miss*miss - r.Variance
		squares += r.Forecast * r.Forecast
		n++
	}
	if n == 0 {
		return startTau
	}
	m := squares / float64(n)
	return math.Sqrt(max(0, excess+4*startTau*startTau*m) / (squares + 4*m))
}

func latest[T any](all []T, n int) []T { return all[max(0, len(all)-n):] }
