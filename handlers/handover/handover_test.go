package handover_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

const page = "/handover/anna"

// annasDeals is a site on which Anna has two open deals, one with an activity, and Erik none.
func annasDeals(t testing.TB) *handlerstest.DealSite {
	t.Helper()
	s := handlerstest.NewDealSite(t)
	early := process.Stamp{Known: process.MustDate("2026-11-10")}
	dbtest.Record(t, s.File, &process.PersonNamed{Stamp: early, Person: "anna", Name: "Anna"}, &process.PersonNamed{Stamp: early, Person: "erik", Name: "Erik"})
	s.Send(s.Open("/deals/d1?form=next", "/deals/d1/next").With("text", "Call Maja", "due", "2026-12-01"))
	return s
}

func sellers(s *handlerstest.DealSite) (list []string) {
	for _, id := range []process.DealID{"d1", "d2"} {
		s.Deal(id, func(team *sales.Team, d *sales.Deal) { list = append(list, team.Person(d.Now.Seller)) })
	}
	return list
}

func preview(to string, deals ...string) string {
	return page + "?" + url.Values{"show": {"preview"}, "to": {to}, "deal": deals}.Encode()
}

func TestAllOrSomeDealsAreHandedOverAndTakenBackAtOnce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		deals []string
		want  []string
	}{
		{[]string{"d1", "d2"}, []string{"Erik", "Erik"}}, {[]string{"d1"}, []string{"Erik", "Anna"}},
	} {
		s := annasDeals(t)
		if got := s.Get(page).Page(t).Find("input[name=deal][checked]").Length(); got != 2 {
			t.Errorf("%d deals are chosen at first, want all two", got)
		}
		shown := s.Get(preview("Erik", c.deals...)).Page(t)
		if got := shown.Find("ul.lines li").Length(); got != len(c.deals) || !strings.Contains(handlerstest.Words(shown, ".lead"), "1 planned activity") {
			t.Errorf("the preview says %q", handlerstest.Words(shown, "main"))
		}
		if diff := cmp.Diff([]string{"Anna", "Anna"}, sellers(s)); diff != "" {
			t.Errorf("a preview changes something: %s", diff)
		}
		done := s.Send(s.Open(preview("Erik", c.deals...), page))
		if diff := cmp.Diff(c.want, sellers(s)); diff != "" {
			t.Error(diff)
		}
		s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
			if d.Now.NextStep.Text != "Call Maja" {
				t.Errorf("the activity is %q", d.Now.NextStep.Text)
			}
			if before := d.SellerOn(process.MustDate("2026-11-20")); before != "anna" {
				t.Errorf("on a day before it was %q's", before)
			}
		})
		s.Undo(done, page)
		if diff := cmp.Diff([]string{"Anna", "Anna"}, sellers(s)); diff != "" {
			t.Errorf("after undoing: %s", diff)
		}
	}
}

// Two people who have not seen each other's plan leave two activities with a deal; both are shown, and both go along.
func TestEveryPlannedActivityIsShown(t *testing.T) {
	t.Parallel()
	s := annasDeals(t)
	day := process.Stamp{Known: process.MustDate("2026-11-20")}
	dbtest.Record(t, s.File, &process.NextStepSet{Stamp: day, Deal: "d2", Text: "Send drawings"}, &process.NextStepSet{Stamp: process.Stamp{Known: day.Known, Base: []process.EventID{}}, Deal: "d2", Text: "Book a visit", Due: process.MustDate("2026-12-04")})
	shown := handlerstest.Words(s.Get(preview("Erik", "d1", "d2")).Page(t), "main")
	for _, want := range []string{"3 planned activities", "Send drawings", "Book a visit, 4 Dec", "Call Maja, 1 Dec"} {
		if !strings.Contains(strings.ReplaceAll(shown, "\u00a0", " "), want) {
			t.Errorf("the preview does not say %q: %s", want, shown)
		}
	}
}

func TestSomebodyNewTakesOver(t *testing.T) {
	t.Parallel()
	s := annasDeals(t)
	if got := handlerstest.Words(s.Get(preview("Vera", "d1")).Page(t), ".note"); !strings.Contains(got, "Vera") {
		t.Errorf("that she is new is not said: %q", got)
	}
	done := s.Send(s.Open(preview("Vera", "d2"), page))
	if diff := cmp.Diff([]string{"Anna", "Vera"}, sellers(s)); diff != "" {
		t.Error(diff)
	}
	s.Undo(done, page)
	if got := s.Get("/settings"); got.StatusCode != http.StatusOK || sellers(s)[1] != "Anna" {
		t.Error("it was not taken back")
	}
}

func TestWhatCannotBeHandedOverIsRefused(t *testing.T) {
	t.Parallel()
	s := annasDeals(t)
	for _, path := range []string{preview("", "d1"), preview("  anna ", "d1"), preview("Erik"), preview("Erik", "nowhere"), preview("Erik", "d1", "nowhere")} {
		got := s.Get(path)
		if got.StatusCode != http.StatusUnprocessableEntity || got.Page(t).Find(".note [href^='#f-']").Length() == 0 {
			t.Errorf("%s is answered %s", path, got.Status)
		}
	}
	if got := s.Get("/handover/nobody"); got.StatusCode != http.StatusNotFound {
		t.Errorf("of nobody: %s", got.Status)
	}
	before := s.File.StateHash()
	for _, form := range []url.Values{
		{"to": {"Erik"}}, {"to": {""}, "deal": {"d1"}}, {"to": {"Anna"}, "deal": {"d1"}}, {"to": {"Erik"}, "deal": {"nowhere"}}, {"to": {"Erik"}, "deal": {"d1"}},
	} {
		if got := s.Post(page, form); got.StatusCode != http.StatusUnprocessableEntity && got.StatusCode != http.StatusConflict {
			t.Errorf("%v is answered %s", form, got.Status)
		}
	}
	if s.File.StateHash() != before {
		t.Error("something was recorded")
	}
	// A deal that has ended since the preview stops all of it.
	form := s.Open(preview("Erik", "d1", "d2"), page)
	s.Send(s.Open("/deals/d2/close", "/deals/d2/close").With("outcome", "lost", "reason", "Too dear"))
	if got := s.Send(form); got.StatusCode != http.StatusConflict || got.Page(t).Find("input[name=deal]").Length() != 1 {
		t.Errorf("after one has ended: %s", got.Status)
	}
	if diff := cmp.Diff([]string{"Anna", "Anna"}, sellers(s)); diff != "" {
		t.Error(diff)
	}
}

func TestInABrowserDealsAreHandedOver(t *testing.T) {
	t.Parallel()
	s := annasDeals(t)
	b := handlerstest.NewBrowser(t, s.Site)
	b.Wear("milstolpe-lang", "en")
	b.Do(chromedp.EmulateViewport(390, 800))
	b.Open("/people/anna")
	b.Do(chromedp.Click(chromedp.CSS(`a[href="/handover/anna"]`)))
	b.Await(`location.pathname === "/handover/anna" && document.readyState === "complete"`)
	b.Do(chromedp.Click(chromedp.CSS("input[value=d2]")), chromedp.SetValue(chromedp.CSS("#f-to"), "Erik"), chromedp.Click(chromedp.CSS("main form button")))
	b.Await(`location.search.includes("preview") && document.readyState === "complete"`)
	if width := handlerstest.Ask[int](b, "document.documentElement.scrollWidth"); width > 390 {
		t.Errorf("the preview is %d wide", width)
	}
	b.Do(chromedp.Click(chromedp.CSS("main form button")))
	b.Await(`location.pathname === "/people/anna" && document.querySelector("#toast").textContent.includes("Erik")`)
	if diff := cmp.Diff([]string{"Erik", "Anna"}, sellers(s)); diff != "" {
		t.Error(diff)
	}
}
