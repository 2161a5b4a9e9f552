package files_test

import (
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// week is a made-up one of three people who share a file: each has a computer of their own, with a program and a browser.
type week struct {
	t                *testing.T
	path             string // of the shared file
	began            time.Time
	later            atomic.Int64 // how far the clocks have been put on
	anna, erik, sara *colleague
}

func (w *week) clock() time.Time {
	return dbtest.Now.Add(time.Since(w.began) + time.Duration(w.later.Load()))
}

// colleague is a computer of its own: a working copy, a program and a browser, on the team's shared file.
type colleague struct {
	*handlerstest.DealSite
	name    string
	browser *handlerstest.Browser
}

func newWeek(t *testing.T) *week {
	t.Helper()
	w := &week{t: t, path: filepath.Join(t.TempDir(), "shared", "Sales.milstolpe"), began: time.Now()}
	if err := os.Mkdir(filepath.Dir(w.path), 0o700); err != nil {
		t.Fatal(err)
	}
	w.anna = w.colleague("Anna", 1, func(o db.Options) (*db.File, error) { return db.New(w.path, dbtest.Founding(), o) })
	handlerstest.NewDealSiteIn(t, w.anna.File)
	if err := w.anna.File.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	open := func(o db.Options) (*db.File, error) { return db.Open(w.path, o) }
	w.erik, w.sara = w.colleague("pc-17", 2, open), w.colleague("pc-18", 3, open)
	for _, c := range []*colleague{w.erik, w.sara} {
		c.browser = handlerstest.NewBrowser(t, c.Site)
		c.browser.Wear("milstolpe-lang", "en")
	}
	w.erik.name, w.sara.name = "Erik", "Sara"
	return w
}

func (w *week) colleague(login string, seed uint64, open func(db.Options) (*db.File, error)) *colleague {
	w.t.Helper()
	o := dbtest.Options(w.t, dbtest.As(login, seed), quickly, func(o *db.Options) { o.Clock = w.clock })
	c := &colleague{name: login, DealSite: &handlerstest.DealSite{}} // its site comes with the file
	opened := func(file *db.File, err error) (*db.File, error) {
		if err == nil {
			c.File = file
			w.t.Cleanup(func() { _ = file.Close() })
		}
		return file, err
	}
	if _, err := opened(open(o)); err != nil {
		w.t.Fatal(err)
	}
	kept := map[string]web.Who{}
	c.Site = handlerstest.NewSiteWithoutFile(w.t, func(config *web.Config) {
		config.File, config.Person, config.Now = c.File, login, w.clock
		config.OpenFile = func(path, _ string) (*db.File, error) { return opened(db.Open(path, o)) }
		config.KeepPerson = func(file *db.File, who web.Who) error { kept[file.Dataset()] = who; return nil }
		config.KnownPerson = func(file *db.File) (web.Who, bool) { who, ok := kept[file.Dataset()]; return who, ok }
	})
	return c
}

func (c *colleague) sees(words string) {
	c.browser.T.Helper()
	c.browser.Await(`document.querySelector("main").textContent.replace(/\s+/g, " ").includes("` + words + `")`)
}

// footer waits until the line of the footer says something, on a page that is left open.
func (c *colleague) footer(words string) {
	c.browser.T.Helper()
	began := time.Now()
	c.browser.Await(`document.querySelector("#saved").textContent.includes("` + words + `")`)
	if took := time.Since(began); took > 20*time.Second { // under five on a machine that does nothing else
		c.browser.T.Errorf("it took %v until the footer said %q", took, words)
	}
}

// apart lets people work while the shared folder is away, so that nobody sees what another one does, and brings it back.
func (w *week) apart(work func()) {
	w.t.Helper()
	folder := filepath.Dir(w.path)
	if err := os.Rename(folder, folder+" away"); err != nil {
		w.t.Fatal(err)
	}
	for _, c := range w.all() {
		until(w.t, c.name+" noticing that the folder is away", func() bool { return c.File.State().Gone() })
	}
	work()
	if err := os.Rename(folder+" away", folder); err != nil {
		w.t.Fatal(err)
	}
	w.together()
}

func (w *week) all() []*colleague { return []*colleague{w.anna, w.erik, w.sara} }

// together waits until all copies hold the same, and nothing waits anywhere.
func (w *week) together() {
	w.t.Helper()
	alike := func() bool {
		for _, c := range w.all() {
			if s := c.File.State(); s.Pending > 0 || s.Gone() || c.File.StateHash() != w.anna.File.StateHash() || countOf(c.File) != countOf(w.anna.File) {
				return false
			}
		}
		return true
	}
	for end := time.Now().Add(time.Minute); !alike(); time.Sleep(20 * time.Millisecond) {
		if time.Now().Before(end) {
			continue
		}
		for _, c := range w.all() {
			s := c.File.State()
			w.t.Errorf("%s has %d events in state %v; %d wait, %v", c.name, countOf(c.File), c.File.StateHash(), s.Pending, s.Problem)
		}
		w.t.Fatal("the copies do not come to hold the same")
	}
}

func (w *week) record(c *colleague, facts ...process.Fact) []process.Event {
	w.t.Helper()
	for _, f := range facts {
		f.Recorded().Known = process.DateOf(w.clock())
	}
	return dbtest.Record(w.t, c.File, facts...)
}

// countOf is how many events a copy has, those that it does not look at too.
func countOf(file *db.File) (n int) {
	_ = file.Records(func(db.Record) error { n++; return nil })
	return n
}

func (c *colleague) team(look func(*sales.Team)) {
	_ = c.File.View(func(team *sales.Team) error { look(team); return nil })
}

func (c *colleague) conflicts() (n int) {
	c.team(func(team *sales.Team) { n = len(team.Conflicts()) })
	return n
}

// Three people share a file for a week. Nothing of a colleague's disappears from sight, and at the end all copies hold the same.
func TestThreePeopleShareAFile(t *testing.T) {
	t.Parallel()
	handlerstest.Chromium(t)
	w := newWeek(t)
	w.sayWhoTheyAre()
	w.sendStaleForms()
	w.workOnATrain()
	w.undoAMerge()
	w.reportTwice()
	w.eraseAgainstEditing()
	w.hearNewsOnOpenPages()
	w.findAConflictCopy()
	w.turnOutToBeOnePerson()
	w.planAndDraftTogether()
	w.renameTheFile()
	w.leaveAPageOpenOvernight()
	w.together()
	for _, c := range w.all() {
		if n := c.conflicts(); n != 0 {
			t.Errorf("at the end %s has %d conflicts", c.name, n)
		}
		events := countOf(c.File)
		err := c.File.Close()
		v, checked := db.Check(w.path, dbtest.Options(t))
		if err := errors.Join(err, checked); err != nil || !v.Whole() || v.Readable != events {
			t.Errorf("after %s has closed it the file is %+v, %v", c.name, v, err)
		}
	}
}
