package workbook_test

import (
	"archive/zip"
	"bytes"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/sheet"
	"milstolpe/handlers/workbook"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

var update = flag.Bool("update-layout", false, "write down the layout as it is now; look well at what moved")

// made is the workbook of a file as it is now.
func made(t *testing.T, file *db.File, lang i18n.Lang) []byte {
	t.Helper()
	text, err := i18n.TextIn(lang)
	if err != nil {
		t.Fatal(err)
	}
	team, err := file.Apart()
	if err != nil {
		t.Fatal(err)
	}
	b, err := workbook.Make(text, team, file.Dataset(), dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := sheet.WriteBook(&out, b); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func read(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// refersTo is where a name of the workbook points, and rawAt what stands in a cell.
func refersTo(t *testing.T, f *excelize.File, name string) string {
	t.Helper()
	for _, n := range f.GetDefinedName() {
		if n.Name == name {
			return n.RefersTo
		}
	}
	t.Fatalf("nothing is called %s", name)
	return ""
}

func rawAt(t *testing.T, f *excelize.File, where string) string {
	t.Helper()
	sheet, cell, _ := strings.Cut(strings.ReplaceAll(where, "$", ""), "!")
	got, err := f.GetCellValue(strings.Trim(sheet, "'"), cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatalf("%s: %v", where, err)
	}
	return got
}

// Formulas in other people's workbooks refer to these sheets, cells and names. Nothing here may ever move, change its name or go: a new column
// comes after the last one of its sheet, and a new row after the last one that is always there.
func TestTheColumnsStay(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	for _, lang := range []i18n.Lang{i18n.Swedish, i18n.English} {
		f := read(t, made(t, s.File, lang))
		var layout strings.Builder
		for _, name := range f.GetSheetList() {
			rows, err := f.GetRows(name)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&layout, "sheet %s\n", name)
			for i, head := range rows[0] {
				cell, _ := excelize.CoordinatesToCellName(i+1, 1)
				fmt.Fprintf(&layout, "  %s %s\n", cell, head)
			}
			tables, err := f.GetTables(name)
			if err != nil || len(tables) != 1 {
				t.Fatalf("%s has %d tables, %v", name, len(tables), err)
			}
			fmt.Fprintf(&layout, "  table %s\n", tables[0].Name)
		}
		var names []string
		for _, n := range f.GetDefinedName() {
			at, _, _ := strings.Cut(n.RefersTo, ":") // where it ends depends on how much there is
			names = append(names, fmt.Sprintf("name %s %s\n", n.Name, at))
		}
		slices.Sort(names)
		layout.WriteString(strings.Join(names, ""))
		golden := filepath.Join("testdata", "layout."+string(lang)+".txt")
		if *update {
			if err := os.WriteFile(golden, []byte(layout.String()), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), layout.String()); diff != "" {
			t.Errorf("%s: formulas that refer to this workbook may break:\n%s", lang, diff)
		}
	}
}

func TestWhatStandsInTheWorkbookIsWhatThePagesSay(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	early := process.Stamp{Known: process.MustDate("2026-11-12")}
	euro := money.New(5_000_00, "EUR")
	dbtest.Record(t, s.File,
		&process.DealOpened{Stamp: early, Deal: "d3", On: early.Known, Process: "p", Version: "v", Name: "=HYPERLINK(\"http://evil.example\")", Customer: "c2", Seller: "anna", Value: &euro},
		&process.DealOpened{Stamp: early, Deal: "d4", On: early.Known, Process: "p", Version: "v", Name: "Won one", Customer: "c2", Seller: "anna", Value: &euro},
		&process.DealClosed{Stamp: early, Deal: "d4", Outcome: process.Won, On: early.Known, Value: &euro},
	)
	data := made(t, s.File, i18n.English)
	f := read(t, data)
	var want struct{ chance, quarter float64 }
	_ = s.File.View(func(team *sales.Team) error {
		m := forecast.NewModel(team, process.DateOf(dbtest.Now))
		d, _ := team.Deal("d1")
		today, _ := m.DealToday(d)
		r := m.Forecast(team.Calendar().Period(process.Quarter, m.Today()), forecast.Scope{})
		want.chance, want.quarter = today.Chance.Chance, r.Uncorrected()+r.Correction
		return nil
	})
	for where, stands := range map[string]string{
		"Deals!A2": "d1", "Deals!B2": "Moisture meters", "Deals!C2": "Kolbotten Sågverk", "Deals!D2": "Maja Ek", "Deals!G2": "450000", "Deals!H2": "SEK", "Deals!I2": "450000",
		"Deals!L2": "Open", "Deals!A4": "d3", "Deals!B4": "=HYPERLINK(\"http://evil.example\")", "Deals!G4": "5000", "Deals!H4": "EUR", "Deals!I4": "", // no rate: nothing that anybody could add up
		"Deals!V4": "", "Deals!L5": "Won", "Deals!M5": "46338", // 2026-11-12
		"Deals!S5": "", "Forecast!C3": "2026-Q4", "Forecast!A2": "This month", "About!B5": "2",
	} {
		if got := rawAt(t, f, where); got != stands {
			t.Errorf("%s is %q, want %q", where, got, stands)
		}
	}
	for where, value := range map[string]float64{refersTo(t, f, "quarter_forecast"): want.quarter / 100, "Deals!S2": want.chance, "Deals!V2": want.chance * 450_000} {
		got, err := strconv.ParseFloat(rawAt(t, f, where), 64)
		if err != nil || math.Abs(got-value) > 0.005 {
			t.Errorf("%s is %f, want %f", where, got, value)
		}
	}
	if got := refersTo(t, f, "deals_value"); got != "'Deals'!$G$2:$G$5" {
		t.Errorf("deals_value is %s", got)
	}
	if got := rawAt(t, f, "About!B6"); !strings.Contains(got, "2 deals in EUR") {
		t.Errorf("what has no rate is told as %q", got)
	}
	// Not one cell is a formula, whatever deals are called.
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil || bytes.Contains(text, []byte("<f>")) || bytes.Contains(text, []byte("<f ")) {
			t.Errorf("%s has a formula, %v", part.Name, err)
		}
	}
}

func TestAFileWithoutAnythingHasAWorkbookToo(t *testing.T) {
	t.Parallel()
	f := read(t, made(t, dbtest.New(t), i18n.Swedish))
	if got := refersTo(t, f, "deals_value"); got != "'Affärer'!$G$2:$G$2" {
		t.Errorf("deals_value is %s", got)
	}
	if got := rawAt(t, f, refersTo(t, f, "quarter_won")); got != "0" {
		t.Errorf("won is %q", got)
	}
}
