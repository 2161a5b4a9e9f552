package files_test

import (
	"path/filepath"
	"strings"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
)

// A colleague's copy erases a person. Whoever merges it sees who, and at whose wish, before it happens.
func TestAMergeSaysBeforehandWhomItErases(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	dbtest.Record(t, s.File, &process.ContactNamed{
		Stamp: process.Stamp{Known: process.DateOf(dbtest.Now)}, Contact: "evelina", Customer: "c1", Name: "Evelina <b>Hemlig",
	})
	if err := s.File.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "mailed.milstolpe")
	copyOver(t, s.File.Path(), path)
	erik, err := db.Open(path, dbtest.Options(t, dbtest.As("Erik", 2)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := erik.EraseContact(t.Context(), "evelina"); err != nil {
		t.Fatal(err)
	}
	if err := erik.Close(); err != nil {
		t.Fatal(err)
	}
	got := s.Send(s.Open("/file/merge", "/file/merge").With("path", path))
	if said := handlerstest.Words(got.Page(t), "main"); !strings.Contains(said, "Erik asks to erase Evelina <b>Hemlig, ") || !strings.Contains(said, "Merge now") {
		t.Errorf("the preview says %q", said)
	}
	page := got.Request.URL.Path
	got = s.Send(s.Open(page, page))
	if said := handlerstest.Words(got.Page(t), "main"); !strings.Contains(said, "Erik erased a person") || strings.Contains(said, "Hemlig") {
		t.Errorf("after the merge the page says %q", said)
	}
}
