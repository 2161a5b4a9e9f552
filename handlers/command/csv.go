package command

import (
	"milstolpe/handlers"
	"milstolpe/handlers/sheet"
)

// dialect is what a sheet program in the person's language expects; in English also every other program.
func (p *Program) dialect() sheet.Dialect {
	if p.Text.Lang == handlers.Swedish {
		return sheet.SwedishExcel
	}
	return sheet.Programs
}

func (p *Program) writeCSV(g grid) error { return sheet.WriteCSV(p.Out, g.sheet(), p.dialect()) }

// sheet is the grid for a sheet program.
func (g grid) sheet() sheet.Table {
	t := sheet.Table{Headers: g.heads, Rows: make([][]sheet.Value, len(g.rows))}
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
