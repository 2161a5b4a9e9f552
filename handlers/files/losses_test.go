package files_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
)

// What was saved on this computer and is gone stands on every page until somebody has seen it.
func TestEveryPageSaysWhatIsLostUntilItWasSeen(t *testing.T) {
	t.Parallel()
	state, path := t.TempDir(), filepath.Join(t.TempDir(), "Sales.milstolpe")
	made, err := db.New(path, dbtest.Founding(), dbtest.Options(t, dbtest.In(state)))
	if err != nil {
		t.Fatal(err)
	}
	if err := made.Close(); err != nil {
		t.Fatal(err)
	}
	copies, _ := filepath.Glob(filepath.Join(state, "copies", "*", "working.db"))
	note := `[{"writer":"0102030405060708","from":4,"to":6,"last_save":"2026-11-22T08:00:00Z"}]`
	if err := os.WriteFile(filepath.Join(filepath.Dir(copies[0]), "lost.json"), []byte(note), 0o600); err != nil {
		t.Fatal(err)
	}
	s := handlerstest.NewDealSiteIn(t, dbtest.Open(t, path, dbtest.In(state), dbtest.As("Anna", 3)))
	for _, page := range []string{"/", "/deals", "/deals/d1", "/file", "/help", "/deals"} { // the second time from what is kept
		if said := handlerstest.Words(s.Get(page).Page(t), "#lost"); !strings.Contains(said, "3 changes") {
			t.Errorf("%s says %q", page, said)
		}
	}
	got := s.Send(s.Open("/deals", "/file/lost"))
	if got.Request.URL.Path != "/deals" || got.Page(t).Find("#lost").Length() != 0 {
		t.Errorf("after it was seen %s still says it", got.Request.URL)
	}
	if got.Page(t).Find("#lost").Length() != 0 || s.Get("/").Page(t).Find("#lost").Length() != 0 {
		t.Error("it is said again")
	}
}
