package processes_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/chromedp/chromedp"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
)

func TestRowsAreMovedAndRemovedAndTheDraftThrownAway(t *testing.T) {
	s, _ := newProcessSite(t)
	act := func(what, key, to string) handlerstest.Answer {
		base := s.Get(editP).Page(t).Find(`#m-`+key+` input[name=base]`).AttrOr("value", "")
		return s.Post(editP+"/"+what, url.Values{"key": {key}, "to": {to}, "base": {base}})
	}
	moved := act("move", "yes", "up")
	page := s.Get(strings.Split(moved.Header.Get("Location"), "#")[0])
	mustSee(t, page, http.StatusOK, "“The decision maker has said yes” is now number 2 of 3.")
	if key, ok := page.Page(t).Find("#m-yes [data-focus]").Attr("data-key"); !ok || key != "up" {
		t.Errorf("the focus does not stay with the row that was moved: %q", key)
	}
	if got := page.Page(t).Find("[data-key=up]:disabled, [data-key=down]:disabled").Length(); got != 2 {
		t.Errorf("%d buttons are shut; the first row cannot go up, the last not down", got)
	}
	act("remove", "problem", "")
	if got := names(s.Get(editP).Page(t)); got != "The decision maker has said yes | The buyer has set money aside" {
		t.Errorf("the draft has %s", got)
	}
	mustSee(t, s.Get("/processes/p/publish"), http.StatusOK, "1 removed, 1 moved")
	thrown := s.Post(editP+"/discard", formOn(t, s.Get(editP).Page(t), `form[action$="/discard"]`, nil))
	if thrown.Header.Get("Location") != "/processes/p" {
		t.Errorf("throwing the draft away leads to %q", thrown.Header.Get("Location"))
	}
	if got := s.Get("/processes/p"); strings.Contains(got.Text, "version 2") {
		t.Error("the draft is still there")
	}
	mustSee(t, s.Get("/processes/p/publish"), http.StatusOK, "There is nothing to publish.")
}

func TestANewProcessBeginsWithATemplateOrNothing(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	mustSee(t, s.Get("/process"), http.StatusOK, "no sales process yet")
	if got := s.Get("/processes/new").Page(t).Find("form button.quiet").Length(); got != 5 {
		t.Errorf("%d ways to begin are offered", got)
	}
	begun := s.Post("/processes/new", url.Values{"template": {"saas"}})
	edit := begun.Header.Get("Location")
	mustSee(t, s.Get(edit), http.StatusOK, "draft of version 1")
	mustSee(t, s.Get("/process"), http.StatusOK, "draft, not in force yet")
	publish := strings.TrimSuffix(edit, "/edit") + "/publish"
	form := formOn(t, s.Get(publish).Page(t), `form[action="`+publish+`"]`, nil)
	if got := s.Post(publish, form); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("publishing a template is answered %s: %s", got.Status, handlerstest.Words(got.Page(t), ".note"))
	}
	mustSee(t, s.Get(strings.TrimSuffix(edit, "/edit")), http.StatusOK, "Version 1 is in force from today.")

	empty := s.Post("/processes/new", url.Values{"template": {""}}).Header.Get("Location")
	mustSee(t, s.Get(empty), http.StatusOK, "There are no milestones here yet.")
	publish = strings.TrimSuffix(empty, "/edit") + "/publish"
	refused := s.Post(publish, formOn(t, s.Get(publish).Page(t), `form[action="`+publish+`"]`, nil))
	mustSee(t, refused, http.StatusUnprocessableEntity, "no milestones")
}

func TestFaultsOfARowStandAtTheirFields(t *testing.T) {
	s, _ := newProcessSite(t)
	row := formOn(t, s.Get(editP+"?form=row&m=money").Page(t), rowForm, url.Values{"patience_days": {"4000"}})
	got := s.Post(editP+"/row", row)
	mustSee(t, got, http.StatusUnprocessableEntity, "1 to 1,095 days")
	if at := got.Page(t).Find(`.err input[name=patience_days]`).AttrOr("value", ""); at != "4000" {
		t.Errorf("the fault stands at %q", at)
	}
	nameless := s.Post(editP+"/row", formOn(t, s.Get(editP+"?form=row&m=money").Page(t), rowForm, url.Values{"name": {" "}}))
	if nameless.Page(t).Find(`.err input[name=name]`).Length() != 1 {
		t.Errorf("a row without a name is answered %s", nameless.Status)
	}
}

func TestWhatMattersIsSaidInWordsFirst(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewTeamSite(t)
	page := s.Get("/processes/p/evidence")
	mustSee(t, page, http.StatusOK, "closed deals", "Does the order matter?", "How it is counted")
	doc := page.Page(t)
	rows := doc.Find("#main table").First().Find("tbody tr")
	if rows.Length() != s.Get("/processes/p").Page(t).Find(".road-list > li").Length() {
		t.Errorf("%d milestones are told of", rows.Length())
	}
	rows.Each(func(_ int, row *goquery.Selection) {
		if verdict := handlerstest.Plain(row.Find("td").Last().Text()); verdict == "" {
			t.Errorf("%s has no verdict", handlerstest.Plain(row.Find("th").Text()))
		}
	})
	small, _ := newProcessSite(t)
	mustSee(t, small.Get("/processes/p/evidence"), http.StatusOK, "No deal has closed yet.")
	for _, nowhere := range []string{"/processes/x", "/processes/x/edit", "/processes/x/publish", "/processes/x/evidence", "/processes/p/versions/x"} {
		if got := small.Get(nowhere); got.StatusCode != http.StatusNotFound {
			t.Errorf("%s is answered %s", nowhere, got.Status)
		}
	}
}

func TestInABrowserAltAndArrowsMoveARow(t *testing.T) {
	t.Parallel()
	s, _ := newProcessSite(t)
	b := handlerstest.NewBrowser(t, s)
	b.Open(editP)
	b.Await(`document.querySelector("#m-yes [data-key=up]") !== null`)
	handlerstest.Ask[bool](b, `(document.querySelector("#m-yes [data-key=up]").focus(), true)`)
	handlerstest.Ask[bool](b, `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowUp", altKey: true, bubbles: true, cancelable: true})), true`)
	b.Await(`document.querySelector("#toast").textContent.includes("is now number 2 of 3")`)
	b.Await(`document.activeElement === document.querySelector("#m-yes [data-key=up]")`)
	if got := handlerstest.Ask[string](b, `[...document.querySelectorAll("[data-sortable]")].map((row) => row.id).join()`); got != "m-problem,m-yes,m-money" {
		t.Errorf("the rows are %s", got)
	}
}

// The pointer rests where it pressed: the button of the row that was moved comes under it again, at the ends of the page too.
func TestInABrowserAMovedRowStaysUnderThePointer(t *testing.T) {
	t.Parallel()
	s, _ := newProcessSite(t)
	b := handlerstest.NewBrowser(t, s)
	b.Wear("milstolpe-lang", "en")
	b.Do(chromedp.EmulateViewport(1280, 500))
	b.Open(editP)
	for _, m := range []struct{ button, at string }{
		{"#m-yes [data-key=up]", "number 2 of 3"}, {"#m-yes [data-key=up]", "number 1 of 3"}, {"#m-yes [data-key=down]", "number 2 of 3"}, {"#m-yes [data-key=down]", "number 3 of 3"},
	} {
		top := `Math.round(document.querySelector("` + m.button + `").getBoundingClientRect().top)`
		before := handlerstest.Ask[int](b, `(document.querySelector("`+m.button+`").scrollIntoView({block: "center"}), document.querySelector("`+m.button+`").focus(), `+top+`)`)
		b.Do(chromedp.Click(chromedp.CSS(m.button)))
		b.Await(`document.querySelector("#toast").textContent.includes("` + m.at + `")`)
		if after := handlerstest.Ask[int](b, top); after < before-2 || after > before+2 {
			t.Errorf("moved to %s, the button stands at %d, and was pressed at %d", m.at, after, before)
		}
	}
}

func TestInABrowserASavedRowStaysWhereItIs(t *testing.T) {
	t.Parallel()
	s, _ := newProcessSite(t)
	b := handlerstest.NewBrowser(t, s)
	b.Wear("milstolpe-lang", "en")
	b.Do(chromedp.EmulateViewport(1280, 500))
	b.Open(editP + "?form=row&m=yes#m-yes")
	b.Do(chromedp.SetValue(chromedp.CSS("#m-yes #f-our_part"), "Send a summary."), chromedp.Click(chromedp.CSS("#m-yes form .row button")))
	b.Await(`document.querySelector("#toast").textContent.includes("is saved in the draft")`)
	b.Await(`document.activeElement.matches("#m-yes .acts a")`)
	if top := handlerstest.Ask[float64](b, `document.activeElement.getBoundingClientRect().top`); top < 0 || top > 500 {
		t.Errorf("the row that was saved stands %v px from the top of a window of 500", top)
	}
}

func TestTwoDraftsMadeApartAreBothShown(t *testing.T) {
	s, file := newProcessSite(t)
	stamp := process.Stamp{Known: process.DateOf(dbtest.Now)}
	draft := func(name string, names ...string) *process.DraftSaved {
		def := process.Definition{Name: name}
		for _, name := range names {
			def = def.With(process.Milestone{Name: name, Required: true})
		}
		return &process.DraftSaved{Stamp: stamp, Process: "p", Definition: def}
	}
	dbtest.Record(t, file, draft("Business", "The buyer has met our engineers"))
	dbtest.Record(t, file, draft("Sales", "The buyer has visited us"))

	page := s.Get(editP)
	mustSee(t, page, http.StatusOK, "Anna changed the draft", "The buyer has met our engineers")
	if got := names(page.Page(t)); got != "The buyer has visited us" {
		t.Errorf("the draft that is shown has %s", got)
	}
	chosen := s.Post(editP+"/choose", formOn(t, page.Page(t), `form[action="`+editP+`/choose"]`, nil))
	if chosen.StatusCode != http.StatusSeeOther {
		t.Fatalf("choosing is answered %s", chosen.Status)
	}
	after := s.Get(editP).Page(t)
	if got := names(after); got != "The buyer has met our engineers" || after.Find(`form[action$="/choose"]`).Length() != 0 {
		t.Errorf("after the choice the draft has %s", got)
	}
}

func TestASuggestionIsNothingThatTheProcessHasAlready(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	edit := s.Post("/processes/new", url.Values{"template": {"consulting"}}).Header.Get("Location")
	form := formOn(t, s.Get(edit+"?form=add").Page(t), `form[action$="/row"]`, nil)
	form.Set("name", "Quote sent")
	asked := s.Post(edit+"/row", form).Page(t)
	offered := asked.Find("#f-answer label")
	if offered.Length() < 2 {
		t.Fatalf("the question offers %q", offered.Text())
	}
	has := map[string]bool{}
	asked.Find("#draft li h3").Each(func(_ int, h *goquery.Selection) { has[handlerstest.Plain(h.Text())] = true })
	offered.Each(func(_ int, l *goquery.Selection) {
		if has[handlerstest.Plain(l.Text())] {
			t.Errorf("it offers %q, which is there already", handlerstest.Plain(l.Text()))
		}
	})
}
