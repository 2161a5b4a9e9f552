package handlerstest

import (
	"encoding/csv"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Golden compares with a file in testdata, or writes it.
func Golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join(top(t), "handlers", "testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v: run the test with -update to write it", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s is not as it was (-update writes it anew):\n%s", name, diff)
	}
}

// teamDay is the day on which the pages look at the golden team: the last of a quarter that is nearly over.
var teamDay = time.Date(2026, 6, 30, 14, 2, 0, 0, time.UTC)

// NewTeamSite is a site with the golden team, whose numbers an independent program has worked out. Its file was made on 15 June 2025,
// so what is older is history, and its forecasts were noted on the first days of the three quarters from October 2025 on.
func NewTeamSite(t testing.TB) *Site {
	t.Helper()
	file := newTeamFile(t)
	facts := goldenFacts(t)
	at := 0
	for _, day := range []string{"2025-10-01", "2026-01-01", "2026-04-01", "2026-07-01"} {
		until := process.MustDate(day)
		record(t, file, func(*sales.Team) []process.Fact {
			from := at
			for at < len(facts) && knownOf(facts[at]) < until {
				at++
			}
			return facts[from:at]
		})
		if day != "2026-07-01" {
			record(t, file, func(team *sales.Team) []process.Fact { return forecast.NewModel(team, until).Note() })
		}
	}
	return NewSiteWithoutFile(t, func(c *web.Config) {
		c.File, c.Person, c.Now, c.Pseudo = file, "Sara Holm", func() time.Time { return teamDay }, true
	})
}

func record(t testing.TB, file *db.File, decide func(*sales.Team) []process.Fact) {
	t.Helper()
	if _, err := file.Act(t.Context(), func(team *sales.Team) ([]process.Fact, error) { return decide(team), nil }); err != nil {
		t.Fatalf("record the golden team: %v", err)
	}
}

// top is the folder of the project, from whichever package a test runs.
func top(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("this test runs outside the project")
		}
		dir = up
	}
}

var founded = process.MustDate("2025-06-15")

func newTeamFile(t testing.TB) *db.File {
	t.Helper()
	founding, err := process.NewTeamFacts(process.NewTeamInput{Dataset: "golden", Settings: map[process.Setting]string{
		process.CompanySetting: "Hedlunda Mätteknik", process.CurrencySetting: "SEK", process.TimeZoneSetting: "Europe/Stockholm",
		process.CalibrationSetting: "month",
	}}, founded)
	if err != nil {
		t.Fatal(err)
	}
	o := dbtest.Options(t, func(o *db.Options) { o.Clock = func() time.Time { return teamDay } })
	file, err := db.New(filepath.Join(t.TempDir(), "Golden.milstolpe"), founding, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := file.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return file
}

func knownOf(f process.Fact) process.Date { return f.Recorded().Known }

// goldenFacts are the golden deals in the order in which they became known.
func goldenFacts(t testing.TB) []process.Fact {
	t.Helper()
	var definition process.Definition
	data, err := os.ReadFile(filepath.Join(top(t), "process", "testdata", "golden", "process.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &definition); err != nil {
		t.Fatal(err)
	}
	// What is known from the founding on comes first, since a file can be looked at for days before it was made.
	first := []process.Fact{&process.VersionPublished{Stamp: process.Stamp{Known: founded}, Process: "p", Version: "v", Definition: definition}}
	for i, name := range []string{"Tidans Möbelfabrik", "Lyckås Pappersbruk", "Åby Mejeri", "Östra Verken"} {
		first = append(first, &process.CustomerNamed{Stamp: process.Stamp{Known: founded}, Customer: customerID(i), Name: name})
	}
	var rest []process.Fact
	people := map[string]bool{}
	for n, row := range goldenRows(t) {
		if seller := row["seller"]; !people[seller] {
			people[seller] = true
			first = append(first, &process.PersonNamed{Stamp: process.Stamp{Known: founded}, Person: process.PersonID(seller), Name: seller})
		}
		rest = append(rest, goldenDeal(t, &definition, n, row)...)
	}
	slices.SortStableFunc(rest, func(a, b process.Fact) int { return int(knownOf(a)) - int(knownOf(b)) })
	return append(first, rest...)
}

func customerID(n int) process.CustomerID { return process.CustomerID("c" + strconv.Itoa(n%4)) }

func goldenDeal(t testing.TB, definition *process.Definition, n int, row map[string]string) []process.Fact {
	t.Helper()
	day := func(column string) process.Date {
		if row[column] == "" {
			return 0
		}
		return process.MustDate(row[column])
	}
	stamp := func(d process.Date) process.Stamp { return process.Stamp{Known: d, History: d < founded} }
	kronor, err := strconv.ParseInt(row["value"], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	value := money.New(kronor*100, "SEK")
	id, opened := process.DealID(row["deal"]), day("opened")
	facts := []process.Fact{&process.DealOpened{
		Stamp: stamp(opened), Deal: id, On: opened, Process: "p", Version: "v", Seller: process.PersonID(row["seller"]), Customer: customerID(n),
		Name: row["deal"], Value: &value,
	}}
	for i := range definition.Milestones {
		key := definition.Milestones[i].Key
		if d := day(string(key)); d != 0 {
			facts = append(facts, &process.MilestoneReached{Stamp: stamp(d), Deal: id, Milestone: key, On: d})
		}
	}
	if d := day("closed"); d != 0 {
		facts = append(facts, &process.DealClosed{
			Stamp: stamp(d), Deal: id, Outcome: process.Outcome(row["outcome"]), On: d, Reason: row["lost_reason"],
		})
	}
	return facts
}

func goldenRows(t testing.TB) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(top(t), "process", "testdata", "golden", "deals.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]map[string]string, 0, len(all))
	for _, record := range all[1:] {
		row := map[string]string{}
		for i, header := range all[0] {
			row[header] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}
