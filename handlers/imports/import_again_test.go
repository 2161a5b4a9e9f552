package imports_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"milstolpe/handlers/handlerstest"
)

func TestListsThatCannotBeReadSaySo(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	for list, want := range map[string]string{"": "Choose a file, or paste rows.", "1;2\n3;4": "No row with headers was found."} {
		a := i.Post("/import", url.Values{"paste": {list}})
		if a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.Page(t).Find(".note").Text(), want) {
			t.Errorf("%q answers %s: %q", list, a.Status, a.Page(t).Find(".note").Text())
		}
	}
	left, err := os.ReadDir(filepath.Join(i.State, "imports"))
	if err != nil || len(left) != 0 {
		t.Errorf("what could not be read left %d folders behind (%v)", len(left), err)
	}
	for _, path := range []string{"/import/aaaaaaaaaaaa/columns", "/import/..%2f..%2fsecret/review", "/import/undo/none"} {
		if a := i.Get(path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %s, want not found", path, a.Status)
		}
	}
}

func TestPastedRowsAreAListToo(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	a := i.Post("/import", url.Values{"paste": {"Customer\tValue\tOpened\r\nAcme\t500\t2026-01-05"}})
	review := i.GoOn(t, a.Header.Get("Location"), nil)
	if lead := handlerstest.LeadOf(t, i.Get(review)); !strings.HasPrefix(lead, "1 new") {
		t.Errorf("the review says %q", lead)
	}
}
