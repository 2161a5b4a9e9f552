package processes_test

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
	"milstolpe/process/sales"
)

// newProcessSite is a company with a process of three milestones, and two open deals: one has reached the first two, one none.
func newProcessSite(t *testing.T) (*handlerstest.Site, *db.File) {
	t.Helper()
	file := dbtest.New(t)
	stamp := process.Stamp{Known: process.DateOf(dbtest.Now)}
	def := process.Definition{Name: "New business", Purpose: "Projects.", Milestones: []process.Milestone{
		{Key: "problem", Name: "The buyer has described the problem", Criterion: "they wrote it", Required: true, Evidence: process.EvidenceRequired},
		{Key: "money", Name: "The buyer has set money aside", Required: true},
		{Key: "yes", Name: "The decision maker has said yes", Required: true},
	}}
	facts := []process.Fact{
		&process.VersionPublished{Stamp: stamp, Process: "p", Version: "v1", Definition: def, Note: "The first."},
		dbtest.Opened("far", "Far along"), dbtest.Opened("new", "Just begun"),
	}
	for _, key := range []process.MilestoneID{"problem", "money"} {
		facts = append(facts, &process.MilestoneReached{Stamp: stamp, Deal: "far", Milestone: key, On: stamp.Known})
	}
	dbtest.Record(t, file, facts...)
	return handlerstest.NewSiteWithoutFile(t, func(c *web.Config) { c.File, c.Person = file, "Anna" }), file
}

// formOn is a form of a page as a browser would send it: its fields with their values, changed by those given.
func formOn(t *testing.T, doc *goquery.Document, selector string, change url.Values) url.Values {
	t.Helper()
	form := doc.Find(selector)
	if form.Length() != 1 {
		t.Fatalf("there are %d forms %s on the page", form.Length(), selector)
	}
	values := url.Values{}
	form.Find("input, textarea, select").Each(func(_ int, field *goquery.Selection) {
		name, kind := field.AttrOr("name", ""), field.AttrOr("type", "text")
		_, checked := field.Attr("checked")
		switch {
		case (kind == "radio" || kind == "checkbox") && !checked:
		case goquery.NodeName(field) == "textarea":
			values.Set(name, field.Text())
		case goquery.NodeName(field) == "select":
			values.Set(name, field.Find("option[selected]").AttrOr("value", ""))
		default:
			values.Set(name, field.AttrOr("value", ""))
		}
	})
	for name, v := range change {
		values[name] = v
	}
	return values
}

const rowForm, editP = `form[action="/processes/p/edit/row"]`, "/processes/p/edit"

// names are the milestones of a page in order.
func names(doc *goquery.Document) string {
	return strings.Join(doc.Find(".road-list > li h3").Map(func(_ int, h *goquery.Selection) string { return handlerstest.Plain(h.Text()) }), " | ")
}

func mustSee(t *testing.T, got handlerstest.Answer, status int, texts ...string) {
	t.Helper()
	if got.StatusCode != status {
		t.Errorf("%s is answered %s, not %d", got.Request.URL, got.Status, status)
	}
	text := handlerstest.Plain(got.Page(t).Text())
	for _, want := range texts {
		if !strings.Contains(text, want) {
			t.Errorf("%s does not say %q:\n%s", got.Request.URL, want, text)
		}
	}
}

func TestADraftIsPublishedAndOpenDealsMove(t *testing.T) {
	s, file := newProcessSite(t)
	page := s.Get(editP + "?form=add").Page(t)
	row := formOn(t, page, rowForm, url.Values{
		"name": {"The buyer has named who decides"}, "place": {"2"}, "required": {"true"}, "patience_days": {"21"},
	})
	if got := s.Post(editP+"/row", row); got.StatusCode != http.StatusSeeOther || !strings.HasPrefix(got.Header.Get("Location"), editP+"?saved=") {
		t.Fatalf("a new row is answered %s %s", got.Status, got.Text)
	}
	mustSee(t, s.Get("/processes/p"), http.StatusOK, "version 2", "1 added", "version 1")
	if got := handlerstest.Plain(s.Get("/processes/p").Page(t).Find(".road-list").Text()); strings.Contains(got, "who decides") {
		t.Error("the draft is in force before it is published")
	}

	publish := s.Get("/processes/p/publish")
	mustSee(t, publish, http.StatusOK, "Compared with what is in force now: 1 added.", "2 open deals follow the new version", "1 of them is past a milestone that it has not reached",
		"Lacks: The buyer has named who decides", "2 of 3becomes 1 of 4")
	note := formOn(t, publish.Page(t), `form[action="/processes/p/publish"]`, url.Values{"note": {"We lost three to people we had not met."}})
	if got := s.Post("/processes/p/publish", note); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("publishing is answered %s", got.Status)
	}

	after := s.Get("/processes/p")
	mustSee(t, after, http.StatusOK, "Version 2 is in force from today.", "compare with 1")
	if got := names(after.Page(t)); !strings.HasPrefix(got, "The buyer has described the problem | The buyer has named who decides | The buyer has set") {
		t.Errorf("the milestones are now %s", got)
	}
	err := file.View(func(team *sales.Team) error {
		p, _ := team.Process("p")
		for id, passed := range map[process.DealID]int{"far": 1, "new": 0} {
			d, _ := team.Deal(id)
			if got := d.PassedOn(process.FarFuture, p.Current().Required); d.Version() != p.Current() || got != passed {
				t.Errorf("%s follows version %d and has passed %d, not %d", id, d.Version().Number, got, passed)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	compare := after.Page(t).Find(`.filters a:contains("compare")`).AttrOr("href", "")
	mustSee(t, s.Get(compare), http.StatusOK, "In short: 1 added.", "new, in place 2", "We lost three to people we had not met.")
	mustSee(t, s.Get("/processes/p/versions/v1"), http.StatusOK, "New business, version 1", "The first.", "no longer in force")
}

func TestASellersVerbIsAskedAboutAndCanBeKept(t *testing.T) {
	s, _ := newProcessSite(t)
	sent := func(doc *goquery.Document, change url.Values) handlerstest.Answer {
		return s.Post(editP+"/row", formOn(t, doc, rowForm, change))
	}
	asked := sent(s.Get(editP+"?form=add").Page(t), url.Values{"name": {"Quote sent"}})
	mustSee(t, asked, http.StatusUnprocessableEntity, "“Quote sent” is something you do. What does the buyer do?", "Keep “Quote sent” anyway")
	doc := asked.Page(t)
	if got := doc.Find("fieldset.ask input[type=radio]").Length(); got != 4 || doc.Find("fieldset.ask input[checked]").Length() != 0 {
		t.Errorf("the question has %d answers, of which some may be chosen beforehand", got)
	}
	if again := sent(doc, nil); again.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("without an answer it is taken: %s", again.Status)
	}
	other := sent(doc, url.Values{"name": {"Demo given"}, "answer": {"-"}})
	mustSee(t, other, http.StatusUnprocessableEntity, "“Demo given” is something you do")

	if kept := sent(doc, url.Values{"answer": {"-"}}); kept.StatusCode != http.StatusSeeOther {
		t.Fatalf("kept anyway is answered %s", kept.Status)
	}
	edit := s.Get(editP).Page(t)
	if got := names(edit); !strings.HasSuffix(got, "| Quote sent") {
		t.Errorf("the draft has %s", got)
	}
	open := s.Get(edit.Find(`a[aria-label="Change “Quote sent”"]`).AttrOr("href", "")).Page(t)
	if got := open.Find("fieldset.ask input[checked]").AttrOr("value", ""); got != "-" {
		t.Errorf("a name that was kept is asked about as if it were new: %q is chosen", got)
	}
	suggestion := open.Find("fieldset.ask input[type=radio]").First().AttrOr("value", "")
	if taken := sent(open, url.Values{"answer": {suggestion}}); taken.StatusCode != http.StatusSeeOther {
		t.Fatalf("a suggestion is answered %s", taken.Status)
	}
	if got := names(s.Get(editP).Page(t)); !strings.HasSuffix(got, "| "+suggestion) {
		t.Errorf("the suggestion %q is not in the draft: %s", suggestion, got)
	}
}

func TestAStaleFormIsAConflictAndNothingIsLost(t *testing.T) {
	s, _ := newProcessSite(t)
	erik := s.Get(editP + "?form=row&m=money").Page(t)
	anna := formOn(t, s.Get(editP+"?form=row&m=money").Page(t), rowForm, url.Values{"why": {"Somebody has defended it."}})
	if got := s.Post(editP+"/row", anna); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("the first one is answered %s", got.Status)
	}

	conflict := s.Post(editP+"/row", formOn(t, erik, rowForm, url.Values{"criterion": {"the budget line has a name"}}))

	mustSee(t, conflict, http.StatusConflict, "Somebody changed the draft while you had the page open", "Somebody has defended it.")
	doc := conflict.Page(t)
	if got := doc.Find(`textarea[name=criterion]`).Text(); got != "the budget line has a name" {
		t.Errorf("what was typed is now %q", got)
	}
	once := formOn(t, doc, rowForm, url.Values{"why": {"Somebody has defended it."}})
	if got := s.Post(editP+"/row", once); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("once more it is answered %s", got.Status)
	}
	mustSee(t, s.Get(editP), http.StatusOK, "Somebody has defended it.", "the budget line has a name")

	stale := url.Values{"key": {"money"}, "to": {"up"}, "base": {""}}
	mustSee(t, s.Post(editP+"/move", stale), http.StatusConflict, "Somebody changed the draft")
	mustSee(t, s.Post(editP+"/remove", stale), http.StatusConflict, "Somebody changed the draft")
	mustSee(t, s.Post(editP+"/discard", stale), http.StatusConflict, "Somebody changed the draft")
	mustSee(t, s.Post("/processes/p/publish", url.Values{"base": {""}, "note": {"Mine"}}), http.StatusConflict, "Somebody changed the draft", "Mine")
	if got := names(s.Get(editP).Page(t)); !strings.Contains(got, "problem | The buyer has set money aside") {
		t.Errorf("a stale form changed the draft: %s", got)
	}
}
