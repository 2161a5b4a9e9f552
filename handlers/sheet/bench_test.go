package sheet_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"milstolpe/handlers/sheet"
	"milstolpe/process/importer"
	"milstolpe/process/importer/columns"
)

// manyDeals is the golden list again and again, with ids of their own.
func manyDeals(b *testing.B, n int) []byte {
	b.Helper()
	sheets, err := sheet.ReadFile(golden + "deals.csv")
	if err != nil {
		b.Fatal(err)
	}
	list := sheets[0].List
	var out strings.Builder
	out.WriteString(strings.Join(list.Headers, ",") + "\n")
	for i := range n {
		row := list.Rows[i%len(list.Rows)]
		fmt.Fprintf(&out, "%s-%d", row.Cells[0].Text, i)
		for _, c := range row.Cells[1:] {
			out.WriteString("," + c.Text)
		}
		out.WriteString(strings.Repeat(",", len(list.Headers)-len(row.Cells)) + "\n")
	}
	return []byte(out.String())
}

// BenchmarkReadingTenThousandDeals is everything of an import but the disk: reading, guessing, planning, folding.
func BenchmarkReadingTenThousandDeals(b *testing.B) {
	data := manyDeals(b, 10_000)
	for b.Loop() {
		o := newOffice(b, "golden")
		def := goldenDefinition(b)
		o.publish("p", def)
		sheets, err := sheet.Read(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			b.Fatal(err)
		}
		g := columns.GuessMapping(sheets[0].List, &def)
		if n := o.take("i1", "p", sheets[0].List, g.Mapping).Count(importer.RowNew); n != 10_000 {
			b.Fatalf("%d new deals", n)
		}
	}
}

// BenchmarkPlanningTenThousandKnownDeals is the review of a list that was taken in before.
func BenchmarkPlanningTenThousandKnownDeals(b *testing.B) {
	data := manyDeals(b, 10_000)
	o := newOffice(b, "golden")
	def := goldenDefinition(b)
	o.publish("p", def)
	sheets, err := sheet.Read(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		b.Fatal(err)
	}
	m := columns.GuessMapping(sheets[0].List, &def).Mapping
	o.take("i1", "p", sheets[0].List, m)
	for b.Loop() {
		if p := o.take("i2", "p", sheets[0].List, m); len(p.Facts) != 0 {
			b.Fatalf("%d facts", len(p.Facts))
		}
	}
}
