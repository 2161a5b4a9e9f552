package sheet_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/handlers/sheet"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/importer"
	"milstolpe/process/importer/columns"
	"milstolpe/process/sales"
)

const golden = "../../process/testdata/golden/"

var today = process.MustDate("2026-11-23")

// office is a team in the making: facts are recorded one after the other.
type office struct {
	t    testing.TB
	team *sales.Team
	n    uint64
}

func newOffice(t testing.TB, dataset string) *office {
	t.Helper()
	o := &office{t: t, team: sales.NewTeam()}
	facts, err := process.NewTeamFacts(process.NewTeamInput{Dataset: dataset, Settings: map[process.Setting]string{
		process.CurrencySetting: "SEK", process.TimeZoneSetting: "Europe/Stockholm", process.CalibrationSetting: "month",
	}}, today)
	if err != nil {
		t.Fatal(err)
	}
	o.record(facts...)
	return o
}

func (o *office) record(facts ...process.Fact) {
	for _, f := range facts {
		o.n++
		o.team.Apply(process.Event{ID: process.NewEventID(o.n<<16, process.Writer{1}, nil), Fact: f})
	}
}

func (o *office) publish(id process.ProcessID, def process.Definition) {
	o.record(&process.VersionPublished{
		Stamp: process.Stamp{Known: today}, Process: id, Version: process.VersionID(id) + "-1", Definition: def,
	})
}

// take takes a list in and gives the plan that somebody would have reviewed.
func (o *office) take(id process.ImportID, p process.ProcessID, list columns.List, m columns.Mapping) *importer.Plan {
	o.t.Helper()
	in := importer.Import{ID: id, Process: p, Mapping: m, Source: "list.csv", Today: today}
	var first *importer.Plan
	for range 5 {
		plan, err := importer.NewPlan(o.team, in, list)
		if err != nil {
			o.t.Fatal(err)
		}
		if o.record(plan.Facts...); first == nil {
			first = plan
		}
		if !plan.Unfinished {
			return first
		}
	}
	o.t.Fatal("the plan never ends")
	return nil
}

func goldenDefinition(t testing.TB) process.Definition {
	t.Helper()
	data, err := os.ReadFile(golden + "process.json")
	if err != nil {
		t.Fatal(err)
	}
	def, err := process.ParseDefinition(data)
	if err != nil {
		t.Fatal(err)
	}
	return def
}

func goldenMapping(t *testing.T) columns.Mapping {
	t.Helper()
	data, err := os.ReadFile(golden + "mapping.json")
	if err != nil {
		t.Fatal(err)
	}
	m, err := columns.ParseMapping(data)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func goldenList(t *testing.T) columns.List {
	t.Helper()
	sheets, err := sheet.ReadFile(golden + "deals.csv")
	if err != nil {
		t.Fatal(err)
	}
	return sheets[0].List
}

func TestTheMappingOfTheGoldenDealsIsGuessed(t *testing.T) {
	def := goldenDefinition(t)
	g := columns.GuessMapping(goldenList(t), &def)
	if diff := cmp.Diff(goldenMapping(t).Columns, g.Mapping.Columns); diff != "" {
		t.Error(diff)
	}
	if len(g.Doubts) > 0 {
		t.Errorf("doubts about a plain list: %v", g.Doubts)
	}
}

func TestTheGoldenDealsGiveTheGoldenFigures(t *testing.T) {
	o := newOffice(t, "golden")
	o.publish("p", goldenDefinition(t))
	plan := o.take("i1", "p", goldenList(t), goldenMapping(t))
	if n := plan.Count(importer.RowNew); n != 420 || len(plan.Deals) != 420 {
		t.Fatalf("%d new deals of %d, want 420 of 420; faults: %v", n, len(plan.Deals), plan.Faults())
	}
	var want struct {
		Periods []struct {
			Period           string
			Forecast, Actual *float64
		}
	}
	data, err := os.ReadFile(golden + "expected-quarter-calibration-month-lead-0.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	report, err := forecast.NewModel(o.team, today).Report(forecast.Query{Kind: process.Quarter})
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for i, p := range report.Periods {
		if i >= len(want.Periods) || want.Periods[i].Forecast == nil || want.Periods[i].Actual == nil {
			continue
		}
		compared++
		if w := want.Periods[i]; math.Abs(p.Forecast/100-*w.Forecast) > 0.006 || math.Abs(p.Actual/100-*w.Actual) > 0.006 {
			t.Errorf("%s: forecast %.2f, actual %.2f, want %.2f and %.2f", w.Period, p.Forecast/100, p.Actual/100, *w.Forecast, *w.Actual)
		}
	}
	if compared < 8 {
		t.Errorf("only %d periods could be compared", compared)
	}
}

func TestTheSameFileTwiceChangesNothing(t *testing.T) {
	o := newOffice(t, "golden")
	o.publish("p", goldenDefinition(t))
	o.take("i1", "p", goldenList(t), goldenMapping(t))
	again := o.take("i2", "p", goldenList(t), goldenMapping(t))
	if len(again.Facts) != 0 || again.Count(importer.RowUnchanged) != 420 {
		t.Errorf("the second time there are %d facts and %d unchanged deals, want 0 and 420", len(again.Facts), again.Count(importer.RowUnchanged))
	}
}
