package process_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// undo takes back the fact of that name in the story, as Team.Undo says.
func (s *story) undo(name, today string, fact process.Fact) {
	s.t.Helper()
	facts, err := s.team.Undo([]process.Event{{ID: s.ids[name], Fact: fact}}, day(today))
	if err != nil {
		s.t.Fatal(err)
	}
	s.add("undo "+name, facts...)
}

func TestAnUndoCountsFromTheDayItIsMade(t *testing.T) {
	s := newStory(t, "a")
	s.open("d", "2025-01-01", kronor(1000))
	set := &process.ValueSet{Stamp: known("2025-01-10", s.ids["open d"]), Deal: "d", Value: kronor(400)}
	s.add("set", set)
	s.undo("set", "2025-01-20", set)
	s.undo("undo set", "2025-01-25", &process.Undone{Stamp: known("2025-01-20"), Deal: "d"}) // and it was right after all
	for on, want := range map[string]int64{"2025-01-09": 1000, "2025-01-10": 400, "2025-01-19": 400, "2025-01-20": 1000, "2025-01-24": 1000, "2025-01-25": 400} {
		if got := s.deal("d").ValueOn(day(on)); *got != *kronor(want) {
			t.Errorf("on %s the value is %v, want %d", on, got, want)
		}
	}
}

func TestAnUndoneMilestoneLeavesPassedAsItWas(t *testing.T) {
	s := newStory(t, "a", "b")
	s.open("d", "2025-01-01", nil)
	s.reach("d", "a", "2025-01-10")
	s.undo("reach d a", "2025-01-20", &process.MilestoneReached{Stamp: known("2025-01-10"), Deal: "d"})
	want := []sales.Spell{{Passed: 0, From: day("2025-01-01")}, {Passed: 1, From: day("2025-01-10")}, {Passed: 0, From: day("2025-01-20")}}
	if diff := cmp.Diff(want, s.deal("d").Spells([]process.MilestoneID{"a", "b"})); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if _, there := s.deal("d").MarkOn("a", day("2025-01-20")); there {
		t.Error("the mark still counts")
	}
	// An undone withdrawal brings the milestone back.
	s.reach("d", "a", "2025-02-01")
	s.withdraw("d", "a", "2025-02-10", "reach d a")
	s.undo("withdraw reach d a", "2025-02-12", &process.MilestoneWithdrawn{Stamp: known("2025-02-10"), Deal: "d"})
	for on, there := range map[string]bool{"2025-02-09": true, "2025-02-10": false, "2025-02-12": true} {
		if _, got := s.deal("d").MarkOn("a", day(on)); got != there {
			t.Errorf("on %s it is reached: %v, want %v", on, got, there)
		}
	}
}

func TestAClosedDealIsOpenAgainWhenThatIsUndoneOrReopened(t *testing.T) {
	s := newStory(t, "a")
	s.open("d", "2025-01-01", kronor(1000))
	s.close("d", process.Lost, "2025-02-01", nil)
	facts, err := s.deal("d").Reopen("they called", day("2025-03-01"))
	if err != nil {
		t.Fatal(err)
	}
	s.add("reopen", facts...)
	s.close("d", process.Won, "2025-04-01", kronor(900))
	s.undo("close d", "2025-04-05", &process.DealClosed{Stamp: known("2025-04-01"), Deal: "d"})
	for on, want := range map[string]process.Outcome{
		"2025-01-31": "", "2025-02-01": process.Lost, "2025-02-28": process.Lost, "2025-03-01": "", "2025-04-01": process.Won, "2025-04-04": process.Won, "2025-04-05": "",
	} {
		var got process.Outcome
		if c := s.deal("d").CloseOn(day(on)); c != nil {
			got = c.Outcome
		}
		if got != want {
			t.Errorf("on %s the deal is %q, want %q", on, got, want)
		}
	}
	if n := s.deal("d").Reopened(day("2025-05-01")); n != 1 {
		t.Errorf("re-opened %d times: an undo is no re-opening", n)
	}
	s.undo("reopen", "2025-05-02", &process.DealReopened{Stamp: known("2025-03-01"), Deal: "d"})
	if c := s.deal("d").Now.Close; c == nil || c.Outcome != process.Lost {
		t.Errorf("without the re-opening it is %+v, want lost as before", c)
	}
}

func TestAnUndoneOpeningTakesTheDealAway(t *testing.T) {
	s := newStory(t, "a")
	s.open("d", "2025-01-01", nil)
	d := s.deal("d")
	s.undo("open d", "2025-01-05", &process.DealOpened{Stamp: known("2025-01-01"), Deal: "d"})
	if _, there := s.team.Deal("d"); there || len(s.team.Deals()) != 0 || d.Exists(day("2025-01-05")) {
		t.Error("the deal is still there")
	}
	if !d.Exists(day("2025-01-04")) {
		t.Error("on the day before it was there")
	}
}

// What was said about a past day may only change by facts that are known as early. An undo of history is history itself.
func TestAnUndoOfHistoryIsAsOldAsWhatItTakesBack(t *testing.T) {
	s := newStory(t, "a")
	s.open("d", "2025-01-01", nil)
	old := &process.MilestoneReached{Stamp: process.Stamp{Known: day("2025-01-10"), History: true}, Deal: "d", Milestone: "a", On: day("2025-01-10")}
	s.add("old", old)
	s.undo("old", "2025-06-01", old)
	if _, there := s.deal("d").MarkOn("a", day("2025-03-01")); there {
		t.Error("in March it is still known as reached")
	}
}

func TestAnUndoNamesTheEventsOfEachDealApart(t *testing.T) {
	s := newStory(t, "a")
	s.open("d", "2025-01-01", nil)
	s.open("e", "2025-01-01", nil)
	facts, err := s.team.Undo([]process.Event{
		{ID: process.EventID{1}, Fact: &process.ValueSet{Stamp: known("2025-01-02"), Deal: "d"}},
		{ID: process.EventID{2}, Fact: &process.ValueSet{Stamp: known("2025-01-02"), Deal: "e"}},
		{ID: process.EventID{3}, Fact: &process.DealRenamed{Stamp: known("2025-01-02"), Deal: "d"}},
		{ID: process.EventID{4}, Fact: &process.RateSet{Stamp: known("2025-01-02")}},
	}, day("2025-01-03"))
	if err != nil {
		t.Fatal(err)
	}
	at := known("2025-01-03")
	want := []process.Fact{
		&process.Undone{Stamp: at, Deal: "d", Events: []process.EventID{{1}, {3}}}, &process.Undone{Stamp: at, Deal: "e", Events: []process.EventID{{2}}},
		&process.Undone{Stamp: at, Events: []process.EventID{{4}}},
	}
	if diff := cmp.Diff(want, facts); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for _, f := range []process.Fact{&process.TeamFounded{}, &process.WriterIntroduced{}, &process.ForecastNoted{}, &process.ImportTaken{}, &process.Unknown{}} {
		if _, err := s.team.Undo([]process.Event{{ID: process.EventID{9}, Fact: f}}, day("2025-01-03")); process.KindOf(err) != process.Invalid {
			t.Errorf("undoing a %s: %v", process.FactType(f), err)
		}
	}
}

func TestAnUndoOfTheTeamsShowsInItsDealsAtOnce(t *testing.T) {
	s := newStory(t, "a")
	s.add("", &process.CustomerNamed{Stamp: known("2025-01-01"), Customer: "one", Name: "Granåsa"}, &process.CustomerNamed{Stamp: known("2025-01-01"), Customer: "two", Name: "Granåsa AB"})
	s.add("", &process.DealOpened{Stamp: known("2025-01-02"), Deal: "d", On: day("2025-01-02"), Process: "p", Version: "v1", Customer: "one"})
	merged := &process.CustomersMerged{Stamp: known("2025-01-03"), From: "one", Into: "two"}
	s.add("merged", merged)
	if got := s.deal("d").Now.Customer; got != "two" {
		t.Errorf("after merging the deal is %s's", got)
	}
	s.undo("merged", "2025-01-04", merged)
	if got := s.deal("d").Now.Customer; got != "one" || len(s.team.Customers()) != 2 {
		t.Errorf("after the undo the deal is %s's, of %d customers", got, len(s.team.Customers()))
	}
}

func TestAnUndoThatNamesItselfOrALaterEventTakesNothingBack(t *testing.T) {
	team := sales.NewTeam()
	id := func(n uint64) process.EventID { return process.NewEventID(n<<16, process.Writer{1}, nil) }
	team.Apply(
		process.Event{ID: id(1), Fact: &process.Undone{Stamp: known("2025-01-01"), Deal: "d", Events: []process.EventID{id(1), id(2)}}},
		process.Event{ID: id(2), Fact: &process.DealOpened{Stamp: known("2025-01-01"), Deal: "d", On: day("2025-01-01")}},
	)
	if _, there := team.Deal("d"); !there {
		t.Error("a deal is gone that was opened after it was taken back")
	}
}

func TestACorrectionMendsAndKeepsTheDayItBecameKnown(t *testing.T) {
	s := newStory(t, "a")
	s.open("d", "2025-01-01", nil)
	s.reach("d", "a", "2025-01-10")
	correct := func(on, text, today string) {
		facts, err := s.deal("d").Correct(sales.ReachInput{Milestone: "a", On: day(on), Evidence: process.Evidence{Text: text}}, day(today))
		if err != nil {
			t.Fatal(err)
		}
		s.add("", facts...)
	}
	correct("2025-01-08", "mail", "2025-02-01")
	correct("2025-01-07", "mail of the 7th", "2025-02-02")
	mark, _ := s.deal("d").MarkOn("a", day("2025-01-10"))
	if mark.Stamp.Known != day("2025-01-10") || mark.On != day("2025-01-07") || mark.Evidence.Text != "mail of the 7th" {
		t.Errorf("%+v", mark)
	}
	if facts, err := s.deal("d").Correct(sales.ReachInput{Milestone: "a", On: day("2025-01-07"), Evidence: process.Evidence{Text: "mail of the 7th"}}, day("2025-02-03")); facts != nil || err != nil {
		t.Errorf("correcting nothing: %d facts, %v", len(facts), err)
	}
	s.withdraw("d", "a", "2025-02-10", "reach d a")
	if _, err := s.deal("d").Correct(sales.ReachInput{Milestone: "a", On: day("2025-01-06")}, day("2025-02-11")); process.KindOf(err) != process.NotFound {
		t.Errorf("correcting what was withdrawn: %v", err)
	}
}
