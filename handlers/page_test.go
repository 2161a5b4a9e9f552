package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
	"milstolpe/process"
)

func TestTitlesGoFromTheThingToTheCompany(t *testing.T) {
	for want, page := range map[string]web.Page{
		"Ångmätning – Deals – Björk & Lind": {Title: "Ångmätning", Section: "Deals", Company: "Björk & Lind"},
		"Deals – Björk & Lind":              {Title: "Deals", Section: "Deals", Company: "Björk & Lind"},
		"Welcome – Milstolpe":               {Title: "Welcome"},
	} {
		if got := page.HeadTitle(); got != want {
			t.Errorf("the title is %q, want %q", got, want)
		}
	}
}

func TestEveryPageSaysWhatIsSavedWhere(t *testing.T) {
	t.Parallel()
	var file *db.File
	s := handlerstest.NewSite(t, func(c *web.Config) {
		file = dbtest.New(t)
		c.File = file
	})
	stamp := process.Stamp{Known: process.DateOf(dbtest.Now)}
	dbtest.Record(t, file, &process.PersonNamed{Stamp: stamp, Person: "erik", Name: "Erik"})
	// The clock of the test stands at 09:12 UTC, which is 10:12 in the team's Stockholm.
	if got := savedLine(t, s); !strings.Contains(got, "Saved on this computer 10:12") || !strings.Contains(got, "on its way to the shared file") {
		t.Errorf("after a change the page says %q", got)
	}
	if err := file.Publish(t.Context()); err != nil {
		t.Fatalf("publish: %v", err)
	}
	if got := savedLine(t, s); !strings.Contains(got, "Shared file updated 10:12") || strings.Contains(got, "way") {
		t.Errorf("after publishing the page says %q", got)
	}
}

func savedLine(t *testing.T, s *handlerstest.Site) string {
	t.Helper()
	return s.Get("/help/style").Page(t).Find("#saved").Text()
}

func TestAPageKnowsItsCompanyAndItsReader(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	page := s.Get("/help/style").Page(t)
	if got := page.Find("head > title").Text(); got != "The look – Björk & Lind" {
		t.Errorf("the title is %q", got)
	}
	if got := page.Find(".me a").Map(func(_ int, a *goquery.Selection) string { return a.Text() }); strings.Join(got, "|") != "Björk & Lind|Anna" {
		t.Errorf("the top has %q", got)
	}
	if got := page.Find("h1").Length(); got != 1 {
		t.Errorf("the page has %d main headings", got)
	}
	if got := page.Find(".printline").Text(); !strings.Contains(got, "23 Nov\u00a02026") && !strings.Contains(got, "23\u00a0Nov\u00a02026, 10:12") {
		t.Errorf("a print is headed %q", got)
	}
}

func TestChoicesOfTheReaderAreKept(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	for _, c := range []struct{ path, value, selector, attribute, want string }{
		{"/settings/theme", "dark", "html", "data-theme", "dark"},
		{"/settings/theme", "auto", "html", "data-theme", ""},
		{"/settings/language", "sv", "html", "lang", "sv"},
		{"/settings/keys", "off", "body", "data-keys", "off"},
		{"/settings/keys", "on", "body", "data-keys", ""},
	} {
		got := s.Post(c.path, url.Values{"value": {c.value}, "back": {"/help/style"}})
		if got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/help/style" {
			t.Errorf("%s=%s was answered %s to %q", c.path, c.value, got.Status, got.Header.Get("Location"))
		}
		if got := s.Get("/help/style").Page(t).Find(c.selector).AttrOr(c.attribute, ""); got != c.want {
			t.Errorf("after %s=%s the page has %s=%q, want %q", c.path, c.value, c.attribute, got, c.want)
		}
	}
	for path, value := range map[string]string{"/settings/theme": "pink", "/settings/language": "en-XA", "/settings/keys": ""} {
		if got := s.Post(path, url.Values{"value": {value}, "back": {"https://evil.example/"}}); got.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s=%q was answered %s", path, value, got.Status)
		}
	}
}

func TestAnotherFileCanTakeThePlaceOfTheFirst(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSiteWithoutFile(t)
	if got := s.Get("/help/style").Page(t).Find("nav").Length(); got != 1 {
		t.Errorf("without a file there are %d navigations, want the totals of the page alone", got)
	}
	first, second := dbtest.New(t), dbtest.New(t)
	if before := s.Server.Use(first, "Anna"); before != nil {
		t.Errorf("before the first file there was %s", before.Path())
	}
	if before := s.Server.Use(second, "Erik"); before != first {
		t.Error("the first file was not handed back")
	}
	if got := s.Get("/help/style").Page(t).Find(".me").Text(); !strings.Contains(got, "Erik") {
		t.Errorf("the top says %q", got)
	}
}
