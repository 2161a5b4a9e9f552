package forecast_test

import (
	"testing"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/processtest"
)

// A deal that came without milestones stands nowhere until somebody says how far it has come. "Nothing yet" is an answer; no answer is not.
func TestNothingReachedIsAnotherThingThanNotKnown(t *testing.T) {
	t.Parallel()
	s := processtest.NewStory(t, "a", "b")
	for _, id := range []process.DealID{"said", "silent", "undone", "later"} {
		s.Add("open "+string(id), &process.DealOpened{
			Stamp: processtest.Known("2026-09-01"), Deal: id, On: processtest.Day("2026-09-01"), Process: "p", Version: "v1", NoSteps: true,
		})
	}
	say := func(id process.DealID, on string) process.Fact {
		facts, err := s.Deal(id).SayNoneReached(processtest.Day(on))
		if err != nil || len(facts) != 1 {
			t.Fatalf("%s: %v, %v", id, facts, err)
		}
		s.Add("none "+string(id), facts...)
		return facts[0]
	}
	say("said", "2026-10-01")
	s.Undo("none undone", "2026-10-05", say("undone", "2026-10-01"))
	say("later", "2026-10-01")
	s.Reach("later", "a", "2026-10-20")
	if again, err := s.Deal("said").SayNoneReached(processtest.Day("2026-10-02")); len(again) > 0 || err != nil {
		t.Errorf("said twice: %v, %v", again, err)
	}
	m := s.Model()
	for _, c := range []struct {
		deal    process.DealID
		on      string
		unknown bool
		passed  int
	}{
		{"said", "2026-09-30", true, 0},
		{"said", "2026-10-01", false, 0},
		{"said", "2026-11-22", false, 0},
		{"silent", "2026-11-22", true, 0},
		{"undone", "2026-10-04", false, 0},
		{"undone", "2026-10-05", true, 0},
		{"undone", "2026-11-22", true, 0},
		{"later", "2026-10-19", false, 0},
		{"later", "2026-10-20", false, 1},
	} {
		if got, ok := m.StandingOn(s.Deal(c.deal), processtest.Day(c.on)); !ok || got.Unknown != c.unknown || got.Passed != c.passed {
			t.Errorf("%s on %s stands at %+v, %v", c.deal, c.on, got, ok)
		}
	}
	for id, want := range map[process.DealID]bool{"said": false, "silent": true, "undone": true, "later": false} {
		if got := s.Deal(id).StandingUnknown(); got != want {
			t.Errorf("%s: place unknown %v, want %v", id, got, want)
		}
	}
}

// In the first days of a file nothing reached today was nothing reached ever since the opening: the wait is counted from there.
func TestNothingReachedInANewFileCountsFromTheOpening(t *testing.T) {
	t.Parallel()
	s := processtest.NewStory(t, "a")
	s.Team.Founded = processtest.Day("2026-11-20")
	opened := process.Stamp{Known: processtest.Day("2026-09-01"), History: true}
	s.Add("", &process.DealOpened{Stamp: opened, Deal: "d", On: opened.Known, Process: "p", Version: "v1", NoSteps: true})
	facts, err := s.Deal("d").SayNoneReached(processtest.Day("2026-11-23"))
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	today, ok := forecast.NewModel(s.Team, processtest.Day("2026-11-23")).DealToday(s.Deal("d"))
	// 1 September to 23 November: 29 + 31 + 23 days.
	if !ok || !today.StandingKnown || today.Waited != 83 {
		t.Errorf("it has waited %d days, known %v; want 83", today.Waited, today.StandingKnown)
	}
}
