package sales_test

import (
	"testing"

	"milstolpe/process"
	"milstolpe/process/conflicts"
	"milstolpe/process/processtest"
)

// rateConflicts are the conflicts about rates, which are all that there are.
func rateConflicts(t *testing.T, s *processtest.Story) (subjects []string) {
	t.Helper()
	for _, c := range s.Team.Conflicts() {
		if c.Field != conflicts.Rate {
			t.Fatalf("a conflict about %s", c.Field)
		}
		subjects = append(subjects, c.Subject)
	}
	return subjects
}

func TestTwoRatesFromOneDayAreSettledForThatDay(t *testing.T) {
	today := processtest.Day("2026-06-01")
	for name, given := range map[string][2]process.Stamp{
		"for an earlier day, in two copies": {{Known: processtest.Day("2026-03-01"), History: true}, {Known: processtest.Day("2026-03-01"), History: true}},
		"on the day, and for it later":      {{Known: processtest.Day("2026-03-01")}, {Known: processtest.Day("2026-03-01"), History: true}},
		"on the day, in two copies":         {{Known: processtest.Day("2026-03-01")}, {Known: processtest.Day("2026-03-01")}},
	} {
		t.Run(name, func(t *testing.T) {
			s := processtest.NewStory(t, "a")
			s.Add("one", &process.RateSet{Stamp: given[0], Currency: "EUR", Rate: 11})
			s.Add("two", &process.RateSet{Stamp: given[1], Currency: "EUR", Rate: 12})
			// A later rate says nothing of that day.
			s.Add("later", &process.RateSet{Stamp: process.Stamp{Known: processtest.Day("2026-05-01"), Base: s.Team.Rates().Heads("EUR")}, Currency: "EUR", Rate: 13})
			got := rateConflicts(t, s)
			if len(got) != 1 || got[0] != "EUR\x1f2026-03-01" {
				t.Fatalf("the conflicts are %q, want that of the 1st of March", got)
			}
			facts, err := s.Team.Conflicts()[0].Settle(s.Ids["one"], nil, today, nil)
			if err != nil || len(facts) != 1 {
				t.Fatalf("settled with %v, %v", facts, err)
			}
			s.Add("", facts...)
			march, _ := s.Team.Rates().On("EUR", processtest.Day("2026-04-30"))
			june, _ := s.Team.Rates().On("EUR", today)
			if got := rateConflicts(t, s); len(got) > 0 || march != 11 || june != 13 {
				t.Errorf("then %q conflict, and the rate is %v in April and %v in June, want 11 and 13", got, march, june)
			}
		})
	}
}

func TestARateInThePlaceOfAnotherIsNoConflict(t *testing.T) {
	s := processtest.NewStory(t, "a")
	today := processtest.Day("2026-06-01")
	give := func(rate float64, from string) {
		t.Helper()
		facts, err := s.Team.Rates().Set("EUR", rate, processtest.Day(from), nil, today)
		if err != nil || len(facts) != 1 {
			t.Fatalf("%v, %v", facts, err)
		}
		s.Add("", facts...)
	}
	s.Add("", &process.RateSet{Stamp: processtest.Known("2026-03-01"), Currency: "EUR", Rate: 11})
	give(11.2, "2026-03-01") // what was given that day was wrong
	give(10.5, "2026-01-01")
	give(12, "2026-06-01")
	give(11.9, "2026-05-15")
	if got := rateConflicts(t, s); len(got) > 0 {
		t.Errorf("%q conflict", got)
	}
	s.Add("", &process.RateSet{Stamp: process.Stamp{Known: processtest.Day("2026-01-01"), History: true}, Currency: "EUR", Rate: 10.5})
	if got := rateConflicts(t, s); len(got) > 0 {
		t.Errorf("two who say the same conflict about %q", got)
	}
}
