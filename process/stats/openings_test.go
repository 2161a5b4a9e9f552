package stats

import "testing"

func TestTheMedianAndHowSureItIs(t *testing.T) {
	for _, c := range []struct {
		values            []float64
		median, low, high float64
	}{
		{nil, 0, 0, 0},
		{[]float64{7}, 7, 7, 7},
		{[]float64{9, 7}, 7, 7, 9},
		// 8/2 − 1.2816·√8/2 = 2.19: the second from either end. As many as two or fewer of eight lie below the median with a chance of
		// 37/256, and one or none with 9/256, so that the interval from the second on holds it in more than 80 %.
		{[]float64{8, 1, 7, 2, 6, 3, 5, 4}, 4, 2, 7},
		// 9/2 − 1.2816·3/2 = 2.58
		{[]float64{9, 8, 1, 7, 2, 6, 3, 5, 4}, 5, 2, 8},
	} {
		if median, low, high := MedianInterval(c.values); median != c.median || low != c.low || high != c.high {
			t.Errorf("of %v: %v between %v and %v, want %v, %v, %v", c.values, median, low, high, c.median, c.low, c.high)
		}
	}
}

// Deals of which nothing has ended yet promise nothing.
func TestNothingIsWonInTimeBeforeAnythingHasEnded(t *testing.T) {
	var o Openings
	o.Weight = 1
	o.Add(0, 50, Open)
	share, doubt := WonInTime([]*Openings{&o}, 60, 70, 60, 100)
	if share != 0 || doubt != 0.5 { // as sure as the two deals of the starting value
		t.Errorf("share %v, doubt %v; want 0 and a half", share, doubt)
	}
}
