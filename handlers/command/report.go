package command

import (
	"cmp"

	"milstolpe/handlers/report"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// writer writes a report in the form that was asked for.
type writer func(report.Report) error

// format finds the form that was asked for, before anything is read.
func (p *Program) format(asked string) (writer, error) {
	switch asked {
	case "", "table":
		return func(r report.Report) error { return r.Show(p.Out) }, nil
	case "csv":
		return func(r report.Report) error { return p.writeCSV(r.Tables()[0]) }, nil
	case "json":
		return func(r report.Report) error { return report.WriteJSON(p.Out, r.JSON()) }, nil
	}
	return nil, process.Wrong("format", "cli.bad_choice", "--format", asked, "table, csv, json")
}

// reports makes reports in the person's language.
func (p *Program) reports() report.Reports { return report.Reports{Text: p.Text} }

// reportOn writes a report that looks from a day; no day means today.
func (p *Program) reportOn(format, day string, made func(m *forecast.Model, asOf process.Date) (report.Report, error)) error {
	write, err := p.format(format)
	if err != nil {
		return err
	}
	asked, err := report.GivenDay("--as-of", day)
	if err != nil {
		return err
	}
	return p.ask(func(m *forecast.Model) error {
		r, err := made(m, cmp.Or(asked, m.Today()))
		if err != nil {
			return err
		}
		return write(r)
	})
}
