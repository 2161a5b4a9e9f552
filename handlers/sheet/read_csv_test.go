package sheet_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"milstolpe/handlers/sheet"
	"milstolpe/process"
)

// read reads a file with one list in it.
func read(t *testing.T, data string) sheet.Sheet {
	t.Helper()
	sheets, err := sheet.Read(strings.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("%q: %v", firstOf(data), err)
	}
	if len(sheets) != 1 {
		t.Fatalf("%d sheets, want one", len(sheets))
	}
	return sheets[0]
}

func firstOf(data string) string { return data[:min(len(data), 60)] }

// texts puts a list down as lines with bars between the cells, the number of the row first.
func texts(s sheet.Sheet) (lines []string) {
	lines = append(lines, strings.Join(s.List.Headers, "|"))
	for _, r := range s.List.Rows {
		line := string(rune('0' + r.Number))
		for _, c := range r.Cells {
			line += "|" + c.Text
		}
		lines = append(lines, line)
	}
	return lines
}

// keyOf is the sentence that an error asks for.
func keyOf(err error) string {
	var e *process.Error
	if errors.As(err, &e) {
		return e.Msg
	}
	return ""
}

func TestCSVIsReadInEveryDialect(t *testing.T) {
	plain := "Affär;Säljare;Värde\r\nA1;Åsa Öberg;1 250,50\r\nA2;Björn;5\r\n"
	want := []string{"Affär|Säljare|Värde", "2|A1|Åsa Öberg|1 250,50", "3|A2|Björn|5"}
	windows, err := charmap.Windows1252.NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	utf16 := func(end unicode.Endianness, bom unicode.BOMPolicy) string {
		text, err := unicode.UTF16(end, bom).NewEncoder().String(plain)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	for name, data := range map[string]string{
		"UTF-8":                   plain,
		"UTF-8 with its mark":     "\ufeff" + plain,
		"Windows-1252":            windows,
		"UTF-16, little":          utf16(unicode.LittleEndian, unicode.UseBOM),
		"UTF-16, big":             utf16(unicode.BigEndian, unicode.UseBOM),
		"UTF-16 without its mark": utf16(unicode.LittleEndian, unicode.IgnoreBOM),
		"commas":                  `Affär,Säljare,Värde` + "\n" + `A1,Åsa Öberg,"1 250,50"` + "\n" + `A2,Björn,5`,
		"tabs":                    strings.ReplaceAll(plain, ";", "\t"),
		"bars":                    strings.ReplaceAll(plain, ";", "|"),
		"lines of an old Mac":     strings.ReplaceAll(plain, "\r\n", "\r"),
		"quotation marks":         `"Affär";"Säljare";"Värde"` + "\n" + `"A1";"Åsa Öberg" ;"1 250,50"` + "\n" + `"A2";"Björn";"5"`,
	} {
		if diff := cmp.Diff(want, texts(read(t, data))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestADelimiterCanBeAnnounced(t *testing.T) {
	got := texts(read(t, "sep=;\nName;a,b,c\nx;1,2,3\ny;1,2,3"))
	if diff := cmp.Diff([]string{"Name|a,b,c", "3|x|1,2,3", "4|y|1,2,3"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestQuotationMarksSwallowNoRows(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		want []string
	}{
		"a cell of several lines": {"id,note\n1,\"first\nsecond \"\"quoted\"\"\"\n2,x", []string{"id|note", "2|1|first\nsecond \"quoted\"", "3|2|x"}},
		"never closed":            {"id,note\n1,\"never closed\n2,x\n3,\"y\"", []string{"id|note", "2|1|\"never closed", "3|2|x", "4|3|y"}},
		"not doubled":             {"id,note\n1,\"a \"big\" one\"\n2,x", []string{"id|note", "2|1|a \"big\" one", "3|2|x"}},
		"inches":                  {"id,note\n1,19\" screen\n2,24\" screen", []string{"id|note", "2|1|19\" screen", "3|2|24\" screen"}},
	} {
		if diff := cmp.Diff(c.want, texts(read(t, c.data))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestHeadersAreFoundUnderTitles(t *testing.T) {
	s := read(t, "Säljrapport 2026;;;\n\nUtskriven 2026-11-23;;;\nAffär;Kund;Värde;Skapad\nA1;Acme;5;2026-01-01\n")
	if s.Header != 4 {
		t.Errorf("the headers stand in row %d, want 4", s.Header)
	}
	if diff := cmp.Diff([]string{"Säljrapport 2026", "Utskriven 2026-11-23"}, s.Above); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Affär|Kund|Värde|Skapad", "5|A1|Acme|5|2026-01-01"}, texts(s)); diff != "" {
		t.Error(diff)
	}
}

func TestEveryColumnHasANameOfItsOwn(t *testing.T) {
	s := read(t, "Name,Amount,amount,,Name\nx,1,2,3,4,5\n")
	want := []string{"Name", "Amount", "amount (2)", "(D)", "Name (2)", "(F)"}
	if diff := cmp.Diff(want, s.List.Headers); diff != "" {
		t.Error(diff)
	}
}

func TestAThousandColumnsOfOneNameAreReadAtOnce(t *testing.T) {
	s := read(t, strings.Repeat("x,", 999)+"y\n1,2\n")
	if n := len(s.List.Headers); n != 1000 || s.List.Headers[998] != "x (999)" {
		t.Errorf("%d columns, the last one called %q", n, s.List.Headers[998])
	}
}

func TestQuotationMarksKeepNobodyBusy(t *testing.T) {
	for _, pattern := range []string{`"a,`, `"",""x,`, `"`, `"a"b,`} {
		data := "h,i\n" + strings.Repeat(pattern, 900_000/len(pattern)) + "\n"
		// Every answer will do, as long as it comes: a row of so many columns is refused.
		_, _ = sheet.Read(strings.NewReader(data), int64(len(data)))
	}
}

func TestWhatIsNoListIsRefusedWithASentence(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"nothing":             {"", "sheet.empty"},
		"blank lines":         {"\n\n ; \n", "sheet.empty"},
		"a picture":           {"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00", "sheet.not_a_list"},
		"an old workbook":     {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "sheet.old_excel"},
		"a broken workbook":   {"PK\x03\x04 and no more", "sheet.damaged"},
		"numbers only":        {"1,2\n3,4\n", "sheet.no_headers"},
		"a row of a megabyte": {"a,b\n" + strings.Repeat("x", 3<<20) + ",1\n", "sheet.row_too_long"},
		"too many columns":    {"a,b\n" + strings.Repeat("x,", 1000) + "x\n", "sheet.too_many_columns"},
		"too many rows":       {"a,b\n" + strings.Repeat("x,y\n", sheet.MaxRows+1), "sheet.too_many_rows"},
	} {
		_, err := sheet.Read(strings.NewReader(c.data), int64(len(c.data)))
		if got := keyOf(err); got != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if _, err := sheet.Read(strings.NewReader("a,b"), sheet.MaxBytes+1); keyOf(err) != "sheet.too_large" {
		t.Errorf("a file beyond the limit: %v, want sheet.too_large", err)
	}
	if _, err := sheet.ReadFile(t.TempDir() + "/nowhere.csv"); keyOf(err) != "sheet.no_file" {
		t.Errorf("a file that is not there: %v, want sheet.no_file", err)
	}
}

func TestFormulasAreDefusedAndComeBackAsTheyWere(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+46 8 123": "'+46 8 123", "-x": "'-x", "@x": "'@x", "\tx": "'\tx", "'=x": "''=x", "x=1": "x=1", "": "", "'t Hooft": "'t Hooft",
	} {
		if got := sheet.Defuse(text); got != want {
			t.Errorf("%q is written as %q, want %q", text, got, want)
		}
		if got := sheet.Undefuse(want); got != text {
			t.Errorf("%q is read back as %q, want %q", want, got, text)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"a,b\n1,2", "sep=;\na;b", "\ufeffa\tb\n\"x\"\ty", "\xff\xfea\x00,\x00b\x00", "a;b\n\"x", "\"\"\"\n\"", "PK\x03\x04", "N\xe4mn;V\xe4rde\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		sheets, err := sheet.Read(strings.NewReader(string(data)), int64(len(data)))
		if err != nil {
			if process.KindOf(err) != process.Invalid {
				t.Errorf("%q: %v is not something that a person can mend", data, err)
			}
			return
		}
		for _, s := range sheets {
			seen := map[string]bool{}
			for _, h := range s.List.Headers {
				if seen[process.FoldName(h)] {
					t.Errorf("two columns are called %q", h)
				}
				seen[process.FoldName(h)] = true
			}
			for _, r := range s.List.Rows {
				if len(r.Cells) > len(s.List.Headers) {
					t.Errorf("row %d has %d cells under %d headers", r.Number, len(r.Cells), len(s.List.Headers))
				}
			}
		}
	})
}
