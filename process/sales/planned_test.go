package sales_test

import (
	"slices"
	"testing"

	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/conflicts"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

func plannedTexts(d *sales.Deal) (texts []string) {
	for _, p := range d.Activities().Planned() {
		texts = append(texts, p.Text)
	}
	return texts
}

// Two people plan an activity for one deal without seeing each other's plan: both are to be done, and nobody has to choose. Doing one leaves
// the other. Two who plan the same one otherwise disagree about that one alone.
func TestTwoActivitiesThatTwoPeoplePlanBothLive(t *testing.T) {
	s := processtest.NewStory(t, "a")
	s.Open("d", "2025-01-01", processtest.Kronor(1000))
	deal := func() *sales.Deal { d, _ := s.Team.Deal("d"); return d }
	plan := func(text, due string, base ...process.EventID) process.EventID {
		s.Add(text+due, &process.NextStepSet{Stamp: processtest.Known("2025-01-02", base...), Deal: "d", Text: text, Due: process.MustDate(due)})
		return s.Ids[text+due]
	}
	call := plan("Call", "2025-02-10")
	mail := plan("Mail", "2025-02-03")
	if got := plannedTexts(deal()); !slices.Equal(got, []string{"Mail", "Call"}) || len(s.Team.Conflicts()) != 0 || deal().Now.NextStep.Text != "Mail" {
		t.Fatalf("planned are %v, with %d conflicts", got, len(s.Team.Conflicts()))
	}
	done, err := deal().PlanNext(activities.Activity{}, []process.EventID{mail}, process.MustDate("2025-01-03"))
	if err != nil {
		t.Fatal(err)
	}
	s.Add("done", done...)
	if got := plannedTexts(deal()); !slices.Equal(got, []string{"Call"}) {
		t.Fatalf("after one was done %v are planned", got)
	}
	if base := deal().Activities().Planned()[0].Base; !slices.Contains(base, call) || !slices.Contains(base, s.Ids["done"]) {
		t.Errorf("the next form is made from %v", base)
	}
	plan("Call Maja", "2025-02-10", call)
	plan("Call", "2025-02-17", call)
	waiting := s.Team.Conflicts()
	if len(waiting) != 1 || waiting[0].Field != conflicts.NextStep || waiting[0].Before == nil || len(plannedTexts(deal())) != 1 {
		t.Fatalf("two who planned the same one otherwise: %v, %v", waiting, plannedTexts(deal()))
	}
	facts, err := waiting[0].Settle(waiting[0].Before.Event, nil, process.MustDate("2025-01-05"), nil)
	if err != nil {
		t.Fatal(err)
	}
	s.Add("as it was", facts...)
	if got := deal().Now.NextStep; len(s.Team.Conflicts()) != 0 || got.Text != "Call" || got.Due != process.MustDate("2025-02-10") {
		t.Errorf("as it was: %v, %v", got, s.Team.Conflicts())
	}
}
