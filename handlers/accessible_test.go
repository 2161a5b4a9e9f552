package handlers_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"milstolpe/handlers/i18n"
)

var (
	onePage   = flag.String("page", "", "look only at the addresses that begin like this")
	everyLook = flag.Bool("every-look", false, "look at every page in both languages, light and dark, wide and narrow, instead of at each in one of these")
)

// look is one way in which a page may be seen.
type look struct {
	lang  i18n.Lang
	theme string
	width int64
}

func (l look) String() string { return fmt.Sprintf("%s %s %d", l.lang, l.theme, l.width) }

var looks = []look{
	{"sv", "light", 1280},
	{"en", "dark", 360},
	{"sv", "dark", 1280},
	{"en", "light", 360},
	{"sv", "light", 360},
	{"en", "dark", 1280},
	{"sv", "dark", 360},
	{"en", "light", 1280},
}

// looksAt are the ways in which to see the n-th page: all of them, or the one whose turn it is.
func looksAt(n int) []look {
	if *everyLook {
		return looks
	}
	return looks[n%len(looks):][:1]
}

func (b *browser) dress(l look) {
	b.t.Helper()
	b.wear("milstolpe-lang", string(l.lang))
	b.wear("milstolpe-theme", l.theme)
	b.do(chromedp.EmulateViewport(l.width, 900))
}

// state is a program in a condition in which people meet it, with the pages to look at.
type state struct {
	name  string
	site  *site
	pages []string
}

// states are the example company, a new file, no file at all, and what goes wrong.
func states(t *testing.T) []state {
	t.Helper()
	shown := newExampleSite(t, i18n.Swedish)
	fresh, none := newSite(t), newSiteWithoutFile(t)
	ignore := func(link, answer) {}
	return []state{
		{"example", shown, someOf(shown.crawl([]string{"/"}, ignore))},
		{"new file", fresh, fresh.crawl([]string{"/"}, ignore)},
		{"no file", none, none.crawl([]string{"/", "/welcome"}, ignore)},
		{"errors", shown, []string{"/deals/nothing", "/no/such/page", "/outcome?period=fortnight", "/deals?status=strange", "/enter", "/import/nothing/columns"}},
	}
}

// someOf leaves out most of the addresses that only ask a page for something else.
func someOf(pages []string) []string {
	n := 0
	return slices.DeleteFunc(pages, func(path string) bool {
		if *everyLook || *onePage != "" || !strings.Contains(path, "?") {
			return false
		}
		n++
		return n%4 > 0
	})
}

// violation is a rule of axe-core that a page breaks.
type violation struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

const runAxe = `(async () => {
	const found = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] });
	return JSON.stringify(found.violations.map(v => ({ id: v.id, help: v.help, nodes: v.nodes.map(n => ({ html: n.html, failureSummary: n.failureSummary })) })));
})()`

// ownChecks are what axe-core does not see: headings, tables of charts, sideways scrolling, things that move, and what a page keeps in
// the browser.
const ownChecks = `(async () => {
	const faults = [];
	const all = (selector) => [...document.querySelectorAll(selector)];
	if (all("h1").length !== 1) faults.push("there are " + all("h1").length + " h1");
	if (!document.documentElement.lang) faults.push("no language");
	for (const svg of all("figure svg:not([aria-hidden])")) if (!svg.querySelector("title") || !svg.querySelector("desc")) faults.push("a chart without title or description: " + svg.outerHTML.slice(0, 120));
	for (const figure of all("figure")) if (figure.querySelector("svg") && !document.querySelector("main table")) faults.push("a chart without a table");
	for (const a of all("svg a")) if (!a.getAttribute("aria-label") && !a.textContent.trim()) faults.push("a mark without a name: " + a.outerHTML.slice(0, 120));
	const over = document.documentElement.scrollWidth - innerWidth;
	if (over > 0) faults.push("the page is " + over + " px too wide");
	if (localStorage.length + sessionStorage.length + (await indexedDB.databases()).length) faults.push("something is kept in the browser");
	for (const cookie of document.cookie.split("; ")) if (cookie && !/^milstolpe-(lang|theme|keys)=[a-z]*$/.test(cookie)) faults.push("a cookie holds " + cookie);
	if (window.shifted > 0.01) faults.push("things have moved by " + window.shifted.toFixed(3) + " while the page was shown: " + window.movers.join(", "));
	for (const animation of document.getAnimations()) faults.push("something moves: " + animation.animationName);
	for (const entry of performance.getEntriesByType("resource")) if (new URL(entry.name).origin !== location.origin) faults.push("something came from " + entry.name);
	return JSON.stringify(faults);
})()`

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
	axe, err := os.ReadFile(filepath.Join("testdata", "axe", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	for _, state := range states(t) {
		t.Run(state.name, func(t *testing.T) {
			b := newBrowser(t, state.site)
			b.expect = []string{"404", "400", "403"}
			b.before(watchShifts)
			for n, path := range state.pages {
				if !strings.HasPrefix(path, *onePage) {
					continue
				}
				for _, l := range looksAt(n) {
					b.dress(l)
					b.open(path)
					ask[bool](b, string(axe)+"; true")
					for _, fault := range b.faults() {
						t.Errorf("%s (%s): %s", path, l, fault)
					}
				}
			}
			t.Logf("%d pages", len(state.pages))
		})
	}
}

// before runs a script in every page that is opened from now on, before anything of its own.
func (b *browser) before(script string) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script}); err != nil {
		b.t.Fatalf("run a script before every page: %v", err)
	}
}

func TestWhatMovesStandsStillWhereLessMotionIsAskedFor(t *testing.T) {
	b := newBrowser(t, newSite(t))
	for asked, want := range map[string]string{"no-preference": "appear", "reduce": "none"} {
		feature := &emulation.MediaFeature{Name: "prefers-reduced-motion", Value: asked}
		if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{feature}}); err != nil {
			t.Fatal(err)
		}
		b.open("/help/style")
		b.do(chromedp.SetValue(chromedp.CSS("#f-name"), "Ekeby"), chromedp.SetValue(chromedp.CSS("#f-count"), "4"),
			chromedp.Click(chromedp.CSS("#style-form form button:not([type])")))
		b.await(`document.querySelector("#toast").textContent.includes("Ekeby")`)
		if got := ask[string](b, `getComputedStyle(document.querySelector("#toast")).animationName`); got != want {
			t.Errorf("asked for %s, the toast appears by %s", asked, got)
		}
		moving := ask[string](b, `[...document.querySelectorAll("*")].filter(e => e.id !== "toast" && (getComputedStyle(e).animationName !== "none" || parseFloat(getComputedStyle(e).transitionDuration) > 0)).map(e => e.outerHTML.slice(0, 80)).join()`)
		if moving != "" {
			t.Errorf("asked for %s, these move: %s", asked, moving)
		}
	}
}

// TestTheWatchForShiftsSeesOne makes sure that a page on which something moves is found out.
func TestTheWatchForShiftsSeesOne(t *testing.T) {
	b := newBrowser(t, newSite(t))
	b.before(watchShifts)
	b.open("/help/style")
	if moved := ask[float64](b, "window.shifted"); moved > 0.01 {
		t.Errorf("the page of styles has moved by %v", moved)
	}
	ask[bool](b, `setTimeout(() => { const p = document.createElement("p"); p.style.height = "300px"; document.querySelector("main").prepend(p); }, 600), true`)
	b.await("window.shifted > 0.01")
}

// askLater is the value of a promise in the page.
func (b *browser) askLater(expression string) string {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("ask the page: %v", err)
	}
	return value
}

// faults are what axe-core and our own checks find on the page that is open.
func (b *browser) faults() []string {
	b.t.Helper()
	var faults []string
	if err := json.Unmarshal([]byte(b.askLater(ownChecks)), &faults); err != nil {
		b.t.Fatal(err)
	}
	var violations []violation
	if err := json.Unmarshal([]byte(b.askLater(runAxe)), &violations); err != nil {
		b.t.Fatal(err)
	}
	for _, v := range violations {
		for i := range v.Nodes {
			faults = append(faults, fmt.Sprintf("%s: %s\n\t%.200s\n\t%s", v.ID, v.Help, v.Nodes[i].HTML, strings.ReplaceAll(v.Nodes[i].Summary, "\n", " ")))
		}
	}
	return faults
}

func TestNothingOverflowsWhereWordsAreLongOrLettersLarge(t *testing.T) {
	s := newExampleSite(t, i18n.English)
	pages := someOf(s.crawl([]string{"/"}, func(link, answer) {}))
	b := newBrowser(t, s)
	for _, way := range []struct {
		name string
		look look
		zoom string
	}{
		{"words two fifths longer", look{i18n.Pseudo, "light", 1280}, ""},
		{"words two fifths longer, narrow", look{i18n.Pseudo, "light", 360}, ""},
		{"letters twice as large", look{i18n.Swedish, "light", 1280}, "200%"},
	} {
		t.Run(way.name, func(t *testing.T) {
			if way.look.width != 360 && !*everyLook {
				return // narrow is the hardest
			}
			b.dress(way.look)
			for _, path := range pages {
				b.open(path)
				if way.zoom != "" {
					ask[string](b, `document.documentElement.style.fontSize = "`+way.zoom+`"`)
				}
				if over := ask[int](b, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
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
