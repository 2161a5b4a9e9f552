package stats_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"milstolpe/process/stats"
)

func TestBayesFactorIsAsWorkedByHand(t *testing.T) {
	// B(a,b) = (a−1)!(b−1)!/(a+b−1)!. Two of two against none of two:
	// B(3,1) = 1/3, B(1,3) = 1/3, B(3,3) = 2!2!/5! = 1/30, so 30/9.
	near(t, "2 of 2, 0 of 2", stats.BayesFactor(2, 2, 2, 0), 30./9)
	// One of two in both: B(2,2)²/B(3,3) = 30/36.
	near(t, "1 of 2, 1 of 2", stats.BayesFactor(2, 1, 2, 1), 30./36)
	// An empty group says nothing: B(1,1) = 1.
	near(t, "an empty group", stats.BayesFactor(7, 3, 0, 0), 1)
}

func TestAMilestoneDecidesOnlyWithEvidence(t *testing.T) {
	for _, tc := range []struct {
		name           string
		n1, w1, n0, w0 int
		want           stats.Difference
	}{
		{"many more win", 40, 30, 40, 8, stats.Decides},
		{"many fewer win", 40, 8, 40, 30, stats.CannotTellDifference},
		{"as many win", 200, 60, 200, 61, stats.NoVisibleDifference},
		{"as many win of few", 200, 60, 19, 6, stats.CannotTellDifference},
		{"somewhat more win", 20, 11, 20, 7, stats.CannotTellDifference},
		{"nobody without", 50, 25, 0, 0, stats.CannotTellDifference},
		{"very many", 2_000_000, 1_200_000, 2_000_000, 400_000, stats.Decides},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got, factor := stats.Compare(tc.n1, tc.w1, tc.n0, tc.w0); got != tc.want {
				t.Errorf("Compare = %d with factor %g, want %d", got, factor, tc.want)
			}
		})
	}
}

func TestBayesFactorDoesNotDependOnWhichGroupIsNamedFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n1, n0 := rapid.IntRange(0, 300).Draw(t, "n1"), rapid.IntRange(0, 300).Draw(t, "n0")
		w1, w0 := rapid.IntRange(0, n1).Draw(t, "w1"), rapid.IntRange(0, n0).Draw(t, "w0")
		a, b := stats.BayesFactor(n1, w1, n0, w0), stats.BayesFactor(n0, w0, n1, w1)
		if !(a > 0) || math.Abs(a-b) > 1e-9*a {
			t.Fatalf("%g and %g", a, b)
		}
		// Neither does it matter which outcome is called a win.
		near(t, "of losses", stats.BayesFactor(n1, n1-w1, n0, n0-w0)/a, 1)
	})
}

func TestEvidenceComparesWinsWithPromises(t *testing.T) {
	var e stats.ZTest
	if _, ok := e.Z(); ok {
		t.Error("z without deals")
	}
	e.Add(1, 500, true) // certain: no evidence
	if _, ok := e.Z(); ok {
		t.Error("z of a certain deal")
	}
	e.Add(0.5, 100, true)
	e.Add(0.2, 200, false)
	// (100 − 50 − 40)/√(100²·0.25 + 200²·0.16) = 10/√8900
	z, ok := e.Z()
	near(t, "z", z, 10/math.Sqrt(8900))
	if !ok || stats.Significant(z) || !stats.Significant(-1.97) || stats.Significant(1.95) {
		t.Error("beyond 95 % is beyond 1.96")
	}
}
