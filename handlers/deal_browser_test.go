package handlers_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// A seller's ten seconds: m opens the form of the next milestone in place, and u takes it back.
func TestInABrowserAMilestoneIsMarkedInPlace(t *testing.T) {
	s := newDealSite(t)
	b := newBrowser(t, s.site)
	b.wear("milstolpe-lang", "en")
	b.open("/deals/d1")
	b.press("m")
	b.await(`document.activeElement.matches("#m-owned form")`)
	b.do(chromedp.Click(chromedp.CSS("#m-owned form button")))
	b.await(`document.activeElement.textContent.includes("One thing needs to be put right")`)
	b.do(chromedp.SetValue(chromedp.CSS("#f-evidence"), "Mail: I take this on"), chromedp.Click(chromedp.CSS("#m-owned form button")))
	b.await(`document.querySelector("#toast").textContent.includes("Saved.")`)
	for part, want := range map[string]string{
		// A team without closed deals says 2.5 of 10: one of four steps of base ¼ is taken, ¼^(3/4) = 0.354.
		"#m-owned": "Mail: I take this on", "#head": "35%", "#history": "The buyer has appointed an owner reached", "#saved": "Saved on this computer",
	} {
		if got := ask[string](b, `document.querySelector("`+part+`").textContent`); !strings.Contains(plain(got), want) {
			t.Errorf("%s says %q and not %q", part, plain(got), want)
		}
	}
	if at := ask[string](b, "location.pathname + location.search"); at != "/deals/d1" {
		t.Errorf("the address is %s", at)
	}
	b.press("u")
	b.await(`document.querySelector("#toast").textContent.includes("Undone.")`)
	s.deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if _, there := d.MarkOn("owned", process.FarFuture); there {
			t.Error("the milestone is still there")
		}
	})
}

// What is recorded far up a page must not throw the reader to its end, nor take the place from which Tab goes on.
func TestInABrowserASaveStaysWhereItWasMade(t *testing.T) {
	s := newDealSite(t)
	b := newBrowser(t, s.site)
	b.wear("milstolpe-lang", "en")
	b.do(chromedp.EmulateViewport(1280, 300))
	b.open("/deals/d1")
	b.do(chromedp.Click(chromedp.CSS("#m-owned .btn")))
	b.await(`document.activeElement.matches("#m-owned form")`)
	b.do(chromedp.Click(chromedp.CSS("#m-owned form .quiet")))
	b.await(`document.activeElement.matches("#m-owned .acts a")`)
	b.press("\r")
	b.await(`document.activeElement.matches("#m-owned form")`)
	b.do(chromedp.SetValue(chromedp.CSS("#f-evidence"), "Mail: I take this on"), chromedp.Click(chromedp.CSS("#m-owned form button")))
	b.await(`document.querySelector("#toast").textContent.includes("Saved.")`)
	b.await(`document.activeElement.matches("#m-owned a")`)
	if top := ask[float64](b, `document.querySelector("#m-owned").getBoundingClientRect().top`); top < -300 || top > 300 {
		t.Errorf("the milestone that was marked stands %v px from the top of a window of 300", top)
	}
}

func TestInABrowserBackShowsWhatHasChanged(t *testing.T) {
	s := newDealSite(t)
	b := newBrowser(t, s.site)
	b.wear("milstolpe-lang", "en")
	b.open("/deals")
	b.do(chromedp.Click(chromedp.CSS(`a[href="/deals/d1"]`)))
	b.await(`document.querySelector("h1").textContent === "Moisture meters"`)
	s.send(s.open("/deals/d1/edit", "/deals/d1/edit").with("value", "777 000"))
	if there := ask[bool](b, "(history.back(), true)"); !there {
		t.Error("there is no way back")
	}
	b.await(`document.querySelector("main").textContent.includes("777,000")`)
}

func TestInABrowserNothingScrollsSideways(t *testing.T) {
	s := newDealSite(t)
	s.story()
	b := newBrowser(t, s.site)
	b.wear("milstolpe-lang", "sv")
	b.do(chromedp.EmulateViewport(360, 800))
	for _, path := range []string{
		"/", "/deals", "/deals?status=closed", "/deals/new", "/deals/d1", "/deals/d1?form=reach&m=yes", "/deals/d1?form=contact&c=maja", "/deals/d1/why",
		"/deals/d1/edit", "/deals/d2/close", "/customers", "/customers/c1?form=merge", "/meeting", "/log", "/settings", "/process",
		"/processes/p", "/processes/p/edit?form=row&m=owned", "/processes/new",
	} {
		b.open(path)
		if width := ask[int](b, "document.documentElement.scrollWidth"); width > 360 {
			t.Errorf("%s is %d wide", path, width)
		}
	}
}
