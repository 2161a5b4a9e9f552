package rollback_test

import (
	"testing"

	"milstolpe/process"
	"milstolpe/process/processtest"
	"milstolpe/process/rollback"
	"milstolpe/process/sales"
)

func TestUndoingAnImportLeavesTheNamesThatOthersUse(t *testing.T) {
	s := processtest.NewStory(t, "owner")
	s.Take("i1", processtest.Wide, `
id | customer | contact | seller | opened     | owner
1  | Acme     | Eva     | Anna   | 2026-01-05 | 2026-01-06
2  | Birch    | Bo      | Cecil  | 2026-01-05 |`)
	moment := sales.Env{Today: processtest.Day("2026-11-23"), NewID: func() string { return "new" }}
	id, facts, err := s.Team.OpenDeal(sales.NewDeal{Customer: "acme", Seller: "anna", Process: "p"}, moment)
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	first := s.ByRef("1")
	s.Add("", &process.ContactLinked{Stamp: processtest.Known("2026-11-23"), Deal: id, Contact: first.Contacts()[0]})
	if facts, err = first.WriteJournal("called", processtest.Day("2026-11-23"), processtest.Day("2026-11-23")); err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	if brought, workedOn, _ := rollback.Brought(s.Team, "i1"); brought != 2 || workedOn != 1 {
		t.Errorf("%d deals brought and %d worked on since, want 2 and 1", brought, workedOn)
	}
	if facts, err = rollback.Import(s.Team, "i1", processtest.Day("2026-11-23")); err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	d, ok := s.Team.Deal(id)
	if !ok || len(s.Team.Deals()) != 1 {
		t.Fatalf("%d deals are left, want the one that was made by hand", len(s.Team.Deals()))
	}
	contact, _ := s.Team.Contact(d.Contacts()[0])
	if s.Team.Customer(d.Now.Customer) != "Acme" || s.Team.Person(d.Now.Seller) != "Anna" || contact.Name != "Eva" {
		t.Errorf("the deal is at %q, of %q, with %q", s.Team.Customer(d.Now.Customer), s.Team.Person(d.Now.Seller), contact.Name)
	}
	if _, ok := s.Team.PersonByName("Cecil"); ok {
		t.Error("somebody whom only the import knew is still there")
	}
	for _, id := range s.Team.Customers() {
		if s.Team.Customer(id) == "" {
			t.Errorf("the customer %s is left without a name", id)
		}
	}
	for _, id := range s.Team.People() {
		if s.Team.Person(id) == "" {
			t.Errorf("the person %s is left without a name", id)
		}
	}
	if facts, err = rollback.Import(s.Team, "i1", processtest.Day("2026-11-23")); err != nil || len(facts) != 0 {
		t.Errorf("undone once more: %d facts, %v", len(facts), err)
	}
	if _, err = rollback.Import(s.Team, "i9", processtest.Day("2026-11-23")); process.KindOf(err) != process.NotFound {
		t.Errorf("an import that never was: %v", err)
	}
}
