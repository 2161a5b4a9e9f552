package stats_test

import (
	"math"
	"testing"

	"milstolpe/process/stats"
)

func TestNewcomersAreExpectedAsInTheLastFourPeriods(t *testing.T) {
	for _, tc := range []struct {
		name           string
		earlier        []float64
		mean, variance float64
		known          bool
	}{
		{"no period", nil, 0, 0, false},
		// N = 8, s² = ((8−8)² + 2·4²)/(1+2) = 32/3
		{"one period", []float64{8}, 8, 32. / 3, true},
		// N = (2+4+6+8)/4 = 5; (10−5)² + 9 + 1 + 1 + 9 = 45; s² = (45 + 2·2.5²)/7
		{"five periods", []float64{10, 2, 4, 6, 8}, 5, 57.5 / 7, true},
		// Of thirteen the first is forgotten: N = 1, eight 0 are 8 off in squares,
		// four 1 are not; s² = (8 + 2·0.25)/14
		{"thirteen periods", []float64{1e6, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1}, 1, 8.5 / 14, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := stats.ExpectUnopened(tc.earlier)
			near(t, "mean", got.Mean, tc.mean)
			near(t, "variance", got.Variance, tc.variance)
			if got.Known != tc.known {
				t.Errorf("Known = %v", got.Known)
			}
		})
	}
}

func TestTauIsTheErrorThatChanceDoesNotExplain(t *testing.T) {
	many := make([]stats.Record, 13)
	for i := range many {
		many[i] = stats.Record{Forecast: 100, Actual: 100}
	}
	many[0].Actual = 1e9 // forgotten
	dropped := append([]stats.Record{}, many...)
	dropped[12] = stats.Record{Actual: 70} // leaves eleven, does not bring back the first
	for _, tc := range []struct {
		name    string
		records []stats.Record
		squared float64
	}{
		{"no record", nil, 0.01},
		{"nothing was forecast", []stats.Record{{Actual: 5}}, 0.01},
		// m = 100²; τ² = (50² − 900 + 0.04·100²)/(100² + 4·100²) = 2000/50000
		{"one record", []stats.Record{{Forecast: 100, Actual: 150, Variance: 900}}, 2000. / 50000},
		// m = (100² + 200²)/2 = 25000; misses 10² + 20² less 400 + 500;
		// τ² = (500 − 900 + 0.04·25000)/(50000 + 100000) = 600/150000
		{"two records", []stats.Record{{Forecast: 100, Actual: 90, Variance: 400}, {Forecast: 200, Actual: 220, Variance: 500}}, 600. / 150000},
		{"chance explains it all", []stats.Record{{Forecast: 100, Actual: 110, Variance: 5000}}, 0},
		// 0.04·100²/(12·100² + 4·100²) and with 11
		{"the last twelve", many, 0.04 / 16},
		{"dropped and not replaced", dropped, 0.04 / 15},
	} {
		t.Run(tc.name, func(t *testing.T) {
			near(t, "τ", stats.Tau(tc.records), math.Sqrt(tc.squared))
		})
	}
}
