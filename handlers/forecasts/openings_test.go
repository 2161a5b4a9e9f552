package forecasts_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
)

// toOpen is what the report says of a target.
type toOpen struct {
	Target float64 `json:"target"`
	ToOpen *struct {
		Advice    string
		Missing   float64
		Deals     any
		AtLeast   any `json:"at_least"`
		AtMost    any `json:"at_most"`
		UsuallyOn any `json:"usually_won_on"`
	} `json:"to_open"`
}

func setTarget(t *testing.T, s *handlerstest.Site, period, seller, amount string) {
	t.Helper()
	got := s.Post("/forecast/calls/target", url.Values{"period": {period}, "target_seller": {seller}, "target": {amount}})
	if got.StatusCode != http.StatusSeeOther {
		t.Fatalf("setting a target answers %d: %s", got.StatusCode, handlerstest.Words(got.Page(t), "main"))
	}
}

func reportOf(t *testing.T, s *handlerstest.Site, query string) (r toOpen) {
	t.Helper()
	if err := json.Unmarshal([]byte(s.Get("/forecast/sheet/json"+query).Text), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheForecastSaysHowManyDealsToOpenForATarget(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewTeamSite(t)
	seller := "Anna Berg"
	for _, query := range []string{"?period=2026-Q4", "?period=2026-Q4&seller=" + url.QueryEscape(seller)} {
		if doc := s.Get("/forecast" + query).Page(t); doc.Find("#openings").Length() != 0 {
			t.Errorf("%s speaks of a target that nobody has set: %q", query, handlerstest.Words(doc, "#openings"))
		}
		if r := reportOf(t, s, query); r.ToOpen != nil {
			t.Errorf("%s: the report has %+v without a target", query, r.ToOpen)
		}
	}
	setTarget(t, s, "2026-Q4", "", "6000000")
	setTarget(t, s, "2026-Q4", seller, "2000000")
	for _, query := range []string{"?period=2026-Q4", "?period=2026-Q4&seller=" + url.QueryEscape(seller)} {
		r := reportOf(t, s, query)
		if r.ToOpen == nil || r.ToOpen.Advice != "open_more" {
			t.Fatalf("%s: the report says %+v, want deals to open", query, r.ToOpen)
		}
		for _, lang := range []i18n.Lang{i18n.English, i18n.Swedish} {
			doc := s.In(lang, "/forecast"+query).Page(t)
			said := handlerstest.Words(doc, "section.first p#openings")
			for _, number := range []any{r.ToOpen.Deals, r.ToOpen.AtLeast, r.ToOpen.AtMost} {
				if n, ok := number.(float64); !ok || !strings.Contains(said, strconv.Itoa(int(n))) {
					t.Errorf("%s says %q, the report %v", query, said, number)
				}
			}
			if strings.Contains(query, "seller") != strings.Contains(said, seller) {
				t.Errorf("%s says %q: whose deals are they?", query, said)
			}
			if doc.Find("#openings").ParentsFiltered(".no-print").Length() != 0 || doc.Find("#openings").HasClass("no-print") {
				t.Errorf("%s: it is not printed", query)
			}
		}
		// The table says by how much the forecast falls short, in whole kronor.
		table := s.Get("/forecast" + query).Page(t)
		if gap := handlerstest.Digits(handlerstest.Words(table, "#groups tfoot td:last-child")); float64(-gap) < r.ToOpen.Missing-1 || float64(-gap) > r.ToOpen.Missing+1 {
			t.Errorf("%s: the table says %d, the report that %v is missing", query, gap, r.ToOpen.Missing)
		}
	}
	// A page about a customer or a process has no target.
	if doc := s.Get("/forecast?period=2026-Q4&process=p").Page(t); doc.Find("#openings").Length() != 0 {
		t.Errorf("a process has the team's target: %q", handlerstest.Words(doc, "#openings"))
	}
}

// targets of 15 May 2026, when 0.77 million was won in the quarter and the forecast 1.51 million.
func TestWhatElseTheForecastSaysOfATarget(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewTeamSite(t)
	for _, c := range []struct{ day, target, advice string }{
		{"2026-05-15", "700000", "nothing_to_open"},
		{"2026-05-15", "1500000", "nothing_to_open"},
		{"2026-06-29", "9000000", "too_late"},
	} {
		setTarget(t, s, "2026-Q2", "", c.target)
		r := reportOf(t, s, "?period=2026-Q2&day="+c.day)
		if r.ToOpen == nil || r.ToOpen.Advice != c.advice || (r.ToOpen.UsuallyOn != nil) != (c.advice == "too_late") {
			t.Errorf("%+v: the report says %+v", c, r.ToOpen)
		}
		for _, lang := range []i18n.Lang{i18n.English, i18n.Swedish} {
			said := handlerstest.Words(s.In(lang, "/forecast?period=2026-Q2&day="+c.day).Page(t), "#openings")
			if said == "" || strings.Contains(said, "Q4 2026") != (c.advice == "too_late") {
				t.Errorf("%+v: the page says %q", c, said)
			}
		}
	}
	if doc := s.Get("/forecast?period=2026-Q2").Page(t); doc.Find("#openings").Length() != 0 {
		t.Errorf("on the last day it says %q", handlerstest.Words(doc, "#openings"))
	}
}

// A team of a few deals is told what it takes.
func TestATargetOfANewTeam(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	setTarget(t, s.Site, "2026-Q4", "", "5000000")
	said := handlerstest.Words(s.Get("/forecast?period=2026-Q4").Page(t), "#openings")
	if !strings.Contains(said, "5.00m") || !strings.Contains(said, " 8 ") || !strings.Contains(said, "cannot be told yet") {
		t.Errorf("the page says %q", said)
	}
}
