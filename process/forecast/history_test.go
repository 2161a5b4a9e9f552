package forecast_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

// turns writes a history as one word a line, so that it can be compared at a glance.
func turns(list []forecast.HistoryEntry) []string {
	var words []string
	for _, t := range list {
		what := map[forecast.EntryKind]string{forecast.TurnRecalibrated: "recalibrated", forecast.TurnStalled: "stalled"}[t.Kind]
		if t.Kind == forecast.TurnRecorded {
			what = process.FactType(t.Event.Fact)
		}
		words = append(words, t.Day.String()+" "+what)
	}
	return words
}

// patient founds a team with a process in which a deal waits at most ten days for a and twenty for b.
func patient(t *testing.T) *processtest.Story {
	t.Helper()
	s := &processtest.Story{T: t, Team: sales.NewTeam(), Ids: map[string]process.EventID{}}
	ten, twenty := 10, 20
	s.Add("", &process.TeamFounded{Stamp: processtest.Known("2020-01-01"), Dataset: "test"})
	s.Add("", &process.VersionPublished{Stamp: processtest.Known("2020-01-01"), Process: "p", Version: "v1", Definition: process.Definition{
		Name: "New business", Milestones: []process.Milestone{
			{Key: "a", Name: "The buyer has done a", Required: true, Patience: &ten},
			{Key: "b", Name: "The buyer has done b", Required: true, Patience: &twenty},
		},
	}})
	return s
}

func TestHistoryTellsStallsBetweenWhatWasRecorded(t *testing.T) {
	t.Parallel()
	s := patient(t)
	s.Open("d", "2026-01-05", processtest.Kronor(1000))
	s.Add("", process.Fact(&process.JournalWritten{Stamp: processtest.Known("2026-01-07"), Deal: "d", On: processtest.Day("2026-01-07"), Text: "lunch"}))
	s.Reach("d", "a", "2026-02-02")
	s.Add("", &process.ValueSet{Stamp: processtest.Known("2026-02-10"), Deal: "d", Value: processtest.Kronor(900)})
	s.Reach("d", "b", "2026-02-20")
	s.Close("d", process.Won, "2026-03-01", nil)
	got := s.Model().History(s.Deal("d"))
	// Opened on 5 January, and moving until the 15th: the 16th is the eleventh day of waiting. From 2 February twenty days, not reached.
	want := []string{
		"2026-01-05 deal.opened", "2026-01-16 stalled", "2026-02-02 milestone.reached", "2026-02-10 deal.value_set",
		"2026-02-20 milestone.reached", "2026-03-01 deal.closed",
	}
	if diff := cmp.Diff(want, turns(got)); diff != "" {
		t.Fatal(diff)
	}
	// With base 0.25 and two required milestones: prior(0) = ¼, stalled a third of the odds, ¼/(¼ + 3·¾) = 0.1, prior(1) = ¼^⅔ = 0.39685, prior(2) = ¼^⅓ = 0.62996.
	for i, want := range [][2]float64{{-1, 0.25}, {0.25, 0.1}, {0.1, 0.39685}, {0.39685, 0.39685}, {0.39685, 0.62996}, {0.62996, -1}} {
		checkChance(t, got[i].Day, "before", got[i].Before, want[0])
		checkChance(t, got[i].Day, "after", got[i].After, want[1])
	}
	if got[1].Waited != 11 || got[1].Patience != 10 {
		t.Errorf("stalled after %d days of %d, want 11 of 10", got[1].Waited, got[1].Patience)
	}
}

func checkChance(t *testing.T, on process.Date, what string, got *float64, want float64) {
	t.Helper()
	if got == nil {
		if want >= 0 {
			t.Errorf("%s: no chance %s, want %v", on, what, want)
		}
		return
	}
	processtest.Near(t, on.String()+" "+what, *got, want, 5e-6)
}

func TestHistoryLeavesOutWhatNeverCounted(t *testing.T) {
	t.Parallel()
	s := patient(t)
	s.Open("d", "2026-01-05", processtest.Kronor(1000))
	s.Reach("d", "a", "2026-01-08")
	s.Add("undo", &process.Undone{Stamp: processtest.Known("2026-01-08"), Deal: "d", Events: []process.EventID{s.Ids["reach d a"]}})
	s.Reach("d", "b", "2026-01-09")
	s.Add("late", &process.Undone{Stamp: processtest.Known("2026-01-12"), Deal: "d", Events: []process.EventID{s.Ids["reach d b"]}})
	s.Close("d", process.Lost, "2026-01-14", nil)
	got := s.Model().History(s.Deal("d"))
	want := []string{"2026-01-05 deal.opened", "2026-01-09 milestone.reached", "2026-01-12 undone", "2026-01-14 deal.closed"}
	if diff := cmp.Diff(want, turns(got)); diff != "" {
		t.Fatal(diff)
	}
	if !got[1].Undone || !got[1].Ahead {
		t.Errorf("b, reached before a and undone later, is told as %+v", got[1])
	}
}

func TestHistoryTellsThatItWasCountedAnew(t *testing.T) {
	t.Parallel()
	s := patient(t)
	s.Open("d", "2026-01-05", processtest.Kronor(1000))
	for i := range 12 { // twelve deals that were won within the week lift every chance from Monday on
		id := process.DealID("w" + string(rune('a'+i)))
		s.Open(id, "2026-01-05", processtest.Kronor(1000))
		s.Close(id, process.Won, "2026-01-07", nil)
	}
	got := s.Model().History(s.Deal("d"))
	if len(got) < 2 || got[1].Kind != forecast.TurnRecalibrated || got[1].Day != processtest.Day("2026-01-12") || !(*got[1].After > *got[1].Before+0.2) {
		t.Errorf("got %v, want a recalibration upwards on Monday 2026-01-12", turns(got))
	}
}

// What a history says of a day is what the model says of it.
func TestHistoryAgreesWithTheModel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s := patient(t)
		first := processtest.Day("2026-01-05")
		s.Open("d", first.String(), processtest.Kronor(1000))
		for i := range 15 {
			id := process.DealID("x" + string(rune('a'+i)))
			s.Open(id, first.AddDays(i).String(), processtest.Kronor(1000))
			how := rapid.SampledFrom([]process.Outcome{process.Won, process.Lost}).Draw(r, "how")
			s.Close(id, how, first.AddDays(i+rapid.IntRange(1, 60).Draw(r, "days")).String(), nil)
		}
		at := first
		last := ""
		for range rapid.IntRange(0, 8).Draw(r, "events") {
			at = at.AddDays(rapid.IntRange(0, 30).Draw(r, "later"))
			switch rapid.IntRange(0, 4).Draw(r, "what") {
			case 0, 1:
				key := rapid.SampledFrom([]process.MilestoneID{"a", "b"}).Draw(r, "milestone")
				s.Reach("d", key, at.String())
				last = "reach d " + string(key)
			case 2:
				if last != "" {
					s.Add("", &process.MilestoneWithdrawn{Stamp: processtest.Known(at.String(), s.Ids[last]), Deal: "d", Milestone: "a", Reason: "news"})
				}
			case 3:
				if last != "" {
					s.Add("", &process.Undone{Stamp: processtest.Known(at.String()), Deal: "d", Events: []process.EventID{s.Ids[last]}})
				}
			case 4:
				s.Close("d", process.Lost, at.String(), nil)
				s.Add("", &process.DealReopened{Stamp: processtest.Known(at.AddDays(3).String(), s.Ids["close d"]), Deal: "d", Reason: "they called"})
				at = at.AddDays(3)
			}
		}
		m, d := s.Model(), s.Deal("d")
		history := m.History(d)
		for i, turn := range history {
			if i+1 < len(history) && history[i+1].Day == turn.Day {
				continue
			}
			want, ok := m.Chance(d, turn.Day)
			if ok != (turn.After != nil) || ok && !(turn.After != nil && abs(*turn.After-want.Chance) < 1e-12) {
				r.Errorf("%s: the history ends the day at %v, the model says %v, %v\n%v", turn.Day, turn.After, want.Chance, ok, turns(history))
			}
		}
	})
}

func abs(x float64) float64 { return max(x, -x) }
