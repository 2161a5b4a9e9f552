package command

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"milstolpe/db"
	"milstolpe/handlers/report"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// New makes a file where there is none. Empty texts take what most teams have; no wins of ten means "don't know".
type New struct {
	Path            string `arg:"" optional:"" name:"file"`
	Company         string
	Currency        string
	TimeZone        string
	Calibration     string
	WinsOfTen       string
	FiscalYearStart string
}

// zoneFor is the time zone that was given, else that of the currency; euros and dollars are used in many, and this computer's is taken.
func zoneFor(given, currency string) string {
	if given != "" {
		return given
	}
	if zone, known := process.ZoneOf(strings.ToUpper(currency)); known {
		return zone
	}
	return timeZone()
}

// Run makes the file.
func (n *New) Run(_ context.Context, p *Program) error {
	path := cmp.Or(n.Path, p.File)
	if err := named(path); err != nil {
		return err
	}
	zone := zoneFor(n.TimeZone, cmp.Or(n.Currency, "SEK"))
	settings := map[process.Setting]string{
		process.CurrencySetting: cmp.Or(n.Currency, "SEK"), process.TimeZoneSetting: zone,
		process.CalibrationSetting: cmp.Or(n.Calibration, "month"), process.FiscalYearSetting: cmp.Or(n.FiscalYearStart, "1"),
		process.WinsOfTenSetting: n.WinsOfTen,
	}
	if n.Company != "" {
		settings[process.CompanySetting] = n.Company
	}
	facts, err := process.NewTeamFacts(process.NewTeamInput{Dataset: p.newID(), Settings: settings}, p.dayIn(zone))
	if err != nil {
		return err
	}
	w, err := db.New(path, facts, p.options())
	if err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	p.say("cli.made", w.Path())
	return nil
}

// dayIn is today where a clock shows the time of the zone; an unknown zone has the day of this computer.
func (p *Program) dayIn(zone string) process.Date {
	now := p.Clock()
	if place, err := time.LoadLocation(zone); err == nil {
		now = now.In(place)
	}
	return process.DateOf(now)
}

// AddProcess publishes a process that is written in a JSON file.
type AddProcess struct {
	Definition string `arg:"" name:"process.json"`
}

// Run reads and publishes it.
func (a *AddProcess) Run(ctx context.Context, p *Program) error {
	text, err := readInput(a.Definition)
	if err != nil {
		return err
	}
	def, err := process.ParseDefinition(text)
	if err != nil {
		return err
	}
	if err := def.Check(); err != nil {
		return err
	}
	return p.write(ctx, func(ctx context.Context, w *db.File) error {
		_, err := w.Act(ctx, func(t *sales.Team) ([]process.Fact, error) {
			_, facts, err := t.Publish("", def, "", p.moment(t))
			return facts, err
		})
		if err != nil {
			return err
		}
		p.say("cli.process_added", def.Name, len(def.Milestones))
		return nil
	})
}

// ExportProcess writes a process as AddProcess reads it, to a file or, where none is named, as data.
type ExportProcess struct {
	To      string `arg:"" optional:"" name:"process.json"`
	Process string
}

// Run writes it.
func (e *ExportProcess) Run(_ context.Context, p *Program) error {
	return p.read(func(t *sales.Team, _ process.Date) error {
		proc, err := report.ProcessNamed(t, e.Process)
		if err != nil {
			return err
		}
		text, err := process.FormatDefinition(proc.Current().Definition)
		if err != nil {
			return err
		}
		return p.deliver(e.To, func(out io.Writer) error {
			_, err := out.Write(text)
			return err
		})
	})
}

// mostInput bounds a process or a mapping: far more than anybody writes.
const mostInput = 4 << 20

// readInput reads a small file that somebody wrote.
func readInput(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &process.Error{Kind: process.NotFound, Msg: "cli.no_input", Args: []any{path}, Err: err}
	case err != nil:
		return nil, unreadable(path, err)
	case info.IsDir():
		return nil, &process.Error{Kind: process.Invalid, Msg: "cli.input_is_folder", Args: []any{path}}
	case !info.Mode().IsRegular():
		return nil, &process.Error{Kind: process.Invalid, Msg: "file.not_regular", Args: []any{path}}
	case info.Size() > mostInput:
		return nil, &process.Error{Kind: process.Invalid, Msg: "cli.input_too_large", Args: []any{path, mostInput >> 20}}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, &process.Error{Kind: process.Invalid, Msg: "cli.input_empty", Args: []any{path}}
	}
	return text, nil
}

func unreadable(path string, err error) error {
	return &process.Error{Kind: process.Invalid, Msg: "cli.input_unreadable", Args: []any{path}, Err: err}
}

// deliver writes data to a file that is not there yet, whole or not at all; to Out where no file is named.
func (p *Program) deliver(path string, write func(io.Writer) error) error {
	if path == "" || path == "-" {
		return write(p.Out)
	}
	if _, err := os.Lstat(path); err == nil {
		return &process.Error{Kind: process.Invalid, Msg: "file.exists", Args: []any{path}}
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return notWritten(path, err)
	}
	err = write(f)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return notWritten(path, err)
	}
	p.say("cli.written", path)
	return nil
}

// notWritten finds the sentence for a file that could not be written. What went wrong before anything was written stays what it is.
func notWritten(path string, err error) error {
	var known *process.Error
	var place *fs.PathError
	switch {
	case errors.As(err, &known) || !errors.As(err, &place):
		return err
	case errors.Is(err, fs.ErrNotExist):
		return &process.Error{Kind: process.NotFound, Msg: "file.no_folder", Args: []any{path}, Err: err}
	case errors.Is(err, fs.ErrPermission):
		return &process.Error{Kind: process.Invalid, Msg: "file.not_writable", Args: []any{path}, Err: err}
	}
	return &process.Error{Kind: process.Internal, Msg: "file.write_failed", Args: []any{path}, Err: err}
}
