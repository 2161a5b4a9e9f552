package files_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/web"
	"milstolpe/process"
)

func TestWhoeverOpensAFoundFileIsAskedForTheirNameFirst(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	found := filepath.Join(folder, "Team.milstolpe")
	if err := os.WriteFile(found, []byte("no file of ours"), 0o600); err != nil {
		t.Fatal(err)
	}
	var opened, person string
	s := handlerstest.NewSiteWithoutFile(t, func(c *web.Config) {
		c.Folders, c.Person = []string{folder}, "login7"
		c.OpenFile = func(path, who string) (*db.File, error) {
			opened, person = path, who
			return nil, process.Wrong("path", "welcome.open_path_hint")
		}
	})
	form := s.Get("/welcome/open").Page(t).Find("main form")
	if form.Length() != 1 || form.Find(`[name="person"]`).AttrOr("value", "") != "login7" || form.Find(`button[name="found"]`).AttrOr("value", "") != found {
		t.Fatalf("the file and the name do not stand in one form: %s", form.Text())
	}
	if _, named := form.Find("button").First().Attr("name"); named {
		t.Error("Enter in a field opens the first file of the list")
	}
	for _, one := range []struct {
		form url.Values
		want string
	}{
		{url.Values{"found": {found}, "person": {"Johan Ek"}}, found},
		{url.Values{"path": {`"C:\Team.milstolpe"`}, "person": {"Johan Ek"}}, `C:\Team.milstolpe`},
	} {
		if got := s.Post("/welcome/open", one.form); got.StatusCode != http.StatusUnprocessableEntity || opened != one.want || person != "Johan Ek" {
			t.Errorf("%v is answered %s and opens %q as %q", one.form, got.Status, opened, person)
		}
	}
	opened = ""
	if got := s.Post("/welcome/open", url.Values{"person": {"Johan Ek"}}); got.StatusCode != http.StatusUnprocessableEntity || opened != "" {
		t.Errorf("neither file nor path is answered %s and opens %q", got.Status, opened)
	}
}

func TestWhoeverHasAListBeginsWithItsImport(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s := handlerstest.NewSiteWithoutFile(t, func(c *web.Config) {
		c.Documents, c.TimeZone = folder, "Europe/Stockholm"
		c.NewFile = func(path string, founding []process.Fact, person string) (*db.File, error) {
			file, err := db.New(path, founding, dbtest.Options(t, dbtest.As(person, 7)))
			if err == nil {
				t.Cleanup(func() { _ = file.Close() })
			}
			return file, err
		}
	})
	answers := url.Values{"template": {"list"}, "company": {""}, "person": {"Kate"}, "currency": {"GBP"}, "wins_of_ten": {"12"}}
	got := s.Post("/welcome/new", answers)
	if faults := handlerstest.Words(got.Page(t), ".note li"); got.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(faults, "Company: This must be filled in") {
		t.Fatalf("without a company it is answered %s: %s", got.Status, faults)
	}
	answers.Set("company", "Halden")
	if faults := handlerstest.Words(s.Post("/welcome/new", answers).Page(t), ".note li"); !strings.Contains(faults, "from 0.5 to 9.5") {
		t.Fatalf("twelve of ten is answered %q", faults)
	}
	answers.Set("wins_of_ten", "2.5")
	if got := s.Post("/welcome/new", answers); got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/import" {
		t.Fatalf("the answers lead to %s %s: %s", got.Status, got.Header.Get("Location"), handlerstest.Words(got.Page(t), ".note"))
	}
	home := s.Get("/").Page(t)
	if said := handlerstest.Words(home, "#toast"); !strings.Contains(said, filepath.Join(folder, "Halden.milstolpe")) {
		t.Errorf("of where the file is it says %q", said)
	}
	if home.Find(`main a[href="/import"]`).Length() != 1 {
		t.Error("the empty home page does not lead to the import")
	}
	if zone := s.Get("/settings").Page(t).Find("#f-time_zone").AttrOr("value", ""); zone != "Europe/London" {
		t.Errorf("whoever counts in pounds and says no time zone got %q", zone)
	}
}

func TestColumnsWithDaysOfStagesThatNobodyKnowsAreAskedAbout(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	list := "Id,Customer,Created,Date entered Demo,Date entered Budget\n1,Acme,2026-01-05,2026-02-05,2026-03-05\n"
	columns := i.Upload(t, "crm.csv", list)
	doubts := handlerstest.Words(i.In(i18n.English, columns).Page(t), ".note")
	if !strings.Contains(doubts, "“Date entered Demo” holds the days of a stage") || strings.Contains(doubts, "Budget") {
		t.Errorf("the page asks %q", doubts)
	}
	page := i.Get(columns + "?process=new").Page(t)
	if doubts := handlerstest.Words(page, ".note"); strings.Contains(doubts, "Demo") {
		t.Errorf("the stages are to become a process, and still the page asks %q", doubts)
	}
	form := handlerstest.FormOf(page, "form[method=post]")
	form.Set("new_name", "Halden")
	form.Set("doer.0", "us")
	form.Set("doer.1", "us")
	review := i.Post(columns, form)
	if review.StatusCode != http.StatusSeeOther {
		t.Fatalf("what we do ourselves is answered %s: %s", review.Status, handlerstest.Words(review.Page(t), ".note"))
	}
	done := i.Post(review.Header.Get("Location"), url.Values{})
	if done.StatusCode != http.StatusSeeOther {
		t.Fatalf("the import is answered %s", done.Status)
	}
	said := i.In(i18n.English, done.Header.Get("Location")).Page(t)
	if !strings.Contains(handlerstest.Words(said, ".note"), "every open deal has the same chance") || said.Find(`.note a[href$="/edit"]`).Length() != 1 {
		t.Errorf("a sales process in which the buyer does nothing is passed over: %q", handlerstest.Words(said, "main"))
	}
}
