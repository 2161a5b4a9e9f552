package files_test

import (
	"strings"

	"github.com/chromedp/chromedp"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// The first page offers the people of the team before the login of the computer. Whoever gets another name is still who they were.
func (w *week) sayWhoTheyAre() {
	for _, c := range []*colleague{w.erik, w.sara} {
		c.browser.Open("/")
		c.sees("Who are you?")
		c.sees("Anna")
		c.browser.FillAndSave("#f-name="+c.name, "/")
	}
	w.sara.browser.Open("/settings")
	w.sara.browser.Do(chromedp.SetValue(chromedp.CSS("#f-person"), "Sara Holm"), chromedp.Click(chromedp.CSS(`form[action="/settings/person"] button`)))
	w.sara.sees("Sara Holm")
	w.together()
}

// Two change the same things from pages that do not show the other's change: values, targets and calls. All of it is told, with who and when,
// what was there before and what counts for now, and decided on one page with one save.
func (w *week) sendStaleForms() {
	calls := "/forecast/calls?period=2026-Q4"
	w.anna.Send(w.anna.DealSite.Open(calls, "/forecast/calls/target").With("target", "800 000"))
	w.together()
	w.erik.browser.Open("/deals/d1/edit")
	w.sara.browser.Open("/deals/d1/edit")
	erik, sara := w.erik.DealSite.Open(calls, "/forecast/calls/target"), w.sara.DealSite.Open(calls, "/forecast/calls/target")
	w.erik.browser.FillAndSave("#f-value=400 000", "/deals/d1")
	w.sara.browser.FillAndSave("#f-value=460 000", "/deals/d1")
	w.erik.Send(erik.With("target", "900 000"))
	w.sara.Send(sara.With("target", "950 000"))
	w.together()
	for _, c := range w.all() {
		if n := c.conflicts(); n != 2 {
			w.t.Fatalf("%s is told of %d conflicts, and there are two", c.name, n)
		}
	}
	w.erik.browser.Open("/file/settle")
	for _, words := range []string{"460,000", "Sara Holm, 23 Nov 2026", "Neither: as it was, SEK 450,000", "Neither: as it was, SEK 800,000", "counts until you have chosen"} {
		w.erik.sees(words)
	}
	w.erik.browser.Do(chromedp.Click(chromedp.CSS(`main input[name="choice-0"]:is(label:last-of-type input)`)), chromedp.Click(chromedp.CSS(`main input[name="choice-1"]`)), chromedp.Click(chromedp.CSS("main form button")))
	w.erik.sees("Everything agrees")
	w.together()
	w.sara.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if d.Now.Value.Minor != 450_000_00 {
			w.t.Errorf("neither of two values is %v", d.Now.Value)
		}
	})
	if said := handlerstest.Words(w.sara.Get(calls).Page(w.t), "main"); !strings.Contains(said, "Erik") {
		w.t.Errorf("nobody says whose target it is: %s", said)
	}
}

// While the shared folder is away the work goes on: the footer of an open page says what waits, and when it has gone out.
func (w *week) workOnATrain() {
	w.erik.browser.Open("/deals/d2?form=journal")
	w.apart(func() {
		w.erik.browser.Do(chromedp.SetValue(chromedp.CSS("#f-entry"), "Written on the train"), chromedp.Click(chromedp.CSS(`form[action="/deals/d2/journal"] button:not([name])`)))
		w.erik.footer("cannot be reached; ")
		w.erik.footer("wait")
	})
	w.erik.footer("Shared file updated")
	if said := handlerstest.Words(w.sara.Get("/deals/d2").Page(w.t), "#journal"); !strings.Contains(said, "Written on the train") {
		w.t.Errorf("Sara sees %s", said)
	}
}

// A mailed copy is merged and the merge undone: that is a decision of this copy, and takes nothing back from whoever sent it.
func (w *week) undoAMerge() {
	mailed := w.copyBy("Olle", 5, dbtest.Opened("d9", "Olle's deal"))
	has := func(c *colleague) (there bool) {
		c.team(func(team *sales.Team) { _, there = team.Deal("d9") })
		return there
	}
	got := w.erik.Send(w.erik.DealSite.Open("/file/merge", "/file/merge").With("path", mailed))
	page := got.Request.URL.Path
	w.erik.Send(w.erik.DealSite.Open(page, page))
	w.together()
	w.erik.Send(w.erik.DealSite.Open(page, page+"/undo"))
	w.together()
	if has(w.erik) || !has(w.sara) {
		w.t.Errorf("after Erik has undone the merge, Erik has the deal: %v, Sara has it: %v", has(w.erik), has(w.sara))
	}
	w.erik.Send(w.erik.DealSite.Open("/file", "/file/aside"))
	if !has(w.erik) {
		w.t.Error("what Erik had undone does not come back")
	}
	w.together()
}

// Two report one milestone without seeing each other's report: both are shown with name and evidence, and withdrawing means one of them.
func (w *week) reportTwice() {
	report := func(c *colleague, evidence string) {
		c.Send(c.DealSite.Open("/deals/d1?form=reach&m=money", "/deals/d1/milestones/money/reach").With("evidence", evidence))
	}
	w.apart(func() {
		report(w.erik, "The minutes say so")
		report(w.sara, "Petra called")
	})
	page := w.anna.Get("/deals/d1").Page(w.t)
	said := handlerstest.Words(page, "#m-money")
	for _, want := range []string{"The minutes say so", "Petra called", "Erik", "Sara Holm"} {
		if !strings.Contains(said, want) {
			w.t.Errorf("the milestone does not show %q: %s", want, said)
		}
	}
	href, _, _ := strings.Cut(page.Find(`#m-money a[href*="form=withdraw"]`).Last().AttrOr("href", ""), "#")
	w.anna.Send(w.anna.DealSite.Open(href, "/deals/d1/milestones/money/withdraw").With("why", "mistake", "reason", "another deal"))
	w.together()
	w.sara.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if left := d.ReportsOn("money", process.FarFuture); len(left) != 1 {
			w.t.Errorf("after one was withdrawn %d reports are left", len(left))
		}
	})
	if log := handlerstest.Words(w.sara.Get("/log").Page(w.t), "main"); !strings.Contains(log, "The minutes say so") || !strings.Contains(log, "Petra called") {
		w.t.Error("the log does not have the evidence of both")
	}
}

// One erases a person while another changes her: somebody has to choose, and the log says by whom it was, without the name.
func (w *week) eraseAgainstEditing() {
	w.apart(func() {
		w.erik.Send(w.erik.DealSite.Open("/customers/c1?form=erase&c=maja", "/customers/c1/contacts/maja/erase"))
		w.sara.Send(w.sara.DealSite.Open("/customers/c1?form=contact&c=maja", "/customers/c1/contacts").With("role", "owner"))
	})
	if n := w.anna.conflicts(); n != 1 {
		w.t.Fatalf("there are %d conflicts", n)
	}
	doc := w.anna.Get("/file/settle").Page(w.t)
	if said := handlerstest.Words(doc, "main"); !strings.Contains(said, "Erase the person") || !strings.Contains(said, "Maja Ek · owner") {
		w.t.Errorf("the conflict says %s", said)
	}
	kept := doc.Find(`main input[name="choice-0"]`).FilterFunction(func(_ int, radio *handlerstest.Selection) bool {
		return strings.Contains(radio.Parent().Text(), "owner")
	}).AttrOr("value", "")
	w.anna.Send(w.anna.DealSite.Open("/file/settle", "/file/settle").With("choice-0", kept))
	w.together()
	w.erik.team(func(team *sales.Team) {
		if maja, _ := team.Contact("maja"); maja.Role != "owner" || maja.Erased {
			w.t.Errorf("Sara's change was chosen, and the contact is %+v", maja)
		}
	})
	log := handlerstest.Words(w.anna.Get("/log").Page(w.t), "main")
	if !strings.Contains(log, "erased") || !strings.Contains(log, "Erik") {
		w.t.Errorf("the log does not say that somebody was erased: %s", log)
	}
}
