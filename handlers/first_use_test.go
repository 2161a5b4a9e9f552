package handlers_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/web"
)

func TestTheFirstFormSaysAllThatIsMissingAtOnce(t *testing.T) {
	s := newSiteWithoutFile(t, func(*web.Config) {})
	got := s.post("/welcome/new", url.Values{"template": {"saas"}, "person": {"Anna"}, "currency": {"SEK"}})
	if faults := got.Page(t).Find("[role=alert] li"); got.StatusCode != http.StatusUnprocessableEntity || faults.Length() != 2 {
		t.Errorf("it answers %s with %q", got.Status, faults.Text())
	}
}

func TestAFormAboutADealSaysAllThatIsWrongAtOnceAndOfEachFieldOnce(t *testing.T) {
	s := newDealSite(t)
	for path, fields := range map[string][]string{
		"/deals/new":     {"customer", "", "value", "much", "on", "2026-13-45"},
		"/deals/d1/edit": {"customer", "", "value", "much", "expected_close", "2026-13-45"},
	} {
		got := s.send(s.open(path, path).with(fields...))
		if faults := got.Page(t).Find("[role=alert] li"); got.StatusCode != http.StatusUnprocessableEntity || faults.Length() != 3 {
			t.Errorf("%s answers %s with %q", path, got.Status, faults.Text())
		}
	}
}

func TestAForecastWithoutRangesDoesNotExplainThem(t *testing.T) {
	if text := newDealSite(t).get("/forecast").Page(t).Find("main").Text(); strings.Contains(text, "Ranges are not added up") {
		t.Error("it explains ranges that are not there")
	}
}

func TestAForecastOfWhatIsWonAloneSaysSo(t *testing.T) {
	s := newDealSite(t)
	for _, deal := range []string{"d1", "d2"} {
		path := "/deals/" + deal + "/close"
		s.send(s.open(path, path).with("outcome", "won", "value", "90 000"))
	}
	if text := plain(s.get("/forecast").Page(t).Find("main").Text()); !strings.Contains(text, "Forecast SEK 0.18m: 0.18m won and nothing from open deals.") {
		t.Errorf("the forecast says %q", text)
	}
}

func TestAValueIsAskedForInACurrency(t *testing.T) {
	s := newDealSite(t)
	for _, path := range []string{"/deals/new", "/deals/d1/edit"} {
		if label := plain(s.get(path).Page(t).Find(`label[for=f-value]`).Text()); label != "Value, SEK" {
			t.Errorf("%s asks for %q", path, label)
		}
	}
}

func TestImportedHistoryIsNotCalledWhatSomebodySaid(t *testing.T) {
	i := newImporting(t)
	var list strings.Builder
	list.WriteString("Id;Name;Customer;Seller;Value;Opened;Owner named;Budget;Outcome;Closed\n")
	for n := range 12 {
		fmt.Fprintf(&list, "%d;Line;Acme;Anna;1000;2026-%02d-05;2026-%02d-20;;Won;2026-%02d-15\n", n, 1+n/2, 1+n/2, 4+n/2)
	}
	i.post(i.goOn(t, i.upload(t, "old.csv", list.String()), nil), url.Values{})
	page := i.get("/outcome?chosen=2026-Q3").Page(t)
	if text := plain(page.Find("main").Text()); strings.Contains(text, "You said") || !strings.Contains(text, "Your imported deals would have given a forecast of") {
		t.Errorf("of a period before the first use it says %q", plain(page.Find(".lead").First().Text()))
	}
}

func TestInABrowserANewDealIsTypedWithoutTheMouse(t *testing.T) {
	b := newBrowser(t, newDealSite(t).site)
	b.wear("milstolpe-lang", "en")
	b.open("/deals")
	b.press("n")
	b.await(`document.activeElement.id === "f-customer"`)
	b.press("Acme\r")
	b.await(`document.querySelector("h1").textContent === "Acme"`)
}

func TestWhatAMilestoneDoesToTheChanceIsSaidWhereItIsMarked(t *testing.T) {
	s := newImportedDeal(t)
	for _, one := range []struct{ deal, want string }{
		// 2.5 of ten are won, so of four steps with base ¼ one is taken: ¼^(3/4) = 0.354.
		{"d1", "Saved. The chance went from 25% to 35%."},
		{"d9", "Saved. The chance is 35%."},
	} {
		path := "/deals/" + one.deal
		page := s.send(s.open(path+"?form=reach&m=owned", path+"/milestones/owned/reach").with("evidence", "Mail")).Page(t)
		if said := plain(page.Find("#toast").Text()); !strings.HasPrefix(said, one.want) {
			t.Errorf("of %s it says %q", one.deal, said)
		}
	}
}

func TestADoubleRowOfAListIsPointedOut(t *testing.T) {
	i := newImporting(t)
	review := i.goOn(t, i.upload(t, "old.csv", "Name;Customer;Opened;Owner named\nLine;Acme;2026-01-05;\nPump;Acme;2026-01-05;\nLine;Acme;2026-01-05;\n"), nil)
	if text := plain(i.get(review).Page(t).Find("main").Text()); !strings.Contains(text, "3 new") || strings.Count(text, "Row 2 has the same name, customer and day of opening") != 1 {
		t.Errorf("the review says %q", text)
	}
}

func TestANewTeamIsToldWhenItCanCompareAndWhatItsChancesRestOn(t *testing.T) {
	file := dbtest.New(t)
	s := newSiteWithoutFile(t, func(c *web.Config) { c.File, c.Person = file, "Anna" })
	if text := plain(s.get("/outcome").Page(t).Find("main").Text()); !strings.Contains(text, "The first one that begins with a deal will be Q1 2027, which ends on 31 Mar 2027") {
		t.Errorf("without deals the outcome says %q", text)
	}
	young := newDealSite(t) // its deals were opened on 10 November
	for path, want := range map[string]string{"/outcome": "will be Q1 2027, which ends on 31 Mar 2027", "/outcome?period=month": "will be Dec 2026, which ends on 31 Dec 2026"} {
		page := young.get(path).Page(t)
		if text := plain(page.Find("main").Text()); !strings.Contains(text, want) || page.Find("main table").Length() != 0 {
			t.Errorf("before the first whole period %s says %q", path, text)
		}
	}
	if text := plain(young.get("/forecast").Page(t).Find("main").Text()); !strings.Contains(text, "The chances still rest mostly on your starting value, 2.5 won of ten.") {
		t.Errorf("the forecast says %q", text)
	}
}
