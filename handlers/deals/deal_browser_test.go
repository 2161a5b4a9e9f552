package deals_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// A seller's ten seconds: m opens the form of the next milestone in place, and u takes it back.
func TestInABrowserAMilestoneIsMarkedInPlace(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	b := handlerstest.NewBrowser(t, s.Site)
	b.Wear("milstolpe-lang", "en")
	b.Open("/deals/d1")
	b.Press("m")
	b.Await(`document.activeElement.matches("#m-owned form")`)
	b.Do(chromedp.Click(chromedp.CSS("#m-owned form button")))
	b.Await(`document.activeElement.textContent.includes("One thing needs to be put right")`)
	b.Do(chromedp.SetValue(chromedp.CSS("#f-evidence"), "Mail: I take this on"), chromedp.Click(chromedp.CSS("#m-owned form button")))
	b.Await(`document.querySelector("#toast").textContent.includes("Saved.")`)
	for part, want := range map[string]string{
		// A team without closed deals says 2.5 of 10: one of four steps of base ¼ is taken, ¼^(3/4) = 0.354.
		"#m-owned": "Mail: I take this on", "#head": "35%", "#history": "The buyer has appointed an owner reached", "#saved": "Saved on this computer",
	} {
		if got := handlerstest.Ask[string](b, `document.querySelector("`+part+`").textContent`); !strings.Contains(handlerstest.Plain(got), want) {
			t.Errorf("%s says %q and not %q", part, handlerstest.Plain(got), want)
		}
	}
	if at := handlerstest.Ask[string](b, "location.pathname + location.search"); at != "/deals/d1" {
		t.Errorf("the address is %s", at)
	}
	b.Press("u")
	b.Await(`document.querySelector("#toast").textContent.includes("Undone.")`)
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if _, there := d.MarkOn("owned", process.FarFuture); there {
			t.Error("the milestone is still there")
		}
	})
}

// What is recorded far up a page must not throw the reader to its end, nor take the place from which Tab goes on.
func TestInABrowserASaveStaysWhereItWasMade(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	b := handlerstest.NewBrowser(t, s.Site)
	b.Wear("milstolpe-lang", "en")
	b.Do(chromedp.EmulateViewport(1280, 300))
	b.Open("/deals/d1")
	b.Do(chromedp.Click(chromedp.CSS("#m-owned .btn")))
	b.Await(`document.activeElement.matches("#m-owned form")`)
	b.Do(chromedp.Click(chromedp.CSS("#m-owned form .quiet")))
	b.Await(`document.activeElement.matches("#m-owned .acts a")`)
	b.Press("\r")
	b.Await(`document.activeElement.matches("#m-owned form")`)
	b.Do(chromedp.SetValue(chromedp.CSS("#f-evidence"), "Mail: I take this on"), chromedp.Click(chromedp.CSS("#m-owned form button")))
	b.Await(`document.querySelector("#toast").textContent.includes("Saved.")`)
	b.Await(`document.activeElement.matches("#m-owned a")`)
	if top := handlerstest.Ask[float64](b, `document.querySelector("#m-owned").getBoundingClientRect().top`); top < -300 || top > 300 {
		t.Errorf("the milestone that was marked stands %v px from the top of a window of 300", top)
	}
}

func TestInABrowserBackShowsWhatHasChanged(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	b := handlerstest.NewBrowser(t, s.Site)
	b.Wear("milstolpe-lang", "en")
	b.Open("/deals")
	b.Do(chromedp.Click(chromedp.CSS(`a[href="/deals/d1"]`)))
	b.Await(`document.querySelector("h1").textContent === "Kolbotten Sågverk, Moisture meters"`)
	s.Send(s.Open("/deals/d1/edit", "/deals/d1/edit").With("value", "777 000"))
	if there := handlerstest.Ask[bool](b, "(history.back(), true)"); !there {
		t.Error("there is no way back")
	}
	b.Await(`document.querySelector("main").textContent.includes("777,000")`)
}

func TestInABrowserThereIsASearchAtEveryWidth(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	b := handlerstest.NewBrowser(t, s.Site)
	for _, width := range []int{320, 390, 768, 900, 1280} {
		b.Do(chromedp.EmulateViewport(int64(width), 800))
		b.Open("/deals")
		if wide := handlerstest.Ask[float64](b, `document.querySelector("#search").getBoundingClientRect().width`); wide < 100 {
			t.Errorf("at %d px the search field is %v px wide", width, wide)
		}
		if all := handlerstest.Ask[int](b, "document.documentElement.scrollWidth"); all > width {
			t.Errorf("at %d px the page is %d wide", width, all)
		}
	}
}

func TestInABrowserNothingScrollsSideways(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	s.Story()
	b := handlerstest.NewBrowser(t, s.Site)
	b.Wear("milstolpe-lang", "sv")
	b.Do(chromedp.EmulateViewport(360, 800))
	for _, path := range []string{
		"/", "/deals", "/deals?status=closed", "/deals/new", "/deals/d1", "/deals/d1?form=reach&m=yes", "/deals/d1?form=contact&c=maja", "/deals/d1/why",
		"/deals/d1/edit", "/deals/d2/close", "/customers", "/customers/c1?form=merge", "/meeting", "/meeting?form=d1", "/log", "/settings", "/process",
		"/processes/p", "/processes/p/edit?form=row&m=owned", "/processes/new",
	} {
		b.Open(path)
		if width := handlerstest.Ask[int](b, "document.documentElement.scrollWidth"); width > 360 {
			t.Errorf("%s is %d wide", path, width)
		}
	}
}
