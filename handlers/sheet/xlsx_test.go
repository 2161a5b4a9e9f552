package sheet_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"milstolpe/handlers/sheet"
	"milstolpe/process"
	"milstolpe/process/importer/columns"
	"milstolpe/process/money"
)

// workbook makes a workbook as somebody would in a spreadsheet.
func workbook(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func put(t testing.TB, f *excelize.File, at, cell string, value any, format string) {
	t.Helper()
	if err := f.SetCellValue(at, cell, value); err != nil {
		t.Fatal(err)
	}
	if format == "" {
		return
	}
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStyle(at, cell, cell, style); err != nil {
		t.Fatal(err)
	}
}

func readAll(t testing.TB, data []byte) []sheet.Sheet {
	t.Helper()
	sheets, err := sheet.Read(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return sheets
}

func TestAWorkbookSaysWhichCellsAreDaysAndNumbers(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		for cell, header := range map[string]string{"A1": "Id", "B1": "Belopp", "C1": "Skapad", "D1": "Chans", "E1": "Vunnen", "F1": "Namn"} {
			put(t, f, "Sheet1", cell, header, "")
		}
		put(t, f, "Sheet1", "A2", 173688, "")
		put(t, f, "Sheet1", "B2", 1250000.1+0.2, `#,##0.00 "kr"`)
		put(t, f, "Sheet1", "C2", time.Date(2026, 11, 23, 22, 30, 0, 0, time.UTC), `[$-41D]d mmmm yyyy hh:mm;@`)
		put(t, f, "Sheet1", "D2", 0.07, "0%")
		put(t, f, "Sheet1", "E2", true, "")
		put(t, f, "Sheet1", "F2", "=1+1", "")
		put(t, f, "Sheet1", "C4", time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), "") // excelize gives it a built-in date format
		put(t, f, "Sheet1", "F4", "  text with blanks ", "")
	})
	list := readAll(t, data)[0].List
	want := []columns.ListRow{
		{Number: 2, Cells: []columns.Cell{
			{Text: "173688", Exact: true}, {Text: "1250000.3", Exact: true}, {Text: "2026-11-23", Exact: true}, {Text: "7%", Exact: true}, {Text: "TRUE"}, {Text: "=1+1"},
		}},
		{Number: 4, Cells: []columns.Cell{{}, {}, {Text: "2026-03-01", Exact: true}, {}, {}, {Text: "  text with blanks "}}},
	}
	if diff := cmp.Diff(want, list.Rows); diff != "" {
		t.Error(diff)
	}
}

func TestAWorkbookGivesItsVisibleSheetsWithRows(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		for i, name := range []string{"Affärer", "Gömt", "Tomt", "Norge"} {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
			if name != "Tomt" {
				put(t, f, name, "B3", "Kund", "")
				put(t, f, name, "C3", "Belopp", "")
				put(t, f, name, "B4", name, "")
				put(t, f, name, "C4", i, "")
			}
		}
		if err := f.SetSheetVisible("Gömt", false); err != nil {
			t.Fatal(err)
		}
	})
	sheets := readAll(t, data)
	if len(sheets) != 2 || sheets[0].Name != "Affärer" || sheets[1].Name != "Norge" || sheets[1].Header != 3 {
		t.Fatalf("sheets are %+v, want Affärer and Norge with headers in row 3", sheets)
	}
	if diff := cmp.Diff([]string{"(A)", "Kund", "Belopp"}, sheets[1].List.Headers); diff != "" {
		t.Error(diff)
	}
}

func TestDaysOfAnOldMacAreCountedFrom1904(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		on := true
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &on}); err != nil {
			t.Fatal(err)
		}
		put(t, f, "Sheet1", "A1", "Kund", "")
		put(t, f, "Sheet1", "B1", "Skapad", "")
		put(t, f, "Sheet1", "B2", 44887, "yyyy-mm-dd") // 46349 − 1462 days
	})
	if got := readAll(t, data)[0].List.Rows[0].Cells[1].Text; got != "2026-11-23" {
		t.Errorf("the day is read as %s, want 2026-11-23", got)
	}
}

func TestAWrittenWorkbookHasNumbersDaysAndNoFormulas(t *testing.T) {
	amount := money.New(-12345, "EUR")
	table := sheet.Table{Name: "Affärer: 2026/11 [alla] i en lång, lång lista", Headers: []string{"Text", "Amount", "Day", "Share", "Count"}, Rows: [][]sheet.Value{
		{sheet.Text("=HYPERLINK(\"http://evil\")"), sheet.Amount(&amount), sheet.Day(today), sheet.Percent(46.5, 1), sheet.Whole(7)},
		{sheet.Text("\x01\x0b"), sheet.Number(1.0/3, 4)},
	}}
	var b bytes.Buffer
	if err := sheet.WriteXLSX(&b, table, table); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	names := f.GetSheetList()
	if len(names) != 2 || len([]rune(names[0])) > 31 || strings.ContainsAny(names[0], "[]:/") {
		t.Fatalf("the sheets are called %q", names)
	}
	if formula, err := f.GetCellFormula(names[0], "A2"); formula != "" || err != nil {
		t.Errorf("A2 is the formula %q (%v)", formula, err)
	}
	for cell, want := range map[string]string{"A2": `=HYPERLINK("http://evil")`, "B2": "-123.45", "C2": "2026-11-23", "D2": "46.5%", "E2": "7", "B3": "0.3333"} {
		if got, err := f.GetCellValue(names[0], cell); got != want || err != nil {
			t.Errorf("%s shows %q (%v), want %q", cell, got, err, want)
		}
	}
}

// zipped makes a zip of parts.
func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWorkbooksThatAreTrapsOrBrokenAreRefused(t *testing.T) {
	index := `<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>`
	rels := `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`
	for name, c := range map[string]struct {
		parts map[string]string
		want  string
	}{
		"a bomb":          {map[string]string{"xl/workbook.xml": index, "xl/_rels/workbook.xml.rels": rels, "xl/worksheets/sheet1.xml": strings.Repeat(" ", 100<<20)}, "sheet.zip_bomb"},
		"no workbook":     {map[string]string{"word/document.xml": "<x/>"}, "sheet.not_a_list"},
		"no sheets":       {map[string]string{"xl/workbook.xml": "<workbook/>"}, "sheet.empty"},
		"broken XML":      {map[string]string{"xl/workbook.xml": index, "xl/_rels/workbook.xml.rels": rels, "xl/worksheets/sheet1.xml": "<row><c <"}, "sheet.damaged"},
		"an empty sheet":  {map[string]string{"xl/workbook.xml": index, "xl/_rels/workbook.xml.rels": rels, "xl/worksheets/sheet1.xml": "<sheetData/>"}, "sheet.empty"},
		"a far column":    {map[string]string{"xl/workbook.xml": index, "xl/_rels/workbook.xml.rels": rels, "xl/worksheets/sheet1.xml": `<row r="1"><c r="ZZZZ1"><v>1</v></c></row>`}, "sheet.too_many_columns"},
		"a text nowhere":  {map[string]string{"xl/workbook.xml": index, "xl/_rels/workbook.xml.rels": rels, "xl/worksheets/sheet1.xml": `<row r="1"><c r="A1" t="s"><v>99</v></c></row>`}, "sheet.empty"},
		"outside its zip": {map[string]string{"xl/workbook.xml": index, "xl/_rels/workbook.xml.rels": strings.ReplaceAll(rels, "worksheets", "../../../etc"), "xl/worksheets/sheet1.xml": "<sheetData/>"}, "sheet.empty"},
	} {
		data := zipped(t, c.parts)
		_, err := sheet.Read(bytes.NewReader(data), int64(len(data)))
		if got := keyOf(err); got != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func FuzzReadWorkbook(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="inlineStr"><is><t>Kund</t></is></c><c r="B1" t="s"><v>0</v></c></row><row r="3"><c s="1"><v>46349</v></c><c><v>1e3</v></c></row>`, `<si><t>Skapad</t></si>`, `<cellXfs><xf/><xf numFmtId="14"/></cellXfs>`)
	f.Add(`<row r="2"><c r="A-1"><v>NaN</v></c></row><row r="1"/>`, `<si><r><t>x</t></r><rPh><t>y</t></rPh></si>`, `<numFmt numFmtId="200" formatCode="[h]:mm"/><cellXfs><xf numFmtId="200"/></cellXfs>`)
	f.Fuzz(func(t *testing.T, rows, texts, styles string) {
		data := zipped(t, map[string]string{
			"xl/workbook.xml":            `<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`,
			"xl/worksheets/sheet1.xml":   "<sheetData>" + rows + "</sheetData>", "xl/sharedStrings.xml": texts, "xl/styles.xml": styles,
		})
		if _, err := sheet.Read(bytes.NewReader(data), int64(len(data))); err != nil && process.KindOf(err) != process.Invalid {
			t.Errorf("%v is not something that a person can mend", err)
		}
	})
}
