package sheet

import (
	"encoding/xml"
	"math"
	"regexp"
	"strconv"
	"strings"

	"milstolpe/process/importer/columns"
)

// cellStyle is what matters about how a number is shown.
type cellStyle uint8

const (
	plain cellStyle = iota
	asDay
	asPercent
)

// readStyles finds out which style numbers show days and which show percentages.
func (w *workbook) readStyles() error {
	codes := map[string]string{}
	inFormats := false
	return w.elements("xl/styles.xml", func(tok xml.Token) error {
		switch e := tok.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "numFmt":
				codes[attr(e, "numFmtId")] = attr(e, "formatCode")
			case "cellXfs":
				inFormats = true
			case "xf":
				if inFormats {
					w.styles = append(w.styles, styleOf(attr(e, "numFmtId"), codes))
				}
			}
		case xml.EndElement:
			if e.Name.Local == "cellXfs" {
				inFormats = false
			}
		}
		return nil
	})
}

// styleOf tells the numbers of the built-in formats apart, and reads the codes of others.
func styleOf(id string, codes map[string]string) cellStyle {
	if code, ok := codes[id]; ok {
		return styleOfCode(code)
	}
	switch n, _ := strconv.Atoi(id); {
	case n == 9 || n == 10:
		return asPercent
	case n >= 14 && n <= 17, n == 22, n >= 27 && n <= 31, n == 36, n >= 50 && n <= 54, n == 57, n == 58:
		return asDay
	}
	return plain
}

var notCode = regexp.MustCompile(`"[^"]*"|\\.|\[[^\]]*\]|_.|\*.`)

func styleOfCode(code string) cellStyle {
	code, _, _ = strings.Cut(strings.ToLower(notCode.ReplaceAllString(code, "")), ";")
	switch {
	case strings.Contains(code, "general"):
		return plain
	case strings.Contains(code, "%"):
		return asPercent
	case strings.ContainsAny(code, "yd"), strings.Contains(code, "mmm"):
		return asDay
	}
	return plain
}

// xmlCell is a cell while it is read.
type xmlCell struct {
	column, style int
	kind          string
	text, formula strings.Builder
}

// readSheet reads one sheet, row by row.
func (w *workbook) readSheet(part sheetPart) (Sheet, error) {
	g := grid{memory: &w.memory}
	var row []columns.Cell
	c := xmlCell{column: -1}
	var into *strings.Builder
	var areas []merged
	phonetic := false
	err := w.elements(part.path, func(tok xml.Token) error {
		switch e := tok.(type) {
		case xml.StartElement:
			into = c.part(e.Name.Local)
			switch e.Name.Local {
			case "row":
				row = row[:0:0]
				c.column = -1
				g.jump(attr(e, "r"))
			case "c":
				c.begin(e)
			case "rPh":
				phonetic = true
			case "mergeCell":
				areas = withArea(areas, attr(e, "ref"))
			}
		case xml.EndElement:
			into = nil
			switch e.Name.Local {
			case "row":
				return g.add(row)
			case "c":
				var err error
				row, err = w.put(row, &c, g.number+1)
				return err
			case "rPh":
				phonetic = false
			}
		case xml.CharData:
			if into != nil && !phonetic {
				return grow(into, e)
			}
		}
		return nil
	})
	if err != nil {
		return Sheet{}, err
	}
	g.spread(areas)
	return g.sheet(part.name)
}

// part is where the text inside an element belongs; nil for elements that are not read.
func (c *xmlCell) part(element string) *strings.Builder {
	switch element {
	case "v", "t":
		return &c.text
	case "f":
		return &c.formula
	}
	return nil
}

// grow adds a piece to a text that may be no longer than a piece.
func grow(text *strings.Builder, piece []byte) error {
	if text.Len()+len(piece) > maxPiece {
		return wrong("sheet.cell_too_long")
	}
	text.Write(piece)
	return nil
}

func (c *xmlCell) begin(e xml.StartElement) {
	c.column++
	c.style, c.kind = 0, ""
	c.text.Reset()
	c.formula.Reset()
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "r":
			if at := columnOf(a.Value); at >= 0 {
				c.column = at
			}
		case "s":
			c.style, _ = strconv.Atoi(a.Value)
		case "t":
			c.kind = a.Value
		}
	}
}

// columnOf is the place of the column in a reference like AB12; -1 for none.
func columnOf(ref string) int {
	n := 0
	for _, r := range ref {
		if r < 'A' || r > 'Z' || n > 1<<20 {
			break
		}
		n = n*26 + int(r-'A') + 1
	}
	return n - 1
}

// put places a finished cell in its row.
func (w *workbook) put(row []columns.Cell, c *xmlCell, number int) ([]columns.Cell, error) {
	if c.text.Len() == 0 && c.formula.Len() > 0 { // programs other than spreadsheets write formulas and do not work them out
		c.text.WriteString("=" + c.formula.String())
		c.kind = "str"
	}
	if c.text.Len() == 0 || c.column < 0 {
		return row, nil
	}
	if c.column >= MaxColumns {
		return row, wrong("sheet.too_many_columns", MaxColumns, number)
	}
	for len(row) <= c.column {
		row = append(row, columns.Cell{})
	}
	row[c.column] = w.value(c)
	return row, nil
}

// value is what a cell says: texts as they are, numbers and days exactly.
func (w *workbook) value(c *xmlCell) columns.Cell {
	text := c.text.String()
	switch c.kind {
	case "s":
		if i, err := strconv.Atoi(text); err == nil && i >= 0 && i < len(w.texts) {
			return columns.Cell{Text: w.texts[i]}
		}
		return columns.Cell{}
	case "b":
		return columns.Cell{Text: map[string]string{"1": "TRUE", "0": "FALSE"}[text]}
	case "", "n":
		if v, err := strconv.ParseFloat(text, 64); err == nil && !math.IsNaN(v) && math.Abs(v) < 1e18 {
			return w.number(v, c.style)
		}
	}
	return columns.Cell{Text: text}
}

func (w *workbook) number(v float64, style int) columns.Cell {
	shown := plain
	if style >= 0 && style < len(w.styles) {
		shown = w.styles[style]
	}
	switch {
	case shown == asDay && v >= 1 && v < 1e6:
		return columns.Cell{Text: w.base.AddDays(int(v)).String(), Exact: true}
	case shown == asPercent:
		return columns.Cell{Text: decimal(fifteen(v)*100) + "%", Exact: true}
	}
	return columns.Cell{Text: decimal(v), Exact: true}
}

// decimal writes a number as the fifteen digits that a spreadsheet has of it.
func decimal(v float64) string { return strconv.FormatFloat(fifteen(v), 'f', -1, 64) }

// fifteen takes off what stands beyond the fifteen digits that a spreadsheet has.
func fifteen(v float64) float64 {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil {
		return v
	}
	return rounded
}
