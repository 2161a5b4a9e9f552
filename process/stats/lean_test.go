package stats_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"milstolpe/process/stats"
)

func TestPairedTIsAsWorkedByHand(t *testing.T) {
	// 1, 2, 3: mean 2, deviation 1, t = 2·√3. With two degrees of freedom
	// P(T > t) = ½ − t/(2·√(2+t²)), so p = 1 − √12/√14.
	stat, p, ok := stats.PairedT([]float64{1, 2, 3})
	near(t, "t", stat, 2*math.Sqrt(3))
	near(t, "p", p, 1-math.Sqrt(12./14))
	if !ok {
		t.Error("three differences are not enough")
	}
	if _, _, ok := stats.PairedT([]float64{1}); ok {
		t.Error("one difference is enough")
	}
	if stat, p, ok := stats.PairedT([]float64{-0.1, -0.1, -0.1}); !ok || p != 0 || !math.IsInf(stat, -1) {
		t.Errorf("always the same: t = %g, p = %g, %v", stat, p, ok)
	}
	if _, p, ok := stats.PairedT([]float64{0, 0}); !ok || p != 1 {
		t.Errorf("always none: p = %g, %v", p, ok)
	}
}

func TestTheChanceOfSuchADifferenceIsThatOfStudentsT(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		differences := rapid.SliceOfN(rapid.Float64Range(-1e9, 1e9), 2, 40).Draw(rt, "differences")
		stat, p, _ := stats.PairedT(differences)
		want := 2 * distuv.StudentsT{Sigma: 1, Nu: float64(len(differences) - 1)}.CDF(-math.Abs(stat))
		if !math.IsInf(stat, 0) && stat != 0 && math.Abs(p-want) > 1e-12 {
			rt.Fatalf("t = %g has p = %g, want %g", stat, p, want)
		}
	})
}

func TestALeanIsNamedFromSixPeriodsOn(t *testing.T) {
	for _, tc := range []struct {
		name   string
		errors []float64
		want   stats.Bias
	}{
		{"three", []float64{10, 11, 12}, stats.CannotTellLean},
		{"four", []float64{10, 11, 12, 13}, stats.NoLean},
		{"five", []float64{10, 11, 12, 13, 14}, stats.NoLean},
		{"six above", []float64{10, 11, 12, 13, 14, 15}, stats.TooHigh},
		{"six below", []float64{-10, -11, -12, -13, -14, -15}, stats.TooLow},
		{"six about", []float64{10, -11, 12, -13, 14, -15}, stats.NoLean},
		// Mean 1, deviation d of ±d about it: t = √5/d and t(0.95, 5) = 2.015, so
		// the border is d = 1.1097.
		{"just beyond", []float64{2.10, -0.10, 2.10, -0.10, 2.10, -0.10}, stats.TooHigh},
		{"just short of", []float64{2.12, -0.12, 2.12, -0.12, 2.12, -0.12}, stats.NoLean},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var m stats.ErrorStats
			for _, e := range tc.errors {
				m.Add(100+e, 100)
			}
			if got := m.Lean(); got != tc.want {
				t.Errorf("Lean = %d, want %d", got, tc.want)
			}
		})
	}
}

func TestANumberAddsValueWhereItIsCloserTimeAndAgain(t *testing.T) {
	far := []float64{10, 11, 12, 13, 14, 15}
	nearer := []float64{1, 2, 4, 3, 1, 2}
	mixed := []float64{1, 20, 2, 30, 3, 40}
	for _, tc := range []struct {
		name            string
		judged, against []float64
		want            stats.Value
	}{
		{"closer", nearer, far, stats.Adds},
		{"farther", far, nearer, stats.TakesAway},
		{"now this, now that", mixed, far, stats.CannotTellValue},
		{"the same", far, far, stats.CannotTellValue},
		{"five periods", nearer[:5], far[:5], stats.CannotTellValue},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := stats.AddsValue(tc.judged, tc.against); got != tc.want {
				t.Errorf("AddsValue = %d, want %d", got, tc.want)
			}
		})
	}
}
