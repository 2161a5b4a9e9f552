package home_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
)

// A conflict copy that a sync program left is told on the home page with its deals, and on a page that is open, until it is merged.
func TestASecondCopyIsToldOnTheHomePage(t *testing.T) {
	t.Parallel()
	quick := func(o *db.Options) {
		o.Manual, o.Debounce, o.MaxDelay, o.PollEvery = false, 20*time.Millisecond, 100*time.Millisecond, 20*time.Millisecond
	}
	path := filepath.Join(t.TempDir(), "Sales.milstolpe")
	s := handlerstest.NewDealSiteIn(t, dbtest.NewAt(t, path, quick))
	if err := s.File.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	elsewhere := filepath.Join(t.TempDir(), "Sales.milstolpe")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(elsewhere, content, 0o600); err != nil {
		t.Fatal(err)
	}
	erik := dbtest.Open(t, elsewhere, dbtest.As("Erik", 2))
	dbtest.Record(t, erik, dbtest.Journal("d1", "Lunch"), &process.DealOpened{
		Stamp: process.Stamp{Known: process.DateOf(dbtest.Now)}, Deal: "d9", On: process.DateOf(dbtest.Now), Process: "p", Version: "v", Name: "New one",
	})
	if err := erik.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	open := s.Get("/deals").Page(t).Find("body").AttrOr("data-came", "")
	second := filepath.Join(filepath.Dir(path), "Sales (Erik's conflicted copy 2026-11-23).milstolpe")
	if content, err = os.ReadFile(elsewhere); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(second, content, 0o600); err != nil {
		t.Fatal(err)
	}
	await(t, "the second copy is not noticed", func() bool { return len(s.File.SecondCopies()) == 1 })
	doc := s.Get("/").Page(t)
	told := handlerstest.Words(doc, "main")
	if !strings.Contains(told, "Sales (Erik's conflicted copy 2026-11-23).milstolpe, with 2 changes that are not in yours, in ") || !strings.Contains(told, "New one") ||
		doc.Find(`main section.first a[href="/deals/d1"]`).Length() != 1 || doc.Find(`main a[href="/deals/d9"]`).Length() != 0 || doc.Find(`main section.first a[href="/file"]`).Length() != 1 {
		t.Errorf("the home page says %q", told)
	}
	if got := s.Get("/live?came=" + open).Text; !strings.Contains(got, "A second copy of the file has turned up.") {
		t.Errorf("the open page hears %s", got)
	}
	if _, err := s.File.MergeConflict(t.Context(), second); err != nil {
		t.Fatal(err)
	}
	await(t, "the second copy is still told", func() bool { return len(s.File.SecondCopies()) == 0 })
	if got := s.Get("/").Page(t).Find(`main a[href="/file"]`).Length(); got != 0 {
		t.Error("after the merge the home page still tells of it")
	}
}

func await(t *testing.T, what string, so func() bool) {
	t.Helper()
	for range 250 {
		if so() {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal(what)
}
