package deals_test

import (
	"strings"
	"testing"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// Anna and Erik have each reported the milestone, as it is after their copies came together. The page shows both with date, evidence and
// name, withdrawing takes back the one that was meant, and the log has the evidence of both.
func TestBothReportsOfAMilestoneAreShown(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	report := func(day, text string) process.Event {
		stamp := process.Stamp{Known: process.MustDate(day)}
		return dbtest.Record(t, s.File, &process.MilestoneReached{Stamp: stamp, Deal: "d1", Milestone: "money", On: stamp.Known, Evidence: process.Evidence{Text: text}})[0]
	}
	report("2026-11-19", "The minutes say so")
	second := report("2026-11-20", "Petra called")
	page := s.Get("/deals/d1").Page(t)
	shown := handlerstest.Words(page, "#m-money")
	for _, want := range []string{"The minutes say so", "Petra called", "19 Nov", "20 Nov"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the page does not show %q: %s", want, shown)
		}
	}
	withdraw := page.Find(`#m-money a[href*="form=withdraw"]`)
	if withdraw.Length() != 2 {
		t.Fatalf("%d reports can be withdrawn, want both", withdraw.Length())
	}
	href, _, _ := strings.Cut(withdraw.Eq(0).AttrOr("href", ""), "#")
	if named := s.Open(href, "/deals/d1/milestones/money/withdraw").Values.Get("mark"); named != second.ID.String() && !strings.Contains(href, named) {
		t.Errorf("%s is about %s", href, named)
	}
	for i := range 2 {
		href, _, _ := strings.Cut(withdraw.Eq(i).AttrOr("href", ""), "#")
		if strings.Contains(href, second.ID.String()) {
			s.Send(s.Open(href, "/deals/d1/milestones/money/withdraw").With("why", "mistake", "reason", "another deal"))
		}
	}
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if left := d.ReportsOn("money", process.FarFuture); len(left) != 1 || left[0].Evidence.Text != "The minutes say so" {
			t.Errorf("what is left is %+v", left)
		}
	})
	log := handlerstest.Words(s.Get("/log").Page(t), "main")
	for _, want := range []string{"The minutes say so", "Petra called"} {
		if !strings.Contains(log, want) {
			t.Errorf("the log does not show the evidence %q", want)
		}
	}
}
