package command

import (
	"cmp"
	"context"
	"io"
	"strings"

	"milstolpe/db"
	"milstolpe/handlers"
	"milstolpe/handlers/sheet"
	"milstolpe/process"
)

// Export writes everything that was recorded, in open formats: deals (as an import reads them), events, or all of it.
type Export struct {
	What    string `arg:"" name:"what"`
	Process string
	Format  string
	Out     string
}

// exporter writes one kind of data in one form.
type exporter func(p *Program, w *db.Working, e *Export, out io.Writer) error

// exports are the forms in which each kind of data can be had; the first is the one that is taken when none is named.
var exports = map[string][]struct {
	format string
	write  exporter
}{
	"deals":  {{"csv", dealsCSV}, {"xlsx", dealsXLSX}, {"json", dealsJSON}},
	"events": {{"json", eventLines}},
	"all":    {{"xlsx", allXLSX}, {"json", eventLines}},
}

// Run writes the data to a file, or to where data goes.
func (e *Export) Run(_ context.Context, p *Program) error {
	forms, ok := exports[e.What]
	if !ok {
		return process.Wrong("what", "cli.bad_choice", "export", e.What, "deals, events, all")
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
	if p.Text.Lang == handlers.Swedish {
		return sheet.Swedish
	}
	return sheet.English
}

// processes are the one that is asked for, or all.
func (e *Export) processes(t *process.Team) ([]process.ProcessID, error) {
	if e.Process != "" {
		proc, err := processNamed(t, e.Process)
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

func (e *Export) deals(p *Program, w *db.Working) (table sheet.Table, err error) {
	err = w.View(func(t *process.Team) error {
		ids, err := e.processes(t)
		if err == nil {
			table = sheet.Deals(t, ids, p.vocabulary())
		}
		return err
	})
	return table, err
}

func dealsCSV(p *Program, w *db.Working, e *Export, out io.Writer) error {
	table, err := e.deals(p, w)
	if err != nil {
		return err
	}
	return sheet.WriteCSV(out, table, p.dialect())
}

func dealsXLSX(p *Program, w *db.Working, e *Export, out io.Writer) error {
	table, err := e.deals(p, w)
	if err != nil {
		return err
	}
	table.Name = p.Text.T("cli.sheet.deals")
	return sheet.WriteXLSX(out, table)
}

// allXLSX is everything that a sheet can show: deals, who they are with, and every figure of the reports.
func allXLSX(p *Program, w *db.Working, e *Export, out io.Writer) error {
	deals, err := e.deals(p, w)
	if err != nil {
		return err
	}
	deals.Name = p.Text.T("cli.sheet.deals")
	tables := []sheet.Table{deals}
	err = w.View(func(t *process.Team) error {
		m := process.NewModel(t, p.today(t))
		tables = append(tables, p.contactsTable(t), p.journalTable(t))
		for _, kind := range process.PeriodKinds {
			r, err := m.Report(process.Query{Kind: kind})
			if err != nil {
				return err
			}
			table := newGrid(p.Text, allRows(r), forecastColumns(r)).sheet()
			table.Name = p.Text.T("cli.sheet." + kind.String())
			tables = append(tables, table)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return sheet.WriteXLSX(out, tables...)
}

func (p *Program) contactsTable(t *process.Team) sheet.Table {
	var contacts []process.Contact
	for _, id := range t.Customers() {
		contacts = append(contacts, t.ContactsOf(id)...)
	}
	g := newGrid(p.Text, contacts, []column[process.Contact]{
		{"cli.col.customer", func(c process.Contact) cell { return textCell(t.Customer(c.Customer)) }},
		{"cli.col.name", func(c process.Contact) cell { return textCell(c.Name) }},
		{"cli.col.role", func(c process.Contact) cell { return textCell(c.Role) }},
		{"cli.col.email", func(c process.Contact) cell { return textCell(c.Email) }},
		{"cli.col.phone", func(c process.Contact) cell { return textCell(c.Phone) }},
	})
	table := g.sheet()
	table.Name = p.Text.T("cli.sheet.contacts")
	return table
}

func (p *Program) journalTable(t *process.Team) sheet.Table {
	type line struct {
		deal  *process.Deal
		entry process.JournalEntry
	}
	var lines []line
	for _, d := range t.Deals() {
		for _, e := range d.Journal() {
			lines = append(lines, line{d, e.Value})
		}
	}
	g := newGrid(p.Text, lines, []column[line]{
		{"cli.col.id", func(l line) cell { return textCell(cmp.Or(l.deal.Now.Ref, string(l.deal.ID))) }},
		{"cli.col.customer", func(l line) cell { return textCell(t.Customer(l.deal.Now.Customer)) }},
		{"cli.col.day", func(l line) cell { return dayCell(l.entry.On) }},
		{"cli.col.text", func(l line) cell { return textCell(l.entry.Text) }},
	})
	table := g.sheet()
	table.Name = p.Text.T("cli.sheet.journal")
	return table
}

func eventLines(_ *Program, w *db.Working, _ *Export, out io.Writer) error {
	return w.View(func(t *process.Team) error { return sheet.WriteEvents(out, w.Events, t.By) })
}
