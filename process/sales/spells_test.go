package sales_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

var abc = []process.MilestoneID{"a", "b", "c"}

// Model, section 2. Every deal is opened on 1 January 2025, and passed is 0 from then on.
func TestStaysByHand(t *testing.T) {
	for name, c := range map[string]struct {
		happens func(s *processtest.Story)
		want    []sales.Spell
	}{
		"nothing yet": {func(*processtest.Story) {}, nil},
		"one after the other": {func(s *processtest.Story) {
			s.Reach("d", "a", "2025-01-10")
			s.Reach("d", "b", "2025-01-20")
		}, []sales.Spell{{Passed: 1, From: processtest.Day("2025-01-10")}, {Passed: 2, From: processtest.Day("2025-01-20")}}},
		"two on one day: the first is no stay": {func(s *processtest.Story) {
			s.Reach("d", "a", "2025-01-10")
			s.Reach("d", "b", "2025-01-10")
		}, []sales.Spell{{Passed: 2, From: processtest.Day("2025-01-10")}}},
		"ahead of its turn, it counts when the earlier one is there": {func(s *processtest.Story) {
			s.Reach("d", "b", "2025-01-05")
			s.Reach("d", "a", "2025-01-10")
		}, []sales.Spell{{Passed: 2, From: processtest.Day("2025-01-10")}}},
		"ahead of two others": {func(s *processtest.Story) {
			s.Reach("d", "c", "2025-01-05")
			s.Reach("d", "a", "2025-01-10")
			s.Reach("d", "b", "2025-02-01")
		}, []sales.Spell{{Passed: 1, From: processtest.Day("2025-01-10")}, {Passed: 3, From: processtest.Day("2025-02-01")}}},
		"waived is passed": {func(s *processtest.Story) {
			s.Reach("d", "a", "2025-01-10")
			s.Waive("d", "b", "2025-01-12")
		}, []sales.Spell{{Passed: 1, From: processtest.Day("2025-01-10")}, {Passed: 2, From: processtest.Day("2025-01-12")}}},
		"withdrawn, the later one waits again": {func(s *processtest.Story) {
			s.Reach("d", "a", "2025-01-10")
			s.Reach("d", "b", "2025-01-20")
			s.Withdraw("d", "a", "2025-02-01", "reach d a")
			s.Reach("d", "a", "2025-02-15")
		}, []sales.Spell{
			{Passed: 1, From: processtest.Day("2025-01-10")}, {Passed: 2, From: processtest.Day("2025-01-20")}, {Passed: 0, From: processtest.Day("2025-02-01")}, {Passed: 2, From: processtest.Day("2025-02-15")},
		}},
		"reached and withdrawn within a day: nothing has been": {func(s *processtest.Story) {
			s.Reach("d", "a", "2025-01-10")
			s.Withdraw("d", "a", "2025-01-10", "reach d a")
		}, nil},
		"withdrawn and reached again within a day: the stay is unbroken": {func(s *processtest.Story) {
			s.Reach("d", "a", "2025-01-10")
			s.Withdraw("d", "a", "2025-02-01", "reach d a")
			s.Reach("d", "a", "2025-02-01")
		}, []sales.Spell{{Passed: 1, From: processtest.Day("2025-01-10")}}},
		"a waiver can be withdrawn, too": {func(s *processtest.Story) {
			s.Waive("d", "a", "2025-01-10")
			s.Withdraw("d", "a", "2025-01-15", "waive d a")
		}, []sales.Spell{{Passed: 1, From: processtest.Day("2025-01-10")}, {Passed: 0, From: processtest.Day("2025-01-15")}}},
		"recorded by two who did not know of each other: the first counts": {func(s *processtest.Story) {
			s.Reach("d", "a", "2025-01-12")
			s.Reach("d", "a", "2025-01-10")
		}, []sales.Spell{{Passed: 1, From: processtest.Day("2025-01-10")}}},
		"and what one of them withdraws stands by the other's word": {func(s *processtest.Story) {
			s.Reach("d", "a", "2025-01-10")
			mark := s.Ids["reach d a"]
			s.Reach("d", "a", "2025-01-12")
			s.Ids["the first"] = mark
			s.Withdraw("d", "a", "2025-02-01", "the first")
		}, []sales.Spell{{Passed: 1, From: processtest.Day("2025-01-10")}}},
		"known before the opening, it was there from the opening": {func(s *processtest.Story) {
			s.Reach("d", "a", "2024-12-20")
		}, []sales.Spell{{Passed: 1, From: processtest.Day("2025-01-01")}}},
	} {
		t.Run(name, func(t *testing.T) {
			s := processtest.NewStory(t, abc...)
			s.Open("d", "2025-01-01", nil)
			c.happens(s)
			want := append([]sales.Spell{{Passed: 0, From: processtest.Day("2025-01-01")}}, c.want...)
			if len(c.want) > 0 && c.want[0].From == processtest.Day("2025-01-01") {
				want = c.want
			}
			d := s.Deal("d")
			if diff := cmp.Diff(want, d.Spells(abc)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			for i, stay := range want {
				if got := d.PassedOn(stay.From, abc); got != stay.Passed {
					t.Errorf("%d passed on %s, want %d", got, stay.From, stay.Passed)
				}
				if i > 0 && d.PassedOn(stay.From-1, abc) != want[i-1].Passed {
					t.Errorf("%d passed on the day before %s, want %d", d.PassedOn(stay.From-1, abc), stay.From, want[i-1].Passed)
				}
			}
		})
	}
}

func TestADealGoesBackwardsWhenPassedFalls(t *testing.T) {
	s := processtest.NewStory(t, abc...)
	s.Open("d", "2025-01-01", nil)
	s.Reach("d", "a", "2025-01-10")
	s.Reach("d", "b", "2025-01-20")
	s.Withdraw("d", "b", "2025-02-01", "reach d b")
	s.Withdraw("d", "a", "2025-03-01", "reach d a")
	for on, want := range map[string]int{"2025-01-31": 0, "2025-02-01": 1, "2025-02-28": 1, "2025-03-01": 2} {
		if got := s.Deal("d").BackwardOn(processtest.Day(on), abc); got != want {
			t.Errorf("until %s it went backwards %d times, want %d", on, got, want)
		}
	}
}

// Model, section 3: old deals are read with the newest version, and a milestone that was in none of the versions that a deal has followed
// counts as waived for it. Moving to a version that has it makes it count.
func TestADealMovedToAnotherVersionIsAskedForWhatThatOneHas(t *testing.T) {
	s := processtest.NewStory(t, "a", "b")
	s.Open("d", "2025-01-01", nil)
	s.Open("old", "2025-01-01", nil)
	for _, id := range []process.DealID{"d", "old"} {
		s.Reach(id, "a", "2025-01-10")
		s.Reach(id, "b", "2025-01-20")
	}
	s.Publish("2025-03-01", "v2", "a", "new", "b")
	s.Add("", &process.DealMoved{Stamp: processtest.Known("2025-03-01"), Deal: "d", Version: "v2"})
	asked := []process.MilestoneID{"a", "new", "b"}
	// a on the 10th, and with it "new", which nobody asked for; b on the 20th.
	before := []sales.Spell{{Passed: 0, From: processtest.Day("2025-01-01")}, {Passed: 2, From: processtest.Day("2025-01-10")}, {Passed: 3, From: processtest.Day("2025-01-20")}}
	if diff := cmp.Diff(before, s.Deal("old").Spells(asked)); diff != "" {
		t.Errorf("a deal that was never moved (-want +got)\n%s", diff)
	}
	after := append(before, sales.Spell{Passed: 1, From: processtest.Day("2025-03-01")})
	if diff := cmp.Diff(after, s.Deal("d").Spells(asked)); diff != "" {
		t.Errorf("the deal that was moved (-want +got)\n%s", diff)
	}
	s.Reach("d", "new", "2025-03-05")
	if got := s.Deal("d").PassedOn(processtest.Day("2025-03-05"), asked); got != 3 {
		t.Errorf("%d passed once it has that, too, want 3", got)
	}
}
