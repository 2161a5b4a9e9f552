package files_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/sales"
)

var began = time.Now()

// ticking is a clock that goes on from the moment of the tests.
func ticking() time.Time { return dbtest.Now.Add(time.Since(began)) }

// colleague is a computer of its own: a working copy, a program and a browser, on the team's shared file.
type colleague struct {
	*handlerstest.DealSite
	browser *handlerstest.Browser
}

func newColleague(t *testing.T, path, login string, seed uint64, change ...func(*db.Options)) colleague {
	t.Helper()
	kept := map[string]web.Who{}
	file := dbtest.Open(t, path, append(change, dbtest.As(login, seed))...)
	site := handlerstest.NewSiteWithoutFile(t, func(c *web.Config) {
		c.File, c.Person, c.Now = file, login, ticking
		c.KeepPerson = func(file *db.File, who web.Who) error { kept[file.Dataset()] = who; return nil }
		c.KnownPerson = func(file *db.File) (web.Who, bool) { who, ok := kept[file.Dataset()]; return who, ok }
	})
	c := colleague{&handlerstest.DealSite{Site: site, File: file}, handlerstest.NewBrowser(t, site)}
	c.browser.Wear("milstolpe-lang", "en")
	return c
}

func (c colleague) sees(words string) {
	c.browser.Await(`document.querySelector("main").textContent.replace(/\s+/g, " ").includes("` + words + `")`)
}

// Three people share a file: two are new to it and say who they are, one changes her name, two change one deal without seeing each other, a
// sync program leaves a conflict copy, and two names turn out to be one person. At the end all copies hold the same.
func TestThreePeopleShareAFile(t *testing.T) {
	t.Parallel()
	handlerstest.Chromium(t)
	quick := func(o *db.Options) {
		o.Manual, o.Debounce, o.MaxDelay, o.PollEvery, o.Clock = false, 20*time.Millisecond, 100*time.Millisecond, 20*time.Millisecond, ticking
	}
	path := filepath.Join(t.TempDir(), "Sales.milstolpe")
	first := dbtest.NewAt(t, path, quick)
	handlerstest.NewDealSiteIn(t, first)
	if err := first.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	erik, sara := newColleague(t, path, "pc-17", 2, quick), newColleague(t, path, "pc-18", 3, quick)

	// The first page offers the people of the team before the login of the computer. Neither is in the list; Anna is.
	for name, c := range map[string]colleague{"Erik": erik, "Sara": sara} {
		c.browser.Open("/")
		c.sees("Who are you?")
		c.sees("Anna")
		c.browser.FillAndSave("#f-name="+name, "/")
	}

	// Sara gets another name: it is she who had the old one.
	sara.browser.Open("/settings")
	sara.browser.Do(chromedp.SetValue(chromedp.CSS("#f-person"), "Sara Holm"), chromedp.Click(chromedp.CSS(`form[action="/settings/person"] button`)))
	sara.sees("Sara Holm")

	// Both change the value of one deal from pages that do not show the other's change. It is told as a conflict, resolved with one save.
	erik.browser.Open("/deals/d1/edit")
	sara.browser.Open("/deals/d1/edit")
	erik.browser.FillAndSave("#f-value=400 000", "/deals/d1")
	sara.browser.FillAndSave("#f-value=460 000", "/deals/d1")
	erik.awaits(t, "both values", func(team *sales.Team) bool { return len(team.Conflicts()) == 1 })
	erik.browser.Open("/file/settle")
	erik.sees("460,000")
	erik.sees("Sara Holm, 23 Nov 2026")
	erik.sees("Neither: as it was, SEK 450,000")
	erik.browser.Do(chromedp.Click(chromedp.CSS(`main label.check:last-of-type`)), chromedp.Click(chromedp.CSS("main form button")))
	erik.sees("Everything agrees")

	// An open page says what came in, within five seconds, and the home page marks it.
	sara.browser.Open("/")
	recorded := time.Now()
	dbtest.Record(t, erik.File, dbtest.Journal("d2", "Lunch with the owner"))
	sara.browser.Await(`document.querySelector("#news").textContent.includes("came in from Erik")`)
	if took := time.Since(recorded); took > 5*time.Second {
		t.Errorf("it took %v until the open page said so", took)
	}
	sara.browser.Open("/")
	sara.sees("journal: Lunch with the owner")
	if marked := handlerstest.Ask[int](sara.browser, `document.querySelectorAll("#changes .unread").length`); marked == 0 {
		t.Error("nothing is marked as new")
	}

	// A conflict copy is told on the home page with its deals, and merged from there.
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	away := filepath.Join(t.TempDir(), "Sales.milstolpe")
	if err := os.WriteFile(away, content, 0o600); err != nil {
		t.Fatal(err)
	}
	train := dbtest.Open(t, away, dbtest.As("Anna", 4), func(o *db.Options) { o.Clock = ticking })
	dbtest.Record(t, train, dbtest.Journal("d1", "on the train"))
	if err := train.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if content, err = os.ReadFile(away); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), "Sales (conflicted copy).milstolpe"), content, 0o600); err != nil {
		t.Fatal(err)
	}
	erik.browser.Open("/")
	erik.browser.Await(`document.querySelector("#news").textContent.includes("A second copy of the file has turned up") || document.querySelector("main").textContent.includes("conflicted copy")`)
	erik.browser.Open("/")
	erik.sees("Sales (conflicted copy).milstolpe, with 1 change that is not in yours")
	erik.Send(erik.DealSite.Open("/file", "/file/conflict"))

	// Somebody has written Sara's name otherwise: the two are one person, also for those who did not say so.
	dbtest.Record(t, erik.File, &process.PersonNamed{Stamp: process.Stamp{Known: process.DateOf(dbtest.Now)}, Person: "sh", Name: "S. Holm"},
		&process.SellerSet{Stamp: process.Stamp{Known: process.DateOf(dbtest.Now)}, Deal: "d2", Seller: "sh"})
	sara.awaits(t, "the other name", func(team *sales.Team) bool { _, ok := team.PersonByName("S. Holm"); return ok })
	sara.Send(sara.DealSite.Open("/settings/people", "/settings/people/sh/merge").With("into", string(idOf(sara, "Sara Holm"))))
	for who, c := range map[string]colleague{"Erik": erik, "Sara": sara} {
		c.awaits(t, who+"'s d2 is Sara's", func(team *sales.Team) bool { d, _ := team.Deal("d2"); return team.Person(d.Now.Seller) == "Sara Holm" })
	}

	same := func() bool {
		return first.StateHash() == erik.File.StateHash() && erik.File.StateHash() == sara.File.StateHash()
	}
	for end := time.Now().Add(20 * time.Second); !same() && time.Now().Before(end); {
		time.Sleep(50 * time.Millisecond)
	}
	if !same() || countOf(first) != countOf(erik.File) || countOf(first) != countOf(sara.File) {
		t.Errorf("at the end there are %d, %d and %d events, in states %v, %v and %v", countOf(first), countOf(erik.File), countOf(sara.File),
			first.StateHash(), erik.File.StateHash(), sara.File.StateHash())
	}
}

func countOf(file *db.File) (n int) {
	_ = file.View(func(team *sales.Team) error { n = team.Events(); return nil })
	return n
}

func idOf(c colleague, name string) (id process.PersonID) {
	_ = c.File.View(func(team *sales.Team) error { id, _ = team.PersonByName(name); return nil })
	return id
}

// awaits waits until a copy sees something.
func (c colleague) awaits(t *testing.T, what string, so func(*sales.Team) bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		seen := false
		_ = c.File.View(func(team *sales.Team) error { seen = so(team); return nil })
		if seen {
			return
		}
	}
	t.Fatalf("it does not come to: %s", what)
}
