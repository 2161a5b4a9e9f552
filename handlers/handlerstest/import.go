package handlerstest

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// Importing is a site with a file that has a process of two milestones.
type Importing struct {
	*Site
	File  *db.File
	State string
}

// NewImporting is a site with a process into which lists can be taken.
func NewImporting(t *testing.T) *Importing {
	t.Helper()
	i := &Importing{File: dbtest.New(t), State: t.TempDir()}
	stamp := process.Stamp{Known: process.DateOf(dbtest.Now)}
	dbtest.Record(t, i.File, &process.VersionPublished{Stamp: stamp, Process: "p", Version: "v", Definition: process.Definition{
		Name: "New business", Milestones: []process.Milestone{{Key: "owner", Name: "Owner named", Required: true}, {Key: "budget", Name: "Budget", Required: true}},
	}})
	i.Start(t)
	return i
}

// Start opens the pages, as a new start of the program does.
func (i *Importing) Start(t *testing.T) {
	t.Helper()
	i.Site = NewSiteWithoutFile(t, func(c *web.Config) { c.File, c.Person, c.StateDir = i.File, "Anna", i.State })
}

// Upload sends a list as a browser does, and gives the address that follows.
func (i *Importing) Upload(t *testing.T, name, list string) string {
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
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, i.Web.URL+"/import", &b)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set("Origin", i.Web.URL)
	r.Header.Set("Accept-Language", "en")
	a := i.Do(r)
	if a.StatusCode != http.StatusSeeOther {
		t.Fatalf("uploading %s answers %s:\n%s", name, a.Status, a.Page(t).Find(".note").Text())
	}
	return a.Header.Get("Location")
}

// FormOf reads the form on a page as a browser would send it.
func FormOf(page *goquery.Document, selector string) url.Values {
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

// GoOn sends the form of the columns as it stands, with changes, and gives the address of the review.
func (i *Importing) GoOn(t *testing.T, columns string, change url.Values) string {
	t.Helper()
	form := FormOf(i.Get(columns).Page(t), "form[method=post]")
	form.Del("look")
	for name, values := range change {
		form[name] = values
	}
	a := i.Post(strings.SplitN(columns, "?", 2)[0], form)
	if a.StatusCode != http.StatusSeeOther {
		t.Fatalf("the columns are refused with %s: %s", a.Status, a.Page(t).Find(".note").Text())
	}
	return a.Header.Get("Location")
}

// LeadOf is the first sentence of a page.
func LeadOf(t *testing.T, a Answer) string {
	t.Helper()
	return strings.Join(strings.Fields(a.Page(t).Find(".lead").Text()), " ")
}

// SmallList is a list of deals with dates, amounts and gaps, as a person keeps one.
const SmallList = `Id;Name;Customer;Seller;Value;Opened;Owner named;Budget;Outcome;Closed
1;Line;Acme;Anna;1 250 000;2026-01-05;2026-01-20;;Open;
2;Pump;Birch;Bo;80 000;2026-02-05;;;Lost;2026-04-01
3;Valve;Cedar;Bo;ten;2026-03-05;;;Open;
`

// Deals counts the deals of the site.
func (i *Importing) Deals(t *testing.T) (n int) {
	t.Helper()
	if err := i.File.View(func(team *sales.Team) error { n = len(team.Deals()); return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

// WideList is a list of deals in the wide shape.
func WideList(n int) []byte {
	var b strings.Builder
	b.WriteString("Id,Name,Customer,Seller,Value,Opened,Owner named,Budget,Outcome,Closed,Lost reason\n")
	day := process.MustDate("2023-01-02")
	for i := range n {
		opened := day.AddDays(i % 1000)
		outcome, closed, reason := "Open", "", ""
		if i%3 > 0 {
			outcome, closed, reason = []string{"Won", "Lost"}[i%2], opened.AddDays(60).String(), []string{"", "price"}[i%2]
		}
		fmt.Fprintf(&b, "D%06d,Project %d,Customer %d,Seller %d,%d,%s,%s,%s,%s,%s,%s\n",
			i, i, i%2000, i%12, 10_000+i, opened, opened.AddDays(9), opened.AddDays(30), outcome, closed, reason)
	}
	return []byte(b.String())
}

// Processes counts the processes of the site.
func (i *Importing) Processes(t *testing.T) (n int) {
	t.Helper()
	if err := i.File.View(func(team *sales.Team) error { n = len(team.Processes()); return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

// Send uploads a file from a page in some language.
func (i *Importing) Send(t *testing.T, name string, data []byte, lang i18n.Lang) Answer {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	part, err := m.CreateFormFile("list", name)
	if err == nil {
		_, err = part.Write(data)
	}
	if err == nil {
		err = m.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, i.Web.URL+"/import", &b)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set("Origin", i.Web.URL)
	r.Header.Set("Accept-Language", string(lang))
	return i.Do(r)
}
