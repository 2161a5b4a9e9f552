package contacts_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

func TestAllThatIsRecordedAboutAPersonIsShown(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	s.Send(s.Open("/customers/c1?form=contact&c=maja", "/customers/c1/contacts").With("role", "owner", "email", "maja@kolbotten.example"))
	s.Send(s.Open("/deals/d1?form=reach&m=owned", "/deals/d1/milestones/owned/reach").With("evidence", "A letter", "who", "Maja Ek"))
	s.Send(s.Open("/deals/d2?form=journal", "/deals/d2/journal").With("entry", "MAJA EK knows the people here."))
	page := s.Get("/contacts/maja").Page(t)
	for part, wants := range map[string][]string{
		// Who recorded the first values is whoever made the file of the test.
		"#details":  {"NameMaja Ek", "10 Nov 2026", "Roleowner", "recorded by Anna, 23 Nov 2026", "E-mailmaja@kolbotten.example", "CustomerKolbotten Sågverk"},
		"#earlier":  {"Rolebuyer"},
		"#ties":     {"Kolbotten Sågverk, Moisture meters", "Part of the deal", "Stands behind: The buyer has appointed an owner", "A letter"},
		"#mentions": {"Vretens Chark, Cold store", "Journal, 23 Nov: MAJA EK knows"},
	} {
		for _, want := range wants {
			if got := handlerstest.Words(page, part); !strings.Contains(got, want) {
				t.Errorf("%s has no %q: %q", part, want, got)
			}
		}
	}
	json := s.Get("/contacts/maja/download.json")
	if path := page.Find(".filters a[href$='json']").AttrOr("href", ""); path != "" {
		json = s.Get(path)
	}
	if json.StatusCode != http.StatusOK || !strings.Contains(json.Text, `"value": "maja@kolbotten.example"`) || !strings.Contains(json.Text, `"section": "mention"`) {
		t.Errorf("as JSON: %s %.400s", json.Status, json.Text)
	}
	if got := s.Get("/contacts/nobody"); got.StatusCode != http.StatusNotFound {
		t.Errorf("of nobody: %s", got.Status)
	}
	s.Send(s.Open("/customers/c1?form=erase&c=maja", "/customers/c1/contacts/maja/erase"))
	if got := s.Get("/contacts/maja"); got.StatusCode != http.StatusNotFound {
		t.Errorf("of somebody erased: %s", got.Status)
	}
}

// quietSite has, besides Maja of the open deal, three people: Olle who was known long ago, Ove who was in a deal that ended long ago, and
// Eva who was in one that ended a year ago. Today is 23 November 2026.
func quietSite(t *testing.T) *handlerstest.DealSite {
	t.Helper()
	s := handlerstest.NewDealSite(t)
	on := func(day string) process.Stamp { return process.Stamp{Known: process.MustDate(day), History: true} }
	facts := []process.Fact{
		&process.ContactNamed{Stamp: on("2023-11-23"), Contact: "olle", Customer: "c2", Name: "Olle Dahl"},
		&process.ContactNamed{Stamp: on("2020-01-01"), Contact: "ove", Customer: "c2", Name: "Ove Falk"},
		&process.ContactNamed{Stamp: on("2020-01-01"), Contact: "eva", Customer: "c2", Name: "Eva Gran"},
		&process.ContactNamed{Stamp: on("2020-01-01"), Contact: "lena", Customer: "c1", Name: "Lena Holm"},
		&process.ContactLinked{Stamp: on("2026-11-11"), Deal: "d1", Contact: "lena"},
	}
	for deal, ended := range map[process.DealID]string{"o1": "2022-05-01", "o2": "2025-11-01"} {
		contact := map[process.DealID]process.ContactID{"o1": "ove", "o2": "eva"}[deal]
		facts = append(facts,
			&process.DealOpened{Stamp: on("2021-01-01"), Deal: deal, On: process.MustDate("2021-01-01"), Process: "p", Version: "v", Customer: "c2", Seller: "anna"},
			&process.ContactLinked{Stamp: on("2021-01-02"), Deal: deal, Contact: contact},
			&process.DealClosed{Stamp: on(ended), Deal: deal, Outcome: process.Lost, On: process.MustDate(ended), Reason: "price"},
		)
	}
	dbtest.Record(t, s.File, facts...)
	return s
}

func TestPeopleWithoutAnythingNewAreListedForErasing(t *testing.T) {
	t.Parallel()
	s := quietSite(t)
	page := s.Get("/contacts/quiet").Page(t)
	var ids []string
	for _, box := range page.Find("input[name=c]").EachIter() {
		ids = append(ids, box.AttrOr("value", ""))
	}
	// Three years ago to the day is long enough. Lena has an open deal, Eva's ended a year ago.
	if got := strings.Join(ids, " "); got != "ove olle" {
		t.Fatalf("listed: %s", got)
	}
	if got := handlerstest.Words(s.Get("/customers").Page(t), "a[href='/contacts/quiet']"); !strings.HasPrefix(got, "2 ") {
		t.Errorf("the list of customers says %q", got)
	}
	if got := s.Get("/contacts/quiet?show=sure"); got.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("with nobody chosen: %s", got.Status)
	}
	form := s.Open("/contacts/quiet?show=sure&c=ove", "/contacts/quiet")
	s.Send(form)
	s.Deal("d1", func(team *sales.Team, _ *sales.Deal) {
		if c, ok := team.Contact("ove"); ok && !c.Erased {
			t.Error("Ove is still there")
		}
		if c, ok := team.Contact("olle"); !ok || c.Erased {
			t.Error("Olle is gone too")
		}
	})
}

func TestNobodyIsErasedAboutWhomSomethingNewHasCome(t *testing.T) {
	t.Parallel()
	s := quietSite(t)
	both := s.Open("/contacts/quiet?show=sure&c=ove&c=olle", "/contacts/quiet")
	dbtest.Record(t, s.File, &process.ContactLinked{Stamp: process.Stamp{Known: process.MustDate("2026-11-23")}, Deal: "d1", Contact: "olle"})
	forms := []url.Values{both.Values, {"c": {"eva"}}, {"c": {"maja"}}, {"c": {"nobody"}}, {}}
	for _, form := range forms {
		if got := s.Post("/contacts/quiet", form); got.StatusCode != http.StatusConflict && got.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%v is answered %s", form, got.Status)
		}
	}
	s.Deal("d1", func(team *sales.Team, _ *sales.Deal) {
		if n := len(team.Contacts()); n != 5 {
			t.Errorf("%d people are left of 5", n)
		}
	})
}
