package changes_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/changes"
	"milstolpe/process/forecast"
	"milstolpe/process/processtest"
)

// The golden team from 8 to 15 May 2026: 1,462,582 went to 1,512,685 through milestones (six deals), one that stalled,
// and a week that went by.
func TestWhatChangedInAWeek(t *testing.T) {
	t.Parallel()
	team, _ := processtest.GoldenTeam(t, "../testdata/golden", "month")
	m := forecast.NewModel(team, processtest.Day("2026-06-30"))
	quarter := team.Calendar().Period(process.Quarter, processtest.Day("2026-05-15"))
	c := changes.Between(m, quarter, processtest.Day("2026-05-08"), processtest.Day("2026-05-15"), forecast.Scope{})
	processtest.Near(t, "from", c.From.Forecast/100, 1_462_582, 0.5)
	processtest.Near(t, "to", c.To.Forecast/100, 1_512_685, 0.5)
	processtest.Near(t, "check", c.Check(), 0, 1e-3)
	want := []struct {
		kind   changes.Kind
		amount float64
		deals  int
	}{{changes.Milestone, 141_614, 6}, {changes.Stalled, -5_586, 1}, {changes.Time, -85_925, 0}}
	if len(c.Rows) != len(want) {
		t.Fatalf("rows %+v, want %+v", c.Rows, want)
	}
	for i, w := range want {
		row := c.Rows[i]
		if row.Kind != w.kind || w.deals > 0 && len(row.Deals) != w.deals {
			t.Errorf("row %d is %s with %d deals, want %+v", i, row.Kind, len(row.Deals), w)
		}
		processtest.Near(t, string(w.kind), row.Amount/100, w.amount, 1) // the rows were rounded so that they add up
	}
	if first := c.Rows[0].Deals[0]; first.Event.IsZero() || first.Day <= processtest.Day("2026-05-08") || first.Day > processtest.Day("2026-05-15") {
		t.Errorf("the deal that changed most says nothing of what was recorded in that week: %+v", first)
	}
}

func TestChangesAddUpBetweenAnyTwoDays(t *testing.T) {
	t.Parallel()
	team, _ := processtest.GoldenTeam(t, "../testdata/golden", "month")
	m := forecast.NewModel(team, processtest.Day("2026-11-23"))
	first := m.FirstOpened()
	rapid.Check(t, func(t *rapid.T) {
		p := team.Calendar().Period(rapid.SampledFrom(process.PeriodKinds).Draw(t, "length"), first.AddDays(rapid.IntRange(100, 880).Draw(t, "day")))
		from := p.End.AddDays(-rapid.IntRange(0, 200).Draw(t, "from"))
		to := min(p.End, from.AddDays(rapid.IntRange(0, 120).Draw(t, "to")))
		in := forecast.Scope{Seller: rapid.SampledFrom([]process.PersonID{"", "Anna Berg", "Erik Dahl"}).Draw(t, "seller")}
		c := changes.Between(m, p, from, to, in)
		if off := c.Check(); math.Abs(off) > 1e-3 {
			t.Errorf("%s from %s to %s is off by %v", p, from, to, off)
		}
		for _, row := range c.Rows {
			sum := 0.0
			for _, d := range row.Deals {
				sum += d.Amount
			}
			ofDeals := row.Kind != changes.Newcomers && row.Kind != changes.Correction
			if !ofDeals && len(row.Deals) > 0 {
				t.Errorf("%s is of the period as a whole and names %d deals", row.Kind, len(row.Deals))
			}
			if ofDeals && math.Abs(sum-row.Amount) > 1e-6 {
				t.Errorf("%s: deals add up to %v, the row says %v", row.Kind, sum, row.Amount)
			}
		}
	})
}

// Everything that can happen to a deal, in one week of May; each deal is worth 1,000 and nothing was known before, so φ is 0.25·K.
func TestEachWayToChangeHasItsRow(t *testing.T) {
	t.Parallel()
	s := processtest.NewStory(t, "a")
	for _, id := range []process.DealID{"won", "lost", "dearer", "back", "further", "still", "gone"} {
		s.Open(id, "2026-04-20", processtest.Kronor(1000))
	}
	s.Reach("back", "a", "2026-04-21")
	s.Close("gone", process.Won, "2026-05-05", processtest.Kronor(900))

	s.Close("won", process.Won, "2026-05-12", processtest.Kronor(1200))
	s.Close("lost", process.Lost, "2026-05-12", nil)
	s.Add("", &process.ValueSet{Stamp: processtest.Known("2026-05-12"), Deal: "dearer", Value: processtest.Kronor(2000)})
	s.Add("", &process.MilestoneWithdrawn{Stamp: processtest.Known("2026-05-12", s.Ids["reach back a"]), Deal: "back", Milestone: "a", Reason: "no"})
	s.Reach("further", "a", "2026-05-12")
	s.Open("new", "2026-05-12", processtest.Kronor(1000))
	s.Add("", &process.DealReopened{Stamp: processtest.Known("2026-05-12", s.Ids["close gone"]), Deal: "gone", Reason: "they changed their minds"})

	m := forecast.NewModel(s.Team, processtest.Day("2026-05-15"))
	quarter := s.Team.Calendar().Period(process.Quarter, processtest.Day("2026-05-15"))
	c := changes.Between(m, quarter, processtest.Day("2026-05-08"), processtest.Day("2026-05-15"), forecast.Scope{})
	processtest.Near(t, "check", c.Check(), 0, 1e-6)
	found := map[changes.Kind][]process.DealID{}
	amounts := map[process.DealID]float64{}
	for _, row := range c.Rows {
		for _, d := range row.Deals {
			found[row.Kind] = append(found[row.Kind], d.Deal.ID)
			if row.Kind != changes.Time && row.Kind != changes.Recalibrated {
				amounts[d.Deal.ID] += d.Amount
			}
		}
	}
	for kind, id := range map[changes.Kind]process.DealID{
		changes.Won: "won", changes.Closed: "lost", changes.Value: "dearer", changes.Withdrawn: "back", changes.Milestone: "further",
	} {
		if len(found[kind]) != 1 || found[kind][0] != id {
			t.Errorf("%s has %v, want %s", kind, found[kind], id)
		}
	}
	if len(found[changes.Opened]) != 2 {
		t.Errorf("opened has %v, want the new and the re-opened one", found[changes.Opened])
	}
	part := func(id process.DealID) (expected float64) {
		for _, p := range c.From.Parts {
			if p.Open && p.Deal.ID == id {
				expected = p.Expected()
			}
		}
		return expected
	}
	processtest.Near(t, "won", amounts["won"], 1200_00-part("won"), 1e-6)
	processtest.Near(t, "lost", amounts["lost"], -part("lost"), 1e-6)
	processtest.Near(t, "dearer", amounts["dearer"], part("dearer"), 1e-6) // the value doubled at the old chance
	if amounts["further"] <= 0 || amounts["back"] >= 0 {
		t.Errorf("a milestone brought %v, its withdrawal %v", amounts["further"], amounts["back"])
	}
}
