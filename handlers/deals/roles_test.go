package deals_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// newRoleSite is a deal of a process that asks who decides, and for whom the money must stand behind a milestone.
func newRoleSite(t *testing.T) *handlerstest.DealSite {
	t.Helper()
	s := handlerstest.NewDealSite(t)
	s.Send(s.Open("/processes/p/edit?form=head", "/processes/p/edit/head").With("roles", "Decides\nHolds the money\nOur friend"))
	row := s.Open("/processes/p/edit?form=row&m=owned", "/processes/p/edit/row")
	s.Send(row.With("role", "money", "required", "true", "evidence", "true"))
	s.Send(s.Open("/processes/p/publish", "/processes/p/publish").With("note", "Roles"))
	return s
}

func TestRolesAreKnownMetOrMissing(t *testing.T) {
	t.Parallel()
	s := newRoleSite(t)
	page := s.Get("/deals/d1").Page(t)
	if n := page.Find("#roles li").Length(); n != 3 {
		t.Fatalf("the deal asks for %d roles: %s", n, handlerstest.Words(page, "#roles"))
	}
	before := chanceOf(t, s)
	ask := func() handlerstest.Form { return s.Open("/deals/d1?form=role&r=decides", "/deals/d1/roles/decides") }
	for fields, at := range map[[4]string]string{
		{"who", "", "met", "2026-11-20"}:             "#f-who-fault",
		{"who", "Eva", "met", "2027-11-20"}:          "#f-met-fault",
		{"who", "Eva", "met", "yesterday"}:           "#f-met-fault",
		{"who", strings.Repeat("x", 201), "met", ""}: "#f-who-fault",
	} {
		if got := s.Send(ask().With(fields[:]...)); got.StatusCode != http.StatusUnprocessableEntity || got.Page(t).Find(at).Length() != 1 {
			t.Errorf("%q is answered %s", fields, got.Status)
		}
	}
	got := s.Send(ask().With("who", "Eva Roos", "met", "2026-11-20"))
	if said := handlerstest.Words(got.Page(t), "#role-decides"); !strings.Contains(said, "Eva Roos · met on 20 Nov") {
		t.Errorf("the deal says %q", said)
	}
	if after := chanceOf(t, s); after != before {
		t.Errorf("a role changed the chance from %v to %v", before, after)
	}
	if log := s.Get("/log").Text; !strings.Contains(log, "Decides: Eva Roos, met on") {
		t.Error("the log does not tell of it")
	}
	s.Undo(got, "/deals/d1")
	if said := handlerstest.Words(s.Get("/deals/d1").Page(t), "#role-decides"); !strings.Contains(said, "missing") {
		t.Errorf("after undoing the deal says %q", said)
	}
	if got := s.Post("/deals/d1/roles/none", ask().With("who", "Eva").Values); got.StatusCode != http.StatusNotFound {
		t.Errorf("a role that is not asked for is answered %s", got.Status)
	}
	if got := s.Get("/processes/p/roles"); got.StatusCode != http.StatusOK || !strings.Contains(handlerstest.Words(got.Page(t), "main"), "annot tell yet") {
		t.Errorf("the report: %s", handlerstest.Words(got.Page(t), "main"))
	}
}

func TestAMilestoneAsksWhoStandsBehindIt(t *testing.T) {
	t.Parallel()
	s := newRoleSite(t)
	ask := s.Open("/deals/d1?form=reach&m=owned", "/deals/d1/milestones/owned/reach").With("evidence", "Mail")
	if got := s.Send(ask); got.StatusCode != http.StatusUnprocessableEntity || got.Page(t).Find("#f-who-fault").Length() != 1 {
		t.Fatalf("marking without a name is answered %s", got.Status)
	}
	if got := s.Send(ask.With("who", "Maja Ek")); got.StatusCode != http.StatusOK {
		t.Fatalf("marking is answered %s", got.Status)
	}
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if holder, _ := d.Role(process.Money); holder.Contact != "maja" || holder.Met != 0 {
			t.Errorf("who stood behind it has the role: %+v", holder)
		}
	})
	if _, err := s.File.EraseContact(t.Context(), "maja"); err != nil {
		t.Fatal(err)
	}
	if said := handlerstest.Words(s.Get("/deals/d1").Page(t), "#role-money"); !strings.Contains(said, "missing") {
		t.Errorf("after erasing the deal says %q", said)
	}
}

func TestRolesInABrowser(t *testing.T) {
	t.Parallel()
	s := newRoleSite(t)
	b := handlerstest.NewBrowser(t, s.Site)
	b.Open("/deals/d1")
	b.Do(chromedp.Click(chromedp.CSS("#role-decides a")))
	b.Await(`document.activeElement.matches("#role-decides form")`)
	b.Do(chromedp.SetValue(chromedp.CSS("#f-who"), "Maja Ek"), chromedp.SetValue(chromedp.CSS("#f-met"), "2026-11-20"))
	b.Do(chromedp.Click(chromedp.CSS("#role-decides form button")))
	b.Await(`document.querySelector("#role-decides").textContent.includes("met on") && document.querySelector("#toast button")`)
}

func chanceOf(t *testing.T, s *handlerstest.DealSite) (chance float64) {
	t.Helper()
	s.Deal("d1", func(team *sales.Team, d *sales.Deal) {
		today, _ := forecast.NewModel(team, process.DateOf(dbtest.Now)).DealToday(d)
		chance = today.Chance.Chance
	})
	return chance
}
