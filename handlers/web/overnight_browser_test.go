package web_test

import (
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
	"milstolpe/process/sales"
)

// A page that was left open in the evening works in the morning, and says that it is of yesterday. A program that has stopped is started again
// by opening it once, and what was typed into the page before goes where it was meant to go.
func TestAPageThatWasLeftOpenOvernightWorksInTheMorning(t *testing.T) {
	t.Parallel()
	handlerstest.Chromium(t)
	var later atomic.Int64 // how far the clock has gone on
	clock := func() time.Time { return dbtest.Now.Add(time.Duration(later.Load())) }
	state, dir := t.TempDir(), t.TempDir()
	evening := dbtest.New(t, dbtest.In(state), func(o *db.Options) { o.Clock = clock })
	handlerstest.NewDealSiteIn(t, evening)
	with := func(file *db.File) func(*web.Config) {
		return func(c *web.Config) { c.File, c.Person, c.Now, c.Lang = file, "Anna", clock, "en" }
	}
	first := start(t, dir, with(evening))
	if _, err := first.server.Announce(); err != nil {
		t.Fatal(err)
	}
	b := handlerstest.NewBrowser(t, &handlerstest.Site{Server: first.server, Web: &httptest.Server{URL: "http://" + first.server.Config.Addr}})
	b.Expect = []string{"ERR_CONNECTION_REFUSED", "ERR_ABORTED"}
	write := func(words string) { b.Do(chromedp.SetValue(chromedp.CSS("#f-entry"), words)) }
	save := func() { b.Do(chromedp.Click(chromedp.CSS(`form[action="/deals/d1/journal"] button:not([name])`))) }
	look := `document.dispatchEvent(new Event("visibilitychange"))`

	b.Open("/deals/d1?form=journal")
	write("Written in the evening")
	later.Store(int64(23 * time.Hour))
	handlerstest.Ask[bool](b, look)
	b.Await(`document.querySelector("#news").textContent.includes("This page is from yesterday.")`)
	save()
	b.Await(`document.querySelector("#journal").textContent.includes("Written in the evening") && !document.querySelector("#f-entry")`)

	b.Open("/deals/d1?form=journal")
	write("Written while it was stopped")
	first.server.Quit()
	first.waitForEnd(t)
	handlerstest.Ask[bool](b, look)
	b.Await(`!document.querySelector("#stopped").hidden`)
	again := dbtest.Open(t, evening.Path(), dbtest.In(state), dbtest.As("Anna", 7), func(o *db.Options) { o.Clock = clock })
	second := start(t, dir, with(again))
	if second.server.Config.Addr != first.server.Config.Addr {
		t.Fatalf("it is at %s after it was at %s", second.server.Config.Addr, first.server.Config.Addr)
	}
	tab, closeTab := chromedp.NewContext(b.Ctx)
	defer closeTab()
	if err := chromedp.Do(tab, chromedp.Navigate(second.server.EntryURL("/"))); err != nil {
		t.Fatal(err)
	}
	handlerstest.Ask[bool](b, look)
	b.Await(`document.querySelector("#stopped").hidden`)
	save()
	b.Await(`document.querySelector("#journal").textContent.includes("Written while it was stopped") && !document.querySelector("#f-entry")`)
	_ = again.View(func(team *sales.Team) error {
		d, _ := team.Deal("d1")
		if n := len(d.Journal()); n != 2 {
			t.Errorf("the journal has %d entries", n)
		}
		return nil
	})
}
