package handlers_test

import (
	"net/http"
	"testing"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
)

func TestNoLinkIsDead(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]*handlerstest.Site{
		"example": handlerstest.NewExampleSite(t, i18n.Swedish), "new file": handlerstest.NewSite(t), "no file": handlerstest.NewSiteWithoutFile(t),
	} {
		t.Run(name, func(t *testing.T) {
			seen := 0
			s.Crawl([]string{"/", "/welcome"}, func(at handlerstest.Link, got handlerstest.Answer) {
				seen++
				if got.StatusCode != http.StatusOK && got.StatusCode != http.StatusSeeOther {
					t.Errorf("%s leads to %s, which answers %s", at.From, at.To, got.Status)
				}
			})
			t.Logf("%d addresses", seen)
			if seen < 8 {
				t.Errorf("only %d addresses were found", seen)
			}
		})
	}
}
