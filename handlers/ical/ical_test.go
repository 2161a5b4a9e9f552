package ical_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/ical"
	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

func english(t testing.TB) *i18n.Text {
	t.Helper()
	text, err := i18n.TextIn(i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// calendarOf is the file that the team's calendar gives now.
func calendarOf(t *testing.T, file *db.File, seller process.PersonID) (body []byte) {
	t.Helper()
	err := file.View(func(team *sales.Team) error {
		body = ical.For(english(t), forecast.NewModel(team, process.DateOf(dbtest.Now)), seller).Bytes(dbtest.Now)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func act(t *testing.T, file *db.File, do func(d *sales.Deal, today process.Date) ([]process.Fact, error)) {
	t.Helper()
	_, err := file.Act(t.Context(), func(team *sales.Team) ([]process.Fact, error) {
		d, _ := team.Deal("d1")
		return do(d, process.DateOf(dbtest.Now))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What a calendar has taken in once is moved and called off when the file is taken in again, and nothing is there twice.
func TestTakenInAgainEverythingMoves(t *testing.T) {
	s := handlerstest.NewDealSite(t)
	plan := func(text, day string, at process.TimeOfDay) {
		act(t, s.File, func(d *sales.Deal, today process.Date) ([]process.Fact, error) {
			return d.PlanNext(activities.Activity{Text: text, Due: process.MustDate(day), Time: at}, nil, today)
		})
	}
	promise := func(day process.Date) {
		act(t, s.File, func(d *sales.Deal, today process.Date) ([]process.Fact, error) {
			return d.Promise("money", day, nil, today)
		})
	}
	own := taken{}
	plan("Call Petra, again; and \\ ask", "2026-11-30", "14:30")
	promise(process.MustDate("2026-12-04"))
	own.in(t, calendarOf(t, s.File, ""))

	// In Stockholm it is winter, so 14:30 is 13:30 in UTC, for the half hour that an activity takes.
	e := own["d1-activity@milstolpe"]
	if e["SUMMARY"] != "Call Petra, again; and \\ ask · Kolbotten Sågverk, Moisture meters" || e["DTSTART"] != "20261130T133000Z" || e["DTEND"] != "20261130T140000Z" {
		t.Errorf("the activity: %v", e)
	}
	if e := own["d1-named-money@milstolpe"]; e["DTSTART;VALUE=DATE"] != "20261204" || e["DTEND;VALUE=DATE"] != "20261205" {
		t.Errorf("the buyer's day: %v", e)
	}
	if e := own["d1-close@milstolpe"]; e["DTSTART;VALUE=DATE"] != "20261215" {
		t.Errorf("the expected close: %v", e)
	}
	// Opened on 10 November with 20 days as the normal wait, so the deal stalls on the 21st day after, 1 December.
	if e := own["d1-stall@milstolpe"]; e["DTSTART;VALUE=DATE"] != "20261201" {
		t.Errorf("the stall: %v", e)
	}

	before := len(own)
	plan("Call Petra", "2026-12-02", "")
	promise(0)
	own.in(t, calendarOf(t, s.File, ""))
	if len(own) != before {
		t.Errorf("%d entries became %d", before, len(own))
	}
	if e := own["d1-activity@milstolpe"]; e["DTSTART;VALUE=DATE"] != "20261202" || e["STATUS"] != "" {
		t.Errorf("the activity that was moved: %v", e)
	}
	if e := own["d1-named-money@milstolpe"]; e["STATUS"] != "CANCELLED" {
		t.Errorf("the day that the buyer took back: %v", e)
	}

	plan("", "2026-12-02", "")
	own.in(t, calendarOf(t, s.File, ""))
	if e := own["d1-activity@milstolpe"]; e["STATUS"] != "CANCELLED" {
		t.Errorf("the activity that is done: %v", e)
	}
	plan("Call again", "2026-12-09", "09:00")
	own.in(t, calendarOf(t, s.File, ""))
	if e := own["d1-activity@milstolpe"]; e["STATUS"] != "" || e["DTSTART"] != "20261209T080000Z" {
		t.Errorf("the next activity: %v", e)
	}
	act(t, s.File, func(d *sales.Deal, today process.Date) ([]process.Fact, error) {
		return d.CloseDeal(sales.CloseInput{Outcome: process.Lost, On: today, Reason: "price"}, today)
	})
	own.in(t, calendarOf(t, s.File, ""))
	for _, what := range []string{"activity", "close"} {
		if e := own["d1-"+what+"@milstolpe"]; e["STATUS"] != "CANCELLED" {
			t.Errorf("%s of a deal that has ended: %v", what, e)
		}
	}
}

func TestASellerSeesTheirOwn(t *testing.T) {
	s := handlerstest.NewDealSite(t)
	if _, events := readCalendar(t, calendarOf(t, s.File, "anna")); len(events) == 0 {
		t.Error("Anna has nothing")
	}
	if head, events := readCalendar(t, calendarOf(t, s.File, "nobody")); len(events) != 0 || head["VERSION"] != "2.0" {
		t.Errorf("somebody without deals has %v", events)
	}
}

func TestAFileBesideTheSharedOneIsRenewed(t *testing.T) {
	s := handlerstest.NewDealSite(t)
	k := ical.Keeper{StateDir: t.TempDir()}
	theirs := filepath.Join(filepath.Dir(s.File.Path()), strings.TrimSuffix(filepath.Base(s.File.Path()), ".milstolpe")+" "+i18n.Dash+" Anna.ics")
	if err := os.WriteFile(theirs, []byte("BEGIN:VCALENDAR\r\nPRODID:another\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Keep(s.File, "anna", "Anna", english(t), dbtest.Now); process.KindOf(err) != process.Invalid {
		t.Errorf("a file that is not ours: %v", err)
	}
	if err := os.Remove(theirs); err != nil {
		t.Fatal(err)
	}
	path, err := k.Keep(s.File, "anna", "Anna", english(t), dbtest.Now)
	if err != nil || path != theirs {
		t.Fatalf("kept at %q, %v", path, err)
	}
	first, _ := os.ReadFile(path)
	if err := k.Renew(s.File, dbtest.Now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if same, _ := os.ReadFile(path); string(same) != string(first) {
		t.Error("written again although nothing has changed")
	}
	act(t, s.File, func(d *sales.Deal, today process.Date) ([]process.Fact, error) {
		return d.PlanNext(activities.Activity{Text: "Visit", Due: today + 3}, nil, today)
	})
	if err := k.Renew(s.File, dbtest.Now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if renewed, _ := os.ReadFile(path); !strings.Contains(string(renewed), "Visit") {
		t.Error("the calendar was not renewed")
	}
	if err := k.Drop(s.File); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("the file is still there: %v", err)
	}
	if _, ok := k.Wish(s.File.Path()); ok {
		t.Error("it is still wanted")
	}
}

// Whatever people and lists write, a reader finds it as it was, without what no text should hold.
func FuzzAnyText(f *testing.F) {
	for _, text := range []string{"a", "BEGIN:VEVENT\r\nUID:x", "å;,\\\"", strings.Repeat("ö", 200), "\x00\x1b[31m", "\xff\xfe", "\u2028x", "tab\there", `\n`} {
		f.Add(text, text)
	}
	f.Fuzz(func(t *testing.T, summary, about string) {
		c := ical.Calendar{Name: summary, Zone: time.UTC, Entries: []ical.Entry{{
			Kind: ical.Activity, Deal: "d", Day: process.MustDate("9999-12-31"), Summary: summary, About: about,
		}}}
		_, events := readCalendar(t, c.Bytes(dbtest.Now))
		if len(events) != 1 {
			t.Fatalf("%d events", len(events))
		}
		got := events[0]["SUMMARY"]
		if strings.IndexFunc(got, unicode.IsControl) >= 0 || len([]rune(got)) > len([]rune(summary)) {
			t.Errorf("%q became %q", summary, got)
		}
		plain := strings.IndexFunc(summary, func(r rune) bool {
			return unicode.IsControl(r) || unicode.IsSpace(r) || r == '\uFEFF' || r == '\u2060' || r == '\uFFFD'
		}) < 0
		if plain && got != summary {
			t.Errorf("%q became %q", summary, got)
		}
	})
}
