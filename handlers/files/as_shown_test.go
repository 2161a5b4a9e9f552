package files_test

import (
	"strings"
	"testing"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
)

// What the other file has got since its page was shown does not come in unseen, and going back to a backup takes away nothing that its
// page did not show.
func TestAMergeBringsWhatItsPageShowed(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	other := eriksCopy(t, s, "other.milstolpe")
	got := s.Send(s.Open("/file/merge", "/file/merge").With("path", other))
	page := got.Request.URL.Path
	form := s.Open(page, page)
	erik := dbtest.Open(t, other, dbtest.As("Erik", 7))
	dbtest.Record(t, erik, dbtest.Opened("d4", "Fourth"))
	if err := erik.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	got = s.Send(form)
	if _, there := dealIn(s, "d3"); there || !strings.Contains(handlerstest.Words(got.Page(t), ".note"), "has changed since") {
		t.Errorf("merged what was not shown: %v; the page says %q", there, handlerstest.Words(got.Page(t), ".note"))
	}
	s.Send(s.Open(page, page))
	if _, there := dealIn(s, "d4"); !there {
		t.Error("looked at again, the merge brought nothing")
	}
}

func TestABackupIsRestoredAsItsPageShowed(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	s.Send(s.Open("/file/backups", "/file/backups"))
	form := s.FormIn(s.Get("/file/backups").Page(t).Find("tbody tr").First(), "/file/backups", "/file/backups/restore")
	dbtest.Record(t, s.File, dbtest.Opened("d9", "Erik's"))
	got := s.Send(form)
	if _, there := dealIn(s, "d9"); !there || !strings.Contains(handlerstest.Words(got.Page(t), "main"), "1 change from Anna in 1 deal") {
		t.Errorf("the deal is there: %v; the page says %q", there, handlerstest.Words(got.Page(t), "main"))
	}
}
