package command

import (
	"context"
	"io"
	"strings"

	"milstolpe/db"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/report"
	"milstolpe/handlers/sheet"
	"milstolpe/handlers/workbook"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// Export writes everything that was recorded, in open formats: deals (as an import reads them), events, or all of it.
type Export struct {
	What    string `arg:"" name:"what"`
	Process string
	Format  string
	Out     string
}

// exporter writes one kind of data in one form.
type exporter func(p *Program, w *db.File, e *Export, out io.Writer) error

// exports are the forms in which each kind of data can be had; the first is the one that is taken when none is named.
var exports = map[string][]struct {
	format string
	write  exporter
}{
	"deals":  {{"csv", dealsCSV}, {"xlsx", dealsXLSX}, {"json", dealsJSON}},
	"events": {{"json", eventLines}},
	"all":    {{"xlsx", allXLSX}, {"csv", allCSV}, {"json", allJSON}},

	"workbook": {{"xlsx", liveWorkbook}},
}

// Run writes the data to a file, or to where data goes.
func (e *Export) Run(_ context.Context, p *Program) error {
	forms, ok := exports[e.What]
	if !ok {
		return process.Wrong("what", "cli.bad_choice", "export", e.What, "deals, events, all, workbook")
	}
	chosen := forms[0]
	var names []string
	found := e.Format == ""
	for _, f := range forms {
		names = append(names, f.format)
		if f.format == e.Format {
			chosen, found = f, true
		}
	}
	if !found {
		return process.Wrong("format", "cli.bad_choice", "--format", e.Format, strings.Join(names, ", "))
	}
	w, err := p.openToRead()
	if err != nil {
		return err
	}
	err = p.deliver(e.Out, func(out io.Writer) error { return chosen.write(p, w, e, out) })
	if cerr := w.Close(); err == nil {
		err = cerr
	}
	return err
}

func (p *Program) vocabulary() sheet.Vocabulary {
	if p.Text.Lang == i18n.Swedish {
		return sheet.Swedish
	}
	return sheet.English
}

// processes are the one that is asked for, or all.
func (e *Export) processes(t *sales.Team) ([]process.ProcessID, error) {
	if e.Process != "" {
		proc, err := report.ProcessNamed(t, e.Process)
		if err != nil {
			return nil, err
		}
		return []process.ProcessID{proc.ID}, nil
	}
	var ids []process.ProcessID
	for _, proc := range t.Processes() {
		ids = append(ids, proc.ID)
	}
	return ids, nil
}

func (e *Export) deals(p *Program, w *db.File) (table sheet.Table, err error) {
	err = w.View(func(t *sales.Team) error {
		ids, err := e.processes(t)
		if err == nil {
			table = sheet.NewExport(t, p.vocabulary()).Deals(ids...)
		}
		return err
	})
	return table, err
}

func dealsCSV(p *Program, w *db.File, e *Export, out io.Writer) error {
	table, err := e.deals(p, w)
	if err != nil {
		return err
	}
	return sheet.WriteCSV(out, table, p.dialect())
}

func dealsXLSX(p *Program, w *db.File, e *Export, out io.Writer) error {
	table, err := e.deals(p, w)
	if err != nil {
		return err
	}
	table.Name = p.Text.T("cli.sheet.deals")
	return sheet.WriteXLSX(out, table)
}

// everything is all that can be shown in tables: what the team knows now, and every figure of the reports.
func (e *Export) everything(p *Program, w *db.File) (tables []sheet.Table, err error) {
	err = w.View(func(t *sales.Team) error {
		tables = sheet.NewExport(t, p.vocabulary()).Everything()
		reports, err := p.reports().Everything(forecast.NewModel(t, p.today(t)))
		tables = append(tables, reports...)
		return err
	})
	return tables, err
}

func allXLSX(p *Program, w *db.File, e *Export, out io.Writer) error {
	tables, err := e.everything(p, w)
	if err != nil {
		return err
	}
	return sheet.WriteXLSX(out, tables...)
}

// allCSV is a zip: a list for each table, and beside them every event as it was recorded.
func allCSV(p *Program, w *db.File, e *Export, out io.Writer) error {
	tables, err := e.everything(p, w)
	if err != nil {
		return err
	}
	extra := map[string]func(io.Writer) error{
		"events.jsonl": func(out io.Writer) error { return eventLines(p, w, e, out) },
	}
	return sheet.WriteTables(out, tables, p.dialect(), extra)
}

func allJSON(p *Program, w *db.File, e *Export, out io.Writer) error {
	tables, err := e.everything(p, w)
	if err != nil {
		return err
	}
	return sheet.WriteJSON(out, tables...)
}

// liveWorkbook is the live workbook as it would be made now.
func liveWorkbook(p *Program, w *db.File, _ *Export, out io.Writer) error {
	return w.View(func(t *sales.Team) error {
		b, err := workbook.Make(p.Text, t, w.Dataset(), p.Clock())
		if err != nil {
			return err
		}
		return sheet.WriteBook(out, b)
	})
}

func eventLines(_ *Program, w *db.File, _ *Export, out io.Writer) error {
	return w.View(func(t *sales.Team) error { return sheet.WriteEvents(out, w.Events, t.RecordedBy) })
}

// dialect is what a sheet program in the person's language expects; in English also every other program.
func (p *Program) dialect() sheet.Dialect {
	if p.Text.Lang == i18n.Swedish {
		return sheet.SwedishExcel
	}
	return sheet.Programs
}

func (p *Program) writeCSV(t sheet.Table) error { return sheet.WriteCSV(p.Out, t, p.dialect()) }

func dealsJSON(_ *Program, w *db.File, e *Export, out io.Writer) error {
	return w.View(func(t *sales.Team) error {
		ids, err := e.processes(t)
		if err != nil {
			return err
		}
		return report.WriteJSON(out, report.AllDeals(t, ids))
	})
}
