package command

import (
	"fmt"
	"strconv"
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/report"
	"milstolpe/process/importer"
	"milstolpe/process/importer/columns"
	"milstolpe/process/sales"
)

// tellPlan says what becomes of the rows: how many of each kind, which columns are not read, every cell that could not be read or could be
// meant otherwise, and what one answer would settle.
func (p *Program) tellPlan(r reading, plan *importer.Plan, dry bool) {
	key := "cli.import.took"
	if dry {
		key = "cli.import.would"
	}
	p.print(key, p.Text.T("cli.import.new", plan.Count(importer.RowNew)), p.Text.T("cli.import.updates", plan.Count(importer.RowUpdates)),
		p.Text.T("cli.import.unchanged", plan.Count(importer.RowUnchanged)), p.Text.T("cli.import.faulty", plan.Count(importer.RowFails)))
	for _, total := range plan.Totals() {
		line := p.Text.T("cli.import.total", p.Text.T("import.outcome."+string(total.Outcome)), total.Deals)
		if len(total.Sums) > 0 {
			line += " · " + strings.Join(total.Amounts(), " + ")
		}
		_, _ = fmt.Fprintln(p.Out, line)
	}
	if n := plan.Count(importer.RowSkipped); n > 0 {
		p.print("cli.import.skipped", n)
	}
	p.tellUnread(r)
	p.tellWho("seller", plan.Sellers)
	p.tellWho("customer", plan.Customers)
	p.tellFaults("cli.import.faults", plan.Faults())
	if plan.Unopened > 0 && r.intake.Mapping.NoOpening == "" {
		p.print("cli.import.unopened", plan.Unopened)
	}
	if plan.Early > 0 {
		p.print("cli.import.early", plan.Early)
	}
	if dry {
		var notes []importer.CellError
		for _, d := range plan.Deals {
			notes = append(notes, d.Notes...)
		}
		p.tellFaults("cli.import.notes", notes)
	}
	for _, currency := range plan.WithoutRate {
		p.print("cli.import.no_rate", currency)
	}
}

// tellHowFar says how many open deals wait for somebody to say how far their customers have come.
func (p *Program) tellHowFar(deals []*sales.Deal) {
	n := 0
	for _, d := range deals {
		if d.WaitsForPlace() {
			n++
		}
	}
	if n > 0 {
		p.print("cli.import.how_far", n)
	}
}

// tellUnread names the columns that are not read, and pipelines that come into one process.
func (p *Program) tellUnread(r reading) {
	var unread []string
	for _, u := range r.unread {
		unread = append(unread, p.Text.T("cli.import.unread_column", u.Header, u.Filled))
	}
	if len(unread) > 0 {
		p.print("cli.import.unread", strings.Join(unread, ", "))
	}
	for _, d := range r.doubts {
		if d.Kind == columns.DoubtPipelines {
			p.print("cli.import.pipelines", d.Column, strings.Join(d.Readings, ", "))
		}
	}
}

// tellFaults lists cells with row, column, value and reason.
func (p *Program) tellFaults(key string, faults []importer.CellError) {
	if len(faults) == 0 {
		return
	}
	p.print("cli.import.heading", p.Text.T(key))
	var heads []string
	for _, key := range []string{"cli.col.row", "cli.col.column", "cli.col.cell", "cli.col.reason"} {
		heads = append(heads, p.Text.T(key))
	}
	var rows [][]string
	for _, f := range faults {
		rows = append(rows, []string{strconv.Itoa(f.Row), f.Column, f.Value, p.Text.Error(f.Reason)})
	}
	_ = report.Table(p.Out, heads, rows)
}

// mostNames is how many names are told about.
const mostNames = 30

// tellWho says as whom names are read that the list writes in another way, and which ones may be somebody whom the team or the list has.
func (p *Program) tellWho(what string, matches []importer.NameMatch) {
	told := 0
	for i := range matches {
		m := &matches[i]
		spellings := m.Spellings()
		if !m.Asks() && len(spellings) == 0 {
			continue
		}
		if told++; told > mostNames {
			continue
		}
		if !m.Asks() {
			p.print("cli.import.read_as", strings.Join(spellings, ", "), m.Means)
			continue
		}
		var likely []string
		for _, l := range m.Likely {
			likely = append(likely, l.Name)
		}
		p.print("cli.import.own_"+what, m.Name, i18n.JoinWith(likely, p.Text.T("import.or")), m.Likely[0].Name)
	}
	if told > mostNames {
		p.print("cli.import.more_names", told-mostNames)
	}
}
