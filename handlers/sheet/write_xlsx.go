package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"milstolpe/process"
)

// The size of a sheet and of a text in it are fixed by the format.
const (
	mostSheetRows    = 1 << 20
	mostSheetColumns = 1 << 14
	longestCell      = 32767
)

// WriteXLSX writes tables as the sheets of a workbook: numbers as numbers, days as days, texts as texts and never as formulas, headers
// standing still while one scrolls. What a workbook needs for that is little, so it is written here; a library for everything that a
// workbook can be was a tenth of the program.
func WriteXLSX(out io.Writer, tables ...Table) error {
	if len(tables) == 0 {
		tables = []Table{{}} // a workbook without sheets does not open
	}
	x := xlsxWriter{zip: zip.NewWriter(out), styles: map[string]int{"": 0}}
	names := make([]string, len(tables))
	used := map[string]bool{}
	for i, t := range tables {
		names[i] = sheetName(t.Name, i, used)
	}
	x.index(names)
	for i, t := range tables {
		if len(t.Rows) >= mostSheetRows || len(t.Headers) > mostSheetColumns {
			return errors.New("the table is larger than a sheet of a workbook can be")
		}
		x.sheet(i, t)
	}
	x.styleSheet() // last, when it is known which styles there are
	if x.err != nil {
		return x.err
	}
	return x.zip.Close()
}

// xlsxWriter writes the parts of a workbook one after the other. After the first error it does nothing more.
type xlsxWriter struct {
	zip    *zip.Writer
	part   io.Writer
	err    error
	line   bytes.Buffer
	styles map[string]int // by format code; 0 is the style of everything else and 1 that of headers
	codes  []string       // the format codes from style 2 on
}

const (
	xmlHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNS   = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relNS    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	partType = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// begin begins a part of the workbook.
func (x *xlsxWriter) begin(name string) {
	if x.err == nil {
		x.part, x.err = x.zip.Create(name)
	}
	x.put(xmlHead)
}

// put collects what flush writes.
func (x *xlsxWriter) put(pieces ...string) {
	for _, p := range pieces {
		x.line.WriteString(p)
	}
}

func (x *xlsxWriter) number(n int) {
	x.line.Write(strconv.AppendInt(x.line.AvailableBuffer(), int64(n), 10))
}

// escaped puts text; characters that XML does not know become the one that stands for them.
func (x *xlsxWriter) escaped(text string) {
	_ = xml.EscapeText(&x.line, []byte(text)) // a buffer takes everything
}

func (x *xlsxWriter) flush() {
	if x.err == nil {
		_, x.err = x.part.Write(x.line.Bytes())
	}
	x.line.Reset()
}

// sheet writes one table.
func (x *xlsxWriter) sheet(i int, t Table) {
	x.begin(sheetPath(i))
	x.put(`<worksheet xmlns="`, mainNS, `"><sheetViews><sheetView workbookViewId="0"`)
	if i == 0 {
		x.put(` tabSelected="1"`)
	}
	x.put(`><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`)
	if len(t.Headers) > 0 {
		x.put(`<cols>`)
		for c, h := range t.Headers {
			n := strconv.Itoa(c + 1)
			x.put(`<col min="`, n, `" max="`, n, `" width="`, strconv.Itoa(columnWidth(h, c, t.Rows)), `" customWidth="1"/>`)
		}
		x.put(`</cols>`)
	}
	x.put(`<sheetData><row r="1">`)
	columns := make([]string, len(t.Headers))
	for c, h := range t.Headers {
		columns[c] = columnName(c)
		x.text(columns[c], 1, h, 1)
	}
	x.put(`</row>`)
	for r, row := range t.Rows {
		x.put(`<row r="`)
		x.number(r + 2)
		x.put(`">`)
		for c, v := range row[:min(len(row), len(columns))] {
			x.cell(columns[c], r+2, v)
		}
		x.put(`</row>`)
		x.flush()
	}
	x.put(`</sheetData></worksheet>`)
	x.flush()
}

// columnName is A, B, …, Z, AA, AB, … for 0, 1, …
func columnName(c int) string {
	if c < 26 {
		return string(rune('A' + c))
	}
	return columnName(c/26-1) + columnName(c%26)
}

func (x *xlsxWriter) open(column string, row, style int) {
	x.put(`<c r="`, column)
	x.number(row)
	if style != 0 {
		x.put(`" s="`)
		x.number(style)
	}
}

func (x *xlsxWriter) text(column string, row int, text string, style int) {
	x.open(column, row, style)
	x.put(`" t="inlineStr"><is><t xml:space="preserve">`)
	x.escaped(thatFits(text))
	x.put(`</t></is></c>`)
}

// thatFits is as much of a text as a cell can hold, counted as spreadsheets count: some characters are two.
func thatFits(text string) string {
	length := 0
	for i, r := range text {
		if length++; r > 0xFFFF {
			length++
		}
		if length > longestCell {
			return text[:i]
		}
	}
	return text
}

// cell gives a value the type and the look that it has in a workbook.
func (x *xlsxWriter) cell(column string, row int, v Value) {
	var format string
	var value float64
	switch v.kind {
	case nothing:
		return
	case words:
		x.text(column, row, v.text, 0)
		return
	case date:
		format, value = "yyyy-mm-dd", float64(v.day.Sub(process.NewDate(1899, 12, 30)))
	case percent:
		format, value = "0"+fraction(v.places)+"%", fifteen(v.number/100)
	case figure:
		format, value = "#,##0"+fraction(v.places), v.number
	}
	x.open(column, row, x.style(format))
	x.put(`"><v>`)
	x.line.Write(strconv.AppendFloat(x.line.AvailableBuffer(), value, 'f', -1, 64))
	x.put(`</v></c>`)
}

// fraction is the part of a format code after the decimal point; a negative number of places shows those there are.
func fraction(places int) string {
	switch {
	case places < 0:
		return ".##########"
	case places == 0:
		return ""
	}
	return "." + strings.Repeat("0", places)
}

func (x *xlsxWriter) style(format string) int {
	id, ok := x.styles[format]
	if !ok {
		x.codes = append(x.codes, format)
		id = len(x.codes) + 1
		x.styles[format] = id
	}
	return id
}

// columnWidth fits the first rows, within reason.
func columnWidth(header string, column int, rows [][]Value) int {
	width := utf8.RuneCountInString(header)
	for _, row := range rows[:min(len(rows), 50)] {
		if column < len(row) {
			width = max(width, utf8.RuneCountInString(row[column].in(Programs)))
		}
	}
	return min(max(width, 6), 50) + 2
}

// sheetName is what a sheet may be called: at most 31 characters, some of them forbidden, each name once.
func sheetName(name string, i int, used map[string]bool) string {
	clean := []rune(strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return ' '
		}
		return r
	}, name), " '"))
	if len(clean) > 31 {
		clean = clean[:31]
	}
	name = string(clean)
	if name == "" || used[strings.ToLower(name)] {
		name = "Sheet" + strconv.Itoa(i+1)
	}
	used[strings.ToLower(name)] = true
	return name
}
