package handlers_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// desk is somebody who begins with nothing and has a keyboard only. The mouse is never used.
type desk struct {
	*browser
	scripts bool // whether the browser runs scripts
	file    *db.Working
}

// newDesk is a program that has no file yet, in a browser with scripts or without.
func newDesk(t *testing.T, scripts bool) *desk {
	t.Helper()
	d := &desk{scripts: scripts}
	folder := t.TempDir()
	s := newSiteWithoutFile(t, func(c *web.Config) {
		c.TimeZone, c.Documents = "Europe/Stockholm", folder
		c.NewFile = func(path string, founding []process.Fact, person string) (*db.Working, error) {
			o := dbtest.Options(t, dbtest.As(person, 7))
			if !filepath.IsAbs(path) {
				path = filepath.Join(folder, path)
			}
			file, err := db.New(path, founding, o)
			d.file = file
			return file, err
		}
	})
	t.Cleanup(func() {
		if d.file != nil {
			if err := d.file.Close(); err != nil {
				t.Errorf("close the file: %v", err)
			}
		}
	})
	d.browser = newBrowser(t, s)
	d.wear("milstolpe-lang", "en")
	_, err := chromedp.Call(d.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts})
	if err != nil {
		t.Fatalf("switch scripts off: %v", err)
	}
	return d
}

// at waits for a page, or a part of one, and until its script listens.
func (d *desk) at(expression string) {
	d.t.Helper()
	d.await(`document.readyState === "complete" && (` + expression + `)`)
}

// sees waits until an element says something.
func (d *desk) sees(selector, text string) {
	d.t.Helper()
	d.at(`document.querySelector(` + inQuotes(selector) + `).textContent.replace(/\s+/g, " ").includes(` + inQuotes(text) + `)`)
}

func inQuotes(s string) string { return "`" + strings.ReplaceAll(s, "`", "\\`") + "`" }

// tab goes forward until the focus is on the first element that a selector finds.
func (d *desk) tab(selector string) {
	d.t.Helper()
	d.await(`document.querySelector(` + inQuotes(selector) + `) !== null`)
	for range 150 {
		if ask[bool](d.browser, `document.activeElement !== null && document.activeElement.matches(`+inQuotes(selector)+`)`) {
			return
		}
		d.press(kb.Tab)
	}
	d.t.Fatalf("%s cannot be reached with Tab from %s", selector, ask[string](d.browser, "location.href"))
}

// follow goes to a link or button and presses it.
func (d *desk) follow(selector string) { d.t.Helper(); d.tab(selector); d.press(kb.Enter) }

// fill goes to a field and types; what stood there is selected by Tab and goes.
func (d *desk) fill(selector, text string) { d.t.Helper(); d.tab(selector); d.press(text) }

// goes uses a shortcut, which without scripts is a walk along links instead.
func (d *desk) goes(keys string, links ...string) {
	d.t.Helper()
	if d.scripts {
		d.press(keys)
		return
	}
	for _, link := range links {
		d.follow(link)
	}
}

// recorded is what the file holds of a deal by its name.
func (d *desk) recorded(name string, look func(*sales.Team, *sales.Deal)) {
	d.t.Helper()
	found := false
	err := d.file.View(func(team *sales.Team) error {
		for _, deal := range team.Deals() {
			if deal.Now.Name == name {
				found = true
				look(team, deal)
			}
		}
		return nil
	})
	if err != nil || !found {
		d.t.Fatalf("the deal %s: found %v, %v", name, found, err)
	}
}

// inForce is the version that is in force, and its number of milestones.
func (d *desk) inForce() (v *sales.Version) {
	d.t.Helper()
	err := d.file.View(func(team *sales.Team) error {
		for _, p := range team.Processes() {
			v = p.Current()
		}
		return nil
	})
	if err != nil || v == nil {
		d.t.Fatalf("no version is in force: %v", err)
	}
	return v
}
