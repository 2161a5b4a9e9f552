package web_test

import (
	"strings"
	"testing"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
)

func TestAKeptPageIsMadeAnewWhenWhatItShowsHasChanged(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	first := s.Get("/deals").Text
	if again := s.Get("/deals").Text; again != first {
		t.Error("the same page is another one when it is asked for again")
	}
	if other := s.Get("/deals?status=closed").Text; other == first {
		t.Error("another address shows the same page")
	}
	s.Post("/settings/language", map[string][]string{"value": {"sv"}, "back": {"/deals"}})
	if swedish := s.Get("/deals").Text; !strings.Contains(swedish, `lang="sv"`) {
		t.Error("the page is not in the language that was chosen")
	}
	s.Post("/settings/language", map[string][]string{"value": {"en"}, "back": {"/deals"}})
	dbtest.Record(t, s.File, &process.DealRenamed{Stamp: process.Stamp{Known: process.DateOf(dbtest.Now)}, Deal: "d2", Name: "Freezing store"})
	if changed := s.Get("/deals").Text; !strings.Contains(changed, "Freezing store") {
		t.Error("what was recorded is not on the page")
	}
}

func TestWhatWasDoneIsSaidOnceOnAKeptPage(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	s.Get("/deals/d2")
	after := s.Send(s.Open("/deals/d2/edit", "/deals/d2/edit").With("name", "Freezing store"))
	said := after.Page(t).Find("#toast").Text()
	if strings.TrimSpace(said) == "" {
		t.Error("nothing says that the change was saved")
	}
	if again := s.Get("/deals/d2").Page(t).Find("#toast").Text(); strings.TrimSpace(again) != "" {
		t.Errorf("it is said again: %q", again)
	}
}
