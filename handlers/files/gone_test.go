package files_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
	"milstolpe/process/sales"
)

func quickly(o *db.Options) {
	o.Manual, o.Debounce, o.MaxDelay, o.PollEvery = false, 20*time.Millisecond, 100*time.Millisecond, 20*time.Millisecond
}

// movable is a site whose file may end somewhere else than where it began. It is closed wherever that is.
func movable(t *testing.T, path string, more ...func(*web.Config)) *handlerstest.DealSite {
	t.Helper()
	state := t.TempDir()
	o := dbtest.Options(t, dbtest.In(state), quickly)
	file, err := db.New(path, dbtest.Founding(), o)
	if err != nil {
		t.Fatal(err)
	}
	opened := func(file *db.File, err error) (*db.File, error) {
		if err == nil {
			t.Cleanup(func() { _ = file.Close() })
		}
		return file, err
	}
	change := []func(*web.Config){func(c *web.Config) {
		c.StateDir, c.File, c.Person = state, file, "Anna"
		c.OpenFile = func(path, _ string) (*db.File, error) { return opened(db.Open(path, o)) }
		c.OpenOwn = func(path, _ string) (*db.File, error) { return opened(db.OpenOwn(path, o)) }
	}}
	site := handlerstest.NewSiteWithoutFile(t, append(change, more...)...)
	t.Cleanup(func() { _ = file.Close() })
	return &handlerstest.DealSite{Site: site, File: file}
}

func until(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if so() {
			return
		}
	}
	t.Fatalf("it does not come to: %s", what)
}

// A file that a colleague has renamed is told on every page, followed with one button, and what was recorded meanwhile comes along.
func TestAFileThatWasRenamedIsToldAndFollowed(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "Sales.milstolpe")
	s := movable(t, path)
	open := s.Get("/").Page(t).Find("body").AttrOr("data-came", "")
	renamed := filepath.Join(filepath.Dir(path), "Sales 2027.milstolpe")
	if err := os.Rename(path, renamed); err != nil {
		t.Fatal(err)
	}
	until(t, "noticing", func() bool { return s.File.State().Gone() })
	dbtest.Record(t, s.File, dbtest.Journal("d1", "meanwhile"))
	until(t, "the footer", func() bool {
		return strings.Contains(s.Get("/live?came="+open).Text, "cannot be reached; 1 change waits here")
	})
	if got := s.Get("/live?came=" + open).Text; !strings.Contains(got, "The shared file cannot be reached.") {
		t.Errorf("the open page hears %s", got)
	}
	if doc := s.Get("/").Page(t); doc.Find(`main section.first a[href="/file"]`).Length() != 1 || strings.Contains(handlerstest.Words(doc, "main"), "another copy of it") {
		t.Errorf("the home page says %s", handlerstest.Words(doc, "main"))
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the old name was made anew")
	}
	page := s.Get("/file").Page(t)
	if page.Find(`form[action="/file/follow"]`).Length() != 1 || page.Find(`form[action="/file/put-back"]`).Length() != 1 || page.Find(`form[action="/file/conflict"]`).Length() != 0 {
		t.Errorf("the page about the file offers %s", handlerstest.Words(page, "main"))
	}
	have := countOf(s.File) // the file is closed when it was followed
	form := s.Open("/file", "/file/follow")
	var twice sync.WaitGroup
	for range 3 { // as a double click does
		twice.Go(func() { s.Send(form) })
	}
	twice.Wait()
	if got := s.Get("/file"); got.StatusCode != http.StatusOK || !strings.Contains(handlerstest.Words(got.Page(t), "main"), renamed) {
		t.Fatalf("followed three times at once the file's page answers %s: %s", got.Status, handlerstest.Words(got.Page(t), "main"))
	}
	until(t, "what waited to go out", func() bool {
		v, err := db.Check(renamed, dbtest.Options(t))
		return err == nil && v.Whole() && v.Readable == have
	})
	if _, err := os.Stat(path); err == nil {
		t.Error("following made the old name anew")
	}
}

// A file that was deleted is put back when somebody says so.
func TestAFileThatWasDeletedIsPutBackWhenAsked(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "Sales.milstolpe")
	s := movable(t, path)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	until(t, "noticing", func() bool { return s.File.State().Gone() })
	got := s.Send(s.Open("/file", "/file/put-back"))
	if v, err := db.Check(path, dbtest.Options(t)); err != nil || !v.Whole() || got.Page(t).Find(`form[action="/file/put-back"]`).Length() != 0 {
		t.Errorf("after putting it back: %+v, %v", v, err)
	}
}

// Moving to a shared folder is done from the page: the file is there, the program goes on there, and the old one is among the backups.
func TestMovingToASharedFolderFromThePage(t *testing.T) {
	t.Parallel()
	path, shared := filepath.Join(t.TempDir(), "Sales.milstolpe"), t.TempDir()
	s := movable(t, path, func(c *web.Config) { c.Shared = []string{shared} })
	form := s.Open("/file/share", "/file/share")
	if got := s.Send(form.With("other", filepath.Join(shared, "not there", "x.milstolpe"))); got.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a folder that is not there is answered %s", got.Status)
	}
	if got := s.Send(form); got.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("no folder is answered %s", got.Status)
	}
	got := s.Send(form.With("folder", shared))
	there := filepath.Join(shared, "Sales.milstolpe")
	if said := handlerstest.Words(got.Page(t), "main"); got.StatusCode != http.StatusOK || !strings.Contains(said, there) {
		t.Fatalf("moving is answered %s: %s", got.Status, said)
	}
	if v, err := db.Check(there, dbtest.Options(t)); err != nil || !v.Whole() {
		t.Errorf("the moved file is %+v, %v", v, err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the old file is still there")
	}
	if got := s.Get("/"); got.StatusCode != http.StatusOK {
		t.Errorf("the home page is answered %s", got.Status)
	}
}

// A file that is missing at the start: the place where it was moved to comes first, then working in the own copy until it is back.
func TestAFileThatIsMissingAtTheStart(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "Sales.milstolpe")
	s := movable(t, path)
	dbtest.Record(t, s.File, dbtest.Journal("d1", "before"))
	if err := s.File.Close(); err != nil {
		t.Fatal(err)
	}
	moved := filepath.Join(filepath.Dir(path), "Elsewhere.milstolpe")
	if err := os.Rename(path, moved); err != nil {
		t.Fatal(err)
	}
	s.Server.Use(nil, "")
	_, why := db.Open(path, dbtest.Options(t))
	s.Server.ReportOpenFailure(path, why)
	page := s.Get("/welcome/missed").Page(t)
	var means []string
	for _, form := range page.Find(`form[action="/file/rescue"] [name="means"]`).EachIter() {
		means = append(means, form.AttrOr("value", ""))
	}
	if got := strings.Join(means, " "); !strings.HasPrefix(got, "moved own working_copy") {
		t.Errorf("it offers %s: %s", got, handlerstest.Words(page, "main"))
	}
	form := page.Find(`form[action="/file/rescue"]`)
	if got := s.Send(s.FormIn(form.Eq(1).Parent(), "/welcome/missed", "/file/rescue")); got.StatusCode != http.StatusOK {
		t.Fatalf("working in the own copy is answered %s", got.Status)
	}
	if doc := s.Get("/").Page(t); doc.Find(`main section.first a[href="/file"]`).Length() != 1 {
		t.Errorf("the home page says %s", handlerstest.Words(doc, "main"))
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the file was made anew")
	}
	if err := os.Rename(moved, path); err != nil {
		t.Fatal(err)
	}
	until(t, "the file to be in use again", func() bool {
		return strings.Contains(handlerstest.Words(s.Get("/file").Page(t), "#saved"), "Shared file updated")
	})
}

// A damaged file that heals by itself is no reason to do anything, and it is said afterwards.
func TestADamagedFileThatHealsSaysSo(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "Sales.milstolpe")
	o := dbtest.Options(t, quickly, func(o *db.Options) {
		o.PollEvery, o.Debounce, o.MaxDelay = 300*time.Millisecond, 300*time.Millisecond, 300*time.Millisecond
	})
	file, err := db.New(path, dbtest.Founding(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	s := handlerstest.NewSiteWithoutFile(t, func(c *web.Config) { c.File, c.Person = file, "Anna" })
	if err := os.WriteFile(path, []byte(strings.Repeat("overwritten ", 3000)), 0o600); err != nil {
		t.Fatal(err)
	}
	meanwhile := false
	until(t, "it to heal", func() bool {
		if doc := s.Get("/file").Page(t); strings.Contains(handlerstest.Words(doc, "#saved"), "is damaged and is being replaced") {
			meanwhile = strings.Contains(handlerstest.Words(doc, "main"), "there is nothing for you to do") && !strings.Contains(handlerstest.Words(doc, "main"), "restore a backup")
		}
		return !file.State().HealedAt.IsZero()
	})
	if !meanwhile {
		t.Error("meanwhile the page gives wrong advice, or none")
	}
	until(t, "the footer", func() bool { return strings.Contains(s.Get("/live?came=0.0").Text, "Damaged shared file replaced") })
	if said := handlerstest.Words(s.Get("/file").Page(t), "main"); !strings.Contains(said, "was damaged and was replaced at") {
		t.Errorf("afterwards the page says %s", said)
	}
	_ = file.View(func(team *sales.Team) error {
		if v, err := db.Check(path, dbtest.Options(t)); err != nil || !v.Whole() || v.Readable != team.Events() {
			t.Errorf("the file is %+v, %v", v, err)
		}
		return nil
	})
}
