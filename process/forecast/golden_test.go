package forecast_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"testing"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/stats"
)

// The golden files hold what an independent program says about a made-up team, from the same model.
const golden = "../testdata/golden/"

type goldenPeriod struct {
	Period       string       `json:"period"`
	Start        process.Date `json:"start"`
	End          process.Date `json:"end"`
	AsOf         process.Date `json:"as_of"`
	CalibratedOn process.Date `json:"calibrated_on"`
	OpenDeals    float64      `json:"open_deals"`
	Pipeline     float64      `json:"pipeline"`
	NotYetOpened *float64     `json:"not_yet_opened"`
	Forecast     *float64     `json:"forecast"`
	ForecastNum  *float64     `json:"forecast_deals"`
	Actual       *float64     `json:"actual"`
	ActualDeals  *float64     `json:"actual_deals"`
	Naive        *float64     `json:"naive"`
	Tau          float64      `json:"tau"`
	Bridge       map[string]float64
	Brier        *float64 `json:"brier"`
	LostNum      float64  `json:"lost_forecast_deals"`
	Lost         float64  `json:"lost_forecast"`
	LostCame     float64  `json:"lost_actual"`
	LostCameNum  float64  `json:"lost_actual_deals"`
	P10          float64  `json:"p10"`
	P50          float64  `json:"p50"`
	P90          float64  `json:"p90"`
}

type goldenStanding struct {
	Passed   int
	Stalled  bool
	Deals    int
	Chance   float64
	Prior    float64
	Patience *int
	Within30 float64
	Within90 float64
	Lose30   float64
}

type goldenReport struct {
	Periods      []goldenPeriod
	Summary      map[string]*float64
	CalibratedOn process.Date `json:"calibrated_on"`
	Base         float64
	Closed, Won  int
	Standings    []goldenStanding
}

func TestGoldenReports(t *testing.T) {
	cases := []struct {
		kind        process.PeriodKind
		calibration string
		lead        int
	}{
		{process.Month, "month", 0},
		{process.Quarter, "month", 0},
		{process.Quarter, "quarter", 1},
		{process.Week, "week", 2},
		{process.Year, "quarter", 0},
	}
	for _, c := range cases {
		name := fmt.Sprintf("expected-%s-calibration-%s-lead-%d.json", c.kind, c.calibration, c.lead)
		t.Run(name, func(t *testing.T) {
			want := readGolden(t, name)
			team, proc := goldenTeam(t, c.calibration)
			last := want.Periods[len(want.Periods)-1]
			m := forecast.NewModel(team, process.MustDate("2026-11-23"))
			got, err := m.Report(forecast.Query{Kind: c.kind, From: want.Periods[0].Start, To: last.End, Lead: c.lead})
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Periods) != len(want.Periods) {
				t.Fatalf("got %d periods, want %d", len(got.Periods), len(want.Periods))
			}
			for i, w := range want.Periods {
				checkPeriod(t, c.kind, got.Periods[i], w)
			}
			checkSummary(t, got.Summary, want.Summary)
			checkStandings(t, m.Calibration(proc, want.CalibratedOn), want)
		})
	}
}

func checkPeriod(t *testing.T, kind process.PeriodKind, got *forecast.PeriodReport, want goldenPeriod) {
	t.Helper()
	for what, pair := range map[string][2]process.Date{
		"start": {got.Period.Start, want.Start}, "end": {got.Period.End, want.End},
		"as of": {got.AsOf, want.AsOf}, "calibrated on": {got.CalibratedOn, want.CalibratedOn},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %s is %s, want %s", want.Period, what, pair[0], pair[1])
		}
	}
	is := func(what string, got, wanted, within float64) {
		t.Helper()
		if !(math.Abs(got-wanted) <= within) {
			t.Errorf("%s: %s is %v, want %v", want.Period, what, got, wanted)
		}
	}
	maybe := func(what string, known bool, got float64, wanted *float64, within float64) {
		t.Helper()
		if known != (wanted != nil) {
			t.Errorf("%s: %s known %v, want %v", want.Period, what, known, wanted)
		} else if known {
			is(what, got, *wanted, within)
		}
	}
	const ore = 0.0051
	is("open deals", float64(got.OpenDeals), want.OpenDeals, 0)
	is("pipeline", got.Pipeline/100, want.Pipeline, ore)
	maybe("not yet opened", got.NewMoney.Known, got.NewMoney.Mean/100, want.NotYetOpened, ore)
	maybe("forecast", got.HasForecast, got.Forecast/100, want.Forecast, ore)
	maybe("forecast deals", got.HasForecast, got.ForecastDeals, want.ForecastNum, 5.1e-7)
	maybe("actual", true, got.Actual/100, want.Actual, ore)
	maybe("actual deals", true, float64(got.ActualDeals), want.ActualDeals, 0)
	maybe("naive", got.Naive != nil, major(got.Naive), want.Naive, ore)
	is("tau", got.Tau, want.Tau, 5.1e-9)
	is("won beyond", got.Bridge.WonBeyond/100, want.Bridge["won_beyond"], ore)
	is("value", got.Bridge.Value/100, want.Bridge["value"], ore)
	is("currency", got.Bridge.Currency/100, want.Bridge["currency"], ore)
	is("outside", got.Bridge.Outside/100, want.Bridge["outside"], ore)
	is("lost bar", got.Bridge.Lost/100, want.Bridge["lost"], ore)
	is("slipped", got.Bridge.Slipped/100, want.Bridge["slipped"], ore)
	is("newcomers", got.Bridge.Newcomers/100, want.Bridge["newcomers"], ore)
	if got.HasForecast {
		is("check", got.Bridge.Check(got.Forecast, got.Actual), 0, 1e-4)
	}
	maybe("brier", got.Brier != nil, value(got.Brier), want.Brier, 1e-9)
	is("lost forecast", got.LostForecast/100, want.Lost, ore)
	is("lost forecast deals", got.LostForecastDeals, want.LostNum, 5.1e-7)
	is("lost actual", got.LostActual/100, want.LostCame, ore)
	is("lost actual deals", float64(got.LostActualDeals), want.LostCameNum, 0)
	if kind != process.Week {
		total := 0.01 * math.Max(got.Forecast/100, 1)
		is("p10", got.Range.P10/100, want.P10, total)
		is("p50", got.Range.P50/100, want.P50, total)
		is("p90", got.Range.P90/100, want.P90, total)
	}
}

func checkSummary(t *testing.T, got forecast.Summary, want map[string]*float64) {
	t.Helper()
	for what, pair := range map[string][2]*float64{
		"bias": {got.Bias, want["bias"]}, "wape": {got.WAPE, want["wape"]}, "naive wape": {got.NaiveWAPE, want["naive_wape"]},
	} {
		if math.Abs(value(pair[0])-value(pair[1])) > 1e-8 { // theirs is made from rounded amounts
			t.Errorf("summary: %s is %v, want %v", what, value(pair[0]), value(pair[1]))
		}
	}
	if float64(got.Periods) != *want["periods"] || float64(got.Inside) != *want["inside"] {
		t.Errorf("summary: %d periods, %d inside, want %v and %v", got.Periods, got.Inside, *want["periods"], *want["inside"])
	}
}

func checkStandings(t *testing.T, got *forecast.Calibration, want goldenReport) {
	t.Helper()
	if got.Closed != want.Closed || got.Won != want.Won || math.Abs(got.Base-want.Base) > 1e-12 {
		t.Errorf("closed %d, won %d, base %v, want %d, %d, %v", got.Closed, got.Won, got.Base, want.Closed, want.Won, want.Base)
	}
	for i, f := range got.All() {
		w := want.Standings[i]
		if f.Standing != (stats.Standing{Passed: w.Passed, Stalled: w.Stalled}) || f.Deals != w.Deals {
			t.Errorf("standing %d: %+v with %d deals, want %+v", i, f.Standing, f.Deals, w)
		}
		if f.Patience.Known != (w.Patience != nil) || f.Patience.Known && f.Patience.Days != *w.Patience {
			t.Errorf("standing %d: patience %+v, want %v", i, f.Patience, w.Patience)
		}
		for what, pair := range map[string][2]float64{
			"chance": {f.Chance, w.Chance}, "prior": {f.Prior, w.Prior}, "within 30": {got.Win(f.Standing, 30), w.Within30},
			"within 90": {got.Win(f.Standing, 90), w.Within90}, "lose 30": {got.Lose(f.Standing, 30), w.Lose30},
		} {
			if math.Abs(pair[0]-pair[1]) > 5.1e-7 {
				t.Errorf("standing %d: %s is %v, want %v", i, what, pair[0], pair[1])
			}
		}
	}
}

func value(v *float64) float64 {
	if v == nil {
		return math.NaN()
	}
	return *v
}

func major(v *float64) float64 { return value(v) / 100 }

func readGolden(t *testing.T, name string) (r goldenReport) {
	t.Helper()
	data, err := os.ReadFile(golden + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	return r
}
