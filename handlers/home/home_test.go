package home_test

import (
	"strings"
	"testing"
	"time"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/money"
)

func TestHomeSaysWhereTheQuarterEnds(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewTeamSite(t)
	doc := s.In(i18n.Swedish, "/").Page(t)
	// On the last day of Q2 2026, as in the static design, which has the same golden deals.
	lead := handlerstest.Words(doc, ".lead")
	for _, want := range []string{"Kvartalet slutar i dag. 1,85 Mkr är vunnet av 9 affärer.", "Nästa kvartal slutar troligen på 0,8–2,0 Mkr."} {
		if !strings.Contains(lead, want) {
			t.Errorf("%q does not say %q", lead, want)
		}
	}
	if href := doc.Find(".lead a").First().AttrOr("href", ""); href != "/forecast?period=2026-Q2" {
		t.Errorf("the amount leads to %q", href)
	}
	if got := handlerstest.Words(doc, "#stalled > div > p"); !strings.HasPrefix(got, "7 affärer värda 1 339 000 kr har väntat mer än dubbelt så länge som normalt.") {
		t.Errorf("stalled: %q", got)
	}
	if n := doc.Find("#soon li").Length(); n != 3 || !strings.Contains(handlerstest.Words(doc, "#soon li"), "59 → 33 %") {
		t.Errorf("%d deals stall soon: %q", n, handlerstest.Words(doc, "#soon"))
	}
}

func TestHomeTellsWhatIsDueAndWhatHasChanged(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	s.Send(s.Open("/deals/d1?form=next", "/deals/d1/next").With("text", "Call Maja", "due", "2026-11-20"))
	s.Send(s.Open("/deals/d1?form=promise&m=money", "/deals/d1/milestones/money/promise").With("day", "2026-11-22"))
	s.Send(s.Open("/deals/d1?form=reach&m=owned", "/deals/d1/milestones/owned/reach").With("evidence", "mail"))
	s.Send(s.Open("/deals/d2/close", "/deals/d2/close").With("outcome", "lost", "reason", "No budget, or the money was withdrawn"))
	doc := s.Get("/").Page(t)
	for id, want := range map[string]string{
		"due":      "Call MajaKolbotten Sågverk, Moisture meters20 Nov",
		"promised": "the buyer has set money aside · Anna22 Nov",
		"changes":  "Vretens Chark, Cold store, lost Anna · No budget, or the money was withdrawn · 23 Nov",
	} {
		if got := handlerstest.Words(doc, "#"+id); !strings.Contains(strings.ReplaceAll(got, " ", ""), strings.ReplaceAll(want, " ", "")) {
			t.Errorf("%s says %q and not %q", id, got, want)
		}
	}
	if got := handlerstest.Words(doc, "#changes"); !strings.Contains(got, "Kolbotten Sågverk, Moisture meters: the buyer has appointed an owner") {
		t.Errorf("the milestone is not told: %q", got)
	}
	if got := handlerstest.Words(doc, ".lead"); !strings.Contains(got, "So far SEK 0 is won this quarter, which ends on 31 Dec 2026. 1 deal is open.") {
		t.Errorf("the lead says %q", got)
	}
}

func TestHomeBeginsWithWhatComesFirst(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	if got := handlerstest.Words(s.Get("/").Page(t), "main"); !strings.Contains(got, "Write your sales process") {
		t.Errorf("without a process: %q", got)
	}
}

func TestHomeRemembersTheVisitBefore(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	now := dbtest.Now
	on := process.Stamp{Known: process.MustDate("2026-11-20")}
	dbtest.Record(t, s.File, &process.MilestoneReached{Stamp: on, Deal: "d1", Milestone: "meeting", On: on.Known})
	later := handlerstest.NewSiteWithoutFile(t, func(c *web.Config) { c.File, c.Person, c.Now = s.File, "Anna", func() time.Time { return now } })
	if got := handlerstest.Words(later.Get("/").Page(t), "#changes h2"); got != "In the last week" {
		t.Errorf("the first visit says %q", got)
	}
	now = now.AddDate(0, 0, 2)
	value := money.New(1000, "SEK")
	dbtest.Record(t, s.File, &process.DealOpened{
		Stamp: process.Stamp{Known: process.MustDate("2026-11-25")}, Deal: "d3", On: process.MustDate("2026-11-25"), Process: "p", Version: "v", Name: "Third", Value: &value,
	})
	for range 2 { // also when the page is loaded once more on that day
		if got := handlerstest.Words(later.Get("/").Page(t), "#changes h2"); got != "Since Monday" {
			t.Errorf("two days later it says %q", got)
		}
	}
}

func TestTheSalesMeetingGoesSellerBySeller(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewTeamSite(t)
	doc := s.In(i18n.Swedish, "/meeting").Page(t)
	want := []string{"Anna Berg", "Erik Dahl", "Jonas Lind", "Sara Holm"}
	if got := handlerstest.Texts(doc, "section.sec:has(.meet) h2"); strings.Join(got, ",") != strings.Join(want, ",") {
		t.Errorf("the sellers are %v", got)
	}
	if n := doc.Find("tr[data-row]").Length(); n != 33 {
		t.Errorf("%d deals, want all 33 open ones", n)
	}
	one := s.In(i18n.Swedish, "/meeting?seller=Sara+Holm&since=2026-06-01").Page(t)
	if n := one.Find("section.sec:has(.meet)").Length(); n != 1 || !strings.Contains(handlerstest.Words(one, "section.sec h3"), "Ändrat sedan 1 juni") {
		t.Errorf("%d sellers, %q", n, handlerstest.Words(one, "section.sec h3"))
	}
	if got := handlerstest.NewDealSite(t).Get("/meeting?seller=nobody"); !strings.Contains(got.Text, "There are no open deals to go through.") {
		t.Error("an empty meeting says nothing")
	}
}

// A note without a factor of the range is one of the earlier rules.
func TestHomeTellsOnceThatTheRulesAreNew(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	told := func() int { t.Helper(); return s.Get("/").Page(t).Find("#new-rules").Length() }
	if told() != 0 {
		t.Error("a team that never saw other rules is told")
	}
	today := process.DateOf(dbtest.Now)
	dbtest.Record(t, s.File, &process.ForecastNoted{Stamp: process.Stamp{Known: today}, Events: 1, Figures: []process.NotedFigure{{
		Period: "2026-Q4", AsOf: today, Currency: "SEK", Total: 100,
	}}})
	if told() != 1 {
		t.Error("after the upgrade it is not told")
	}
	if told() != 0 {
		t.Error("it is told again")
	}
}

// Both open deals are of 10 November. One was won in a day, so both are older than any that was won.
func TestPagesSayThatNoDealWasEverMarkedLost(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	pages := []string{"/", "/outcome/calibration", "/processes/p"}
	check := func(when string, want bool) {
		t.Helper()
		for _, page := range pages {
			if got := handlerstest.Words(s.Get(page).Page(t), "#no-losses"); strings.Contains(got, "2 open deals") != want {
				t.Errorf("%s, %s: %q", page, when, got)
			}
		}
	}
	check("before a deal is won", false)
	opened, closed := process.Stamp{Known: process.MustDate("2026-11-20")}, process.Stamp{Known: process.MustDate("2026-11-21")}
	dbtest.Record(t, s.File,
		&process.DealOpened{Stamp: opened, Deal: "d3", On: opened.Known, Process: "p", Version: "v", Name: "Fast", Customer: "c1", Seller: "anna"},
		&process.DealClosed{Stamp: closed, Deal: "d3", On: closed.Known, Outcome: process.Won},
	)
	check("after one was won in a day", true)
	s.Send(s.Open("/deals/d2/close", "/deals/d2/close").With("outcome", "lost", "reason", "No budget, or the money was withdrawn"))
	check("after one was lost", false)
}
