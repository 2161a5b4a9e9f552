package stats_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"milstolpe/process/stats"
)

// Six periods of which the model said 200, the record 100, and 100 came: the record is closer by 100 each time, beyond doubt. m = 100²,
// Σ(T−R)(A−R) = 0, so w = 8·m·0.8 / (6·m + 8·m) = 6.4/14.
func TestAProvenRecordCorrectsTheTotal(t *testing.T) {
	six := slices.Repeat([]stats.OwnRecord{{Model: 200, Record: 100, Actual: 100}}, 6)
	near(t, "w", stats.CorrectionWeight(six), 6.4/14)
	near(t, "w of five", stats.CorrectionWeight(six[:5]), 1)
	// Where the model was closer nothing is corrected, however often.
	near(t, "w of a good model", stats.CorrectionWeight(slices.Repeat([]stats.OwnRecord{{Model: 101, Record: 200, Actual: 100}}, 12)), 1)
	// Both say the same: m = 0.
	near(t, "w where both agree", stats.CorrectionWeight(slices.Repeat([]stats.OwnRecord{{Model: 5, Record: 5, Actual: 1}}, 12)), 1)
}

// Differences 1, 1, 1, 1, 1, −2: mean ½, sd √(7.5/5), t = 0.5·√6/√1.5 = 1, below the one-sided 95 % point of 2.015 with 5 degrees.
func TestARecordThatMayBeCloserByChanceCorrectsNothing(t *testing.T) {
	periods := slices.Repeat([]stats.OwnRecord{{Model: 2, Record: 1, Actual: 0}}, 5)
	periods = append(periods, stats.OwnRecord{Model: 1, Record: 3, Actual: 0})
	near(t, "w", stats.CorrectionWeight(periods), 1)
}

func TestTheWeightOfTheModelIsAShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Float64Range(0, 1e9)
		list := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) stats.OwnRecord {
			return stats.OwnRecord{Model: amount.Draw(t, "model"), Record: amount.Draw(t, "record"), Actual: amount.Draw(t, "actual")}
		}), 0, 12).Draw(t, "periods")
		if w := stats.CorrectionWeight(list); !(w >= 0 && w <= 1) {
			t.Fatalf("w = %v", w)
		}
	})
}

// The newest counts 1, the one before ½: (4 + 2·½)/1½ = 10/3.
func TestTheRecordForgets(t *testing.T) {
	near(t, "R", stats.RecentMean([]float64{4, 2}), 10./3)
}

func TestARangeLearnsFromWhatLayInside(t *testing.T) {
	near(t, "after one inside", stats.NextFactor(1, true), math.Exp(-0.04))
	near(t, "after one outside", stats.NextFactor(1, false), math.Exp(0.16))
	near(t, "never below a half", stats.NextFactor(0.5, true), 0.5)
	near(t, "never above four", stats.NextFactor(3.9, false), 4)
	// Four inside and one outside, as 80 % promises, leave it where it was.
	f := 1.0
	for _, inside := range []bool{true, true, true, true, false} {
		f = stats.NextFactor(f, inside)
	}
	near(t, "after one in five", f, 1)
	got := stats.Range{P10: 50, P50: 100, P90: 180}.Widened(1.5)
	near(t, "P10", got.P10, 25)
	near(t, "P90", got.P90, 220)
	near(t, "P10 never below nothing", stats.Range{P10: 10, P50: 100, P90: 100}.Widened(4).P10, 0)
}
