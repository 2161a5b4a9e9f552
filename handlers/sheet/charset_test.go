package sheet_test

import (
	"bytes"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"milstolpe/handlers/sheet"
)

// A list is read in the encoding in which its words are words.
func TestLettersAreReadInTheEncodingThatTheyAreIn(t *testing.T) {
	for _, c := range []struct {
		charset *charmap.Charmap
		name    string
	}{
		{charmap.Windows1252, "Malmö Kök"},
		{charmap.Windows1252, "Åkeri Väst"},
		{charmap.Windows1252, "Kjøpmann Bærum"},
		{charmap.Windows1252, "Søren"},
		{charmap.Windows1252, "Crème Brûlée Façade"},
		{charmap.Windows1252, "Straße Müller"},
		{charmap.Windows1252, "Pris 500 € – “bra”"},
		{charmap.Windows1250, "Łódź Spółka"},
		{charmap.Windows1250, "Zażółć gęślą jaźń"},
		{charmap.Windows1250, "Příliš žluťoučký kůň"},
		{charmap.Windows1251, "Москва Завод"},
		{charmap.Windows1251, "ООО Ромашка"},
		{charmap.Macintosh, "Malmö Kök Håkan"},
		{charmap.Macintosh, "Äppelträd på ön"},
		{charmap.CodePage850, "Åkeri på ön, Källa"},
	} {
		data, err := c.charset.NewEncoder().Bytes([]byte("Deal;Kund;Skapad\n1;" + c.name + ";2026-01-10\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got := readAll(t, data)[0].List.Rows[0].Cells[1].Text; got != c.name {
			t.Errorf("%v: %q is read as %q", c.charset, c.name, got)
		}
	}
}

// Two exports put together: each line is read for itself, and so is each letter of it.
func TestALineInAnotherEncodingIsReadForItself(t *testing.T) {
	data := []byte("Deal;Kund;Ort\n1;Åkeri Öst;Växjö\n2;Malm\xf6 K\xf6k;L\xe4nna\n3;Sm\xf6rg\xe5s;Å\n")
	rows := readAll(t, data)[0].List.Rows
	for i, want := range []string{"Åkeri Öst", "Malmö Kök", "Smörgås"} {
		if got := rows[i].Cells[1].Text; got != want {
			t.Errorf("row %d: %q, want %q", i, got, want)
		}
	}
	if got := rows[2].Cells[2].Text; got != "Å" {
		t.Errorf("a cell of UTF-8 in a line of Windows-1252 is read as %q", got)
	}
}

func TestLettersThatCanBeTwoThingsAreAsked(t *testing.T) {
	data := []byte("Deal;Kund\n1;Malm\x9a\n") // ö on an old Mac, š in Windows-1250
	_, err := sheet.Read(bytes.NewReader(data), int64(len(data)))
	if got := keyOf(err); got != "sheet.two_encodings" {
		t.Errorf("%v, want sheet.two_encodings", err)
	}
}

// Words that a text program broke softly are text.
func TestAFewStrangeSignsMakeNoBinaryFile(t *testing.T) {
	for _, list := range []string{"Deal,Customer\n1,\"Acme\vHead office\"\n2,C\n", "Deal,Customer\n1,A\x1bB\n", "Deal,Customer\n1,A\n\x1a"} {
		if got := readAll(t, []byte(list))[0].List.Headers[1]; got != "Customer" {
			t.Errorf("%q is read with the header %q", list, got)
		}
	}
	for _, no := range []string{"\x89PNG\r\n\x1a\n\x00\x00", "\x1f\x8b\x08\x01\x02\x03\x04\x05", "\x01\x02\x03\x04\x05\x06"} {
		if _, err := sheet.Read(bytes.NewReader([]byte(no)), int64(len(no))); keyOf(err) != "sheet.not_a_list" {
			t.Errorf("%q: %v, want sheet.not_a_list", no, err)
		}
	}
}

// What stands in the first of several merged cells holds for all their rows.
func TestMergedCellsHoldForAllTheirRows(t *testing.T) {
	data := zipped(t, map[string]string{
		"xl/workbook.xml":            `<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml": `<worksheet><sheetData>
			<row r="1"><c r="A1" t="str"><v>Customer</v></c><c r="B1" t="str"><v>Name</v></c></row>
			<row r="2"><c r="A2" t="str"><v>Acme</v></c><c r="B2" t="str"><v>Roof</v></c></row>
			<row r="3"><c r="B3" t="str"><v>Wall</v></c></row>
			<row r="4"><c r="B4" t="str"><v>Door</v></c></row></sheetData>
			<mergeCells count="3"><mergeCell ref="A2:A3"/><mergeCell ref="B2:ZZZZZZ9"/><mergeCell ref="nonsense"/></mergeCells></worksheet>`,
	})
	for i, want := range []string{"Acme", "Acme", ""} {
		if got := readAll(t, data)[0].List.Rows[i].Cells[0].Text; got != want {
			t.Errorf("row %d has the customer %q, want %q", i, got, want)
		}
	}
}
