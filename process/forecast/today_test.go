package forecast_test

import (
	"testing"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/processtest"
)

func TestADealStallsSoonThenStallsThenIsLongStalled(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		opened            string // ten days is the normal wait, and today is 2026-11-23
		stallsIn          int
		soon, stall, long bool
	}{
		{"2026-11-23", 11, false, false, false},
		{"2026-11-19", 7, true, false, false}, // 30 November is the eleventh day
		{"2026-11-13", 1, true, false, false},
		{"2026-11-12", 0, false, true, false}, // eleven days
		{"2026-11-03", 0, false, true, false}, // twenty days: twice the normal wait, not more
		{"2026-11-02", 0, false, true, true},
	} {
		s := patient(t)
		s.Open("d", c.opened, processtest.Kronor(1000))
		got, ok := s.Model().DealToday(s.Deal("d"))
		if !ok || !got.StandingKnown || got.StallsIn != c.stallsIn || got.StallsSoon() != c.soon || got.Stalled != c.stall || got.LongStalled() != c.long {
			t.Errorf("opened %s: %+v", c.opened, got)
		}
		// base ¼: prior(0) = ¼, and a third of the odds once stalled: ¼/(¼ + 3·¾).
		processtest.Near(t, "chance once stalled", got.IfStalled, 0.1, 1e-9)
	}
}

func TestDealsTodaySayTheSameAsOneByOne(t *testing.T) {
	t.Parallel()
	s := patient(t)
	for i, opened := range []string{"2026-09-01", "2026-11-12", "2026-11-20"} {
		id := process.DealID("d" + string(rune('1'+i)))
		s.Open(id, opened, processtest.Kronor(int64(1000*(i+1))))
	}
	s.Reach("d1", "a", "2026-11-20")
	s.Close("d2", process.Lost, "2026-11-21", nil)
	m := s.Model()
	all := m.DealsToday()
	if len(all) != 2 {
		t.Fatalf("%d open deals, want 2", len(all))
	}
	for i := range all {
		one, ok := m.DealToday(all[i].Deal)
		chance, _ := m.Chance(all[i].Deal, m.Today())
		if !ok || one != all[i] || one.Chance != chance {
			t.Errorf("%s: in the list %+v, alone %+v", all[i].Deal.ID, all[i], one)
		}
	}
	// d2 was lost on Saturday, so on Monday the 23rd base is (0 + ½)/(1 + 2) = ⅙ and no day was followed by a win. Of all days 83 + 9 + 3
	// have 1 to go or more, 82 + 8 + 2 have 2, 81 + 7 + 1 have 3, then 80 + 6, 79 + 5 … 75 + 1; one of each is followed by the loss. d1 was first
	// seen 83 days ago and d3 three, so n = 1 + E(83) + E(3), and the chance is (0 + 8·⅙)/(n + 8).
	open, n := 1.0, 1.0
	for r, atRisk := range []float64{95, 92, 89, 86, 84, 82, 80, 78, 76} {
		open *= 1 - 1/atRisk
		if r+1 == 3 {
			n += 1 - open
		}
	}
	n += 1 - open
	processtest.Near(t, "expected value", all[1].Expected(), 3000*100*(8.0/6)/(n+8), 1e-6)
	if _, ok := m.DealToday(s.Deal("d2")); ok {
		t.Error("a closed deal stands nowhere today")
	}
}

func TestProspectsCountWhatIsThereAhead(t *testing.T) {
	t.Parallel()
	s := processtest.NewStory(t, "a", "b", "c")
	s.Open("d", "2026-11-01", nil)
	s.Reach("d", "b", "2026-11-10")
	got := s.Model().Prospects(s.Deal("d"))
	// a makes two passed, because b is there; then c makes three. base ¼: ¼^(2/4) = ½, ¼^(1/4) = 0.70711.
	if len(got) != 2 || got[0].Milestone != "a" || got[0].Passed != 2 || got[1].Milestone != "c" || got[1].Passed != 3 {
		t.Fatalf("got %+v", got)
	}
	processtest.Near(t, "with a", got[0].Chance, 0.5, 1e-9)
	processtest.Near(t, "with c", got[1].Chance, 0.70711, 5e-6)
}

func TestSimilarDealsAreThoseBehindTheChance(t *testing.T) {
	t.Parallel()
	s := patient(t)
	s.Open("quick", "2026-01-05", processtest.Kronor(1000)) // moving only
	s.Close("quick", process.Won, "2026-01-09", nil)
	s.Open("slow", "2026-01-05", processtest.Kronor(1000)) // stalled from 16 January on
	s.Close("slow", process.Lost, "2026-02-02", nil)
	s.Open("void", "2026-01-05", processtest.Kronor(1000)) // leaves every count
	s.Close("void", process.Void, "2026-01-20", nil)
	s.Open("again", "2026-01-05", processtest.Kronor(1000)) // its close was taken back, and then came another
	s.Close("again", process.Lost, "2026-01-08", nil)
	s.Add("", &process.DealReopened{Stamp: processtest.Known("2026-01-10", s.Ids["close again"]), Deal: "again", Reason: "they called"})
	s.Close("again", process.Won, "2026-01-12", nil)
	s.Open("d", "2026-11-20", nil)
	m := s.Model()
	c := m.Calibration("p", m.Today())
	for i := range c.All() {
		f := &c.All()[i]
		similar := m.Similar(c, f.Standing)
		won := 0
		for _, d := range similar {
			if d.Won {
				won++
			}
		}
		if len(similar) != f.Deals || won != f.Wins {
			t.Errorf("%+v: %d similar deals, %d won; the chance rests on %d and %d", f.Standing, len(similar), won, f.Deals, f.Wins)
		}
	}
	moving := m.Similar(c, forecast.Standing{})
	// slow was moving from 5 to 15 January: 11 days. quick 4, again 7. The latest closed stands first.
	want := []forecast.SimilarDeal{{Days: 11, Closed: processtest.Day("2026-02-02")}, {Days: 7, Won: true, Closed: processtest.Day("2026-01-12")}, {Days: 4, Won: true, Closed: processtest.Day("2026-01-09")}}
	for i, w := range want {
		if got := moving[i]; got.Days != w.Days || got.Won != w.Won || got.Closed != w.Closed {
			t.Errorf("similar deal %d is %+v, want %+v", i, got, w)
		}
	}
}
