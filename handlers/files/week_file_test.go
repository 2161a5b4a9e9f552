package files_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/chromedp"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// An open page says what came in, within five seconds, and the home page marks it, however old its day.
func (w *week) hearNewsOnOpenPages() {
	w.sara.browser.Open("/")
	recorded := time.Now()
	dbtest.Record(w.t, w.erik.File, &process.JournalWritten{Stamp: process.Stamp{Known: process.MustDate("2026-11-12")}, Deal: "d2", On: process.MustDate("2026-11-12"), Text: "Lunch with the owner"})
	w.sara.browser.Await(`document.querySelector("#news").textContent.includes("came in from Erik")`)
	if took := time.Since(recorded); took > 20*time.Second { // under five on a machine that does nothing else
		w.t.Errorf("it took %v until the open page said so", took)
	}
	w.sara.browser.Open("/")
	w.sara.sees("journal: Lunch with the owner")
	if marked := handlerstest.Ask[int](w.sara.browser, `document.querySelectorAll("#changes .unread").length`); marked == 0 {
		w.t.Error("nothing is marked as new")
	}
	w.together()
}

// copyBy is a copy of the file somewhere else, in which somebody has recorded a fact.
func (w *week) copyBy(person string, seed uint64, fact process.Fact) (path string) {
	w.t.Helper()
	path = filepath.Join(w.t.TempDir(), "Sales.milstolpe")
	copyOver(w.t, w.path, path)
	away, err := db.Open(path, dbtest.Options(w.t, dbtest.As(person, seed), func(o *db.Options) { o.Clock = w.clock }))
	if err != nil {
		w.t.Fatal(err)
	}
	dbtest.Record(w.t, away, fact)
	if err := away.Close(); err != nil {
		w.t.Fatal(err)
	}
	return path
}

// A conflict copy is told on the home page with its deals, and merged from there.
func (w *week) findAConflictCopy() {
	away := w.copyBy("Anna", 4, dbtest.Journal("d1", "in another copy"))
	second := filepath.Join(filepath.Dir(w.path), "Sales (conflicted copy).milstolpe")
	copyOver(w.t, away, second)
	until(w.t, "the copy being found", func() bool { return len(w.erik.File.SecondCopies()) == 1 })
	w.erik.browser.Open("/")
	w.erik.sees("Sales (conflicted copy).milstolpe, with 1 change that is not in yours")
	w.erik.Send(w.erik.DealSite.Open("/file", "/file/conflict"))
	if _, err := os.Stat(second); err == nil {
		w.t.Error("the copy that was merged is still there")
	}
	w.together()
}

// Somebody has written Sara's name otherwise: the two are one person, also for those who did not say so.
func (w *week) turnOutToBeOnePerson() {
	w.erik.Send(w.erik.DealSite.Open("/deals/d2/edit", "/deals/d2/edit").With("seller", "S. Holm"))
	w.together()
	var sara, other process.PersonID
	w.sara.team(func(team *sales.Team) {
		sara, _ = team.PersonByName("Sara Holm")
		other, _ = team.PersonByName("S. Holm")
	})
	w.sara.Send(w.sara.DealSite.Open("/settings/people", "/settings/people/"+string(other)+"/merge").With("into", string(sara)))
	w.together()
	for _, c := range w.all() {
		c.Deal("d2", func(team *sales.Team, d *sales.Deal) {
			if got := team.Person(d.Now.Seller); got != "Sara Holm" {
				w.t.Errorf("on the computer of %s the deal is %s's", c.name, got)
			}
		})
	}
}

// Two plan an activity for one deal, and change different milestones of one draft: all of it lives, and nobody is asked.
func (w *week) planAndDraftTogether() {
	plan := func(c *colleague, text, due string) {
		c.Send(c.DealSite.Open("/deals/d2?form=next", "/deals/d2/next").With("text", text, "due", due))
	}
	draft := func(c *colleague, key, why string) {
		c.Send(c.DealSite.Open("/processes/p/edit?form=row&m="+key, "/processes/p/edit/row").With("why", why))
	}
	w.apart(func() {
		plan(w.erik, "Call the owner", "2026-11-26")
		plan(w.sara, "Send drawings", "2026-11-25")
		draft(w.erik, "money", "Or nothing is bought")
		draft(w.sara, "yes", "Or nobody signs")
	})
	for _, c := range w.all() {
		if n := c.conflicts(); n != 0 {
			w.t.Errorf("%s is asked about %d conflicts", c.name, n)
		}
		page := handlerstest.Words(c.Get("/deals/d2").Page(w.t), "#next")
		edit := handlerstest.Words(c.Get("/processes/p/edit").Page(w.t), "main")
		for _, want := range []string{"Call the owner", "Send drawings"} {
			if !strings.Contains(page, want) {
				w.t.Errorf("%s does not see the activity %q: %s", c.name, want, page)
			}
		}
		for _, want := range []string{"Or nothing is bought", "Or nobody signs"} {
			if !strings.Contains(edit, want) {
				w.t.Errorf("%s does not see what was written in the draft, %q", c.name, want)
			}
		}
	}
	done := w.anna.Get("/deals/d2").Page(w.t).Find(`#next form[action="/deals/d2/next/done"]`).Last()
	w.anna.Send(w.anna.FormIn(done.WrapAllHtml("<div></div>").Parent(), "/deals/d2", "/deals/d2/next/done"))
	w.together()
	w.erik.Deal("d2", func(_ *sales.Team, d *sales.Deal) {
		if left := d.Activities().Planned(); len(left) != 1 || left[0].Text != "Send drawings" {
			w.t.Errorf("after one was done %+v is planned", left)
		}
	})
}

// The file is renamed while all have it open. All are told, nobody makes the old name anew, and all go on in the same file.
func (w *week) renameTheFile() {
	w.sara.browser.Open("/deals")
	before := w.path
	w.path = filepath.Join(filepath.Dir(w.path), "Sales 2027.milstolpe")
	if err := os.Rename(before, w.path); err != nil {
		w.t.Fatal(err)
	}
	w.sara.browser.Await(`document.querySelector("#news").textContent.includes("cannot be reached")`)
	w.sara.browser.Open("/file")
	w.sara.browser.Do(chromedp.Click(chromedp.CSS(`form[action="/file/follow"] button`)))
	w.sara.sees("Sales 2027.milstolpe")
	for _, c := range []*colleague{w.anna, w.erik} {
		until(w.t, c.name+" noticing", func() bool { return c.File.State().Gone() })
		page := c.Get("/file").Page(w.t)
		form := page.Find(`form[action="/file/follow"]`).FilterFunction(func(_ int, form *handlerstest.Selection) bool {
			return form.Find(`[name="path"]`).AttrOr("value", "") == w.path
		})
		c.Send(c.FormIn(form.WrapAllHtml("<div></div>").Parent(), "/file", "/file/follow"))
	}
	w.record(w.erik, dbtest.Journal("d2", "in the renamed file"))
	w.together()
	if _, err := os.Stat(before); err == nil {
		w.t.Error("the old name was made anew")
	}
	if paths := []string{w.anna.File.Path(), w.erik.File.Path(), w.sara.File.Path()}; slices.ContainsFunc(paths, func(p string) bool { return p != w.path }) {
		w.t.Errorf("they go on in %v", paths)
	}
}

// A page that was left open overnight says so, and works.
func (w *week) leaveAPageOpenOvernight() {
	w.sara.browser.Open("/deals/d2?form=journal")
	w.sara.browser.Do(chromedp.SetValue(chromedp.CSS("#f-entry"), "Begun in the evening"))
	w.later.Store(int64(20 * time.Hour))
	w.sara.browser.Await(`document.querySelector("#news").textContent.includes("This page is from yesterday.")`)
	w.sara.browser.Do(chromedp.Click(chromedp.CSS(`form[action="/deals/d2/journal"] button:not([name])`)))
	w.sara.browser.Await(`document.querySelector("#journal").textContent.includes("Begun in the evening") && !document.querySelector("#f-entry")`)
	w.together()
	if said := handlerstest.Words(w.erik.Get("/deals/d2").Page(w.t), "#journal"); !strings.Contains(said, "Begun in the evening") {
		w.t.Errorf("in the morning Erik sees %s", said)
	}
}
