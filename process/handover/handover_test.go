package handover_test

import (
	"fmt"
	"testing"

	"milstolpe/process"
	"milstolpe/process/handover"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

const today = "2026-06-01"

func moment() sales.Env {
	n := 0
	return sales.Env{Today: processtest.Day(today), NewID: func() string { n++; return fmt.Sprint("new", n) }}
}

// annas is a team of Anna and Erik. Anna has three open deals and a won one, opened in the order c, a, b; Erik has an open one.
func annas(t *testing.T) *processtest.Story {
	t.Helper()
	s := processtest.NewStory(t, "offer")
	s.Add("", &process.PersonNamed{Stamp: processtest.Known("2025-01-01"), Person: "anna", Name: "Anna"})
	s.Add("", &process.PersonNamed{Stamp: processtest.Known("2025-01-01"), Person: "erik", Name: "Erik"})
	for id, on := range map[process.DealID]string{"a": "2026-02-01", "b": "2026-03-01", "c": "2026-01-01", "won": "2026-01-15", "his": "2026-01-20"} {
		s.Open(id, on, processtest.Kronor(1000))
		seller := process.PersonID("anna")
		if id == "his" {
			seller = "erik"
		}
		s.Add("seller of "+string(id), &process.SellerSet{Stamp: processtest.Known(on, s.Deal(id).Heads()["seller"]...), Deal: id, Seller: seller})
	}
	s.Close("won", process.Won, "2026-04-01", processtest.Kronor(1000))
	return s
}

func chosen(s *processtest.Story, ids ...process.DealID) (list []handover.Choice) {
	for _, id := range ids {
		list = append(list, handover.Choice{Deal: id, Base: handover.Base(s.Deal(id))})
	}
	return list
}

func TestOnlyOpenDealsAreHandedOverOldestFirst(t *testing.T) {
	var got []process.DealID
	for _, d := range handover.Open(annas(t).Team, "anna") {
		got = append(got, d.ID)
	}
	if fmt.Sprint(got) != "[c a b]" {
		t.Errorf("open are %v, want c a b", got)
	}
}

func TestHandingOverChangesWhoseADealIsFromTheDayOn(t *testing.T) {
	s := annas(t)
	facts, err := handover.Decide(s.Team, "anna", "Erik", chosen(s, "a", "c"), moment())
	if err != nil || len(facts) != 2 {
		t.Fatalf("%v, %v", facts, err)
	}
	s.Add("", facts...)
	for id, want := range map[process.DealID]process.PersonID{"a": "erik", "b": "anna", "c": "erik", "won": "anna", "his": "erik"} {
		if got := s.Deal(id).Now.Seller; got != want {
			t.Errorf("%s belongs to %s, want %s", id, got, want)
		}
	}
	if got := s.Deal("a").SellerOn(processtest.Day("2026-05-31")); got != "anna" {
		t.Errorf("the day before it belonged to %s", got)
	}
}

func TestSomebodyNewIsIntroducedFirst(t *testing.T) {
	s := annas(t)
	facts, err := handover.Decide(s.Team, "anna", "  Maja Ek ", chosen(s, "b"), moment())
	if err != nil || len(facts) != 2 {
		t.Fatalf("%v, %v", facts, err)
	}
	s.Add("", facts...)
	if got := s.Team.Person(s.Deal("b").Now.Seller); got != "Maja Ek" {
		t.Errorf("it went to %q", got)
	}
}

func TestHandingOverIsRefusedAsAWhole(t *testing.T) {
	for name, c := range map[string]struct {
		from process.PersonID
		to   string
		ids  []process.DealID
		kind process.Kind
	}{
		"nobody of that name":  {"nobody", "Erik", []process.DealID{"a"}, process.NotFound},
		"to the same person":   {"anna", "anna", []process.DealID{"a"}, process.Invalid},
		"to nobody":            {"anna", " ", []process.DealID{"a"}, process.Invalid},
		"nothing chosen":       {"anna", "Erik", nil, process.Invalid},
		"one that has ended":   {"anna", "Erik", []process.DealID{"a", "won"}, process.Conflict},
		"one of somebody else": {"anna", "Erik", []process.DealID{"a", "his"}, process.Conflict},
		"to her other name":    {"anna", "Annika", []process.DealID{"a"}, process.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			s := annas(t)
			s.Add("", &process.PersonNamed{Stamp: processtest.Known("2025-01-01"), Person: "annika", Name: "Annika"})
			s.Add("", &process.PeopleMerged{Stamp: processtest.Known("2025-01-02"), From: "annika", Into: "anna"})
			facts, err := handover.Decide(s.Team, c.from, c.to, chosen(s, c.ids...), moment())
			if process.KindOf(err) != c.kind || len(facts) > 0 {
				t.Errorf("%v, %v, want %s", facts, err, c.kind)
			}
		})
	}
}

func TestADealThatWentToSomebodyElseMeanwhileRefusesTheWhole(t *testing.T) {
	s := annas(t)
	seen := chosen(s, "a", "b")
	s.Add("", &process.SellerSet{Stamp: processtest.Known("2026-05-01", seen[1].Base...), Deal: "b", Seller: "erik"})
	if facts, err := handover.Decide(s.Team, "anna", "Erik", seen, moment()); process.KindOf(err) != process.Conflict || len(facts) > 0 {
		t.Errorf("%v, %v", facts, err)
	}
}
