package stats

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

const (
	enoughToJudge = 6 // periods from which a lean or a verdict is given
	enoughToTell  = 4 // periods below which nothing is said at all
)

// PairedT tests whether differences are zero on average. It answers with the
// statistic and the two-sided p-value; ok is false below two differences.
// Differences that are all the same are beyond any doubt, unless they are zero.
func PairedT(differences []float64) (t, p float64, ok bool) {
	if len(differences) < 2 {
		return 0, 1, false
	}
	n := float64(len(differences))
	mean := 0.0
	for _, d := range differences {
		mean += d / n
	}
	squares := 0.0
	for _, d := range differences {
		squares += (d - mean) * (d - mean)
	}
	deviation := math.Sqrt(squares / (n - 1) / n)
	if deviation <= 1e-12*math.Abs(mean) {
		if mean == 0 {
			return 0, 1, true
		}
		return math.Copysign(math.Inf(1), mean), 0, true
	}
	t = mean / deviation
	return t, beyondT(t, n-1), true
}

// beyondT is the chance that Student's t with so many degrees of freedom lies further from 0 than t. It is written with the incomplete
// beta function because gonum's own distribution brings all of its linear algebra along, which is 2 MB of program.
func beyondT(t, freedom float64) float64 {
	return mathext.RegIncBeta(freedom/2, 0.5, freedom/(freedom+t*t))
}

// Bias is which way forecasts were off.
type Bias uint8

// A lean is named from six periods on (section 9). Before that, and with a
// difference that may be chance, there is none to be named.
const (
	CannotTellLean Bias = iota // fewer than four periods
	NoLean
	TooHigh
	TooLow
)

// BiasOf judges errors F−A: beyond two-sided 90 % in a paired t-test, from six on.
func BiasOf(errors []float64) Bias {
	if len(errors) < enoughToTell {
		return CannotTellLean
	}
	t, p, ok := PairedT(errors)
	switch {
	case len(errors) < enoughToJudge || !ok || p >= 0.1:
		return NoLean
	case t > 0:
		return TooHigh
	default:
		return TooLow
	}
}

// Value is whether a number is closer to what came than another number.
type Value uint8

// The verdicts on forecast value added (section 11).
const (
	CannotTellValue Value = iota
	Adds
	TakesAway
)

// AddsValue compares two lists of absolute errors, period by period: the number
// that is judged, and the one that it is held against. The lists have one length.
func AddsValue(judged, against []float64) Value {
	differences := make([]float64, len(judged))
	for i := range judged {
		differences[i] = judged[i] - against[i]
	}
	t, p, ok := PairedT(differences)
	switch {
	case len(judged) < enoughToJudge || !ok || p >= 0.1:
		return CannotTellValue
	case t < 0:
		return Adds
	default:
		return TakesAway
	}
}
