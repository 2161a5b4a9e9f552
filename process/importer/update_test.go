package importer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

const firstList = `
id | name | customer | contact | seller | value | opened     | expected   | chance | outcome | closed     | owner      | budget | demo       | note
1  | Lab  | Acme     | Eva     | Anna   | 100   | 2026-01-05 | 2026-12-31 | 40     | open    |            | 2026-01-20 |        | 2026-01-07 | met at a fair
2  | Pump | Birch    |         | Bo     | 50    | 2026-01-05 |            | 100    | won     | 2026-03-01 |            |        |            |`

// changes puts down what an update changes, as "what: from > to".
func changes(p *importer.Plan) (lines []string) {
	for _, d := range p.Deals {
		for _, c := range d.Changes {
			lines = append(lines, string(c.What)+": "+c.From+" > "+c.To)
		}
	}
	return lines
}

func TestAListTakenInAgainUpdatesByTheOtherSystemsID(t *testing.T) {
	s := processtest.NewStory(t, "owner", "budget")
	s.Take("i1", processtest.Wide, firstList)
	if p := s.Take("i2", processtest.Wide, firstList); len(p.Facts) != 0 {
		t.Fatalf("the same list again gives %d facts: %v", len(p.Facts), changes(p))
	}
	p := s.Take("i3", processtest.Wide, `
id | name    | customer | contact | seller | value | opened     | expected   | chance | outcome | closed     | owner      | budget     | demo       | note
1  | The lab | Acme AB  | Eva     | Bo     | 120   | 2026-01-05 | 2027-01-31 | 60     | lost    | 2026-11-20 | 2026-01-21 | 2026-02-02 | 2026-01-07 | met at a fair
2  |         | Birch    |         |        |       | 2026-01-05 |            |        | won     | 2026-03-01 |            |            |            |`)
	want := []string{
		"deal.name: Lab > The lab", "deal.customer: Acme > Acme AB", "deal.seller: Anna > Bo", "deal.value: 100.00 SEK > 120.00 SEK",
		"deal.expected_close: 2026-12-31 > 2027-01-31", "deal.probability: 40 > 60", "deal.contact:  > Eva",
		"milestone:owner: 2026-01-20 > 2026-01-21", "milestone:budget:  > 2026-02-02", "deal.outcome:  > lost 2026-11-20",
	}
	if diff := cmp.Diff(want, changes(p)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"update", "unchanged"}, said(p)); diff != "" {
		t.Error(diff)
	}
	d := s.ByRef("1")
	if v := d.ValueOn(processtest.Day("2026-11-22")); v.Minor != 10000 {
		t.Errorf("the value of the day before the import is %v, want 100.00: changes count from today", v)
	}
	if got := d.PassedOn(processtest.Day("2026-02-02"), []process.MilestoneID{"owner", "budget"}); got != 2 {
		t.Errorf("on the day of the new milestone %d are passed, want 2: milestones count from the day they happened", got)
	}
	if mark, _ := d.MarkOn("owner", process.FarFuture); mark.On != processtest.Day("2026-01-21") || mark.Stamp.Known != processtest.Day("2026-01-20") {
		t.Errorf("the mended milestone is %+v, want the new day and the old known", mark)
	}
	if d.CloseOn(processtest.Day("2026-11-20")) == nil {
		t.Error("the close does not count from the day it happened")
	}
	for field, heads := range d.Heads() {
		if len(heads) > 1 {
			t.Errorf("%s has %d values that nobody has settled", field, len(heads))
		}
	}
}

func TestWhatSomebodyChangedHereStaysWhileTheListRepeatsItself(t *testing.T) {
	s := processtest.NewStory(t, "owner", "budget")
	s.Take("i1", processtest.Wide, firstList)
	d := s.ByRef("1")
	facts, err := d.Change(sales.DealForm{Name: "Lab", Customer: "Acme", Seller: "Cecilia", Value: processtest.Kronor(400)}, sales.Env{Today: processtest.Day("2026-11-22"), NewID: func() string { return "new" }})
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	facts, err = d.Withdraw("owner", process.EventID{}, true, "it was another Acme", processtest.Day("2026-11-22"))
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	if facts, err = s.ByRef("2").Reopen("they called", processtest.Day("2026-11-22")); err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	if p := s.Take("i2", processtest.Wide, firstList); len(p.Facts) != 0 {
		t.Errorf("the list that says what it said gives %v", changes(p))
	}
	if d.Now.Value.Minor != 40000 || s.Team.Person(d.Now.Seller) != "Cecilia" {
		t.Errorf("the deal is %+v", d.Now)
	}
}

func TestADealThatTheListOpensAgainIsReopened(t *testing.T) {
	s := processtest.NewStory(t, "owner", "budget")
	s.Take("i1", processtest.Wide, firstList)
	p := s.Take("i2", processtest.Wide, "id | customer | opened | outcome | closed\n2 | Birch | 2026-01-05 | open |")
	if diff := cmp.Diff([]string{"deal.outcome: won > open"}, changes(p)); diff != "" {
		t.Error(diff)
	}
	d := s.ByRef("2")
	if d.Now.Close != nil || d.CloseOn(processtest.Day("2026-11-22")) == nil {
		t.Errorf("the deal is closed now: %v; was it yesterday: %v", d.Now.Close != nil, d.CloseOn(processtest.Day("2026-11-22")) != nil)
	}
	p = s.Take("i3", processtest.Wide, "id | customer | opened | outcome | closed | value\n2 | Birch | 2026-01-05 | won | 2026-11-21 | 70")
	if diff := cmp.Diff([]string{"deal.value: 50.00 SEK > 70.00 SEK", "deal.outcome:  > won 2026-11-21"}, changes(p)); diff != "" {
		t.Error(diff)
	}
	if c := d.Now.Close; c == nil || c.Value.Minor != 7000 {
		t.Errorf("closed as %+v, want won at 70.00", c)
	}
}

func TestAWonDealWhoseListHasAnotherClosingValueIsMended(t *testing.T) {
	s := processtest.NewStory(t, "owner")
	s.Take("i1", processtest.Wide, "id | value | opened | outcome | closed\n1 | 50 | 2026-01-05 | won | 2026-02-01")
	s.Take("i2", processtest.Wide, "id | value | opened | outcome | closed\n1 | 55 | 2026-01-05 | won | 2026-02-02")
	d := s.ByRef("1")
	if c := d.Now.Close; c.On != processtest.Day("2026-02-02") || c.Value.Minor != 5500 {
		t.Errorf("closed as %+v, want on 2026-02-02 at 55.00", c)
	}
	if p := s.Take("i3", processtest.Wide, "id | value | opened | outcome | closed\n1 | 55 | 2026-01-05 | won | 2026-02-02"); len(p.Facts) != 0 {
		t.Errorf("once more gives %v", changes(p))
	}
}

func TestIDsOfTwoSystemsDoNotMixDealsUp(t *testing.T) {
	s := processtest.NewStory(t, "owner", "budget")
	s.Take("i1", processtest.Wide, firstList)
	s.Add("", &process.VersionPublished{
		Stamp: processtest.Known("2020-01-01"), Process: "q", Version: "q1", Definition: process.Definition{Name: "Renewals", Milestones: []process.Milestone{{Key: "x", Name: "X", Required: true}}},
	})
	list := processtest.AsList("id | opened\n1 | 2026-01-05")
	in := processtest.IntakeOf("i2", list, processtest.Wide)
	in.Process = "q"
	p, err := importer.NewPlan(s.Team, in, list)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{`error [2 id "1" import.deal_of_other_process]`}, said(p)); diff != "" {
		t.Error(diff)
	}
	p = s.Plan("i3", processtest.Wide, "id | name | opened\n1 | Other | 2026-01-06\n2 | Pump | 2026-01-06")
	if diff := cmp.Diff([]string{`error [2 opened "2026-01-06" import.other_deal]`, "unchanged"}, said(p)); diff != "" {
		t.Error(diff)
	}
	if len(p.Deals[1].Notes) != 1 || p.Deals[1].Notes[0].Reason.Msg != "import.opening_kept" {
		t.Errorf("notes on a deal with another day of opening: %v", p.Deals[1].Notes)
	}
}

func TestAListWithoutIDsIsKnownAgain(t *testing.T) {
	s := processtest.NewStory(t, "owner")
	text := "customer | value | opened\nAcme | 5 | 2026-01-05\nAcme | 5 | 2026-01-05\nAcme | 5 | 2026-01-06"
	if p := s.Take("i1", processtest.Wide, text); p.Count(importer.RowNew) != 3 {
		t.Fatalf("two deals of one customer on one day, and one the day after, are %v", said(p))
	}
	if p := s.Take("i2", processtest.Wide, text); len(p.Facts) != 0 {
		t.Errorf("the same list again gives %v", said(p))
	}
}

func TestOneListTakenInOnTwoCopiesIsOneSetOfDeals(t *testing.T) {
	here, there := processtest.NewStory(t, "owner", "budget"), processtest.NewStory(t, "owner", "budget")
	there.N = 1000
	here.Take("i1", processtest.Wide, firstList)
	p := there.Plan("i2", processtest.Wide, firstList)
	here.N = 1000
	here.Add("", p.Facts...)
	if n := len(here.Team.Deals()); n != 2 {
		t.Errorf("%d deals after the merge, want 2", n)
	}
	if conflicts := here.Team.Conflicts(); len(conflicts) > 0 {
		t.Errorf("two copies that say the same are asked to settle %+v", conflicts)
	}
	if got := len(here.Team.People()) + len(here.Team.Customers()); got != 4 {
		t.Errorf("%d people and customers after the merge, want 2 and 2", got)
	}
}

func TestDealsWithoutMilestoneColumnsHaveNoKnownStanding(t *testing.T) {
	s := processtest.NewStory(t, "owner")
	s.Take("i1", processtest.Wide, "id | opened\n1 | 2026-01-05")
	s.Take("i2", processtest.Wide, "id | opened | owner\n2 | 2026-01-05 |\n3 | 2026-01-05 | ?\n4 | 2026-01-05 | waived 2026-01-08: the owner is known")
	for ref, want := range map[string]bool{"1": true, "2": false, "3": true, "4": false} {
		if got := s.ByRef(ref).StandingUnknown(); got != want {
			t.Errorf("deal %s: standing not known is %v, want %v", ref, got, want)
		}
	}
	mark, ok := s.ByRef("4").MarkOn("owner", process.FarFuture)
	if !ok || !mark.Waived || mark.Reason != "the owner is known" || mark.Stamp.Known != processtest.Day("2026-01-08") {
		t.Errorf("the waived milestone is %+v (%v)", mark, ok)
	}
}

func TestWhatTheOtherSystemHopedCountsFromTodayOnly(t *testing.T) {
	s := processtest.NewStory(t, "owner")
	s.Take("i1", processtest.Wide, "id | opened | chance | outcome | closed\n1 | 2026-01-05 | 40 | open |\n2 | 2026-01-05 | 100 | won | 2026-02-01\n3 | 2026-01-05 | 0.5 | open |")
	if _, ok := s.ByRef("1").OpinionOn(processtest.Day("2026-11-22")); ok {
		t.Error("yesterday knows the percentage of today's list")
	}
	if v, ok := s.ByRef("1").OpinionOn(processtest.Day("2026-11-23")); !ok || v != 40 {
		t.Errorf("today's percentage is %v (%v), want 40", v, ok)
	}
	if v, ok := s.ByRef("2").OpinionOn(process.FarFuture); ok {
		t.Errorf("a won deal has the percentage %v, which is no opinion", v)
	}
	if v, _ := s.ByRef("3").OpinionOn(process.FarFuture); v != 0.5 {
		t.Errorf("half a per cent in a column of percentages is %v, want 0.5", v)
	}
	s.Take("i2", processtest.Wide, "id | opened | chance\n4 | 2026-01-05 | 0.07\n5 | 2026-01-05 | 1")
	if v, _ := s.ByRef("4").OpinionOn(process.FarFuture); v != 7 {
		t.Errorf("0.07 in a column of shares is %v, want 7", v)
	}
}

// A list that repeats one of two values that wait to be settled chooses neither; a third value is one more of them.
func TestAListSettlesNoConflict(t *testing.T) {
	list := func(value string) string {
		return `
id | name | customer | value | opened     | expected
1  | Lab  | Acme     | ` + value + ` | 2026-01-05 | 2026-12-31`
	}
	s := processtest.NewStory(t, "owner")
	s.Take("i1", processtest.Wide, list("100"))
	d := s.ByRef("1")
	first := d.Heads()["value"]
	for name, kronor := range map[process.ImportID]int64{"i2": 400, "i3": 450} {
		s.Add("", &process.ValueSet{Stamp: process.Stamp{Known: processtest.Day("2026-02-01"), Base: first, Import: name}, Deal: d.ID, Value: processtest.Kronor(kronor)})
	}
	for _, said := range []string{"400", "450"} {
		if p := s.Take("i-"+process.ImportID(said), processtest.Wide, list(said)); len(changes(p)) != 0 {
			t.Errorf("a list that says %s again changes %v", said, changes(p))
		}
	}
	s.Take("i4", processtest.Wide, list("470"))
	if waiting := d.Conflicts(); len(waiting) != 1 || len(waiting[0].Heads) != 3 {
		t.Errorf("after a list with a third value there wait %+v", waiting)
	}
}
