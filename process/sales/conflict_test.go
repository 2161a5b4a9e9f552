package sales_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

func TestTwoChangesThatDidNotSeeEachOtherClashUntilSettled(t *testing.T) {
	s := processtest.NewStory(t, "a")
	s.Open("d", "2025-01-01", processtest.Kronor(1000))
	opened := s.Ids["open d"]
	s.Add("anna", &process.ValueSet{Stamp: processtest.Known("2025-01-02", opened), Deal: "d", Value: processtest.Kronor(400)})
	if n := len(s.Team.Clashes()); n != 0 {
		t.Fatalf("%d clashes after one change", n)
	}
	s.Add("erik", &process.ValueSet{Stamp: processtest.Known("2025-01-03", opened), Deal: "d", Value: processtest.Kronor(450)})
	s.Add("", &process.DealRenamed{Stamp: processtest.Known("2025-01-03", opened), Deal: "d", Name: "Same"})
	s.Add("", &process.DealRenamed{Stamp: processtest.Known("2025-01-03", opened), Deal: "d", Name: "Same"})
	clashes := s.Team.Clashes()
	if len(clashes) != 1 || clashes[0].Field != "value" || len(clashes[0].Heads) != 2 {
		t.Fatalf("clashes %+v", clashes)
	}
	// Until it is settled the latest by key stands.
	if got := *s.Deal("d").Now.Value; got != *processtest.Kronor(450) {
		t.Errorf("provisional value %v", got)
	}
	facts, err := clashes[0].Settle(s.Ids["anna"], nil, moment("2025-01-05"))
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	if n := len(s.Team.Clashes()); n != 0 || *s.Deal("d").Now.Value != money.New(400_00, "SEK") {
		t.Errorf("after settling %d clashes, value %v", n, s.Deal("d").Now.Value)
	}
	if before := clashes[0].Before; before == nil || before.Event != opened {
		t.Errorf("what both replaced is %+v", before)
	}
	if _, err := clashes[0].Settle(process.EventID{1}, nil, moment("2025-01-05")); process.KindOf(err) != process.Invalid {
		t.Errorf("settled for a value that does not clash: %v", err)
	}
}

func TestSettingsClashToo(t *testing.T) {
	s := processtest.NewStory(t)
	heads := s.Team.SettingHeads(process.CurrencySetting)
	for _, c := range []string{"NOK", "EUR"} {
		s.Add("", &process.SettingSet{Stamp: processtest.Known("2025-01-01", heads[0].ID), Setting: process.CurrencySetting, Value: c})
	}
	if c := s.Team.Clashes(); len(c) != 1 || c[0].Field != sales.ClashSetting || c[0].Subject != string(process.CurrencySetting) {
		t.Errorf("clashes %+v", c)
	}
}

// customerClashes are two changes of each thing about the buyer's side of a deal.
func customerClashes() map[sales.ClashField][2]func(process.Stamp) process.Fact {
	role := func(who process.ContactID) func(process.Stamp) process.Fact {
		return func(s process.Stamp) process.Fact {
			return &process.RoleSet{Stamp: s, Deal: "d", Role: process.Decides, Contact: who}
		}
	}
	plan := func(p process.Plan) func(process.Stamp) process.Fact {
		return func(s process.Stamp) process.Fact { return &process.PlanWorded{Stamp: s, Deal: "d", Plan: p} }
	}
	return map[sales.ClashField][2]func(process.Stamp) process.Fact{
		sales.ClashRole: {role("a"), role("b")}, sales.ClashPlan: {plan(process.Plan{Intro: "Welcome"}), plan(process.Plan{Closing: "Bye"})},
	}
}

// Whatever two copies can disagree about waits to be settled, and settling it for either value ends it.
func TestEverythingThatCanBeReplacedCanClash(t *testing.T) {
	sek := func(kronor int64) money.Amount { return money.New(kronor*100, "SEK") }
	at := func(base ...process.EventID) process.Stamp { return processtest.Known("2025-01-03", base...) }
	def := func(name string) process.Definition { return process.Definition{Name: name} }
	cases := map[sales.ClashField][2]func(process.Stamp) process.Fact{
		sales.ClashCustomerName: {
			func(s process.Stamp) process.Fact {
				return &process.CustomerNamed{Stamp: s, Customer: "c", Name: "Volvo"}
			},
			func(s process.Stamp) process.Fact {
				return &process.CustomerNamed{Stamp: s, Customer: "c", Name: "Volvo AB"}
			},
		},
		sales.ClashCustomerSame: {
			func(s process.Stamp) process.Fact { return &process.CustomersMerged{Stamp: s, From: "x", Into: "y"} },
			func(s process.Stamp) process.Fact { return &process.CustomersMerged{Stamp: s, From: "x", Into: "z"} },
		},
		sales.ClashContact: {
			func(s process.Stamp) process.Fact {
				return &process.ContactNamed{Stamp: s, Contact: "k", Name: "Berit", Phone: "1"}
			},
			func(s process.Stamp) process.Fact {
				return &process.ContactNamed{Stamp: s, Contact: "k", Name: "Berit", Phone: "2"}
			},
		},
		sales.ClashPerson: {
			func(s process.Stamp) process.Fact { return &process.PersonNamed{Stamp: s, Person: "p", Name: "Anna"} },
			func(s process.Stamp) process.Fact { return &process.PersonNamed{Stamp: s, Person: "p", Name: "Anna L"} },
		},
		sales.ClashDraft: {
			func(s process.Stamp) process.Fact {
				return &process.DraftSaved{Stamp: s, Process: "new", Definition: def("One")}
			},
			func(s process.Stamp) process.Fact {
				return &process.DraftSaved{Stamp: s, Process: "new", Definition: def("Other")}
			},
		},
		sales.ClashTarget: {
			func(s process.Stamp) process.Fact {
				return &process.TargetSet{Stamp: s, Period: "2025-Q1", Amount: sek(1)}
			},
			func(s process.Stamp) process.Fact {
				return &process.TargetSet{Stamp: s, Period: "2025-Q1", Amount: sek(2)}
			},
		},
		sales.ClashCall: {
			func(s process.Stamp) process.Fact {
				return &process.CallMade{Stamp: s, Period: "2025-Q1", Layer: "manager", Amount: sek(1)}
			},
			func(s process.Stamp) process.Fact {
				return &process.CallMade{Stamp: s, Period: "2025-Q1", Layer: "manager", Amount: sek(2)}
			},
		},
		sales.ClashRate: {
			func(s process.Stamp) process.Fact { return &process.RateSet{Stamp: s, Currency: "EUR", Rate: 11} },
			func(s process.Stamp) process.Fact { return &process.RateSet{Stamp: s, Currency: "EUR", Rate: 11.5} },
		},
		sales.ClashOutcome: {
			func(s process.Stamp) process.Fact {
				return &process.DealClosed{Stamp: s, Deal: "d", Outcome: process.Won, On: processtest.Day("2025-01-03")}
			},
			func(s process.Stamp) process.Fact {
				return &process.DealClosed{Stamp: s, Deal: "d", Outcome: process.Lost, On: processtest.Day("2025-01-03")}
			},
		},
		sales.ClashOpinion: {
			func(s process.Stamp) process.Fact { return &process.OpinionSet{Stamp: s, Deal: "d", Percent: 10} },
			func(s process.Stamp) process.Fact { return &process.OpinionSet{Stamp: s, Deal: "d", Percent: 60} },
		},
		sales.ClashPromise: {
			func(s process.Stamp) process.Fact {
				return &process.MilestonePromised{Stamp: s, Deal: "d", Milestone: "m", Day: processtest.Day("2025-03-01")}
			},
			func(s process.Stamp) process.Fact {
				return &process.MilestonePromised{Stamp: s, Deal: "d", Milestone: "m", Day: processtest.Day("2025-03-02")}
			},
		},
	}
	maps.Copy(cases, customerClashes())

	for field, facts := range cases {
		for chosen, name := range []string{"anna", "erik"} {
			t.Run(string(field)+"/"+name, func(t *testing.T) {
				s := processtest.NewStory(t, "a")
				s.Open("d", "2025-01-01", processtest.Kronor(1000))
				s.Add("anna", facts[0](at()))
				if n := len(s.Team.Clashes()); n != 0 {
					t.Fatalf("%d clashes after one of them", n)
				}
				s.Add("erik", facts[1](at()))
				clashes := s.Team.Clashes()
				if len(clashes) != 1 || clashes[0].Field != field || len(clashes[0].Heads) != 2 || clashes[0].Subject == "" {
					t.Fatalf("clashes %+v, want one", clashes)
				}
				want := clashes[0].Heads[chosen].Value
				settled, err := clashes[0].Settle(s.Ids[name], nil, moment("2025-01-05"))
				if err != nil {
					t.Fatal(err)
				}
				s.Add("", settled...)
				if left := s.Team.Clashes(); len(left) != 0 {
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
	clashes := s.Team.Clashes()
	if len(clashes) != 1 || clashes[0].Field != sales.ClashVersion || clashes[0].Process != p {
		t.Fatalf("clashes %+v, want the two versions", clashes)
	}
	facts, err := clashes[0].Settle(s.Ids["anna"], nil, moment("2025-01-05"))
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	if left := s.Team.Clashes(); len(left) != 0 {
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
	c := s.Team.Clashes()[0]
	facts, err := c.Settle(s.Ids["anna"], []process.EventID{s.Ids["anna"], s.Ids["erik"]}, moment("2025-01-05"))
	if err != nil {
		t.Fatal(err)
	}
	s.Add("settled", facts...)
	left := s.Team.Clashes()
	if len(left) != 1 || len(left[0].Heads) != 2 {
		t.Fatalf("left to settle: %+v, want what was chosen and what June had written", left)
	}
	for _, h := range left[0].Heads {
		if h.Event != s.Ids["settled"] && h.Event != s.Ids["june"] {
			t.Errorf("event %v is still a head", h.Event)
		}
	}
	if _, err := c.Settle(s.Ids["june"], []process.EventID{s.Ids["anna"]}, moment("2025-01-05")); process.KindOf(err) != process.Invalid {
		t.Errorf("chose a value that was not shown: %v", err)
	}
}

// Erasing against editing is for somebody to settle: the name does not come back by itself.
func TestAnErasedPersonWhoWasEditedWaitsForSomebody(t *testing.T) {
	s := processtest.NewStory(t, "a")
	s.Add("", &process.ContactNamed{Stamp: processtest.Known("2025-01-03"), Contact: "k"})
	s.Add("", &process.ContactNamed{Stamp: processtest.Known("2025-01-03"), Contact: "k", Name: "Berit"})
	if c := s.Team.Clashes(); len(c) != 1 {
		t.Errorf("clashes %+v", c)
	}
}
