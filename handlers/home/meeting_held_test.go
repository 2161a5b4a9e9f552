package home_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/sales"
)

// The row of a deal writes what is agreed about it: done, the next activity, and the buyer's day.
func TestAtTheMeetingWhatIsAgreedIsWrittenInPlace(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	row := func() handlerstest.Form { return s.Open("/meeting?form=d1", "/meeting/deals/d1") }
	for fields, at := range map[[4]string]string{
		{"text", strings.Repeat("x", 201)}:    "#f-text-fault",
		{"text", "Call", "due", "tomorrow"}:   "#f-due-fault",
		{"text", "Call", "time", "14:00"}:     "#f-due-fault",
		{"text", "Call", "day", "2026-02-30"}: "#f-day-fault",
	} {
		var given []string
		for _, f := range fields {
			if f != "" {
				given = append(given, f)
			}
		}
		if got := s.Send(row().With(given...)); got.StatusCode != http.StatusUnprocessableEntity || got.Page(t).Find(at).Length() != 1 {
			t.Errorf("%q is answered %s", fields, got.Status)
		}
	}
	saved := s.Send(row().With("text", "Call Maja", "due", "2026-11-27", "time", "14", "day", "2026-12-04"))
	if said := handlerstest.Words(saved.Page(t), "tbody:has(a[href='/deals/d1'])"); !strings.Contains(said, "Call Maja27 Nov, 14:00") || !strings.Contains(said, "4 Dec") {
		t.Fatalf("%s: the row says %q", saved.Status, said)
	}
	// What the person has not touched is not recorded once more.
	events := func() (n int) {
		s.Deal("d1", func(team *sales.Team, _ *sales.Deal) { n = team.Events() })
		return n
	}
	before := events()
	s.Send(row())
	if after := events(); after != before {
		t.Errorf("a form sent as it came records %d events", after-before)
	}
	s.Send(row().With("done", "true", "text", "Visit", "due", "", "time", ""))
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if j := d.Journal(); len(j) != 1 || j[0].Value.Text != "Call Maja" || d.Now.NextStep != (activities.Activity{Text: "Visit"}) {
			t.Errorf("the journal has %v, and next is %v", j, d.Now.NextStep)
		}
	})
	done := s.Send(row().With("done", "true"))
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if j := d.Journal(); len(j) != 2 || d.Now.NextStep != (activities.Activity{}) {
			t.Errorf("done and nothing new: the journal has %v, and next is %v", j, d.Now.NextStep)
		}
	})
	s.Undo(done, "/meeting")
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if day, _ := d.Promised("owned"); d.Now.NextStep.Text != "Visit" || day != process.MustDate("2026-12-04") {
			t.Errorf("after undoing, next is %v and the buyer's day %v", d.Now.NextStep, day)
		}
	})
	if got := s.Post("/meeting/deals/none", row().Values); got.StatusCode != http.StatusNotFound {
		t.Errorf("a deal that is not there is answered %s", got.Status)
	}
}

// A colleague's change of the activity is not undone by somebody who writes the buyer's day.
func TestAtTheMeetingOnlyWhatWasWrittenIsRecorded(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	form := s.Open("/meeting?form=d1", "/meeting/deals/d1")
	s.Send(s.Open("/deals/d1?form=next", "/deals/d1/next").With("text", "Visit"))
	s.Send(form.With("day", "2026-12-04"))
	s.Deal("d1", func(team *sales.Team, d *sales.Deal) {
		if day, _ := d.Promised("owned"); d.Now.NextStep.Text != "Visit" || day.IsZero() || len(team.Conflicts()) != 0 {
			t.Errorf("next is %v, the buyer's day %v, %d conflicts", d.Now.NextStep, day, len(team.Conflicts()))
		}
	})
}

// The next meeting begins with what was agreed, and whether it happened.
func TestTheNextMeetingBeginsWithWhatWasAgreed(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	s.Send(s.Open("/meeting?form=d1", "/meeting/deals/d1").With("text", "Call Maja", "due", "2026-11-24", "day", "2026-11-25"))
	s.Send(s.Open("/meeting?form=d2", "/meeting/deals/d2").With("text", "Send papers"))
	held := s.Send(s.Open("/meeting", "/meeting/held"))
	if page := held.Page(t); !strings.Contains(handlerstest.Words(page, "#held"), "closed today") || page.Find(".agreed").Length() != 0 {
		t.Errorf("%s: %q", held.Status, handlerstest.Words(page, "#held"))
	}
	if !strings.Contains(s.Get("/log").Text, "Sales meeting held; 3 things agreed") {
		t.Error("the log does not tell of the meeting")
	}
	days := func(n int) { s.Server.Config.Now = func() time.Time { return dbtest.Now.AddDate(0, 0, n) } }
	days(1)
	s.Send(s.Open("/meeting?form=d1", "/meeting/deals/d1").With("done", "true", "text", "Visit"))
	days(7)
	page := s.Get("/meeting").Page(t)
	if sum := handlerstest.Words(page, "[id^=agreed-]"); !strings.Contains(sum, "Agreed on 23 Nov 1 of 2 things that were due have happened. 1 is still to come.") {
		t.Errorf("the meeting begins with %q", sum)
	}
	for i, want := range []string{
		"The buyer has appointed an ownerKolbotten Sågverk, Moisture meters · has not happened25 Nov",
		"Send papersVretens Chark, Cold store · still to come",
		"Call MajaKolbotten Sågverk, Moisture meters · done on 24 Nov24 Nov",
	} {
		if got := handlerstest.Plain(page.Find(".agreed li").Eq(i).Text()); got != want {
			t.Errorf("line %d says %q and not %q", i, got, want)
		}
	}
	stale := s.Open("/meeting", "/meeting/held")
	s.Send(s.Open("/deals/d1?form=reach&m=owned", "/deals/d1/milestones/owned/reach").With("on", "2026-11-26", "evidence", "a letter"))
	if sum := handlerstest.Words(s.Get("/meeting").Page(t), "[id^=agreed-]"); !strings.Contains(sum, "2 of 2 things that were due have happened. 1 is still to come.") || !strings.Contains(sum, "reached on 26 Nov") {
		t.Errorf("after the buyer did it: %q", sum)
	}
	again := s.Send(s.Open("/meeting", "/meeting/held"))
	if got := s.Send(stale); got.StatusCode != http.StatusConflict || !strings.Contains(handlerstest.Words(got.Page(t), "#held .note"), "Somebody has closed this meeting") {
		t.Errorf("a meeting that was closed meanwhile is answered %s", got.Status)
	}
	s.Undo(again, "/meeting")
	if sum := handlerstest.Words(s.Get("/meeting").Page(t), "[id^=agreed-]"); !strings.Contains(sum, "Agreed on 23 Nov") {
		t.Errorf("after undoing the meeting begins with %q", sum)
	}
	foreign := s.Open("/meeting", "/meeting/held")
	if got := s.Send(foreign.With("agreed", process.EventID{1}.String())); got.StatusCode != http.StatusConflict {
		t.Errorf("an agreement that is not there is answered %s", got.Status)
	}
	if got := s.Send(foreign.With("seller", "nobody")); got.StatusCode != http.StatusNotFound {
		t.Errorf("a seller who is not there is answered %s", got.Status)
	}
}

func TestInABrowserTheMeetingIsHeld(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	b := handlerstest.NewBrowser(t, s.Site)
	b.Wear("milstolpe-lang", "en")
	b.Open("/meeting")
	b.Do(chromedp.Click(chromedp.CSS(`tbody:has(a[href="/deals/d1"]) small a`)))
	b.Await(`document.activeElement.matches("tbody form")`)
	b.Do(chromedp.SetValue(chromedp.CSS("#f-text"), "Call Maja"), chromedp.SetValue(chromedp.CSS("#f-day"), "2026-12-04"), chromedp.Click(chromedp.CSS("tbody form button")))
	b.Await(`document.querySelector("#toast").textContent.includes("Saved.")`)
	for part, want := range map[string]string{`tbody:has(a[href="/deals/d1"])`: "Call Maja", "#held": "1 next activity and 1 date that a buyer has named are agreed"} {
		if got := handlerstest.Ask[string](b, "document.querySelector(`"+part+"`).textContent"); !strings.Contains(handlerstest.Plain(got), want) {
			t.Errorf("%s says %q and not %q", part, handlerstest.Plain(got), want)
		}
	}
	b.Await(`document.activeElement.matches("tbody a")`)
	b.Do(chromedp.Click(chromedp.CSS("#held button")))
	b.Await(`document.querySelector("#held").textContent.includes("closed today")`)
}

// The page can be narrowed down to a choice of one of the team's own lists: deals, what was agreed and the way back from a row follow. A meeting
// is closed about all deals only.
func TestAMeetingIsNarrowedDownToAChoice(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	stamp := process.Stamp{Known: process.DateOf(dbtest.Now)}
	dbtest.Record(t, s.File,
		&process.ListNamed{Stamp: stamp, List: "region", Name: "Region"}, &process.ChoiceNamed{Stamp: stamp, List: "region", Choice: "north", Name: "North"},
		&process.ChoiceSet{Stamp: stamp, Deal: "d1", List: "region", Choice: "north"},
	)
	deals := func(query string) int {
		return s.Get("/meeting" + query).Page(t).Find("table.meet tr[data-row]").Length()
	}
	if all, north, none, gone := deals(""), deals("?pick=region:north"), deals("?pick=region:"), deals("?pick=gone:north"); all != 2 || north != 1 || none != 1 || gone != 2 {
		t.Errorf("of all deals %d are shown, in the north %d, in no region %d, of a list that is not there %d; want 2, 1, 1 and 2", all, north, none, gone)
	}
	page := s.Get("/meeting?pick=region:north").Page(t)
	if page.Find(`form[action="/meeting/held"]`).Length() != 0 || page.Find("#held a").AttrOr("href", "") != "/meeting" {
		t.Errorf("some deals alone can be closed: %q", handlerstest.Words(page, "#held"))
	}
	saved := s.Send(s.Open("/meeting?form=d1&pick=region:north", "/meeting/deals/d1").With("text", "Call Maja"))
	if query := saved.Request.URL.Query(); saved.StatusCode != http.StatusOK || query.Get("pick") != "region:north" {
		t.Errorf("from a row it goes on to %q", saved.Request.URL)
	}
}
