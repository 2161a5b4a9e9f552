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
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// desk is somebody who begins with nothing and has a keyboard only. The mouse is never used.
type desk struct {
	*handlerstest.Browser
	scripts bool // whether the browser runs scripts
	file    *db.File
}

// newDesk is a program that has no file yet, in a browser with scripts or without.
func newDesk(t *testing.T, scripts bool) *desk {
	t.Helper()
	d := &desk{scripts: scripts}
	folder := t.TempDir()
	s := handlerstest.NewSiteWithoutFile(t, func(c *web.Config) {
		c.TimeZone, c.Documents = "Europe/Stockholm", folder
		c.NewFile = func(path string, founding []process.Fact, person string) (*db.File, error) {
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
	d.Browser = handlerstest.NewBrowser(t, s)
	d.Wear("milstolpe-lang", "en")
	_, err := chromedp.Call(d.Ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts})
	if err != nil {
		t.Fatalf("switch scripts off: %v", err)
	}
	return d
}

// at waits for a page, or a part of one, and until its script listens.
func (d *desk) at(expression string) {
	d.T.Helper()
	d.Await(`document.readyState === "complete" && (` + expression + `)`)
}

// sees waits until an element says something.
func (d *desk) sees(selector, text string) {
	d.T.Helper()
	d.at(`document.querySelector(` + inQuotes(selector) + `).textContent.replace(/\s+/g, " ").includes(` + inQuotes(text) + `)`)
}

func inQuotes(s string) string { return "`" + strings.ReplaceAll(s, "`", "\\`") + "`" }

// tab goes forward until the focus is on the first element that a selector finds.
func (d *desk) tab(selector string) {
	d.T.Helper()
	d.Await(`document.querySelector(` + inQuotes(selector) + `) !== null`)
	for range 150 {
		if handlerstest.Ask[bool](d.Browser, `document.activeElement !== null && document.activeElement.matches(`+inQuotes(selector)+`)`) {
			return
		}
		d.Press(kb.Tab)
	}
	d.T.Fatalf("%s cannot be reached with Tab from %s", selector, handlerstest.Ask[string](d.Browser, "location.href"))
}

// follow goes to a link or button and presses it.
func (d *desk) follow(selector string) { d.T.Helper(); d.tab(selector); d.Press(kb.Enter) }

// fill goes to a field and types; what stood there is selected by Tab and goes.
func (d *desk) fill(selector, text string) { d.T.Helper(); d.tab(selector); d.Press(text) }

// goes uses a shortcut, which without scripts is a walk along links instead.
func (d *desk) goes(keys string, links ...string) {
	d.T.Helper()
	if d.scripts {
		d.Press(keys)
		return
	}
	for _, link := range links {
		d.follow(link)
	}
}

// recorded is what the file holds of a deal by its name.
func (d *desk) recorded(name string, look func(*sales.Team, *sales.Deal)) {
	d.T.Helper()
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
		d.T.Fatalf("the deal %s: found %v, %v", name, found, err)
	}
}

// inForce is the version that is in force, and its number of milestones.
func (d *desk) inForce() (v *sales.Version) {
	d.T.Helper()
	err := d.file.View(func(team *sales.Team) error {
		for _, p := range team.Processes() {
			v = p.Current()
		}
		return nil
	})
	if err != nil || v == nil {
		d.T.Fatalf("no version is in force: %v", err)
	}
	return v
}
