package sales_test

import (
	"testing"

	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

// customers are two that turn out to be one.
func customers(t *testing.T) *processtest.Story {
	t.Helper()
	s := processtest.NewStory(t, "a")
	for _, c := range []struct{ id, name string }{{"c1", "Kolbotten AB"}, {"c2", "Kolbotten"}} {
		s.Add(c.id, &process.CustomerNamed{Stamp: processtest.Known("2026-01-01"), Customer: process.CustomerID(c.id), Name: c.name})
	}
	s.Add("", &process.DealOpened{Stamp: processtest.Known("2026-01-05"), Deal: "d", On: processtest.Day("2026-01-05"), Process: "p", Version: "v1", Customer: "c2"})
	return s
}

func TestMergedCustomersAreReadAsOne(t *testing.T) {
	s := customers(t)
	facts, err := s.Team.MergeCustomers("c2", "c1", processtest.Day("2026-02-01"))
	if err != nil || len(facts) != 1 {
		t.Fatalf("merge: %v, %v", facts, err)
	}
	s.Add("merge", facts...)
	if got := s.Deal("d").Now.Customer; got != "c1" || s.Team.Customer("c2") != "Kolbotten AB" || len(s.Team.Customers()) != 1 {
		t.Errorf("the deal's customer is %s (%s) of %v", got, s.Team.Customer("c2"), s.Team.Customers())
	}
	if again, err := s.Team.MergeCustomers("c2", "c1", processtest.Day("2026-02-02")); err != nil || again != nil {
		t.Errorf("merging what is one already gives %v, %v", again, err)
	}
	undo, err := s.Team.Undo([]process.Event{{ID: s.Ids["merge"], Fact: facts[0]}}, processtest.Day("2026-02-02"))
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", undo...)
	if got := s.Deal("d").Now.Customer; got != "c2" {
		t.Errorf("after undoing it the deal's customer is %s, want c2", got)
	}
}

func TestARenamedCustomerKeepsItsIdentity(t *testing.T) {
	s := customers(t)
	stale := s.Team.CustomerHeads("c1")
	for _, name := range []string{"Kolbottens Sågverk", "Kolbottens Såg"} {
		facts, err := s.Team.RenameCustomer("c1", name, stale, processtest.Day("2026-02-01"))
		if err != nil {
			t.Fatal(err)
		}
		s.Add("", facts...)
	}
	if n := len(s.Team.CustomerHeads("c1")); n != 2 {
		t.Errorf("two changes made from the same page leave %d heads, want both", n)
	}
	_, err := s.Team.RenameCustomer("c1", " kolbotten ", nil, processtest.Day("2026-02-01"))
	if got := processtest.ProblemsOf(err); len(got) != 1 || got[0].Msg != "customer.name_taken" {
		t.Errorf("the name of another customer gives %v", err)
	}
	if _, err := s.Team.RenameCustomer("c9", "X", nil, processtest.Day("2026-02-01")); process.KindOf(err) != process.NotFound {
		t.Errorf("renaming nobody gives %v", err)
	}
}

func TestTheDealTellsItsEventsAsTheyWereRecorded(t *testing.T) {
	s := customers(t)
	d := s.Deal("d")
	moment := sales.Env{Today: processtest.Day("2026-02-01"), NewID: func() string { return "new" }}
	act := func(facts []process.Fact, err error) {
		t.Helper()
		if err != nil || len(facts) == 0 {
			t.Fatalf("%v, %v", facts, err)
		}
		s.Add("", facts...)
	}
	act(d.Change(sales.DealForm{Name: "Torkar", Customer: "Kolbotten", Seller: "Erik", Value: processtest.Kronor(5), ExpectedClose: processtest.Day("2026-05-01")}, moment))
	act(d.PlanNext(activities.Activity{Text: "Ring", Due: processtest.Day("2026-02-03")}, nil, moment.Today))
	act(d.WriteJournal("Lunch", moment.Today, moment.Today))
	act(d.Promise("a", processtest.Day("2026-03-01"), nil, moment.Today))
	act(d.Reach(sales.ReachInput{Milestone: "a", On: moment.Today}, moment.Today))
	act(d.Correct(sales.ReachInput{Milestone: "a", On: processtest.Day("2026-01-31")}, moment.Today))
	act(d.Withdraw("a", process.EventID{}, true, "fel affär", moment.Today))
	act(d.Waive("a", "ramavtal", moment.Today))
	act(d.CloseDeal(sales.CloseInput{Outcome: process.Lost, On: moment.Today, Reason: "pris"}, moment.Today))
	act(d.Reopen("de ringde", moment.Today))

	again := sales.NewTeam()
	for _, e := range d.Events() {
		if id := process.DealOf(e.Fact); id != "d" {
			t.Errorf("%s is about deal %q", process.FactType(e.Fact), id)
		}
		again.Apply(e)
	}
	// Replayed alone they give the same deal, but for the names of people and customers, which are not the deal's.
	twin, ok := again.Deal("d")
	if !ok || len(twin.Events()) != len(d.Events()) || twin.Now.Name != d.Now.Name || *twin.Now.Value != *d.Now.Value ||
		twin.Now.NextStep != d.Now.NextStep || twin.Now.ExpectedClose != d.Now.ExpectedClose || twin.Now.LastStep != d.Now.LastStep {
		t.Errorf("replayed: %+v\nwas:      %+v", twin.Now, d.Now)
	}
	if n := len(d.Events()); n != 14 {
		t.Errorf("%d events, want 14: the opening, four changes and the nine after", n)
	}
	if d.ChangedOn() != moment.Today {
		t.Errorf("changed on %s, want %s", d.ChangedOn(), moment.Today)
	}
}
