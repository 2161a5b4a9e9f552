package customers_test

import (
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
)

func TestCustomersTurnOutToBeOne(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	early := process.Stamp{Known: process.MustDate("2026-11-12")}
	dbtest.Record(t, s.File,
		&process.CustomerNamed{Stamp: early, Customer: "c3", Name: "Kolbotten Sågverk AB"},
		&process.DealOpened{Stamp: early, Deal: "d3", On: early.Known, Process: "p", Version: "v", Name: "Dust", Customer: "c3"},
	)
	doc := s.Get("/customers/c1").Page(t)
	double := doc.Find(".note a")
	if double.Text() != "Kolbotten Sågverk AB" {
		t.Fatalf("the page proposes %q as a double", double.Text())
	}
	merge := s.Open(double.AttrOr("href", ""), "/customers/c1/merge")
	after := s.Send(merge)
	if got := handlerstest.Words(after.Page(t), "main"); !strings.Contains(got, "Dust") || !strings.Contains(got, "Moisture meters") {
		t.Errorf("merged, the page says %q", got)
	}
	if got := s.Get("/customers/c3"); got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/customers/c1" {
		t.Errorf("the other customer's page answers %s to %q", got.Status, got.Header.Get("Location"))
	}
	s.Undo(after, "/customers/c1")
	if got := s.Get("/customers/c3"); got.StatusCode != http.StatusOK {
		t.Errorf("after Undo the other customer answers %s", got.Status)
	}
	if got := s.Send(s.Open("/customers/c1?form=merge", "/customers/c1/merge").With("into", "Nobody")); got.StatusCode != http.StatusUnprocessableEntity || handlerstest.Words(got.Page(t), "#f-into-fault") == "" {
		t.Errorf("merging with nobody was answered %s", got.Status)
	}
}

func TestACustomerIsRenamed(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	f := s.Open("/customers/c1?form=rename", "/customers/c1/rename")
	if got := s.Send(f.With("name", "Vretens chark")); got.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a name that is taken was answered %s", got.Status)
	}
	if got := handlerstest.Words(s.Send(f.With("name", "Kolbottens Såg")).Page(t), "h1"); got != "Kolbottens Såg" {
		t.Errorf("the page is headed %q", got)
	}
	if rows := handlerstest.Texts(s.Get("/customers?q=såg").Page(t), "tr[data-row] th"); len(rows) != 1 || rows[0] != "Kolbottens Såg" {
		t.Errorf("found %v", rows)
	}
}

func TestAPersonIsErasedForGood(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	s.Send(s.Open("/customers/c1?form=contact&c=maja", "/customers/c1/contacts").With("email", "maja@kolbotten.example"))
	ask := s.Open("/customers/c1?form=erase&c=maja", "/customers/c1/contacts/maja/erase")
	state := s.Server.Config.StateDir
	list, upload := filepath.Join(state, "imports", "abcdefghijkl", "list"), filepath.Join(state, "merge-1.milstolpe")
	for _, path := range []string{list, upload} { // left by an import and a merge that nobody came back to
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte("Maja Ek"), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	after := s.Send(ask)
	page := after.Page(t)
	if got := handlerstest.Words(page, "#toast"); got != "The person has been erased." || page.Find("#toast form").Length() != 0 {
		t.Errorf("the toast says %q", got)
	}
	for _, path := range []string{"/customers/c1", "/deals/d1", "/deals?q=maja", "/log"} {
		if got := s.Get(path); strings.Contains(handlerstest.Words(got.Page(t), "main"), "Maja") || strings.Contains(got.Text, "maja@kolbotten.example") {
			t.Errorf("%s still names her", path)
		}
	}
	for _, path := range []string{list, upload} {
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is still there: %v", filepath.Base(path), err)
		}
	}
	if got := s.Post("/customers/c1/contacts/maja/erase", url.Values{}); got.StatusCode != http.StatusNotFound {
		t.Errorf("erasing her twice was answered %s", got.Status)
	}
}

func TestTheLogHoldsEverythingAndIsNarrowed(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	s.Story()
	all := handlerstest.Words(s.Get("/log").Page(t), "main")
	for _, want := range []string{
		"Deal opened, SEK 450,000", "The buyer has appointed an owner reached", "withdrawn, a mistake of ours: another deal", "waived: framework agreement",
		"The buyer has said 1 Dec 2026", "Journal: Lunch", "Contact: Olof Brandt", "Closed: lost, No budget after all", "Re-opened: They called",
		"Value changed to SEK 500,000", "1 entry undone", "Sales process New business published", "File made",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("the log does not say %q", want)
		}
	}
	rows := func(path string) int { return s.Get(path).Page(t).Find("table.log tbody tr").Length() }
	if n := rows("/log?what=journal"); n != 2 {
		t.Errorf("%d entries of the journal, want 2", n)
	}
	if n, of := rows("/log?deal=d2"), rows("/log?deal=d1"); n != 1 || of != 20 {
		t.Errorf("%d and %d events of the deals, want 1 and 20", n, of)
	}
	if n := rows("/log?who=Nobody") + rows("/log?from=2027-01-01"); n != 0 {
		t.Errorf("%d events by nobody, or in the future", n)
	}
	if n := rows("/log?who=Anna&from=2026-11-01"); n != rows("/log") {
		t.Errorf("%d events by Anna of %d", n, rows("/log"))
	}
	if got := handlerstest.Words(s.Get("/log?what=imports").Page(t), "main"); !strings.Contains(got, "Nothing was recorded that matches.Clear the filters") {
		t.Errorf("an empty log says %q", got)
	}
}

func TestTheLogGoesBackPageByPage(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	var many []process.Fact
	for range 150 {
		many = append(many, dbtest.Journal("d1", "call"))
	}
	dbtest.Record(t, s.File, many...)
	page := s.Get("/log?what=journal").Page(t)
	older := page.Find(`a[href*="before="]`).AttrOr("href", "")
	if n := page.Find("table.log tbody tr").Length(); n != 100 || older == "" {
		t.Fatalf("%d rows, older at %q", n, older)
	}
	rest := s.Get(older).Page(t)
	if n := rest.Find("table.log tbody tr").Length(); n != 50 || rest.Find(`a[href*="before="]`).Length() != 0 {
		t.Errorf("%d rows on the second page, want the other 50 and no third", n)
	}
}
