package handlers_test

import (
	"strings"
	"testing"

	"milstolpe/db/dbtest"
	"milstolpe/process"
	"milstolpe/process/money"
)

// newImportedDeal is a site with a deal out of a list that says nothing about milestones, and one in a currency without a rate.
func newImportedDeal(t *testing.T) *dealSite {
	t.Helper()
	s := newDealSite(t)
	early := process.Stamp{Known: process.MustDate("2026-11-10"), History: true}
	kronor, euro := money.New(80_000_00, "SEK"), money.New(5_000_00, "EUR")
	dbtest.Record(t, s.file,
		&process.DealOpened{Stamp: early, Deal: "d8", On: early.Known, Process: "p", Version: "v", Name: "Line", Customer: "c2", Seller: "anna", Value: &euro},
		&process.DealOpened{
			Stamp: early, Deal: "d9", On: early.Known, Process: "p", Version: "v", Name: "Pump", Customer: "c2", Seller: "anna", Value: &kronor, NoSteps: true,
		},
	)
	return s
}

func TestWhatTheForecastCannotCountIsSaidWithAWayToIt(t *testing.T) {
	s := newImportedDeal(t)
	for _, path := range []string{"/", "/forecast"} {
		note := s.get(path).Page(t).Find("p.note")
		said := plain(note.Text())
		if !strings.Contains(said, "1 open deal worth SEK 80,000 is not counted") || !strings.Contains(said, "Amounts in EUR are not counted") {
			t.Errorf("%s says %q", path, said)
		}
		list, there := note.Find("a").Attr("href")
		if rows := s.get(list).Page(t).Find("[data-row]"); !there || rows.Length() != 1 || !strings.Contains(rows.Text(), "Pump") {
			t.Errorf("%s leads to %s with %d deals", path, list, rows.Length())
		}
	}
	if group := plain(s.get("/deals?next=~").Page(t).Find("tr.grp").Text()); !strings.Contains(group, "1 deal to go through") || strings.Contains(group, "expected value") {
		t.Errorf("their group says %q", group)
	}
	head := s.get("/deals/d9").Page(t)
	if said := head.Find("#head .note").Text(); !strings.Contains(said, "once you mark what the buyer has done") {
		t.Errorf("the deal says %q", said)
	}
	if head.Find("#course svg").Length() != 0 {
		t.Error("a chance that is not known is drawn")
	}
	s.send(s.open("/deals/d9?form=reach&m=owned", "/deals/d9/milestones/owned/reach").with("evidence", "Mail"))
	if said := plain(s.get("/forecast").Page(t).Find("p.note").Text()); strings.Contains(said, "SEK") {
		t.Errorf("with a milestone marked the forecast still says %q", said)
	}
}

func TestADealOpenedAndClosedOnOneDayDoesNotPromiseAChance(t *testing.T) {
	s := newDealSite(t)
	stamp := process.Stamp{Known: process.DateOf(dbtest.Now)}
	dbtest.Record(t, s.file,
		&process.DealOpened{Stamp: stamp, Deal: "d7", On: stamp.Known, Process: "p", Version: "v", Name: "Saw", Customer: "c1", Seller: "anna"},
		&process.DealClosed{Stamp: stamp, Deal: "d7", On: stamp.Known, Outcome: process.Won},
	)
	if facts := plain(s.get("/deals/d7").Page(t).Find(".facts").Text()); !strings.Contains(facts, "Cannot tellopened and closed on the same day") {
		t.Errorf("the deal says %q", facts)
	}
}
