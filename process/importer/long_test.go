package importer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/importer/cells"
	"milstolpe/process/importer/columns"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

// long is the mapping of the lists of stages in these tests.
var long = columns.Mapping{
	Shape: columns.Long, DateOrder: cells.YearMonthDay, Decimal: ".",
	Columns: map[string]columns.Meaning{
		"deal": columns.MeansID, "stage": columns.MeansStage, "date": columns.MeansStageOn, "amount": columns.MeansValue,
		"created": columns.MeansOpened, "customer": columns.MeansCustomer, "why": columns.MeansLostReason,
	},
	Stages: map[string]columns.Meaning{
		"Lead": "", "Owner named": "milestone:owner", "Budget": "milestone:budget", "Demo held": columns.MeansJournal,
	},
	Outcomes: map[string]process.Outcome{"Closed Won": process.Won, "Closed Lost": process.Lost},
}

var required = []process.MilestoneID{"owner", "budget"}

// passedOn puts down how many milestones a deal had passed on some days.
func passedOn(d *sales.Deal, days ...string) (passed []int) {
	for _, on := range days {
		passed = append(passed, d.PassedOn(processtest.Day(on), required))
	}
	return passed
}

const stages = `
deal | stage       | date                | amount | customer
A    | Lead        | 2026-01-05          | 100    | Acme
A    | Owner named | 2026-01-10          | 100    |
A    | Demo held   | 2026-01-12          |        |
B    | lead        | 2026-01-06          | 70     | Birch
A    | Budget      | 2026-02-01          | 120    |
A    | Owner named | 2026-03-01          |        |
A    | Budget      | 2026-04-01          |        |
A    | Closed Lost | 2026-05-01          |        |
A    | Budget      | 2026-06-01          |        |
A    | Closed Won  | 2026-07-01          | 150    |
B    | Budget      | 2026-02-01          |        |`

func TestMovesBackAndForthBecomeReachedAndWithdrawn(t *testing.T) {
	s := processtest.NewStory(t, required...)
	p := s.Take("i1", long, stages)
	if diff := cmp.Diff([]string{"new", "new"}, said(p)); diff != "" {
		t.Fatal(diff)
	}
	if !p.Unfinished {
		t.Error("a list that goes back is planned in one round")
	}
	a := s.ByRef("A")
	if known, _ := a.Opened(); known != processtest.Day("2026-01-05") {
		t.Errorf("opened on %v, want the day of the first stage", known)
	}
	days := []string{"2026-01-09", "2026-01-10", "2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01", "2026-06-02"}
	if diff := cmp.Diff([]int{0, 1, 1, 2, 2, 1, 1, 2, 2}, passedOn(a, days...)); diff != "" {
		t.Errorf("passed on %v: %s", days, diff)
	}
	if got := a.BackwardOn(processtest.Day("2026-07-01"), required); got != 1 {
		t.Errorf("the deal went back %d times, want once", got)
	}
	for on, want := range map[string]process.Outcome{"2026-04-30": "", "2026-05-01": process.Lost, "2026-05-31": process.Lost, "2026-06-01": "", "2026-06-30": "", "2026-07-01": process.Won} {
		var got process.Outcome
		if c := a.CloseOn(processtest.Day(on)); c != nil {
			got = c.Outcome
		}
		if got != want {
			t.Errorf("on %s the deal is %q, want %q", on, got, want)
		}
	}
	if a.Now.Close.Value.Minor != 15000 || a.Now.Value.Minor != 15000 {
		t.Errorf("the deal is worth %v and closed at %v, want 150.00 for both: an imported value counts from the opening", a.Now.Value, a.Now.Close.Value)
	}
	journal := a.Journal()
	if len(journal) != 1 || journal[0].Value.Text != "Demo held" || journal[0].Value.On != processtest.Day("2026-01-12") {
		t.Errorf("the journal is %+v", journal)
	}
	if got := passedOn(s.ByRef("B"), "2026-11-23"); got[0] != 0 {
		t.Errorf("a milestone ahead of its turn counts: %d passed", got[0])
	}
	if again := s.Take("i2", long, stages); len(again.Facts) != 0 {
		t.Errorf("the same list again gives %d facts: %v", len(again.Facts), changes(again))
	}
	facts, err := s.Team.UndoImport("i1")
	if err != nil {
		t.Fatal(err)
	}
	if s.Add("", facts...); len(s.Team.Deals()) != 0 {
		t.Error("undoing the import leaves deals behind")
	}
}

func TestALongerListOfStagesGoesOnWhereTheLastOneEnded(t *testing.T) {
	s := processtest.NewStory(t, required...)
	s.Take("i1", long, "deal | stage | date\nA | Lead | 2026-01-05\nA | Budget | 2026-02-01\nA | Owner named | 2026-02-01")
	a := s.ByRef("A")
	if diff := cmp.Diff([]int{1}, passedOn(a, "2026-02-28")); diff != "" {
		t.Errorf("what comes and goes within a day is a turn: %s", diff)
	}
	s.Take("i2", long, "deal | stage | date\nA | Lead | 2026-01-05\nA | Budget | 2026-02-01\nA | Owner named | 2026-02-01\nA | Budget | 2026-03-01\nA | Owner named | 2026-04-01\nA | Closed Lost | 2026-05-01")
	if diff := cmp.Diff([]int{1, 2, 1}, passedOn(a, "2026-02-28", "2026-03-01", "2026-04-01")); diff != "" {
		t.Error(diff)
	}
	if c := a.Now.Close; c == nil || c.Outcome != process.Lost {
		t.Errorf("closed as %+v, want lost", c)
	}
}

func TestStagesThatNobodyHasMappedAreFaults(t *testing.T) {
	s := processtest.NewStory(t, required...)
	p := s.Plan("i1", long, `
deal  | stage       | date       | created
A     | Negotiation | 2026-01-05 |
A     | Owner named | 2026-01-05 |
B     | Lead        |            |
C     |             | 2026-01-05 |
D     | Lead        | 2026-12-24 |
E     | Closed Won  | 2026-01-05 | 2026-01-06
F     | Lead        | 2026-01-05 |
Total |             |            |`)
	want := []string{
		`error [2 stage "Negotiation" import.unknown_stage]`,
		`error [4 date "" date.missing]`,
		`error [5 stage "" import.stage_missing]`,
		`error [6 date "2026-12-24" date.in_the_future]`,
		`error [7 date "2026-01-05" deal.closed_before_opening]`,
		"new",
		`skipped [9  "Total" import.sum]`,
	}
	if diff := cmp.Diff(want, said(p)); diff != "" {
		t.Error(diff)
	}
}

func TestFaultyRowsOfALongListTakeTheirWholeDealAlong(t *testing.T) {
	s := processtest.NewStory(t, required...)
	list := processtest.AsList("deal | stage | date\nA | Lead | 2026-01-05\nB | Lead | 2026-01-05\nA | Budget | someday\nA | Closed Won | 2026-02-05")
	p, err := importer.NewPlan(s.Team, processtest.IntakeOf("i1", list, long), list)
	if err != nil {
		t.Fatal(err)
	}
	if rest := p.Rejected(list); len(rest.Rows) != 3 {
		t.Errorf("rejected are %d rows, want the three of deal A", len(rest.Rows))
	}
}

func TestStagesCanFollowOnAListOfDeals(t *testing.T) {
	s := processtest.NewStory(t, required...)
	s.Take("i1", processtest.Wide, "id | name | value | opened | outcome | closed\nA | Line | 150 | 2026-01-05 | won | 2026-07-02\nB | Pump | 70 | 2026-01-06 | open |")
	if !s.ByRef("A").StandingUnknown() {
		t.Fatal("a list without milestones says where the deal stood")
	}
	p := s.Take("i2", long, stages)
	if diff := cmp.Diff([]string{"update", "update"}, said(p)); diff != "" {
		t.Fatal(diff)
	}
	a := s.ByRef("A")
	if c := a.Now.Close; a.StandingUnknown() || c == nil || c.On != processtest.Day("2026-07-01") || a.Now.Name != "Line" {
		t.Errorf("with its stages the deal is %+v, closed as %+v", a.Now, c)
	}
	if diff := cmp.Diff([]int{1, 2, 1, 2}, passedOn(a, "2026-01-10", "2026-02-01", "2026-03-01", "2026-04-01")); diff != "" {
		t.Error(diff)
	}
	if again := s.Take("i3", long, stages); len(again.Facts) != 0 {
		t.Errorf("the same stages again give %d facts", len(again.Facts))
	}
}
