package files_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"milstolpe/handlers/handlerstest"
)

func TestALiveWorkbookIsKeptAndStopped(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	const page = "/file/workbook"
	if said := handlerstest.Words(s.Get("/file").Page(t), `li:has(a[href="/file/workbook"])`); !strings.Contains(said, "for others to link to") {
		t.Errorf("the page about the file says %q", said)
	}
	form := s.Open(page, page)
	path := form.Values.Get("path")
	if filepath.Dir(path) != filepath.Dir(s.File.Path()) || filepath.Ext(path) != ".xlsx" {
		t.Fatalf("suggested is %q", path)
	}
	for _, wrong := range []string{"", "Live.xlsx", filepath.Join(t.TempDir(), "none", "Live.xlsx"), filepath.Join(t.TempDir(), "Live.csv")} {
		if got := s.Send(form.With("path", wrong)); got.StatusCode != http.StatusUnprocessableEntity || got.Page(t).Find("#f-path-fault").Length() != 1 {
			t.Errorf("%q is answered %s", wrong, got.Status)
		}
	}
	if err := os.WriteFile(path, []byte("somebody's budget"), 0o600); err != nil {
		t.Fatal(err)
	}
	asked := s.Send(form.With("path", path)).Page(t)
	if left, _ := os.ReadFile(path); string(left) != "somebody's budget" || asked.Find("#f-over").Length() != 1 {
		t.Errorf("what is there is %q; asked is %d", left, asked.Find("#f-over").Length())
	}
	kept := s.Send(form.With("path", path, "over", "true")).Page(t)
	if said := handlerstest.Words(kept, ".note"); !strings.Contains(said, path) || !strings.Contains(said, "Renewed 23 Nov 2026") {
		t.Errorf("the page says %q", said)
	}
	if said := handlerstest.Words(s.Get("/file").Page(t), `li:has(a[href="/file/workbook"])`); !strings.Contains(said, "Renewed 23 Nov 2026") {
		t.Errorf("the page about the file says %q", said)
	}
	if got := s.Post(page+"/stop", url.Values{}); got.StatusCode != http.StatusSeeOther {
		t.Errorf("stopping is answered %s", got.Status)
	}
	if left, err := os.Stat(path); err != nil || left.Size() == 0 || s.Get(page).Page(t).Find(".note b").Length() != 0 {
		t.Errorf("after stopping: %v", err)
	}
}
