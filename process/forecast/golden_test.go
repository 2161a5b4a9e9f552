package forecast_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/processtest"
	"milstolpe/process/stats"
)

// The golden files hold what an independent program says about made-up teams, from the same model.

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

	Correction      *float64   `json:"correction"`
	CorrectionDeals *float64   `json:"correction_deals"`
	RangeFactor     float64    `json:"range_factor"`
	RangeShown      bool       `json:"range_shown"`
	RangeSure       bool       `json:"range_sure"` // false where allowed quantiles lead to different factors
	P10Allowed      [2]float64 `json:"p10_allowed"`
	P50Allowed      [2]float64 `json:"p50_allowed"`
	P90Allowed      [2]float64 `json:"p90_allowed"`
}

type goldenStanding struct {
	Passed   *int // none: place unknown
	Stalled  bool
	Deals    float64 // n, with one decimal
	Closed   int     `json:"closed_deals"`
	Chance   float64
	Prior    float64
	Patience *int
	Within30 float64
	Within90 float64
	Lose30   float64
	Low      float64
	High     float64
}

type goldenReport struct {
	Periods      []goldenPeriod
	Summary      map[string]*float64
	AsOf         process.Date `json:"as_of"`
	CalibratedOn process.Date `json:"calibrated_on"`
	Base         float64
	Closed, Won  int
	Standings    []goldenStanding
}

// TestGoldenReports holds every report in the golden folders to its printed digits. The name of a file says what is asked.
func TestGoldenReports(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../testdata/golden*/expected-*.json")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("../testdata/golden3/*/expected-*.json")
	if err != nil || len(files) < 8 || len(more) < 5 {
		t.Fatalf("found %d and %d golden reports, %v", len(files), len(more), err)
	}
	for _, file := range append(files, more...) {
		t.Run(strings.TrimPrefix(filepath.ToSlash(file), "../testdata/"), func(t *testing.T) {
			t.Parallel()
			checkGolden(t, file)
		})
	}
}

var goldenName = regexp.MustCompile(`expected-(week|month|quarter|year)-calibration-(week|month|quarter)-lead-(\d+)\.json$`)

func checkGolden(t *testing.T, file string) {
	t.Helper()
	name := goldenName.FindStringSubmatch(file)
	if name == nil {
		t.Fatalf("%s does not say what is asked", file)
	}
	kind, err := process.ParsePeriodKind(name[1])
	if err != nil {
		t.Fatal(err)
	}
	lead, err := strconv.Atoi(name[3])
	if err != nil {
		t.Fatal(err)
	}
	want := readGolden(t, file)
	team, proc := processtest.GoldenTeam(t, filepath.Dir(file), name[2])
	last := want.Periods[len(want.Periods)-1]
	m := forecast.NewModel(team, process.MustDate("2026-11-23"))
	got, err := m.Report(forecast.Query{Kind: kind, From: want.Periods[0].Start, To: last.End, Lead: lead})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Periods) != len(want.Periods) {
		t.Fatalf("got %d periods, want %d", len(got.Periods), len(want.Periods))
	}
	for i, w := range want.Periods {
		checkPeriod(t, got.Periods[i], w)
	}
	checkSummary(t, got.Summary, want.Summary)
	checkStandings(t, m.Calibration(proc, want.CalibratedOn), want)
}

func checkPeriod(t *testing.T, got *forecast.PeriodReport, want goldenPeriod) {
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
	is("correction bar", got.Bridge.Correction/100, want.Bridge["correction"], ore)
	maybe("correction", got.Corrected(), got.Correction/100, want.Correction, ore)
	maybe("correction in deals", got.WeightDeals < 1, got.CorrectionDeals, want.CorrectionDeals, 5.1e-7)
	if got.HasForecast {
		is("check", got.Bridge.Check(got.Forecast, got.Actual), 0, 1e-4)
	}
	maybe("brier", got.Brier != nil, value(got.Brier), want.Brier, 1e-9)
	is("lost forecast", got.LostForecast/100, want.Lost, ore)
	is("lost forecast deals", got.LostForecastDeals, want.LostNum, 5.1e-7)
	is("lost actual", got.LostActual/100, want.LostCame, ore)
	is("lost actual deals", float64(got.LostActualDeals), want.LostCameNum, 0)
	if got.RangeShown != want.RangeShown {
		t.Errorf("%s: range shown %v, want %v", want.Period, got.RangeShown, want.RangeShown)
	}
	if !want.RangeSure { // an earlier actual lay so near an end of its range that allowed quantiles decide otherwise
		return
	}
	is("range factor", got.RangeFactor, want.RangeFactor, 5.1e-9)
	for what, pair := range map[string]struct {
		got     float64
		allowed [2]float64
	}{"p10": {got.Range.P10, want.P10Allowed}, "p50": {got.Range.P50, want.P50Allowed}, "p90": {got.Range.P90, want.P90Allowed}} {
		// The other program puts sums on a grid, so its points of mass lie up to half a per cent of the forecast beside where they are.
		grid := 0.005 * got.Forecast / 100
		if x := pair.got / 100; x < pair.allowed[0]-grid || x > pair.allowed[1]+grid {
			t.Errorf("%s: %s is %v, want it in %v", want.Period, what, x, pair.allowed)
		}
	}
}

func checkSummary(t *testing.T, got forecast.Summary, want map[string]*float64) {
	t.Helper()
	for what, pair := range map[string][2]*float64{
		"bias": {got.Bias, want["bias"]}, "wape": {got.WAPE, want["wape"]}, "naive wape": {got.NaiveWAPE, want["naive_wape"]},
	} {
		if math.Abs(value(pair[0])-value(pair[1])) > 1e-7*max(1, math.Abs(value(pair[1]))) { // theirs is made from rounded amounts
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
	for i, w := range want.Standings {
		s := stats.Standing{Stalled: w.Stalled, Unknown: w.Passed == nil}
		if w.Passed != nil {
			s.Passed = *w.Passed
		}
		f := got.At(s)
		if f.Standing != s || f.Deals != w.Closed || math.Abs(f.N-w.Deals) > 0.051 {
			t.Errorf("standing %d: %+v with %d closed deals, n %v, want %+v", i, f.Standing, f.Deals, f.N, w)
		}
		if f.Patience.Known != (w.Patience != nil) || f.Patience.Known && f.Patience.Days != *w.Patience {
			t.Errorf("standing %d: patience %+v, want %v", i, f.Patience, w.Patience)
		}
		low, high := f.Interval()
		for what, pair := range map[string][2]float64{
			"chance": {f.Chance, w.Chance}, "prior": {f.Prior, w.Prior}, "within 30": {got.Win(f.Standing, 30), w.Within30},
			"within 90": {got.Win(f.Standing, 90), w.Within90}, "lose 30": {got.Lose(f.Standing, 30), w.Lose30}, "low": {low, w.Low}, "high": {high, w.High},
		} {
			if math.Abs(pair[0]-pair[1]) > 5.1e-7 {
				t.Errorf("standing %d: %s is %v, want %v", i, what, pair[0], pair[1])
			}
		}
	}
}

// TestGoldenStandings holds what is said of a process on a day: with C of that day, where reports look with that of the next.
func TestGoldenStandings(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../testdata/golden2/standings-calibration-*.json")
	if err != nil || len(files) < 3 {
		t.Fatalf("found %d golden standings, %v", len(files), err)
	}
	for _, file := range files {
		want := readGolden(t, file)
		team, proc := processtest.GoldenTeam(t, filepath.Dir(file), strings.Split(filepath.Base(file), "-")[2])
		m := forecast.NewModel(team, process.MustDate("2026-11-23"))
		if on := m.CalibrationDay(proc, want.AsOf); on != want.CalibratedOn {
			t.Errorf("%s: calibrated on %s, want %s", file, on, want.CalibratedOn)
		}
		checkStandings(t, m.Calibration(proc, want.AsOf), want)
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
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	return r
}
