package handlerstest

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

// DealSite is a site with a process of three required milestones and an optional one, and two open deals.
type DealSite struct {
	*Site
	File *db.File
	Htmx bool // forms are sent as htmx sends them
}

// NewDealSite is a site with a process, two deals and the people of them.
func NewDealSite(t testing.TB) *DealSite {
	t.Helper()
	return NewDealSiteIn(t, dbtest.New(t))
}

// Selection is a part of a page.
type Selection = goquery.Selection

// NewDealSiteIn is NewDealSite in a file that is there.
func NewDealSiteIn(t testing.TB, file *db.File) *DealSite {
	t.Helper()
	s := &DealSite{File: file}
	s.Site = NewSiteWithoutFile(t, func(c *web.Config) { c.File, c.Person = s.File, "Anna" })
	early := process.Stamp{Known: process.MustDate("2026-11-10")}
	twenty, thirty := 20, 30
	kronor := func(n int64) *money.Amount { a := money.New(n*100, "SEK"); return &a }
	dbtest.Record(t, s.File,
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

// Deal looks at a deal.
func (s *DealSite) Deal(id process.DealID, look func(*sales.Team, *sales.Deal)) {
	s.t.Helper()
	err := s.File.View(func(team *sales.Team) error {
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

// Form is a form as it stands on a page, with what is in it.
type Form struct {
	Action, target, Page string
	Values               url.Values
}

// Open finds the form on a page that goes to an address.
func (s *DealSite) Open(page, action string) Form {
	s.t.Helper()
	got := s.Get(page)
	if got.StatusCode != http.StatusOK {
		s.t.Fatalf("%s answers %s", page, got.Status)
	}
	return s.FormIn(got.Page(s.t).Selection, page, action)
}

// FormIn finds the form that goes to an address in a part of a page.
func (s *DealSite) FormIn(doc *goquery.Selection, page, action string) Form {
	s.t.Helper()
	found := doc.Find(`form[method="post"]`).FilterFunction(func(_ int, f *goquery.Selection) bool { return f.AttrOr("action", "") == action })
	if found.Length() != 1 {
		s.t.Fatalf("%s has %d forms that go to %s", page, found.Length(), action)
	}
	f := Form{Action: action, target: strings.TrimPrefix(found.AttrOr("hx-target", ""), "#"), Page: page, Values: url.Values{}}
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
		f.Values.Add(name, value)
	})
	return f
}

// With fills in fields: name, value, name, value …
func (f Form) With(fields ...string) Form {
	filled := url.Values{}
	for name, values := range f.Values {
		filled[name] = values
	}
	for i := 0; i+1 < len(fields); i += 2 {
		filled.Set(fields[i], fields[i+1])
	}
	f.Values = filled
	return f
}

// Send sends a form as a browser does, with htmx or without, and follows to the page after it. A refusal comes back as it is.
func (s *DealSite) Send(f Form) Answer {
	s.t.Helper()
	page, _, _ := strings.Cut(f.Page, "?")
	if !s.Htmx || f.target == "" {
		got := s.Post(f.Action, f.Values)
		if got.StatusCode != http.StatusSeeOther {
			return got
		}
		return s.Get(got.Header.Get("Location"))
	}
	got := s.FragmentFrom(http.MethodPost, f.Action, page, f.target, f.Values)
	if got.StatusCode != http.StatusSeeOther {
		return got
	}
	return s.FragmentFrom(http.MethodGet, got.Header.Get("Location"), page, f.target, nil)
}

// FragmentFrom is a request as htmx sends it from a page for one of its parts.
func (s *DealSite) FragmentFrom(method, path, page, target string, values url.Values) Answer {
	s.t.Helper()
	r := s.Request(method, path, values)
	for name, value := range map[string]string{
		"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "section#" + target, "HX-Current-URL": s.Web.URL + page,
	} {
		r.Header.Set(name, value)
	}
	return s.Do(r)
}

// Undo presses the button in the toast of an answer.
func (s *DealSite) Undo(after Answer, page string) Answer {
	s.t.Helper()
	action := after.Page(s.t).Find("#toast form").AttrOr("action", "")
	if !strings.HasPrefix(action, "/undo/") {
		s.t.Fatalf("the toast says %q and has no way back", Words(after.Page(s.t), "#toast"))
	}
	got := s.Post(action, url.Values{"back": {page}})
	if got.StatusCode != http.StatusSeeOther {
		s.t.Fatalf("undoing was answered %s: %.300s", got.Status, got.Text)
	}
	return s.Get(got.Header.Get("Location"))
}

// Story does on the pages what a seller does with a deal, and says what each page answered.
func (s *DealSite) Story() (said []string) {
	step := func(f Form, fields ...string) Answer {
		s.t.Helper()
		got := s.Send(f.With(fields...))
		if got.StatusCode != http.StatusOK {
			s.t.Fatalf("%s was answered %s: %s", f.Action, got.Status, Words(got.Page(s.t), ".note, .msg"))
		}
		said = append(said, Words(got.Page(s.t), "#toast span"))
		return got
	}
	ask := func(query, action string) Form { return s.Open("/deals/d1?form="+query, "/deals/d1"+action) }
	step(ask("reach&m=owned", "/milestones/owned/reach"), "who", "Petra Lindh", "evidence", "Mail: I take this on\nhttps://example.com/mail/7")
	step(ask("reach&m=meeting", "/milestones/meeting/reach"), "on", "2026-11-20")
	step(ask("withdraw&m=meeting", "/milestones/meeting/withdraw"), "why", "mistake", "reason", "another deal")
	step(ask("waive&m=money", "/milestones/money/waive"), "reason", "framework agreement")
	step(ask("promise&m=yes", "/milestones/yes/promise"), "day", "2026-12-01")
	step(ask("reach&m=owned", "/milestones/owned/reach"), "on", "2026-11-19")
	step(ask("next", "/next"), "text", "Call Petra", "due", "2026-11-24")
	step(s.Open("/deals/d1", "/deals/d1/next/done"))
	step(ask("journal", "/journal"), "entry", "Lunch")
	step(ask("contact", "/contacts"), "contact", "Olof Brandt", "role", "finance", "email", "olof@example.com")
	step(s.Open("/deals/d1/close", "/deals/d1/close"), "outcome", "lost", "own", "No budget after all", "said_by", "customer")
	step(ask("reopen", "/reopen"), "reason", "They called")
	step(s.Open("/deals/d1/edit", "/deals/d1/edit"), "value", "500 000", "seller", "Erik")
	s.Undo(step(ask("reach&m=yes", "/milestones/yes/reach")), "/deals/d1")
	return said
}

// NewImportedDeal is a site with a deal out of a list that says nothing about milestones, and one in a currency without a rate.
func NewImportedDeal(t *testing.T) *DealSite {
	t.Helper()
	s := NewDealSite(t)
	early := process.Stamp{Known: process.MustDate("2026-11-10"), History: true}
	kronor, euro := money.New(80_000_00, "SEK"), money.New(5_000_00, "EUR")
	dbtest.Record(t, s.File,
		&process.DealOpened{Stamp: early, Deal: "d8", On: early.Known, Process: "p", Version: "v", Name: "Line", Customer: "c2", Seller: "anna", Value: &euro},
		&process.DealOpened{
			Stamp: early, Deal: "d9", On: early.Known, Process: "p", Version: "v", Name: "Pump", Customer: "c2", Seller: "anna", Value: &kronor, NoSteps: true,
		},
	)
	return s
}
