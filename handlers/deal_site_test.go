package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// dealSite is a site with a process of three required milestones and an optional one, and two open deals.
type dealSite struct {
	*site
	file *db.Working
	htmx bool // forms are sent as htmx sends them
}

func newDealSite(t testing.TB) *dealSite {
	t.Helper()
	return newDealSiteIn(t, dbtest.New(t))
}

func newDealSiteIn(t testing.TB, file *db.Working) *dealSite {
	t.Helper()
	s := &dealSite{file: file}
	s.site = newSiteWithoutFile(t, func(c *web.Config) { c.File, c.Person = s.file, "Anna" })
	early := process.Stamp{Known: process.MustDate("2026-11-10")}
	twenty, thirty := 20, 30
	kronor := func(n int64) *money.Amount { a := money.New(n*100, "SEK"); return &a }
	dbtest.Record(t, s.file,
		&process.CustomerNamed{Stamp: early, Customer: "c1", Name: "Kolbotten Sågverk"},
		&process.CustomerNamed{Stamp: early, Customer: "c2", Name: "Vretens Chark"},
		&process.ContactNamed{Stamp: early, Contact: "maja", Customer: "c1", Name: "Maja Ek", Role: "buyer", Phone: "+46 (0)70-174 06 31"},
		&process.VersionPublished{Stamp: early, Process: "p", Version: "v", Definition: process.Definition{
			Name: "New business", Milestones: []process.Milestone{
				{Key: "owned", Name: "The buyer has appointed an owner", Criterion: "A named person has said so", Required: true, Evidence: process.EvidenceRequired, Patience: &twenty},
				{Key: "meeting", Name: "The buyer has met without us"},
				{Key: "money", Name: "The buyer has set money aside", Required: true, Patience: &thirty},
				{Key: "yes", Name: "The decision maker has said yes", Required: true},
			},
		}},
		&process.DealOpened{
			Stamp: early, Deal: "d1", On: early.Known, Process: "p", Version: "v", Name: "Moisture meters", Customer: "c1", Seller: "anna",
			Value: kronor(450_000), ExpectedClose: process.MustDate("2026-12-15"),
		},
		&process.ContactLinked{Stamp: early, Deal: "d1", Contact: "maja"},
		&process.DealOpened{Stamp: early, Deal: "d2", On: early.Known, Process: "p", Version: "v", Name: "Cold store", Customer: "c2", Seller: "anna"},
	)
	return s
}

// deal looks at a deal.
func (s *dealSite) deal(id process.DealID, look func(*sales.Team, *sales.Deal)) {
	s.t.Helper()
	err := s.file.View(func(team *sales.Team) error {
		d, ok := team.Deal(id)
		if !ok {
			s.t.Fatalf("there is no deal %s", id)
		}
		look(team, d)
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// form is a form as it stands on a page, with what is in it.
type form struct {
	action, target, page string
	values               url.Values
}

// open finds the form on a page that goes to an address.
func (s *dealSite) open(page, action string) form {
	s.t.Helper()
	got := s.get(page)
	if got.StatusCode != http.StatusOK {
		s.t.Fatalf("%s answers %s", page, got.Status)
	}
	return s.formIn(got.Page(s.t).Selection, page, action)
}

func (s *dealSite) formIn(doc *goquery.Selection, page, action string) form {
	s.t.Helper()
	found := doc.Find(`form[method="post"]`).FilterFunction(func(_ int, f *goquery.Selection) bool { return f.AttrOr("action", "") == action })
	if found.Length() != 1 {
		s.t.Fatalf("%s has %d forms that go to %s", page, found.Length(), action)
	}
	f := form{action: action, target: strings.TrimPrefix(found.AttrOr("hx-target", ""), "#"), page: page, values: url.Values{}}
	found.Find("input, textarea, select").Each(func(_ int, control *goquery.Selection) {
		name := control.AttrOr("name", "")
		value := control.AttrOr("value", "")
		_, checked := control.Attr("checked")
		switch kind := control.AttrOr("type", ""); {
		case goquery.NodeName(control) == "textarea":
			value = control.Text()
		case goquery.NodeName(control) == "select":
			value = control.Find("option[selected]").AttrOr("value", control.Find("option").First().AttrOr("value", ""))
		case (kind == "radio" || kind == "checkbox") && !checked:
			return
		}
		f.values.Set(name, value)
	})
	return f
}

// with fills in fields: name, value, name, value …
func (f form) with(fields ...string) form {
	filled := url.Values{}
	for name, values := range f.values {
		filled[name] = values
	}
	for i := 0; i+1 < len(fields); i += 2 {
		filled.Set(fields[i], fields[i+1])
	}
	f.values = filled
	return f
}

// send sends a form as a browser does, with htmx or without, and follows to the page after it. A refusal comes back as it is.
func (s *dealSite) send(f form) answer {
	s.t.Helper()
	page, _, _ := strings.Cut(f.page, "?")
	if !s.htmx || f.target == "" {
		got := s.post(f.action, f.values)
		if got.StatusCode != http.StatusSeeOther {
			return got
		}
		return s.get(got.Header.Get("Location"))
	}
	got := s.fragmentFrom(http.MethodPost, f.action, page, f.target, f.values)
	if got.StatusCode != http.StatusSeeOther {
		return got
	}
	return s.fragmentFrom(http.MethodGet, got.Header.Get("Location"), page, f.target, nil)
}

// fragmentFrom is a request as htmx sends it from a page for one of its parts.
func (s *dealSite) fragmentFrom(method, path, page, target string, values url.Values) answer {
	s.t.Helper()
	r := s.request(method, path, values)
	for name, value := range map[string]string{
		"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "section#" + target, "HX-Current-URL": s.web.URL + page,
	} {
		r.Header.Set(name, value)
	}
	return s.do(r)
}

// undo presses the button in the toast of an answer.
func (s *dealSite) undo(after answer, page string) answer {
	s.t.Helper()
	action := after.Page(s.t).Find("#toast form").AttrOr("action", "")
	if !strings.HasPrefix(action, "/undo/") {
		s.t.Fatalf("the toast says %q and has no way back", words(after.Page(s.t), "#toast"))
	}
	got := s.post(action, url.Values{"back": {page}})
	if got.StatusCode != http.StatusSeeOther {
		s.t.Fatalf("undoing was answered %s: %.300s", got.Status, got.Text)
	}
	return s.get(got.Header.Get("Location"))
}
