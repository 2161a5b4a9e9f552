package deals_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// ticked are the milestones that a form offers, those that are ticked with a plus.
func ticked(t *testing.T, page handlerstest.Answer) (list []string) {
	t.Helper()
	for _, box := range page.Page(t).Find(`input[name="reached"]`).EachIter() {
		mark := ""
		if _, checked := box.Attr("checked"); checked {
			mark = "+"
		}
		list = append(list, mark+box.AttrOr("value", ""))
	}
	return list
}

func reachedOf(d *sales.Deal) (list []string) {
	for _, m := range d.MarksOn(process.FarFuture) {
		list = append(list, string(m.Milestone)+" "+m.On.String()+" "+m.Evidence.Text)
	}
	slices.Sort(list)
	return list
}

func TestSeveralMilestonesAreMarkedWithOneDayAndOneLine(t *testing.T) {
	t.Parallel()
	for _, htmx := range []bool{false, true} {
		s := handlerstest.NewDealSite(t)
		s.Htmx = htmx
		page := s.Get("/deals/d1?form=catchup&m=yes")
		if got := ticked(t, page); !slices.Equal(got, []string{"+owned", "meeting", "+money", "+yes"}) {
			t.Fatalf("marked with all before it: %v", got)
		}
		f := s.Open("/deals/d1?form=catchup", "/deals/d1/milestones").With("reached_on", "2026-11-20")
		if got := s.Send(f); got.StatusCode != http.StatusUnprocessableEntity || handlerstest.Words(got.Page(t), ".err .msg") == "" {
			t.Errorf("nothing ticked is answered %s", got.Status)
		}
		f.Values["reached"] = []string{"owned", "money"}
		if got := s.Send(f); got.StatusCode != http.StatusUnprocessableEntity || handlerstest.Words(got.Page(t), "#f-evidence-fault") == "" ||
			!slices.Equal(ticked(t, got), []string{"+owned", "meeting", "+money", "yes"}) {
			t.Errorf("evidence that one of them needs: answered %s with %v", got.Status, ticked(t, got))
		}
		done := s.Send(f.With("evidence", "Mail of the 20th"))
		want := []string{"money 2026-11-20 Mail of the 20th", "owned 2026-11-20 Mail of the 20th"}
		s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
			if got := reachedOf(d); !slices.Equal(got, want) {
				t.Errorf("reached: %v", got)
			}
		})
		s.Htmx = false
		s.Undo(done, "/deals/d1")
		s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
			if got := reachedOf(d); len(got) != 0 {
				t.Errorf("undone at once, and still reached: %v", got)
			}
		})
	}
}

func TestANewDealWithAllThatIsKnownOfItIsOnePage(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	f := s.Open("/deals/new", "/deals/new").With(
		"customer", "Kolbotten Sågverk", "on", "2026-11-02", "contact", "Petra Lindh", "phone", "070", "source", "A fair", "next", "Call her", "due", "2026-12-01",
		"reached_on", "2026-11-20", "evidence", "Mail", "value", "100 000",
	)
	f.Values["reached"] = []string{"owned", "meeting"}
	got := s.Send(f)
	id := process.DealID(strings.TrimPrefix(got.Request.URL.Path, "/deals/"))
	s.Deal(id, func(team *sales.Team, d *sales.Deal) {
		if got, want := reachedOf(d), []string{"meeting 2026-11-20 Mail", "owned 2026-11-20 Mail"}; !slices.Equal(got, want) {
			t.Errorf("reached: %v", got)
		}
		who, _ := team.Contact(d.Contacts()[0])
		if who.Name != "Petra Lindh" || d.Now.Source != "A fair" || d.Now.NextStep.Text != "Call her" || d.Now.Opened != process.MustDate("2026-11-02") {
			t.Errorf("the deal is %+v with %+v", d.Now, who)
		}
	})
	s.Send(s.Open("/deals/"+string(id)+"/edit", "/deals/"+string(id)+"/edit").With("opened", "2026-10-30", "source", "The website"))
	s.Deal(id, func(_ *sales.Team, d *sales.Deal) {
		if d.Now.Opened != process.MustDate("2026-10-30") || d.Now.Source != "The website" {
			t.Errorf("corrected, the deal is %+v", d.Now)
		}
	})
}

// With several processes the milestones are those of the one that is chosen; a tick for another's becomes no milestone in silence.
func TestANewDealOffersTheMilestonesOfItsProcess(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	dbtest.Record(t, s.File, &process.VersionPublished{
		Stamp: process.Stamp{Known: process.MustDate("2026-11-11")}, Process: "renewal", Version: "r1",
		Definition: process.Definition{Name: "Renewal", Milestones: []process.Milestone{{Key: "owned", Name: "The buyer wants to go on", Required: true}}},
	})
	if got := ticked(t, s.Get("/deals/new?process=renewal")); !slices.Equal(got, []string{"owned"}) {
		t.Errorf("a renewal offers %v", got)
	}
	f := s.Open("/deals/new?process=p", "/deals/new").With("customer", "K", "process", "renewal", "evidence", "Mail")
	f.Values["reached"] = []string{"owned"}
	if got := s.Send(f); got.StatusCode != http.StatusUnprocessableEntity || !slices.Equal(ticked(t, got), []string{"+owned"}) ||
		got.Page(t).Find(`input[name="reached_of"]`).AttrOr("value", "") != "renewal" {
		t.Errorf("the milestones of another process: answered %s with %v", got.Status, ticked(t, got))
	}
}

func TestClosingAsksForTheMilestonesThatAreMissing(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	f := s.Open("/deals/d1/close", "/deals/d1/close").With("outcome", "won", "on", "2026-11-20", "won_by", "Trust", "evidence", "The order")
	f.Values["reached"] = []string{"owned"}
	s.Send(f)
	s.Send(s.Open("/deals/d1?form=reach&m=money", "/deals/d1/milestones/money/reach"))
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if got, want := reachedOf(d), []string{"money 2026-11-20 ", "owned 2026-11-20 The order"}; !slices.Equal(got, want) || d.Now.Close.Reason != "Trust" {
			t.Errorf("won by %q, reached: %v", d.Now.Close.Reason, got)
		}
	})
	page := s.Get("/deals/d1").Page(t)
	if n := page.Find(`#milestones a[href*="form=waive"], #milestones a[href*="form=promise"]`).Length(); n != 0 {
		t.Errorf("a closed deal offers %d things that it does not take", n)
	}
	if got := s.Get("/deals/d2/close").Page(t).Find(`#won-by option[value="Trust"]`).Length(); got != 1 {
		t.Error("what won once is not suggested")
	}
}

// Three milestones on an existing deal in four clicks and one text; with the first three of six or all of them it is the same.
func TestInABrowserOneTickTakesThoseBeforeAlong(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	b := handlerstest.NewBrowser(t, s.Site)
	b.Wear("milstolpe-lang", "en")
	b.Open("/deals/d1")
	b.Do(chromedp.Click(chromedp.CSS(`#milestones a[href*="form=catchup"]`)))
	b.Await(`document.activeElement.matches("#milestones form") && !document.querySelector("[data-script]").hidden`)
	b.Do(chromedp.Click(chromedp.CSS(`input[value=yes]`)))
	if got := handlerstest.Ask[string](b, `[...document.querySelectorAll("input[name=reached]:checked")].map((box) => box.value).join()`); got != "owned,money,yes" {
		t.Errorf("one tick ticks %s", got)
	}
	b.Do(chromedp.SendKeys(chromedp.CSS("#f-evidence"), "Mail"), chromedp.Click(chromedp.CSS("#milestones form button")))
	b.Await(`document.querySelector("#toast").textContent.includes("Saved.")`)
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if got := d.PassedOn(process.FarFuture, []process.MilestoneID{"owned", "money", "yes"}); got != 3 {
			t.Errorf("%d of 3 are passed", got)
		}
	})
}
