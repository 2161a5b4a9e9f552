package sales_test

import (
	"fmt"
	"testing"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/money"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
	"milstolpe/process/stats"
)

// Forty closed deals, each opened on the first of January and closed 40 days later. Twenty reached "a" after ten days: 18 of them were won.
// Of the twenty that did not, two were won.
func TestEvidenceByHand(t *testing.T) {
	s := processtest.NewStory(t, "a", "b")
	for i := range 40 {
		id := process.DealID(fmt.Sprintf("d%02d", i))
		s.Open(id, "2025-01-01", processtest.Kronor(1))
		outcome := process.Lost
		if i < 20 {
			s.Reach(id, "a", "2025-01-11")
		}
		if i < 18 || i >= 38 {
			outcome = process.Won
		}
		s.Close(id, outcome, "2025-02-10", nil)
	}
	e := s.Model().Evidence("p", processtest.Day("2026-01-01"))
	a := e.Milestones[0]
	// Landmark: the opening plus the median wait, 10 days. All 40 were still open then.
	if a.Landmark != 10 || a.With != 20 || a.WithWon != 18 || a.Without != 20 || a.WithoutWon != 2 {
		t.Errorf("a: %+v", a)
	}
	// BF = B(19,3)·B(3,19)/B(21,21). B(19,3) = 18!·2!/21! = 2/(19·20·21) = 1/3990. B(21,21) = 20!·20!/41! = 1/(41·C(40,20)) and
	// C(40,20) = 137,846,528,820. So BF = 41·137846528820/3990² = 5.6517e12/15920100 = 355,006.
	processtest.Near(t, "Bayes factor", a.Factor, 355_006, 10)
	if a.Verdict != stats.Decides {
		t.Errorf("verdict %v", a.Verdict)
	}
	// Nobody reached b: there is nothing to compare.
	if b := e.Milestones[1]; b.Verdict != stats.CannotTellDifference || b.With != 0 {
		t.Errorf("b: %+v", b)
	}
}

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

func TestACallAsksForAReasonOnlyWhenItDiffers(t *testing.T) {
	s := processtest.NewStory(t)
	call := sales.Call{Period: "2025-Q1", Layer: process.ManagerLayer, Amount: money.New(100, "SEK")}
	if _, err := s.Team.MakeCall(call, money.New(200, "SEK"), nil, processtest.Day("2024-12-31")); process.KindOf(err) != process.Invalid {
		t.Errorf("another number without a reason: %v", err)
	}
	if facts, err := s.Team.MakeCall(call, money.New(100, "SEK"), nil, processtest.Day("2024-12-31")); err != nil || len(facts) != 1 {
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
	if p.Source != forecast.Noted {
		t.Errorf("source %s", p.Source)
	}
	processtest.Near(t, "noted forecast", p.Forecast/100, 1000*processtest.PhiOfNewTeam, 0.01)
	processtest.Near(t, "late bar", p.Bridge.Late/100, 3000*processtest.PhiOfNewTeam, 0.01)
	processtest.Near(t, "check", p.Bridge.Check(p.Forecast, p.Actual), 0, 1e-6)
}

func TestWorkingInTheSameWayByHand(t *testing.T) {
	s := processtest.NewStory(t, "a", "b")
	s.Open("ordered", "2025-01-01", processtest.Kronor(1))
	s.Reach("ordered", "a", "2025-01-02")
	s.Add("", &process.MilestoneReached{
		Stamp: processtest.Known("2025-01-09"), Deal: "ordered", Milestone: "b", On: processtest.Day("2025-01-05"), Evidence: process.Evidence{Text: "mail"},
	})
	s.Close("ordered", process.Won, "2025-02-01", nil)
	s.Open("turned", "2025-01-01", processtest.Kronor(1))
	s.Reach("turned", "b", "2025-01-02")
	s.Reach("turned", "a", "2025-01-10")
	s.Close("turned", process.Lost, "2025-02-01", nil)
	s.Open("open", "2025-01-01", processtest.Kronor(1))
	s.Add("", &process.MilestoneWaived{Stamp: processtest.Known("2025-01-03"), Deal: "open", Milestone: "a", Reason: "known from before"})
	rows := s.Model().SameWay(processtest.Day("2025-03-01"))
	if len(rows) != 2 {
		t.Fatalf("%d rows", len(rows))
	}
	team := rows[0]
	// Four milestones reached, one with evidence; recorded after 0, 4, 0 and 0 days: the median is 0.
	want := forecast.Adherence{Closed: 2, InOrder: 1, Marks: 4, Evidence: 1, Recorded: 4, Open: 1}
	if team != want {
		t.Errorf("team %+v, want %+v", team, want)
	}
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
