package process_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/sales"
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
	facts, err := clashes[0].Settle(s.ids["anna"], nil, moment("2025-01-05"))
	if err != nil {
		t.Fatal(err)
	}
	s.add("", facts...)
	if n := len(s.team.Clashes()); n != 0 || *s.deal("d").Now.Value != money.New(400_00, "SEK") {
		t.Errorf("after settling %d clashes, value %v", n, s.deal("d").Now.Value)
	}
	if _, err := clashes[0].Settle(opened, nil, moment("2025-01-05")); process.KindOf(err) != process.Invalid {
		t.Errorf("settled for a value that does not clash: %v", err)
	}
}

func TestSettingsClashToo(t *testing.T) {
	s := newStory(t)
	heads := s.team.SettingHeads(process.CurrencySetting)
	for _, c := range []string{"NOK", "EUR"} {
		s.add("", &process.SettingSet{Stamp: known("2025-01-01", heads[0].ID), Setting: process.CurrencySetting, Value: c})
	}
	if c := s.team.Clashes(); len(c) != 1 || c[0].Field != sales.ClashSetting || c[0].Subject != string(process.CurrencySetting) {
		t.Errorf("clashes %+v", c)
	}
}

// Whatever two copies can disagree about waits to be settled, and settling it for either value ends it.
func TestEverythingThatCanBeReplacedCanClash(t *testing.T) {
	sek := func(kronor int64) money.Amount { return money.New(kronor*100, "SEK") }
	at := func(base ...process.EventID) process.Stamp { return known("2025-01-03", base...) }
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
				return &process.DealClosed{Stamp: s, Deal: "d", Outcome: process.Won, On: day("2025-01-03")}
			},
			func(s process.Stamp) process.Fact {
				return &process.DealClosed{Stamp: s, Deal: "d", Outcome: process.Lost, On: day("2025-01-03")}
			},
		},
		sales.ClashOpinion: {
			func(s process.Stamp) process.Fact { return &process.OpinionSet{Stamp: s, Deal: "d", Percent: 10} },
			func(s process.Stamp) process.Fact { return &process.OpinionSet{Stamp: s, Deal: "d", Percent: 60} },
		},
		sales.ClashPromise: {
			func(s process.Stamp) process.Fact {
				return &process.MilestonePromised{Stamp: s, Deal: "d", Milestone: "m", Day: day("2025-03-01")}
			},
			func(s process.Stamp) process.Fact {
				return &process.MilestonePromised{Stamp: s, Deal: "d", Milestone: "m", Day: day("2025-03-02")}
			},
		},
	}
	for field, facts := range cases {
		for chosen, name := range []string{"anna", "erik"} {
			t.Run(string(field)+"/"+name, func(t *testing.T) {
				s := newStory(t, "a")
				s.open("d", "2025-01-01", kronor(1000))
				s.add("anna", facts[0](at()))
				if n := len(s.team.Clashes()); n != 0 {
					t.Fatalf("%d clashes after one of them", n)
				}
				s.add("erik", facts[1](at()))
				clashes := s.team.Clashes()
				if len(clashes) != 1 || clashes[0].Field != field || len(clashes[0].Heads) != 2 || clashes[0].Subject == "" {
					t.Fatalf("clashes %+v, want one", clashes)
				}
				want := clashes[0].Heads[chosen].Value
				settled, err := clashes[0].Settle(s.ids[name], nil, moment("2025-01-05"))
				if err != nil {
					t.Fatal(err)
				}
				s.add("", settled...)
				if left := s.team.Clashes(); len(left) != 0 {
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
	s := newStory(t, "a", "b")
	s.open("d", "2025-01-01", kronor(1000))
	p, _ := s.team.Process(s.deal("d").Process())
	first := p.VersionHeads()[0].ID
	for name, key := range map[string]process.MilestoneID{"anna": "c", "erik": "e"} {
		def := p.Versions()[0].Definition
		def.Milestones = append(slices.Clone(def.Milestones), process.Milestone{Key: key, Name: "Added by " + name, Required: true})
		s.add(name, &process.VersionPublished{Stamp: known("2025-01-02", first), Process: p.ID, Version: process.VersionID(name), Definition: def})
	}
	clashes := s.team.Clashes()
	if len(clashes) != 1 || clashes[0].Field != sales.ClashVersion || clashes[0].Process != p {
		t.Fatalf("clashes %+v, want the two versions", clashes)
	}
	facts, err := clashes[0].Settle(s.ids["anna"], nil, moment("2025-01-05"))
	if err != nil {
		t.Fatal(err)
	}
	s.add("", facts...)
	if left := s.team.Clashes(); len(left) != 0 {
		t.Errorf("after settling %+v is left", left)
	}
	if _, ok := p.Current().Definition.Milestone("c"); !ok {
		t.Errorf("the version in force is %+v, want Anna's", p.Current().Definition)
	}
	if got := s.deal("d").Now.Version; got != p.Current().ID {
		t.Errorf("the deal follows %s, want the version in force, %s", got, p.Current().ID)
	}
}

// Settling names what the person saw. What came in while they were choosing still waits.
func TestSettlingLeavesWhatWasNotSeen(t *testing.T) {
	s := newStory(t, "a")
	s.open("d", "2025-01-01", kronor(1000))
	opened := s.ids["open d"]
	for name, v := range map[string]int64{"anna": 400, "erik": 450, "june": 500} {
		s.add(name, &process.ValueSet{Stamp: known("2025-01-03", opened), Deal: "d", Value: kronor(v)})
	}
	c := s.team.Clashes()[0]
	facts, err := c.Settle(s.ids["anna"], []process.EventID{s.ids["anna"], s.ids["erik"]}, moment("2025-01-05"))
	if err != nil {
		t.Fatal(err)
	}
	s.add("settled", facts...)
	left := s.team.Clashes()
	if len(left) != 1 || len(left[0].Heads) != 2 {
		t.Fatalf("left to settle: %+v, want what was chosen and what June had written", left)
	}
	for _, h := range left[0].Heads {
		if h.Event != s.ids["settled"] && h.Event != s.ids["june"] {
			t.Errorf("event %v is still a head", h.Event)
		}
	}
	if _, err := c.Settle(s.ids["june"], []process.EventID{s.ids["anna"]}, moment("2025-01-05")); process.KindOf(err) != process.Invalid {
		t.Errorf("chose a value that was not shown: %v", err)
	}
}

// Who was erased is not brought back by a clash.
func TestAnErasedPersonDoesNotClash(t *testing.T) {
	s := newStory(t, "a")
	s.add("", &process.ContactNamed{Stamp: known("2025-01-03"), Contact: "k"})
	s.add("", &process.ContactNamed{Stamp: known("2025-01-03"), Contact: "k", Name: "Berit"})
	if c := s.team.Clashes(); len(c) != 0 {
		t.Errorf("clashes %+v", c)
	}
}
