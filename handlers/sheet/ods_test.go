package sheet_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/handlers/sheet"
	"milstolpe/process"
	"milstolpe/process/importer/columns"
)

// odsOf is a spreadsheet as LibreOffice writes it, with these tables.
func odsOf(t testing.TB, tables string) []byte {
	t.Helper()
	return zipped(t, map[string]string{
		"mimetype": "application/vnd.oasis.opendocument.spreadsheet",
		"content.xml": `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s">` +
			`<office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>` +
			`<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>` +
			`<office:body><office:spreadsheet>` + tables + `</office:spreadsheet></office:body></office:document-content>`,
	})
}

func odsRow(cells ...string) string {
	return "<table:table-row>" + strings.Join(cells, "") + "</table:table-row>"
}

func odsText(text string) string {
	return `<table:table-cell office:value-type="string" calcext:value-type="string"><text:p>` + text + `</text:p></table:table-cell>`
}

func TestASpreadsheetOfLibreOfficeIsRead(t *testing.T) {
	data := odsOf(t, `<table:table table:name="Dold" table:style-name="ta2">`+odsRow(odsText("Id"), odsText("Hemligt"))+odsRow(odsText("1"), odsText("x"))+`</table:table>`+
		`<table:table table:name="Affärer" table:style-name="ta1"><table:table-column table:number-columns-repeated="9"/>`+
		`<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`+
		odsRow(odsText("Id"), odsText("Kund"), odsText("Belopp"), odsText("Skapad"), odsText("Chans"), odsText("Vunnen"), odsText("Not"))+
		odsRow(
			`<table:table-cell office:value-type="float" office:value="7" calcext:value-type="float"><text:p>7,00</text:p></table:table-cell>`,
			`<table:table-cell table:number-rows-spanned="2" office:value-type="string"><office:annotation><text:p>ring</text:p></office:annotation><text:p>Åkeri<text:s text:c="2"/>AB</text:p><text:p>Växjö</text:p></table:table-cell>`,
			`<table:table-cell office:value-type="currency" office:currency="SEK" office:value="1250.5"><text:p>1 250,50 kr</text:p></table:table-cell>`,
			`<table:table-cell office:value-type="date" office:date-value="2026-01-05"><text:p>05/01/26</text:p></table:table-cell>`,
			`<table:table-cell office:value-type="percentage" office:value="0.35"><text:p>35 %</text:p></table:table-cell>`,
			`<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>SANT</text:p></table:table-cell>`,
			`<table:table-cell table:number-columns-repeated="16378"/>`)+
		odsRow(odsText("8"), `<table:covered-table-cell/>`,
			`<table:table-cell table:number-columns-repeated="2" office:value-type="date" office:date-value="2026-02-05T09:30:00"><text:p>x</text:p></table:table-cell>`)+
		`<table:table-row table:number-rows-repeated="1048569"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>`)
	sheets := readAll(t, data)
	if len(sheets) != 1 || sheets[0].Name != "Affärer" || sheets[0].Header != 3 {
		t.Fatalf("%d sheets, the first %q with headers in row %d", len(sheets), sheets[0].Name, sheets[0].Header)
	}
	customer := columns.Cell{Text: "Åkeri  AB\nVäxjö"}
	later := columns.Cell{Text: "2026-02-05 09:30:00", Exact: true}
	want := []columns.ListRow{
		{Number: 4, Cells: []columns.Cell{{Text: "7", Exact: true}, customer, {Text: "1250.5 SEK", Exact: true}, {Text: "2026-01-05", Exact: true}, {Text: "35%", Exact: true}, {Text: "TRUE"}}},
		{Number: 5, Cells: []columns.Cell{{Text: "8"}, customer, later, later}},
	}
	if diff := cmp.Diff(want, sheets[0].List.Rows); diff != "" {
		t.Error(diff)
	}
}

// What a spreadsheet of LibreOffice says becomes the same deals as what a CSV file of it says.
func TestASpreadsheetOfLibreOfficeGivesDeals(t *testing.T) {
	data := odsOf(t, `<table:table table:name="a">`+odsRow(odsText("Affär"), odsText("Kund"), odsText("Värde"), odsText("Skapad"), odsText("Utfall"), odsText("Avslutad"))+
		odsRow(odsText("Tak"), odsText("Ek"), `<table:table-cell office:value-type="currency" office:currency="EUR" office:value="9.5"><text:p>9,50 €</text:p></table:table-cell>`,
			`<table:table-cell office:value-type="date" office:date-value="2026-01-05"><text:p>5 jan</text:p></table:table-cell>`, odsText("Vunnen"),
			`<table:table-cell office:value-type="date" office:date-value="2026-02-05T10:00:00"><text:p>5 feb</text:p></table:table-cell>`)+`</table:table>`)
	list := readAll(t, data)[0].List
	o := newOffice(t, "x")
	o.publish("p", buyers)
	plan := o.take("i", "p", list, columns.GuessMapping(list, &buyers).Mapping)
	if faults := plan.Faults(); len(faults) > 0 || len(o.team.Deals()) != 1 {
		t.Fatalf("%v", faults)
	}
	if got, want := inShort(o.team, o.team.Deals()[0]), "Tak · Ek · 9.50 EUR · 2026-01-05 · won 2026-02-05"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestOtherWorkbooksSayHowToSaveThem(t *testing.T) {
	content := func(body string) map[string]string {
		return map[string]string{"content.xml": "<office:document-content><office:body>" + body + "</office:body></office:document-content>"}
	}
	for name, c := range map[string]struct {
		parts map[string]string
		want  string
	}{
		"Numbers":          {map[string]string{"Index/Document.iwa": "x"}, "sheet.numbers"},
		"binary Excel":     {map[string]string{"xl/workbook.bin": "x"}, "sheet.binary_excel"},
		"any zip":          {map[string]string{"a.txt": "x"}, "sheet.not_a_list"},
		"a text with one":  {content(`<office:text><table:table>` + odsRow(odsText("a"), odsText("b")) + `</table:table></office:text>`), "sheet.not_a_list"},
		"no table":         {content(`<office:spreadsheet/>`), "sheet.empty"},
		"an empty table":   {content(`<office:spreadsheet><table:table/></office:spreadsheet>`), "sheet.empty"},
		"cut off":          {content(`<office:spreadsheet><table:table`), "sheet.damaged"},
		"a far column":     {content(`<office:spreadsheet><table:table>` + odsRow(`<table:table-cell table:number-columns-repeated="5000"/>`, odsText("x")) + `</table:table></office:spreadsheet>`), "sheet.too_many_columns"},
		"the same forever": {content(`<office:spreadsheet><table:table><table:table-row table:number-rows-repeated="99999999">` + odsText("x") + `</table:table-row></table:table></office:spreadsheet>`), "sheet.too_many_rows"},
		"locked":           {map[string]string{"content.xml": "\x00\x01", "META-INF/manifest.xml": `<m:manifest><m:encryption-data/></m:manifest>`}, "sheet.locked"},
	} {
		data := zipped(t, c.parts)
		_, err := sheet.Read(bytes.NewReader(data), int64(len(data)))
		if got := keyOf(err); got != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func FuzzReadODS(f *testing.F) {
	f.Add(odsRow(odsText("Kund"), odsText("Skapad")) + odsRow(odsText("A"), `<table:table-cell office:value-type="date" office:date-value="2026-01-05"/>`))
	f.Add(`<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-rows-spanned="2" table:number-columns-repeated="4" office:value-type="float" office:value="1e3"/></table:table-row>`)
	f.Fuzz(func(t *testing.T, rows string) {
		data := odsOf(t, `<table:table table:name="a">`+rows+`</table:table>`)
		if _, err := sheet.Read(bytes.NewReader(data), int64(len(data))); err != nil && process.KindOf(err) != process.Invalid {
			t.Errorf("%v is not something that a person can mend", err)
		}
	})
}
