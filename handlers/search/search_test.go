package search_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"milstolpe/handlers/handlerstest"
)

// written is a site in which something has been written about its first deal.
func written(t testing.TB) *handlerstest.DealSite {
	t.Helper()
	s := handlerstest.NewDealSite(t)
	s.Send(s.Open("/deals/d1?form=journal", "/deals/d1/journal").With("entry", "The dryer stands in hall 4."))
	s.Send(s.Open("/deals/d1?form=reach&m=owned", "/deals/d1/milestones/owned/reach").With("evidence", "Mail about humidity"))
	s.Send(s.Open("/deals/d2/close", "/deals/d2/close").With("outcome", "lost", "reason", "Too dear", "competitor", "Kylman"))
	return s
}

func TestSearchShowsTheLineThatHasIt(t *testing.T) {
	t.Parallel()
	s := written(t)
	// Both deals are Anna's, so her name is more than one thing.
	page := s.Get("/search?q=anna").Page(t)
	if got := handlerstest.Texts(page, "#deals li a"); len(got) != 2 || page.Find("#deals li b").Length() != 2 {
		t.Errorf("Anna's deals: %q", handlerstest.Words(page, "main"))
	}
	// Every word must be somewhere in a deal: "dear" is in the reason of one.
	page = s.Get("/search?q=e").Page(t)
	if n := page.Find("#deals li").Length(); n != 2 {
		t.Errorf("%d deals have an e", n)
	}
	list := s.Get("/deals?q=dryer").Page(t)
	if got := handlerstest.Words(list, "tr[data-row] .seen"); got != "Journal, 23 Nov: The dryer stands in hall 4." || handlerstest.Words(list, "tr[data-row] .seen b") != "dryer" {
		t.Errorf("the list of deals says %q", got)
	}
	if list.Find("tr[data-row]").Length() != 1 {
		t.Error("the list is not narrowed down")
	}
	closed := s.Get("/deals?status=closed&q=kylman").Page(t)
	if got := handlerstest.Words(closed, "tr[data-row] .seen"); got != "Competitor, 23 Nov: Kylman" {
		t.Errorf("the list of closed deals says %q", got)
	}
}

func TestASoleMatchOpens(t *testing.T) {
	t.Parallel()
	s := written(t)
	for question, want := range map[string]string{
		"dryer": "/deals/d1", "humidity": "/deals/d1", "too dear": "/deals/d2", "kylman": "/deals/d2", "maja": "/deals/d1", "070-174 06": "/deals/d1",
		"sagverk": "/deals/d1", "vretens": "/deals/d2",
	} {
		got := s.Get("/search?q=" + url.QueryEscape(question))
		if got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != want {
			t.Errorf("%q: %s to %q, want %q", question, got.Status, got.Header.Get("Location"), want)
		}
	}
	for _, question := range []string{"", "anna", "zzzz", "sagvrek"} {
		if got := s.Get("/search?q=" + url.QueryEscape(question)); got.StatusCode != http.StatusOK {
			t.Errorf("%q opens %q", question, got.Header.Get("Location"))
		}
	}
}

func TestNamesThatAreNearlySpelledSoAreOffered(t *testing.T) {
	t.Parallel()
	page := written(t).Get("/search?q=kolboten").Page(t)
	if got := handlerstest.Words(page, "main .note"); !strings.Contains(got, "kolboten") {
		t.Errorf("nothing says that another word was looked for: %q", got)
	}
	if page.Find("#deals a[href='/deals/d1']").Length() != 1 || page.Find("#customers a[href='/customers/c1']").Length() != 1 {
		t.Errorf("found: %q", handlerstest.Words(page, "main"))
	}
	if handlerstest.Words(page, "#customers b") != "" { // names of customers stand alone
		t.Error("a name is marked")
	}
	nothing := written(t).Get("/search?q=xyzzy").Page(t)
	if nothing.Find("main li").Length() != 0 || nothing.Find("main a[href='/deals']").Length() != 1 {
		t.Errorf("of nothing: %q", handlerstest.Words(nothing, "main"))
	}
}

func TestInABrowserTheFieldSuggestsWhileTyping(t *testing.T) {
	t.Parallel()
	s := written(t)
	axe, err := os.ReadFile(filepath.Join("..", "testdata", "axe", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	b := handlerstest.NewBrowser(t, s.Site)
	b.Wear("milstolpe-lang", "en")
	for _, width := range []int64{390, 1280} {
		b.Do(chromedp.EmulateViewport(width, 800))
		b.Open("/process")
		b.Press("/")
		b.Await(`document.activeElement.id === "search"`)
		handlerstest.Ask[string](b, `document.querySelector("#search").value = ""`) // the browser's driver types the key that was taken, too
		b.Press("anna")
		b.Await(`document.querySelectorAll("#suggestions a[href^='/deals/']").length === 2`)
		if all := handlerstest.Ask[int64](b, "document.documentElement.scrollWidth"); all > width {
			t.Errorf("with suggestions, a page of %d px is %d wide", width, all)
		}
		b.Press(kb.ArrowDown + kb.ArrowDown)
		if at := handlerstest.Ask[string](b, "document.activeElement.getAttribute('href')"); at != handlerstest.Ask[string](b, "document.querySelectorAll('#suggestions a')[1].getAttribute('href')") {
			t.Errorf("two down is %q", at)
		}
		handlerstest.Ask[bool](b, string(axe)+"; true")
		for _, fault := range b.Faults() {
			t.Errorf("with suggestions: %s", fault)
		}
		b.Press(kb.Escape)
		b.Await(`document.activeElement.id === "search" && !document.querySelector("#suggestions a")`)
		// Enter opens what alone can be meant.
		handlerstest.Ask[string](b, `document.querySelector("#search").value = ""`)
		b.Press("dryer")
		b.Await(`document.querySelectorAll("#suggestions a").length === 1`)
		b.Press("\r")
		b.Await(`location.pathname === "/deals/d1" && document.readyState === "complete"`)
	}
}
