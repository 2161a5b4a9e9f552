package sales_test

import (
	"testing"

	"milstolpe/process"
	"milstolpe/process/calls"
	"milstolpe/process/forecast"
	"milstolpe/process/money"
	"milstolpe/process/processtest"
)

func TestALayersTotalFallsBackOnTheLayerBelow(t *testing.T) {
	s := processtest.NewStory(t)
	s.Open("d", "2024-12-30", processtest.Kronor(1000)) // Anna's: forecast 1000·φ
	s.Add("", &process.DealOpened{Stamp: processtest.Known("2024-12-30"), Deal: "e", On: processtest.Day("2024-12-30"), Process: "p", Version: "v1", Seller: "erik", Value: processtest.Kronor(2000)})
	call := func(layer process.Layer, seller process.PersonID, kr int64) {
		s.Add("", &process.CallMade{Stamp: processtest.Known("2024-12-31"), Period: "2025-Q1", Layer: layer, Seller: seller, Amount: money.New(kr*100, "SEK")})
	}
	q1 := process.Calendar{}.Period(process.Quarter, processtest.Day("2025-01-01"))
	if _, said := s.Model().LayerTotal(q1, process.SellerLayer, processtest.Day("2024-12-31")); said {
		t.Error("a total although nobody has called")
	}
	call(process.SellerLayer, "anna", 500)
	// The sellers: Anna's 500, and for Erik the milestones, 2000·φ.
	got, _ := s.Model().LayerTotal(q1, process.SellerLayer, processtest.Day("2024-12-31"))
	processtest.Near(t, "sellers", got/100, 500+2000*processtest.PhiOfNewTeam, 1e-4)
	call(process.ManagerLayer, "erik", 300)
	// The manager: Erik 300, and for Anna her own 500.
	got, _ = s.Model().LayerTotal(q1, process.ManagerLayer, processtest.Day("2024-12-31"))
	processtest.Near(t, "manager", got/100, 800, 1e-9)
	call(process.DirectorLayer, "", 750)
	got, _ = s.Model().LayerTotal(q1, process.DirectorLayer, processtest.Day("2024-12-31"))
	processtest.Near(t, "director", got/100, 750, 1e-9)
	// A call that was not known on the day does not count.
	if _, said := s.Model().LayerTotal(q1, process.DirectorLayer, processtest.Day("2024-12-30")); said {
		t.Error("a call counted before it was known")
	}
}

// Anna has called; Erik has no open deal and has said nothing, but has won 2,000 kronor in the quarter: they are in the sum.
func TestALayersTotalHoldsSellersWithoutOpenDeals(t *testing.T) {
	s := processtest.NewStory(t)
	s.Add("", &process.DealOpened{Stamp: processtest.Known("2024-12-30"), Deal: "e", On: processtest.Day("2024-12-30"), Process: "p", Version: "v1", Seller: "erik", Value: processtest.Kronor(2000)})
	s.Add("", &process.DealClosed{Stamp: processtest.Known("2025-01-10"), Deal: "e", Outcome: process.Won, On: processtest.Day("2025-01-10")})
	s.Open("d", "2025-01-15", processtest.Kronor(1000))
	s.Add("", &process.CallMade{Stamp: processtest.Known("2025-01-16"), Period: "2025-Q1", Layer: process.SellerLayer, Seller: "anna", Amount: money.New(500*100, "SEK")})
	q1 := process.Calendar{}.Period(process.Quarter, processtest.Day("2025-01-01"))
	got, said := s.Model().LayerTotal(q1, process.SellerLayer, processtest.Day("2025-01-20"))
	if !said || got < (500+2000)*100 {
		t.Errorf("the sellers say %v, want 500 and at least the 2,000 that are won", got/100)
	}
}

func TestACallAsksForAReasonOnlyWhenItDiffers(t *testing.T) {
	s := processtest.NewStory(t)
	call := calls.Call{Period: "2025-Q1", Layer: process.ManagerLayer, Amount: money.New(100, "SEK")}
	if _, err := s.Team.Calls().MakeCall(call, money.New(200, "SEK"), nil, s.Team.Calendar(), processtest.Day("2024-12-31")); process.KindOf(err) != process.Invalid {
		t.Errorf("another number without a reason: %v", err)
	}
	if facts, err := s.Team.Calls().MakeCall(call, money.New(100, "SEK"), nil, s.Team.Calendar(), processtest.Day("2024-12-31")); err != nil || len(facts) != 1 {
		t.Errorf("the same number: %v, %v", facts, err)
	}
}

func TestNotedFiguresStandAndWhatCameToLightLaterIsABar(t *testing.T) {
	s := processtest.NewStory(t)
	s.Open("d", "2024-12-30", processtest.Kronor(1000))
	today := processtest.Day("2025-01-02")
	note := forecast.NewModel(s.Team, today).Note()
	if len(note) != 1 {
		t.Fatalf("%d facts", len(note))
	}
	noted, ok := note[0].(*process.ForecastNoted)
	if !ok {
		t.Fatalf("noted %T", note[0])
	}
	s.Add("note", note...)
	if again := forecast.NewModel(s.Team, today).Note(); len(again) != 0 {
		t.Errorf("noted twice in a period")
	}
	// From another copy comes a deal that was recorded there before the as-of day.
	s.Open("late", "2024-12-29", processtest.Kronor(3000))
	r, err := s.Model().Report(forecast.Query{Kind: process.Quarter, From: processtest.Day("2025-01-01"), To: processtest.Day("2025-01-01")})
	if err != nil {
		t.Fatal(err)
	}
	p := r.Periods[0]
	if p.Source != forecast.Noted || p.RangeFactor != noted.Figures[0].RangeFactor {
		t.Errorf("source %s, factor of the range %v", p.Source, p.RangeFactor)
	}
	processtest.Near(t, "noted forecast", p.Forecast/100, 1000*processtest.PhiOfNewTeam, 0.01)
	processtest.Near(t, "late bar", p.Bridge.Late/100, 3000*processtest.PhiOfNewTeam, 0.01)
	processtest.Near(t, "check", p.Bridge.Check(p.Forecast, p.Actual), 0, 1e-6)
}

func TestOnlyHistoryIsImported(t *testing.T) {
	s := processtest.NewStory(t, "a")
	s.Team.Founded = processtest.Day("2026-02-10")
	source := func(on string) forecast.Source {
		t.Helper()
		r, err := forecast.NewModel(s.Team, processtest.Day("2026-11-01")).Report(forecast.Query{Kind: process.Quarter, From: processtest.Day(on), To: processtest.Day(on)})
		if err != nil {
			t.Fatal(err)
		}
		return r.Periods[0].Source
	}
	// The first quarter began before the file was made; nothing was imported, so there is no history that it could come from.
	s.Open("d", "2026-02-12", processtest.Kronor(100))
	if got := source("2026-03-01"); got != forecast.Rebuilt {
		t.Errorf("without any history the quarter in which the file was made is %s", got)
	}
	s.Open("older", "2025-11-12", processtest.Kronor(100))
	if got := source("2026-03-01"); got != forecast.Imported {
		t.Errorf("with an older deal the quarter in which the file was made is %s", got)
	}
	if got := source("2026-05-01"); got != forecast.Rebuilt {
		t.Errorf("the quarter after that is %s", got)
	}
}

// What version 1 of the model noted has no factor of its range. It stands with its figures, and is scored apart from what these rules noted.
func TestANoteOfTheEarlierRulesIsScoredApart(t *testing.T) {
	t.Parallel()
	s := processtest.NewStory(t)
	s.Open("d", "2024-12-30", processtest.Kronor(1000))
	low, middle, high := int64(10_000), int64(20_000), int64(40_000)
	s.Add("note", &process.ForecastNoted{Stamp: processtest.Known("2025-01-02"), Events: 1, Figures: []process.NotedFigure{{
		Period: "2025-Q1", AsOf: processtest.Day("2024-12-31"), Currency: "SEK", Total: 23_400, Deals: 0.5, P10: &low, P50: &middle, P90: &high, Tau: 0.2,
	}}})
	r, err := s.Model().Report(forecast.Query{Kind: process.Quarter, From: processtest.Day("2025-01-01"), To: processtest.Day("2025-01-01")})
	if err != nil {
		t.Fatal(err)
	}
	p := r.Periods[0]
	if p.Source != forecast.NotedEarlier || p.Forecast != 23_400 || p.RangeFactor != 1 || p.Range.P10 != 10_000 || p.Range.P90 != 40_000 {
		t.Errorf("%s: %v, factor %v, range %+v", p.Source, p.Forecast, p.RangeFactor, p.Range)
	}
	processtest.Near(t, "check", p.Bridge.Check(p.Forecast, p.Actual), 0, 1e-6)
	if earlier, now := r.Of(forecast.NotedEarlier).Periods, r.Of(forecast.Noted).Periods; earlier != 1 || now != 0 {
		t.Errorf("scored as noted earlier: %d, as noted now: %d", earlier, now)
	}
}
