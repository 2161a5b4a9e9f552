package report

import (
	"cmp"
	"io"
	"strings"
	"unicode/utf8"

	"milstolpe/handlers/sheet"
	"milstolpe/process"
)

// grid is a report as rows of cells under named columns.
type grid struct {
	heads []string
	rows  [][]cell
}

// column is one column of a report over rows of T: the catalogue key of its head, and its cell for a row.
type column[T any] struct {
	key  string
	cell func(T) cell
}

func newGrid[T any](text Text, rows []T, columns []column[T]) grid {
	var g grid
	for _, c := range columns {
		g.heads = append(g.heads, text.T(c.key))
	}
	for _, r := range rows {
		cells := make([]cell, len(columns))
		for i, c := range columns {
			cells[i] = c.cell(r)
		}
		g.rows = append(g.rows, cells)
	}
	return g
}

// kind is what a cell holds. The zero kind is nothing: not known, or not there.
type kind uint8

const (
	nothing kind = iota
	words
	whole  // a count
	number // with decimals
	share  // 0.46, which people read as 46 %
	sum    // an amount in major units
	day
)

// cell is one value of a grid.
type cell struct {
	kind   kind
	text   string
	number float64
	digits int // decimals of a number or a sum
	date   process.Date
}

func textCell[T ~string](text T) cell {
	if text == "" {
		return cell{}
	}
	return cell{kind: words, text: string(text)}
}

func countCell(n int) cell { return cell{kind: whole, number: float64(n)} }

func numberCell(x float64, digits int) cell { return cell{kind: number, number: x, digits: digits} }

func shareCell(x float64) cell { return cell{kind: share, number: x, digits: 6} }

func sumCell(a amount) cell { return cell{kind: sum, number: a.major(), digits: a.digits} }

func dayCell(d process.Date) cell {
	if d.IsZero() {
		return cell{}
	}
	return cell{kind: day, date: d}
}

// given is the cell, or nothing where the value is not known.
func given[T any](value *T, make func(T) cell) cell {
	if value == nil {
		return cell{}
	}
	return make(*value)
}

// unknown is what a table shows where something is not known.
const unknown = "–"

// show is a cell for a person.
func (c cell) show(t Text) string {
	switch c.kind {
	case words:
		return OneLine(c.text)
	case whole:
		return t.Int(int64(c.number))
	case number:
		return t.Dec(c.number, min(c.digits, 1))
	case share:
		return t.Percent(c.number)
	case sum:
		return t.Dec(c.number, 0)
	case day:
		return t.ISO(c.date)
	case nothing:
	}
	return unknown
}

// right tells whether the cell stands at the right edge of its column, as figures do.
func (c cell) right() bool {
	return c.kind == whole || c.kind == number || c.kind == share || c.kind == sum
}

// OneLine keeps a text that somebody else wrote from breaking a table, or from steering the terminal.
func OneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return ' '
		}
		return r
	}, text)
}

// table writes a grid for a person.
func (g grid) table(out io.Writer, t Text) error {
	texts := make([][]string, len(g.rows))
	rights := make([]bool, len(g.heads))
	for r, row := range g.rows {
		texts[r] = make([]string, len(row))
		for i, c := range row {
			texts[r][i] = c.show(t)
			rights[i] = rights[i] || c.right()
		}
	}
	return writeLines(out, g.heads, texts, rights)
}

// Table writes words under their heads for a person.
func Table(out io.Writer, heads []string, rows [][]string) error {
	texts := make([][]string, len(rows))
	for r, row := range rows {
		for _, text := range row {
			texts[r] = append(texts[r], cmp.Or(OneLine(text), unknown))
		}
	}
	return writeLines(out, heads, texts, make([]bool, len(heads)))
}

// writeLines aligns columns, two blanks between them.
func writeLines(out io.Writer, heads []string, rows [][]string, rights []bool) error {
	widths := make([]int, len(heads))
	for i, h := range heads {
		widths[i] = utf8.RuneCountInString(h)
	}
	for _, row := range rows {
		for i, text := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(text))
		}
	}
	var b strings.Builder
	writeLine(&b, heads, widths, rights)
	for _, row := range rows {
		writeLine(&b, row, widths, rights)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func writeLine(b *strings.Builder, texts []string, widths []int, rights []bool) {
	var line strings.Builder
	for i, text := range texts {
		blanks := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(text))
		if i > 0 {
			line.WriteString("  ")
		}
		if rights[i] {
			line.WriteString(blanks + text)
		} else {
			line.WriteString(text + blanks)
		}
	}
	b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
}

// sheet is the grid for a sheet program.
func (g grid) sheet(name string) sheet.Table {
	t := sheet.Table{Name: name, Headers: g.heads, Rows: make([][]sheet.Value, len(g.rows))}
	for i, row := range g.rows {
		t.Rows[i] = make([]sheet.Value, len(row))
		for j, c := range row {
			t.Rows[i][j] = c.value()
		}
	}
	return t
}

func (c cell) value() sheet.Value {
	switch c.kind {
	case words:
		return sheet.Text(c.text)
	case whole:
		return sheet.Whole(int(c.number))
	case number, share, sum:
		return sheet.Number(c.number, c.digits)
	case day:
		return sheet.Day(c.date)
	case nothing:
	}
	return sheet.Value{}
}
