package forecasts_test

import (
	"strings"
	"testing"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
)

func TestWhatTheForecastCannotCountIsSaidWithAWayToIt(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewImportedDeal(t)
	for _, path := range []string{"/", "/forecast"} {
		note := s.Get(path).Page(t).Find("main .note p")
		said := handlerstest.Plain(note.Text())
		if !strings.Contains(said, "1 open deal worth SEK 80k is counted as an average deal") || !strings.Contains(said, "Amounts in EUR are not counted") {
			t.Errorf("%s says %q", path, said)
		}
		list, there := note.Find("a").Attr("href")
		if rows := s.Get(list).Page(t).Find("[data-row]"); !there || rows.Length() != 1 || !strings.Contains(rows.Text(), "Pump") {
			t.Errorf("%s leads to %s with %d deals", path, list, rows.Length())
		}
	}
	if group := handlerstest.Plain(s.Get("/deals?next=~").Page(t).Find("tr.grp").Text()); !strings.Contains(group, "1 deal to go through") || strings.Contains(group, "expected value") {
		t.Errorf("their group says %q", group)
	}
	head := s.Get("/deals/d9").Page(t)
	if said := head.Find("#head .note").Text(); !strings.Contains(said, "once you mark what the buyer has done") {
		t.Errorf("the deal says %q", said)
	}
	if head.Find("#course svg").Length() != 0 {
		t.Error("a chance that is not known is drawn")
	}
	s.Send(s.Open("/deals/d9?form=reach&m=owned", "/deals/d9/milestones/owned/reach").With("evidence", "Mail"))
	if said := handlerstest.Plain(s.Get("/forecast").Page(t).Find("main .note p").Text()); strings.Contains(said, "SEK") {
		t.Errorf("with a milestone marked the forecast still says %q", said)
	}
}

func TestADealOpenedAndClosedOnOneDayDoesNotPromiseAChance(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	stamp := process.Stamp{Known: process.DateOf(dbtest.Now)}
	dbtest.Record(t, s.File,
		&process.DealOpened{Stamp: stamp, Deal: "d7", On: stamp.Known, Process: "p", Version: "v", Name: "Saw", Customer: "c1", Seller: "anna"},
		&process.DealClosed{Stamp: stamp, Deal: "d7", On: stamp.Known, Outcome: process.Won},
	)
	if facts := handlerstest.Plain(s.Get("/deals/d7").Page(t).Find(".facts").Text()); !strings.Contains(facts, "Not knownopened and closed on the same day") {
		t.Errorf("the deal says %q", facts)
	}
}
