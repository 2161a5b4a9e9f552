package files_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/web"
)

func TestAFileThatCouldNotBeOpenedAtTheStartIsToldOnTheFirstPage(t *testing.T) {
	t.Parallel()
	gone := filepath.Join(t.TempDir(), "Team.milstolpe")
	var next *db.File
	s := handlerstest.NewSiteWithoutFile(t, func(c *web.Config) {
		c.Lang = i18n.English
		c.OpenFile = func(string, string) (*db.File, error) { return next, nil }
	})
	_, why := db.Open(gone, dbtest.Options(t))
	if why == nil {
		t.Fatal("a file that is not there was opened")
	}
	s.Server.ReportOpenFailure(gone, why)
	if got := s.Get("/deals"); got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/welcome/missed" {
		t.Fatalf("the first page is %s %s", got.Status, got.Header.Get("Location"))
	}
	page := s.Get("/welcome/missed").Page(t)
	if said := page.Find("main").Text(); !strings.Contains(said, gone) || !strings.Contains(said, "does not exist") {
		t.Errorf("the page says: %s", said)
	}
	if got := page.Find(`main [name="path"]`).AttrOr("value", ""); got != gone {
		t.Errorf("the path to mend is %q", got)
	}
	if got := s.Get("/welcome"); got.StatusCode != http.StatusOK {
		t.Errorf("the welcome page is %s", got.Status)
	}

	next = dbtest.New(t)
	s.Server.Use(next, "Anna")
	if got := s.Get("/deals"); got.StatusCode != http.StatusOK {
		t.Errorf("with a file, the first page is %s", got.Status)
	}
	if got := s.Get("/welcome/missed"); got.Header.Get("Location") != "/" {
		t.Errorf("the page of the missing file is still there: %s", got.Status)
	}
}

func TestADamagedFileAtTheStartComesWithWhatCanBeDone(t *testing.T) {
	t.Parallel()
	whole, err := os.ReadFile(dbtest.New(t).Path())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "Team.milstolpe")
	if err := os.WriteFile(path, whole[:len(whole)-100], 0o600); err != nil {
		t.Fatal(err)
	}
	s := handlerstest.NewSiteWithoutFile(t)
	_, why := db.Open(path, dbtest.Options(t))
	s.Server.ReportOpenFailure(path, why)
	page := s.Get("/welcome/missed").Page(t)
	if page.Find(`form[action="/file/rescue"]`).Length() == 0 {
		t.Errorf("nothing can be done: %s", page.Find("main").Text())
	}
}
