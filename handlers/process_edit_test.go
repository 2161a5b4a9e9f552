package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"milstolpe/db/dbtest"
	"milstolpe/process"
)

func TestRowsAreMovedAndRemovedAndTheDraftThrownAway(t *testing.T) {
	s, _ := newProcessSite(t)
	act := func(what, key, to string) answer {
		base := s.get(editP).Page(t).Find(`#m-`+key+` input[name=base]`).AttrOr("value", "")
		return s.post(editP+"/"+what, url.Values{"key": {key}, "to": {to}, "base": {base}})
	}
	moved := act("move", "yes", "up")
	page := s.get(strings.Split(moved.Header.Get("Location"), "#")[0])
	mustSee(t, page, http.StatusOK, "“The decision maker has said yes” is now number 2 of 3.")
	if key, ok := page.Page(t).Find("#m-yes [data-focus]").Attr("data-key"); !ok || key != "up" {
		t.Errorf("the focus does not stay with the row that was moved: %q", key)
	}
	if got := page.Page(t).Find("[data-key=up]:disabled, [data-key=down]:disabled").Length(); got != 2 {
		t.Errorf("%d buttons are shut; the first row cannot go up, the last not down", got)
	}
	act("remove", "problem", "")
	if got := names(s.get(editP).Page(t)); got != "The decision maker has said yes | The buyer has set money aside" {
		t.Errorf("the draft has %s", got)
	}
	mustSee(t, s.get("/processes/p/publish"), http.StatusOK, "1 removed, 1 moved")
	thrown := s.post(editP+"/discard", formOn(t, s.get(editP).Page(t), `form[action$="/discard"]`, nil))
	if thrown.Header.Get("Location") != "/processes/p" {
		t.Errorf("throwing the draft away leads to %q", thrown.Header.Get("Location"))
	}
	if got := s.get("/processes/p"); strings.Contains(got.Text, "version 2") {
		t.Error("the draft is still there")
	}
	mustSee(t, s.get("/processes/p/publish"), http.StatusOK, "There is nothing to publish.")
}

func TestANewProcessBeginsWithATemplateOrNothing(t *testing.T) {
	s := newSite(t)
	mustSee(t, s.get("/process"), http.StatusOK, "no sales process yet")
	if got := s.get("/processes/new").Page(t).Find("form button.quiet").Length(); got != 4 {
		t.Errorf("%d ways to begin are offered", got)
	}
	begun := s.post("/processes/new", url.Values{"template": {"saas"}})
	edit := begun.Header.Get("Location")
	mustSee(t, s.get(edit), http.StatusOK, "draft of version 1")
	mustSee(t, s.get("/process"), http.StatusOK, "draft, not in force yet")
	publish := strings.TrimSuffix(edit, "/edit") + "/publish"
	form := formOn(t, s.get(publish).Page(t), `form[action="`+publish+`"]`, nil)
	if got := s.post(publish, form); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("publishing a template is answered %s: %s", got.Status, words(got.Page(t), ".note"))
	}
	mustSee(t, s.get(strings.TrimSuffix(edit, "/edit")), http.StatusOK, "Version 1 is in force from today.")

	empty := s.post("/processes/new", url.Values{"template": {""}}).Header.Get("Location")
	mustSee(t, s.get(empty), http.StatusOK, "There are no milestones here yet.")
	publish = strings.TrimSuffix(empty, "/edit") + "/publish"
	refused := s.post(publish, formOn(t, s.get(publish).Page(t), `form[action="`+publish+`"]`, nil))
	mustSee(t, refused, http.StatusUnprocessableEntity, "no milestones")
}

func TestFaultsOfARowStandAtTheirFields(t *testing.T) {
	s, _ := newProcessSite(t)
	row := formOn(t, s.get(editP+"?form=row&m=money").Page(t), rowForm, url.Values{"patience_days": {"4000"}})
	got := s.post(editP+"/row", row)
	mustSee(t, got, http.StatusUnprocessableEntity, "1 to 1,095 days")
	if at := got.Page(t).Find(`.err input[name=patience_days]`).AttrOr("value", ""); at != "4000" {
		t.Errorf("the fault stands at %q", at)
	}
	nameless := s.post(editP+"/row", formOn(t, s.get(editP+"?form=row&m=money").Page(t), rowForm, url.Values{"name": {" "}}))
	if nameless.Page(t).Find(`.err input[name=name]`).Length() != 1 {
		t.Errorf("a row without a name is answered %s", nameless.Status)
	}
}

func TestWhatMattersIsSaidInWordsFirst(t *testing.T) {
	s := newTeamSite(t)
	page := s.get("/processes/p/evidence")
	mustSee(t, page, http.StatusOK, "closed deals", "Does the order matter?", "How it is counted")
	doc := page.Page(t)
	rows := doc.Find("#main table").First().Find("tbody tr")
	if rows.Length() != s.get("/processes/p").Page(t).Find(".road-list > li").Length() {
		t.Errorf("%d milestones are told of", rows.Length())
	}
	rows.Each(func(_ int, row *goquery.Selection) {
		if verdict := plain(row.Find("td").Last().Text()); verdict == "" {
			t.Errorf("%s has no verdict", plain(row.Find("th").Text()))
		}
	})
	small, _ := newProcessSite(t)
	mustSee(t, small.get("/processes/p/evidence"), http.StatusOK, "Cannot tell yet: no deal is closed.")
	for _, nowhere := range []string{"/processes/x", "/processes/x/edit", "/processes/x/publish", "/processes/x/evidence", "/processes/p/versions/x"} {
		if got := small.get(nowhere); got.StatusCode != http.StatusNotFound {
			t.Errorf("%s is answered %s", nowhere, got.Status)
		}
	}
}

func TestInABrowserAltAndArrowsMoveARow(t *testing.T) {
	s, _ := newProcessSite(t)
	b := newBrowser(t, s)
	b.open(editP)
	b.await(`document.querySelector("#m-yes [data-key=up]") !== null`)
	ask[bool](b, `(document.querySelector("#m-yes [data-key=up]").focus(), true)`)
	ask[bool](b, `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowUp", altKey: true, bubbles: true, cancelable: true})), true`)
	b.await(`document.querySelector("#toast").textContent.includes("is now number 2 of 3")`)
	b.await(`document.activeElement === document.querySelector("#m-yes [data-key=up]")`)
	if got := ask[string](b, `[...document.querySelectorAll("[data-sortable]")].map((row) => row.id).join()`); got != "m-problem,m-yes,m-money" {
		t.Errorf("the rows are %s", got)
	}
}

func TestTwoDraftsMadeApartAreBothShown(t *testing.T) {
	s, file := newProcessSite(t)
	stamp := process.Stamp{Known: process.DateOf(dbtest.Now)}
	draft := func(names ...string) *process.DraftSaved {
		def := process.Definition{Name: "New business"}
		for _, name := range names {
			def = def.With(process.Milestone{Name: name, Required: true})
		}
		return &process.DraftSaved{Stamp: stamp, Process: "p", Definition: def}
	}
	dbtest.Record(t, file, draft("The buyer has met our engineers"))
	dbtest.Record(t, file, draft("The buyer has visited us"))

	page := s.get(editP)
	mustSee(t, page, http.StatusOK, "Anna changed the draft", "The buyer has met our engineers")
	if got := names(page.Page(t)); got != "The buyer has visited us" {
		t.Errorf("the draft that is shown has %s", got)
	}
	chosen := s.post(editP+"/choose", formOn(t, page.Page(t), `form[action="`+editP+`/choose"]`, nil))
	if chosen.StatusCode != http.StatusSeeOther {
		t.Fatalf("choosing is answered %s", chosen.Status)
	}
	after := s.get(editP).Page(t)
	if got := names(after); got != "The buyer has met our engineers" || after.Find(`form[action$="/choose"]`).Length() != 0 {
		t.Errorf("after the choice the draft has %s", got)
	}
}

func TestASuggestionIsNothingThatTheProcessHasAlready(t *testing.T) {
	s := newSite(t)
	edit := s.post("/processes/new", url.Values{"template": {"consulting"}}).Header.Get("Location")
	form := formOn(t, s.get(edit+"?form=add").Page(t), `form[action$="/row"]`, nil)
	form.Set("name", "Quote sent")
	asked := s.post(edit+"/row", form).Page(t)
	offered := asked.Find("#f-answer label")
	if offered.Length() < 2 {
		t.Fatalf("the question offers %q", offered.Text())
	}
	has := map[string]bool{}
	asked.Find("#draft li h3").Each(func(_ int, h *goquery.Selection) { has[plain(h.Text())] = true })
	offered.Each(func(_ int, l *goquery.Selection) {
		if has[plain(l.Text())] {
			t.Errorf("it offers %q, which is there already", plain(l.Text()))
		}
	})
}
