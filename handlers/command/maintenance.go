package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"milstolpe/db"
	"milstolpe/process"
)

// Check reads a file as if it were a stranger's.
type Check struct {
	Path string `arg:"" optional:"" name:"file"`
}

// Run says what it found. A damaged file is an error, after what can still be read of it and what can be done.
func (c *Check) Run(_ context.Context, p *Program) error {
	path := cmp.Or(c.Path, p.File)
	if err := named(path); err != nil {
		return err
	}
	p.progress("cli.progress.looking", 0, 1)
	v, err := db.Check(path, p.options())
	p.progress("cli.progress.looking", 1, 1)
	if err != nil {
		for _, r := range v.Remedies { // of a file that is gone, what can bring it back
			p.print("cli.remedy."+string(r.Kind), r.Events, r.Path, v.Path)
		}
		p.File = path
		return p.orKept(err)
	}
	var damage *process.Error
	switch {
	case errors.As(v.Damage, &damage):
		_, _ = fmt.Fprintln(p.Out, p.Text.Error(damage))
		p.print("cli.check.readable", v.Readable, v.Expected)
	case len(v.Missing) > 0:
		p.print("cli.check.gaps", v.Path, v.Readable, v.Expected-v.Readable)
	default:
		p.print("cli.check.whole", v.Path, v.Readable)
	}
	if m := v.Manifest; m.By != "" {
		p.print("cli.check.written", m.By, process.DateOf(m.At), m.At, m.Wrote)
	}
	for _, gap := range v.Missing {
		p.print("cli.check.gap", gap.String())
	}
	if v.OwnMore > 0 {
		p.print("cli.check.own_more", v.OwnMore, v.Path)
	}
	for _, r := range v.Remedies {
		p.print("cli.remedy."+string(r.Kind), r.Events, r.Path, v.Path)
	}
	if v.Damage == nil {
		return nil
	}
	return &process.Error{Kind: process.KindOf(v.Damage), Msg: "cli.check.damaged", Args: []any{v.Path}, Err: v.Damage}
}

// Repair puts this computer's own copy in the place of a file that is damaged or gone. What the damaged one still holds is taken in.
type Repair struct {
	Path string `arg:"" optional:"" name:"file"`
}

// Run repairs the file; the damaged one is kept among the backups.
func (r *Repair) Run(_ context.Context, p *Program) error {
	path := cmp.Or(r.Path, p.File)
	if err := named(path); err != nil {
		return err
	}
	w, err := db.Repair(path, p.options())
	if err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	p.say("cli.repaired", w.Path())
	return nil
}

// print writes a line of data.
func (p *Program) print(key string, args ...any) { _, _ = fmt.Fprintln(p.Out, p.Text.T(key, args...)) }

// Backup writes a copy of a file.
type Backup struct{ Out string }

// Run writes the copy, and verifies it before it gets its name.
func (b *Backup) Run(ctx context.Context, p *Program) error {
	to := b.Out
	if strings.TrimSpace(to) == "" {
		return process.Wrong("out", "cli.no_out")
	}
	w, err := p.openToRead() // refuses what is damaged, with the right words
	if err != nil {
		return err
	}
	path := w.Path()
	if db.IsServer(path) || w.State().Pending > 0 { // the file alone would be an older state
		err := errors.Join(w.SaveCopy(ctx, to), w.Close())
		if err == nil {
			p.say("cli.written", to)
		}
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	if _, err := os.Lstat(to); err == nil {
		return &process.Error{Kind: process.Invalid, Msg: "file.exists", Args: []any{to}}
	}
	temp, err := os.MkdirTemp(filepath.Dir(to), ".milstolpe-*")
	if err != nil {
		return notWritten(to, err)
	}
	defer func() { _ = os.RemoveAll(temp) }()
	if err := p.copyVerified(path, filepath.Join(temp, "copy"), to); err != nil {
		return err
	}
	p.say("cli.written", to)
	return nil
}

func (p *Program) copyVerified(from, temp, to string) error {
	if err := copyContent(from, temp); err != nil {
		return notWritten(to, err)
	}
	v, err := db.Check(temp, p.options())
	if err != nil {
		return err
	}
	if v.Damage != nil { // somebody wrote the file while we read it
		return &process.Error{Kind: process.Busy, Msg: "file.changing", Args: []any{from}, Err: v.Damage}
	}
	return notWritten(to, db.PlaceNew(temp, to))
}

func copyContent(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return unreadable(from, err)
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// Salvage makes a new file of what can still be read in a damaged one, which stays as it is.
type Salvage struct {
	Damaged string `arg:"" name:"damaged"`
	Out     string
}

// Run makes the new file and says how much could be saved.
func (s *Salvage) Run(_ context.Context, p *Program) error {
	if strings.TrimSpace(s.Out) == "" {
		return process.Wrong("out", "cli.no_out")
	}
	p.progress("cli.progress.looking", 0, 1)
	saved, err := db.Salvage(s.Damaged, s.Out, p.options())
	p.progress("cli.progress.looking", 1, 1)
	if err != nil {
		return err
	}
	p.print("cli.salvaged", saved.Recovered, saved.Expected)
	for _, gap := range saved.Missing {
		p.print("cli.check.gap", gap.String())
	}
	p.say("cli.written", s.Out)
	return nil
}
