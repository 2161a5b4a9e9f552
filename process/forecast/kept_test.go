package forecast_test

import (
	"flag"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/changes"
	"milstolpe/process/forecast"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

// answers are what a model says on some of the questions that pages ask, by what was asked.
type answers map[string]any

// asker asks two models the same.
type asker struct {
	rt    *rapid.T
	kind  process.PeriodKind
	lead  int
	by    forecast.Grouping
	scope forecast.Scope
	day   process.Date
	note  bool // ask what is to be noted too, which takes as long as all the rest
}

func drawAsker(rt *rapid.T, today process.Date) asker {
	return asker{
		rt: rt, kind: rapid.SampledFrom(process.PeriodKinds[1:]).Draw(rt, "kind"), lead: rapid.IntRange(0, 2).Draw(rt, "lead"),
		by: rapid.SampledFrom([]forecast.Grouping{"", forecast.BySeller, forecast.ByProcess, forecast.ByMilestone, forecast.ByCustomer, forecast.ByList("region"), forecast.ByList("region")}).Draw(rt, "by"),
		scope: rapid.SampledFrom([]forecast.Scope{
			{},
			{},
			{Seller: "anna"},
			{NoSeller: true},
			{Customer: "k1"},
			{Process: "p"},
			{ByNext: true, Next: "b"},
			{ByNext: true, Next: forecast.NextUnknown},
			{Picks: "region:north"},
			{Picks: "region:"},
			{Picks: "region:north", Seller: "anna"},
		}).Draw(rt, "scope"),
		day: today.AddDays(-rapid.IntRange(0, 400).Draw(rt, "ago")), note: rapid.IntRange(0, 7).Draw(rt, "note") == 0,
	}
}

// ask asks for what is shown of periods, deals and people.
func (a asker) ask(m *forecast.Model) answers {
	got := answers{}
	q := forecast.Query{Kind: a.kind, Lead: a.lead, By: a.by, Scope: a.scope}
	report, err := m.Report(q)
	got["report"], got["error"] = report, err
	p := process.Calendar{}.Period(a.kind, m.Today())
	got["forecast"] = m.Forecast(p, a.scope)
	got["next"] = m.Forecast(p.Next(), a.scope)
	got["then"] = m.ForecastOn(process.Calendar{}.Period(a.kind, a.day), a.day, a.scope)
	if from := min(a.day, p.Start-1); from >= m.FirstOpened() {
		got["changes"] = changes.Between(m, p, from, m.Today(), a.scope)
	}
	got["won so far"] = m.WonSoFar(m.Forecast(p, a.scope), a.scope)
	got["brought"] = m.BroughtBy(p, m.Today(), a.scope)
	got["sellers"], _ = m.Sellers(forecast.Query{Kind: a.kind})
	got["value added"], _ = m.ValueAdded(forecast.Query{Kind: a.kind})
	if a.note {
		got["note"] = m.Note()
	}
	got["today"] = m.DealsToday()
	got["open"] = m.OpenDeals(a.day)
	got["diagram"] = m.Diagram("p", a.kind)
	c := m.Calibration("p", a.day)
	got["calibration"] = c
	for _, d := range m.Team().EveryDeal() {
		if chance, ok := m.Chance(d, a.day); ok {
			got["chance of "+string(d.ID)] = chance
		}
	}
	if deals := m.Team().EveryDeal(); len(deals) > 0 {
		d := deals[a.lead%len(deals)]
		got["history"] = m.History(d)
		got["prospects"] = m.Prospects(d)
	}
	if c != nil {
		for _, f := range c.All() {
			got["similar"] = append([]any{got["similar"]}, m.Similar(c, f.Standing))
		}
	}
	return got
}

// hold holds the answers of a kept model against those of a fresh one, to the last digit.
func (a asker) hold(kept *forecast.Model) {
	fresh := forecast.NewModel(kept.Team(), kept.Today())
	want, got := a.ask(fresh), a.ask(kept)
	for _, name := range sales.SortedKeys(want) {
		if !reflect.DeepEqual(got[name], want[name]) {
			a.rt.Errorf("%s, asked %+v on %s: the kept model says\n%+v\nand a fresh one\n%+v", name, a, kept.Today(), shown(got[name]), shown(want[name]))
		}
	}
}

// shown is an answer with the numbers that differ most often in sight.
func shown(answer any) any {
	if r, ok := answer.(*forecast.Report); ok {
		var list []any
		for _, p := range r.Periods {
			list = append(list, *p)
		}
		return list
	}
	if v := reflect.ValueOf(answer); v.Kind() == reflect.Pointer && !v.IsNil() {
		return v.Elem().Interface()
	}
	return answer
}

// keeping follows a team with one model, as pages do.
type keeping struct {
	model           *forecast.Model
	followed, fresh int
}

func (k *keeping) apply(team *sales.Team, events []process.Event, today process.Date) {
	team.Apply(events...)
	if k.model.Follow(today) {
		k.followed++
		return
	}
	k.model = forecast.NewModel(team, today)
	k.fresh++
}

// fewHistories is how many made-up histories an ordinary run tries with each law: one is years of a team's deals, looked at in every way.
// Long runs say how many: -rapid.checks=10000.
const fewHistories = "30"

func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", fewHistories); err != nil { // before the flags are read, so what is asked for counts
		panic(err)
	}
	m.Run()
}

func TestAKeptModelSaysWhatAFreshOneSays(t *testing.T) {
	t.Parallel()
	followed, fresh := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		h := processtest.DrawHistory(rt)
		h.Settle(rapid.SampledFrom([]int{0, 30, 60}).Draw(rt, "settled"))
		team := processtest.TeamOf(h.Events)
		known := len(h.Events)
		k := keeping{model: forecast.NewModel(team, h.At)}
		drawAsker(rt, h.At).ask(k.model)
		for range rapid.IntRange(1, 4).Draw(rt, "rounds") {
			for range rapid.IntRange(0, 4).Draw(rt, "facts") {
				h.At += process.Date(rapid.SampledFrom([]int{0, 0, 0, 1, 9, 40}).Draw(rt, "days"))
				h.Later()
			}
			if rapid.IntRange(0, 7).Draw(rt, "noted") == 0 {
				for _, note := range k.model.Note() {
					h.Add(note)
				}
			}
			k.apply(team, h.Events[known:], h.At)
			known = len(h.Events)
			drawAsker(rt, h.At).hold(k.model)
		}
		followed, fresh = followed+k.followed, fresh+k.fresh
	})
	if followed < fresh {
		t.Errorf("the model followed %d times and was made anew %d times: this is about following", followed, fresh)
	}
}

// A merge brings facts that nobody would record, in any order.
func TestAKeptModelFollowsAnyFacts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		events := processtest.AnyEvents(rt)
		if rapid.Bool().Draw(rt, "about deals") { // what bears on everything makes a new model
			events = slices.DeleteFunc(events, func(e process.Event) bool {
				_, version := e.Fact.(*process.VersionPublished)
				return process.DealOf(e.Fact) == "" && !version
			})
		}
		half := rapid.IntRange(0, len(events)).Draw(rt, "half")
		today := process.MustDate("2026-02-01")
		team := processtest.TeamOf(events[:half])
		k := keeping{model: forecast.NewModel(team, today)}
		a := drawAsker(rt, today)
		a.ask(k.model)
		for _, e := range events[half:] {
			today += process.Date(rapid.IntRange(0, 20).Draw(rt, "days"))
			k.apply(team, []process.Event{e}, today)
			if rapid.IntRange(0, 2).Draw(rt, "look") == 0 {
				a.hold(k.model)
			}
		}
		a.hold(k.model)
	})
}

// A merge may bring two versions of one identity. What was learned with one of them is not taken for what the other one says.
func TestTwoVersionsOfOneIdentityAreKeptApart(t *testing.T) {
	t.Parallel()
	s := processtest.NewStory(t, "a")
	s.Open("d", "2026-01-05", processtest.Kronor(1000))
	s.Publish("2026-02-01", "twice", "a", "b")
	s.Publish("2026-02-02", "twice", "c") // a Monday, on which counts are redone
	m := forecast.NewModel(s.Team, processtest.Day("2026-03-01"))
	if c := m.CalibrationAhead("p", processtest.Day("2026-02-01")); c == nil || !slices.Equal(c.Version.Required, []process.MilestoneID{"a", "b"}) {
		t.Errorf("ahead of Monday deals are read with %+v", c)
	}
	if c := m.Calibration("p", processtest.Day("2026-02-02")); c == nil || !slices.Equal(c.Version.Required, []process.MilestoneID{"c"}) {
		t.Errorf("on Monday deals are read with %+v", c)
	}
}
