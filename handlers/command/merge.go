package command

import (
	"context"
	"errors"
	"strings"

	"milstolpe/db"
	"milstolpe/handlers/report"
	"milstolpe/handlers/wording"
	"milstolpe/process"
)

// Merge takes in the events of other copies of the file; a dry run only says what would come in.
type Merge struct {
	Others []string `arg:"" name:"other"`
	DryRun bool
}

// Run looks at all of the copies before it takes in the first one, so that one that cannot be read stops nothing half-way. A dry run
// changes nothing, so it works while another program has the file open.
func (m *Merge) Run(ctx context.Context, p *Program) error {
	if m.DryRun {
		return m.look(ctx, p)
	}
	return p.write(ctx, func(ctx context.Context, w *db.File) error {
		if _, err := m.preview(ctx, p, w); err != nil {
			return err
		}
		for _, other := range m.Others {
			aside, err := w.IsSecondCopy(other)
			if err != nil {
				return err
			}
			merge := w.Merge
			if aside {
				merge = w.MergeConflict
			}
			in, err := merge(ctx, other)
			if err != nil {
				return err
			}
			p.printIncoming("cli.merge.came", other, in)
			if aside {
				p.say("cli.merge.aside", other)
			}
		}
		return nil
	})
}

func (m *Merge) look(ctx context.Context, p *Program) error {
	w, err := p.openToRead()
	if err != nil {
		return err
	}
	coming, err := m.preview(ctx, p, w)
	for i, in := range coming {
		p.printIncoming("cli.merge.would", m.Others[i], in)
	}
	return errors.Join(err, w.Close())
}

func (m *Merge) preview(ctx context.Context, p *Program, w *db.File) ([]db.Incoming, error) {
	coming := make([]db.Incoming, len(m.Others))
	for i, other := range m.Others {
		p.progress("cli.progress.looking", i, len(m.Others))
		in, err := w.PreviewMerge(ctx, other)
		if err != nil {
			return nil, err
		}
		coming[i] = in
	}
	p.progress("cli.progress.looking", len(m.Others), len(m.Others))
	return coming, nil
}

// printIncoming says what came in by person and deal, and what needs a decision.
func (p *Program) printIncoming(key, other string, in db.Incoming) {
	if in.Empty() {
		p.print("cli.merge.nothing", other)
		return
	}
	if len(in.Events) > 0 {
		p.print(key, len(in.Events), other, len(in.Deals))
	}
	p.printErasures(other, in)
	for _, who := range in.People {
		p.print("cli.merge.person", who.Changes, report.OneLine(who.Person), len(who.Deals))
	}
	for _, d := range in.Deals {
		p.print("cli.merge.deal", d.Changes, report.OneLine(d.Name), report.OneLine(strings.Join(d.People, ", ")))
	}
	if n := len(in.Conflicts); n > 0 {
		p.print("cli.merge.conflicts", n)
	}
	names := map[process.DealID]string{}
	for _, d := range in.Deals {
		names[d.Deal] = report.OneLine(d.Name) + ": "
	}
	for _, c := range in.Conflicts {
		p.print("cli.merge.conflict", names[c.Deal]+wording.ConflictField(p.Text, c.Field))
	}
	for _, who := range in.ClockAhead {
		p.print("cli.merge.clock", report.OneLine(who))
	}
}

// printErasures says who is erased, by name as long as it has not happened, and what claims to be erased and is not.
func (p *Program) printErasures(other string, in db.Incoming) {
	by, done := report.OneLine(in.By), 0
	for _, e := range in.Erasures {
		if e.Name == "" {
			done++
			continue
		}
		p.print("cli.merge.would_erase", other, by, report.OneLine(e.Name+", "+e.Customer))
	}
	if done > 0 {
		p.print("cli.merge.erased", done, other, by)
	}
	if in.Backups > 0 {
		p.print("cli.merge.erased_backups", in.Backups)
	}
	if in.Refused > 0 {
		p.print("cli.merge.refused", in.Refused, other)
	}
}
