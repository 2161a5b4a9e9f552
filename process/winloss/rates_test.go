package winloss_test

import (
	"testing"

	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/processtest"
	"milstolpe/process/winloss"
)

// Rates of NOK: 1.00 from March 2026, 0.90 from June; then 1.20 is given for the first of January, and 1.10 for the first of April.
func TestARateForAnEarlierDayHoldsUntilTheNextOne(t *testing.T) {
	s := processtest.NewStory(t, "a")
	set := func(name string, rate float64, from, today string) process.Fact {
		facts, err := s.Team.Rates().Set("NOK", rate, processtest.Day(from), nil, processtest.Day(today))
		if err != nil || len(facts) != 1 {
			t.Fatalf("%s: %v, %v", name, facts, err)
		}
		s.Add(name, facts...)
		return facts[0]
	}
	set("march", 1.00, "2026-03-01", "2026-03-01")
	set("june", 0.90, "2026-06-01", "2026-06-01")
	early := set("january", 1.20, "2026-01-01", "2026-11-23")
	set("april", 1.10, "2026-04-01", "2026-11-23")
	check := func(when string, want map[string]float64) {
		t.Helper()
		for day, rate := range want {
			if got, ok := s.Team.Rates().On("NOK", processtest.Day(day)); !ok || got != rate {
				t.Errorf("%s, on %s: %v, want %v", when, day, got, rate)
			}
		}
	}
	check("given", map[string]float64{
		"2025-06-01": 1.20, "2026-01-01": 1.20, "2026-02-28": 1.20, "2026-03-01": 1.00, "2026-03-31": 1.00, "2026-04-01": 1.10, "2026-05-31": 1.10, "2026-06-01": 0.90, "2026-11-23": 0.90,
	})
	if n := len(s.Team.Conflicts()); n != 0 {
		t.Errorf("%d conflicts", n)
	}
	if days := s.Team.Rates().Days("NOK"); len(days) != 4 || days[0].From != processtest.Day("2026-06-01") || days[3].Rate != 1.20 {
		t.Errorf("the rates are %v", days)
	}
	set("january again", 1.30, "2026-01-01", "2026-11-23")
	set("today", 0.80, "2026-11-23", "2026-11-23")
	check("mended", map[string]float64{"2026-02-28": 1.30, "2026-03-01": 1.00, "2026-11-22": 0.90, "2026-11-23": 0.80})
	if again, err := s.Team.Rates().Set("NOK", 1.30, processtest.Day("2026-01-01"), nil, processtest.Day("2026-11-23")); len(again) > 0 || err != nil {
		t.Errorf("the same once more: %v, %v", again, err)
	}
	if _, err := s.Team.Rates().Set("NOK", 1, processtest.Day("2026-12-01"), nil, processtest.Day("2026-11-23")); process.KindOf(err) != process.Invalid {
		t.Errorf("for a day to come: %v", err)
	}
	if _, err := s.Team.Rates().Set("NOK", 1, early.Recorded().Known, []process.EventID{s.Ids["march"]}, processtest.Day("2026-11-23")); process.KindOf(err) != process.Conflict {
		t.Errorf("from a stale form: %v", err)
	}
	s.Undo("january again", "2026-11-23", &process.RateSet{Stamp: *early.Recorded()})
	check("taken back", map[string]float64{"2026-02-28": 1.20, "2026-03-01": 1.00})
}

// 100 NOK are won on the 10th of February, of May and of August. With 1.00 for all days, 1.20 from April to June adds 20 to the second quarter.
func TestARateSaysWhichOldFiguresItChanges(t *testing.T) {
	s := processtest.NewStory(t, "a")
	hundred := money.New(100_00, "NOK")
	for _, day := range []string{"2026-02-10", "2026-05-10", "2026-08-10"} {
		id := process.DealID("d" + day)
		s.Open(id, "2026-01-01", &hundred)
		s.Close(id, process.Won, day, &hundred)
	}
	rate := func(rate float64, from, today string) process.Fact {
		facts, err := s.Team.Rates().Set("NOK", rate, processtest.Day(from), nil, processtest.Day(today))
		if err != nil || len(facts) != 1 {
			t.Fatal(facts, err)
		}
		return facts[0]
	}
	first := rate(1.00, "2026-07-01", "2026-07-01")
	if got := winloss.RateChanges(s.Team, first); len(got) != 0 {
		t.Errorf("the first rate changes %v: nothing was counted before it", got)
	}
	s.Add("first", first)
	got := winloss.RateChanges(s.Team, rate(1.20, "2026-04-01", "2026-11-23"))
	// The new one is the first of all, so it holds for February too.
	if len(got) != 2 || got[0].Quarter.Label() != "2026-Q1" || got[1].Quarter.Label() != "2026-Q2" || got[1].Deals != 1 || got[1].Before != 100_00 || got[1].After != 120_00 {
		t.Errorf("an earlier rate changes %+v", got)
	}
	// A second rate on the day of the first one counts for all days up to it.
	got = winloss.RateChanges(s.Team, rate(0.50, "2026-07-01", "2026-07-01"))
	if len(got) != 3 || got[2].Before != 100_00 || got[2].After != 50_00 {
		t.Errorf("a second rate on the same day changes %+v", got)
	}
	if got := winloss.RateChanges(s.Team, rate(0.50, "2026-11-23", "2026-11-23")); len(got) != 0 {
		t.Errorf("a rate from today on changes %v", got)
	}
}
