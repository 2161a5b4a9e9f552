package extract_test

import (
	"fmt"
	"testing"

	"milstolpe/process"
	"milstolpe/process/extract"
	"milstolpe/process/processtest"
	"milstolpe/process/search"
)

// majas is a team that has met Maja at Pump: linked to deal a, behind its milestone "offer", and named in a line of its journal. Erik of the same
// customer has nothing to do with it.
func majas(t *testing.T) *processtest.Story {
	t.Helper()
	s := processtest.NewStory(t, "offer")
	s.Open("a", "2025-01-01", processtest.Kronor(1000))
	customer := s.Deal("a").Now.Customer
	named := func(id process.ContactID, name, role, on string, base ...process.EventID) {
		s.Add(name+role, &process.ContactNamed{Stamp: processtest.Known(on, base...), Contact: id, Customer: customer, Name: name, Role: role, Email: string(id) + "@pump.se"})
	}
	named("maja", "Maja Ek", "buyer", "2025-01-02")
	named("maja", "Maja Ek", "head of buying", "2025-03-02", s.Ids["Maja Ekbuyer"])
	named("erik", "Erik Öst", "driver", "2025-01-02")
	s.Add("linked", &process.ContactLinked{Stamp: processtest.Known("2025-01-03"), Deal: "a", Contact: "maja"})
	s.Add("reached", &process.MilestoneReached{
		Stamp: processtest.Known("2025-02-03"), Deal: "a", Milestone: "offer", On: processtest.Day("2025-02-01"), Contact: "maja", Evidence: process.Evidence{Text: "her letter"},
	})
	s.Add("journal", &process.JournalWritten{Stamp: processtest.Known("2025-02-04"), Deal: "a", On: processtest.Day("2025-02-04"), Text: "Maja Ek wants it in May"})
	return s
}

func TestAnExtractHasEveryDetailWithItsOrigin(t *testing.T) {
	s := majas(t)
	x, ok := extract.About(s.Team, &search.Index{}, "maja")
	if !ok {
		t.Fatal("she is not found")
	}
	var got []string
	for _, d := range x.Details {
		if d.Field != extract.Customer {
			got = append(got, fmt.Sprint(d.Field, "=", d.Value, " ", d.Current, " ", d.Day))
		}
	}
	want := "[name=Maja Ek true 2025-01-02 role=head of buying true 2025-03-02 role=buyer false 2025-01-02 email=maja@pump.se true 2025-01-02]"
	if fmt.Sprint(got) != want {
		t.Errorf("details\n%v, want\n%s", got, want)
	}
}

func TestAnExtractHasWhatTiesAPersonToDeals(t *testing.T) {
	s := majas(t)
	s.Add("unlinked", &process.ContactLinked{Stamp: processtest.Known("2025-02-05", s.Ids["linked"]), Deal: "a", Contact: "maja", Off: true})
	x, _ := extract.About(s.Team, &search.Index{}, "maja")
	var got []string
	for _, tie := range x.Ties {
		got = append(got, fmt.Sprint(tie.What, " ", tie.Milestone, tie.Evidence.Text, " ", tie.Day))
	}
	if fmt.Sprint(got) != "[linked  2025-01-03 reached offerher letter 2025-02-03 unlinked  2025-02-05]" {
		t.Errorf("ties %q", got)
	}
	if len(x.Mentions) != 1 || x.Mentions[0].Deal.ID != "a" {
		t.Errorf("mentions %v", x.Mentions)
	}
	if other, ok := extract.About(s.Team, &search.Index{}, "erik"); !ok || len(other.Ties) > 0 || len(other.Mentions) > 0 {
		t.Errorf("of Erik it says %v and %v", other.Ties, other.Mentions)
	}
}

func TestNothingIsSaidOfSomebodyWhoIsErasedOrUnknown(t *testing.T) {
	s := majas(t)
	s.Add("", s.Team.EraseContact("maja", processtest.Day("2025-04-01"))...)
	for _, id := range []process.ContactID{"maja", "nobody"} {
		if x, ok := extract.About(s.Team, &search.Index{}, id); ok {
			t.Errorf("of %s it says %+v", id, x)
		}
	}
}

// Maja has to do with an open deal; of Erik nothing new has come since 2 January 2025, three years before 2 January 2028.
func TestQuietArePeopleWithoutAnythingNewForThreeYears(t *testing.T) {
	s := majas(t)
	for today, want := range map[string]string{"2028-01-01": "[]", "2028-01-02": "[Erik Öst 2025-01-02]"} {
		var got []string
		for _, q := range extract.Quiet(s.Team, processtest.Day(today)) {
			got = append(got, fmt.Sprint(q.Name, " ", q.Last))
		}
		if fmt.Sprint(got) != want {
			t.Errorf("on %s quiet are %v, want %s", today, got, want)
		}
	}
	s.Close("a", process.Lost, "2025-06-01", nil)
	if got := extract.Quiet(s.Team, processtest.Day("2028-06-01")); len(got) != 2 || got[1].Name != "Maja Ek" {
		t.Errorf("three years after the deal has ended quiet are %v", got)
	}
}
