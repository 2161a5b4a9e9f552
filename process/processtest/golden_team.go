package processtest

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// GoldenTeam reads the made-up team with as little code as possible, so that the numbers are checked apart from the import.
func GoldenTeam(t *testing.T, folder, calibration string) (*sales.Team, process.ProcessID) {
	t.Helper()
	return TeamOfFacts(GoldenFacts(t, folder, calibration)), "p"
}

// GoldenFacts are the facts of a made-up team: its founding, its process, and what happened to its deals.
func GoldenFacts(t *testing.T, folder, calibration string) []process.Fact {
	t.Helper()
	today := process.MustDate("2026-11-23")
	var facts []process.Fact
	add := func(f ...process.Fact) { facts = append(facts, f...) }
	founding, err := process.NewTeamFacts(process.NewTeamInput{Dataset: "golden", Settings: map[process.Setting]string{
		process.CurrencySetting: "SEK", process.TimeZoneSetting: "Europe/Stockholm", process.CalibrationSetting: calibration,
	}}, today)
	if err != nil {
		t.Fatal(err)
	}
	add(founding...)
	data, err := os.ReadFile(filepath.Join(folder, "process.json"))
	if err != nil {
		t.Fatal(err)
	}
	var def process.Definition
	if err := json.Unmarshal(data, &def); err != nil {
		t.Fatal(err)
	}
	add(&process.VersionPublished{Stamp: process.Stamp{Known: today}, Process: "p", Version: "v", Definition: def})
	for _, row := range ReadRows(t, filepath.Join(folder, "deals.csv")) {
		add(goldenDeal(t, def, row)...)
	}
	return facts
}

// TeamOfFacts is the team of which these facts are recorded, in this order.
func TeamOfFacts(facts []process.Fact) *sales.Team {
	team := sales.NewTeam()
	for i, f := range facts {
		team.Apply(process.Event{ID: process.NewEventID(uint64(i+1)<<16, process.Writer{1}, nil), Fact: f})
	}
	return team
}

func goldenDeal(t *testing.T, def process.Definition, row map[string]string) []process.Fact {
	t.Helper()
	day := func(column string) process.Date {
		if row[column] == "" {
			return 0
		}
		d, err := process.ParseDate(row[column])
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	history := func(d process.Date) process.Stamp { return process.Stamp{Known: d, History: true} }
	var value *money.Amount
	if row["value"] != "" {
		kronor, err := strconv.Atoi(row["value"])
		if err != nil {
			t.Fatal(err)
		}
		a := money.New(int64(kronor)*100, "SEK")
		value = &a
	}
	id := process.DealID(row["deal"])
	var marks []process.Fact
	asked := false // "?": nobody knows whether it was reached
	for _, m := range def.Milestones {
		cell := row[string(m.Key)]
		waived, isWaived := strings.CutPrefix(cell, "waived ")
		switch {
		case cell == "?":
			asked = true
		case isWaived:
			on, reason, _ := strings.Cut(waived, ": ")
			marks = append(marks, &process.MilestoneWaived{Stamp: history(process.MustDate(on)), Deal: id, Milestone: m.Key, Reason: reason})
		case cell != "":
			d := day(string(m.Key))
			marks = append(marks, &process.MilestoneReached{Stamp: history(d), Deal: id, Milestone: m.Key, On: d})
		}
	}
	facts := append([]process.Fact{&process.DealOpened{
		Stamp: history(day("opened")), Deal: id, On: day("opened"), Process: "p", Version: "v", Seller: process.PersonID(row["seller"]), Value: value,
		NoSteps: asked && len(marks) == 0,
	}}, marks...)
	if d := day("closed"); d != 0 {
		facts = append(facts, &process.DealClosed{Stamp: history(d), Deal: id, Outcome: process.Outcome(row["outcome"]), On: d, Reason: row["lost_reason"]})
	}
	return facts
}

// ReadRows are the rows of a CSV file, each by the names of its columns.
func ReadRows(t *testing.T, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]map[string]string, 0, len(all)-1)
	for _, record := range all[1:] {
		row := map[string]string{}
		for i, header := range all[0] {
			row[header] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}
