package home_test

import (
	"slices"
	"strings"
	"testing"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/money"
)

// Home says what is missing: money to the target, a day that has gone by, a plan. A seller sees her own deals first.
func TestHomeSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	early := process.Stamp{Known: process.MustDate("2026-11-11")}
	target := money.New(300_000_00, "SEK")
	dbtest.Record(t, s.File,
		&process.PersonNamed{Stamp: early, Person: "anna", Name: "Anna"}, &process.PersonNamed{Stamp: early, Person: "erik", Name: "Erik"},
		&process.DealOpened{Stamp: early, Deal: "d3", On: early.Known, Process: "p", Version: "v", Name: "Belt", Customer: "c2", Seller: "erik", ExpectedClose: process.MustDate("2026-11-01")},
		&process.ExpectedCloseSet{Stamp: early, Deal: "d1", Day: process.MustDate("2026-11-20")},
		&process.NextStepSet{Stamp: early, Deal: "d3", Text: "Call"},
		&process.TargetSet{Stamp: early, Period: "2026-Q4", Amount: target},
	)
	page := s.Get("/").Page(t)
	// Nothing is won, so all of the target is left.
	if lead := handlerstest.Words(page, ".lead"); !strings.Contains(lead, "The target is SEK 300k; SEK 300k is left to win.") {
		t.Errorf("the page begins: %s", lead)
	}
	links := func(selector string) (list []string) {
		for _, a := range page.Find(selector + " .lines a").EachIter() {
			list = append(list, a.AttrOr("href", ""))
		}
		return list
	}
	if got := links("#passed"); !slices.Equal(got, []string{"/deals/d1", "/deals/d3"}) { // Anna's own before Erik's older one
		t.Errorf("passed: %v", got)
	}
	if got := links("#unplanned"); !slices.Equal(got, []string{"/deals/d1", "/deals/d2"}) {
		t.Errorf("nothing planned: %v", got)
	}
	if page.Find(`.head a.btn[href="/deals/new"]`).Length() != 1 {
		t.Error("a new deal is not at the top")
	}
	for query, want := range map[string]int{"closes=passed": 2, "planned=none": 2} {
		if got := s.Get("/deals?" + query).Page(t).Find("tr[data-row]").Length(); got != want {
			t.Errorf("%s lists %d deals, want %d", query, got, want)
		}
	}
	if got := s.Get("/deals").Page(t).Find(".dates .red").Length(); got != 2 {
		t.Errorf("%d passed days are marked", got)
	}
}

// Won and lost are never added together, and a period narrows the list.
func TestClosedDealsAddUpApart(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	s.Send(s.Open("/deals/d1/close", "/deals/d1/close").With("outcome", "won"))
	s.Send(s.Open("/deals/d2/close", "/deals/d2/close").With("outcome", "lost", "own", "Price", "on", "2026-11-12"))
	page := s.Get("/deals?status=closed").Page(t)
	var sums []string
	for _, tr := range page.Find("tfoot tr").EachIter() {
		sums = append(sums, handlerstest.Plain(tr.Find("th").Text())+" "+handlerstest.Plain(tr.Find(".val").Text()))
	}
	if !slices.Equal(sums, []string{"Won: 1 deal 450,000", "Lost: 1 deal 0"}) {
		t.Errorf("sums: %q", sums)
	}
	if n := s.Get("/deals?status=closed&closes=2026-Q3").Page(t).Find("tr[data-row]").Length(); n != 0 {
		t.Errorf("%d deals closed in the third quarter", n)
	}
}
