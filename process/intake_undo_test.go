package process_test

import (
	"testing"

	"milstolpe/process"
	"milstolpe/process/sales"
)

func TestUndoingAnImportLeavesTheNamesThatOthersUse(t *testing.T) {
	s := newStory(t, "owner")
	s.take("i1", wide, `
id | customer | contact | seller | opened     | owner
1  | Acme     | Eva     | Anna   | 2026-01-05 | 2026-01-06
2  | Birch    | Bo      | Cecil  | 2026-01-05 |`)
	moment := sales.Env{Today: day("2026-11-23"), NewID: func() string { return "new" }}
	id, facts, err := s.team.OpenDeal(sales.NewDeal{Customer: "acme", Seller: "anna", Process: "p"}, moment)
	if err != nil {
		t.Fatal(err)
	}
	s.add("", facts...)
	first := s.byRef("1")
	s.add("", &process.ContactLinked{Stamp: known("2026-11-23"), Deal: id, Contact: first.Contacts()[0]})
	if facts, err = first.WriteJournal("called", day("2026-11-23"), day("2026-11-23")); err != nil {
		t.Fatal(err)
	}
	s.add("", facts...)
	if brought, workedOn := s.team.ImportedDeals("i1"); brought != 2 || workedOn != 1 {
		t.Errorf("%d deals brought and %d worked on since, want 2 and 1", brought, workedOn)
	}
	if facts, err = s.team.UndoIntake("i1", day("2026-11-23")); err != nil {
		t.Fatal(err)
	}
	s.add("", facts...)
	d, ok := s.team.Deal(id)
	if !ok || len(s.team.Deals()) != 1 {
		t.Fatalf("%d deals are left, want the one that was made by hand", len(s.team.Deals()))
	}
	contact, _ := s.team.Contact(d.Contacts()[0])
	if s.team.Customer(d.Now.Customer) != "Acme" || s.team.Person(d.Now.Seller) != "Anna" || contact.Name != "Eva" {
		t.Errorf("the deal is at %q, of %q, with %q", s.team.Customer(d.Now.Customer), s.team.Person(d.Now.Seller), contact.Name)
	}
	if _, ok := s.team.PersonByName("Cecil"); ok {
		t.Error("somebody whom only the import knew is still there")
	}
	if facts, err = s.team.UndoIntake("i1", day("2026-11-23")); err != nil || len(facts) != 0 {
		t.Errorf("undone once more: %d facts, %v", len(facts), err)
	}
	if _, err = s.team.UndoIntake("i9", day("2026-11-23")); process.KindOf(err) != process.NotFound {
		t.Errorf("an import that never was: %v", err)
	}
}
