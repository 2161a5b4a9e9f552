package stats_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"milstolpe/process/stats"
)

func TestWilsonIntervalSolvesItsEquation(t *testing.T) {
	// Its ends are the shares p with |k/n − p| = z·√(p(1−p)/n).
	low, high := stats.Wilson(3, 10)
	for _, p := range []float64{low, high} {
		near(t, "distance", math.Abs(0.3-p), 1.2815515655446004*math.Sqrt(p*(1-p)/10))
	}
	if !(low < 0.3 && 0.3 < high) {
		t.Errorf("3 in 10 is not between %g and %g", low, high)
	}
	// None in 10: from 0 to z²/(n + z²).
	z2 := 1.2815515655446004 * 1.2815515655446004
	low, high = stats.Wilson(0, 10)
	near(t, "low of none", low, 0)
	near(t, "high of none", high, z2/(10+z2))
	if low, high = stats.Wilson(0, 0); low != 0 || high != 1 {
		t.Errorf("without deals %g to %g", low, high)
	}
}

func TestBrierScoreSplitsAsWorkedByHand(t *testing.T) {
	var b stats.Brier
	if _, ok := b.Score(); ok {
		t.Error("a score without deals")
	}
	b.Add(start, 0.2, false)
	b.Add(start, 0.4, true)
	b.Add(halfway, 0.8, true)
	b.Add(halfway, 0.8, true)
	s, ok := b.Score()
	if !ok || s.N != 4 {
		t.Fatalf("%+v, %v", s, ok)
	}
	// Squares 0.04 + 0.36 + 0.04 + 0.04 = 0.48. Won 3/4, so UNC = 3/16.
	// Start: said 0.3, came 0.5; halfway: said 0.8, came 1.
	// REL = ½·0.04 + ½·0.04; RES = ½·(1/4)² + ½·(1/4)².
	near(t, "score", s.Score, 0.12)
	near(t, "uncertainty", s.Uncertainty, 3./16)
	near(t, "reliability", s.Reliability, 0.04)
	near(t, "resolution", s.Resolution, 1./16)
	near(t, "remainder", s.Remainder, 0.12-(0.04-1./16+3./16))
	near(t, "skill", s.Skill, 1-0.12*16/3)
	if !s.Skilled {
		t.Error("skill is undefined")
	}
}

func TestThereIsNoSkillWhereAllCameOutTheSame(t *testing.T) {
	var b stats.Brier
	b.Add(start, 0.5, false)
	if s, ok := b.Score(); !ok || s.Skilled || s.Score != 0.25 {
		t.Errorf("%+v, %v", s, ok)
	}
}

func TestChancesThatAreTheSameWithinAStandingLeaveNoRemainder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b stats.Brier
		said := rapid.SliceOfN(rapid.Float64Range(0, 1), 4, 4).Draw(t, "said")
		for range rapid.IntRange(1, 50).Draw(t, "deals") {
			g := rapid.IntRange(0, 3).Draw(t, "passed")
			b.Add(stats.Standing{Passed: g / 2, Stalled: g%2 == 1}, said[g], rapid.Bool().Draw(t, "won"))
		}
		s, _ := b.Score()
		near(t, "remainder", s.Remainder, 0)
		if s.Score < 0 || s.Score > 1 || s.Reliability < 0 || s.Resolution < 0 || s.Resolution > s.Uncertainty+1e-12 {
			t.Fatalf("%+v", s)
		}
	})
}

func TestMissesSumUp(t *testing.T) {
	var m stats.ErrorStats
	m.Add(110, 100) // off by 10 %
	m.Add(60, 80)   // off by 25 %
	m.Add(30, 20)   // off by half
	near(t, "bias", first(m.Bias()), 0)
	near(t, "WAPE", first(m.WAPE()), 40./200)
	near(t, "error", m.Error(), 0)
	if m.Within10 != 1 || m.Within25 != 2 || m.Periods() != 3 {
		t.Errorf("within 10 %%: %d, within 25 %%: %d, periods: %d", m.Within10, m.Within25, m.Periods())
	}
}

func TestWhereNothingCameOnlyMoneyIsTold(t *testing.T) {
	var m stats.ErrorStats
	m.Add(50, 0)
	_, biased := m.Bias()
	_, missed := m.WAPE()
	if biased || missed {
		t.Error("a share of nothing")
	}
	near(t, "error", m.Error(), 50)
	near(t, "absolute", m.Absolute, 50)
}

func first(x float64, _ bool) float64 { return x }
