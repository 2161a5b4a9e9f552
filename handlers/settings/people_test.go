package settings_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// renameTo sends the form in which the person who uses the computer says their name.
func renameTo(t *testing.T, s *handlerstest.DealSite, name string) handlerstest.Answer {
	t.Helper()
	form := handlerstest.FormOf(s.Get("/settings").Page(t), `form[action="/settings/person"]`)
	form.Set("person", name)
	return s.Post("/settings/person", form)
}

// Whoever changes their own name is the same person: their deals, what they recorded, and the name on every page.
func TestRenamingOneselfRenames(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	if got := renameTo(t, s, "Anna Berg"); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("renaming was answered %s", got.Status)
	}
	_ = s.File.View(func(team *sales.Team) error {
		d, _ := team.Deal("d1")
		if team.Person(d.Now.Seller) != "Anna Berg" || len(team.People()) != 1 || team.RecordedBy(d.Openings()[0].ID) != "Anna Berg" {
			t.Errorf("the deal is %q's, recorded by %q, of %d people", team.Person(d.Now.Seller), team.RecordedBy(d.Openings()[0].ID), len(team.People()))
		}
		return nil
	})
	after := s.Get("/settings")
	if got := after.Page(t).Find("#f-person").AttrOr("value", ""); got != "Anna Berg" {
		t.Errorf("the page says %q", got)
	}
	dbtest.Record(t, s.File, &process.PersonNamed{Stamp: process.Stamp{Known: process.DateOf(dbtest.Now)}, Person: "erik", Name: "Erik"})
	if got := renameTo(t, s, "erik"); got.StatusCode != http.StatusUnprocessableEntity || got.Page(t).Find("#f-person").AttrOr("value", "") != "erik" {
		t.Errorf("the name of a colleague was answered %s", got.Status)
	}
}

// Two entries of one person are one until somebody takes them apart, by the toast or later from the page; on every copy.
func TestTwoPeopleAreMergedAndTakenApart(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	day := process.Stamp{Known: process.DateOf(dbtest.Now)}
	dbtest.Record(t, s.File, &process.PersonNamed{Stamp: day, Person: "ab", Name: "Anna B"}, &process.SellerSet{Stamp: day, Deal: "d2", Seller: "ab"})
	sellerOf := func(file *db.File) (name string) {
		_ = file.View(func(team *sales.Team) error {
			d, _ := team.Deal("d2")
			name = team.Person(d.Now.Seller)
			return nil
		})
		return name
	}
	merged := s.Send(s.Open("/settings/people", "/settings/people/ab/merge").With("into", "anna"))
	if merged.StatusCode != http.StatusOK || sellerOf(s.File) != "Anna" {
		t.Fatalf("merging was answered %s, and the deal is %q's", merged.Status, sellerOf(s.File))
	}
	if err := s.File.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	erik := dbtest.Open(t, s.File.Path(), dbtest.As("Erik", 2))
	if got := sellerOf(erik); got != "Anna" {
		t.Errorf("in another copy the deal is %q's", got)
	}
	if got := handlerstest.Words(s.In(i18n.Swedish, "/settings/people").Page(t), "#merged li span"); got != "Anna B är Anna." {
		t.Errorf("the page says %q of the merging", got)
	}
	s.Send(s.Open("/settings/people", "/settings/people/ab/apart"))
	if err := s.File.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := erik.Pull(t.Context()); err != nil {
		t.Fatal(err)
	}
	if sellerOf(s.File) != "Anna B" || sellerOf(erik) != "Anna B" {
		t.Errorf("taken apart, the deal is %q's here and %q's there", sellerOf(s.File), sellerOf(erik))
	}
}

// keeper remembers who uses a computer as the program does, in memory.
func keeper(kept map[string]web.Who) func(*web.Config) {
	return func(c *web.Config) {
		c.KeepPerson = func(file *db.File, who web.Who) error { kept[file.Dataset()] = who; return nil }
		c.KnownPerson = func(file *db.File) (web.Who, bool) { who, ok := kept[file.Dataset()]; return who, ok }
	}
}

// A colleague who opens the file for the first time is asked who of the team they are, before the name of the computer's login is believed;
// the next time the program knows it.
func TestAColleagueIsAskedWhoOfTheTeamTheyAre(t *testing.T) {
	t.Parallel()
	first := handlerstest.NewDealSite(t)
	if err := first.File.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	kept := map[string]web.Who{}
	file := dbtest.Open(t, first.File.Path(), dbtest.As("pc-17", 2))
	s := handlerstest.NewSiteWithoutFile(t, func(c *web.Config) { c.File, c.Person = file, "pc-17" }, keeper(kept))
	if got := s.Get("/"); got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/settings/who" {
		t.Fatalf("the first page is %s, %s", got.Status, got.Header.Get("Location"))
	}
	page := s.Get("/settings/who").Page(t)
	if got := handlerstest.Texts(page, "main li span"); len(got) != 1 || got[0] != "Anna" || page.Find("#f-name").AttrOr("value", "") != "pc-17" {
		t.Errorf("offered are %v, and the name %q", got, page.Find("#f-name").AttrOr("value", ""))
	}
	s.Post("/settings/who", url.Values{"id": {"anna"}})
	if got := s.Get("/"); got.StatusCode != http.StatusOK || kept[file.Dataset()] != (web.Who{ID: "anna", Name: "Anna"}) {
		t.Errorf("afterwards the page is %s, and kept is %+v", got.Status, kept)
	}
	events := dbtest.Record(t, file, dbtest.Journal("d1", "x"))
	_ = file.View(func(team *sales.Team) error {
		if w, _ := team.Roster().Writer(events[0].ID.Writer()); w.PersonID != "anna" || w.Person != "Anna" {
			t.Errorf("it was recorded by %+v", w)
		}
		return nil
	})
	again := handlerstest.NewSiteWithoutFile(t, func(c *web.Config) { c.File, c.Person = file, "pc-17" }, keeper(kept))
	if got := again.Get("/"); got.StatusCode != http.StatusOK || !strings.Contains(handlerstest.Words(got.Page(t), ".me"), "Anna") {
		t.Errorf("the next time the page is %s", got.Status)
	}
	asAnna := handlerstest.NewSiteWithoutFile(t, func(c *web.Config) { c.File, c.Person = file, "anna" }, keeper(map[string]web.Who{}))
	if got := asAnna.Get("/settings/who").Page(t).Find("#f-name").AttrOr("value", ""); got != "" {
		t.Errorf("somebody in the list is to be added as %q", got)
	}
	other := handlerstest.NewSiteWithoutFile(t, func(c *web.Config) { c.File, c.Person = file, "pc-18" }, keeper(map[string]web.Who{}))
	other.Post("/settings/who", url.Values{"name": {"Sara Holm"}})
	_ = file.View(func(team *sales.Team) error {
		if _, ok := team.PersonByName("Sara Holm"); !ok {
			t.Error("who was not in the list is not of the team")
		}
		return nil
	})
}
