package importer_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/importer/columns"
	"milstolpe/process/processtest"
)

// someMoves draws a deal's way through its stages: pairs of day and stage, days not falling.
func someMoves(t *rapid.T) (days []process.Date, moved []string) {
	on := processtest.Day("2026-01-01")
	for range rapid.IntRange(1, 12).Draw(t, "moves") {
		on = on.AddDays(rapid.IntRange(0, 3).Draw(t, "days later"))
		days = append(days, on)
		moved = append(moved, rapid.SampledFrom([]string{"Lead", "Owner named", "Budget", "Demo held", "Closed Lost", "Closed Won"}).Draw(t, "stage"))
	}
	return days, moved
}

// standAfter plays the moves up to a day, as one would by hand: which milestones are reached then, and how the deal has ended.
func standAfter(days []process.Date, moved []string, on process.Date) (reached []process.MilestoneID, ended process.Outcome) {
	order := []process.MilestoneID{"owner", "budget"}
	for i, d := range days {
		if d > on {
			break
		}
		ended = map[string]process.Outcome{"Closed Lost": process.Lost, "Closed Won": process.Won}[moved[i]]
		at := slices.Index([]string{"Owner named", "Budget"}, moved[i])
		if at < 0 {
			continue
		}
		reached = slices.DeleteFunc(reached, func(m process.MilestoneID) bool { return slices.Index(order, m) > at })
		if !slices.Contains(reached, order[at]) {
			reached = append(reached, order[at])
		}
	}
	slices.Sort(reached)
	return reached, ended
}

func TestAnyWayThroughTheStagesIsKnownDayByDay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		days, moved := someMoves(rt)
		lines := []string{"deal | stage | date"}
		for i := range days {
			lines = append(lines, fmt.Sprintf("A | %s | %s", moved[i], days[i]))
		}
		text := strings.Join(lines, "\n")
		s := processtest.NewStory(t, required...)
		long := long
		long.Rows = columns.OldestFirst // all of them may be on one day
		s.Take("i1", long, text)
		d := s.ByRef("A")
		for on := days[0]; on <= days[len(days)-1]; on++ {
			want, ended := standAfter(days, moved, on)
			var got []process.MilestoneID
			for _, m := range d.MarksOn(on) {
				got = append(got, m.Milestone)
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				rt.Fatalf("on %v %v are reached, want %v\n%s", on, got, want, text)
			}
			var closed process.Outcome
			if c := d.CloseOn(on); c != nil {
				closed = c.Outcome
			}
			if closed != ended {
				rt.Fatalf("on %v the deal is %q, want %q\n%s", on, closed, ended, text)
			}
		}
		if again := s.Take("i2", long, text); len(again.Facts) != 0 {
			rt.Fatalf("taken in again: %d facts\n%s", len(again.Facts), text)
		}
	})
}
