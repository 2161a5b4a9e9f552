package handlerstest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Browser is a Chromium that looks at a site. What its console says beyond what was expected fails the test.
type Browser struct {
	T    testing.TB
	Ctx  context.Context
	Site *Site
	mu   sync.Mutex
	said []string

	Expect []string // status codes of pages that are meant to fail
}

// browsing is how long a test may look at pages.
func browsing() time.Duration {
	if *EveryLook {
		return time.Hour
	}
	return 4 * time.Minute
}

// NewBrowser opens a window with a profile of its own, and lets it in.
func NewBrowser(t testing.TB, s *Site) *Browser {
	t.Helper()
	limit, stop := context.WithTimeout(shared.borrow(t), browsing())
	ctx, closeIt := chromedp.NewContext(limit, chromedp.WithNewBrowserContext())
	b := &Browser{T: t, Ctx: ctx, Site: s}
	b.Do(chromedp.EmulateViewport(1280, 900))
	b.focus()
	listening := make(chan struct{})
	messages := chromedp.Console(ctx)
	go func() {
		defer close(listening)
		for m, err := range messages {
			if err != nil {
				return
			}
			b.note(m)
		}
	}()
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Logf("close the window: %v", err)
		}
		closeIt()
		stop()
		<-listening
		for _, said := range b.said {
			t.Errorf("the console says: %s", said)
		}
	})
	b.Do(chromedp.Navigate(s.Server.EntryURL("/help/style")))
	return b
}

// note keeps a message of the console. A form that comes back with faults is reported by Chromium as a failed request; we expect it.
func (b *Browser) note(m chromedp.ConsoleMessage) {
	if m.Source == "network" && slices.ContainsFunc(append(b.Expect, "422"), func(code string) bool { return strings.Contains(m.Text, code) }) {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.said = append(b.said, fmt.Sprintf("%s %s (%s)", m.Type, m.Text, m.URL))
}

// Do takes steps in the browser and fails the test if one cannot be taken.
func (b *Browser) Do(steps ...chromedp.Action[chromedp.Void]) {
	b.T.Helper()
	if err := chromedp.Do(b.Ctx, steps...); err != nil {
		b.T.Fatalf("in the browser: %v", err)
	}
}

// Open goes to a page of the site and waits until its script listens: a key that is pressed before does nothing.
func (b *Browser) Open(path string) {
	b.T.Helper()
	b.Do(chromedp.Navigate(b.Site.Web.URL + path))
	b.Await(`document.readyState === "complete"`)
}

// Wear sets a preference that the program keeps in a cookie.
func (b *Browser) Wear(name, value string) {
	b.T.Helper()
	_, err := chromedp.Call(b.Ctx, network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: b.Site.Web.URL + "/"})
	if err != nil {
		b.T.Fatalf("set the cookie %s: %v", name, err)
	}
}

// Ask is the value of an expression in the page.
func Ask[T any](b *Browser, expression string) T {
	b.T.Helper()
	value, err := chromedp.Run(b.Ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.T.Fatalf("ask the page %s: %v", expression, err)
	}
	return value
}

// Await waits until an expression in the page is true. While a page is being changed for another, what it asks for may not be there, nor
// anybody to ask.
func (b *Browser) Await(expression string) {
	b.T.Helper()
	careful := chromedp.Evaluate[bool](`(() => { try { return Boolean(` + expression + `) } catch { return false } })()`)
	var last error
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		came, err := chromedp.Run(b.Ctx, careful)
		if came && err == nil {
			return
		}
		last = err
	}
	b.T.Fatalf("the page never came to %s (%v)", expression, last)
}

// Press types keys wherever the focus is.
func (b *Browser) Press(keys string) {
	b.T.Helper()
	for _, key := range keys {
		b.Do(chromedp.KeyEvent(string(key)))
	}
}

// Forget is what the console has said so far, which a test expected.
func (b *Browser) Forget() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	said := strings.Join(b.said, " ")
	b.said = nil
	return said
}

// FillAndSave fills in "#field=value #field=value" and sends the form, which leads back to the deal's page.
func (b *Browser) FillAndSave(fields, page string) {
	b.T.Helper()
	for _, field := range strings.Split(fields, " #") {
		name, value, _ := strings.Cut(strings.TrimPrefix(field, "#"), "=")
		b.Do(chromedp.SetValue(chromedp.CSS("#"+name), value))
	}
	b.Do(chromedp.Click(chromedp.CSS("form.page-form button")))
	b.Await(`location.pathname === "` + page + `" && document.readyState === "complete"`)
}

// Picture writes the whole page.
func (b *Browser) Picture(path string) {
	b.T.Helper()
	png, err := chromedp.Run(b.Ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(path, png, 0o600)
	}
	if err != nil {
		b.T.Fatalf("picture %s: %v", path, err)
	}
}

// Paper writes the page as it is printed on A4.
func (b *Browser) Paper(path string) {
	b.T.Helper()
	result, err := chromedp.Call(b.Ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: new(true), PrintBackground: new(true), PaperWidth: 8.27, PaperHeight: 11.69})
	if err == nil {
		err = os.WriteFile(path, result.Data, 0o600)
	}
	if err != nil {
		b.T.Fatalf("print %s: %v", path, err)
	}
}

// Sheets is on how many sheets of paper the page is printed.
func (b *Browser) Sheets() string {
	b.T.Helper()
	path := filepath.Join(b.T.TempDir(), "printed.pdf")
	b.Paper(path)
	pdf, err := os.ReadFile(path)
	if err != nil {
		b.T.Fatal(err)
	}
	if count := regexp.MustCompile(`/Count (\d+)`).FindSubmatch(pdf); count != nil {
		return string(count[1])
	}
	return "an unknown number of"
}
