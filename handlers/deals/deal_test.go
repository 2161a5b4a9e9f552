package deals_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

func TestTheSameWithAndWithoutHtmx(t *testing.T) {
	t.Parallel()
	var said [2][]string
	var events [2][]process.Event
	for i := range said {
		s := handlerstest.NewDealSite(t)
		s.Htmx = i == 1
		said[i] = s.Story()
		s.Deal("d1", func(_ *sales.Team, d *sales.Deal) { events[i] = d.Events() })
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
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	s.Story()
	s.Deal("d1", func(team *sales.Team, d *sales.Deal) {
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
	page := s.Get("/deals/d1").Page(t)
	for selector, want := range map[string]string{
		"#m-owned": "Mail: I take this on", "#m-money": "Waived 23 Nov: framework agreement", "#m-yes": "The buyer has said 1 Dec.",
		"#contacts": "Olof Brandt", "#history": "Re-opened: They called", "#journal": "Call Petra",
	} {
		if got := handlerstest.Words(page, selector); !strings.Contains(got, want) {
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
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	for _, htmx := range []bool{false, true} {
		s.Htmx = htmx
		f := s.Open("/deals/d1?form=reach&m=owned", "/deals/d1/milestones/owned/reach").With("on", "2026-12-24", "who", "Petra", "evidence", "")
		got := s.Send(f)
		if got.StatusCode != http.StatusUnprocessableEntity {
			t.Fatalf("htmx %v: answered %s", htmx, got.Status)
		}
		page := got.Page(t)
		if whole := page.Find("header.bar").Length() == 1; whole == htmx {
			t.Errorf("htmx %v: a whole page came back: %v", htmx, whole)
		}
		again := s.FormIn(page.Selection, f.Page, f.Action)
		if diff := cmp.Diff(f.Values, again.Values); diff != "" {
			t.Errorf("htmx %v: the form came back changed:\n%s", htmx, diff)
		}
		for field, want := range map[string]string{"on": "24 Dec 2026 has not come yet", "evidence": "This milestone needs evidence"} {
			if msg := handlerstest.Words(page, "#f-"+field+"-fault"); !strings.Contains(msg, want) {
				t.Errorf("htmx %v: %s says %q", htmx, field, msg)
			}
		}
	}
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if n := len(d.Events()); n != 2 {
			t.Errorf("refused forms recorded something: %d events", n)
		}
	})
}

func TestAStaleFormMakesAConflictAndOverwritesNothing(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	const edit = "/deals/d1/edit"
	first, second := s.Open(edit, edit), s.Open(edit, edit)
	s.Send(first.With("value", "400 000"))
	page := s.Send(second.With("value", "430 000", "name", "Dryers")).Page(t)
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if n := len(d.Heads()["value"]); n != 2 {
			t.Errorf("the value has %d heads, want both", n)
		}
		if n := len(d.Heads()["name"]); n != 1 || d.Now.Name != "Dryers" {
			t.Errorf("the name %q has %d heads", d.Now.Name, n)
		}
	})
	if got := handlerstest.Words(page, "#head .note"); !strings.Contains(got, "SEK 400,000") || !strings.Contains(got, "SEK 430,000") {
		t.Errorf("the page says %q", got)
	}
	s.Send(s.Open(edit, edit)) // sending what stands decides for it
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if n := len(d.Heads()["value"]); n != 1 || d.Now.Value.Minor != 430_000_00 {
			t.Errorf("after settling the value is %v with %d heads", d.Now.Value, n)
		}
	})
}

func TestAStaleFormRecordsNothingThatWasLeftAlone(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	const edit = "/deals/d1/edit"
	stale := s.Open(edit, edit)
	s.Send(s.Open(edit, edit).With("value", "400 000", "expected_close", "2027-01-15"))
	s.Send(stale.With("name", "Dryers"))
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if d.Now.Value.Minor != 400_000_00 || d.Now.ExpectedClose != process.MustDate("2027-01-15") || d.Now.Name != "Dryers" || len(d.Conflicts()) != 0 {
			t.Errorf("the deal is %+v with %d conflicts", d.Now, len(d.Conflicts()))
		}
	})
}

// A browser, a script or a person may write what was left alone in another way. Only another value is a change.
func TestAValueThatIsWrittenInAnotherWayIsNoChange(t *testing.T) {
	t.Parallel()
	const edit = "/deals/d1/edit"
	for field, write := range map[string]func(string) string{
		"value":    func(was string) string { return strings.Join(strings.FieldsFunc(was, unicode.IsSpace), "") + ".00" },
		"customer": strings.ToUpper,
		"seller":   func(was string) string { return "  " + strings.ToLower(was) + " " },
		"name":     func(was string) string { return was + " " },
	} {
		s := handlerstest.NewDealSite(t)
		stale := s.Open(edit, edit)
		s.Send(s.Open(edit, edit).With("value", "410 000", "customer", "Somebody else AB", "seller", "Erik", "name", "Dryers"))
		var before, after sales.Current
		s.Deal("d1", func(_ *sales.Team, d *sales.Deal) { before = d.Now })
		s.Send(stale.With(field, write(stale.Values.Get(field))))
		s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
			after = d.Now
			if n := len(d.Conflicts()); n != 0 {
				t.Errorf("%s left alone makes %d conflicts", field, n)
			}
		})
		if after.Value.Minor != before.Value.Minor || after.Customer != before.Customer || after.Seller != before.Seller || after.Name != before.Name {
			t.Errorf("%s left alone changes the deal from %+v to %+v", field, before, after)
		}
	}
}

func TestWhatSomebodyElseHasMarkedMeanwhileIsNotPassedOver(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	const action = "/deals/d1/milestones/owned/reach"
	stale := s.Open("/deals/d1?form=reach&m=owned", action)
	s.Send(stale.With("evidence", "theirs"))
	if got := s.Send(stale.With("evidence", "theirs")); got.StatusCode != http.StatusOK {
		t.Errorf("sending the same twice was answered %s", got.Status)
	}
	got := s.Send(stale.With("evidence", "ours"))
	if got.StatusCode != http.StatusConflict || !strings.Contains(handlerstest.Words(got.Page(t), ".note"), "Somebody marked the milestone") {
		t.Fatalf("answered %s: %s", got.Status, handlerstest.Words(got.Page(t), ".note"))
	}
	once := s.FormIn(got.Page(t).Selection, "/deals/d1", action)
	if once.Values.Get("evidence") != "ours" || once.Values.Get("base") == "" {
		t.Errorf("the form came back with %v", once.Values)
	}
	s.Send(once)
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		mark, _ := d.MarkOn("owned", process.FarFuture)
		if mark.Evidence.Text != "ours" || len(d.MarkIDs("owned", process.FarFuture)) != 1 {
			t.Errorf("sent once more it gives %+v", mark)
		}
	})
}

func TestAStaleWithdrawalIsRefused(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	reach := s.Open("/deals/d1?form=reach&m=money", "/deals/d1/milestones/money/reach")
	s.Send(reach)
	stale := s.Open("/deals/d1?form=withdraw&m=money", "/deals/d1/milestones/money/withdraw").With("why", "news", "reason", "they froze it")
	s.Send(stale)
	s.Send(reach) // reached anew, which the stale form has not seen
	got := s.Send(stale)
	if got.StatusCode != http.StatusConflict || got.Page(t).Find("#f-reason").Text() != "they froze it" {
		t.Errorf("answered %s with the reason %q", got.Status, got.Page(t).Find("#f-reason").Text())
	}
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if _, there := d.MarkOn("money", process.FarFuture); !there {
			t.Error("the new mark is gone")
		}
	})
}

func TestUndoneAndDoneAgain(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	done := s.Send(s.Open("/deals/d1?form=waive&m=money", "/deals/d1/milestones/money/waive").With("reason", "agreed before"))
	back := s.Undo(done, "/deals/d1")
	if got := handlerstest.Words(back.Page(t), "#m-money"); strings.Contains(got, "Waived") {
		t.Errorf("after Undo the page says %q", got)
	}
	again := s.Undo(back, "/deals/d1")
	if got := handlerstest.Words(again.Page(t), "#m-money"); !strings.Contains(got, "Waived 23 Nov: agreed before") {
		t.Errorf("after undoing that the page says %q", got)
	}
	action := done.Page(t).Find("#toast form").AttrOr("action", "")
	if got := s.Post(action, url.Values{"back": {"https://elsewhere.example/"}}); got.Header.Get("Location") != "/" {
		t.Errorf("a second press leads to %q", got.Header.Get("Location"))
	}
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if mark, _ := d.MarkOn("money", process.FarFuture); !mark.Waived {
			t.Error("pressing Undo of long ago did something")
		}
	})
}

func TestANewDealAndItsUndo(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	f := s.Open("/deals/new", "/deals/new")
	got := s.Send(f.With("customer", "", "value", "a lot"))
	if got.StatusCode != http.StatusUnprocessableEntity || handlerstest.Words(got.Page(t), "#f-customer-fault") == "" {
		t.Errorf("an empty customer was answered %s", got.Status)
	}
	made := s.Send(f.With("customer", "Ekeby Mejeri", "name", "Energy", "value", "1,234,567.50", "expected_close", "2027-02-01"))
	page := made.Page(t)
	if h1 := handlerstest.Words(page, "h1"); h1 != "Ekeby Mejeri, Energy" || !strings.Contains(handlerstest.Words(page, ".facts"), "SEK 1,234,567.50") {
		t.Errorf("the new deal's page says %q, %q", h1, handlerstest.Words(page, ".facts"))
	}
	path := made.Request.URL.Path
	back := s.Undo(made, path)
	if back.Request.URL.Path != "/deals" || s.Get(path).StatusCode != http.StatusNotFound {
		t.Errorf("after Undo the browser is at %s, and the deal answers %s", back.Request.URL.Path, s.Get(path).Status)
	}
}

func TestAPageThatIsNotThereSaysSo(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	for _, path := range []string{"/deals/none", "/deals/none/why", "/deals/none/edit", "/deals/none/close", "/customers/none"} {
		if got := s.Get(path); got.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %s", path, got.Status)
		}
	}
}
