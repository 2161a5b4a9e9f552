package web_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
)

// The first browser of a system that is there opens the window; where none is, there is none.
func TestTheBrowserOfAWindowIsLookedForWhereItsSystemKeepsIt(t *testing.T) {
	env := func(name string) string {
		return map[string]string{"ProgramFiles(x86)": `C:\Program Files (x86)`, "LocalAppData": `C:\Users\anna\AppData\Local`, "HOME": "/Users/anna"}[name]
	}
	for _, c := range []struct{ system, there, want string }{
		{"windows", `C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`, `C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`},
		{"windows", `C:\Users\anna\AppData\Local\Google\Chrome\Application\chrome.exe`, `C:\Users\anna\AppData\Local\Google\Chrome\Application\chrome.exe`},
		{"darwin", "/Users/anna/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge", "/Users/anna/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"},
		{"darwin", "/Applications/Safari.app/Contents/MacOS/Safari", ""},
		{"linux", "chromium", "chromium"},
		{"linux", "firefox", ""},
	} {
		got, ok := web.FindWindowBrowser(c.system, env, func(name string) (string, bool) { return name, name == c.there })
		if got != c.want || ok != (c.want != "") {
			t.Errorf("on %s with %s it is %q, %v; want %q", c.system, c.there, got, ok, c.want)
		}
	}
}

func TestAFileHasTheSameAddressOnEverySystem(t *testing.T) {
	for path, want := range map[string]string{"/home/anna/a b.html": "file:///home/anna/a%20b.html", "C:/Users/å/x.html": "file:///C:/Users/%C3%A5/x.html"} {
		if got := web.FileURL(path); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}

// A browser can keep the pages as an app: the manifest is read without a fault.
func TestInABrowserThePagesCanBeInstalled(t *testing.T) {
	t.Parallel()
	b := handlerstest.NewBrowser(t, handlerstest.NewSite(t))
	b.Open("/")
	got, err := chromedp.Call(b.Ctx, page.GetAppManifest, page.GetAppManifestParams{})
	if err != nil || len(got.Errors) > 0 || !strings.Contains(got.URL, "/assets/app.") || got.Manifest == nil || len(got.Manifest.Icons) != 3 {
		t.Errorf("the manifest is at %q with %+v: %v, %v", got.URL, got.Manifest, got.Errors, err)
	}
}
