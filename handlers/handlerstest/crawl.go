package handlerstest

import (
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/example"
)

// NewExampleSite is a site with the example company in a language.
func NewExampleSite(t testing.TB, lang i18n.Lang) *Site {
	t.Helper()
	if lang != i18n.Swedish {
		lang = i18n.English
	}
	events, err := exampleEvents[lang]()
	if err != nil {
		t.Fatal(err)
	}
	file, err := db.NewFromEvents(filepath.Join(t.TempDir(), "Example.milstolpe"), events, dbtest.Options(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	})
	return NewSiteWithoutFile(t, func(c *web.Config) { c.File, c.Person, c.Pseudo = file, "Anna", true })
}

var exampleEvents = map[i18n.Lang]func() ([]process.Event, error){
	i18n.Swedish: sync.OnceValues(func() ([]process.Event, error) {
		return example.Events("sv", example.Seed, process.DateOf(dbtest.Now))
	}),
	i18n.English: sync.OnceValues(func() ([]process.Event, error) {
		return example.Events("en", example.Seed, process.DateOf(dbtest.Now))
	}),
}

// Link is a place that a page leads to.
type Link struct{ From, To string }

// Crawl goes through a site from the given pages on, wherever links lead: to the first address of each page, and to the first that asks
// it something new. It calls see for every answer, and returns the addresses that show a page, in order.
func (s *Site) Crawl(starts []string, see func(Link, Answer)) []string {
	s.t.Helper()
	known := map[string]bool{}
	var pages []string
	queue := make([]Link, 0, 1000)
	for _, at := range starts {
		queue = append(queue, Link{"", at})
	}
	for i := 0; i < len(queue); i++ {
		at := queue[i]
		if !isNews(known, at.To) {
			continue
		}
		got := s.Get(at.To)
		see(at, got)
		if got.StatusCode == http.StatusSeeOther {
			queue = append(queue, Link{at.To, got.Header.Get("Location")})
		}
		if got.StatusCode != http.StatusOK || !strings.HasPrefix(got.Header.Get("Content-Type"), "text/html") {
			continue
		}
		pages = append(pages, at.To)
		got.Page(s.t).Find("a[href]").Each(func(_ int, a *goquery.Selection) {
			if to, ok := within(at.To, a.AttrOr("href", "")); ok {
				queue = append(queue, Link{at.To, to})
			}
		})
	}
	slices.Sort(pages)
	return pages
}

// within is where a link leads, if it stays in the program.
func within(page, href string) (string, bool) {
	base, err := url.Parse(page)
	if err != nil {
		return "", false
	}
	to, err := base.Parse(href)
	if err != nil || to.Host != "" || to.Scheme != "" {
		return "", false
	}
	to.Fragment = ""
	return to.String(), true
}

var identity = regexp.MustCompile(`^([0-9A-Z]{20,}|.*[0-9].*)$`)

// isNews tells whether an address is of a page, or asks a page for something, that is not known yet. What is different from one deal,
// day or person to the next is no news.
func isNews(known map[string]bool, address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	parts := strings.Split(u.Path, "/")
	for i, part := range parts {
		if identity.MatchString(part) {
			parts[i] = ":"
		}
	}
	page := strings.Join(parts, "/")
	news := !known[page]
	known[page] = true
	for key := range u.Query() {
		news = news || !known[page+"?"+key]
		known[page+"?"+key] = true
	}
	return news
}
