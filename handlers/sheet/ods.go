package sheet

import (
	"encoding/xml"
	"math"
	"slices"
	"strconv"
	"strings"

	"milstolpe/process"
	"milstolpe/process/importer/columns"
)

// An OpenDocument spreadsheet, as LibreOffice saves it, is a zip too. All its sheets stand in one part, and each cell says what it holds.
const odsContent = "content.xml"

// odsReader reads the sheets one behind the other.
type odsReader struct {
	w      *workbook
	hidden map[string]bool // styles of sheets that are not shown
	style  string          // that is being read
	sheets []Sheet
	last   error // of a sheet that is no list

	isSheet bool // the document is a spreadsheet, and no text with tables in it
	table   odsTable
	aside   int // how deep in what is no part of a cell's text: a comment, a drawing, a table within a cell
}

// odsTable is a sheet while it is read.
type odsTable struct {
	open, hidden bool
	name         string
	grid         grid
	areas        []merged
	row          []columns.Cell
	rowTimes     int
	cell         odsCell
}

// odsCell is a cell while it is read.
type odsCell struct {
	open                         bool
	column, times, rows          int
	kind, value, currency, given string // given is a day, or a yes or no
	text                         strings.Builder
	lines                        int
}

// readODS reads the sheets that are shown.
func (w *workbook) readODS() ([]Sheet, error) {
	locked := false
	err := w.elements("META-INF/manifest.xml", func(tok xml.Token) error {
		if e, ok := tok.(xml.StartElement); ok && e.Name.Local == "encryption-data" {
			locked = true
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if locked {
		return nil, wrong("sheet.locked")
	}
	r := &odsReader{w: w, hidden: map[string]bool{}}
	err = w.elements(odsContent, func(tok xml.Token) error {
		switch e := tok.(type) {
		case xml.StartElement:
			return r.start(e)
		case xml.EndElement:
			return r.end(e.Name.Local)
		case xml.CharData:
			if c := &r.table.cell; c.open && c.lines > 0 && r.aside == 0 {
				return grow(&c.text, e)
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case !r.isSheet:
		return nil, wrong("sheet.not_a_list")
	case len(r.sheets) == 0 && r.last != nil:
		return nil, r.last
	case len(r.sheets) == 0:
		return nil, wrong("sheet.empty")
	}
	return r.sheets, nil
}

// asides are elements whose text is not the cell's.
var asides = []string{"annotation", "frame", "shapes", "custom-shape", "g", "tracked-changes", "sub-table"}

func (r *odsReader) start(e xml.StartElement) error {
	t, name := &r.table, e.Name.Local
	if r.aside > 0 || slices.Contains(asides, name) {
		r.aside++
		return nil
	}
	switch name {
	case "spreadsheet":
		r.isSheet = true
	case "style":
		r.style = attr(e, "name")
	case "table-properties":
		if attr(e, "display") == "false" {
			r.hidden[r.style] = true
		}
	case "table":
		r.table = odsTable{open: r.isSheet, name: attr(e, "name"), hidden: r.hidden[attr(e, "style-name")], grid: grid{memory: &r.w.memory}}
	case "table-row":
		t.row, t.rowTimes, t.cell.column = nil, times(attr(e, "number-rows-repeated")), 0
	case "table-cell", "covered-table-cell":
		t.cell.begin(e)
	case "p", "h":
		if t.cell.open {
			if t.cell.lines++; t.cell.lines > 1 {
				return grow(&t.cell.text, []byte("\n"))
			}
		}
	case "s":
		if t.cell.open {
			return grow(&t.cell.text, []byte(strings.Repeat(" ", min(times(attr(e, "c")), 100))))
		}
	case "tab", "line-break":
		if t.cell.open {
			return grow(&t.cell.text, []byte(map[string]string{"tab": "\t", "line-break": "\n"}[name]))
		}
	}
	return nil
}

// times is how often something is repeated.
func times(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 1
	}
	return n
}

func (r *odsReader) end(name string) error {
	t := &r.table
	if r.aside > 0 {
		r.aside--
		return nil
	}
	switch name {
	case "table-cell", "covered-table-cell":
		return t.put()
	case "table-row":
		return t.addRow()
	case "table":
		return r.finish()
	}
	return nil
}

// finish keeps a sheet that has been read to its end.
func (r *odsReader) finish() error {
	t := &r.table
	open := t.open && !t.hidden
	t.open = false
	if !open {
		return nil
	}
	t.grid.spread(t.areas)
	s, err := t.grid.sheet(t.name)
	if err != nil {
		r.last = err
		return nil //nolint:nilerr // a sheet beside the lists; it is told where there is no list
	}
	r.sheets = append(r.sheets, s)
	return nil
}

func (c *odsCell) begin(e xml.StartElement) {
	column := c.column
	*c = odsCell{open: true, column: column, times: 1, rows: 1}
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "number-columns-repeated":
			c.times = times(a.Value)
		case "number-rows-spanned":
			c.rows = times(a.Value)
		case "value-type":
			if a.Name.Space == "office" { // others repeat it
				c.kind = a.Value
			}
		case "value":
			c.value = a.Value
		case "currency":
			c.currency = a.Value
		case "date-value", "boolean-value", "string-value":
			c.given = a.Value
		}
	}
}

// put places a finished cell in its row as often as it is repeated there. Blank ones only count: thousands of them end most rows.
func (t *odsTable) put() error {
	c := &t.cell
	c.open = false
	from := c.column
	c.column += c.times
	cell := c.content()
	if strings.TrimSpace(cell.Text) == "" {
		return nil
	}
	if c.column > MaxColumns {
		return wrong("sheet.too_many_columns", MaxColumns, t.grid.number+1)
	}
	if c.rows > 1 {
		top := t.grid.number + 1
		if len(t.areas) < mostMerged {
			t.areas = append(t.areas, merged{top, top + c.rows - 1, from})
		}
	}
	for len(t.row) < from {
		t.row = append(t.row, columns.Cell{})
	}
	for range c.times {
		t.row = append(t.row, cell)
	}
	return nil
}

// addRow takes a finished row as often as it is repeated.
func (t *odsTable) addRow() error {
	if !t.open || t.hidden {
		return nil
	}
	if len(t.row) == 0 {
		t.grid.number += t.rowTimes
		return nil
	}
	for range t.rowTimes {
		if err := t.grid.add(slices.Clone(t.row)); err != nil {
			return err
		}
	}
	return nil
}

// content is what a cell says: numbers, days and amounts exactly, texts as they are.
func (c *odsCell) content() columns.Cell {
	text := c.text.String()
	switch c.kind {
	case "float", "currency", "percentage":
		v, err := strconv.ParseFloat(c.value, 64)
		if err != nil || math.IsNaN(v) || math.Abs(v) >= 1e18 {
			return columns.Cell{Text: text}
		}
		switch {
		case c.kind == "percentage":
			return columns.Cell{Text: decimal(fifteen(v)*100) + "%", Exact: true}
		case c.kind == "currency" && c.currency != "":
			return columns.Cell{Text: decimal(v) + " " + c.currency, Exact: true}
		}
		return columns.Cell{Text: decimal(v), Exact: true}
	case "date":
		day, clock, _ := strings.Cut(c.given, "T")
		if _, err := process.ParseDate(day); err != nil {
			return columns.Cell{Text: text}
		}
		clock, _, _ = strings.Cut(clock, ".")
		if strings.Trim(clock, "0:") == "" {
			return columns.Cell{Text: day, Exact: true}
		}
		return columns.Cell{Text: day + " " + clock, Exact: true}
	case "boolean":
		return columns.Cell{Text: strings.ToUpper(c.given)}
	case "string":
		if c.lines == 0 {
			return columns.Cell{Text: c.given}
		}
	}
	return columns.Cell{Text: text}
}
