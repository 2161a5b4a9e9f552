package process_test

import (
	"testing"

	"milstolpe/process"
	"milstolpe/process/money"
)

func TestTwoChangesThatDidNotSeeEachOtherClashUntilSettled(t *testing.T) {
	s := newStory(t, "a")
	s.open("d", "2025-01-01", kronor(1000))
	opened := s.ids["open d"]
	s.add("anna", &process.ValueSet{Stamp: known("2025-01-02", opened), Deal: "d", Value: kronor(400)})
	if n := len(s.team.Clashes()); n != 0 {
		t.Fatalf("%d clashes after one change", n)
	}
	s.add("erik", &process.ValueSet{Stamp: known("2025-01-03", opened), Deal: "d", Value: kronor(450)})
	s.add("", &process.DealRenamed{Stamp: known("2025-01-03", opened), Deal: "d", Name: "Same"})
	s.add("", &process.DealRenamed{Stamp: known("2025-01-03", opened), Deal: "d", Name: "Same"})
	clashes := s.team.Clashes()
	if len(clashes) != 1 || clashes[0].Field != "value" || len(clashes[0].Heads) != 2 {
		t.Fatalf("clashes %+v", clashes)
	}
	// Until it is settled the latest by key stands.
	if got := *s.deal("d").Now.Value; got != *kronor(450) {
		t.Errorf("provisional value %v", got)
	}
	facts, err := clashes[0].Settle(s.ids["anna"], day("2025-01-05"))
	if err != nil {
		t.Fatal(err)
	}
	s.add("", facts...)
	if n := len(s.team.Clashes()); n != 0 || *s.deal("d").Now.Value != money.New(400_00, "SEK") {
		t.Errorf("after settling %d clashes, value %v", n, s.deal("d").Now.Value)
	}
	if _, err := clashes[0].Settle(opened, day("2025-01-05")); process.KindOf(err) != process.Invalid {
		t.Errorf("settled for a value that does not clash: %v", err)
	}
}

func TestSettingsClashToo(t *testing.T) {
	s := newStory(t)
	heads := s.team.SettingHeads(process.CurrencySetting)
	for _, c := range []string{"NOK", "EUR"} {
		s.add("", &process.SettingSet{Stamp: known("2025-01-01", heads[0].ID), Setting: process.CurrencySetting, Value: c})
	}
	if c := s.team.Clashes(); len(c) != 1 || c[0].Setting != process.CurrencySetting {
		t.Errorf("clashes %+v", c)
	}
}
