package winloss_test

import (
	"testing"

	"milstolpe/process"
	"milstolpe/process/processtest"
	"milstolpe/process/winloss"
)

// On 23 November 2026. Two deals were won, the slower after 31 days. Open: one of 30 days, one of 31, one of 32 and one of 327.
func TestARecordWithoutLossesIsToldWithTheOlderDeals(t *testing.T) {
	t.Parallel()
	s := processtest.NewStory(t, "a")
	s.Open("fast", "2026-01-01", processtest.Kronor(1))
	s.Close("fast", process.Won, "2026-01-11", nil)
	s.Open("slow", "2026-01-01", processtest.Kronor(1))
	s.Close("slow", process.Won, "2026-02-01", nil)
	for id, opened := range map[process.DealID]string{"d30": "2026-10-24", "d31": "2026-10-23"} {
		s.Open(id, opened, processtest.Kronor(1))
	}
	if u, ok := winloss.UnmarkedLossesOf(s.Model(), ""); ok {
		t.Errorf("told while no deal is older: %+v", u)
	}
	s.Open("d32", "2026-10-22", processtest.Kronor(1))
	s.Open("d327", "2025-12-31", processtest.Kronor(1))
	if u, ok := winloss.UnmarkedLossesOf(s.Model(), "p"); !ok || u != (winloss.UnmarkedLosses{Won: 2, Older: 2}) {
		t.Errorf("%+v, %v", u, ok)
	}
	if u, ok := winloss.UnmarkedLossesOf(s.Model(), "another"); ok {
		t.Errorf("of a process without deals: %+v", u)
	}
	s.Open("wrong", "2026-01-01", processtest.Kronor(1))
	s.Close("wrong", process.Void, "2026-02-01", nil)
	if _, ok := winloss.UnmarkedLossesOf(s.Model(), ""); !ok {
		t.Error("an invalid deal was taken for a lost one")
	}
	s.Open("lost", "2026-01-01", processtest.Kronor(1))
	s.Close("lost", process.Lost, "2026-02-01", nil)
	if u, ok := winloss.UnmarkedLossesOf(s.Model(), ""); ok {
		t.Errorf("told although a deal was lost: %+v", u)
	}
}
