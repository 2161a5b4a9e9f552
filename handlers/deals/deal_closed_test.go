package deals_test

import (
	"testing"

	"milstolpe/handlers/handlerstest"
)

// What was planned when a deal was closed is kept and told, but nobody is asked to do it, and no milestone is the next one; when the deal
// is opened again all of that is back.
func TestAClosedDealWaitsForNothing(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	s.Send(s.Open("/deals/d1?form=next", "/deals/d1/next").With("text", "Call Maja", "due", "2026-11-20"))
	const red = "#milestones .next, #milestones .p2, #next .red"
	open := s.Get("/deals/d1").Page(t)
	if got := handlerstest.Words(open, "#next p"); got != "Call Majawas to be done by 20 NovDone · MoveAdd to my calendar" || open.Find(red).Length() != 3 {
		t.Fatalf("of an open deal the page says %q, with %d things in red", got, open.Find(red).Length())
	}
	s.Send(s.Open("/deals/d1/close", "/deals/d1/close").With("outcome", "lost", "own", "No budget after all"))
	closed := s.Get("/deals/d1").Page(t)
	if got := handlerstest.Words(closed, "#next p"); got != "Nothing more to do: the deal is closed.Planned when it closed: Call Maja" {
		t.Errorf("of a closed deal the page says %q", got)
	}
	if n := closed.Find(red + ", #next form, #next a").Length(); n != 0 {
		t.Errorf("a closed deal asks for %d things", n)
	}
	s.Send(s.Open("/deals/d1?form=reopen", "/deals/d1/reopen").With("reason", "They called"))
	if got := handlerstest.Words(s.Get("/deals/d1").Page(t), "#next p"); got != handlerstest.Words(open, "#next p") {
		t.Errorf("of the deal that was opened again the page says %q", got)
	}
}
