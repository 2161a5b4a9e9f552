package files_test

import (
	"net/http"
	"strings"
	"testing"

	"milstolpe/handlers/handlerstest"
)

// What cannot be saved is not said to be saved later, and what was typed stands on the page, to be sent again, with and without scripts.
func TestWhatWasTypedStaysWhenItCannotBeSaved(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	form := s.Open("/deals/d1?form=next", "/deals/d1/next").With("text", `Call "Maja" <b>at</b> nine`)
	if err := s.File.Close(); err != nil { // as good as a disk that takes nothing any more
		t.Fatal(err)
	}
	got := s.Send(form)
	if got.StatusCode != http.StatusLocked {
		t.Fatalf("it was answered %s", got.Status)
	}
	again := s.FormIn(got.Page(t).Find("main"), "/deals/d1", form.Action)
	for name, values := range form.Values {
		if strings.Join(again.Values[name], "|") != strings.Join(values, "|") {
			t.Errorf("of %s there is %q, sent was %q", name, again.Values[name], values)
		}
	}
	if got.Page(t).Find(`main input[name="text"]:not([type="hidden"])`).AttrOr("value", "") != form.Values.Get("text") {
		t.Error("what was typed is not to be seen")
	}
	s.Htmx = true
	part := s.FragmentFrom(http.MethodPost, form.Action, "/deals/d1", "next", form.Values)
	if part.Header.Get("HX-Retarget") != "#notice" {
		t.Errorf("with scripts the form is replaced: %v", part.Header)
	}
}
