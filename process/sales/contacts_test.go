package sales_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

// withDeal is a team with one open deal at Granåsa.
func withDeal(t *testing.T) (*processtest.Story, process.CustomerID, sales.Env) {
	t.Helper()
	s := processtest.NewStory(t, "a", "b")
	n := 0
	m := sales.Env{Today: processtest.Day("2024-03-01"), NewID: func() string { n++; return "id" + string(rune('0'+n)) }}
	_, facts, err := s.Team.OpenDeal(sales.NewDeal{Customer: "Granåsa Mejeri", Seller: "Sara", Process: "p"}, m)
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	return s, s.Team.Deals()[0].Now.Customer, m
}

func TestAContactIsAddedOnceAndLinked(t *testing.T) {
	s, customer, m := withDeal(t)
	d := s.Team.Deals()[0]
	id, facts, err := d.AddContact(sales.ContactForm{Name: " Petra Lindh ", Role: "produktionschef", Email: "petra@granasa.example"}, m)
	if err != nil || len(facts) != 2 {
		t.Fatalf("%d facts, %v; want the person and the link", len(facts), err)
	}
	s.Add("", facts...)
	if diff := cmp.Diff([]process.ContactID{id}, d.Contacts()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	want := sales.Contact{ID: id, Customer: customer, Name: "Petra Lindh", Role: "produktionschef", Email: "petra@granasa.example"}
	if got, _ := s.Team.Contact(id); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	again, facts, err := d.AddContact(sales.ContactForm{Name: "petra  lindh", Role: "produktionschef", Email: "petra@granasa.example"}, m)
	if again != id || err != nil || len(facts) != 1 { // only that the name is written otherwise now
		t.Errorf("the same person again: %s, %d facts, %v", again, len(facts), err)
	}
	if _, facts, err := d.AddContact(sales.ContactForm{Name: "Petra Lindh", Role: "produktionschef", Email: "petra@granasa.example"}, m); len(facts) != 0 || err != nil {
		t.Errorf("saying it twice: %d facts, %v", len(facts), err)
	}
}

func TestAChangedContactKeepsItsIdentityAndReplacesWhatWasThere(t *testing.T) {
	s, customer, m := withDeal(t)
	id, facts, _ := s.Team.NameContact("", customer, sales.ContactForm{Name: "Petra Lindh"}, m)
	s.Add("first", facts...)
	same, facts, err := s.Team.NameContact(id, customer, sales.ContactForm{Name: "Petra Ek", Phone: "070-174 06 31"}, m)
	if err != nil || same != id {
		t.Fatalf("%s, %v", same, err)
	}
	s.Add("", facts...)
	if got := facts[0].Recorded().Base; len(got) != 1 || got[0] != s.Ids["first"] {
		t.Errorf("base %v, want the first event", got)
	}
	if got, _ := s.Team.Contact(id); got.Name != "Petra Ek" || got.Phone != "070-174 06 31" {
		t.Errorf("got %+v", got)
	}
	// Her new name leads to her, and her old one still gives her identity no second owner.
	if found, facts, _ := s.Team.NameContact("", customer, sales.ContactForm{Name: "Petra Ek", Phone: "070-174 06 31"}, m); found != id || facts != nil {
		t.Errorf("Petra Ek is %s with %d new facts, want %s", found, len(facts), id)
	}
	if other, _, _ := s.Team.NameContact("", customer, sales.ContactForm{Name: "Petra Lindh"}, m); other == id {
		t.Error("another Petra Lindh is taken for her")
	}
}

func TestAnErasedContactDoesNotComeBack(t *testing.T) {
	s, customer, m := withDeal(t)
	d := s.Team.Deals()[0]
	id, facts, _ := d.AddContact(sales.ContactForm{Name: "Petra Lindh"}, m)
	s.Add("", facts...)
	s.Add("", &process.ContactNamed{Stamp: process.Stamp{Known: m.Today, Base: s.Team.ContactHeads(id)}, Contact: id, Customer: customer})
	if other, _, err := s.Team.NameContact("", customer, sales.ContactForm{Name: "Petra Lindh"}, m); err != nil || other == id {
		t.Errorf("somebody of the same name is %s, %v; want another identity than the erased one", other, err)
	}
	if _, err := d.LinkContact(id, false, m.Today); process.KindOf(err) != process.NotFound {
		t.Errorf("linking an erased person: %v", err)
	}
}

func TestAContactIsUnlinked(t *testing.T) {
	s, _, m := withDeal(t)
	d := s.Team.Deals()[0]
	id, facts, _ := d.AddContact(sales.ContactForm{Name: "Petra Lindh"}, m)
	s.Add("", facts...)
	facts, err := d.LinkContact(id, true, m.Today)
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	if got := d.Contacts(); len(got) != 0 {
		t.Errorf("still %v", got)
	}
	if facts, err := d.LinkContact(id, true, m.Today); facts != nil || err != nil {
		t.Errorf("unlinking twice: %d facts, %v", len(facts), err)
	}
}

func TestContactFormsAreChecked(t *testing.T) {
	s, customer, m := withDeal(t)
	_, _, err := s.Team.NameContact("", customer, sales.ContactForm{Name: " ", Email: "petra at granasa"}, m)
	var got []string
	for _, e := range processtest.ProblemsOf(err) {
		got = append(got, e.Field+" "+e.Msg)
	}
	if diff := cmp.Diff([]string{"contact form.required", "email form.email"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
