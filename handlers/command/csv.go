package command

import (
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/sheet"
)

// dialect is what a sheet program in the person's language expects; in English also every other program.
func (p *Program) dialect() sheet.Dialect {
	if p.Text.Lang == i18n.Swedish {
		return sheet.SwedishExcel
	}
	return sheet.Programs
}

func (p *Program) writeCSV(t sheet.Table) error { return sheet.WriteCSV(p.Out, t, p.dialect()) }
