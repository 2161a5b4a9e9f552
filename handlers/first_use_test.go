package handlers_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"milstolpe/handlers"
)

func TestTheFirstFormSaysAllThatIsMissingAtOnce(t *testing.T) {
	s := newSiteWithoutFile(t, func(*handlers.Config) {})
	got := s.post("/welcome/new", url.Values{"template": {"saas"}, "person": {"Anna"}, "currency": {"SEK"}})
	if faults := got.Page(t).Find("[role=alert] li"); got.StatusCode != http.StatusUnprocessableEntity || faults.Length() != 2 {
		t.Errorf("it answers %s with %q", got.Status, faults.Text())
	}
}

func TestAForecastWithoutRangesDoesNotExplainThem(t *testing.T) {
	if text := newDealSite(t).get("/forecast").Page(t).Find("main").Text(); strings.Contains(text, "Ranges are not added up") {
		t.Error("it explains ranges that are not there")
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
