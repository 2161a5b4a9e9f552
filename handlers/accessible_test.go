package handlers_test

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/process"
)

var looks = []handlerstest.Look{
	{Lang: "sv", Theme: "light", Width: 1280},
	{Lang: "en", Theme: "dark", Width: 360},
	{Lang: "sv", Theme: "dark", Width: 1280},
	{Lang: "en", Theme: "light", Width: 360},
	{Lang: "sv", Theme: "light", Width: 360},
	{Lang: "en", Theme: "dark", Width: 1280},
	{Lang: "sv", Theme: "dark", Width: 360},
	{Lang: "en", Theme: "light", Width: 1280},
}

// looksAt are the ways in which to see the n-th page: all of them, or the one whose turn it is.
func looksAt(n int) []handlerstest.Look {
	if *handlerstest.EveryLook {
		return looks
	}
	return looks[n%len(looks):][:1]
}

// state is a program in a condition in which people meet it, with the pages to look at.
type state struct {
	name  string
	site  *handlerstest.Site
	pages []string
}

// crawled are the addresses that lead to a page in each state. The same program shows the same pages, so one test finds them for all.
var crawled struct {
	sync.Once
	example, fresh, none []string
}

// states are the example company, a new file, no file at all, and what goes wrong.
func states(t *testing.T) []state {
	t.Helper()
	shown := handlerstest.NewExampleSite(t, i18n.Swedish)
	fresh, none := handlerstest.NewSite(t), handlerstest.NewSiteWithoutFile(t)
	crawled.Do(func() {
		ignore := func(handlerstest.Link, handlerstest.Answer) {}
		crawled.example = shown.Crawl([]string{"/"}, ignore)
		crawled.fresh = fresh.Crawl([]string{"/"}, ignore)
		crawled.none = none.Crawl([]string{"/", "/welcome"}, ignore)
	})
	return []state{
		{"example", shown, append(someOf(slices.Clone(crawled.example)), "/search", "/search?q=budget", "/search?q=kolboten", "/contacts/quiet?show=sure")},
		{"new file", fresh, withoutHelp(crawled.fresh)},
		{"no file", none, withoutHelp(crawled.none)},
		{"retired lists and a key", sorted(t), []string{"/settings/lists", "/keys", "/deals/d1/edit", "/deals/new", "/deals?pick=region:north", "/meeting?pick=region:north"}},
		{"errors", shown, []string{"/deals/nothing", "/no/such/page", "/outcome?period=fortnight", "/deals?status=strange", "/enter", "/import/nothing/columns"}},
	}
}

// sorted is a program with what the example company does not have: a retired list, a retired choice that a deal has, and a key for another program.
func sorted(t *testing.T) *handlerstest.Site {
	t.Helper()
	s := handlerstest.NewDealSite(t)
	stamp := process.Stamp{Known: process.DateOf(dbtest.Now)}
	dbtest.Record(t, s.File,
		&process.ListNamed{Stamp: stamp, List: "region", Name: "Region"},
		&process.ChoiceNamed{Stamp: stamp, List: "region", Choice: "north", Name: "North"},
		&process.ChoiceNamed{Stamp: stamp, List: "region", Choice: "south", Name: "South", Retired: true},
		&process.ListNamed{Stamp: stamp, List: "source", Name: "Source", Retired: true},
		&process.ChoiceSet{Stamp: stamp, Deal: "d1", List: "region", Choice: "south"}, &process.ChoiceSet{Stamp: stamp, Deal: "d2", List: "region", Choice: "north"},
	)
	s.Send(s.Open("/keys", "/keys").With("name", "Excel"))
	return s.Site
}

// someOf leaves out most of the addresses that only ask a page for something else.
func someOf(pages []string) []string {
	n := 0
	return slices.DeleteFunc(pages, func(path string) bool {
		if *handlerstest.EveryLook || *handlerstest.OnePage != "" || !strings.Contains(path, "?") {
			return false
		}
		n++
		return n%4 > 0
	})
}

// withoutHelp leaves out what the help says, which is the same whatever file is open.
func withoutHelp(pages []string) []string {
	return slices.DeleteFunc(slices.Clone(pages), func(path string) bool {
		return strings.HasPrefix(path, "/help/") && !*handlerstest.EveryLook && *handlerstest.OnePage == ""
	})
}

// watchShifts adds up how far things have moved since the page began to be shown, other than by what a person did, and names them.
const watchShifts = `window.shifted = 0;
window.movers = [];
new PerformanceObserver(list => {
	for (const e of list.getEntries()) {
		if (e.hadRecentInput) continue;
		window.shifted += e.value;
		for (const { node, previousRect: from, currentRect: to } of e.sources) window.movers.push(
			(node?.outerHTML ?? node?.textContent ?? "gone").slice(0, 60) + " from " + [from.x, from.y, from.width, from.height] + " to " + [to.x, to.y, to.width, to.height] + " at " + Math.round(e.startTime) + " ms");
	}
}).observe({ type: "layout-shift", buffered: true });`

func TestEveryPageIsAccessible(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile(filepath.Join("testdata", "axe", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	for _, state := range states(t) {
		t.Run(state.name, func(t *testing.T) {
			b := handlerstest.NewBrowser(t, state.site)
			b.Expect = []string{"404", "400", "403"}
			b.Before(watchShifts)
			for n, path := range state.pages {
				if !strings.HasPrefix(path, *handlerstest.OnePage) {
					continue
				}
				for _, l := range looksAt(n) {
					b.Dress(l)
					b.Open(path)
					handlerstest.Ask[bool](b, string(axe)+"; true")
					for _, fault := range b.Faults() {
						t.Errorf("%s (%s): %s", path, l, fault)
					}
				}
			}
			t.Logf("%d pages", len(state.pages))
		})
	}
}

func TestWhatMovesStandsStillWhereLessMotionIsAskedFor(t *testing.T) {
	t.Parallel()
	b := handlerstest.NewBrowser(t, handlerstest.NewSite(t))
	for asked, want := range map[string]string{"no-preference": "appear", "reduce": "none"} {
		feature := &emulation.MediaFeature{Name: "prefers-reduced-motion", Value: asked}
		if _, err := chromedp.Call(b.Ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{feature}}); err != nil {
			t.Fatal(err)
		}
		b.Open("/help/style")
		b.Do(chromedp.SetValue(chromedp.CSS("#f-name"), "Ekeby"), chromedp.SetValue(chromedp.CSS("#f-count"), "4"),
			chromedp.Click(chromedp.CSS("#style-form form button:not([type])")))
		b.Await(`document.querySelector("#toast").textContent.includes("Ekeby")`)
		if got := handlerstest.Ask[string](b, `getComputedStyle(document.querySelector("#toast")).animationName`); got != want {
			t.Errorf("asked for %s, the toast appears by %s", asked, got)
		}
		moving := handlerstest.Ask[string](b, `[...document.querySelectorAll("*")].filter(e => e.id !== "toast" && (getComputedStyle(e).animationName !== "none" || parseFloat(getComputedStyle(e).transitionDuration) > 0)).map(e => e.outerHTML.slice(0, 80)).join()`)
		if moving != "" {
			t.Errorf("asked for %s, these move: %s", asked, moving)
		}
	}
}

// TestTheWatchForShiftsSeesOne makes sure that a page on which something moves is found out.
func TestTheWatchForShiftsSeesOne(t *testing.T) {
	t.Parallel()
	b := handlerstest.NewBrowser(t, handlerstest.NewSite(t))
	b.Before(watchShifts)
	b.Open("/help/style")
	if moved := handlerstest.Ask[float64](b, "window.shifted"); moved > 0.01 {
		t.Errorf("the page of styles has moved by %v", moved)
	}
	handlerstest.Ask[bool](b, `setTimeout(() => { const p = document.createElement("p"); p.style.height = "300px"; document.querySelector("main").prepend(p); }, 600), true`)
	b.Await("window.shifted > 0.01")
}

func TestNothingOverflowsWhereWordsAreLongOrLettersLarge(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewExampleSite(t, i18n.English)
	pages := someOf(s.Crawl([]string{"/"}, func(handlerstest.Link, handlerstest.Answer) {}))
	b := handlerstest.NewBrowser(t, s)
	for _, way := range []struct {
		name string
		look handlerstest.Look
		zoom string
	}{
		{"words two fifths longer", handlerstest.Look{Lang: i18n.Pseudo, Theme: "light", Width: 1280}, ""},
		{"words two fifths longer, narrow", handlerstest.Look{Lang: i18n.Pseudo, Theme: "light", Width: 360}, ""},
		{"letters twice as large", handlerstest.Look{Lang: i18n.Swedish, Theme: "light", Width: 1280}, "200%"},
	} {
		t.Run(way.name, func(t *testing.T) {
			if way.look.Width != 360 && !*handlerstest.EveryLook {
				return // narrow is the hardest
			}
			b.Dress(way.look)
			for _, path := range pages {
				b.Open(path)
				if way.zoom != "" {
					handlerstest.Ask[string](b, `document.documentElement.style.fontSize = "`+way.zoom+`"`)
				}
				if over := handlerstest.Ask[int](b, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
					t.Errorf("%s is %d px too wide", path, over)
				}
			}
		})
	}
}

// fileNameOf is an address as the name of a picture.
func fileNameOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "page"
	}
	name := strings.Trim(strings.NewReplacer("/", "_", "?", "-", "&", "-", "=", "-").Replace(u.Path+"-"+u.RawQuery), "_-")
	if name == "" {
		name = "home"
	}
	return name[:min(len(name), 90)]
}
