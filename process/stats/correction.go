package stats

import "math"

// What the correction by the record needs (section 8).
const (
	enoughToCorrect = 6    // periods with both figures
	correctSure     = 0.05 // one-sided chance of being wrong
	correctPrior    = 8    // periods that the assumption below counts for
	correctWeight   = 0.8  // assumed weight of the model
)

// OwnRecord is an earlier period as two forecasts of it would have been: by the model, and by the team's own record, which is the mean of
// what came before; and what came.
type OwnRecord struct{ Model, Record, Actual float64 }

// CorrectionWeight is w: how much the model's total counts, the rest being the record's. It is 1, which is no correction, unless the
// record was proven to be closer: by a one-sided paired t-test of the absolute errors over at least 6 periods.
func CorrectionWeight(periods []OwnRecord) float64 {
	if len(periods) < enoughToCorrect {
		return 1
	}
	differences := make([]float64, len(periods))
	mean, apart, product := 0.0, 0.0, 0.0
	for i, p := range periods {
		differences[i] = math.Abs(p.Model-p.Actual) - math.Abs(p.Record-p.Actual)
		mean += differences[i]
		d := p.Model - p.Record
		apart += d * d
		product += d * (p.Actual - p.Record)
	}
	if apart == 0 || mean <= 0 {
		return 1
	}
	if _, both, ok := PairedT(differences); !ok || both/2 >= correctSure {
		return 1
	}
	m := apart / float64(len(periods))
	w := (product + correctPrior*m*correctWeight) / (apart + correctPrior*m)
	return min(max(w, 0), 1)
}

// RecentMean is R: the mean of what came, newest first, where each counts half of the one after it.
func RecentMean(actuals []float64) float64 {
	sum, weights, w := 0.0, 0.0, 1.0
	for _, a := range actuals {
		sum += w * a
		weights += w
		w /= 2
	}
	return sum / weights
}

// Steps and bounds by which a range learns (section 8).
const (
	factorInside  = -0.04
	factorOutside = 0.16
	leastFactor   = 0.5
	mostFactor    = 4
)

// NextFactor is the factor of a range after one more period came out inside or outside. It begins with 1.
func NextFactor(f float64, inside bool) float64 {
	step := factorOutside
	if inside {
		step = factorInside
	}
	return min(max(f*math.Exp(step), leastFactor), mostFactor)
}

// Scaled is the range multiplied by a factor.
func (r Range) Scaled(by float64) Range { return Range{r.P10 * by, r.P50 * by, r.P90 * by} }

// Widened is the range with its ends moved away from the middle by a factor, not below 0.
func (r Range) Widened(f float64) Range {
	return Range{max(0, r.P50-f*(r.P50-r.P10)), r.P50, r.P50 + f*(r.P90-r.P50)}
}
