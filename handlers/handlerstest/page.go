package handlerstest

import (
	"io/fs"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/PuerkitoBio/goquery"

	"milstolpe/handlers/chart"
	"milstolpe/handlers/i18n"
)

// Texts are the texts of all that a selector finds, with ordinary blanks.
func Texts(doc *goquery.Document, selector string) (list []string) {
	doc.Find(selector).Each(func(_ int, s *goquery.Selection) { list = append(list, Plain(s.Text())) })
	return list
}

// What is shared with the packages that keep it to themselves.
var (
	ReadText   = i18n.ReadText
	Ticks      = chart.Ticks
	Collisions = chart.Collisions
)

// Fragment is a request as htmx sends it from the page itself.
func (s *Site) Fragment(method, path, target string, form url.Values) Answer {
	s.t.Helper()
	r := s.Request(method, path, form)
	r.Header.Set("HX-Request", "true")
	r.Header.Set("HX-Request-Type", "partial")
	r.Header.Set("HX-Target", target)
	r.Header.Set("HX-Current-URL", s.Web.URL+path)
	return s.Do(r)
}

// In asks for a page in a language.
func (s *Site) In(l i18n.Lang, path string) Answer {
	s.t.Helper()
	r := s.Request(http.MethodGet, path, nil)
	r.Header.Set("Accept-Language", string(l))
	return s.Do(r)
}

// Words are the text of what a selector finds, with ordinary blanks.
func Words(doc *goquery.Document, selector string) string { return Plain(doc.Find(selector).Text()) }

var blanks = regexp.MustCompile(`[\s\x{a0}]+`)

// Plain writes spaces that do not break as spaces.
func Plain(text string) string { return strings.TrimSpace(blanks.ReplaceAllString(text, " ")) }

// AddedUp is the sum of the last column of a list of deals.
func AddedUp(t *testing.T, doc *goquery.Document) (sum int64) {
	t.Helper()
	doc.Find("tbody tr td:last-child").Each(func(_ int, td *goquery.Selection) { sum += Digits(Plain(td.Text())) })
	return sum
}

// Digits reads 1,834,661 and −416,660.
func Digits(text string) (n int64) {
	for _, r := range text {
		if r >= '0' && r <= '9' {
			n = 10*n + int64(r-'0')
		}
	}
	if strings.HasPrefix(text, "−") {
		return -n
	}
	return n
}

// Pictures finds the drawings of a chart in a page.
var Pictures = regexp.MustCompile(`(?s)<svg class="(wide|mid|narrow)".*?</svg>`)

// Catalogue is a made-up message file, or several, by name.
type Catalogue map[string]string

// Fs are the catalogue's texts as files.
func (c Catalogue) Fs() fs.FS {
	files := fstest.MapFS{}
	for name, body := range c {
		files[name] = &fstest.MapFile{Data: []byte(body)}
	}
	return files
}
