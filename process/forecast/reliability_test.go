package forecast_test

import (
	"testing"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/processtest"
)

// The golden team on 30 June 2026 with the days before quarters start, as the model said when version 2 agreed with the golden reports.
func TestTheDiagramOfTheGoldenTeam(t *testing.T) {
	t.Parallel()
	team, proc := processtest.GoldenTeam(t, "../testdata/golden", "month")
	d := forecast.NewModel(team, processtest.Day("2026-06-30")).Diagram(proc, process.Quarter)
	want := []struct {
		passed    int
		stalled   bool
		deals     int
		said, won float64
		fit       forecast.Fit
	}{
		{0, false, 50, 30, 24, forecast.Holds},
		{0, true, 43, 12, 19, forecast.ChanceTooLow},
		{1, false, 102, 36, 29, forecast.ChanceTooHigh},
		{1, true, 39, 18, 15, forecast.Holds},
		{2, false, 35, 53, 54, forecast.Holds},
		{2, true, 11, 24, 27, forecast.Holds},
		{3, false, 33, 67, 85, forecast.ChanceTooLow},
		{3, true, 10, 39, 60, forecast.ChanceTooLow},
		{4, false, 8, 84, 100, forecast.Holds},
		{4, true, 1, 86, 100, forecast.CannotTellFit},
	}
	if len(d.Points) != len(want) {
		t.Fatalf("%d points, want %d", len(d.Points), len(want))
	}
	for i, w := range want {
		p := &d.Points[i]
		if p.Standing != (forecast.Standing{Passed: w.passed, Stalled: w.stalled}) || len(p.Deals) != w.deals || p.Fit() != w.fit {
			t.Errorf("%+v with %d deals, fit %d; want %+v", p.Standing, len(p.Deals), p.Fit(), w)
		}
		processtest.Near(t, "said", 100*p.Said, w.said, 0.5+1e-9)
		processtest.Near(t, "won", 100*p.Won, w.won, 0.5+1e-9)
		if p.Low > p.Won || p.High < p.Won {
			t.Errorf("%+v: the interval %v–%v does not hold %v", p.Standing, p.Low, p.High, p.Won)
		}
	}
	if d.Median != 106_000_00 || d.Below.Deals != 169 || d.Above.Deals != 163 {
		t.Errorf("median %v with %d and %d deals, want 106,000 with 169 and 163", d.Median, d.Below.Deals, d.Above.Deals)
	}
	processtest.Near(t, "below said", 100*d.Below.Said, 34, 0.5)
	processtest.Near(t, "above won", 100*d.Above.Won, 44, 0.5)
}

// Three deals that never had a milestone, seen on the last of each month. With fewer than eight waits there is no limit, so nobody stalls.
func TestADealCountsOnceForEachStanding(t *testing.T) {
	t.Parallel()
	s := processtest.NewStory(t, "a")
	for _, id := range []process.DealID{"one", "two", "void"} {
		s.Open(id, "2026-01-10", processtest.Kronor(1000))
	}
	s.Reach("two", "a", "2026-03-05")
	s.Close("one", process.Lost, "2026-04-10", nil) // seen on 31 January, 28 February and 31 March with nothing passed
	s.Close("two", process.Won, "2026-04-10", nil)  // on the first two days with nothing passed, on the third with a
	s.Close("void", process.Void, "2026-04-10", nil)
	s.Open("open", "2026-01-10", processtest.Kronor(1000))
	d := s.Model().Diagram("p", process.Month)
	if d.Closed != 2 || len(d.Points) != 2 {
		t.Fatalf("%d closed deals and %d points, want 2 and 2", d.Closed, len(d.Points))
	}
	start, after := &d.Points[0], &d.Points[1]
	if len(start.Deals) != 2 || start.Wins != 1 || len(after.Deals) != 1 || after.Wins != 1 {
		t.Errorf("with nothing passed %d of %d won, with a %d of %d; want 1 of 2 and 1 of 1", start.Wins, len(start.Deals), after.Wins, len(after.Deals))
	}
	for _, deal := range start.Deals {
		if deal.AsOf != processtest.Day("2026-01-31") {
			t.Errorf("%s is taken on %s, want the first day on which it was there", deal.Deal.ID, deal.AsOf)
		}
	}
	// base = 0.25 without closed deals, one milestone: prior = 0.25^(2/2) at the start, 0.25^(1/2) = 0.5 after it.
	processtest.Near(t, "chance at the start", start.Said, 0.25, 1e-12)
	processtest.Near(t, "chance after a", after.Said, 0.5, 1e-12)
	// On each day two of the three deals have ended by now: less than nine in ten, so no day is scored.
	if d.Brier != nil {
		t.Errorf("scored %+v, want nothing", d.Brier)
	}
}
