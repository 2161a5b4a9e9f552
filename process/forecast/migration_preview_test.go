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

// The preview is worth nothing unless publishing then does the same, so it is compared with publishing.
func TestPublishingDoesWhatThePreviewSaid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		events := processtest.HistoryOf(rt)
		today := process.MustDate("2026-03-31")
		keys := rapid.Permutation([]process.MilestoneID{"a", "b", "new"}).Draw(rt, "order")
		def := processtest.DefinitionOf(keys[:rapid.IntRange(0, 3).Draw(rt, "how many")]...)
		def.Milestones = append(def.Milestones, process.Milestone{Key: "extra", Name: "Extra"})
		team := processtest.TeamOf(events)
		model := forecast.NewModel(team, today)
		preview := model.PreviewPublish("p", def)
		before := map[process.DealID]forecast.Chance{}
		for _, d := range model.OpenDeals(today) {
			if c, ok := model.Chance(d, today); ok {
				before[d.ID] = c
			}
		}

		publish(rt, team, def, today)
		model = forecast.NewModel(team, today)

		if len(preview) != len(before) {
			rt.Fatalf("the preview has %d deals; %d are open and stand somewhere", len(preview), len(before))
		}
		for _, p := range preview {
			was := before[p.Deal.ID]
			if p.Before.Passed != was.Passed || p.Before.Chance != was.Chance {
				rt.Errorf("%s: before it is %d, %v; the preview said %d, %v", p.Deal.ID, was.Passed, was.Chance, p.Before.Passed, p.Before.Chance)
			}
			d, _ := team.Deal(p.Deal.ID)
			is, ok := model.Chance(d, today)
			if !ok || p.After.Standing != is.Standing || p.After.Since != is.Since || p.After.Chance != is.Chance || p.After.Next != is.Next {
				rt.Errorf("%s: after it is %+v since %s, %v, next %q; the preview said %+v since %s, %v, next %q", p.Deal.ID,
					is.Standing, is.Since, is.Chance, is.Next, p.After.Standing, p.After.Since, p.After.Chance, p.After.Next)
			}
		}
	})
}

// publish records what Publish answers, after everything else.
func publish(t rapid.TB, team *sales.Team, def process.Definition, today process.Date) {
	t.Helper()
	moment := sales.Env{Today: today, NewID: func() string { return "v9" }}
	_, facts, err := team.Publish("p", def, "", moment)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range facts {
		team.Apply(process.Event{ID: process.NewEventID(uint64(1000+i)<<16, process.Writer{9}, nil), Fact: f})
	}
}

func TestAPreviewSaysWhatADealWouldLack(t *testing.T) {
	t.Parallel()
	s := processtest.NewStory(t, "a", "b", "c")
	s.Open("further", "2026-01-10", nil)
	s.Reach("further", "a", "2026-01-11")
	s.Reach("further", "b", "2026-01-12")
	s.Open("beginning", "2026-01-10", nil)
	s.Reach("beginning", "a", "2026-01-11")
	before := s.Team.Events()

	// Money comes between a and b. The one that has passed b lacks it and falls back to a; the other meets it in its turn.
	got := forecast.NewModel(s.Team, processtest.Day("2026-02-02")).PreviewPublish("p", processtest.DefinitionOf("a", "money", "b", "c"))

	type line struct {
		Passed, Then int
		Lacks        []process.MilestoneID
		Changes      bool
	}
	lines := map[process.DealID]line{}
	for _, p := range got {
		lines[p.Deal.ID] = line{p.Before.Passed, p.After.Passed, p.Lacks, p.Changes()}
	}
	want := map[process.DealID]line{
		"further":   {2, 1, []process.MilestoneID{"money"}, true},
		"beginning": {1, 1, nil, true}, // the next milestone is another
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("the preview (-want +got):\n%s", diff)
	}
	if s.Team.Events() != before {
		t.Errorf("the preview recorded %d events", s.Team.Events()-before)
	}
	if none := forecast.NewModel(s.Team, processtest.Day("2026-02-02")).PreviewPublish("other", processtest.DefinitionOf("a")); none != nil {
		t.Errorf("a process that nobody follows moves %d deals", len(none))
	}
}
