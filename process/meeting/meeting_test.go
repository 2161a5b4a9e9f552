package meeting_test

import (
	"testing"

	"milstolpe/process"
	"milstolpe/process/meeting"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

// told is a team with a deal for each thing that can become of what was agreed on 12 January.
type told struct {
	*processtest.Story
	agreed []process.EventID
}

func newTold(t *testing.T) *told {
	t.Helper()
	return &told{Story: processtest.NewStory(t, "a", "b")}
}

// plans sets the next activity of a deal, known on a day, in place of what stands.
func (s *told) plans(id process.DealID, on, text, due string) {
	var day process.Date
	if due != "" {
		day = processtest.Day(due)
	}
	stamp := processtest.Known(on)
	stamp.Base = s.Deal(id).Heads()["next_step"]
	s.Add("last", &process.NextStepSet{Stamp: stamp, Deal: id, Text: text, Due: day})
}

// does writes an activity into the journal, as the pages do with one that was done.
func (s *told) does(id process.DealID, on, text string) {
	s.Add("done "+string(id), &process.JournalWritten{Stamp: processtest.Known(on), Deal: id, On: processtest.Day(on), Text: text})
}

// names is the day that the buyer names for milestone a.
func (s *told) names(id process.DealID, on, day string) {
	stamp := processtest.Known(on)
	_, stamp.Base = s.Deal(id).Promised("a")
	f := &process.MilestonePromised{Stamp: stamp, Deal: id, Milestone: "a"}
	if day != "" {
		f.Day = processtest.Day(day)
	}
	s.Add("last", f)
}

// agree notes that what was recorded last is agreed.
func (s *told) agree() { s.agreed = append(s.agreed, s.Ids["last"]) }

func (s *told) hold(on string) {
	s.T.Helper()
	facts, err := meeting.Hold(s.Team, "", s.agreed, processtest.Day(on))
	if err != nil {
		s.T.Fatal(err)
	}
	s.Add("held", facts...)
}

func TestWhatWasAgreedIsFollowed(t *testing.T) {
	s := newTold(t)
	for _, id := range []process.DealID{"done", "late", "moved", "moved late", "other", "gone", "waits", "ended", "reached", "waived", "named later", "unnamed", "open"} {
		s.Open(id, "2026-01-02", nil)
	}
	s.does("late", "2026-01-08", "Call") // the same words before it was agreed say nothing
	for _, id := range []process.DealID{"done", "late", "moved", "moved late", "other", "gone", "ended"} {
		s.plans(id, "2026-01-09", "Call", "2026-01-15")
		s.agree()
	}
	s.plans("waits", "2026-01-09", "Think", "")
	s.agree()
	for _, id := range []process.DealID{"reached", "waived", "named later", "unnamed", "open"} {
		s.names(id, "2026-01-09", "2026-01-16")
		s.agree()
	}
	s.hold("2026-01-12")
	s.does("done", "2026-01-14", "call")
	s.plans("done", "2026-01-14", "", "")
	s.plans("moved", "2026-01-13", "Call", "2026-01-30")
	s.plans("moved late", "2026-01-13", "Call", "2026-01-17")
	s.plans("other", "2026-01-13", "Visit", "2026-01-30")
	s.plans("gone", "2026-01-13", "", "")
	s.Close("ended", process.Won, "2026-01-14", nil)
	s.Reach("reached", "a", "2026-01-18")
	s.Add("", &process.MilestoneWaived{Stamp: processtest.Known("2026-01-13"), Deal: "waived", Milestone: "a", Reason: "framework"})
	s.names("named later", "2026-01-13", "2026-02-01")
	s.names("unnamed", "2026-01-13", "")

	type result struct {
		meeting.Result
		on string
	}
	want := map[process.DealID]result{
		"done": {meeting.Happened, "2026-01-14"}, "late": {meeting.Overdue, "2026-01-15"}, "moved": {meeting.Moved, "2026-01-30"},
		"moved late": {meeting.Overdue, "2026-01-17"}, "other": {meeting.Replaced, ""}, "gone": {meeting.Dropped, ""}, "waits": {meeting.Waiting, ""},
		"ended": {meeting.Ended, "2026-01-14"}, "reached": {meeting.Happened, "2026-01-18"}, "waived": {meeting.Skipped, "2026-01-13"},
		"named later": {meeting.Moved, "2026-02-01"}, "unnamed": {meeting.Dropped, ""}, "open": {meeting.Overdue, "2026-01-16"},
	}
	held, ok := meeting.Last(s.Team, "anna")
	if !ok || held.On != processtest.Day("2026-01-12") {
		t.Fatalf("the last meeting is %+v", held)
	}
	got := held.Follow(s.Team, processtest.Day("2026-01-19"))
	for i, a := range got {
		if have := (result{a.Result, a.On.String()}); have != want[a.Deal.ID] {
			t.Errorf("%s: %v, want %v", a.Deal.ID, have, want[a.Deal.ID])
		}
		if i > 0 && a.Result < got[i-1].Result {
			t.Errorf("%s comes after what is less urgent", a.Deal.ID)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d of %d are followed", len(got), len(want))
	}
	// Taking back that it was done makes it undone again, and nothing is planned.
	s.Add("", &process.Undone{Stamp: processtest.Known("2026-01-19"), Deal: "done", Events: []process.EventID{s.Ids["done done"]}})
	for _, a := range held.Follow(s.Team, processtest.Day("2026-01-19")) {
		if a.Deal.ID == "done" && a.Result != meeting.Dropped {
			t.Errorf("taken back, it is %v", a.Result)
		}
	}
}

func TestAMeetingIsAboutASellersDealsOrAll(t *testing.T) {
	s := newTold(t)
	s.Open("d1", "2026-01-02", nil)
	s.plans("d1", "2026-01-09", "Call", "")
	s.agree()
	s.hold("2026-01-12")
	s.Add("erik's", &process.MeetingHeld{Stamp: processtest.Known("2026-01-13"), Seller: "erik"})
	for seller, on := range map[process.PersonID]string{"": "2026-01-12", "anna": "2026-01-12", "erik": "2026-01-13"} {
		if held, _ := meeting.Last(s.Team, seller); held.On != processtest.Day(on) {
			t.Errorf("%q was gone through on %s, want %s", seller, held.On, on)
		}
	}
	if got := meeting.Standing(s.Deal("d1"), "a"); len(got) != 1 || got[0].Event != s.agreed[0] {
		t.Errorf("what stands is %v", got)
	}
	if _, err := meeting.Hold(s.Team, "", []process.EventID{s.Ids["open d1"]}, processtest.Day("2026-01-14")); err == nil {
		t.Error("an opening is taken for something agreed")
	}
	if _, ok := meeting.Last(sales.NewTeam(), ""); ok {
		t.Error("a new team has held a meeting")
	}
}
