package sheet_test

import (
	"bytes"
	"testing"

	"milstolpe/handlers/sheet"
	"milstolpe/process/importer/columns"
)

// FuzzImport takes any file in, with a mapping if that fits and as the columns suggest otherwise: every row with something in it has a
// verdict, what can be taken in can be taken in again without changing anything, and nothing panics.
func FuzzImport(f *testing.F) {
	for _, list := range []string{
		"Id;Kund;Värde;Startad;Problem owned;Budget set aside;Utfall;Avslutad\n1;Åkerö;1 250,50 kr;2026-01-10;2026-01-20;;Öppen;\n2;Ek;10 tkr;2026-01-11;2026-02-01;mars -26;Vunnen;2026-04-02\n",
		"deal,stage,date\n1,Problem owned,2026-01-05\n1,Budget set aside,2026-02-05\n1,Problem owned,2026-03-05\n1,won,2026-04-05\n1,Problem owned,2026-05-05\n",
		"Name\tOpened\tProbability\nx\t03/04/2026\t0.5\ny\t13/04/2026\t40%\nTotal\t\t\n",
	} {
		f.Add([]byte(list), "")
		f.Add([]byte(list), `{"shape":"wide","date_order":"mdy","decimal":",","currency":"NOK","columns":{"Id":"deal.id","Startad":"deal.opened","Värde":"deal.value","Kund":"milestone:problem"}}`)
	}
	f.Fuzz(func(t *testing.T, data []byte, mapping string) {
		sheets, err := sheet.Read(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		list := sheets[0].List
		m, err := columns.ParseMapping([]byte(mapping))
		if err != nil || m.Fits(list.Headers, &buyers) != nil {
			m = columns.GuessMapping(list, &buyers).Mapping
		}
		o := newOffice(t, "somewhere")
		o.publish("p", buyers)
		if m.Fits(list.Headers, &buyers) != nil {
			return
		}
		plan := o.take("i", "p", list, m)
		judged := map[int]bool{}
		for _, d := range plan.Deals {
			for _, row := range d.Rows {
				judged[row] = true
			}
		}
		for _, row := range list.Rows {
			if !judged[row.Number] {
				t.Errorf("nothing is said of row %d: %v", row.Number, row.Cells)
			}
		}
		if again := o.take("again", "p", list, m); len(again.Facts) > 0 {
			t.Errorf("taken in again it gives %d facts, the second %+v", len(again.Facts), again.Facts[1])
		}
	})
}
