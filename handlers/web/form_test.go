package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"milstolpe/handlers/handlerstest"
)

func wrongForm() url.Values {
	return url.Values{"name": {"  "}, "day": {"31/12"}, "count": {"many"}, "note": {"<b>as typed</b>"}, "pick": {"2"}}
}

func TestAFormWithFaultsComesBackAsItWas(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	got := s.Post("/help/style", wrongForm())
	if got.StatusCode != http.StatusUnprocessableEntity {
		t.Fatalf("the form was answered %s", got.Status)
	}
	page := got.Page(t)
	if n := page.Find("main [role=alert][data-focus] li").Length(); n != 3 {
		t.Errorf("the summary has %d faults, want 3", n)
	}
	if got := page.Find("[data-focus] h2").Text(); got != "3 things need to be put right" {
		t.Errorf("the summary is headed %q", got)
	}
	for field, want := range map[string]string{
		"name": "This must be filled in", "day": "Write the day as year-month-day, for example 2026-11-23",
		"count": "Write a number, for example 250,000 or 2.5",
	} {
		control := page.Find("#f-" + field)
		if control.AttrOr("aria-invalid", "") != "true" {
			t.Errorf("%s is not marked as wrong", field)
		}
		first, _, _ := strings.Cut(control.AttrOr("aria-describedby", ""), " ")
		if got := page.Find("#" + first).Text(); got != want {
			t.Errorf("%s says %q, want %q", field, got, want)
		}
		label := strings.TrimSpace(page.Find(`label[for="f-` + field + `"]`).Contents().First().Text())
		if got := page.Find(`[data-focus] a[href="#f-` + field + `"]`).Text(); got != label+": "+want {
			t.Errorf("the summary says %q of %s, want its label and %q", got, field, want)
		}
	}
	if got := page.Find("#f-note").Text(); got != "<b>as typed</b>" {
		t.Errorf("the note came back as %q", got)
	}
	if got := page.Find("#f-day").AttrOr("value", ""); got != "31/12" {
		t.Errorf("the day came back as %q", got)
	}
	if _, ok := page.Find(`input[name=pick][value="2"]`).Attr("checked"); !ok {
		t.Error("the choice is lost")
	}
}

func TestWithHtmxOnlyTheFormComesBack(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	got := s.Fragment(http.MethodPost, "/help/style", "div#style-form", wrongForm())
	if got.StatusCode != http.StatusUnprocessableEntity {
		t.Fatalf("the form was answered %s", got.Status)
	}
	if !strings.HasPrefix(strings.TrimSpace(got.Text), `<div id="style-form">`) || strings.Contains(got.Text, "<html") {
		t.Errorf("the answer begins with %.80q", got.Text)
	}
	if got.Page(t).Find("[data-focus] li").Length() != 3 {
		t.Error("the faults are not in it")
	}
}

func TestASaveIsSaidOnceOnThePageAfterIt(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	right := url.Values{"name": {"Ekeby & son"}, "day": {"2026-12-31"}}
	got := s.Post("/help/style", right)
	if got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/help/style" {
		t.Fatalf("the form was answered %s to %q", got.Status, got.Header.Get("Location"))
	}
	for _, c := range got.Cookies() {
		if strings.Contains(c.Value, "Ekeby") {
			t.Errorf("the cookie %s holds what was typed", c.Name)
		}
	}
	if said := s.Get("/help/style").Page(t).Find("#toast").Text(); !strings.Contains(said, "Ekeby & son went well") {
		t.Errorf("the page says %q", said)
	}
	if said := s.Get("/help/style").Page(t).Find("#toast").Text(); said != "" {
		t.Errorf("the page after that says %q again", said)
	}
}

func TestWithHtmxASaveSendsWhatChanged(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	right := url.Values{"name": {"Ekeby"}, "day": {"2026-12-31"}}
	if got := s.Fragment(http.MethodPost, "/help/style", "div#style-form", right); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("the form was answered %s", got.Status)
	}
	got := s.Fragment(http.MethodGet, "/help/style", "div#style-form", nil)
	for _, want := range []string{`<div id="style-form">`, `<hx-partial hx-target="#toast"`, "Ekeby went well", `<hx-partial hx-target="#saved"`} {
		if !strings.Contains(got.Text, want) {
			t.Errorf("the answer has no %s: %.300s", want, got.Text)
		}
	}
	if strings.Contains(got.Text, "<html") {
		t.Error("the answer is a whole page")
	}
}

func TestPageOrPart(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	for _, c := range []struct {
		situation string
		header    map[string]string
		whole     bool
	}{
		{"a browser", nil, true},
		{"htmx", map[string]string{"HX-Request": "true", "HX-Target": "div#style-form"}, false},
		{"a boosted link", map[string]string{"HX-Request": "true", "HX-Boosted": "true", "HX-Target": "body"}, true},
		{"back in the history", map[string]string{"HX-Request": "true", "HX-History-Restore-Request": "true"}, true},
		{"a part that the page does not know", map[string]string{"HX-Request": "true", "HX-Target": "div#other"}, true},
	} {
		t.Run(c.situation, func(t *testing.T) {
			r := s.Request(http.MethodGet, "/help/style", nil)
			for name, value := range c.header {
				r.Header.Set(name, value)
			}
			got := s.Do(r)
			if whole := strings.Contains(got.Text, "<html"); whole != c.whole {
				t.Errorf("whole page %v, want %v", whole, c.whole)
			}
			if c.situation == "a part that the page does not know" && got.Header.Get("HX-Reselect") != "main" {
				t.Error("the whole page would be put into the part")
			}
		})
	}
}

func TestAFormThatIsTooLargeIsRefusedWithASentence(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	got := s.Post("/help/style", url.Values{"name": {"x"}, "day": {"2026-12-31"}, "note": {strings.Repeat("a", 1<<20)}})
	if got.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(got.Text, "At most 1,024 kB can be taken") {
		t.Errorf("%s: %.300s", got.Status, got.Text)
	}
}
