package help_test

import (
	"strings"
	"testing"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/help"
)

func TestEveryTopicHasItsPage(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	links := handlerstest.Texts(s.Get("/help").Page(t), `main a[href^="/help/"]`)
	if len(links) < 8 {
		t.Fatalf("help lists %v", links)
	}
	page := s.Get("/help/server").Page(t)
	if got := page.Find("pre").Length(); got != len(help.ServerCommands) {
		t.Errorf("%d of %d groups of commands are shown", got, len(help.ServerCommands))
	}
	for _, line := range help.ServerCommands[2] {
		if !strings.Contains(page.Find("pre").First().Text(), line) {
			t.Errorf("the page lacks %q", line)
		}
	}
}
