package handlers_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// importing is a site with a file that has a process of two milestones.
type importing struct {
	*site
	file  *db.Working
	state string
}

func newImporting(t *testing.T) *importing {
	t.Helper()
	i := &importing{file: dbtest.New(t), state: t.TempDir()}
	stamp := process.Stamp{Known: process.DateOf(dbtest.Now)}
	dbtest.Record(t, i.file, &process.VersionPublished{Stamp: stamp, Process: "p", Version: "v", Definition: process.Definition{
		Name: "New business", Milestones: []process.Milestone{{Key: "owner", Name: "Owner named", Required: true}, {Key: "budget", Name: "Budget", Required: true}},
	}})
	i.start(t)
	return i
}

// start opens the pages, as a new start of the program does.
func (i *importing) start(t *testing.T) {
	t.Helper()
	i.site = newSiteWithoutFile(t, func(c *web.Config) { c.File, c.Person, c.StateDir = i.file, "Anna", i.state })
}

// upload sends a list as a browser does, and gives the address that follows.
func (i *importing) upload(t *testing.T, name, list string) string {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	part, err := m.CreateFormFile("list", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte(list)); err != nil {
		t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, i.web.URL+"/import", &b)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set("Origin", i.web.URL)
	r.Header.Set("Accept-Language", "en")
	a := i.do(r)
	if a.StatusCode != http.StatusSeeOther {
		t.Fatalf("uploading %s answers %s:\n%s", name, a.Status, a.Page(t).Find(".note").Text())
	}
	return a.Header.Get("Location")
}

// formOf reads the form on a page as a browser would send it.
func formOf(page *goquery.Document, selector string) url.Values {
	values := url.Values{}
	form := page.Find(selector)
	form.Find("input").Each(func(_ int, in *goquery.Selection) {
		name, kind := in.AttrOr("name", ""), in.AttrOr("type", "text")
		_, checked := in.Attr("checked")
		if kind != "radio" && kind != "checkbox" || checked {
			values.Add(name, in.AttrOr("value", ""))
		}
	})
	form.Find("select").Each(func(_ int, s *goquery.Selection) {
		chosen := s.Find("option[selected]")
		if chosen.Length() == 0 {
			chosen = s.Find("option").First()
		}
		values.Add(s.AttrOr("name", ""), chosen.AttrOr("value", ""))
	})
	return values
}

// goOn sends the form of the columns as it stands, with changes, and gives the address of the review.
func (i *importing) goOn(t *testing.T, columns string, change url.Values) string {
	t.Helper()
	form := formOf(i.get(columns).Page(t), "form[method=post]")
	form.Del("look")
	for name, values := range change {
		form[name] = values
	}
	a := i.post(strings.SplitN(columns, "?", 2)[0], form)
	if a.StatusCode != http.StatusSeeOther {
		t.Fatalf("the columns are refused with %s: %s", a.Status, a.Page(t).Find(".note").Text())
	}
	return a.Header.Get("Location")
}

func leadOf(t *testing.T, a answer) string {
	t.Helper()
	return strings.Join(strings.Fields(a.Page(t).Find(".lead").Text()), " ")
}

const smallList = `Id;Name;Customer;Seller;Value;Opened;Owner named;Budget;Outcome;Closed
1;Line;Acme;Anna;1 250 000;2026-01-05;2026-01-20;;Open;
2;Pump;Birch;Bo;80 000;2026-02-05;;;Lost;2026-04-01
3;Valve;Cedar;Bo;ten;2026-03-05;;;Open;
`

func TestAListGoesThroughFourStepsAndCanBeTakenBack(t *testing.T) {
	i := newImporting(t)
	columns := i.upload(t, "deals.csv", smallList)
	if lead := leadOf(t, i.get(columns)); !strings.Contains(lead, "3 rows, 10 columns") {
		t.Errorf("the columns are headed %q", lead)
	}
	review := i.goOn(t, columns, nil)
	page := i.get(review)
	if lead := leadOf(t, page); lead != "2 new, 0 changed, 0 unchanged, 1 row with errors. Nothing is imported yet." {
		t.Errorf("the review says %q", lead)
	}
	if row := page.Page(t).Find("tbody tr").First().Text(); !strings.Contains(row, "Value") || !strings.Contains(row, "ten") {
		t.Errorf("the row with an error is %q", row)
	}
	if got := i.get(strings.Replace(review, "review", "rejected", 1)); !strings.Contains(got.Text, "3,Valve,Cedar,Bo,ten,2026-03-05,,,Open") || !strings.Contains(got.Header.Get("Content-Disposition"), "deals%20rows%20with%20errors.csv") {
		t.Errorf("the rows with errors are %q, named %q", got.Text, got.Header.Get("Content-Disposition"))
	}
	if n := i.deals(t); n != 0 {
		t.Fatalf("%d deals are there before the import", n)
	}
	done := i.post(review, url.Values{}).Header.Get("Location")
	if lead := leadOf(t, i.get(done)); lead != "2 new, 0 changed, 0 unchanged." {
		t.Errorf("after the import the page says %q", lead)
	}
	if n := i.deals(t); n != 2 {
		t.Fatalf("%d deals are there after the import, want 2", n)
	}
	undo, _ := i.get("/import").Page(t).Find(".lines a").Attr("href")
	if lead := leadOf(t, i.get(undo)); !strings.Contains(lead, "2 deals are taken back") {
		t.Errorf("before undoing the page says %q", lead)
	}
	i.post(undo, url.Values{})
	if n := i.deals(t); n != 0 {
		t.Errorf("%d deals are there after undoing the import", n)
	}
}

func (i *importing) deals(t *testing.T) (n int) {
	t.Helper()
	if err := i.file.View(func(team *sales.Team) error { n = len(team.Deals()); return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAListWaitsForSomebodyToComeBackToIt(t *testing.T) {
	i := newImporting(t)
	review := i.goOn(t, i.upload(t, "deals.csv", smallList), nil)
	i.start(t)
	if lead := leadOf(t, i.get(review)); !strings.HasPrefix(lead, "2 new") {
		t.Errorf("after a new start the review says %q", lead)
	}
	done := i.post(review, url.Values{}).Header.Get("Location")
	i.start(t)
	if lead := leadOf(t, i.get(done)); !strings.HasPrefix(lead, "2 new") {
		t.Errorf("after a new start the end says %q", lead)
	}
	if again := i.get(review); again.StatusCode != http.StatusSeeOther || again.Header.Get("Location") != done {
		t.Errorf("the review of an import that is done answers %s", again.Status)
	}
	job := strings.Split(review, "/")[2]
	old := dbtest.Now.Add(-40 * 24 * time.Hour)
	if err := os.Chtimes(filepath.Join(i.state, "imports", job), old, old); err != nil {
		t.Fatal(err)
	}
	i.upload(t, "deals.csv", smallList)
	if got := i.get(review); got.StatusCode != http.StatusNotFound {
		t.Errorf("a list of six weeks ago answers %s, want not found", got.Status)
	}
}

func TestTheSameHeadersAreReadAsLastTime(t *testing.T) {
	i := newImporting(t)
	list := strings.Replace(smallList, "Name;", "Nickname;", 1)
	columns := i.upload(t, "deals.csv", list)
	i.post(i.goOn(t, columns, url.Values{"column.1": {"deal.name"}}), url.Values{})
	again := i.get(i.upload(t, "newer.csv", list))
	if lead := leadOf(t, again); !strings.Contains(lead, "as last time") {
		t.Errorf("the columns are headed %q", lead)
	}
	if got := formOf(again.Page(t), "form[method=post]").Get("column.1"); got != "deal.name" {
		t.Errorf("the column is read as %q, want deal.name", got)
	}
	if lead := leadOf(t, i.get(i.goOn(t, again.Request.URL.Path, nil))); lead != "0 new, 0 changed, 2 unchanged, 1 row with errors. Nothing is imported yet." {
		t.Errorf("the same list again: %q", lead)
	}
}

func TestALargeImportGoesOnWithoutTheBrowser(t *testing.T) {
	i := newImporting(t)
	review := i.goOn(t, i.upload(t, "many.csv", string(wideList(3000))), nil)
	page := i.get(review).Page(t)
	if text := page.Find("main").Text(); !strings.Contains(text, "Rows 1 to 100 of 3,000") {
		t.Error("the review does not say which rows of how many it shows")
	}
	next, _ := page.Find("main a[href*='from=100']").Attr("href")
	if row := i.get(next).Page(t).Find("tbody tr").First().Text(); !strings.HasPrefix(row, "102") {
		t.Errorf("after the first hundred comes %q, want row 102", row)
	}
	done := i.post(review, url.Values{}).Header.Get("Location")
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		a := i.get(done)
		if a.StatusCode != http.StatusOK {
			t.Fatalf("while it runs the page answers %s", a.Status)
		}
		if a.Header.Get("Refresh") == "" {
			if lead := leadOf(t, a); !strings.HasPrefix(lead, "3,000 new") {
				t.Errorf("at the end the page says %q", lead)
			}
			return
		}
	}
	t.Error("the import never ends")
}
