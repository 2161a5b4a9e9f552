package forecast_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/changes"
	"milstolpe/process/forecast"
	"milstolpe/process/processtest"
)

func TestBarsAndGroupsAddUpForAnyHistory(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		m := forecast.NewModel(processtest.TeamOf(processtest.HistoryOf(rt)), process.MustDate("2027-06-01"))
		q := forecast.Query{Kind: rapid.SampledFrom(process.PeriodKinds[1:]).Draw(rt, "kind"), Lead: rapid.IntRange(0, 2).Draw(rt, "lead")}
		q.By = rapid.SampledFrom([]forecast.Grouping{forecast.ByList("region"), forecast.BySeller, forecast.ByProcess, forecast.ByMilestone, forecast.ByCustomer}).Draw(rt, "by")
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
			if forecast > p.Uncorrected()+1e-3 {
				rt.Errorf("%s: groups forecast %v of %v", p.Period, forecast, p.Uncorrected())
			}
		}
	})
}

func TestAFigureAsOfAPastDayNeverChanges(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		events := processtest.HistoryOf(rt)
		last := events[len(events)-1].Fact.Recorded().Known
		p := process.Calendar{}.Period(process.Month, process.MustDate("2024-01-01").AddDays(rapid.IntRange(40, max(41, last.Sub(process.MustDate("2024-01-01")))).Draw(rt, "day")))
		asOf := p.AsOf(0)
		var then []process.Event
		for _, e := range events {
			if e.Fact.Recorded().Known <= asOf {
				then = append(then, e)
			}
		}
		ask := func(events []process.Event, today process.Date) *forecast.PeriodReport {
			r, err := forecast.NewModel(processtest.TeamOf(events), today).Report(forecast.Query{Kind: process.Month, From: p.Start, To: p.Start})
			if err != nil {
				rt.Fatal(err)
			}
			return r.Periods[0]
		}
		was, is := ask(then, asOf), ask(events, process.MustDate("2027-06-01"))
		if was.Forecast != is.Forecast || was.ForecastDeals != is.ForecastDeals || was.Range != is.Range || was.Tau != is.Tau || was.OpenDeals != is.OpenDeals || was.Weight != is.Weight || was.RangeFactor != is.RangeFactor {
			rt.Errorf("as of %s it was %v deals %v of %d, range %v, and is now %v deals %v of %d, range %v",
				asOf, was.Forecast, was.ForecastDeals, was.OpenDeals, was.Range, is.Forecast, is.ForecastDeals, is.OpenDeals, is.Range)
		}
	})
}

func TestChancesStayWithinReasonForAnyHistory(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		m := forecast.NewModel(processtest.TeamOf(processtest.HistoryOf(rt)), process.MustDate("2027-06-01"))
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

func TestWhatChangedAddsUpForAnyHistory(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		h := processtest.DrawHistory(rt)
		p, from, to := h.Period()
		in := forecast.Scope{Seller: process.PersonID(rapid.SampledFrom([]string{"", "anna"}).Draw(rt, "seller")), Customer: process.CustomerID(rapid.SampledFrom([]string{"", "k1"}).Draw(rt, "customer"))}
		c := changes.Between(forecast.NewModel(processtest.TeamOf(h.Events), process.MustDate("2027-06-01")), p, from, to, in)
		if left := c.Check(); math.Abs(left) > 1e-3 {
			rt.Errorf("%s from %s to %s: %v became %v, and the rows leave %v", p, from, to, c.From.Forecast, c.To.Forecast, left)
		}
		for _, row := range c.Rows {
			sum := row.Amount
			for _, d := range row.Deals {
				sum -= d.Amount
			}
			if row.Kind != changes.Newcomers && row.Kind != changes.Correction && math.Abs(sum) > 1e-3 {
				rt.Errorf("%s: the deals of %s leave %v of %v", p, row.Kind, sum, row.Amount)
			}
		}
	})
}

func TestReportsAreTheSameHoweverCopiesWereMerged(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		h := processtest.DrawHistory(rt)
		p, from, to := h.Period()
		today := process.MustDate("2027-06-01")
		q := forecast.Query{Kind: process.Quarter, By: rapid.SampledFrom([]forecast.Grouping{forecast.BySeller, forecast.ByMilestone, forecast.ByCustomer}).Draw(rt, "by")}
		one, two := forecast.NewModel(processtest.TeamOf(h.Events), today), forecast.NewModel(processtest.Merged(rt, h.Events), today)
		a, err := one.Report(q)
		if err != nil {
			rt.Fatal(err)
		}
		b, err := two.Report(q)
		if err != nil {
			rt.Fatal(err)
		}
		if len(a.Groups) != len(b.Groups) {
			rt.Fatalf("%d groups and %d", len(a.Groups), len(b.Groups))
		}
		for i := range a.Periods {
			if x, y := a.Periods[i], b.Periods[i]; math.Abs(x.Forecast-y.Forecast) > 1e-3 || math.Abs(x.Actual-y.Actual) > 1e-3 || x.OpenDeals != y.OpenDeals {
				rt.Errorf("%s: %v came to %v, and merged %v to %v", x.Period, x.Forecast, x.Actual, y.Forecast, y.Actual)
			}
		}
		if x, y := changes.Between(one, p, from, to, forecast.Scope{}), changes.Between(two, p, from, to, forecast.Scope{}); math.Abs(x.To.Forecast-y.To.Forecast) > 1e-3 || len(x.Rows) != len(y.Rows) {
			rt.Errorf("%s: %v in %d rows, and merged %v in %d", p, x.To.Forecast, len(x.Rows), y.To.Forecast, len(y.Rows))
		}
	})
}

func TestANotedForecastNeverChanges(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		h := processtest.DrawHistory(rt)
		notes := forecast.NewModel(processtest.TeamOf(h.Events), h.At).Note()
		for len(notes) == 0 { // until a deal is there, and then until a period begins after it
			h.At = h.At.AddDays(7)
			h.Step()
			notes = forecast.NewModel(processtest.TeamOf(h.Events), h.At).Note()
		}
		h.Add(notes[0])
		note, ok := notes[0].(*process.ForecastNoted)
		if !ok {
			rt.Fatalf("noted as %T", notes[0])
		}
		noted := note.Figures
		for range rapid.IntRange(1, 40).Draw(rt, "later") {
			h.At += process.Date(rapid.IntRange(0, 9).Draw(rt, "days"))
			h.Step()
		}
		// And what somebody had recorded on another computer before, but only now comes in.
		late := rapid.IntRange(0, 10).Draw(rt, "late")
		h.At = h.At.AddDays(-300)
		for range late {
			h.Step()
		}
		for _, f := range noted {
			p, err := process.Calendar{}.ParsePeriod(f.Period)
			if err != nil {
				rt.Fatal(err)
			}
			r, err := forecast.NewModel(processtest.Merged(rt, h.Events), process.MustDate("2029-06-01")).Report(forecast.Query{Kind: p.Kind, From: p.Start, To: p.Start, Lead: f.Lead})
			if err != nil {
				rt.Fatal(err)
			}
			got := r.Periods[0]
			if got.Source != forecast.Noted || got.Forecast != float64(f.Total) || got.ForecastDeals != f.Deals || got.Tau != f.Tau || got.Range.P90 != float64(*f.P90) {
				rt.Errorf("%s seen %d periods ahead was noted as %d, and is %s %v", f.Period, f.Lead, f.Total, got.Source, got.Forecast)
			}
			if left := got.Bridge.Check(got.Forecast, got.Actual); math.Abs(left) > 1e-3 {
				rt.Errorf("%s: the noted forecast and its bars leave %v", f.Period, left)
			}
		}
	})
}
