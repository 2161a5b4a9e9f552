package handlerstest

import (
	"context"
	"os/exec"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// sharedBrowser is the Chromium that the tests of a package share: to start one takes longer than most tests look at pages. It runs as long as
// somebody looks at something; windows have their profiles for themselves.
type sharedBrowser struct {
	mu    sync.Mutex
	users int
	ctx   context.Context // of the first window, which nobody looks at
}

var shared sharedBrowser

// borrow is the context in which a test may open windows until it ends.
func (p *sharedBrowser) borrow(t testing.TB) context.Context {
	t.Helper()
	path := Chromium(t)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.users == 0 {
		ctx, closeIt := chromedp.NewContext(context.WithoutCancel(t.Context()), chromedp.WithAllocatorOptions(
			chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
			chromedp.Flag("disable-features", "Translate,SpareRendererForSitePerProcess"), // which would start a second process for each window, in case
		))
		if err := chromedp.Do(ctx); err != nil {
			closeIt()
			t.Fatalf("start a browser: %v", err)
		}
		p.ctx = ctx
	}
	p.users++
	t.Cleanup(func() { p.giveBack(t) })
	return p.ctx
}

func (p *sharedBrowser) giveBack(t testing.TB) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.users--
	if p.users > 0 {
		return
	}
	if err := chromedp.Cancel(p.ctx); err != nil {
		t.Logf("close the browser: %v", err)
	}
}

// Chromium finds a browser, or skips the test and says so.
func Chromium(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no Chromium was found, so nothing was looked at in a real browser: install chromium to run this test")
	return ""
}

// focus makes the page behave as the one that a person types in, whichever windows others have opened meanwhile.
func (b *Browser) focus() {
	b.T.Helper()
	if _, err := chromedp.Call(b.Ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
		b.T.Fatalf("focus the window: %v", err)
	}
}
