package deals_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// newManyImported is a site with three open deals that came without milestones: d9 of before, and d10 and d11.
func newManyImported(t *testing.T) *handlerstest.DealSite {
	t.Helper()
	s := handlerstest.NewImportedDeal(t)
	early := process.Stamp{Known: process.MustDate("2026-11-10"), History: true}
	for _, id := range []process.DealID{"d10", "d11"} {
		dbtest.Record(t, s.File, &process.DealOpened{
			Stamp: early, Deal: id, On: early.Known, Process: "p", Version: "v", Name: "N" + string(id), Customer: "c1", Seller: "erik", NoSteps: true,
		})
	}
	return s
}

const howFar = "/deals/how-far"

func asked(t *testing.T, page handlerstest.Answer) (ids []string) {
	t.Helper()
	for _, row := range page.Page(t).Find(`.howfar input[name="deal"]`).EachIter() {
		ids = append(ids, row.AttrOr("value", ""))
	}
	slices.Sort(ids)
	return ids
}

func unknown(s *handlerstest.DealSite, id process.DealID) (is bool) {
	s.Deal(id, func(_ *sales.Team, d *sales.Deal) { is = d.StandingUnknown() })
	return is
}

func TestOnePageAsksHowFarAllImportedCustomersHaveCome(t *testing.T) {
	t.Parallel()
	s := newManyImported(t)
	if got := s.Get("/").Page(t).Find(`a[href="` + howFar + `"]`).Length(); got != 1 {
		t.Errorf("home leads %d times to the page", got)
	}
	if got := s.Get("/deals").Page(t).Find(`tr.grp a[href="` + howFar + `"]`).Length(); got != 1 {
		t.Errorf("the list of deals leads %d times to the page", got)
	}
	if got := asked(t, s.Get(howFar)); !slices.Equal(got, []string{"d10", "d11", "d9"}) {
		t.Fatalf("the page asks about %v", got)
	}
	if got := asked(t, s.Get(howFar+"?seller=anna")); !slices.Equal(got, []string{"d9"}) {
		t.Errorf("of Anna's deals it asks about %v", got)
	}
	f := s.Open(howFar, howFar).With("none.d10", "1", "on.d9", "2026-11-19", "evidence", "Mail of the 19th")
	f.Values["reached.d9"] = []string{"owned", "money"}
	done := s.Send(f)
	if got := asked(t, done); !slices.Equal(got, []string{"d11"}) {
		t.Errorf("afterwards the page asks about %v", got)
	}
	s.Deal("d9", func(_ *sales.Team, d *sales.Deal) {
		if got := reachedOf(d); !slices.Equal(got, []string{"money 2026-11-19 Mail of the 19th", "owned 2026-11-19 Mail of the 19th"}) {
			t.Errorf("d9 has reached %v", got)
		}
	})
	s.Deal("d10", func(_ *sales.Team, d *sales.Deal) {
		if got := reachedOf(d); len(got) > 0 || d.StandingUnknown() {
			t.Errorf("d10 has reached %v, and is unknown: %v", got, d.StandingUnknown())
		}
	})
	if page := s.Get("/deals/d10").Page(t); !strings.Contains(handlerstest.Words(page, "#history"), "No milestone reached yet") {
		t.Errorf("the history of d10 says %q", handlerstest.Words(page, "#history"))
	}
	s.Undo(done, howFar)
	if got := asked(t, s.Get(howFar)); !slices.Equal(got, []string{"d10", "d11", "d9"}) {
		t.Errorf("taken back, and the page asks about %v", got)
	}
}

func TestWhatDoesNotGoTogetherComesBackAtItsDeal(t *testing.T) {
	t.Parallel()
	s := newManyImported(t)
	if got := s.Send(s.Open(howFar, howFar)); got.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("nothing ticked is answered %s", got.Status)
	}
	f := s.Open(howFar, howFar).With("none.d10", "1", "reached.d10", "money", "reached.d11", "money", "on.d11", "2027-01-01", "reached.d9", "owned")
	got := s.Send(f)
	page := got.Page(t)
	if got.StatusCode != http.StatusUnprocessableEntity || page.Find(`#f-reached-d10.err, [href="#f-reached-d10"]`).Length() != 2 ||
		page.Find("#f-on-d11-fault").Length() != 1 || page.Find("#f-evidence-fault").Length() != 1 {
		t.Errorf("answered %s: %s", got.Status, handlerstest.Words(page, ".note li, .msg"))
	}
	if !strings.Contains(handlerstest.Words(page, ".note li"), "Nd11: ") {
		t.Errorf("the faults do not name the deals: %s", handlerstest.Words(page, ".note li"))
	}
	if page.Find(`[name="reached.d11"][value=money][checked]`).Length() != 1 || page.Find("#f-on-d11").AttrOr("value", "") != "2027-01-01" {
		t.Error("what was said is lost")
	}
	for _, id := range []process.DealID{"d9", "d10", "d11"} {
		if !unknown(s, id) {
			t.Errorf("%s was recorded beside the faults", id)
		}
	}
}

// A colleague has said it meanwhile: nothing is added to that, and the rest is not lost.
func TestWhatAColleagueHasSaidMeanwhileIsLeftAlone(t *testing.T) {
	t.Parallel()
	s := newManyImported(t)
	f := s.Open(howFar, howFar).With("reached.d10", "money", "none.d11", "1")
	s.Send(s.Open("/deals/d10?form=catchup", "/deals/d10/milestones").With("none", "1"))
	if unknown(s, "d10") {
		t.Fatal("on the deal's own page it cannot be said that nothing is reached")
	}
	got := s.Send(f)
	if got.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(handlerstest.Words(got.Page(t), ".note"), "Nd10") {
		t.Errorf("answered %s: %s", got.Status, handlerstest.Words(got.Page(t), ".note"))
	}
	if ids := asked(t, got); !slices.Equal(ids, []string{"d11", "d9"}) {
		t.Errorf("the form comes back with %v", ids)
	}
	s.Send(s.FormIn(got.Page(t).Selection, howFar, howFar))
	if unknown(s, "d11") {
		t.Error("sent once more, and d11 is still unknown")
	}
	s.Deal("d10", func(_ *sales.Team, d *sales.Deal) {
		if got := reachedOf(d); len(got) > 0 {
			t.Errorf("something was added to what the colleague has said: %v", got)
		}
	})
}

func TestManyDealsAreAskedAboutAFewAtATime(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewImportedDeal(t)
	early := process.Stamp{Known: process.MustDate("2026-11-10"), History: true}
	for i := range 30 {
		id := process.DealID("many" + string(rune('A'+i)))
		dbtest.Record(t, s.File, &process.DealOpened{Stamp: early, Deal: id, On: early.Known, Process: "p", Version: "v", Name: string(id), NoSteps: true})
	}
	page := s.Get(howFar)
	if got := len(asked(t, page)); got != 25 {
		t.Errorf("%d deals at once", got)
	}
	next := page.Page(t).Find(".row a").AttrOr("href", "")
	if got := len(asked(t, s.Get(next))); got != 6 {
		t.Errorf("%s asks about %d deals, want the last 6 of 31", next, got)
	}
}
