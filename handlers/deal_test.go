package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// story does on the pages what a seller does with a deal, and says what each page answered.
func (s *dealSite) story() (said []string) {
	step := func(f form, fields ...string) answer {
		s.t.Helper()
		got := s.send(f.with(fields...))
		if got.StatusCode != http.StatusOK {
			s.t.Fatalf("%s was answered %s: %s", f.action, got.Status, words(got.Page(s.t), ".note, .msg"))
		}
		said = append(said, words(got.Page(s.t), "#toast span"))
		return got
	}
	ask := func(query, action string) form { return s.open("/deals/d1?form="+query, "/deals/d1"+action) }
	step(ask("reach&m=owned", "/milestones/owned/reach"), "who", "Petra Lindh", "evidence", "Mail: I take this on\nhttps://example.com/mail/7")
	step(ask("reach&m=meeting", "/milestones/meeting/reach"), "on", "2026-11-20")
	step(ask("withdraw&m=meeting", "/milestones/meeting/withdraw"), "why", "mistake", "reason", "another deal")
	step(ask("waive&m=money", "/milestones/money/waive"), "reason", "framework agreement")
	step(ask("promise&m=yes", "/milestones/yes/promise"), "day", "2026-12-01")
	step(ask("reach&m=owned", "/milestones/owned/reach"), "on", "2026-11-19")
	step(ask("next", "/next"), "text", "Call Petra", "due", "2026-11-24")
	step(s.open("/deals/d1", "/deals/d1/next/done"))
	step(ask("journal", "/journal"), "entry", "Lunch")
	step(ask("contact", "/contacts"), "contact", "Olof Brandt", "role", "finance", "email", "olof@example.com")
	step(s.open("/deals/d1/close", "/deals/d1/close"), "outcome", "lost", "own", "No budget after all", "said_by", "customer")
	step(ask("reopen", "/reopen"), "reason", "They called")
	step(s.open("/deals/d1/edit", "/deals/d1/edit"), "value", "500 000", "seller", "Erik")
	s.undo(step(ask("reach&m=yes", "/milestones/yes/reach")), "/deals/d1")
	return said
}

func TestTheSameWithAndWithoutHtmx(t *testing.T) {
	var said [2][]string
	var events [2][]process.Event
	for i := range said {
		s := newDealSite(t)
		s.htmx = i == 1
		said[i] = s.story()
		s.deal("d1", func(_ *sales.Team, d *sales.Deal) { events[i] = d.Events() })
	}
	if diff := cmp.Diff(said[0], said[1]); diff != "" {
		t.Errorf("what pages say differs:\n%s", diff)
	}
	if diff := cmp.Diff(events[0], events[1]); diff != "" {
		t.Errorf("what was recorded differs:\n%s", diff)
	}
	var kinds []string
	for _, e := range events[0][2:] { // after the opening and Maja's link
		kinds = append(kinds, process.FactType(e.Fact))
	}
	want := []string{
		"deal.contact_linked", "milestone.reached", "milestone.reached", "milestone.withdrawn", "milestone.waived", "milestone.promised",
		"milestone.corrected", "deal.next_step_set", "journal.written", "deal.next_step_set", "journal.written", "deal.contact_linked",
		"deal.closed", "deal.reopened", "deal.seller_set", "deal.value_set", "milestone.reached", "undone",
	}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Errorf("recorded:\n%s", diff)
	}
}

func TestADealAfterItsStory(t *testing.T) {
	s := newDealSite(t)
	s.story()
	s.deal("d1", func(team *sales.Team, d *sales.Deal) {
		mark, ok := d.MarkOn("owned", process.FarFuture)
		who, _ := team.Contact(mark.Contact)
		want := process.Evidence{Text: "Mail: I take this on", Link: "https://example.com/mail/7"}
		if !ok || who.Name != "Petra Lindh" || mark.Evidence != want || mark.On != process.MustDate("2026-11-19") {
			t.Errorf("the owner was marked as %+v by %s", mark, who.Name)
		}
		if _, there := d.MarkOn("yes", process.FarFuture); there {
			t.Error("what was undone is there")
		}
		if d.Now.Close != nil || d.Now.Value.Minor != 500_000_00 || team.Person(d.Now.Seller) != "Erik" || d.Now.NextStep.Text != "" {
			t.Errorf("the deal is %+v", d.Now)
		}
		if n := len(d.Journal()); n != 2 {
			t.Errorf("%d entries in the journal, want the call and the lunch", n)
		}
	})
	page := s.get("/deals/d1").Page(t)
	for selector, want := range map[string]string{
		"#m-owned": "Mail: I take this on", "#m-money": "Waived 23 Nov: framework agreement", "#m-yes": "The buyer has said 1 Dec.",
		"#contacts": "Olof Brandt", "#history": "Re-opened: They called", "#journal": "Call Petra",
	} {
		if got := words(page, selector); !strings.Contains(got, want) {
			t.Errorf("%s says %q and not %q", selector, got, want)
		}
	}
	if href := page.Find("#m-owned a[rel]").AttrOr("href", ""); href != "https://example.com/mail/7" {
		t.Errorf("the evidence leads to %q", href)
	}
	if got := page.Find(`a[href="tel:+46701740631"]`).Length(); got != 1 {
		t.Errorf("%d links dial Maja", got)
	}
}

func TestAFormInPlaceComesBackWithItsValues(t *testing.T) {
	s := newDealSite(t)
	for _, htmx := range []bool{false, true} {
		s.htmx = htmx
		f := s.open("/deals/d1?form=reach&m=owned", "/deals/d1/milestones/owned/reach").with("on", "2026-12-24", "who", "Petra", "evidence", "")
		got := s.send(f)
		if got.StatusCode != http.StatusUnprocessableEntity {
			t.Fatalf("htmx %v: answered %s", htmx, got.Status)
		}
		page := got.Page(t)
		if whole := page.Find("header.bar").Length() == 1; whole == htmx {
			t.Errorf("htmx %v: a whole page came back: %v", htmx, whole)
		}
		again := s.formIn(page.Selection, f.page, f.action)
		if diff := cmp.Diff(f.values, again.values); diff != "" {
			t.Errorf("htmx %v: the form came back changed:\n%s", htmx, diff)
		}
		for field, want := range map[string]string{"on": "24 Dec 2026 has not come yet", "evidence": "This milestone needs evidence"} {
			if msg := words(page, "#f-"+field+"-fault"); !strings.Contains(msg, want) {
				t.Errorf("htmx %v: %s says %q", htmx, field, msg)
			}
		}
	}
	s.deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if n := len(d.Events()); n != 2 {
			t.Errorf("refused forms recorded something: %d events", n)
		}
	})
}

func TestAStaleFormMakesAClashAndOverwritesNothing(t *testing.T) {
	s := newDealSite(t)
	const edit = "/deals/d1/edit"
	first, second := s.open(edit, edit), s.open(edit, edit)
	s.send(first.with("value", "400 000"))
	page := s.send(second.with("value", "430 000", "name", "Dryers")).Page(t)
	s.deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if n := len(d.Heads()["value"]); n != 2 {
			t.Errorf("the value has %d heads, want both", n)
		}
		if n := len(d.Heads()["name"]); n != 1 || d.Now.Name != "Dryers" {
			t.Errorf("the name %q has %d heads", d.Now.Name, n)
		}
	})
	if got := words(page, "#head .note"); !strings.Contains(got, "SEK 400,000") || !strings.Contains(got, "SEK 430,000") {
		t.Errorf("the page says %q", got)
	}
	s.send(s.open(edit, edit)) // sending what stands decides for it
	s.deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if n := len(d.Heads()["value"]); n != 1 || d.Now.Value.Minor != 430_000_00 {
			t.Errorf("after settling the value is %v with %d heads", d.Now.Value, n)
		}
	})
}

func TestAStaleFormRecordsNothingThatWasLeftAlone(t *testing.T) {
	s := newDealSite(t)
	const edit = "/deals/d1/edit"
	stale := s.open(edit, edit)
	s.send(s.open(edit, edit).with("value", "400 000", "expected_close", "2027-01-15"))
	s.send(stale.with("name", "Dryers"))
	s.deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if d.Now.Value.Minor != 400_000_00 || d.Now.ExpectedClose != process.MustDate("2027-01-15") || d.Now.Name != "Dryers" || len(d.Clashes()) != 0 {
			t.Errorf("the deal is %+v with %d clashes", d.Now, len(d.Clashes()))
		}
	})
}

// A browser, a script or a person may write what was left alone in another way. Only another value is a change.
func TestAValueThatIsWrittenInAnotherWayIsNoChange(t *testing.T) {
	const edit = "/deals/d1/edit"
	for field, write := range map[string]func(string) string{
		"value":    func(was string) string { return strings.Join(strings.FieldsFunc(was, unicode.IsSpace), "") + ".00" },
		"customer": strings.ToUpper,
		"seller":   func(was string) string { return "  " + strings.ToLower(was) + " " },
		"name":     func(was string) string { return was + " " },
	} {
		s := newDealSite(t)
		stale := s.open(edit, edit)
		s.send(s.open(edit, edit).with("value", "410 000", "customer", "Somebody else AB", "seller", "Erik", "name", "Dryers"))
		var before, after sales.Current
		s.deal("d1", func(_ *sales.Team, d *sales.Deal) { before = d.Now })
		s.send(stale.with(field, write(stale.values.Get(field))))
		s.deal("d1", func(_ *sales.Team, d *sales.Deal) {
			after = d.Now
			if n := len(d.Clashes()); n != 0 {
				t.Errorf("%s left alone makes %d conflicts", field, n)
			}
		})
		if after.Value.Minor != before.Value.Minor || after.Customer != before.Customer || after.Seller != before.Seller || after.Name != before.Name {
			t.Errorf("%s left alone changes the deal from %+v to %+v", field, before, after)
		}
	}
}

func TestWhatSomebodyElseHasMarkedMeanwhileIsNotPassedOver(t *testing.T) {
	s := newDealSite(t)
	const action = "/deals/d1/milestones/owned/reach"
	stale := s.open("/deals/d1?form=reach&m=owned", action)
	s.send(stale.with("evidence", "theirs"))
	if got := s.send(stale.with("evidence", "theirs")); got.StatusCode != http.StatusOK {
		t.Errorf("sending the same twice was answered %s", got.Status)
	}
	got := s.send(stale.with("evidence", "ours"))
	if got.StatusCode != http.StatusConflict || !strings.Contains(words(got.Page(t), ".note"), "Somebody marked the milestone") {
		t.Fatalf("answered %s: %s", got.Status, words(got.Page(t), ".note"))
	}
	once := s.formIn(got.Page(t).Selection, "/deals/d1", action)
	if once.values.Get("evidence") != "ours" || once.values.Get("base") == "" {
		t.Errorf("the form came back with %v", once.values)
	}
	s.send(once)
	s.deal("d1", func(_ *sales.Team, d *sales.Deal) {
		mark, _ := d.MarkOn("owned", process.FarFuture)
		if mark.Evidence.Text != "ours" || len(d.MarkIDs("owned", process.FarFuture)) != 1 {
			t.Errorf("sent once more it gives %+v", mark)
		}
	})
}

func TestAStaleWithdrawalIsRefused(t *testing.T) {
	s := newDealSite(t)
	reach := s.open("/deals/d1?form=reach&m=money", "/deals/d1/milestones/money/reach")
	s.send(reach)
	stale := s.open("/deals/d1?form=withdraw&m=money", "/deals/d1/milestones/money/withdraw").with("why", "news", "reason", "they froze it")
	s.send(stale)
	s.send(reach) // reached anew, which the stale form has not seen
	got := s.send(stale)
	if got.StatusCode != http.StatusConflict || got.Page(t).Find("#f-reason").Text() != "they froze it" {
		t.Errorf("answered %s with the reason %q", got.Status, got.Page(t).Find("#f-reason").Text())
	}
	s.deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if _, there := d.MarkOn("money", process.FarFuture); !there {
			t.Error("the new mark is gone")
		}
	})
}

func TestUndoneAndDoneAgain(t *testing.T) {
	s := newDealSite(t)
	done := s.send(s.open("/deals/d1?form=waive&m=money", "/deals/d1/milestones/money/waive").with("reason", "agreed before"))
	back := s.undo(done, "/deals/d1")
	if got := words(back.Page(t), "#m-money"); strings.Contains(got, "Waived") {
		t.Errorf("after Undo the page says %q", got)
	}
	again := s.undo(back, "/deals/d1")
	if got := words(again.Page(t), "#m-money"); !strings.Contains(got, "Waived 23 Nov: agreed before") {
		t.Errorf("after undoing that the page says %q", got)
	}
	action := done.Page(t).Find("#toast form").AttrOr("action", "")
	if got := s.post(action, url.Values{"back": {"https://elsewhere.example/"}}); got.Header.Get("Location") != "/" {
		t.Errorf("a second press leads to %q", got.Header.Get("Location"))
	}
	s.deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if mark, _ := d.MarkOn("money", process.FarFuture); !mark.Waived {
			t.Error("pressing Undo of long ago did something")
		}
	})
}

func TestANewDealAndItsUndo(t *testing.T) {
	s := newDealSite(t)
	f := s.open("/deals/new", "/deals/new")
	got := s.send(f.with("customer", "", "value", "a lot"))
	if got.StatusCode != http.StatusUnprocessableEntity || words(got.Page(t), "#f-customer-fault") == "" {
		t.Errorf("an empty customer was answered %s", got.Status)
	}
	made := s.send(f.with("customer", "Ekeby Mejeri", "name", "Energy", "value", "1,234,567.50", "expected_close", "2027-02-01"))
	page := made.Page(t)
	if h1 := words(page, "h1"); h1 != "Energy" || !strings.Contains(words(page, ".facts"), "SEK 1,234,567.50") {
		t.Errorf("the new deal's page says %q, %q", h1, words(page, ".facts"))
	}
	path := made.Request.URL.Path
	back := s.undo(made, path)
	if back.Request.URL.Path != "/deals" || s.get(path).StatusCode != http.StatusNotFound {
		t.Errorf("after Undo the browser is at %s, and the deal answers %s", back.Request.URL.Path, s.get(path).Status)
	}
}
