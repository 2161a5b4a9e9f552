package handlerstest

import (
	"encoding/json"
	"flag"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"milstolpe/handlers/i18n"
)

// What the tests of looks are asked for on the command line.
var (
	OnePage   = flag.String("page", "", "look only at the addresses that begin like this")
	EveryLook = flag.Bool("every-look", false, "look at every page in both languages, light and dark, wide and narrow, instead of at each in one of these")
)

// Look is one way in which a page may be seen.
type Look struct {
	Lang  i18n.Lang
	Theme string
	Width int64
}

// String names the look: en-1280-dark.
func (l Look) String() string { return fmt.Sprintf("%s %s %d", l.Lang, l.Theme, l.Width) }

// Dress gives the browser the width, theme and language of a look.
func (b *Browser) Dress(l Look) {
	b.T.Helper()
	b.Wear("milstolpe-lang", string(l.Lang))
	b.Wear("milstolpe-theme", l.Theme)
	b.Do(chromedp.EmulateViewport(l.Width, 900))
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

// Before runs a script in every page that is opened from now on, before anything of its own.
func (b *Browser) Before(script string) {
	b.T.Helper()
	if _, err := chromedp.Call(b.Ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script}); err != nil {
		b.T.Fatalf("run a script before every page: %v", err)
	}
}

// askLater is the value of a promise in the page.
func (b *Browser) askLater(expression string) string {
	b.T.Helper()
	value, err := chromedp.Run(b.Ctx, chromedp.Evaluate[string](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.T.Fatalf("ask the page: %v", err)
	}
	return value
}

// Faults are what axe-core and our own checks find on the page that is open.
func (b *Browser) Faults() []string {
	b.T.Helper()
	var faults []string
	if err := json.Unmarshal([]byte(b.askLater(ownChecks)), &faults); err != nil {
		b.T.Fatal(err)
	}
	var violations []violation
	if err := json.Unmarshal([]byte(b.askLater(runAxe)), &violations); err != nil {
		b.T.Fatal(err)
	}
	for _, v := range violations {
		for i := range v.Nodes {
			faults = append(faults, fmt.Sprintf("%s: %s\n\t%.200s\n\t%s", v.ID, v.Help, v.Nodes[i].HTML, strings.ReplaceAll(v.Nodes[i].Summary, "\n", " ")))
		}
	}
	return faults
}
