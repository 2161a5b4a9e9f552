package stats_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"milstolpe/process/stats"
)

func TestPatienceIsTheWaitThatFourInFiveDoNotExceed(t *testing.T) {
	for _, tc := range []struct {
		name  string
		waits []int
		days  int
		ok    bool
	}{
		{"no waits", nil, 0, false},
		{"seven are too few", []int{1, 2, 3, 4, 5, 6, 7}, 0, false},
		// ⌈0.8·8⌉ = ⌈6.4⌉ = 7: the seventh of 1 2 3 4 5 6 7 80.
		{"eight", []int{80, 7, 6, 5, 4, 3, 2, 1}, 7, true},
		// ⌈0.8·10⌉ = 8, not 9: 0.8·10 is exactly 8.
		{"ten", []int{10, 20, 30, 40, 50, 60, 70, 80, 90, 100}, 80, true},
		// A wait of 0 days lasts one day.
		{"same day", []int{0, 0, 0, 0, 0, 0, 0, 0}, 1, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if days, ok := stats.Patience(tc.waits); days != tc.days || ok != tc.ok {
				t.Errorf("Patience(%v) = %d, %v, want %d, %v", tc.waits, days, ok, tc.days, tc.ok)
			}
		})
	}
}

func TestPatienceIsAnElementOfTheSortedWaits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		waits := rapid.SliceOfN(rapid.IntRange(1, 300), 8, 60).Draw(t, "waits")
		got, ok := stats.Patience(waits)
		slices.Sort(waits)
		want := waits[(8*len(waits)+9)/10-1]
		if !ok || got != want {
			t.Fatalf("Patience = %d, %v, want %d", got, ok, want)
		}
	})
}

func TestNothingStallsWithoutALimitOrOnItsLastDay(t *testing.T) {
	if (stats.StallLimit{}).Stalled(math.MaxInt) {
		t.Error("a deal stalled where there is no limit")
	}
	l := stats.StallLimit{Days: 14, Known: true}
	if l.Stalled(14) || !l.Stalled(15) {
		t.Error("14 days of patience end after the 14th day")
	}
}
