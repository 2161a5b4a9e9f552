package home_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// Anna looked on Friday 20 November and again on Monday 23. Erik has worked on a train without a network since Wednesday 18; what he
// recorded comes in on Monday, after she has looked.
func TestNewsCountsFromItsArrival(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC)
	clock := func(o *db.Options) { o.Clock = func() time.Time { return now } }
	dir := t.TempDir()
	anna := handlerstest.NewDealSiteIn(t, dbtest.NewAt(t, filepath.Join(dir, "Sales.milstolpe"), clock))
	anna.Site = handlerstest.NewSiteWithoutFile(t, func(c *web.Config) { c.File, c.Person, c.Now = anna.File, "Anna", func() time.Time { return now } })
	closed := process.Stamp{Known: process.MustDate("2026-11-17")}
	dbtest.Record(t, anna.File, &process.DealClosed{Stamp: closed, Deal: "d2", Outcome: process.Lost, On: closed.Known, Reason: "No need"})
	if err := anna.File.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	erik := dbtest.Open(t, anna.File.Path(), clock, dbtest.As("Erik", 2))
	record := func(decide func(*sales.Team) ([]process.Fact, error)) {
		t.Helper()
		if _, err := erik.Act(t.Context(), decide); err != nil {
			t.Fatal(err)
		}
	}
	wednesday := process.MustDate("2026-11-18")
	record(func(team *sales.Team) ([]process.Fact, error) {
		d, _ := team.Deal("d1")
		value := money.New(50_000_000, "SEK")
		stamp := process.Stamp{Known: wednesday, Base: d.Values().HeadIDs(process.FarFuture, d.Retractions())}
		moved := process.Stamp{Known: wednesday, Base: d.ExpectedCloses().HeadIDs(process.FarFuture, d.Retractions())}
		lost, _ := team.Deal("d2")
		reopened, err := lost.Reopen("they called back", wednesday)
		return append(reopened, &process.ValueSet{Stamp: stamp, Deal: "d1", Value: &value},
			&process.ExpectedCloseSet{Stamp: moved, Deal: "d1", Day: process.MustDate("2026-12-20")}, dbtest.Journal("d1", "Lunch with Maja")), err
	})

	now = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	anna.Get("/")
	anna.Get("/meeting")
	now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	if got := handlerstest.Words(anna.Get("/").Page(t), "#changes"); strings.Contains(got, "Erik") {
		t.Errorf("what has not come in is told: %q", got)
	}
	now = now.Add(2 * time.Hour)
	if err := erik.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := anna.File.Pull(t.Context()); err != nil {
		t.Fatal(err)
	}

	now = now.Add(time.Minute)
	for page, list := range map[string]string{"/": "#changes li", "/meeting": "section.sec .lines li"} {
		told := strings.Join(handlerstest.Texts(anna.Get(page).Page(t), list), "; ")
		for _, want := range []string{
			"Moisture meters: value from SEK 450,000 to SEK 500,000Erik, 18 Nov",
			"Moisture meters: expected close from 15 Dec to 20 DecErik, 18 Nov",
			"Moisture meters: journal: Lunch with MajaErik, 18 Nov",
			"Cold store: re-opened: they called backErik, 18 Nov",
		} {
			if !strings.Contains(handlerstest.Plain(told), "New "+"Kolbotten Sågverk, "+want) && !strings.Contains(handlerstest.Plain(told), "New Vretens Chark, "+want) {
				t.Errorf("%s does not mark as new %q: %q", page, want, handlerstest.Plain(told))
			}
		}
	}
	if got := anna.In(i18n.Swedish, "/").Page(t).Find("#changes .unread"); got.Length() != 4 || got.First().Text() != "Nytt" {
		t.Errorf("in Swedish %d are marked, %q: a moment later it is the same look", got.Length(), got.First().Text())
	}
	now = now.Add(time.Hour)
	if doc := anna.Get("/").Page(t); doc.Find("#changes .unread").Length() != 0 || doc.Find("#changes li").Length() != 4 {
		t.Errorf("an hour later %d are marked and %d told, want none of 4", doc.Find("#changes .unread").Length(), doc.Find("#changes li").Length())
	}
	now = now.Add(24 * time.Hour)
	if doc := anna.Get("/").Page(t); doc.Find("#changes li").Length() != 0 {
		t.Errorf("the next day it is told again: %q", handlerstest.Words(doc, "#changes"))
	}
}

// What oneself recorded is told, and is nothing new.
func TestOnesOwnChangesAreNotNew(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	s.Get("/")
	s.Send(s.Open("/deals/d1?form=journal", "/deals/d1/journal").With("entry", "Rang Maja"))
	doc := s.Get("/").Page(t)
	if got := handlerstest.Words(doc, "#changes"); !strings.Contains(got, "Rang Maja") || doc.Find("#changes .unread").Length() != 0 {
		t.Errorf("what oneself wrote is told as %q, %d marked", got, doc.Find("#changes .unread").Length())
	}
}

// A value that was changed twice and a deal that was described while it was opened are told once.
func TestNewsSaysAThingOnce(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	s.Send(s.Open("/deals/d1/edit", "/deals/d1/edit").With("value", "500 000"))
	s.Send(s.Open("/deals/d1/edit", "/deals/d1/edit").With("value", "510 000"))
	list := handlerstest.Plain(strings.Join(handlerstest.Texts(s.Get("/").Page(t), "#changes li"), "; "))
	if strings.Count(list, "value from") != 1 || !strings.Contains(list, "to SEK 510,000") {
		t.Errorf("told: %q", list)
	}
}
