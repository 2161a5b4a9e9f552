package command

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"time"

	"milstolpe/db"
	"milstolpe/handlers"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/shell"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// Program is what every command works with. File, Progress, Lang and Log may be empty.
type Program struct {
	File        string    // the file that the command is about
	Out, Stderr io.Writer // data, and talk about it
	Progress    bool      // whether long work may draw its progress on Talk
	Clock       func() time.Time
	Entropy     io.Reader
	Text        *i18n.Text
	Lang        i18n.Lang  // of the pages, where --lang was given; empty leaves it to the browser
	Open        web.Opener // opens the browser
	Window      web.Opener // opens a window of its own; ErrNoWindow where no browser has such
	StateDir    string     // private folder of this user
	Person      string     // who uses this computer
	Computer    string
	Version     string
	Log         *slog.Logger

	drawn io.Writer // where progress is drawn while what is said waits; nil for Stderr
}

// options are those of a file that a command opens: nothing happens in the background.
func (p *Program) options() db.Options {
	return db.Options{
		StateDir: p.StateDir, Clock: p.Clock, Entropy: p.Entropy, Person: p.Person, Computer: p.Computer, Version: p.Version, Log: p.Log,
		Manual: true,
	}
}

// read lets a command look at a file, as it stands in the shared place. It works while another program has the file open.
func (p *Program) read(look func(*sales.Team, process.Date) error) error {
	w, err := p.openToRead()
	if err != nil {
		return err
	}
	err = w.View(func(t *sales.Team) error { return look(t, p.today(t)) })
	return errors.Join(err, w.Close())
}

// ask lets a command ask the model of a file about the team as it is today.
func (p *Program) ask(look func(*forecast.Model) error) error {
	return p.read(func(t *sales.Team, today process.Date) error { return look(forecast.NewModel(t, today)) })
}

func (p *Program) openToRead() (*db.File, error) {
	if err := named(p.File); err != nil {
		return nil, err
	}
	o := p.options()
	o.ReadOnly = true
	w, err := db.Open(p.File, o)
	if err != nil {
		return nil, p.orKept(err)
	}
	if to := w.MovedTo(); to != "" {
		p.say("cli.moved", db.NameOf(to))
	}
	if db.IsServer(w.Path()) && w.State().Problem != nil {
		p.say("cli.from_here")
	}
	p.warn(w)
	return w, nil
}

// orKept says of a file that is gone what this computer has kept of it.
func (p *Program) orKept(err error) error {
	if process.KindOf(err) != process.NotFound {
		return err
	}
	verdict, _ := db.Check(p.File, p.options()) // that it is gone is known
	for _, r := range verdict.Remedies {
		if r.Kind == db.FromWorkingCopy {
			return &process.Error{Kind: process.NotFound, Msg: "file.missing_kept", Args: []any{verdict.Path, r.Events}, Err: err}
		}
	}
	return err
}

// warn says what is amiss with what this computer has saved: that it is gone, or that nobody else has it.
func (p *Program) warn(w *db.File) {
	state := w.State()
	for _, l := range state.Lost {
		p.say("cli.lost", l.Events, cmp.Or(l.Person, p.Text.T("saved.lost_somebody")), p.Text.Stamp(l.LastSave.In(p.Clock().Location())), l.Gap.String())
	}
	if w.ReadOnly() != nil && state.Pending > 0 {
		p.say("cli.unpublished", state.Pending)
	}
}

// openToWrite opens a file to record in. One that is away just now, deleted, renamed or on a share that is not there, is recorded in as the
// pages do it: in this computer's own copy, if there is one, until the file is back.
func (p *Program) openToWrite() (w *db.File, away bool, err error) {
	w, err = db.Open(p.File, p.options())
	if err == nil || db.IsServer(p.File) || process.KindOf(err) != process.NotFound {
		return w, false, err
	}
	own, none := db.OpenOwn(p.File, p.options())
	if none != nil {
		return nil, false, p.orKept(err)
	}
	for _, line := range Explain(own.State().Problem, p.Text) {
		_, _ = io.WriteString(p.Stderr, line+"\n")
	}
	return own, true, nil
}

// sayLeft says what waits on this computer.
func (p *Program) sayLeft(w *db.File) {
	if n := w.State().Pending; n > 0 {
		p.say("file.left_here", n, w.Path())
	}
}

// write lets a command change a file, and publishes before it returns; while the file is away what is recorded waits here, and that is said.
// Nothing is changed when work fails.
func (p *Program) write(ctx context.Context, work func(context.Context, *db.File) error) error {
	if err := named(p.File); err != nil {
		return err
	}
	w, away, err := p.openToWrite()
	if err != nil {
		return err
	}
	p.warn(w)
	var said, printed bytes.Buffer // what is done is said, and printed, when everybody can see it
	live, out := p.Stderr, p.Out
	p.Stderr, p.drawn, p.Out = &said, live, &printed
	err = w.ReadOnly()
	if to := w.MovedTo(); err == nil && to != "" {
		err = &process.Error{Kind: process.Conflict, Msg: "server.moved", Args: []any{db.NameOf(to)}}
	}
	if err == nil {
		err = p.recordAsKnown(w)
	}
	if err == nil {
		err = work(ctx, w)
	}
	p.Stderr, p.drawn, p.Out = live, nil, out
	before := w.State().Pending
	if cerr := w.Close(); cerr != nil && away && w.State().Gone() {
		p.sayLeft(w)
	} else if cerr != nil {
		if waits := w.State().Pending; waits > 0 && db.IsServer(w.Path()) {
			p.say("cli.server.waits", waits)
		} else if before > 0 {
			p.say("cli.only_here")
		}
		return errors.Join(err, cerr)
	}
	_, _ = live.Write(said.Bytes())
	_, cannot := out.Write(printed.Bytes())
	return errors.Join(err, cannot)
}

// named asks for a file where none was given.
func named(path string) error {
	if strings.TrimSpace(path) == "" {
		return process.Wrong("file", "cli.no_file")
	}
	return nil
}

// today is the calendar day on this computer's clock, in the team's time zone.
func (p *Program) today(t *sales.Team) process.Date {
	return process.DateOf(p.Clock().In(t.Location()))
}

// moment is what a decision about the team needs from outside.
func (p *Program) moment(t *sales.Team) sales.Env {
	return sales.Env{Today: p.today(t), NewID: p.newID}
}

// newID makes a fresh identity. Entropy that ends is the end of the program: nothing could be recorded any more.
func (p *Program) newID() string {
	id, err := process.NewID(p.Clock(), p.Entropy)
	if err != nil {
		panic(err)
	}
	return id
}

// say tells the person something that is not data.
func (p *Program) say(key string, args ...any) {
	_, _ = io.WriteString(p.Stderr, p.Text.T(key, args...)+"\n")
}

// progress draws how far long work has come, on one line that is drawn over, where a person watches. The last call clears it.
func (p *Program) progress(key string, done, of int) {
	if !p.Progress || of <= 0 {
		return
	}
	out := p.Stderr
	if p.drawn != nil {
		out = p.drawn
	}
	if done >= of {
		_, _ = fmt.Fprint(out, "\r\x1b[K")
		return
	}
	_, _ = fmt.Fprintf(out, "\r\x1b[K%s", p.Text.T(key, p.Text.Percent(float64(done)/float64(of))))
}

// door lets commands fill in our forms: in the program that is running where it has the file, else in one that runs as long as they do.
func (p *Program) door() *shell.Door {
	return &shell.Door{Enter: p.enter, Lang: string(p.Text.Lang), Out: p.Out, Talk: p.Stderr}
}

func (p *Program) enter(ctx context.Context) (address string, leave func() error, err error) {
	if err := named(p.File); err != nil {
		return "", nil, err
	}
	if running, ok := web.FindRunning(ctx, p.StateDir); ok && sameFile(p.File, running.File) {
		address, err := running.Invite(ctx, "/health")
		return address, func() error { return nil }, err
	}
	w, away, err := p.openToWrite()
	if err != nil {
		return "", nil, err
	}
	p.warn(w)
	err = w.ReadOnly()
	if to := w.MovedTo(); err == nil && to != "" {
		err = &process.Error{Kind: process.Conflict, Msg: "server.moved", Args: []any{db.NameOf(to)}}
	}
	if err != nil {
		return "", nil, errors.Join(err, w.Close())
	}
	address, end, err := p.serveAlone(ctx, w)
	if err != nil {
		return "", nil, errors.Join(err, w.Close())
	}
	return address, func() error {
		err := end()
		if err != nil && away && w.State().Gone() {
			return nil // what waits here has been said with what was done
		}
		return err
	}, nil
}

// serveAlone shows the pages of a file to this command and to nobody else: no other start of the program is told of it. The file is closed,
// and with it published, when the command leaves.
func (p *Program) serveAlone(ctx context.Context, w *db.File) (address string, leave func() error, err error) {
	var how net.ListenConfig
	listener, err := how.Listen(ctx, "tcp", anyPort)
	if err != nil {
		return "", nil, wrongAddress(anyPort, err)
	}
	server, err := handlers.New(web.Config{
		Addr: listener.Addr().String(), StateDir: p.StateDir, Version: p.Version, Now: p.Clock, Log: cmp.Or(p.Log, slog.New(slog.DiscardHandler)),
		Lang: p.Text.Lang, File: w, Person: p.Person, TimeZone: timeZone(),
		KnownPerson: func(file *db.File) (web.Who, bool) { return readPreferences(p.StateDir).People[file.Dataset()], true }, // nobody is asked
	})
	if err != nil {
		return "", nil, errors.Join(err, listener.Close())
	}
	serving, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(serving, listener) }()
	return server.EntryURL("/health"), func() error { stop(); return <-ended }, nil
}
