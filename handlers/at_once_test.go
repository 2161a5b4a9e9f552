package handlers_test

import (
	"errors"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
	"milstolpe/process"
)

// opensFiles lets a site open files as the program does.
func opensFiles(t *testing.T, stateDir string) func(*web.Config) {
	t.Helper()
	return func(c *web.Config) {
		c.OpenFile = func(path, person string) (*db.File, error) {
			return db.Open(path, dbtest.Options(t, dbtest.In(stateDir), dbtest.As(person, 77)))
		}
	}
}

// The same form is sent several times at once, as a double click does, each form that there is. Whatever is answered, the program goes on
// and records.
func TestFormsThatAreSentAtOnceLeaveAWorkingProgram(t *testing.T) {
	t.Parallel()
	file := dbtest.New(t)
	s := handlerstest.NewSite(t, opensFiles(t, t.TempDir()), func(c *web.Config) { c.File = file })
	values := url.Values{
		"person": {"Berta"}, "path": {file.Path()}, "name": {"X"}, "text": {"x"}, "base": {""}, "company": {"Y"}, "currency": {"SEK"},
	}
	for _, a := range addresses(s) {
		if a[0] != http.MethodPost || a[1] == "/quit" || strings.HasPrefix(a[1], "/welcome/example") {
			continue
		}
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				r := s.Request(http.MethodPost, a[1], values)
				if resp := s.Do(r); resp.StatusCode >= http.StatusInternalServerError {
					t.Errorf("%s answers %s: %.300s", a[1], resp.Status, resp.Text)
				}
			})
		}
		all.Wait()
		if got := s.Get("/deals"); got.StatusCode != http.StatusOK || s.Get("/settings").StatusCode != http.StatusOK {
			t.Fatalf("after %s four times the list of deals answers %s to %s", a[1], got.Status, got.Header.Get("Location"))
		}
	}
}

// Whoever changes their name while the folder is away goes on with the file, under the new name.
func TestANameMayChangeWhileTheFolderIsAway(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "share", "Sales.milstolpe")
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	file := dbtest.NewAt(t, path)
	s := handlerstest.NewSite(t, opensFiles(t, t.TempDir()), func(c *web.Config) { c.File = file })
	away := filepath.Dir(path) + " away"
	if err := os.Rename(filepath.Dir(path), away); err != nil {
		t.Fatal(err)
	}
	form := handlerstest.FormOf(s.Get("/settings").Page(t), `form[action="/settings/person"]`)
	form.Set("person", "Berta")
	if got := s.Post("/settings/person", form); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("the name was answered %s: %s", got.Status, got.Page(t).Find("main").Text())
	}
	events := dbtest.Record(t, file, dbtest.Journal("d1", "x"))
	if err := os.Rename(away, filepath.Dir(path)); err != nil {
		t.Fatal(err)
	}
	for r, err := range file.Latest() {
		if err == nil && r.ID.Writer() == events[0].ID.Writer() && strings.Contains(string(r.Payload), `"person":"Berta"`) {
			return
		}
	}
	t.Error("what was recorded afterwards is not Berta's")
}

// Quitting while the folder is away says on the page, and to whoever started the program, what is on this computer only.
func TestQuittingWithSomethingUnpublishedSaysSo(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "share", "Sales.milstolpe")
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	file, err := db.New(path, dbtest.Founding(), dbtest.Options(t))
	if err != nil {
		t.Fatal(err)
	}
	s := handlerstest.NewSite(t, func(c *web.Config) { c.File = file })
	dbtest.Record(t, file, dbtest.Journal("d1", "x"))
	if err := os.RemoveAll(filepath.Dir(path)); err != nil {
		t.Fatal(err)
	}
	if said := handlerstest.Words(s.Post("/quit", url.Values{}).Page(t), "main"); !strings.Contains(said, "not in the shared file") {
		t.Errorf("the last page says %q", said)
	}
	listener, err := web.Listen(t.Context(), "127.0.0.1:0", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	err = s.Server.Serve(t.Context(), listener)
	var words process.Problems
	if !errors.As(err, &words) || words[0].Msg != "file.left_here" || words[0].Args[0] != 1 {
		t.Errorf("it ended with %v", err)
	}
}
