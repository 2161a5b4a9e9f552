package handlers_test

import (
	"testing"

	"github.com/jba/templatecheck"

	"milstolpe/handlers"
)

func TestTemplatesFitTheirStructs(t *testing.T) {
	s := newSiteWithoutFile(t, func(c *handlers.Config) { c.Pseudo = true })
	for l := range s.server.Texts() {
		for name, data := range s.server.Declared() {
			set, err := s.server.Set(l, name)
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
