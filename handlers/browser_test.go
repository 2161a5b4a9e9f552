package handlers_test

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/web"
)

// browser is a Chromium that looks at a site. What its console says beyond what was expected fails the test.
type browser struct {
	t    testing.TB
	ctx  context.Context
	site *site
	mu   sync.Mutex
	said []string

	expect []string // status codes of pages that are meant to fail
}

// chromium finds a browser, or skips the test and says so.
func chromium(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no Chromium was found, so nothing was looked at in a real browser: install chromium to run this test")
	return ""
}

// browsing is how long a test may look at pages.
func browsing() time.Duration {
	if *everyLook {
		return time.Hour
	}
	return 4 * time.Minute
}

// newBrowser opens a browser of its own, with its own profile, and lets it in.
func newBrowser(t testing.TB, s *site) *browser {
	t.Helper()
	options := chromedp.WithAllocatorOptions(
		chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
	)
	limit, stop := context.WithTimeout(context.WithoutCancel(t.Context()), browsing())
	ctx, closeIt := chromedp.NewContext(limit, options)
	b := &browser{t: t, ctx: ctx, site: s}
	b.do(chromedp.EmulateViewport(1280, 900))
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
			t.Logf("close the browser: %v", err)
		}
		closeIt()
		stop()
		<-listening
		for _, said := range b.said {
			t.Errorf("the console says: %s", said)
		}
	})
	b.do(chromedp.Navigate(s.server.EntryURL("/help/style")))
	return b
}

// note keeps a message of the console. A form that comes back with faults is reported by Chromium as a failed request; we expect it.
func (b *browser) note(m chromedp.ConsoleMessage) {
	if m.Source == "network" && slices.ContainsFunc(append(b.expect, "422"), func(code string) bool { return strings.Contains(m.Text, code) }) {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.said = append(b.said, fmt.Sprintf("%s %s (%s)", m.Type, m.Text, m.URL))
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatalf("in the browser: %v", err)
	}
}

// open goes to a page of the site and waits until its script listens: a key that is pressed before does nothing.
func (b *browser) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.site.web.URL + path))
	b.await(`document.readyState === "complete"`)
}

// wear sets a preference that the program keeps in a cookie.
func (b *browser) wear(name, value string) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: b.site.web.URL + "/"})
	if err != nil {
		b.t.Fatalf("set the cookie %s: %v", name, err)
	}
}

// ask is the value of an expression in the page.
func ask[T any](b *browser, expression string) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatalf("ask the page %s: %v", expression, err)
	}
	return value
}

// await waits until an expression in the page is true. While a page is being changed for another, what it asks for may not be there, nor
// anybody to ask.
func (b *browser) await(expression string) {
	b.t.Helper()
	careful := chromedp.Evaluate[bool](`(() => { try { return Boolean(` + expression + `) } catch { return false } })()`)
	var last error
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		came, err := chromedp.Run(b.ctx, careful)
		if came && err == nil {
			return
		}
		last = err
	}
	b.t.Fatalf("the page never came to %s (%v)", expression, last)
}

// press types keys wherever the focus is.
func (b *browser) press(keys string) {
	b.t.Helper()
	for _, key := range keys {
		b.do(chromedp.KeyEvent(string(key)))
	}
}

func TestInABrowserTheLookHolds(t *testing.T) {
	b := newBrowser(t, newSite(t, func(c *web.Config) { c.Pseudo = true }))
	for _, lang := range []i18n.Lang{i18n.Swedish, i18n.English, i18n.Pseudo} {
		for theme, paper := range map[string]string{"light": "rgb(251, 248, 241)", "dark": "rgb(26, 24, 21)"} {
			for _, width := range []int64{360, 800, 1280} {
				t.Run(fmt.Sprintf("%s %s %d", lang, theme, width), func(t *testing.T) {
					b.wear("milstolpe-lang", string(lang))
					b.wear("milstolpe-theme", theme)
					b.do(chromedp.EmulateViewport(width, 900))
					b.open("/help/style")
					if over := ask[int](b, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
						t.Errorf("the page is %d px too wide", over)
					}
					if got := ask[string](b, "getComputedStyle(document.documentElement).backgroundColor"); got != paper {
						t.Errorf("the paper is %s, want %s", got, paper)
					}
					shown := ask[int](b, `[...document.querySelectorAll("figure > .wide, figure > .mid, figure > .narrow")].filter(e => e.checkVisibility()).length`)
					if shown != 1 {
						t.Errorf("%d of the three widths of the chart are shown", shown)
					}
				})
			}
		}
	}
}

func TestInABrowserFaultsTakeFocusAndSavesAreSaid(t *testing.T) {
	b := newBrowser(t, newSite(t))
	b.wear("milstolpe-lang", "en")
	b.open("/help/style")
	b.do(chromedp.SetValue(chromedp.CSS("#f-count"), "many"), chromedp.Click(chromedp.CSS("#style-form form button:not([type])")))
	b.await(`document.activeElement.matches("#style-form [data-focus]")`)
	if got := ask[string](b, `document.querySelector("#f-count").value`); got != "many" {
		t.Errorf("the field came back with %q", got)
	}
	if got := ask[string](b, `location.pathname + getComputedStyle(document.querySelector(".err")).borderLeftWidth`); got != "/help/style3px" {
		t.Errorf("the fault looks like %q", got)
	}
	b.do(chromedp.SetValue(chromedp.CSS("#f-name"), "Ekeby"), chromedp.SetValue(chromedp.CSS("#f-count"), "4"),
		chromedp.Click(chromedp.CSS("#style-form form button:not([type])")))
	b.await(`document.querySelector("#toast").textContent.includes("Ekeby went well")`)
	if left := ask[int](b, `document.querySelectorAll(".err").length`); left != 0 {
		t.Errorf("%d faults are still shown", left)
	}
}

func TestInABrowserKeysAreShortcuts(t *testing.T) {
	b := newBrowser(t, newSite(t))
	b.press("jj")
	b.await(`document.activeElement.textContent === "Kolbotten Sågverk"`)
	b.press("k")
	b.await(`document.activeElement.textContent === "Ekeby Mejeri"`)
	b.press("/")
	b.await(`document.activeElement.id === "search"`)
	ask[string](b, `document.querySelector("#search").value = ""`)
	b.press("j")
	if got := ask[string](b, `document.querySelector("#search").value`); got != "j" {
		t.Errorf("in a field, j wrote %q", got)
	}
	t.Run("switched off", func(t *testing.T) {
		b.wear("milstolpe-keys", "off")
		b.open("/help/style")
		b.press("j")
		if got := ask[string](b, "document.activeElement.tagName"); got != "BODY" {
			t.Errorf("j moved the focus to %s", got)
		}
	})
}

func TestInABrowserAStoppedProgramSaysSo(t *testing.T) {
	b := newBrowser(t, newSite(t))
	b.do(chromedp.SetValue(chromedp.CSS("#f-name"), "half a sentence"))
	b.site.web.CloseClientConnections()
	b.site.web.Close()
	b.do(chromedp.Click(chromedp.CSS("#style-form form button:not([type])")))
	b.await(`!document.querySelector("#stopped").hidden`)
	if got := ask[string](b, `document.querySelector("#f-name").value`); got != "half a sentence" {
		t.Errorf("what was typed is now %q", got)
	}
	b.forget() // it complains of the refused connection, rightly
}

func TestInABrowserOurPagesCannotBeFramed(t *testing.T) {
	s, other := newSite(t), newSite(t) // another port is another origin
	b := newBrowser(t, s)
	b.do(chromedp.Navigate(other.server.EntryURL("/help/style")))
	framed := ask[bool](b, `(() => { const f = document.createElement("iframe"); f.src = "`+s.web.URL+`/help/style"; document.body.append(f); return true; })()`)
	if !framed {
		t.Fatal("the frame was not made")
	}
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if strings.Contains(b.forget(), "Content Security Policy") {
			return
		}
	}
	t.Error("the console never said that the frame was refused")
}

// forget is what the console has said so far, which a test expected.
func (b *browser) forget() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	said := strings.Join(b.said, " ")
	b.said = nil
	return said
}
