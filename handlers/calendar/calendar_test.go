package calendar_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
)

func TestWhatComesCanBeSeenAndTaken(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	next := s.Open("/deals/d1?form=next", "/deals/d1/next")
	if got := s.Send(next.With("text", "Call Petra", "time", "14:30")); got.StatusCode != http.StatusUnprocessableEntity || got.Page(t).Find("#f-due-fault").Length() != 1 {
		t.Errorf("a time without a day is answered %s", got.Status)
	}
	if got := s.Send(next.With("text", "Call Petra", "due", "2026-11-26", "time", "half two")); got.Page(t).Find("#f-time-fault").Length() != 1 {
		t.Errorf("a time that is none is answered %s", got.Status)
	}
	page := s.Send(next.With("text", "Call Petra", "due", "2026-11-26", "time", "1430")).Page(t)
	if said := handlerstest.Words(page, "#next"); !strings.Contains(said, "26 Nov, 14:30") {
		t.Errorf("the deal says %q", said)
	}
	link := page.Find(`#next a[download]`).AttrOr("href", "")
	if got := s.Get(link); !strings.HasPrefix(got.Header.Get("Content-Type"), "text/calendar") || strings.Count(got.Text, "BEGIN:VEVENT") != 1 || !strings.Contains(got.Text, "DTSTART:20261126T133000Z") {
		t.Errorf("the activity as a calendar, from %q: %s", link, got.Text)
	}
	// The activity, the expected close, and the days on which both deals stall.
	if rows := handlerstest.Texts(s.Get("/calendar").Page(t), "[data-row]"); len(rows) != 4 {
		t.Errorf("the calendar has %q", rows)
	}
	if got := s.Get("/calendar?seller=nobody"); got.Page(t).Find("[data-row]").Length() != 0 {
		t.Error("somebody who sells nothing has something coming")
	}
	if got := s.Get("/calendar/deals/d1?only=named-money"); got.StatusCode != http.StatusNotFound {
		t.Errorf("what does not come is answered %s", got.Status)
	}
	if got := s.Get("/calendar/deals/none"); got.StatusCode != http.StatusNotFound {
		t.Errorf("a deal that is not there is answered %s", got.Status)
	}
}

func TestAFileIsKeptAndDropped(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	if got := s.Send(s.Open("/calendar", "/calendar/keep")); got.StatusCode != http.StatusOK {
		t.Fatalf("keeping is answered %s", got.Status)
	}
	found, _ := filepath.Glob(filepath.Join(filepath.Dir(s.File.Path()), "*.ics"))
	if len(found) != 1 {
		t.Fatalf("files beside the shared one: %q", found)
	}
	if err := os.WriteFile(found[0], []byte("somebody else's"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.Send(s.Open("/calendar", "/calendar/keep"))
	if left, err := os.ReadFile(found[0]); err != nil || string(left) != "somebody else's" {
		t.Errorf("a file that is not ours was taken away: %q, %v", left, err)
	}
	got := s.Send(s.Open("/calendar", "/calendar/keep"))
	if got.StatusCode != http.StatusUnprocessableEntity || got.Page(t).Find(".note").Length() == 0 {
		t.Errorf("a file that is in the way is answered %s", got.Status)
	}
}

func TestTheCalendarInABrowser(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewExampleSite(t, i18n.English)
	b := handlerstest.NewBrowser(t, s)
	b.Open("/calendar?seller=")
	if n := handlerstest.Ask[int](b, `document.querySelectorAll("[data-row] a[download]").length`); n < 20 {
		t.Errorf("the example has %d things coming", n)
	}
	b.Press("j")
	b.Await(`document.activeElement.closest("[data-row]") === document.querySelector("[data-row]")`)
	// Each link is fetched as the browser would, and is a calendar of one entry.
	if one := handlerstest.Ask[string](b, `(() => { const x = new XMLHttpRequest(); x.open("GET", document.querySelector("[data-row] a[download]").href, false); x.send(); return x.responseText })()`); strings.Count(one, "BEGIN:VEVENT") != 1 {
		t.Errorf("one alone: %s", one)
	}
	b.Do(chromedp.Click(chromedp.CSS(`form[action="/calendar/keep"] button`)))
	b.Await(`document.querySelector("#toast span") && !document.querySelector('form[action="/calendar/keep"] [name=keep]')`)
}
