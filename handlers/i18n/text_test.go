package i18n_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/money"
)

func TestTextsTakeTheirValues(t *testing.T) {
	text, err := handlerstest.ReadText(handlerstest.Catalogue{"locale/sv/a.json": `{
		"plain": "Hej",
		"both": "{{.B}} före {{.A}}",
		"count": {"one": "{{.A}} affär i {{.B}}", "other": "{{.A}} affärer i {{.B}}"}
	}`}.Fs(), i18n.Swedish)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	for _, c := range []struct {
		key  string
		args []any
		want string
	}{
		{"plain", nil, "Hej"},
		{"both", []any{"ett", "två"}, "två före ett"},
		{"both", []any{"ett"}, " före ett"},
		{"count", []any{1, "Umeå"}, "1 affär i Umeå"},
		{"count", []any{0, "Umeå"}, "0 affärer i Umeå"},
		{"count", []any{int64(12_345), "Umeå"}, "12\u00a0345 affärer i Umeå"},
		{"count", []any{process.MustDate("2026-11-23"), money.New(150_000, "SEK")}, "23\u00a0nov.\u00a02026 affärer i 1\u00a0500\u00a0kr"},
		{"no.such", nil, "no.such"},
	} {
		if got := text.T(c.key, c.args...); got != c.want {
			t.Errorf("T(%q, %v) = %q, want %q", c.key, c.args, got, c.want)
		}
	}
}

func TestSentencesHaveLinksAndStrongWords(t *testing.T) {
	text, err := handlerstest.ReadText(handlerstest.Catalogue{"locale/en/a.json": `{
		"calm": "As of *{{.A}}*: {{.B}} from [{{.C}} open deals]({{.D}})."
	}`}.Fs(), i18n.English)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	got := text.Sentence("calm", "15 May", i18n.Piece{Text: "0.74m", Href: "/won", NoBreak: true}, 34, "/deals")
	want := []i18n.Piece{
		{Text: "As of "},
		{Text: "15 May", Strong: true},
		{Text: ": "},
		{Text: "0.74m", Href: "/won", NoBreak: true},
		{Text: " from "},
		{Text: "34 open deals", Href: "/deals"},
		{Text: "."},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pieces (-want +got):\n%s", diff)
	}
}

func TestLanguageFollowsTheReader(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ situation, cookie, accept, started, want string }{
		{"a choice in this browser wins", "en", "sv", "sv", "en"},
		{"then what the program was started with", "", "en", "sv", "sv"},
		{"then what the browser asks for", "", "en-GB,en;q=0.9,sv;q=0.8", "", "en"},
		{"Norwegians read Swedish", "", "nb-NO,nb;q=0.9,en;q=0.8", "", "sv"},
		{"others read English", "", "de-DE", "", "en"},
		{"who asks for nothing gets Swedish", "", "", "", "sv"},
		{"a language we do not have is no choice", "fi", "en", "", "en"},
		{"the pseudo-language is for tests", "en-XA", "sv", "", "sv"},
	} {
		t.Run(c.situation, func(t *testing.T) {
			s := handlerstest.NewSite(t, func(config *web.Config) { config.Lang = i18n.Lang(c.started) })
			s.Forget("milstolpe-lang")
			r := s.Request("GET", "/help/style", nil)
			r.Header.Set("Accept-Language", c.accept)
			if c.cookie != "" {
				r.Header.Add("Cookie", "milstolpe-lang="+c.cookie)
			}
			page := s.Do(r).Page(t)
			if got := page.Find("html").AttrOr("lang", ""); got != c.want {
				t.Errorf("the page is in %q, want %q", got, c.want)
			}
		})
	}
}
