package sheet_test

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"milstolpe/handlers/sheet"
)

// A small workbook names one part three thousand times, or has a cell far to the right in every row: what counts is what is read and kept, not
// what lies in the file.
func TestWhatIsReadCountsAndNotWhatIsNamed(t *testing.T) {
	wide := &strings.Builder{}
	wide.WriteString(`<sheetData><row><c t="str"><v>Id</v></c><c t="str"><v>Name</v></c></row>`)
	for range 50_000 {
		wide.WriteString(`<row><c r="ALL1"><v>1</v></c></row>`) // the last of 1,000 columns
	}
	wide.WriteString(`</sheetData>`)
	var names strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&names, `<sheet name="s%d" r:id="r1"/>`, i)
	}
	some := `<sheetData>` + strings.Repeat(`<row><c t="str"><v>Id</v></c><c t="str"><v>Name</v></c></row>`, 2000) + `</sheetData>`
	for name, c := range map[string]struct{ sheets, part, refusal string }{
		"one part named 3,000 times": {names.String(), some, "sheet.zip_bomb"},
		"wide rows":                  {`<sheet name="a" r:id="r1"/>`, wide.String(), "sheet.too_much"},
	} {
		data := zipped(t, map[string]string{
			"xl/workbook.xml":            `<workbook><sheets>` + c.sheets + `</sheets></workbook>`,
			"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`,
			"xl/worksheets/sheet1.xml":   c.part,
		})
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		_, err := sheet.Read(bytes.NewReader(data), int64(len(data)))
		runtime.ReadMemStats(&after)
		if got := keyOf(err); got != c.refusal {
			t.Errorf("%s: %v, want %s", name, err, c.refusal)
		}
		if took := (after.Sys - before.Sys) >> 20; took > 900 {
			t.Errorf("%s, in %d kB: %d MB were taken", name, len(data)>>10, took)
		}
	}
}
