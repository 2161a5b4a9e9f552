package sheet_test

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"milstolpe/handlers/sheet"
	"milstolpe/handlers/sheet/sheettest"
)

func TestTrapsAreRefusedWithASentenceAndWithoutTakingTheMemory(t *testing.T) {
	for _, trap := range sheettest.Traps(t) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := sheet.Read(bytes.NewReader(trap.Data), int64(len(trap.Data)))
		runtime.ReadMemStats(&after)
		if got := keyOf(err); got != trap.Refusal {
			t.Errorf("%v: %v, want %s", trap, err, trap.Refusal)
		}
		// Two hundred thousand rows are kept until the next one is one too many; nothing else may need as much.
		if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 100 {
			t.Errorf("%v: %d MB were taken to refuse it", trap, took)
		}
	}
}

func TestACellOfAGigabyteIsRefusedBeforeItIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cell.csv")
	if err := os.WriteFile(path, []byte("Id,Name\n1,"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 1<<30); err != nil { // takes no room on the disk
		t.Fatal(err)
	}
	if _, err := sheet.ReadFile(path); keyOf(err) != "sheet.too_large" {
		t.Errorf("a gigabyte: %v, want sheet.too_large", err)
	}
}

func TestAFormulaIsReadAsWhatItComesTo(t *testing.T) {
	data := zipped(t, map[string]string{
		"xl/workbook.xml":            `<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml": `<sheetData><row r="1"><c t="str"><v>Id</v></c><c t="str"><v>Value</v></c></row>
			<row r="2"><c t="str"><f>A1</f><v>x</v></c><c><f>SUM(100,200)</f><v>300</v></c></row>
			<row r="3"><c t="str"><v>y</v></c><c><f>SUM(100,200)</f></c></row></sheetData>`,
	})
	rows := readAll(t, data)[0].List.Rows
	if got := rows[0].Cells[0]; got.Text != "x" {
		t.Errorf("a formula that came to a text is read as %+v", got)
	}
	if got := rows[0].Cells[1]; got.Text != "300" || !got.Exact {
		t.Errorf("a formula that came to 300 is read as %+v", got)
	}
	if got := rows[1].Cells[1]; got.Text != "=SUM(100,200)" || got.Exact {
		t.Errorf("a formula that nobody has worked out is read as %+v, want its text, which is no amount", got)
	}
}
