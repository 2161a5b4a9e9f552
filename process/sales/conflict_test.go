package sales_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/conflicts"
	"milstolpe/process/money"
	"milstolpe/process/processtest"
)

func TestTwoChangesThatDidNotSeeEachOtherConflictUntilSettled(t *testing.T) {
	s := processtest.NewStory(t, "a")
	s.Open("d", "2025-01-01", processtest.Kronor(1000))
	opened := s.Ids["open d"]
	s.Add("anna", &process.ValueSet{Stamp: processtest.Known("2025-01-02", opened), Deal: "d", Value: processtest.Kronor(400)})
	if n := len(s.Team.Conflicts()); n != 0 {
		t.Fatalf("%d conflicts after one change", n)
	}
	s.Add("erik", &process.ValueSet{Stamp: processtest.Known("2025-01-03", opened), Deal: "d", Value: processtest.Kronor(450)})
	s.Add("", &process.DealRenamed{Stamp: processtest.Known("2025-01-03", opened), Deal: "d", Name: "Same"})
	s.Add("", &process.DealRenamed{Stamp: processtest.Known("2025-01-03", opened), Deal: "d", Name: "Same"})
	waiting := s.Team.Conflicts()
	if len(waiting) != 1 || waiting[0].Field != "value" || len(waiting[0].Heads) != 2 {
		t.Fatalf("conflicts %+v", waiting)
	}
	// Until it is settled the latest by key stands.
	if got := *s.Deal("d").Now.Value; got != *processtest.Kronor(450) {
		t.Errorf("provisional value %v", got)
	}
	facts, err := waiting[0].Settle(s.Ids["anna"], nil, processtest.Day("2025-01-05"), moment("2025-01-05").NewID)
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	if n := len(s.Team.Conflicts()); n != 0 || *s.Deal("d").Now.Value != money.New(400_00, "SEK") {
		t.Errorf("after settling %d conflicts, value %v", n, s.Deal("d").Now.Value)
	}
	if before := waiting[0].Before; before == nil || before.Event != opened {
		t.Errorf("what both replaced is %+v", before)
	}
	if _, err := waiting[0].Settle(process.EventID{1}, nil, processtest.Day("2025-01-05"), moment("2025-01-05").NewID); process.KindOf(err) != process.Invalid {
		t.Errorf("settled for a value that is not in conflict: %v", err)
	}
}

func TestSettingsConflictToo(t *testing.T) {
	s := processtest.NewStory(t)
	heads := s.Team.Settings().Heads(process.CurrencySetting)
	for _, c := range []string{"NOK", "EUR"} {
		s.Add("", &process.SettingSet{Stamp: processtest.Known("2025-01-01", heads[0].ID), Setting: process.CurrencySetting, Value: c})
	}
	if c := s.Team.Conflicts(); len(c) != 1 || c[0].Field != conflicts.Setting || c[0].Subject != string(process.CurrencySetting) {
		t.Errorf("conflicts %+v", c)
	}
}

// customerConflicts are two changes of each thing about the buyer's side of a deal.
func customerConflicts() map[conflicts.Field][2]func(process.Stamp) process.Fact {
	role := func(who process.ContactID) func(process.Stamp) process.Fact {
		return func(s process.Stamp) process.Fact {
			return &process.RoleSet{Stamp: s, Deal: "d", Role: process.Decides, Contact: who}
		}
	}
	plan := func(p process.Plan) func(process.Stamp) process.Fact {
		return func(s process.Stamp) process.Fact { return &process.PlanWorded{Stamp: s, Deal: "d", Plan: p} }
	}
	return map[conflicts.Field][2]func(process.Stamp) process.Fact{
		conflicts.Role: {role("a"), role("b")}, conflicts.Plan: {plan(process.Plan{Intro: "Welcome"}), plan(process.Plan{Closing: "Bye"})},
	}
}

// Whatever two copies can disagree about waits to be settled, and settling it for either value ends it.
func TestEverythingThatCanBeReplacedCanConflict(t *testing.T) {
	sek := func(kronor int64) money.Amount { return money.New(kronor*100, "SEK") }
	at := func(base ...process.EventID) process.Stamp { return processtest.Known("2025-01-03", base...) }
	def := func(name string) process.Definition { return process.Definition{Name: name} }
	cases := map[conflicts.Field][2]func(process.Stamp) process.Fact{
		conflicts.CustomerName: {
			func(s process.Stamp) process.Fact {
				return &process.CustomerNamed{Stamp: s, Customer: "c", Name: "Volvo"}
			},
			func(s process.Stamp) process.Fact {
				return &process.CustomerNamed{Stamp: s, Customer: "c", Name: "Volvo AB"}
			},
		},
		conflicts.CustomerSame: {
			func(s process.Stamp) process.Fact { return &process.CustomersMerged{Stamp: s, From: "x", Into: "y"} },
			func(s process.Stamp) process.Fact { return &process.CustomersMerged{Stamp: s, From: "x", Into: "z"} },
		},
		conflicts.Contact: {
			func(s process.Stamp) process.Fact {
				return &process.ContactNamed{Stamp: s, Contact: "k", Name: "Berit", Phone: "1"}
			},
			func(s process.Stamp) process.Fact {
				return &process.ContactNamed{Stamp: s, Contact: "k", Name: "Berit", Phone: "2"}
			},
		},
		conflicts.Person: {
			func(s process.Stamp) process.Fact { return &process.PersonNamed{Stamp: s, Person: "p", Name: "Anna"} },
			func(s process.Stamp) process.Fact { return &process.PersonNamed{Stamp: s, Person: "p", Name: "Anna L"} },
		},
		conflicts.Draft: {
			func(s process.Stamp) process.Fact {
				return &process.DraftSaved{Stamp: s, Process: "new", Definition: def("One")}
			},
			func(s process.Stamp) process.Fact {
				return &process.DraftSaved{Stamp: s, Process: "new", Definition: def("Other")}
			},
		},
		conflicts.Target: {
			func(s process.Stamp) process.Fact {
				return &process.TargetSet{Stamp: s, Period: "2025-Q1", Amount: sek(1)}
			},
			func(s process.Stamp) process.Fact {
				return &process.TargetSet{Stamp: s, Period: "2025-Q1", Amount: sek(2)}
			},
		},
		conflicts.Call: {
			func(s process.Stamp) process.Fact {
				return &process.CallMade{Stamp: s, Period: "2025-Q1", Layer: "manager", Amount: sek(1)}
			},
			func(s process.Stamp) process.Fact {
				return &process.CallMade{Stamp: s, Period: "2025-Q1", Layer: "manager", Amount: sek(2)}
			},
		},
		conflicts.Rate: {
			func(s process.Stamp) process.Fact { return &process.RateSet{Stamp: s, Currency: "EUR", Rate: 11} },
			func(s process.Stamp) process.Fact { return &process.RateSet{Stamp: s, Currency: "EUR", Rate: 11.5} },
		},
		conflicts.Outcome: {
			func(s process.Stamp) process.Fact {
				return &process.DealClosed{Stamp: s, Deal: "d", Outcome: process.Won, On: processtest.Day("2025-01-03")}
			},
			func(s process.Stamp) process.Fact {
				return &process.DealClosed{Stamp: s, Deal: "d", Outcome: process.Lost, On: processtest.Day("2025-01-03")}
			},
		},
		conflicts.Opinion: {
			func(s process.Stamp) process.Fact { return &process.OpinionSet{Stamp: s, Deal: "d", Percent: 10} },
			func(s process.Stamp) process.Fact { return &process.OpinionSet{Stamp: s, Deal: "d", Percent: 60} },
		},
		conflicts.Promise: {
			func(s process.Stamp) process.Fact {
				return &process.MilestonePromised{Stamp: s, Deal: "d", Milestone: "m", Day: processtest.Day("2025-03-01")}
			},
			func(s process.Stamp) process.Fact {
				return &process.MilestonePromised{Stamp: s, Deal: "d", Milestone: "m", Day: processtest.Day("2025-03-02")}
			},
		},
	}
	maps.Copy(cases, customerConflicts())

	for field, facts := range cases {
		for chosen, name := range []string{"anna", "erik"} {
			t.Run(string(field)+"/"+name, func(t *testing.T) {
				s := processtest.NewStory(t, "a")
				s.Open("d", "2025-01-01", processtest.Kronor(1000))
				s.Add("anna", facts[0](at()))
				if n := len(s.Team.Conflicts()); n != 0 {
					t.Fatalf("%d conflicts after one of them", n)
				}
				s.Add("erik", facts[1](at()))
				waiting := s.Team.Conflicts()
				if len(waiting) != 1 || waiting[0].Field != field || len(waiting[0].Heads) != 2 || waiting[0].Subject == "" {
					t.Fatalf("conflicts %+v, want one", waiting)
				}
				want := waiting[0].Heads[chosen].Value
				settled, err := waiting[0].Settle(s.Ids[name], nil, processtest.Day("2025-01-05"), moment("2025-01-05").NewID)
				if err != nil {
					t.Fatal(err)
				}
				s.Add("", settled...)
				if left := s.Team.Conflicts(); len(left) != 0 {
					t.Errorf("after settling %+v is left", left)
				}
				same := facts[chosen](*settled[0].Recorded())
				if diff := cmp.Diff(same, settled[0]); diff != "" {
					t.Errorf("settled for %v (-chosen +recorded):\n%s", want, diff)
				}
			})
		}
	}
}

// Two versions published on two copies: choosing one makes it the version in force again, and all open deals follow it, wherever they were.
func TestVersionsPublishedOnTwoCopiesAreSettledForAllDeals(t *testing.T) {
	s := processtest.NewStory(t, "a", "b")
	s.Open("d", "2025-01-01", processtest.Kronor(1000))
	p, _ := s.Team.Process(s.Deal("d").Process())
	first := p.VersionHeads()[0].ID
	for name, key := range map[string]process.MilestoneID{"anna": "c", "erik": "e"} {
		def := p.Versions()[0].Definition
		def.Milestones = append(slices.Clone(def.Milestones), process.Milestone{Key: key, Name: "Added by " + name, Required: true})
		s.Add(name, &process.VersionPublished{Stamp: processtest.Known("2025-01-02", first), Process: p.ID, Version: process.VersionID(name), Definition: def})
	}
	waiting := s.Team.Conflicts()
	if len(waiting) != 1 || waiting[0].Field != conflicts.Version || waiting[0].Process != p {
		t.Fatalf("conflicts %+v, want the two versions", waiting)
	}
	facts, err := waiting[0].Settle(s.Ids["anna"], nil, processtest.Day("2025-01-05"), moment("2025-01-05").NewID)
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	if left := s.Team.Conflicts(); len(left) != 0 {
		t.Errorf("after settling %+v is left", left)
	}
	if _, ok := p.Current().Definition.Milestone("c"); !ok {
		t.Errorf("the version in force is %+v, want Anna's", p.Current().Definition)
	}
	if got := s.Deal("d").Now.Version; got != p.Current().ID {
		t.Errorf("the deal follows %s, want the version in force, %s", got, p.Current().ID)
	}
}

// Settling names what the person saw. What came in while they were choosing still waits.
func TestSettlingLeavesWhatWasNotSeen(t *testing.T) {
	s := processtest.NewStory(t, "a")
	s.Open("d", "2025-01-01", processtest.Kronor(1000))
	opened := s.Ids["open d"]
	for name, v := range map[string]int64{"anna": 400, "erik": 450, "june": 500} {
		s.Add(name, &process.ValueSet{Stamp: processtest.Known("2025-01-03", opened), Deal: "d", Value: processtest.Kronor(v)})
	}
	c := s.Team.Conflicts()[0]
	facts, err := c.Settle(s.Ids["anna"], []process.EventID{s.Ids["anna"], s.Ids["erik"]}, processtest.Day("2025-01-05"), moment("2025-01-05").NewID)
	if err != nil {
		t.Fatal(err)
	}
	s.Add("settled", facts...)
	left := s.Team.Conflicts()
	if len(left) != 1 || len(left[0].Heads) != 2 {
		t.Fatalf("left to settle: %+v, want what was chosen and what June had written", left)
	}
	for _, h := range left[0].Heads {
		if h.Event != s.Ids["settled"] && h.Event != s.Ids["june"] {
			t.Errorf("event %v is still a head", h.Event)
		}
	}
	if _, err := c.Settle(s.Ids["june"], []process.EventID{s.Ids["anna"]}, processtest.Day("2025-01-05"), moment("2025-01-05").NewID); process.KindOf(err) != process.Invalid {
		t.Errorf("chose a value that was not shown: %v", err)
	}
}

// Erasing against editing is for somebody to settle: the name does not come back by itself.
func TestAnErasedPersonWhoWasEditedWaitsForSomebody(t *testing.T) {
	s := processtest.NewStory(t, "a")
	s.Add("", &process.ContactNamed{Stamp: processtest.Known("2025-01-03"), Contact: "k"})
	s.Add("", &process.ContactNamed{Stamp: processtest.Known("2025-01-03"), Contact: "k", Name: "Berit"})
	if c := s.Team.Conflicts(); len(c) != 1 {
		t.Errorf("conflicts %+v", c)
	}
}
