package process_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/forecast"
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
func patient(t *testing.T) *story {
	t.Helper()
	s := &story{t: t, team: sales.NewTeam(), ids: map[string]process.EventID{}}
	ten, twenty := 10, 20
	s.add("", &process.TeamFounded{Stamp: known("2020-01-01"), Dataset: "test"})
	s.add("", &process.VersionPublished{Stamp: known("2020-01-01"), Process: "p", Version: "v1", Definition: process.Definition{
		Name: "New business", Milestones: []process.Milestone{
			{Key: "a", Name: "The buyer has done a", Required: true, Patience: &ten},
			{Key: "b", Name: "The buyer has done b", Required: true, Patience: &twenty},
		},
	}})
	return s
}

func TestHistoryTellsStallsBetweenWhatWasRecorded(t *testing.T) {
	s := patient(t)
	s.open("d", "2026-01-05", kronor(1000))
	s.add("", process.Fact(&process.JournalWritten{Stamp: known("2026-01-07"), Deal: "d", On: day("2026-01-07"), Text: "lunch"}))
	s.reach("d", "a", "2026-02-02")
	s.add("", &process.ValueSet{Stamp: known("2026-02-10"), Deal: "d", Value: kronor(900)})
	s.reach("d", "b", "2026-02-20")
	s.close("d", process.Won, "2026-03-01", nil)
	got := s.model().History(s.deal("d"))
	// Opened on 5 January, and moving until the 15th: the 16th is the eleventh day of waiting. From 2 February twenty days, not reached.
	want := []string{
		"2026-01-05 deal.opened", "2026-01-16 stalled", "2026-02-02 milestone.reached", "2026-02-10 deal.value_set",
		"2026-02-20 milestone.reached", "2026-03-01 deal.closed",
	}
	if diff := cmp.Diff(want, turns(got)); diff != "" {
		t.Fatal(diff)
	}
	// With base 0.25 and two required milestones: prior(0) = ¼, stalled half of it, prior(1) = ¼^⅔ = 0.39685, prior(2) = ¼^⅓ = 0.62996.
	for i, want := range [][2]float64{{-1, 0.25}, {0.25, 0.125}, {0.125, 0.39685}, {0.39685, 0.39685}, {0.39685, 0.62996}, {0.62996, -1}} {
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
	near(t, on.String()+" "+what, *got, want, 5e-6)
}

func TestHistoryLeavesOutWhatNeverCounted(t *testing.T) {
	s := patient(t)
	s.open("d", "2026-01-05", kronor(1000))
	s.reach("d", "a", "2026-01-08")
	s.add("undo", &process.Undone{Stamp: known("2026-01-08"), Deal: "d", Events: []process.EventID{s.ids["reach d a"]}})
	s.reach("d", "b", "2026-01-09")
	s.add("late", &process.Undone{Stamp: known("2026-01-12"), Deal: "d", Events: []process.EventID{s.ids["reach d b"]}})
	s.close("d", process.Lost, "2026-01-14", nil)
	got := s.model().History(s.deal("d"))
	want := []string{"2026-01-05 deal.opened", "2026-01-09 milestone.reached", "2026-01-12 undone", "2026-01-14 deal.closed"}
	if diff := cmp.Diff(want, turns(got)); diff != "" {
		t.Fatal(diff)
	}
	if !got[1].Undone || !got[1].Ahead {
		t.Errorf("b, reached before a and undone later, is told as %+v", got[1])
	}
}

func TestHistoryTellsThatItWasCountedAnew(t *testing.T) {
	s := patient(t)
	s.open("d", "2026-01-05", kronor(1000))
	for i := range 12 { // twelve deals that were won within the week lift every chance from Monday on
		id := process.DealID("w" + string(rune('a'+i)))
		s.open(id, "2026-01-05", kronor(1000))
		s.close(id, process.Won, "2026-01-07", nil)
	}
	got := s.model().History(s.deal("d"))
	if len(got) < 2 || got[1].Kind != forecast.TurnRecalibrated || got[1].Day != day("2026-01-12") || !(*got[1].After > *got[1].Before+0.2) {
		t.Errorf("got %v, want a recalibration upwards on Monday 2026-01-12", turns(got))
	}
}

// What a history says of a day is what the model says of it.
func TestHistoryAgreesWithTheModel(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := patient(t)
		first := day("2026-01-05")
		s.open("d", first.String(), kronor(1000))
		for i := range 15 {
			id := process.DealID("x" + string(rune('a'+i)))
			s.open(id, first.AddDays(i).String(), kronor(1000))
			how := rapid.SampledFrom([]process.Outcome{process.Won, process.Lost}).Draw(r, "how")
			s.close(id, how, first.AddDays(i+rapid.IntRange(1, 60).Draw(r, "days")).String(), nil)
		}
		at := first
		last := ""
		for range rapid.IntRange(0, 8).Draw(r, "events") {
			at = at.AddDays(rapid.IntRange(0, 30).Draw(r, "later"))
			switch rapid.IntRange(0, 4).Draw(r, "what") {
			case 0, 1:
				key := rapid.SampledFrom([]process.MilestoneID{"a", "b"}).Draw(r, "milestone")
				s.reach("d", key, at.String())
				last = "reach d " + string(key)
			case 2:
				if last != "" {
					s.add("", &process.MilestoneWithdrawn{Stamp: known(at.String(), s.ids[last]), Deal: "d", Milestone: "a", Reason: "news"})
				}
			case 3:
				if last != "" {
					s.add("", &process.Undone{Stamp: known(at.String()), Deal: "d", Events: []process.EventID{s.ids[last]}})
				}
			case 4:
				s.close("d", process.Lost, at.String(), nil)
				s.add("", &process.DealReopened{Stamp: known(at.AddDays(3).String(), s.ids["close d"]), Deal: "d", Reason: "they called"})
				at = at.AddDays(3)
			}
		}
		m, d := s.model(), s.deal("d")
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
