package command

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"milstolpe/db"
	"milstolpe/handlers/report"
	"milstolpe/handlers/sheet"
	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/importer/columns"
	"milstolpe/process/sales"
)

// Import takes in deals from a list. Without a mapping it reads the list as one with these headers was read before, else as its headers
// and cells suggest; where they can be understood in two ways nothing is taken in, because a day read wrongly is worse than none.
type Import struct {
	List     string `arg:"" name:"data"`
	Process  string
	Mapping  string
	Sheet    string
	DryRun   bool
	GuessMap bool

	LeaveOut            []string `sep:"none"`
	Seller              []string `sep:"none"`
	Customer            []string `sep:"none"`
	NewChoices          bool
	NoOpening           string
	ClosedBeforeOpening string
}

// Run reads the list, says what becomes of each row, and unless it is a dry run records that as one unit.
func (i *Import) Run(ctx context.Context, p *Program) error {
	sheets, err := sheet.ReadFile(i.List)
	if err != nil {
		return err
	}
	var mapping *columns.Mapping
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
			p.tellPlan(r, plan, true)
			return nil
		})
	}
	return p.write(ctx, func(ctx context.Context, w *db.File) error { return i.take(ctx, p, w, sheets, mapping) })
}

// take records what the plan says. A list of stages that goes back and forth takes several rounds, which are one import.
func (i *Import) take(ctx context.Context, p *Program, w *db.File, sheets []sheet.Sheet, mapping *columns.Mapping) error {
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
	p.tellPlan(r, first, false)
	if err := w.View(func(t *sales.Team) error { p.tellHowFar(t.Deals()); return nil }); err != nil {
		return err
	}
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
		return append(plan.Facts, columns.KeepMapping(t, r.list.Headers, r.intake.Mapping, r.intake.Today)...), nil
	}, func(done, of int) { p.progress("cli.progress.writing", done, of) })
	return plan, err
}

// reading is a list with everything that is needed to take it in.
type reading struct {
	list   columns.List
	intake importer.Import
	unread []columns.UnreadColumn
	doubts []columns.ListDoubt
}

// reading finds out which sheet is meant and how it is read.
func (i *Import) reading(p *Program, t *sales.Team, sheets []sheet.Sheet, given *columns.Mapping, today process.Date) (reading, error) {
	proc, err := report.ProcessNamed(t, i.Process)
	if err != nil {
		return reading{}, err
	}
	def := &proc.Current().Definition
	one, err := i.sheet(sheets, given, def)
	if err != nil {
		return reading{}, err
	}
	r := reading{list: one.List, intake: importer.Import{
		ID: process.ImportID(p.newID()), Process: proc.ID, Source: filepath.Base(i.List), Today: today, OpeningNote: p.Text.T("import.opening_note"),
		NewChoices: i.NewChoices,
	}}
	if given != nil {
		r.intake.Mapping = *given
	} else {
		var g columns.Guess
		g, _ = columns.WayToRead(t, r.list, def)
		r.intake.Mapping, r.doubts = g.Mapping, g.Doubts
	}
	if i.NoOpening != "" {
		r.intake.Mapping.NoOpening = columns.Opening(i.NoOpening)
	}
	if i.ClosedBeforeOpening != "" {
		r.intake.Mapping.Early = columns.EarlyClose(i.ClosedBeforeOpening)
	}
	if err := i.leaveOut(&r.intake.Mapping); err != nil {
		return reading{}, err
	}
	if err := i.whoIsWho(&r); err != nil {
		return reading{}, err
	}
	r.doubts = slices.DeleteFunc(r.doubts, func(d columns.ListDoubt) bool {
		return d.Kind == columns.DoubtPipelines && len(r.intake.Mapping.LeaveOut) > 0
	})
	r.unread = columns.UnreadColumns(r.list, r.intake.Mapping)
	return r, p.doubtful(r.doubts)
}

// sheet is the one that was named, the one that a mapping fits, or the one that most likely holds deals.
func (i *Import) sheet(sheets []sheet.Sheet, given *columns.Mapping, def *process.Definition) (sheet.Sheet, error) {
	var names []string
	var lists []columns.List
	for n, s := range sheets {
		if i.Sheet != "" && (process.FoldName(s.Name) == process.FoldName(i.Sheet) || strconv.Itoa(n+1) == i.Sheet) {
			return s, nil
		}
		names, lists = append(names, s.Name), append(lists, s.List)
	}
	if i.Sheet != "" {
		return sheet.Sheet{}, process.Wrong("", "cli.import.no_such_sheet", i.Sheet, strings.Join(names, ", "))
	}
	for _, s := range sheets {
		if given != nil && given.Fits(s.List.Headers, def) == nil {
			return s, nil
		}
	}
	return sheets[columns.MostLikely(lists, def)], nil
}

// leaveOut takes the pairs of a column and a word whose rows are not wanted.
func (i *Import) leaveOut(m *columns.Mapping) error {
	for _, pair := range i.LeaveOut {
		column, word, ok := strings.Cut(pair, "=")
		if !ok {
			return process.Wrong("", "cli.import.leave_out", pair)
		}
		if m.LeaveOut == nil {
			m.LeaveOut = map[string][]string{}
		}
		m.LeaveOut[column] = append(m.LeaveOut[column], word)
	}
	return nil
}

// whoIsWho takes the pairs of a name in the list and whom it means.
func (i *Import) whoIsWho(r *reading) error {
	m := &r.intake.Mapping
	for _, said := range []struct {
		pairs   []string
		meaning columns.Meaning
		names   *map[string]string
	}{{i.Seller, columns.MeansSeller, &m.Sellers}, {i.Customer, columns.MeansCustomer, &m.Customers}} {
		for _, pair := range said.pairs {
			name, means, ok := strings.Cut(pair, "=")
			name, means = strings.TrimSpace(name), strings.TrimSpace(means)
			switch {
			case !ok || name == "" || means == "":
				return process.Wrong("", "cli.import.not_a_pair", pair)
			case !r.has(said.meaning, name):
				return process.Wrong("", "cli.import.no_such_name", name)
			}
			answers := map[string]string{}
			for have, whom := range *said.names { // what was said before about the same name, however it was written
				if process.FoldName(have) != process.FoldName(name) {
					answers[have] = whom
				}
			}
			answers[name] = means
			*said.names = answers
		}
	}
	return nil
}

// has tells whether a name stands in the column of that meaning.
func (r *reading) has(meaning columns.Meaning, name string) bool {
	for at, header := range r.list.Headers {
		if r.intake.Mapping.Columns[header] != meaning {
			continue
		}
		if slices.ContainsFunc(r.list.Rows, func(row columns.ListRow) bool {
			return at < len(row.Cells) && process.FoldName(row.Cells[at].Text) == process.FoldName(name)
		}) {
			return true
		}
	}
	return false
}

// doubtful refuses a guess that somebody has to look at first.
func (p *Program) doubtful(doubts []columns.ListDoubt) error {
	var faults process.Problems
	for _, d := range doubts {
		switch d.Kind {
		case columns.DoubtDateOrder:
			faults.Add("", "cli.import.doubt_date", d.Column, d.Sample, readings(d))
		case columns.DoubtDecimal:
			faults.Add("", "cli.import.doubt_decimal", d.Column, d.Sample, readings(d))
		case columns.DoubtUnread:
			faults.Add("", "cli.import.doubt_unread", d.Column, p.Text.T("import.means."+d.Sample[len("deal."):]), d.Sample)
		case columns.DoubtOutcome, columns.DoubtStage, columns.DoubtMissing, columns.DoubtPipelines:
			// The rows that this is about are refused one by one, a mapping without what it needs does not fit, and pipelines are told.
		}
	}
	return faults.OrNil()
}

func readings(d columns.ListDoubt) string {
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
	proc, err := report.ProcessNamed(t, i.Process)
	if err != nil {
		return err
	}
	one, err := i.sheet(sheets, nil, &proc.Current().Definition)
	if err != nil {
		return err
	}
	g := columns.GuessMapping(one.List, &proc.Current().Definition)
	_, err = p.Out.Write(append(g.Mapping.JSON(), '\n'))
	return err
}

func readMapping(path string) (*columns.Mapping, error) {
	text, err := readInput(path)
	if err != nil {
		return nil, err
	}
	m, err := columns.ParseMapping(text)
	if err != nil {
		return nil, err
	}
	return &m, nil
}
