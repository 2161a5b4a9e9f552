package files_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
)

// computer is a program with pages on a computer of its own.
type computer struct {
	*handlerstest.DealSite
	state string
}

// newComputer opens files as a person does there, exchanging by itself.
func newComputer(t *testing.T, person string, seed uint64, state string, file *db.File) *computer {
	t.Helper()
	c := &computer{DealSite: &handlerstest.DealSite{}, state: state}
	quick := func(o *db.Options) {
		o.Manual, o.Debounce, o.MaxDelay, o.PollEvery = false, 20*time.Millisecond, 100*time.Millisecond, 100*time.Millisecond
	}
	open := func(path, person string) (*db.File, error) {
		opened, err := db.Open(path, dbtest.Options(t, dbtest.As(person, seed), dbtest.In(c.state), quick))
		if err == nil {
			c.File = opened
			t.Cleanup(func() { _ = opened.Close() })
		}
		return opened, err
	}
	c.Site = handlerstest.NewSiteWithoutFile(t, func(config *web.Config) {
		config.File, config.Person, config.OpenFile, config.StateDir = file, person, open, c.state
	})
	c.File = file
	return c
}

// A team moves to a server in one browser; a colleague joins with the invitation in another. Both work without the server, it comes
// back, and what differs is settled.
func TestInTwoBrowsersATeamMovesToAServer(t *testing.T) {
	t.Parallel()
	handlerstest.Chromium(t)
	p := dbtest.StartPostgres(t)
	s := p.Server()
	state := t.TempDir()
	began := handlerstest.NewDealSiteIn(t, dbtest.New(t, dbtest.In(state)))
	anna := newComputer(t, "Anna", 2, state, began.File)
	annas := handlerstest.NewBrowser(t, anna.Site)
	annas.Wear("milstolpe-lang", "en")

	annas.Open("/file")
	annas.Do(chromedp.Click(chromedp.CSS(`main a[href="/file/move"]`)))
	annas.Await(`location.pathname === "/file/move"`)
	annas.FillAndSave("#f-address=postgres://"+s.Host()+"/postgres #f-user=nobody", "/file/move")
	annas.Await(`document.querySelector("main").textContent.includes("does not let nobody in")`)
	annas.FillAndSave("#f-address=postgres://"+s.Host()+"/postgres #f-user=vera", "/file")
	annas.Await(`document.querySelector("main").textContent.includes("may read, record and erase people")`)

	// The invitation is a small file; it names nobody.
	invitation := filepath.Join(t.TempDir(), "Firma.milstolpe-server")
	text := anna.Get("/file/invitation").Text
	if strings.Contains(text, "vera") || !strings.Contains(text, "address: postgres://"+s.Host()) {
		t.Fatalf("the invitation says %q", text)
	}
	if err := os.WriteFile(invitation, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	bo := newComputer(t, "Bo", 3, t.TempDir(), nil)
	bos := handlerstest.NewBrowser(t, bo.Site)
	bos.Wear("milstolpe-lang", "en")
	bos.Open("/welcome/open")
	bos.Do(chromedp.SetValue(chromedp.CSS("#f-path"), invitation))
	handlerstest.Ask[bool](bos, `document.querySelector("form.page-form button").click() || true`)
	bos.Await(`location.pathname === "/welcome/join" && document.readyState === "complete"`)
	bos.FillAndSave("#f-user=bo", "/")
	inAgreement(t, anna.DealSite, bo.DealSite, 3)

	p.Stop()
	for _, change := range []struct {
		b      *handlerstest.Browser
		fields string
	}{{annas, "#f-value=400 000"}, {bos, "#f-value=460 000 #f-name=Meters"}} {
		change.b.Open("/deals/d1/edit")
		change.b.FillAndSave(change.fields, "/deals/d1")
	}
	waits := func(b *handlerstest.Browser) {
		t.Helper()
		b.Open("/deals")
		for range 100 {
			if strings.Contains(handlerstest.Ask[string](b, `document.querySelector("#saved").textContent`), "Waits for the server since") {
				return
			}
			time.Sleep(50 * time.Millisecond)
			b.Open("/deals")
		}
		t.Errorf("the foot of the page says %q", handlerstest.Ask[string](b, `document.querySelector("#saved").textContent`))
	}
	waits(annas)
	waits(bos)
	p.Start()
	inAgreement(t, anna.DealSite, bo.DealSite, 6)

	annas.Open("/file/settle")
	annas.Do(chromedp.Click(chromedp.CSS(`main label.check:has(input)`)), chromedp.Click(chromedp.CSS("main form button")))
	annas.Await(`document.querySelector("main").textContent.includes("Everything agrees")`)
	inAgreement(t, anna.DealSite, bo.DealSite, 7)
	bos.Open("/file/settle")
	bos.Await(`document.querySelector("main").textContent.includes("Everything agrees")`)
	bos.Open("/file")
	bos.Await(`document.querySelector("main").textContent.includes("vera")`)
}
