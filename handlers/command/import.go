package command

import (
	"context"
	"path/filepath"
	"strconv"

	"milstolpe/db"
	"milstolpe/handlers/report"
	"milstolpe/handlers/sheet"
	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/sales"
)

// Import takes in deals from a list. Without a mapping it reads the list as one with these headers was read before, else as its headers
// and cells suggest; where they can be understood in two ways nothing is taken in, because a day read wrongly is worse than none.
type Import struct {
	List     string `arg:"" name:"data"`
	Process  string
	Mapping  string
	DryRun   bool
	GuessMap bool
}

// Run reads the list, says what becomes of each row, and unless it is a dry run records that as one unit.
func (i *Import) Run(ctx context.Context, p *Program) error {
	sheets, err := sheet.ReadFile(i.List)
	if err != nil {
		return err
	}
	var mapping *importer.Mapping
	if i.Mapping != "" {
		if mapping, err = readMapping(i.Mapping); err != nil {
			return err
		}
	}
	switch {
	case i.GuessMap:
		return p.read(func(t *sales.Team, _ process.Date) error { return i.guess(p, t, sheets) })
	case i.DryRun:
		return p.read(func(t *sales.Team, today process.Date) error {
			r, err := i.reading(p, t, sheets, mapping, today)
			if err != nil {
				return err
			}
			plan, err := importer.NewPlan(t, r.intake, r.list)
			if err != nil {
				return err
			}
			p.tellPlan(plan, true)
			return nil
		})
	}
	return p.write(ctx, func(ctx context.Context, w *db.File) error { return i.take(ctx, p, w, sheets, mapping) })
}

// take records what the plan says. A list of stages that goes back and forth takes several rounds, which are one import.
func (i *Import) take(ctx context.Context, p *Program, w *db.File, sheets []sheet.Sheet, mapping *importer.Mapping) error {
	var r reading
	err := w.View(func(t *sales.Team) (err error) {
		r, err = i.reading(p, t, sheets, mapping, p.today(t))
		return err
	})
	if err != nil {
		return err
	}
	first, err := r.round(ctx, p, w)
	for last := first; err == nil && last.Unfinished; {
		last, err = r.round(ctx, p, w)
	}
	if err != nil {
		return err
	}
	p.tellPlan(first, false)
	if n := first.Count(importer.RowFails); n > 0 {
		return process.Wrong("", "cli.import.failed", n)
	}
	return nil
}

// round plans and records, with nothing in between.
func (r *reading) round(ctx context.Context, p *Program, w *db.File) (plan *importer.Plan, err error) {
	_, err = w.ActBulk(ctx, func(t *sales.Team) (facts []process.Fact, err error) {
		if plan, err = importer.NewPlan(t, r.intake, r.list); err != nil || len(plan.Facts) == 0 {
			return nil, err
		}
		return append(plan.Facts, importer.KeepMapping(t, r.list.Headers, r.intake.Mapping, r.intake.Today)...), nil
	}, func(done, of int) { p.progress("cli.progress.writing", done, of) })
	return plan, err
}

// reading is a list with everything that is needed to take it in.
type reading struct {
	list   importer.List
	intake importer.Import
}

// reading finds out which sheet is meant and how it is read.
func (i *Import) reading(p *Program, t *sales.Team, sheets []sheet.Sheet, given *importer.Mapping, today process.Date) (reading, error) {
	proc, err := processNamed(t, i.Process)
	if err != nil {
		return reading{}, err
	}
	def := &proc.Current().Definition
	list := sheets[0].List
	r := reading{list, importer.Import{
		ID: process.ImportID(p.newID()), Process: proc.ID, Source: filepath.Base(i.List), Today: today,
	}}
	if given != nil {
		for _, s := range sheets[1:] {
			if given.Fits(r.list.Headers, def) != nil && given.Fits(s.List.Headers, def) == nil {
				r.list = s.List
			}
		}
		r.intake.Mapping = *given
		return r, nil
	}
	if kept, ok := importer.KeptMapping(t, list.Headers); ok && kept.Fits(list.Headers, def) == nil {
		r.intake.Mapping = kept
		return r, nil
	}
	g := importer.GuessMapping(list, def)
	r.intake.Mapping = g.Mapping
	return r, doubtful(g)
}

// doubtful refuses a guess that somebody has to look at first.
func doubtful(g importer.Guess) error {
	var faults process.Problems
	for _, d := range g.Doubts {
		switch d.Kind {
		case importer.DoubtDateOrder:
			faults.Add("", "cli.import.doubt_date", d.Column, d.Sample, readings(d))
		case importer.DoubtDecimal:
			faults.Add("", "cli.import.doubt_decimal", d.Column, d.Sample, readings(d))
		case importer.DoubtOutcome, importer.DoubtStage, importer.DoubtMissing:
			// The rows that this is about are refused one by one, and a mapping without what it needs does not fit.
		}
	}
	return faults.OrNil()
}

func readings(d importer.ListDoubt) string {
	text := ""
	for i, r := range d.Readings {
		if i > 0 {
			text += " / "
		}
		text += r
	}
	return text
}

// guess writes how the list would be read, for a person to mend and to give with --mapping.
func (i *Import) guess(p *Program, t *sales.Team, sheets []sheet.Sheet) error {
	proc, err := processNamed(t, i.Process)
	if err != nil {
		return err
	}
	g := importer.GuessMapping(sheets[0].List, &proc.Current().Definition)
	_, err = p.Out.Write(append(g.Mapping.JSON(), '\n'))
	return err
}

func readMapping(path string) (*importer.Mapping, error) {
	text, err := readInput(path)
	if err != nil {
		return nil, err
	}
	m, err := importer.ParseMapping(text)
	if err != nil {
		return nil, err
	}
	return &m, nil
}

// tellPlan says what becomes of the rows: how many of each kind, and every cell that could not be read, or could be meant otherwise.
func (p *Program) tellPlan(plan *importer.Plan, dry bool) {
	key := "cli.import.took"
	if dry {
		key = "cli.import.would"
	}
	p.print(key, p.Text.T("cli.import.new", plan.Count(importer.RowNew)), p.Text.T("cli.import.updates", plan.Count(importer.RowUpdates)),
		p.Text.T("cli.import.unchanged", plan.Count(importer.RowUnchanged)), p.Text.T("cli.import.faulty", plan.Count(importer.RowFails)))
	if n := plan.Count(importer.RowSkipped); n > 0 {
		p.print("cli.import.skipped", n)
	}
	p.tellFaults("cli.import.faults", plan.Faults())
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
