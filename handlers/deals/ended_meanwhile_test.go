package deals_test

import (
	"net/http"
	"strings"
	"testing"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
	"milstolpe/process/sales"
)

// pair are Anna and Erik, each with a copy of one file.
type pair struct {
	t          *testing.T
	anna, erik *handlerstest.DealSite
}

func newPair(t *testing.T) *pair {
	t.Helper()
	p := &pair{t: t, anna: handlerstest.NewDealSite(t)}
	p.meet(p.anna)
	file := dbtest.Open(t, p.anna.File.Path(), dbtest.As("Erik", 2))
	p.erik = &handlerstest.DealSite{File: file, Site: handlerstest.NewSiteWithoutFile(t, func(c *web.Config) { c.File, c.Person = file, "Erik" })}
	return p
}

// meet publishes what people have recorded, and takes in what others have, in turn.
func (p *pair) meet(sites ...*handlerstest.DealSite) {
	p.t.Helper()
	for _, s := range sites {
		if err := s.File.Publish(p.t.Context()); err != nil {
			p.t.Fatal(err)
		}
	}
}

// does sends a form of Erik's, and has Anna's copy take it in.
func (p *pair) does(page, action string, fields ...string) {
	p.t.Helper()
	if got := p.erik.Send(p.erik.Open(page, action).With(fields...)); got.StatusCode >= http.StatusBadRequest {
		p.t.Fatalf("%s was answered %s", action, got.Status)
	}
	p.meet(p.erik, p.anna)
}

// ends counts how often the deal was closed or opened again.
func (p *pair) ends() (n int) {
	p.anna.Deal("d1", func(_ *sales.Team, d *sales.Deal) { n = len(d.Closings()) + len(d.Reopenings()) })
	return n
}

// told sends Anna's form, which is refused and says what Erik has done.
func (p *pair) told(form handlerstest.Form, wants ...string) handlerstest.Answer {
	p.t.Helper()
	before := p.ends()
	got := p.anna.Send(form)
	if got.StatusCode != http.StatusConflict || p.ends() != before {
		p.t.Fatalf("%s was answered %s, with %d ends and re-openings more", form.Action, got.Status, p.ends()-before)
	}
	said := handlerstest.Words(got.Page(p.t), "main [role=alert]")
	for _, want := range append(wants, "Erik", "23 Nov 2026, 10:12") {
		if !strings.Contains(said, want) {
			p.t.Errorf("%s is answered %q, without %q", form.Action, said, want)
		}
	}
	return got
}

const end, again = "/deals/d1/close", "/deals/d1/reopen"

// Erik closes the deal, opens it again, and gives it another value, each while Anna has the form open in which she closes it. The form comes
// back with what he did; sent once more it counts, where the deal is open.
func TestTheFormThatClosesADealSaysWhatAColleagueDidMeanwhile(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	form := p.anna.Open(end, end).With("outcome", "won")
	p.does(end, end, "outcome", "lost", "own", "Too expensive", "competitor", "Kylman")
	p.told(form, "Lost", "Too expensive", "Kylman")
	p.does("/deals/d1?form=reopen", again, "reason", "They called")
	p.told(form, "re-opened", "They called")

	form = p.anna.Open(end, end).With("outcome", "won")
	p.does("/deals/d1/edit", "/deals/d1/edit", "value", "300000")
	got := p.told(form, "SEK 300,000")
	back := p.anna.FormIn(got.Page(t).Selection, end, end)
	if back.Values.Get("value") != "300,000" || back.Values.Get("outcome") != "won" {
		t.Errorf("the form comes back with %v", back.Values)
	}
	typed := p.anna.Open(end, end).With("outcome", "won", "value", "310000")
	p.does("/deals/d1/edit", "/deals/d1/edit", "value", "320000")
	back = p.anna.FormIn(p.told(typed, "SEK 320,000").Page(t).Selection, end, end)
	if got := back.Values.Get("value"); got != "310000" {
		t.Errorf("310000 was typed, and %q came back", got)
	}
	p.anna.Send(back)
	p.anna.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if d.Now.Close == nil || d.Now.Close.Value.Minor != 31_000_000 {
			t.Errorf("sent once more, the end is %+v", d.Now.Close)
		}
	})
}

// Erik opens the deal again while Anna has the form open that does; and closes it anew.
func TestTheFormThatReopensADealSaysWhatAColleagueDidMeanwhile(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	p.does(end, end, "outcome", "lost", "own", "Too expensive")
	const page = "/deals/d1?form=reopen"
	form := p.anna.Open(page, again).With("reason", "They wrote")
	p.does(page, again, "reason", "They called")
	got := p.told(form, "re-opened", "They called")
	if got.Page(t).Find(`form[action="`+again+`"]`).Length() != 0 {
		t.Error("a deal that is open is asked to be opened again")
	}
	p.does(end, end, "outcome", "won", "value", "420000")
	got = p.told(form, "Won", "SEK 420,000")
	back := p.anna.FormIn(got.Page(t).Selection, page, again)
	if back.Values.Get("reason") != "They wrote" {
		t.Errorf("the form comes back with %v", back.Values)
	}
	p.anna.Send(back)
	p.anna.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if d.Now.Close != nil {
			t.Errorf("sent once more, the end is %+v", d.Now.Close)
		}
	})
}
