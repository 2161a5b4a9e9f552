package process_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/importer"
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
	s := newStory(t, "owner", "budget")
	s.take("i1", wide, firstList)
	if p := s.take("i2", wide, firstList); len(p.Facts) != 0 {
		t.Fatalf("the same list again gives %d facts: %v", len(p.Facts), changes(p))
	}
	p := s.take("i3", wide, `
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
	d := s.byRef("1")
	if v := d.ValueOn(day("2026-11-22")); v.Minor != 10000 {
		t.Errorf("the value of the day before the import is %v, want 100.00: changes count from today", v)
	}
	if got := d.PassedOn(day("2026-02-02"), []process.MilestoneID{"owner", "budget"}); got != 2 {
		t.Errorf("on the day of the new milestone %d are passed, want 2: milestones count from the day they happened", got)
	}
	if mark, _ := d.MarkOn("owner", process.FarFuture); mark.On != day("2026-01-21") || mark.Stamp.Known != day("2026-01-20") {
		t.Errorf("the mended milestone is %+v, want the new day and the old known", mark)
	}
	if d.CloseOn(day("2026-11-20")) == nil {
		t.Error("the close does not count from the day it happened")
	}
	for field, heads := range d.Heads() {
		if len(heads) > 1 {
			t.Errorf("%s has %d values that nobody has settled", field, len(heads))
		}
	}
}

func TestWhatSomebodyChangedHereStaysWhileTheListRepeatsItself(t *testing.T) {
	s := newStory(t, "owner", "budget")
	s.take("i1", wide, firstList)
	d := s.byRef("1")
	facts, err := d.Change(sales.DealForm{Name: "Lab", Customer: "Acme", Seller: "Cecilia", Value: kronor(400)}, sales.Env{Today: day("2026-11-22"), NewID: func() string { return "new" }})
	if err != nil {
		t.Fatal(err)
	}
	s.add("", facts...)
	facts, err = d.Withdraw("owner", true, "it was another Acme", day("2026-11-22"))
	if err != nil {
		t.Fatal(err)
	}
	s.add("", facts...)
	if facts, err = s.byRef("2").Reopen("they called", day("2026-11-22")); err != nil {
		t.Fatal(err)
	}
	s.add("", facts...)
	if p := s.take("i2", wide, firstList); len(p.Facts) != 0 {
		t.Errorf("the list that says what it said gives %v", changes(p))
	}
	if d.Now.Value.Minor != 40000 || s.team.Person(d.Now.Seller) != "Cecilia" {
		t.Errorf("the deal is %+v", d.Now)
	}
}

func TestADealThatTheListOpensAgainIsReopened(t *testing.T) {
	s := newStory(t, "owner", "budget")
	s.take("i1", wide, firstList)
	p := s.take("i2", wide, "id | customer | opened | outcome | closed\n2 | Birch | 2026-01-05 | open |")
	if diff := cmp.Diff([]string{"deal.outcome: won > open"}, changes(p)); diff != "" {
		t.Error(diff)
	}
	d := s.byRef("2")
	if d.Now.Close != nil || d.CloseOn(day("2026-11-22")) == nil {
		t.Errorf("the deal is closed now: %v; was it yesterday: %v", d.Now.Close != nil, d.CloseOn(day("2026-11-22")) != nil)
	}
	p = s.take("i3", wide, "id | customer | opened | outcome | closed | value\n2 | Birch | 2026-01-05 | won | 2026-11-21 | 70")
	if diff := cmp.Diff([]string{"deal.value: 50.00 SEK > 70.00 SEK", "deal.outcome:  > won 2026-11-21"}, changes(p)); diff != "" {
		t.Error(diff)
	}
	if c := d.Now.Close; c == nil || c.Value.Minor != 7000 {
		t.Errorf("closed as %+v, want won at 70.00", c)
	}
}

func TestAWonDealWhoseListHasAnotherClosingValueIsMended(t *testing.T) {
	s := newStory(t, "owner")
	s.take("i1", wide, "id | value | opened | outcome | closed\n1 | 50 | 2026-01-05 | won | 2026-02-01")
	s.take("i2", wide, "id | value | opened | outcome | closed\n1 | 55 | 2026-01-05 | won | 2026-02-02")
	d := s.byRef("1")
	if c := d.Now.Close; c.On != day("2026-02-02") || c.Value.Minor != 5500 {
		t.Errorf("closed as %+v, want on 2026-02-02 at 55.00", c)
	}
	if p := s.take("i3", wide, "id | value | opened | outcome | closed\n1 | 55 | 2026-01-05 | won | 2026-02-02"); len(p.Facts) != 0 {
		t.Errorf("once more gives %v", changes(p))
	}
}

func TestIDsOfTwoSystemsDoNotMixDealsUp(t *testing.T) {
	s := newStory(t, "owner", "budget")
	s.take("i1", wide, firstList)
	s.add("", &process.VersionPublished{
		Stamp: known("2020-01-01"), Process: "q", Version: "q1", Definition: process.Definition{Name: "Renewals", Milestones: []process.Milestone{{Key: "x", Name: "X", Required: true}}},
	})
	list := asList("id | opened\n1 | 2026-01-05")
	in := intakeOf("i2", list, wide)
	in.Process = "q"
	p, err := importer.NewPlan(s.team, in, list)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{`error [2 id "1" import.deal_of_other_process]`}, said(p)); diff != "" {
		t.Error(diff)
	}
	p = s.plan("i3", wide, "id | name | opened\n1 | Other | 2026-01-06\n2 | Pump | 2026-01-06")
	if diff := cmp.Diff([]string{`error [2 opened "2026-01-06" import.other_deal]`, "unchanged"}, said(p)); diff != "" {
		t.Error(diff)
	}
	if len(p.Deals[1].Notes) != 1 || p.Deals[1].Notes[0].Reason.Msg != "import.opening_kept" {
		t.Errorf("notes on a deal with another day of opening: %v", p.Deals[1].Notes)
	}
}

func TestAListWithoutIDsIsKnownAgain(t *testing.T) {
	s := newStory(t, "owner")
	text := "customer | value | opened\nAcme | 5 | 2026-01-05\nAcme | 5 | 2026-01-05\nAcme | 5 | 2026-01-06"
	if p := s.take("i1", wide, text); p.Count(importer.RowNew) != 3 {
		t.Fatalf("two deals of one customer on one day, and one the day after, are %v", said(p))
	}
	if p := s.take("i2", wide, text); len(p.Facts) != 0 {
		t.Errorf("the same list again gives %v", said(p))
	}
}

func TestOneListTakenInOnTwoCopiesIsOneSetOfDeals(t *testing.T) {
	here, there := newStory(t, "owner", "budget"), newStory(t, "owner", "budget")
	there.n = 1000
	here.take("i1", wide, firstList)
	p := there.plan("i2", wide, firstList)
	here.n = 1000
	here.add("", p.Facts...)
	if n := len(here.team.Deals()); n != 2 {
		t.Errorf("%d deals after the merge, want 2", n)
	}
	if clashes := here.team.Clashes(); len(clashes) > 0 {
		t.Errorf("two copies that say the same are asked to settle %+v", clashes)
	}
	if got := len(here.team.People()) + len(here.team.Customers()); got != 4 {
		t.Errorf("%d people and customers after the merge, want 2 and 2", got)
	}
}

func TestDealsWithoutMilestoneColumnsHaveNoKnownStanding(t *testing.T) {
	s := newStory(t, "owner")
	s.take("i1", wide, "id | opened\n1 | 2026-01-05")
	s.take("i2", wide, "id | opened | owner\n2 | 2026-01-05 |\n3 | 2026-01-05 | ?\n4 | 2026-01-05 | waived 2026-01-08: the owner is known")
	for ref, want := range map[string]bool{"1": true, "2": false, "3": true, "4": false} {
		if got := s.byRef(ref).StandingUnknown(); got != want {
			t.Errorf("deal %s: standing not known is %v, want %v", ref, got, want)
		}
	}
	mark, ok := s.byRef("4").MarkOn("owner", process.FarFuture)
	if !ok || !mark.Waived || mark.Reason != "the owner is known" || mark.Stamp.Known != day("2026-01-08") {
		t.Errorf("the waived milestone is %+v (%v)", mark, ok)
	}
}

func TestWhatTheOtherSystemHopedCountsFromTodayOnly(t *testing.T) {
	s := newStory(t, "owner")
	s.take("i1", wide, "id | opened | chance | outcome | closed\n1 | 2026-01-05 | 40 | open |\n2 | 2026-01-05 | 100 | won | 2026-02-01\n3 | 2026-01-05 | 0.5 | open |")
	if _, ok := s.byRef("1").OpinionOn(day("2026-11-22")); ok {
		t.Error("yesterday knows the percentage of today's list")
	}
	if v, ok := s.byRef("1").OpinionOn(day("2026-11-23")); !ok || v != 40 {
		t.Errorf("today's percentage is %v (%v), want 40", v, ok)
	}
	if v, ok := s.byRef("2").OpinionOn(process.FarFuture); ok {
		t.Errorf("a won deal has the percentage %v, which is no opinion", v)
	}
	if v, _ := s.byRef("3").OpinionOn(process.FarFuture); v != 0.5 {
		t.Errorf("half a per cent in a column of percentages is %v, want 0.5", v)
	}
	s.take("i2", wide, "id | opened | chance\n4 | 2026-01-05 | 0.07\n5 | 2026-01-05 | 1")
	if v, _ := s.byRef("4").OpinionOn(process.FarFuture); v != 7 {
		t.Errorf("0.07 in a column of shares is %v, want 7", v)
	}
}
