package winloss_test

import (
	"fmt"
	"testing"

	"milstolpe/process"
	"milstolpe/process/processtest"
	"milstolpe/process/stats"
	"milstolpe/process/winloss"
)

// Forty closed deals, each opened on the first of January and closed 40 days later. Twenty reached "a" after ten days: 18 of them were won.
// Of the twenty that did not, two were won.
func TestMilestonesByHand(t *testing.T) {
	s := processtest.NewStory(t, "a", "b")
	for i := range 40 {
		id := process.DealID(fmt.Sprintf("d%02d", i))
		s.Open(id, "2025-01-01", processtest.Kronor(1))
		outcome := process.Lost
		if i < 20 {
			s.Reach(id, "a", "2025-01-11")
		}
		if i < 18 || i >= 38 {
			outcome = process.Won
		}
		s.Close(id, outcome, "2025-02-10", nil)
	}
	e := winloss.Milestones(s.Team, "p", processtest.Day("2026-01-01"))
	a := e.Milestones[0]
	// Landmark: the opening plus the median wait, 10 days. All 40 were still open then.
	if a.Landmark != 10 || a.With != 20 || a.WithWon != 18 || a.Without != 20 || a.WithoutWon != 2 {
		t.Errorf("a: %+v", a)
	}
	// BF = B(19,3)·B(3,19)/B(21,21). B(19,3) = 18!·2!/21! = 2/(19·20·21) = 1/3990. B(21,21) = 20!·20!/41! = 1/(41·C(40,20)) and
	// C(40,20) = 137,846,528,820. So BF = 41·137846528820/3990² = 5.6517e12/15920100 = 355,006.
	processtest.Near(t, "Bayes factor", a.Factor, 355_006, 10)
	if a.Verdict != stats.Decides {
		t.Errorf("verdict %v", a.Verdict)
	}
	// Nobody reached b: there is nothing to compare.
	if b := e.Milestones[1]; b.Verdict != stats.CannotTellDifference || b.With != 0 {
		t.Errorf("b: %+v", b)
	}
}

func TestWorkingInTheSameWayByHand(t *testing.T) {
	s := processtest.NewStory(t, "a", "b")
	s.Open("ordered", "2025-01-01", processtest.Kronor(1))
	s.Reach("ordered", "a", "2025-01-02")
	s.Add("", &process.MilestoneReached{
		Stamp: processtest.Known("2025-01-09"), Deal: "ordered", Milestone: "b", On: processtest.Day("2025-01-05"), Evidence: process.Evidence{Text: "mail"},
	})
	s.Close("ordered", process.Won, "2025-02-01", nil)
	s.Open("turned", "2025-01-01", processtest.Kronor(1))
	s.Reach("turned", "b", "2025-01-02")
	s.Reach("turned", "a", "2025-01-10")
	s.Close("turned", process.Lost, "2025-02-01", nil)
	s.Open("open", "2025-01-01", processtest.Kronor(1))
	s.Add("", &process.MilestoneWaived{Stamp: processtest.Known("2025-01-03"), Deal: "open", Milestone: "a", Reason: "known from before"})
	rows := winloss.AdherenceOn(s.Model(), processtest.Day("2025-03-01"))
	if len(rows) != 2 {
		t.Fatalf("%d rows", len(rows))
	}
	team := rows[0]
	// Four milestones reached, one with evidence; recorded after 0, 4, 0 and 0 days: the median is 0.
	want := winloss.Adherence{Closed: 2, InOrder: 1, Marks: 4, Evidence: 1, Recorded: 4, Open: 1}
	if team != want {
		t.Errorf("team %+v, want %+v", team, want)
	}
}
