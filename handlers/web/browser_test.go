package web_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/web"
)

func TestInABrowserTheLookHolds(t *testing.T) {
	t.Parallel()
	b := handlerstest.NewBrowser(t, handlerstest.NewSite(t, func(c *web.Config) { c.Pseudo = true }))
	for _, lang := range []i18n.Lang{i18n.Swedish, i18n.English, i18n.Pseudo} {
		for theme, paper := range map[string]string{"light": "rgb(251, 248, 241)", "dark": "rgb(26, 24, 21)"} {
			for _, width := range []int64{360, 800, 1280} {
				t.Run(fmt.Sprintf("%s %s %d", lang, theme, width), func(t *testing.T) {
					b.Wear("milstolpe-lang", string(lang))
					b.Wear("milstolpe-theme", theme)
					b.Do(chromedp.EmulateViewport(width, 900))
					b.Open("/help/style")
					if over := handlerstest.Ask[int](b, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
						t.Errorf("the page is %d px too wide", over)
					}
					if got := handlerstest.Ask[string](b, "getComputedStyle(document.documentElement).backgroundColor"); got != paper {
						t.Errorf("the paper is %s, want %s", got, paper)
					}
					shown := handlerstest.Ask[int](b, `[...document.querySelectorAll("figure > .wide, figure > .mid, figure > .narrow")].filter(e => e.checkVisibility()).length`)
					if shown != 1 {
						t.Errorf("%d of the three widths of the chart are shown", shown)
					}
				})
			}
		}
	}
}

func TestInABrowserFaultsTakeFocusAndSavesAreSaid(t *testing.T) {
	t.Parallel()
	b := handlerstest.NewBrowser(t, handlerstest.NewSite(t))
	b.Wear("milstolpe-lang", "en")
	b.Open("/help/style")
	b.Do(chromedp.SetValue(chromedp.CSS("#f-count"), "many"), chromedp.Click(chromedp.CSS("#style-form form button:not([type])")))
	b.Await(`document.activeElement.matches("#style-form [data-focus]")`)
	if got := handlerstest.Ask[string](b, `document.querySelector("#f-count").value`); got != "many" {
		t.Errorf("the field came back with %q", got)
	}
	if got := handlerstest.Ask[string](b, `location.pathname + getComputedStyle(document.querySelector(".err")).borderLeftWidth`); got != "/help/style3px" {
		t.Errorf("the fault looks like %q", got)
	}
	b.Do(chromedp.SetValue(chromedp.CSS("#f-name"), "Ekeby"), chromedp.SetValue(chromedp.CSS("#f-count"), "4"),
		chromedp.Click(chromedp.CSS("#style-form form button:not([type])")))
	b.Await(`document.querySelector("#toast").textContent.includes("Ekeby went well")`)
	if left := handlerstest.Ask[int](b, `document.querySelectorAll(".err").length`); left != 0 {
		t.Errorf("%d faults are still shown", left)
	}
}

func TestInABrowserKeysAreShortcuts(t *testing.T) {
	t.Parallel()
	b := handlerstest.NewBrowser(t, handlerstest.NewSite(t))
	b.Press("jj")
	b.Await(`document.activeElement.textContent === "Kolbotten Sågverk"`)
	b.Press("k")
	b.Await(`document.activeElement.textContent === "Ekeby Mejeri"`)
	b.Press("/")
	b.Await(`document.activeElement.id === "search"`)
	handlerstest.Ask[string](b, `document.querySelector("#search").value = ""`)
	b.Press("j")
	if got := handlerstest.Ask[string](b, `document.querySelector("#search").value`); got != "j" {
		t.Errorf("in a field, j wrote %q", got)
	}
	t.Run("switched off", func(t *testing.T) {
		b.Wear("milstolpe-keys", "off")
		b.Open("/help/style")
		b.Press("j")
		if got := handlerstest.Ask[string](b, "document.activeElement.tagName"); got != "BODY" {
			t.Errorf("j moved the focus to %s", got)
		}
	})
}

func TestInABrowserAStoppedProgramSaysSo(t *testing.T) {
	t.Parallel()
	b := handlerstest.NewBrowser(t, handlerstest.NewSite(t))
	b.Do(chromedp.SetValue(chromedp.CSS("#f-name"), "half a sentence"))
	b.Site.Web.CloseClientConnections()
	b.Site.Web.Close()
	b.Do(chromedp.Click(chromedp.CSS("#style-form form button:not([type])")))
	b.Await(`!document.querySelector("#stopped").hidden`)
	if got := handlerstest.Ask[string](b, `document.querySelector("#f-name").value`); got != "half a sentence" {
		t.Errorf("what was typed is now %q", got)
	}
	b.Forget() // it complains of the refused connection, rightly
}

func TestInABrowserOurPagesCannotBeFramed(t *testing.T) {
	t.Parallel()
	s, other := handlerstest.NewSite(t), handlerstest.NewSite(t) // another port is another origin
	b := handlerstest.NewBrowser(t, s)
	b.Do(chromedp.Navigate(other.Server.EntryURL("/help/style")))
	framed := handlerstest.Ask[bool](b, `(() => { const f = document.createElement("iframe"); f.src = "`+s.Web.URL+`/help/style"; document.body.append(f); return true; })()`)
	if !framed {
		t.Fatal("the frame was not made")
	}
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if strings.Contains(b.Forget(), "Content Security Policy") {
			return
		}
	}
	t.Error("the console never said that the frame was refused")
}
