package forecast_test

import (
	"fmt"
	"testing"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/money"
	"milstolpe/process/processtest"
)

func TestEachBarByHand(t *testing.T) {
	t.Parallel()
	s := processtest.NewStory(t)
	s.Add("", &process.RateSet{Stamp: processtest.Known("2024-01-01"), Currency: "NOK", Rate: 1.0})
	krone := money.New(100_000, "NOK")
	for id, v := range map[process.DealID]*money.Amount{
		"won": processtest.Kronor(1000), "dearer": processtest.Kronor(1000), "norse": &krone, "lost": processtest.Kronor(1000), "void": processtest.Kronor(1000), "late": processtest.Kronor(1000), "slow": processtest.Kronor(1000),
	} {
		s.Open(id, "2024-12-30", v)
	}
	// The closes are all in Q1 2025, but for "late", whose loss happened on 31 December and was recorded in January.
	s.Close("won", process.Won, "2025-02-01", nil)
	s.Close("dearer", process.Won, "2025-02-01", processtest.Kronor(1500))
	s.Add("", &process.RateSet{Stamp: processtest.Known("2025-01-15"), Currency: "NOK", Rate: 1.1})
	norse := money.New(120_000, "NOK")
	s.Close("norse", process.Won, "2025-02-01", &norse)
	s.Close("lost", process.NoDecision, "2025-03-31", nil)
	s.Close("void", process.Void, "2025-05-01", nil)
	s.Add("", &process.DealClosed{Stamp: processtest.Known("2025-01-10"), Deal: "late", Outcome: process.Lost, On: processtest.Day("2024-12-31")})
	s.Open("new", "2025-01-02", processtest.Kronor(700))
	s.Close("new", process.Won, "2025-01-20", nil)

	r, err := s.Model().Report(forecast.Query{Kind: process.Quarter, From: processtest.Day("2025-01-01"), To: processtest.Day("2025-01-01")})
	if err != nil {
		t.Fatal(err)
	}
	p := r.Periods[0]
	const v, phi = 1000.0, processtest.PhiOfNewTeam
	// Seven deals of 1,000 each; newcomers cannot be estimated, since no earlier period counts: Q4 2024 starts 90 days before the first deal.
	processtest.Near(t, "forecast", p.Forecast/100, 7*v*phi, 1e-4)
	// won: three deals bring v(1 − φ) each.
	processtest.Near(t, "won beyond", p.Bridge.WonBeyond/100, 3*v*(1-phi), 1e-4)
	// value: 1,500 − 1,000, and 1,200 − 1,000 NOK at the rate of 31 December, 1.0.
	processtest.Near(t, "value", p.Bridge.Value/100, 500+200, 1e-4)
	// currency: 1,200 NOK brought 1,320 with the rate of the close, 1.1; 1,320 − 1,000 − 200 = 120.
	processtest.Near(t, "currency", p.Bridge.Currency/100, 120, 1e-4)
	processtest.Near(t, "outside", p.Bridge.Outside/100, -v*phi, 1e-4)
	processtest.Near(t, "lost", p.Bridge.Lost/100, -2*v*phi, 1e-4) // lost, and found invalid
	processtest.Near(t, "slipped", p.Bridge.Slipped/100, -v*phi, 1e-4)
	processtest.Near(t, "newcomers", p.Bridge.Newcomers/100, 700, 1e-4)
	processtest.Near(t, "actual", p.Actual/100, 1000+1500+1320+700, 1e-9)
	processtest.Near(t, "check", p.Bridge.Check(p.Forecast, p.Actual), 0, 1e-6)
	processtest.Near(t, "lost deals", float64(p.LostActualDeals), 1, 0)
}

func TestANewRateNeverRewritesAnOldPeriod(t *testing.T) {
	t.Parallel()
	s := processtest.NewStory(t)
	s.Add("rate", &process.RateSet{Stamp: processtest.Known("2024-01-01"), Currency: "NOK", Rate: 1.0})
	krone := money.New(100_000, "NOK")
	s.Open("d", "2024-12-30", &krone)
	s.Open("e", "2024-12-30", &krone)
	s.Close("d", process.Won, "2025-02-01", nil)
	ask := func() *forecast.PeriodReport {
		r, err := s.Model().Report(forecast.Query{Kind: process.Quarter, From: processtest.Day("2025-01-01"), To: processtest.Day("2025-01-01")})
		if err != nil {
			t.Fatal(err)
		}
		return r.Periods[0]
	}
	before := ask()
	s.Add("", &process.RateSet{Stamp: processtest.Known("2026-01-01", s.Ids["rate"]), Currency: "NOK", Rate: 2.0})
	after := ask()
	if before.Forecast != after.Forecast || before.Actual != after.Actual {
		t.Errorf("forecast %v and actual %v became %v and %v", before.Forecast, before.Actual, after.Forecast, after.Actual)
	}
}

func TestAReopenedDealCountsAsIfNeverClosedFromThenOn(t *testing.T) {
	t.Parallel()
	s := processtest.NewStory(t, "a")
	s.Open("d", "2025-01-01", processtest.Kronor(1))
	s.Close("d", process.Lost, "2025-03-01", nil)
	s.Add("", &process.DealReopened{Stamp: processtest.Known("2025-03-20", s.Ids["close d"]), Deal: "d", Reason: "they called"})
	m := s.Model()
	for on, want := range map[string]bool{"2025-02-28": true, "2025-03-01": false, "2025-03-19": false, "2025-03-20": true} {
		if got := len(m.OpenDeals(processtest.Day(on))) == 1; got != want {
			t.Errorf("open on %s: %v, want %v", on, got, want)
		}
	}
	// Learned in the week of 10 March the deal was lost; learned in the week of 31 March it never was. Fewer than 30 closed deals: C is a Monday.
	if c := m.Calibration("p", processtest.Day("2025-03-12")); c.Closed != 1 || c.On != processtest.Day("2025-03-10") {
		t.Errorf("on 12 March %d closed, calibrated on %s", c.Closed, c.On)
	}
	if c := m.Calibration("p", processtest.Day("2025-04-02")); c.Closed != 0 || c.At(forecast.Standing{}).Days.Censored != 89 {
		// 1 January to 30 March, all cut off: 31 + 28 + 30 = 89 days before Monday 31 March.
		t.Errorf("on 2 April %d closed, %+v", c.Closed, c.At(forecast.Standing{}).Days)
	}
}

func TestAnInvalidDealLeavesEveryCountFromTheDayTheMarkIsKnown(t *testing.T) {
	t.Parallel()
	s := processtest.NewStory(t, "a")
	s.Open("d", "2025-01-01", processtest.Kronor(1))
	s.Close("d", process.Void, "2025-03-05", nil)
	m := s.Model()
	if c := m.Calibration("p", processtest.Day("2025-03-05")); c.At(forecast.Standing{}).Days.Censored != 61 { // to Sunday 2 March: 31 + 28 + 2
		t.Errorf("before the mark %+v", c.At(forecast.Standing{}).Days)
	}
	if c := m.Calibration("p", processtest.Day("2025-03-12")); c.At(forecast.Standing{}).Days.Censored != 0 || c.Closed != 0 {
		t.Errorf("after the mark %+v, %d closed", c.At(forecast.Standing{}).Days, c.Closed)
	}
}

func TestAMilestoneCountsFromTheDayItWasRecorded(t *testing.T) {
	t.Parallel()
	s := processtest.NewStory(t, "a", "b")
	s.Open("d", "2025-01-01", processtest.Kronor(1))
	s.Add("", &process.MilestoneReached{Stamp: processtest.Known("2025-01-20"), Deal: "d", Milestone: "a", On: processtest.Day("2025-01-05")})
	m := s.Model()
	for on, want := range map[string]int{"2025-01-10": 0, "2025-01-19": 0, "2025-01-20": 1} {
		if c, _ := m.Chance(s.Deal("d"), processtest.Day(on)); c.Passed != want {
			t.Errorf("on %s passed %d, want %d", on, c.Passed, want)
		}
	}
	if c, _ := m.Chance(s.Deal("d"), processtest.Day("2025-02-01")); c.Since != processtest.Day("2025-01-20") {
		t.Errorf("entered %s", c.Since)
	}
}

func TestCountsAreRedoneByTheCalendar(t *testing.T) {
	t.Parallel()
	s := processtest.NewStory(t, "a")
	for i := range 30 {
		id := process.DealID(fmt.Sprintf("d%02d", i))
		s.Open(id, "2025-01-01", processtest.Kronor(1))
		s.Close(id, process.Lost, "2025-02-10", nil)
	}
	s.Publish("2025-05-20", "v2", "a", "b")
	m := s.Model()
	for on, want := range map[string]string{
		"2025-02-05": "2025-02-03", // none closed before 1 February: the Monday of the week
		"2025-02-28": "2025-02-24", // still none before 1 February
		"2025-03-19": "2025-03-01", // 30 closed before 1 March
		"2025-05-19": "2025-05-01",
		"2025-05-20": "2025-05-20", // a new version
		"2025-05-31": "2025-05-20",
		"2025-06-01": "2025-06-01",
	} {
		if got := m.CalibrationDay("p", processtest.Day(on)); got != processtest.Day(want) {
			t.Errorf("C(%s) is %s, want %s", on, got, want)
		}
	}
	if v := m.Calibration("p", processtest.Day("2025-05-20")).Version.ID; v != "v2" {
		t.Errorf("read with %s on the day v2 was published", v)
	}
}

func TestAMilestoneNobodyAskedForCountsAsWaivedForOldDeals(t *testing.T) {
	t.Parallel()
	s := processtest.NewStory(t, "a", "c")
	s.Open("old", "2025-01-01", processtest.Kronor(1))
	s.Reach("old", "a", "2025-01-05")
	s.Reach("old", "c", "2025-01-09")
	s.Open("moved", "2025-01-01", processtest.Kronor(1))
	s.Reach("moved", "a", "2025-01-05")
	s.Reach("moved", "c", "2025-01-09")
	s.Publish("2025-02-03", "v2", "a", "b", "c")
	s.Add("", &process.DealMoved{Stamp: processtest.Known("2025-02-03", s.Ids["open moved"]), Deal: "moved", Version: "v2"})
	m := s.Model()
	// With v2 a deal that only followed v1 has b waived: a on the 5th, b with it, c on the 9th.
	if c, _ := m.Chance(s.Deal("old"), processtest.Day("2025-02-10")); c.Passed != 3 || c.Since != processtest.Day("2025-01-09") {
		t.Errorf("old deal passed %d since %s", c.Passed, c.Since)
	}
	// One that moved over has b ahead of it, from that day on.
	if c, _ := m.Chance(s.Deal("moved"), processtest.Day("2025-02-10")); c.Passed != 1 || c.Since != processtest.Day("2025-02-03") || c.Next != "b" {
		t.Errorf("moved deal passed %d since %s, next %s", c.Passed, c.Since, c.Next)
	}
}

func TestGroupsFollowTheSellerOfTheDay(t *testing.T) {
	t.Parallel()
	s := processtest.NewStory(t)
	for _, p := range []process.PersonID{"anna", "erik"} {
		s.Add("", &process.PersonNamed{Stamp: processtest.Known("2024-01-01"), Person: p, Name: string(p)})
	}
	s.Open("d", "2024-12-30", processtest.Kronor(1000))
	s.Open("n", "2025-01-02", processtest.Kronor(500))
	s.Add("", &process.SellerSet{Stamp: processtest.Known("2025-01-10", s.Ids["open d"]), Deal: "d", Seller: "erik"})
	s.Add("", &process.SellerSet{Stamp: processtest.Known("2025-01-10", s.Ids["open n"]), Deal: "n", Seller: "erik"})
	s.Close("d", process.Won, "2025-02-01", nil)
	s.Close("n", process.Won, "2025-02-01", nil)
	r, err := s.Model().Report(forecast.Query{Kind: process.Quarter, From: processtest.Day("2025-01-01"), To: processtest.Day("2025-01-01"), By: forecast.BySeller})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Groups) != 2 {
		t.Fatalf("%d groups", len(r.Groups))
	}
	// The deal open on 31 December belongs to Anna, whose it was; the newcomer to Erik, whose it was at the close.
	anna, erik := r.Groups[0].Periods[0], r.Groups[1].Periods[0]
	processtest.Near(t, "Anna's forecast", anna.Forecast/100, 1000*processtest.PhiOfNewTeam, 1e-4)
	processtest.Near(t, "Anna's actual", anna.Actual/100, 1000, 1e-9)
	processtest.Near(t, "Erik's forecast", erik.Forecast, 0, 1e-9)
	processtest.Near(t, "Erik's actual", erik.Actual/100, 500, 1e-9)
	for _, g := range r.Groups {
		processtest.Near(t, g.Name+"'s check", g.Periods[0].Bridge.Check(g.Periods[0].Forecast, g.Periods[0].Actual), 0, 1e-6)
	}
}
