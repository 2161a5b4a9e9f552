package files_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// Two people with a browser, a program and a working copy each, and one shared file between them. Both change one deal in the same and
// in different things, and another deal too, from forms that were made before the other's change. Everything comes to both by itself.
func TestInTwoBrowsersOneSharedFileLosesNothing(t *testing.T) {
	t.Parallel()
	handlerstest.Chromium(t)
	quick := func(o *db.Options) {
		o.Manual, o.Debounce, o.MaxDelay, o.PollEvery = false, 20*time.Millisecond, 100*time.Millisecond, 20*time.Millisecond
	}
	path := filepath.Join(t.TempDir(), "Sales.milstolpe")
	anna := handlerstest.NewDealSiteIn(t, dbtest.NewAt(t, path, quick))
	if err := anna.File.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	erik := &handlerstest.DealSite{File: dbtest.Open(t, path, quick, dbtest.As("Erik", 2))}
	erik.Site = handlerstest.NewSiteWithoutFile(t, func(c *web.Config) { c.File, c.Person = erik.File, "Erik" })
	annas, eriks := handlerstest.NewBrowser(t, anna.Site), handlerstest.NewBrowser(t, erik.Site)
	for _, b := range []*handlerstest.Browser{annas, eriks} {
		b.Wear("milstolpe-lang", "en")
	}

	for _, deal := range []struct{ page, annas, eriks string }{
		{"/deals/d1", "#f-value=400 000", "#f-value=460 000 #f-name=Meters"},
		{"/deals/d2", "#f-value=90 000", "#f-name=Freezer"},
	} {
		annas.Open(deal.page + "/edit")
		eriks.Open(deal.page + "/edit")
		annas.FillAndSave(deal.annas, deal.page)
		eriks.FillAndSave(deal.eriks, deal.page)
	}
	inAgreement(t, anna, erik, 8)

	for _, b := range []*handlerstest.Browser{annas, eriks} {
		b.Open("/")
		if link := handlerstest.Ask[bool](b, `document.querySelector('main a[href="/file/settle"]') !== null`); !link {
			t.Error("the first page does not lead to what is to be settled")
		}
		b.Open("/file/settle")
		if got := handlerstest.Ask[string](b, `[...document.querySelectorAll("main h2, main legend")].map(h => h.textContent).join("; ")`); handlerstest.Plain(got) != "Kolbotten Sågverk, Meters; Value" {
			t.Errorf("to be settled: %q, want the value of one deal", handlerstest.Plain(got))
		}
		values := handlerstest.Plain(handlerstest.Ask[string](b, `[...document.querySelectorAll("main label.check")].map(l => l.textContent).join("; ")`))
		for _, want := range []string{"400,000", "Anna, 23 Nov 2026, 10:12", "460,000", "Erik, 23 Nov 2026, 10:12"} {
			if !strings.Contains(values, want) {
				t.Errorf("the values are %q, without %q", values, want)
			}
		}
		if chosen := handlerstest.Ask[int](b, `document.querySelectorAll("main input:checked").length`); chosen != 0 {
			t.Error("something is chosen before anybody chose")
		}
	}

	// An open page says by itself, within seconds, that something came in, and what is being written in it stays.
	annas.Open("/deals/d1?form=journal")
	annas.Do(chromedp.SendKeys(chromedp.CSS("#f-entry"), "half a sen"))
	began := time.Now()
	dbtest.Record(t, erik.File, dbtest.Journal("d2", "Lunch"))
	annas.Await(`document.querySelector("#news").textContent.includes("1 change came in from Erik")`)
	if took := time.Since(began); took > 20*time.Second { // under five on a machine that does nothing else
		t.Errorf("it took %v until the open page said that something came in", took)
	}
	if typed := handlerstest.Ask[string](annas, `document.querySelector("#f-entry").value`); typed != "half a sen" {
		t.Errorf("what was being written is %q now", typed)
	}

	eriks.Do(chromedp.Click(chromedp.CSS(`main label.check:has(input)`)), chromedp.Click(chromedp.CSS("main form button")))
	eriks.Await(`document.querySelector("main").textContent.includes("Everything agrees")`)
	inAgreement(t, anna, erik, 10)
	for who, b := range map[string]*handlerstest.Browser{"Anna": annas, "Erik": eriks} {
		b.Open("/file/settle")
		b.Await(`document.querySelector("main").textContent.includes("Everything agrees")`)
		for page, want := range map[string][]string{"/deals/d1": {"Meters", "400,000"}, "/deals/d2": {"Freezer", "90,000"}} {
			b.Open(page)
			text := handlerstest.Plain(handlerstest.Ask[string](b, `document.querySelector("main").textContent`))
			for _, w := range want {
				if !strings.Contains(text, w) {
					t.Errorf("%s does not see %q on %s", who, w, page)
				}
			}
		}
	}
}

// inAgreement waits until both copies have the same events, with so many about deals by Anna and Erik on top of what both began with.
func inAgreement(t *testing.T, anna, erik *handlerstest.DealSite, changes int) {
	t.Helper()
	count := func(s *handlerstest.DealSite) (n int) {
		for _, id := range []process.DealID{"d1", "d2"} {
			s.Deal(id, func(_ *sales.Team, d *sales.Deal) { n += len(d.Events()) })
		}
		return n
	}
	end := time.Now().Add(time.Minute)
	for anna.File.StateHash() != erik.File.StateHash() || count(anna) != changes {
		if time.Now().After(end) {
			t.Fatalf("after a while the copies have %d and %d events about the deals, want %d in both; their states are %v and %v",
				count(anna), count(erik), changes, anna.File.State(), erik.File.State())
		}
		time.Sleep(20 * time.Millisecond)
	}
	if count(erik) != changes {
		t.Fatalf("the same state, and yet Erik has %d events about the deals", count(erik))
	}
}
