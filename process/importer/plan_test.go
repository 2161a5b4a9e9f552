package importer_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/importer/cells"
	"milstolpe/process/processtest"
)

// said puts down a plan for comparing: verdicts, and faults as "row column value reason".
func said(p *importer.Plan) (lines []string) {
	for _, d := range p.Deals {
		line := string(d.Verdict)
		for _, f := range d.Faults {
			line += fmt.Sprintf(" [%d %s %q %s]", f.Row, f.Column, f.Value, f.Reason.Msg)
		}
		lines = append(lines, line)
	}
	return lines
}

func TestANewDealIsHistoryFromTheDayItHappened(t *testing.T) {
	s := processtest.NewStory(t, "owner", "budget")
	p := s.Take("i1", processtest.Wide, `
id   | name    | customer | seller | value  | opened     | owner      | budget     | outcome | closed     | reason
A-1  | The lab | Acme     | Anna   | 125000 | 2026-01-05 | 2026-01-20 |            | won     | 2026-03-01 |
a-1  |         | Acme     | Bo     | 99.50  | 2026-02-01 |            |            | open    |            |
A-2  |         | Birch    | anna   |        | 2026-02-02 | 2026-01-30 | 2026-02-09 | lost    | 2026-02-10 | price`)
	if diff := cmp.Diff([]string{"new", "new", "new"}, said(p)); diff != "" {
		t.Fatal(diff)
	}
	if _, ok := p.Facts[0].(*process.ImportTaken); !ok {
		t.Errorf("the first fact is a %T, want ImportTaken", p.Facts[0])
	}
	for _, f := range p.Facts[1:] {
		if s := f.Recorded(); s.Import != "i1" || !s.History {
			t.Errorf("%T is stamped %+v, want import i1 and history", f, s)
		}
	}
	won := s.ByRef("A-1")
	if known, on := won.Opened(); known != processtest.Day("2026-01-05") || on != known {
		t.Errorf("opened %v, known %v, want 2026-01-05 for both", on, known)
	}
	if got := won.PassedOn(processtest.Day("2026-01-20"), []process.MilestoneID{"owner", "budget"}); got != 1 {
		t.Errorf("on the day it was reached %d milestones are passed, want 1", got)
	}
	if c := won.CloseOn(processtest.Day("2026-03-01")); c == nil || c.Outcome != process.Won || !c.History || c.Value.Minor != 12500000 {
		t.Errorf("closed as %+v, want won at 125000.00 from 2026-03-01 on", c)
	}
	if won.CloseOn(processtest.Day("2026-02-28")) != nil {
		t.Error("the deal is closed the day before its close")
	}
	if s.ByRef("a-1").ID == won.ID {
		t.Error("ids that differ in nothing but capitals are one deal")
	}
	lost := s.ByRef("A-2")
	if lost.Now.Close.Reason != "price" || lost.Now.Value != nil || s.Team.Person(lost.Now.Seller) != "Anna" {
		t.Errorf("the lost deal is %+v", lost.Now)
	}
}

func TestRowsThatCannotBeReadSayWhyAndStopNobody(t *testing.T) {
	s := processtest.NewStory(t, "owner", "budget")
	p := s.Plan("i1", processtest.Wide, `
id | name | value  | currency | opened     | chance | outcome | closed     | owner
1  | ok   | 10     |          | 2026-01-05 |        | open    |            |
2  |      | 10     |          |            |        | open    |            |
3  |      | ten    |          | 2026-01-05 |        | open    |            |
4  |      | -5     |          | 2026-01-05 |        | open    |            |
5  |      | 10     | crowns   | 2026-01-05 |        | open    |            |
6  |      | 10     |          | 2026-13-05 |        | open    |            |
7  |      | 10     |          | 2026-01-05 |        | won     | 2026-01-04 |
8  |      | 10     |          | 2026-01-05 |        | won     |            |
9  |      | 10     |          | 2026-01-05 |        |         | 2026-02-01 |
10 |      | 10     |          | 2026-01-05 |        | won     | 2026-11-24 |
11 |      | 10     |          | 2026-01-05 |        | perhaps |            |
12 |      | 10     |          | 2026-01-05 | 146    | open    |            |
13 |      | 10     |          | 2026-01-05 |        | open    |            | 2026-12-01
1  |      | 10     |          | 2026-01-05 |        | open    |            |
   |      | 10     |          | 2026-01-05 |        | open    |            |
14 |      | € 5    | SEK      | 2026-01-05 |        | open    |            |
15 | ok   | 5      | EUR      | 2026-01-05 |        | won     | 2026-01-05 |
Total | | 175 | | | | | |
Made by someone | | | | | | | |`)
	want := []string{
		"new",
		`error [3 opened "" date.missing]`,
		`error [4 value "ten" amount.not_a_number]`,
		`error [5 value "-5" amount.negative]`,
		`error [6 currency "crowns" setting.bad_currency]`,
		`error [7 opened "2026-13-05" date.not_a_day]`,
		`error [8 closed "2026-01-04" deal.closed_before_opening]`,
		`error [9 closed "" import.closed_missing]`,
		`error [10 outcome "" import.outcome_missing]`,
		`error [11 closed "2026-11-24" date.in_the_future]`,
		`error [12 outcome "perhaps" import.unknown_outcome]`,
		`error [13 chance "146" percent.not_one]`,
		`error [14 owner "2026-12-01" date.in_the_future]`,
		`error [15 id "1" import.id_twice]`,
		`error [16 id "" import.id_missing]`,
		`error [17 value "€ 5" amount.other_currency]`,
		"new",
		`skipped [19  "Total" import.sum]`,
		`skipped [20  "Made by someone" import.footer]`,
	}
	if diff := cmp.Diff(want, said(p)); diff != "" {
		t.Error(diff)
	}
	if got := len(p.Faults()); got != 15 {
		t.Errorf("%d faults in all, want 15", got)
	}
	if p.Unopened != 1 || p.Early != 1 { // rows 3 and 8; the day of row 7 is there and cannot be read, which no answer for all of them settles
		t.Errorf("%d rows have no opening and %d an end before it, want 1 and 1", p.Unopened, p.Early)
	}
	if diff := cmp.Diff([]string{"EUR"}, p.WithoutRate); diff != "" {
		t.Errorf("currencies without a rate: %s", diff)
	}
}

func TestRejectedRowsAreAListThatCanBeTakenInAlone(t *testing.T) {
	s := processtest.NewStory(t, "owner")
	list := processtest.AsList("id | value | opened\n1 | 5 | 2026-01-05\n2 | 5x | 2026-01-05\n3 | 5 |")
	p, err := importer.NewPlan(s.Team, processtest.IntakeOf("i1", list, processtest.Wide), list)
	if err != nil {
		t.Fatal(err)
	}
	rest := p.Rejected(list)
	if len(rest.Rows) != 2 || rest.Rows[0].Cells[0].Text != "2" || rest.Rows[1].Cells[0].Text != "3" {
		t.Fatalf("rejected are %v, want the rows of 2 and 3", rest.Rows)
	}
	s.Add("", p.Facts...)
	rest.Rows[0].Cells[1].Text, rest.Rows[1].Cells[2].Text = "5", "2026-01-06"
	p, err = importer.NewPlan(s.Team, processtest.IntakeOf("i2", rest, processtest.Wide), rest)
	if err != nil {
		t.Fatal(err)
	}
	if p.Count(importer.RowNew) != 2 {
		t.Errorf("the mended rows are %v, want two new deals", said(p))
	}
}

func TestAWholeImportCanBeUndoneAndTakenInAgain(t *testing.T) {
	s := processtest.NewStory(t, "owner")
	text := "id | seller | value | opened | owner | outcome | closed\n1 | Anna | 5 | 2026-01-05 | 2026-01-06 | won | 2026-02-01"
	s.Take("i1", processtest.Wide, text)
	facts, err := s.Team.UndoImport("i1")
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	if n := len(s.Team.Deals()); n != 0 {
		t.Fatalf("%d deals are left after undoing the import", n)
	}
	if p := s.Take("i2", processtest.Wide, text); p.Count(importer.RowNew) != 1 {
		t.Errorf("taken in again the deal is %v, want new", said(p))
	}
	d := s.ByRef("1")
	if d.Now.Close == nil || s.Team.Person(d.Now.Seller) != "Anna" || len(d.MarksOn(processtest.Day("2026-01-06"))) != 1 {
		t.Errorf("taken in again the deal is %+v", d.Now)
	}
}

func TestAShortYearThatWouldBeLongAgoIsAskedAbout(t *testing.T) {
	s := processtest.NewStory(t, "owner", "budget")
	m := processtest.Wide
	m.DateOrder = cells.DayMonthYear
	p := s.Plan("i1", m, `
id | name | value | currency | opened    | chance | outcome | closed | owner
1  | full | 10    |          | 12/4 2026 |        | open    |        |
2  | short| 10    |          | 26-05-11  |        | open    |        |
3  | near | 10    |          | 11-05-26  |        | open    |        |`)
	if diff := cmp.Diff([]string{"new", `error [3 opened "26-05-11" date.short_year]`, "new"}, said(p)); diff != "" {
		t.Error(diff)
	}
	p = s.Plan("i2", m, `
id | name | value | currency | opened    | chance | outcome | closed | owner
2  | short| 10    |          | 26-05-11  |        | open    |        |
3  | near | 10    |          | 11-05-26  |        | open    |        |`)
	if diff := cmp.Diff([]string{"new", "new"}, said(p)); diff != "" {
		t.Errorf("where no year is written in full the order of the list settles it: %s", diff)
	}
}
