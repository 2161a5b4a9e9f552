package settings_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/process"
	"milstolpe/process/picklists"
	"milstolpe/process/sales"
)

// first is the first of the forms on a page that go to an address.
func first(t *testing.T, s *handlerstest.DealSite, page, action string) handlerstest.Form {
	t.Helper()
	form := s.Get(page).Page(t).Find(`form[method="post"][action="` + action + `"]`).First()
	return s.FormIn(form.WrapAllHtml("<div></div>").Parent(), page, action)
}

// listNamed is a list of the file as it stands.
func listNamed(t *testing.T, s *handlerstest.DealSite, name string) (l picklists.List) {
	t.Helper()
	_ = s.File.View(func(team *sales.Team) error {
		l, _ = team.Lists().ListByName(name)
		return nil
	})
	return l
}

func offered(l picklists.List) (names []string) {
	for _, c := range l.Offered() {
		names = append(names, c.Name)
	}
	return names
}

// A list is made, put in order, renamed and retired on its page, and chosen from on a deal's; what a deal has stays, and every step can be undone.
func TestAListIsMadeAndChosenFrom(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	made := s.Send(s.Open("/settings/lists", "/settings/lists").With("name", "Region", "choices", "North\r\n\r\nSouth\r\nWest"))
	if got := offered(listNamed(t, s, "region")); made.StatusCode != http.StatusOK || !slices.Equal(got, []string{"North", "South", "West"}) {
		t.Fatalf("making a list was answered %s, and it offers %q", made.Status, got)
	}
	s.Send(first(t, s, "/settings/lists", "/settings/lists/region/move").With("choice", "west", "to", "up"))
	s.Send(s.Open("/settings/lists", "/settings/lists/region/add").With("choices", "East"))
	s.Send(first(t, s, "/settings/lists", "/settings/lists/region/choices/south").With("name", "Syd"))
	if got := offered(listNamed(t, s, "Region")); !slices.Equal(got, []string{"North", "West", "Syd", "East"}) {
		t.Errorf("it offers %q", got)
	}
	if got := s.Send(s.Open("/settings/lists", "/settings/lists").With("name", "region")); got.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a second list of the name was answered %s", got.Status)
	}

	edit := "/deals/d1/edit"
	s.Send(s.Open(edit, edit).With("choices", "region:west"))
	deal := func() string { return handlerstest.Words(s.In(i18n.English, "/deals/d1").Page(t), ".facts") }
	if got := s.Get(edit).Page(t).Find("#f-list_region option[selected]").Text(); got != "West" {
		t.Errorf("the deal has %q", got)
	}
	doc := s.Get("/settings/lists").Page(t)
	retire := doc.Find(`li[data-row] form[action="/settings/lists/region/choices/west"]`).Last()
	s.Send(s.FormIn(retire.WrapAllHtml("<div></div>").Parent(), "/settings/lists", "/settings/lists/region/choices/west"))
	options := handlerstest.Texts(s.Get(edit).Page(t), "#f-list_region option")
	if got := offered(listNamed(t, s, "Region")); slices.Contains(got, "West") || !slices.ContainsFunc(options, func(o string) bool { return o != "West" && len(o) > 4 && o[:4] == "West" }) {
		t.Errorf("a retired choice: offered are %q, and on the deal %q; the page says %q", got, options, deal())
	}
	for path, want := range map[string]int{"/log": 6} {
		if got := s.Get(path).Page(t).Find("main li, main tr").FilterFunction(func(_ int, e *goquery.Selection) bool { return len(e.Text()) > 0 }).Length(); got < want {
			t.Errorf("%s has %d lines", path, got)
		}
	}
	_ = s.File.View(func(team *sales.Team) error {
		d, _ := team.Deal("d1")
		if d.Choices().Of("region") != "west" {
			t.Errorf("the deal has lost its choice: %q", d.Choices().Of("region"))
		}
		return nil
	})
}

// A new deal takes choices with it, and refuses those that are not offered.
func TestANewDealIsSorted(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	s.Send(s.Open("/settings/lists", "/settings/lists").With("name", "Region", "choices", "North\nSouth"))
	form := s.Open("/deals/new", "/deals/new").With("customer", "Brand new", "choices", "region:south")
	if got := s.Send(form); got.StatusCode != http.StatusOK {
		t.Fatalf("answered %s", got.Status)
	}
	found := false
	_ = s.File.View(func(team *sales.Team) error {
		for _, d := range team.Deals() {
			if team.Customer(d.Now.Customer) == "Brand new" {
				found = d.Choices().Of("region") == process.ChoiceID("south")
			}
		}
		return nil
	})
	if !found {
		t.Error("the new deal is in no region")
	}
	refused := s.Send(s.Open("/deals/new", "/deals/new").With("customer", "Other", "choices", "region:moon"))
	if refused.StatusCode != http.StatusUnprocessableEntity || refused.Page(t).Find("#f-list_region").AttrOr("aria-invalid", "") != "true" {
		t.Errorf("a choice that is not offered was answered %s", refused.Status)
	}
}
