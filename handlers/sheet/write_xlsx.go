package sheet

import (
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"milstolpe/process"
)

// WriteXLSX writes tables as the sheets of a workbook: numbers as numbers, days as days, texts as texts and never as formulas, headers
// standing still while one scrolls.
func WriteXLSX(out io.Writer, tables ...Table) error {
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // it is in memory
	x := xlsxWriter{file: f, styles: map[string]int{}}
	used := map[string]bool{}
	for i, t := range tables {
		name := sheetName(t.Name, i, used)
		if i == 0 {
			if err := f.SetSheetName("Sheet1", name); err != nil {
				return err
			}
		} else if _, err := f.NewSheet(name); err != nil {
			return err
		}
		if err := x.write(name, "", t); err != nil {
			return err
		}
	}
	_, err := f.WriteTo(out)
	return err
}

type xlsxWriter struct {
	file   *excelize.File
	styles map[string]int // by format code
}

// write writes a sheet. Where the table is named, programs know it by that name, and it has a row though nothing is in it.
func (x *xlsxWriter) write(name, table string, t Table) error {
	w, err := x.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i, h := range t.Headers {
		if err := w.SetColWidth(i+1, i+1, columnWidth(h, i, t.Rows)); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	heads, err := x.headers(t.Headers)
	if err != nil {
		return err
	}
	if err := w.SetRow("A1", heads); err != nil {
		return err
	}
	cells := make([]any, len(t.Headers))
	for i, row := range t.Rows {
		for c := range cells {
			cells[c] = nil
			if c < len(row) {
				if cells[c], err = x.cell(row[c]); err != nil {
					return err
				}
			}
		}
		if err := w.SetRow("A"+strconv.Itoa(i+2), cells); err != nil {
			return err
		}
	}
	if err := addTable(w, table, t); err != nil {
		return err
	}
	return w.Flush()
}

// addTable gives what was written a name, where there is one.
func addTable(w *excelize.StreamWriter, name string, t Table) error {
	if name == "" {
		return nil
	}
	end, err := excelize.CoordinatesToCellName(len(t.Headers), max(len(t.Rows), 1)+1)
	if err != nil {
		return err
	}
	return w.AddTable(&excelize.Table{Range: "A1:" + end, Name: name})
}

func (x *xlsxWriter) headers(names []string) ([]any, error) {
	bold, ok := x.styles["header"]
	if !ok {
		var err error
		if bold, err = x.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
			return nil, err
		}
		x.styles["header"] = bold
	}
	cells := make([]any, len(names))
	for i, n := range names {
		cells[i] = excelize.Cell{StyleID: bold, Value: n}
	}
	return cells, nil
}

// cell gives a value the type and the look that it has in a workbook.
func (x *xlsxWriter) cell(v Value) (any, error) {
	var format string
	var value any
	switch v.kind {
	case nothing:
		return nil, nil
	case words:
		return v.text, nil
	case date:
		format, value = "yyyy-mm-dd", v.day.Sub(process.NewDate(1899, 12, 30))
	case percent:
		format, value = "0"+fraction(v.places)+"%", fifteen(v.number/100)
	case figure:
		format, value = "#,##0"+fraction(v.places), v.number
	}
	style, err := x.style(format)
	return excelize.Cell{StyleID: style, Value: value}, err
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

func (x *xlsxWriter) style(format string) (int, error) {
	if id, ok := x.styles[format]; ok {
		return id, nil
	}
	id, err := x.file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	x.styles[format] = id
	return id, err
}

// columnWidth fits the first rows, within reason.
func columnWidth(header string, column int, rows [][]Value) float64 {
	width := utf8.RuneCountInString(header)
	for _, row := range rows[:min(len(rows), 50)] {
		if column < len(row) {
			width = max(width, utf8.RuneCountInString(row[column].in(Programs)))
		}
	}
	return float64(min(max(width, 6), 50) + 2)
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
