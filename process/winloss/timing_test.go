package winloss_test

import (
	"testing"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/processtest"
	"milstolpe/process/winloss"
)

func TestDatesAgainstTheRealOnes(t *testing.T) {
	s := processtest.NewStory(t, "a")
	open := func(id process.DealID, expected string) {
		s.Add("open "+string(id), &process.DealOpened{
			Stamp: processtest.Known("2026-01-01"), Deal: id, On: processtest.Day("2026-01-01"), Process: "p", Version: "v1", Seller: "anna", Value: processtest.Kronor(1000), ExpectedClose: processtest.Day(expected),
		})
	}
	open("late", "2026-03-01")
	s.Add("moved", &process.ExpectedCloseSet{Stamp: processtest.Known("2026-02-20", s.Ids["open late"]), Deal: "late", Day: processtest.Day("2026-04-01")})
	s.Add("", &process.ExpectedCloseSet{Stamp: processtest.Known("2026-03-20", s.Ids["moved"]), Deal: "late", Day: processtest.Day("2026-03-25")})
	s.Close("late", process.Won, "2026-03-31", nil) // 30 days after 1 March; moved twice, 24 days later in all
	open("early", "2026-03-01")
	s.Close("early", process.Won, "2026-02-25", nil) // 4 days before
	open("lost", "2026-03-01")
	s.Close("lost", process.Lost, "2026-06-01", nil)
	s.Open("undated", "2026-01-01", processtest.Kronor(1000))
	s.Close("undated", process.Won, "2026-02-01", nil)

	got := winloss.TimingOf(s.Model(), processtest.Day("2026-01-01"), processtest.Day("2026-06-30"), forecast.Scope{})
	if len(got.Deals) != 2 || got.Deals[0].Deal.ID != "late" || got.Deals[1].Deal.ID != "early" {
		t.Fatalf("deals %+v, want late and early", got.Deals)
	}
	if d := got.Deals[0]; d.Late != 30 || d.Moves != 2 || d.MovedDays != 24 {
		t.Errorf("late: %d days late, moved %d times by %d days; want 30, 2, 24", d.Late, d.Moves, d.MovedDays)
	}
	if d := got.Deals[1]; d.Late != -4 || d.Moves != 0 {
		t.Errorf("early: %d days late, moved %d times; want -4, 0", d.Late, d.Moves)
	}
	// The lower of the two middle ones: -4 of (-4, 30), and 4 of (4, 30).
	if m := got.Seller; m.Deals != 2 || m.Median != -4 || m.Usual != 4 || m.Later != 1 || m.OnTime != 1 {
		t.Errorf("seller's dates %+v", m)
	}
	if got.Dated != 2 || got.Moved != 1 || got.Moves != 2 || got.DaysMost != 24 {
		t.Errorf("%d dated, %d moved, %d times, %d days the most; want 2, 1, 2, 24", got.Dated, got.Moved, got.Moves, got.DaysMost)
	}
	if one := winloss.TimingOf(s.Model(), processtest.Day("2026-03-01"), processtest.Day("2026-06-30"), forecast.Scope{}); len(one.Deals) != 1 {
		t.Errorf("%d deals won from March on, want one", len(one.Deals))
	}
}

// The likely date is that of the day of the first milestone: a deal that then stands at a, without any closed deal, has win(h) =
// 0.5·(1 − 2^(−h/60)). Half of win(1095), which is 0.5 but for a millionth, has come by h = 60: 60 days after 1 February.
func TestTheLikelyDateOfTheFirstMilestone(t *testing.T) {
	s := processtest.NewStory(t, "a")
	s.Open("d", "2026-01-01", processtest.Kronor(1000))
	s.Reach("d", "a", "2026-02-01")
	s.Close("d", process.Won, "2026-04-12", nil) // 10 days after 2 April
	got := winloss.TimingOf(s.Model(), processtest.Day("2026-01-01"), processtest.Day("2026-06-30"), forecast.Scope{})
	if len(got.Deals) != 1 || got.Deals[0].FirstStep != processtest.Day("2026-02-01") || got.Deals[0].Likely != processtest.Day("2026-04-02") || got.Deals[0].LikelyLate != 10 {
		t.Fatalf("got %+v, want the likely date 2 April, 10 days before the close", got.Deals)
	}
	if got.Likely.Median != 10 || got.Seller.Deals != 0 || got.Both.Likely.Deals != 0 {
		t.Errorf("likely %+v, seller %+v, both %+v", got.Likely, got.Seller, got.Both)
	}
}
