package plans_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/process"
	"milstolpe/process/sales"
)

func TestThePlanIsTheBuyersMilestones(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	if href := s.Get("/deals/d1").Page(t).Find(`#head a[href="/plans/d1"]`); href.Length() != 1 {
		t.Fatal("the deal does not lead to its plan")
	}
	page := s.Get("/plans/d1").Page(t)
	rows := handlerstest.Texts(page, ".plan tbody th")
	if want := []string{"1. You have appointed an owner", "2. You have met without us", "3. You have set money aside", "4. The decision maker has said yes"}; !slices.Equal(rows, want) {
		t.Errorf("the plan has %q, want %q", rows, want)
	}
	if text := page.Find(".plan, #plan-text").Text(); strings.Contains(text, "%") || strings.Contains(text, "450") {
		t.Errorf("the customer would read a chance or the value: %s", text)
	}
	if got := s.Get("/plans/none"); got.StatusCode != http.StatusNotFound {
		t.Errorf("the plan of no deal is answered %s", got.Status)
	}
	if got := s.Get("/plans/d1/calendar"); got.StatusCode != http.StatusNotFound {
		t.Errorf("a calendar without days is answered %s", got.Status)
	}
}

func TestWordsAndAnswersAreKeptAndUndone(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	form := s.Open("/plans/d1?form=words", "/plans/d1")
	form.Values["key"] = []string{"owned", "meeting", "money", "yes"}
	form.Values["day_base"] = []string{"", "", "", ""}
	form.Values["what"] = []string{"Ms Ek owns this\nalone", "You have met without us", "You have set money aside", "The decision maker has said yes"}
	form.Values["who"] = []string{"Maja Ek", "", "", ""}
	form.Values["ours"] = []string{"We write the minutes", "", "", ""}
	form.Values["day"] = []string{"2026-12-04", "", "someday", ""}
	form.Values["leave_in"] = []string{"owned", "money", "yes"}
	got := s.Send(form)
	if doc := got.Page(t); got.StatusCode != http.StatusUnprocessableEntity || doc.Find("#f-day-money-fault").Length() != 1 || !strings.Contains(doc.Find("#what-owned").Text(), "Ms Ek owns this") {
		t.Fatalf("a day that is none is answered %s", got.Status)
	}
	form.Values["day"][2] = "2026-12-11"
	got = s.Send(form)
	rows := handlerstest.Texts(got.Page(t), ".plan tbody tr")
	if want := []string{"1. Ms Ek owns this alone4 DecMaja EkWe write the minutes", "2. You have set money aside11 Dec", "3. The decision maker has said yesyour day"}; !slices.Equal(rows, want) {
		t.Errorf("the plan has %q, want %q", rows, want)
	}
	text := got.Page(t).Find("#plan-text").Text()
	for _, part := range []string{"Plan: Moisture meters\n", "1. Ms Ek owns this alone\n   By 4 Dec · Maja Ek\n   Meanwhile we: We write the minutes\n"} {
		if !strings.Contains(text, part) {
			t.Errorf("the text %q lacks %q", text, part)
		}
	}
	if file := s.Get("/plans/d1/calendar"); strings.Count(file.Text, "BEGIN:VEVENT") != 2 || !strings.Contains(file.Text, "SUMMARY:Ms Ek owns this alone\r\n") {
		t.Errorf("the buyer's calendar: %s", file.Text)
	}
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		plan, _ := d.Plan()
		day, _ := d.Promised("money")
		// What the process says is not recorded: one line with words, one left out.
		if len(plan.Lines) != 2 || plan.Intro != "" || day != process.MustDate("2026-12-11") {
			t.Errorf("recorded %+v, day %s", plan, day)
		}
	})
	s.Undo(got, "/plans/d1")
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		plan, _ := d.Plan()
		if day, _ := d.Promised("money"); len(plan.Lines) != 0 || !day.IsZero() {
			t.Errorf("after undoing %+v, day %s", plan, day)
		}
	})
}

func TestThePlanInABrowser(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	b := handlerstest.NewBrowser(t, s.Site)
	b.Open("/plans/d1")
	b.Await(`!document.querySelector("[data-copy]").hidden`)
	b.Do(chromedp.Click(chromedp.CSS("[data-copy]")))
	b.Await(`document.querySelector("[data-copy]").textContent === document.querySelector("[data-copy]").dataset.said`)
	b.Open("/plans/d1?form=words")
	b.Do(chromedp.SetValue(chromedp.CSS("#what-money"), "The board has released the money"), chromedp.SetValue(chromedp.CSS("#f-day-money"), "2026-12-09"))
	b.Do(chromedp.Click(chromedp.CSS("form.page-form button")))
	b.Await(`document.querySelector(".plan").textContent.includes("The board has released the money") && document.querySelector("#toast button")`)
	b.Do(chromedp.EmulateViewport(360, 800))
	if wide := handlerstest.Ask[bool](b, `document.documentElement.scrollWidth > innerWidth`); wide {
		t.Error("the page scrolls sideways at 360 px")
	}
}

// The plan of a deal in which everything is still to happen is one sheet of paper, in both languages.
func TestThePlanIsOneSheetOfPaper(t *testing.T) {
	t.Parallel()
	for _, lang := range []i18n.Lang{i18n.Swedish, i18n.English} {
		s := handlerstest.NewExampleSite(t, lang)
		deals := s.Get("/deals").Page(t).Find("tr[data-row] a[href^='/deals/']")
		if deals.Length() < 10 {
			t.Fatalf("%d deals", deals.Length())
		}
		b := handlerstest.NewBrowser(t, s)
		b.Wear("milstolpe-lang", string(lang))
		for _, n := range []int{0, deals.Length() / 2, deals.Length() - 1} { // those that have come far stand first
			path := strings.Replace(deals.Eq(n).AttrOr("href", ""), "/deals/", "/plans/", 1)
			b.Open(path)
			if got := b.Sheets(); got != "1" {
				t.Errorf("%s: %s is printed on %s sheets", lang, path, got)
			}
		}
	}
}
