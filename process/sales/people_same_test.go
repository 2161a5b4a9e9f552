package sales_test

import (
	"slices"
	"testing"

	"milstolpe/process"
	"milstolpe/process/calls"
	"milstolpe/process/conflicts"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// peopleTeam has Anna, who recorded a deal, and "Anna B", who has another and is called by a target of the same quarter.
func peopleTeam(t *testing.T) *events {
	t.Helper()
	e := newEvents(t)
	stamp := process.Stamp{Known: process.MustDate("2026-01-02")}
	e.add(&process.WriterIntroduced{Stamp: stamp, Person: "Anna"})
	e.add(&process.PersonNamed{Stamp: stamp, Person: "anna", Name: "Anna"})
	e.add(&process.PersonNamed{Stamp: stamp, Person: "annab", Name: "Anna B"})
	e.add(&process.DealOpened{Stamp: stamp, Deal: "d1", On: stamp.Known, Seller: "anna"})
	e.add(&process.DealOpened{Stamp: stamp, Deal: "d2", On: stamp.Known, Seller: "annab"})
	e.add(&process.TargetSet{Stamp: stamp, Period: "2026-Q1", Seller: "annab", Amount: money.New(100, "SEK")})
	return e
}

// events are recorded one after the other, by one writer, and added up in one order and in the other.
type events struct {
	t    *testing.T
	list []process.Event
}

func newEvents(t *testing.T) *events {
	t.Helper()
	return &events{t: t}
}

func (e *events) add(f process.Fact) process.EventID {
	e.t.Helper()
	payload, err := process.MarshalFact(f)
	if err != nil {
		e.t.Fatal(err)
	}
	id := process.NewEventID(uint64(len(e.list)+1)<<16, process.Writer{7}, payload)
	e.list = append(e.list, process.Event{ID: id, Fact: f})
	return id
}

func (e *events) record(facts []process.Fact, err error) process.EventID {
	e.t.Helper()
	if err != nil || len(facts) != 1 {
		e.t.Fatalf("%d facts, %v", len(facts), err)
	}
	return e.add(facts[0])
}

func (e *events) team() *sales.Team {
	team := sales.NewTeam()
	for _, one := range slices.Backward(e.list) {
		team.Apply(one)
	}
	return team
}

func TestTwoOfUsAreOnePersonUntilThatIsUndone(t *testing.T) {
	t.Parallel()
	e := peopleTeam(t)
	day := process.MustDate("2026-01-05")
	merging := e.record(e.team().Roster().Merge("annab", "anna", day))
	team := e.team()
	d2, _ := team.Deal("d2")
	target, _, ok := team.Calls().TargetFor("2026-Q1", "anna")
	if d2.Now.Seller != "anna" || d2.SellerOn(process.MustDate("2026-01-03")) != "anna" || !ok || target.Amount.Minor != 100 || target.Seller != "anna" {
		t.Errorf("merged: the deal is %q's, the target %v %+v", d2.Now.Seller, ok, target)
	}
	if got := team.People(); !slices.Equal(got, []process.PersonID{"anna"}) {
		t.Errorf("the people are %v", got)
	}
	if id, ok := team.PersonByName("anna b"); !ok || id != "anna" {
		t.Errorf("the other name leads to %q", id)
	}
	if facts, err := team.Roster().Merge("anna", "annab", day); err != nil || len(facts) != 0 {
		t.Errorf("merging them again records %v, %v", facts, err)
	}
	merged := team.Roster().Merged()
	if len(merged) != 1 || merged[0].Name != "Anna B" || merged[0].Event.ID != merging {
		t.Fatalf("merged are %+v", merged)
	}
	e.record(team.Undo([]process.Event{merged[0].Event}, day))
	team = e.team()
	d2, _ = team.Deal("d2")
	if _, _, ok := team.Calls().TargetFor("2026-Q1", "anna"); d2.Now.Seller != "annab" || ok || len(team.People()) != 2 || len(team.Roster().Merged()) != 0 {
		t.Errorf("taken apart: the deal is %q's, Anna has the target: %v, people %v", d2.Now.Seller, ok, team.People())
	}
}

// Two copies merge two people in opposite directions: both give the same one, and it is a conflict of nobody's money.
func TestTwoWaysOfMergingTwoPeopleAreOneRing(t *testing.T) {
	t.Parallel()
	e := peopleTeam(t)
	day := process.Stamp{Known: process.MustDate("2026-01-05")}
	e.add(&process.PeopleMerged{Stamp: day, From: "anna", Into: "annab"})
	e.add(&process.PeopleMerged{Stamp: day, From: "annab", Into: "anna"})
	team, forth := e.team(), sales.NewTeam()
	forth.Apply(e.list...)
	for _, id := range []process.PersonID{"anna", "annab"} {
		if team.Roster().Canonical(id) != forth.Roster().Canonical(id) || team.Person(id) == "" {
			t.Errorf("%s is %s in one order and %s in the other, called %q", id, team.Roster().Canonical(id), forth.Roster().Canonical(id), team.Person(id))
		}
	}
}

// Both have a target of the quarter: as one person they have two, and somebody chooses.
func TestTargetsOfOnePersonUnderTwoNamesAreAConflict(t *testing.T) {
	t.Parallel()
	e := peopleTeam(t)
	stamp := process.Stamp{Known: process.MustDate("2026-01-03")}
	e.add(&process.TargetSet{Stamp: stamp, Period: "2026-Q1", Seller: "anna", Amount: money.New(200, "SEK")})
	e.record(e.team().Roster().Merge("annab", "anna", stamp.Known))
	waiting := e.team().OtherConflicts()
	if len(waiting) != 1 || waiting[0].Field != conflicts.Target || len(waiting[0].Heads) != 2 {
		t.Fatalf("to be settled: %+v", waiting)
	}
	_, heads, _ := e.team().Calls().TargetFor("2026-Q1", "anna")
	e.record(e.team().Calls().SetTarget(calls.Target{Period: "2026-Q1", Seller: "anna", Amount: money.New(300, "SEK")}, heads, e.team().Calendar(), stamp.Known))
	if got, _, _ := e.team().Calls().TargetFor("2026-Q1", "annab"); got.Amount.Minor != 300 || len(e.team().OtherConflicts()) != 0 {
		t.Errorf("settled: %+v, %d to be settled", got, len(e.team().OtherConflicts()))
	}
}

// A new name is that of what was recorded before, and the old one leads to the same person: nobody is renamed back by a list.
func TestWhoIsRenamedStaysTheSamePerson(t *testing.T) {
	t.Parallel()
	e := peopleTeam(t)
	day := process.MustDate("2026-01-05")
	if _, err := e.team().Roster().Rename("anna", "anna b", nil, day); process.KindOf(err) != process.Invalid {
		t.Errorf("the name of another one is taken: %v", err)
	}
	e.record(e.team().Roster().Rename("anna", "Anna Berg", nil, day))
	team := e.team()
	if got := team.RecordedBy(e.list[3].ID); got != "Anna Berg" {
		t.Errorf("the deal was recorded by %q", got)
	}
	id, facts, err := team.AddPerson("Anna", sales.Env{Today: day})
	if err != nil || id != "anna" || len(facts) != 0 {
		t.Errorf("the old name is %q's, with %d facts, %v", id, len(facts), err)
	}
	// Somebody whom only their own events name is renamed too: the identity follows from the name.
	boss := newEvents(t)
	boss.add(&process.TeamFounded{Stamp: process.Stamp{Known: day}, Dataset: "x"})
	first := boss.add(&process.WriterIntroduced{Stamp: process.Stamp{Known: day}, Person: "Bo"})
	_, named, err := boss.team().Roster().Introduce("Bo", "Bo Ek", day)
	boss.record(named, err)
	if got := boss.team().RecordedBy(first); got != "Bo Ek" {
		t.Errorf("what Bo recorded is %q's", got)
	}
}
