package stats

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// BayesFactor weighs "the two groups win equally often" against "each at its own
// rate": w1 won of n1 with the milestone, w0 of n0 without (section 10). It is
// above 1 where the groups seem to differ. With many deals it may be +Inf.
func BayesFactor(n1, w1, n0, w0 int) float64 {
	return math.Exp(logBeta(w1, n1) + logBeta(w0, n0) - logBeta(w1+w0, n1+n0))
}

// logBeta is ln B(w+1, n−w+1).
func logBeta(w, n int) float64 { return mathext.Lbeta(float64(w+1), float64(n-w+1)) }

// Difference is whether a milestone matters.
type Difference uint8

// The verdicts on a milestone (section 10).
const (
	CannotTellDifference Difference = iota
	Decides
	NoVisibleDifference
)

// Compare gives the verdict of section 10 and the Bayes factor it rests on.
func Compare(n1, w1, n0, w0 int) (Difference, float64) {
	factor := BayesFactor(n1, w1, n0, w0)
	switch {
	// w1/n1 > w0/n0 in whole numbers; false if a group is empty.
	case factor > 10 && w1*n0 > w0*n1:
		return Decides, factor
	case factor < 1./3 && n1 >= 20 && n0 >= 20:
		return NoVisibleDifference, factor
	default:
		return CannotTellDifference, factor
	}
}

// ZTest compares a seller's wins with what the milestones promised (section
// 11). The zero value is ready to use.
type ZTest struct{ difference, variance float64 }

// Add counts a deal of the given value that was given chance phi.
func (e *ZTest) Add(phi, value float64, won bool) {
	e.difference -= value * phi
	if won {
		e.difference += value
	}
	e.variance += value * value * phi * (1 - phi)
}

// Z is (Σ v·won − Σ v·φ)/√Σ v²φ(1−φ); ok is false where nothing was uncertain.
func (e *ZTest) Z() (z float64, ok bool) {
	if e.variance <= 0 {
		return 0, false
	}
	return e.difference / math.Sqrt(e.variance), true
}

// Significant says whether z is beyond two-sided 95 %.
func Significant(z float64) bool { return math.Abs(z) > 1.959963984540054 }
