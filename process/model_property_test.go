package process_test

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/money"
)

// historyOf draws a team's whole history, day by day, with everything that can happen to a deal.
func historyOf(rt *rapid.T) []process.Event {
	h := &randomHistory{rt: rt, at: process.MustDate("2024-01-01")}
	h.add(&process.TeamFounded{Stamp: process.Stamp{Known: h.at}, Dataset: "d"})
	h.add(&process.SettingSet{Stamp: process.Stamp{Known: h.at}, Setting: process.CurrencySetting, Value: "SEK"})
	h.add(&process.RateSet{Stamp: process.Stamp{Known: h.at}, Currency: "NOK", Rate: 0.97})
	h.publish("v1", "a", "b")
	for range rapid.IntRange(20, 120).Draw(rt, "facts") {
		h.at += process.Date(rapid.IntRange(0, 9).Draw(rt, "days"))
		h.step()
	}
	return h.events
}

type randomHistory struct {
	rt     *rapid.T
	at     process.Date
	n      uint64
	events []process.Event
	deals  int
	of     map[process.DealID][]process.Event
}

func (h *randomHistory) add(f process.Fact) {
	h.n++
	e := process.Event{ID: process.NewEventID(h.n<<16, process.Writer{byte(h.n % 3)}, nil), Fact: f}
	h.events = append(h.events, e)
	if id := process.DealOf(f); id != "" {
		if h.of == nil {
			h.of = map[process.DealID][]process.Event{}
		}
		h.of[id] = append(h.of[id], e)
	}
}

func (h *randomHistory) publish(v process.VersionID, keys ...process.MilestoneID) {
	def := process.Definition{Name: "P"}
	for _, k := range keys {
		def.Milestones = append(def.Milestones, process.Milestone{Key: k, Name: string(k), Required: true})
	}
	h.add(&process.VersionPublished{Stamp: process.Stamp{Known: h.at}, Process: "p", Version: v, Definition: def})
}

// step records one more thing. Base is drawn from the deal's own events, whether it makes sense or not: the fold has to bear it.
func (h *randomHistory) step() {
	draw := func(n int, what string) int { return rapid.IntRange(0, n-1).Draw(h.rt, what) }
	kind := draw(14, "kind")
	if h.deals == 0 || kind < 3 {
		h.deals++
		h.add(&process.DealOpened{
			Stamp: process.Stamp{Known: h.at}, On: h.at, Deal: process.DealID(fmt.Sprintf("d%d", h.deals)), Process: "p", Version: "v1",
			Seller: h.seller(), Value: h.value(),
		})
		return
	}
	id := process.DealID(fmt.Sprintf("d%d", 1+draw(h.deals, "deal")))
	own := h.of[id]
	one := own[draw(len(own), "base")].ID
	stamp, based := process.Stamp{Known: h.at}, process.Stamp{Known: h.at, Base: []process.EventID{one}}
	on := h.at.AddDays(-draw(30, "late"))
	milestone := []process.MilestoneID{"a", "b", "c"}[draw(3, "milestone")]
	switch kind {
	case 3, 4, 5:
		h.add(&process.MilestoneReached{Stamp: stamp, Deal: id, Milestone: milestone, On: on})
	case 6:
		h.add(&process.MilestoneWaived{Stamp: stamp, Deal: id, Milestone: milestone, Reason: "r"})
	case 7:
		h.add(&process.MilestoneWithdrawn{Stamp: based, Deal: id, Milestone: milestone, Reason: "r"})
	case 8, 9:
		h.add(&process.DealClosed{Stamp: stamp, Deal: id, Outcome: process.Outcomes[draw(5, "outcome")], On: on, Value: h.value()})
	case 10:
		h.add(&process.DealReopened{Stamp: based, Deal: id, Reason: "r"})
	case 11:
		h.add(&process.ValueSet{Stamp: based, Deal: id, Value: h.value()})
	case 12:
		h.add(&process.SellerSet{Stamp: based, Deal: id, Seller: h.seller()})
	case 13:
		h.add(&process.Undone{Stamp: stamp, Deal: id, Events: []process.EventID{one}})
	}
}

func (h *randomHistory) seller() process.PersonID {
	return process.PersonID([]string{"anna", "erik", ""}[rapid.IntRange(0, 2).Draw(h.rt, "seller")])
}

func (h *randomHistory) value() *money.Amount {
	v := money.New(rapid.Int64Range(0, 1_000_000_00).Draw(h.rt, "value"), []string{"SEK", "NOK"}[rapid.IntRange(0, 1).Draw(h.rt, "currency")])
	if v.Minor%7 == 0 {
		return nil
	}
	return &v
}

func teamOf(events []process.Event) *process.Team {
	t := process.NewTeam()
	t.Apply(events...)
	return t
}

func TestBarsAndGroupsAddUpForAnyHistory(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := process.NewModel(teamOf(historyOf(rt)), process.MustDate("2027-06-01"))
		q := process.Query{Kind: rapid.SampledFrom(process.PeriodKinds[1:]).Draw(rt, "kind"), Lead: rapid.IntRange(0, 2).Draw(rt, "lead")}
		q.By = rapid.SampledFrom([]process.Grouping{process.BySeller, process.ByProcess, process.ByMilestone, process.ByCustomer}).Draw(rt, "by")
		r, err := m.Report(q)
		if err != nil {
			rt.Fatal(err)
		}
		for i, p := range r.Periods {
			if !p.HasForecast {
				continue
			}
			if left := p.Bridge.Check(p.Forecast, p.Actual); math.Abs(left) > 1e-3 {
				rt.Errorf("%s: forecast and bars leave %v", p.Period, left)
			}
			f, w, a := p.Bridge.Whole(p.Forecast, p.Actual, 100)
			if w.Check(f, a) != 0 {
				rt.Errorf("%s: whole kronor leave %v", p.Period, w.Check(f, a))
			}
			var forecast, actual, deals float64
			for _, g := range r.Groups {
				forecast += g.Periods[i].Forecast
				actual += g.Periods[i].Actual
				deals += float64(g.Periods[i].OpenDeals)
				if left := g.Periods[i].Bridge.Check(g.Periods[i].Forecast, g.Periods[i].Actual); math.Abs(left) > 1e-3 {
					rt.Errorf("%s %s: leaves %v", p.Period, g.Key, left)
				}
			}
			if math.Abs(actual-p.Actual) > 1e-3 || deals != float64(p.OpenDeals) {
				rt.Errorf("%s: groups came to %v of %v, %v of %d deals", p.Period, actual, p.Actual, deals, p.OpenDeals)
			}
			// Newcomers of earlier periods may belong to a group that none of these periods has.
			if forecast > p.Forecast+1e-3 {
				rt.Errorf("%s: groups forecast %v of %v", p.Period, forecast, p.Forecast)
			}
		}
	})
}

func TestAFigureAsOfAPastDayNeverChanges(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		events := historyOf(rt)
		last := events[len(events)-1].Fact.Recorded().Known
		p := process.Calendar{}.Period(process.Month, process.MustDate("2024-01-01").AddDays(rapid.IntRange(40, max(41, last.Sub(process.MustDate("2024-01-01")))).Draw(rt, "day")))
		asOf := p.AsOf(0)
		var then []process.Event
		for _, e := range events {
			if e.Fact.Recorded().Known <= asOf {
				then = append(then, e)
			}
		}
		ask := func(events []process.Event, today process.Date) *process.PeriodReport {
			r, err := process.NewModel(teamOf(events), today).Report(process.Query{Kind: process.Month, From: p.Start, To: p.Start})
			if err != nil {
				rt.Fatal(err)
			}
			return r.Periods[0]
		}
		was, is := ask(then, asOf), ask(events, process.MustDate("2027-06-01"))
		if was.Forecast != is.Forecast || was.ForecastDeals != is.ForecastDeals || was.Range != is.Range || was.Tau != is.Tau || was.OpenDeals != is.OpenDeals {
			rt.Errorf("as of %s it was %v deals %v of %d, range %v, and is now %v deals %v of %d, range %v",
				asOf, was.Forecast, was.ForecastDeals, was.OpenDeals, was.Range, is.Forecast, is.ForecastDeals, is.OpenDeals, is.Range)
		}
	})
}

func TestChancesStayWithinReasonForAnyHistory(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := process.NewModel(teamOf(historyOf(rt)), process.MustDate("2027-06-01"))
		asOf := process.MustDate("2024-01-01").AddDays(rapid.IntRange(0, 900).Draw(rt, "day"))
		for _, f := range m.Calibration("p", asOf).All() {
			c := m.Calibration("p", asOf)
			if f.Chance <= 0 || f.Chance >= 1 {
				rt.Errorf("chance of %+v is %v", f.Standing, f.Chance)
			}
			won, lost := 0.0, 0.0
			for _, h := range []int{0, 1, 7, 30, 90, 365, 1095, 2000} {
				w, l := c.Win(f.Standing, h), c.Lose(f.Standing, h)
				if w < won-1e-12 || l < lost-1e-12 || w+l > 1+1e-9 {
					rt.Errorf("%+v within %d days: win %v after %v, lose %v after %v", f.Standing, h, w, won, l, lost)
				}
				won, lost = w, l
			}
		}
	})
}
