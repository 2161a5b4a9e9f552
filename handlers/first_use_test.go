package handlers_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
)

func TestTheFirstFormSaysAllThatIsMissingAtOnce(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSiteWithoutFile(t, func(*web.Config) {})
	got := s.Post("/welcome/new", url.Values{"template": {"saas"}, "person": {"Anna"}, "currency": {"SEK"}})
	if faults := got.Page(t).Find("[role=alert] li"); got.StatusCode != http.StatusUnprocessableEntity || faults.Length() != 2 {
		t.Errorf("it answers %s with %q", got.Status, faults.Text())
	}
}

func TestAFormAboutADealSaysAllThatIsWrongAtOnceAndOfEachFieldOnce(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	for path, fields := range map[string][]string{
		"/deals/new":     {"customer", "", "value", "much", "on", "2026-13-45"},
		"/deals/d1/edit": {"customer", "", "value", "much", "expected_close", "2026-13-45"},
	} {
		got := s.Send(s.Open(path, path).With(fields...))
		if faults := got.Page(t).Find("[role=alert] li"); got.StatusCode != http.StatusUnprocessableEntity || faults.Length() != 3 {
			t.Errorf("%s answers %s with %q", path, got.Status, faults.Text())
		}
	}
}

func TestAForecastWithoutRangesDoesNotExplainThem(t *testing.T) {
	t.Parallel()
	if text := handlerstest.NewDealSite(t).Get("/forecast").Page(t).Find("main").Text(); strings.Contains(text, "Ranges are not added up") {
		t.Error("it explains ranges that are not there")
	}
}

func TestAForecastOfWhatIsWonAloneSaysSo(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	for _, deal := range []string{"d1", "d2"} {
		path := "/deals/" + deal + "/close"
		s.Send(s.Open(path, path).With("outcome", "won", "value", "90 000"))
	}
	if text := handlerstest.Plain(s.Get("/forecast").Page(t).Find("main").Text()); !strings.Contains(text, "Forecast SEK 180k: 180k won and nothing from open deals.") {
		t.Errorf("the forecast says %q", text)
	}
}

func TestAValueIsAskedForInACurrency(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	for _, path := range []string{"/deals/new", "/deals/d1/edit"} {
		if label := handlerstest.Plain(s.Get(path).Page(t).Find(`label[for=f-value]`).Text()); label != "Value, SEK" {
			t.Errorf("%s asks for %q", path, label)
		}
	}
}

func TestImportedHistoryIsNotCalledWhatSomebodySaid(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	var list strings.Builder
	list.WriteString("Id;Name;Customer;Seller;Value;Opened;Owner named;Budget;Outcome;Closed\n")
	for n := range 12 {
		fmt.Fprintf(&list, "%d;Line;Acme;Anna;1000;2026-%02d-05;2026-%02d-20;;Won;2026-%02d-15\n", n, 1+n/2, 1+n/2, 4+n/2)
	}
	i.Post(i.GoOn(t, i.Upload(t, "old.csv", list.String()), nil), url.Values{})
	page := i.Get("/outcome?chosen=2026-Q3").Page(t)
	if text := handlerstest.Plain(page.Find("main").Text()); strings.Contains(text, "You said") || !strings.Contains(text, "Based on imported history, the forecast would have been") {
		t.Errorf("of a period before the first use it says %q", handlerstest.Plain(page.Find(".lead").First().Text()))
	}
}

func TestInABrowserANewDealIsTypedWithoutTheMouse(t *testing.T) {
	t.Parallel()
	b := handlerstest.NewBrowser(t, handlerstest.NewDealSite(t).Site)
	b.Wear("milstolpe-lang", "en")
	b.Open("/deals")
	b.Press("n")
	b.Await(`document.activeElement.id === "f-customer"`)
	b.Press("Acme")
	b.Await(`document.querySelector("#f-customer").value === "Acme"`)
	b.Press("\r")
	b.Await(`document.querySelector("h1").textContent === "Acme"`)
}

func TestWhatAMilestoneDoesToTheChanceIsSaidWhereItIsMarked(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewImportedDeal(t)
	for _, one := range []struct{ deal, want string }{
		// 2.5 of ten are won, so of four steps with base ¼ one is taken: ¼^(3/4) = 0.354.
		{"d1", "Saved. The chance went from 25% to 35%."},
		{"d9", "Saved. The chance is 35%."},
	} {
		path := "/deals/" + one.deal
		page := s.Send(s.Open(path+"?form=reach&m=owned", path+"/milestones/owned/reach").With("evidence", "Mail")).Page(t)
		if said := handlerstest.Plain(page.Find("#toast").Text()); !strings.HasPrefix(said, one.want) {
			t.Errorf("of %s it says %q", one.deal, said)
		}
	}
}

func TestADoubleRowOfAListIsPointedOut(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	review := i.GoOn(t, i.Upload(t, "old.csv", "Name;Customer;Opened;Owner named\nLine;Acme;2026-01-05;\nPump;Acme;2026-01-05;\nLine;Acme;2026-01-05;\n"), nil)
	if text := handlerstest.Plain(i.Get(review).Page(t).Find("main").Text()); !strings.Contains(text, "3 new") || strings.Count(text, "Row 2 has the same name, customer and day of opening") != 1 {
		t.Errorf("the review says %q", text)
	}
}

func TestANewTeamIsToldWhenItCanCompareAndWhatItsChancesRestOn(t *testing.T) {
	t.Parallel()
	file := dbtest.New(t)
	s := handlerstest.NewSiteWithoutFile(t, func(c *web.Config) { c.File, c.Person = file, "Anna" })
	if text := handlerstest.Plain(s.Get("/outcome").Page(t).Find("main").Text()); !strings.Contains(text, "The first one that starts with a deal will be Q1 2027, which ends on 31 Mar 2027") {
		t.Errorf("without deals the outcome says %q", text)
	}
	young := handlerstest.NewDealSite(t) // its deals were opened on 10 November
	for path, want := range map[string]string{"/outcome": "will be Q1 2027, which ends on 31 Mar 2027", "/outcome?period=month": "will be Dec 2026, which ends on 31 Dec 2026"} {
		page := young.Get(path).Page(t)
		if text := handlerstest.Plain(page.Find("main").Text()); !strings.Contains(text, want) || page.Find("main table").Length() != 0 {
			t.Errorf("before the first whole period %s says %q", path, text)
		}
	}
	if text := handlerstest.Plain(young.Get("/forecast").Page(t).Find("main").Text()); !strings.Contains(text, "The chances still rest mostly on the starting value, 2.5 won of ten.") {
		t.Errorf("the forecast says %q", text)
	}
}
