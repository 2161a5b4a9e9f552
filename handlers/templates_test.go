package handlers_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/jba/templatecheck"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
)

func TestTemplatesFitTheirStructs(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSiteWithoutFile(t, func(c *web.Config) { c.Pseudo = true })
	for l := range s.Server.Texts() {
		for name, data := range s.Server.Declared() {
			set, err := s.Server.Set(l, name)
			if err != nil {
				t.Errorf("%s in %s does not parse: %v", name, l, err)
				continue
			}
			execute := name
			if set.Lookup(name) == nil || name == "style" {
				execute = "layout/page"
			}
			if err := templatecheck.CheckHTML(set.Lookup(execute), data); err != nil {
				t.Errorf("%s in %s does not fit %T: %v", name, l, data, err)
			}
		}
	}
}

var (
	comment   = regexp.MustCompile(`(?s)\{\{-?\s*/\*.*?\*/\s*-?\}\}`)
	action    = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	tag       = regexp.MustCompile(`(?s)<[^>]*>`)
	spoken    = regexp.MustCompile(`\b(title|alt|placeholder|aria-label|aria-description|aria-roledescription|label|content)="([^"]*)"`)
	letters   = regexp.MustCompile(`\pL`)
	forbidden = regexp.MustCompile(`(?i)<style|<script(?: [^>]*)?>[^<]|\sstyle=|\son[a-z]+=|hx-on|"js:|javascript:|https?://`)
)

// technical are contents of meta elements, which nobody reads.
var technical = regexp.MustCompile(`^(width=device-width, initial-scale=1|light dark|)$`)

func TestTemplatesHaveNoTextOfTheirOwn(t *testing.T) {
	eachTemplate(t, func(name, body string) {
		bare := action.ReplaceAllString(comment.ReplaceAllString(body, ""), "")
		for _, m := range spoken.FindAllStringSubmatch(bare, -1) {
			if letters.MatchString(m[2]) && !technical.MatchString(m[2]) {
				t.Errorf("%s has %s; texts belong in the catalogues", name, m[0])
			}
		}
		if text := tag.ReplaceAllString(bare, ""); letters.MatchString(text) {
			t.Errorf("%s has the text %q; texts belong in the catalogues", name, strings.Join(strings.Fields(text), " "))
		}
	})
}

func TestTemplatesHaveNothingInlineAndNothingFromOutside(t *testing.T) {
	eachTemplate(t, func(name, body string) {
		if m := forbidden.FindString(body); m != "" {
			t.Errorf("%s has %q, which the content security policy refuses", name, m)
		}
	})
}
