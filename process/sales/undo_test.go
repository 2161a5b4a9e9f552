package sales_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

func TestAnUndoCountsFromTheDayItIsMade(t *testing.T) {
	s := processtest.NewStory(t, "a")
	s.Open("d", "2025-01-01", processtest.Kronor(1000))
	set := &process.ValueSet{Stamp: processtest.Known("2025-01-10", s.Ids["open d"]), Deal: "d", Value: processtest.Kronor(400)}
	s.Add("set", set)
	s.Undo("set", "2025-01-20", set)
	s.Undo("undo set", "2025-01-25", &process.Undone{Stamp: processtest.Known("2025-01-20"), Deal: "d"}) // and it was right after all
	for on, want := range map[string]int64{"2025-01-09": 1000, "2025-01-10": 400, "2025-01-19": 400, "2025-01-20": 1000, "2025-01-24": 1000, "2025-01-25": 400} {
		if got := s.Deal("d").ValueOn(processtest.Day(on)); *got != *processtest.Kronor(want) {
			t.Errorf("on %s the value is %v, want %d", on, got, want)
		}
	}
}

func TestAnUndoneMilestoneLeavesPassedAsItWas(t *testing.T) {
	s := processtest.NewStory(t, "a", "b")
	s.Open("d", "2025-01-01", nil)
	s.Reach("d", "a", "2025-01-10")
	s.Undo("reach d a", "2025-01-20", &process.MilestoneReached{Stamp: processtest.Known("2025-01-10"), Deal: "d"})
	want := []sales.Spell{{Passed: 0, From: processtest.Day("2025-01-01")}, {Passed: 1, From: processtest.Day("2025-01-10")}, {Passed: 0, From: processtest.Day("2025-01-20")}}
	if diff := cmp.Diff(want, s.Deal("d").Spells([]process.MilestoneID{"a", "b"})); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if _, there := s.Deal("d").MarkOn("a", processtest.Day("2025-01-20")); there {
		t.Error("the mark still counts")
	}
	// An undone withdrawal brings the milestone back.
	s.Reach("d", "a", "2025-02-01")
	s.Withdraw("d", "a", "2025-02-10", "reach d a")
	s.Undo("withdraw reach d a", "2025-02-12", &process.MilestoneWithdrawn{Stamp: processtest.Known("2025-02-10"), Deal: "d"})
	for on, there := range map[string]bool{"2025-02-09": true, "2025-02-10": false, "2025-02-12": true} {
		if _, got := s.Deal("d").MarkOn("a", processtest.Day(on)); got != there {
			t.Errorf("on %s it is reached: %v, want %v", on, got, there)
		}
	}
}

func TestAClosedDealIsOpenAgainWhenThatIsUndoneOrReopened(t *testing.T) {
	s := processtest.NewStory(t, "a")
	s.Open("d", "2025-01-01", processtest.Kronor(1000))
	s.Close("d", process.Lost, "2025-02-01", nil)
	facts, err := s.Deal("d").Reopen("they called", processtest.Day("2025-03-01"))
	if err != nil {
		t.Fatal(err)
	}
	s.Add("reopen", facts...)
	s.Close("d", process.Won, "2025-04-01", processtest.Kronor(900))
	s.Undo("close d", "2025-04-05", &process.DealClosed{Stamp: processtest.Known("2025-04-01"), Deal: "d"})
	for on, want := range map[string]process.Outcome{
		"2025-01-31": "", "2025-02-01": process.Lost, "2025-02-28": process.Lost, "2025-03-01": "", "2025-04-01": process.Won, "2025-04-04": process.Won, "2025-04-05": "",
	} {
		var got process.Outcome
		if c := s.Deal("d").CloseOn(processtest.Day(on)); c != nil {
			got = c.Outcome
		}
		if got != want {
			t.Errorf("on %s the deal is %q, want %q", on, got, want)
		}
	}
	if n := s.Deal("d").Reopened(processtest.Day("2025-05-01")); n != 1 {
		t.Errorf("re-opened %d times: an undo is no re-opening", n)
	}
	s.Undo("reopen", "2025-05-02", &process.DealReopened{Stamp: processtest.Known("2025-03-01"), Deal: "d"})
	if c := s.Deal("d").Now.Close; c == nil || c.Outcome != process.Lost {
		t.Errorf("without the re-opening it is %+v, want lost as before", c)
	}
}

func TestAnUndoneOpeningTakesTheDealAway(t *testing.T) {
	s := processtest.NewStory(t, "a")
	s.Open("d", "2025-01-01", nil)
	d := s.Deal("d")
	s.Undo("open d", "2025-01-05", &process.DealOpened{Stamp: processtest.Known("2025-01-01"), Deal: "d"})
	if _, there := s.Team.Deal("d"); there || len(s.Team.Deals()) != 0 || d.Exists(processtest.Day("2025-01-05")) {
		t.Error("the deal is still there")
	}
	if !d.Exists(processtest.Day("2025-01-04")) {
		t.Error("on the day before it was there")
	}
}

// What was said about a past day may only change by facts that are known as early. An undo of history is history itself.
func TestAnUndoOfHistoryIsAsOldAsWhatItTakesBack(t *testing.T) {
	s := processtest.NewStory(t, "a")
	s.Open("d", "2025-01-01", nil)
	old := &process.MilestoneReached{Stamp: process.Stamp{Known: processtest.Day("2025-01-10"), History: true}, Deal: "d", Milestone: "a", On: processtest.Day("2025-01-10")}
	s.Add("old", old)
	s.Undo("old", "2025-06-01", old)
	if _, there := s.Deal("d").MarkOn("a", processtest.Day("2025-03-01")); there {
		t.Error("in March it is still known as reached")
	}
}

func TestAnUndoNamesTheEventsOfEachDealApart(t *testing.T) {
	s := processtest.NewStory(t, "a")
	s.Open("d", "2025-01-01", nil)
	s.Open("e", "2025-01-01", nil)
	facts, err := s.Team.Undo([]process.Event{
		{ID: process.EventID{1}, Fact: &process.ValueSet{Stamp: processtest.Known("2025-01-02"), Deal: "d"}},
		{ID: process.EventID{2}, Fact: &process.ValueSet{Stamp: processtest.Known("2025-01-02"), Deal: "e"}},
		{ID: process.EventID{3}, Fact: &process.DealRenamed{Stamp: processtest.Known("2025-01-02"), Deal: "d"}},
		{ID: process.EventID{4}, Fact: &process.RateSet{Stamp: processtest.Known("2025-01-02")}},
	}, processtest.Day("2025-01-03"))
	if err != nil {
		t.Fatal(err)
	}
	at := processtest.Known("2025-01-03")
	want := []process.Fact{
		&process.Undone{Stamp: at, Deal: "d", Events: []process.EventID{{1}, {3}}}, &process.Undone{Stamp: at, Deal: "e", Events: []process.EventID{{2}}},
		&process.Undone{Stamp: at, Events: []process.EventID{{4}}},
	}
	if diff := cmp.Diff(want, facts); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for _, f := range []process.Fact{&process.TeamFounded{}, &process.WriterIntroduced{}, &process.ForecastNoted{}, &process.ImportTaken{}, &process.Unknown{}} {
		if _, err := s.Team.Undo([]process.Event{{ID: process.EventID{9}, Fact: f}}, processtest.Day("2025-01-03")); process.KindOf(err) != process.Invalid {
			t.Errorf("undoing a %s: %v", process.FactType(f), err)
		}
	}
}

func TestAnUndoOfTheTeamsShowsInItsDealsAtOnce(t *testing.T) {
	s := processtest.NewStory(t, "a")
	s.Add("", &process.CustomerNamed{Stamp: processtest.Known("2025-01-01"), Customer: "one", Name: "Granåsa"}, &process.CustomerNamed{Stamp: processtest.Known("2025-01-01"), Customer: "two", Name: "Granåsa AB"})
	s.Add("", &process.DealOpened{Stamp: processtest.Known("2025-01-02"), Deal: "d", On: processtest.Day("2025-01-02"), Process: "p", Version: "v1", Customer: "one"})
	merged := &process.CustomersMerged{Stamp: processtest.Known("2025-01-03"), From: "one", Into: "two"}
	s.Add("merged", merged)
	if got := s.Deal("d").Now.Customer; got != "two" {
		t.Errorf("after merging the deal is %s's", got)
	}
	s.Undo("merged", "2025-01-04", merged)
	if got := s.Deal("d").Now.Customer; got != "one" || len(s.Team.Customers()) != 2 {
		t.Errorf("after the undo the deal is %s's, of %d customers", got, len(s.Team.Customers()))
	}
}

func TestAnUndoThatNamesItselfOrALaterEventTakesNothingBack(t *testing.T) {
	team := sales.NewTeam()
	id := func(n uint64) process.EventID { return process.NewEventID(n<<16, process.Writer{1}, nil) }
	team.Apply(
		process.Event{ID: id(1), Fact: &process.Undone{Stamp: processtest.Known("2025-01-01"), Deal: "d", Events: []process.EventID{id(1), id(2)}}},
		process.Event{ID: id(2), Fact: &process.DealOpened{Stamp: processtest.Known("2025-01-01"), Deal: "d", On: processtest.Day("2025-01-01")}},
	)
	if _, there := team.Deal("d"); !there {
		t.Error("a deal is gone that was opened after it was taken back")
	}
}

func TestACorrectionMendsAndKeepsTheDayItBecameKnown(t *testing.T) {
	s := processtest.NewStory(t, "a")
	s.Open("d", "2025-01-01", nil)
	s.Reach("d", "a", "2025-01-10")
	correct := func(on, text, today string) {
		facts, err := s.Deal("d").Correct(sales.ReachInput{Milestone: "a", On: processtest.Day(on), Evidence: process.Evidence{Text: text}}, processtest.Day(today))
		if err != nil {
			t.Fatal(err)
		}
		s.Add("", facts...)
	}
	correct("2025-01-08", "mail", "2025-02-01")
	correct("2025-01-07", "mail of the 7th", "2025-02-02")
	mark, _ := s.Deal("d").MarkOn("a", processtest.Day("2025-01-10"))
	if mark.Stamp.Known != processtest.Day("2025-01-10") || mark.On != processtest.Day("2025-01-07") || mark.Evidence.Text != "mail of the 7th" {
		t.Errorf("%+v", mark)
	}
	if facts, err := s.Deal("d").Correct(sales.ReachInput{Milestone: "a", On: processtest.Day("2025-01-07"), Evidence: process.Evidence{Text: "mail of the 7th"}}, processtest.Day("2025-02-03")); facts != nil || err != nil {
		t.Errorf("correcting nothing: %d facts, %v", len(facts), err)
	}
	s.Withdraw("d", "a", "2025-02-10", "reach d a")
	if _, err := s.Deal("d").Correct(sales.ReachInput{Milestone: "a", On: processtest.Day("2025-01-06")}, processtest.Day("2025-02-11")); process.KindOf(err) != process.NotFound {
		t.Errorf("correcting what was withdrawn: %v", err)
	}
}
