package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"milstolpe/db"
	"milstolpe/handlers"
	"milstolpe/handlers/web"
	"milstolpe/process"
)

// Run shows a file in the browser: the one that is named, else the last one, else the welcome page.
type Run struct {
	Path string `arg:"" optional:"" name:"file"`
	Pages
}

// Pages are where the pages are shown. No address means a free port of this computer, the same as last time if it can be had.
type Pages struct {
	Addr      string
	NoBrowser bool
	Window    bool
}

const anyPort = "127.0.0.1:0"

// usualIdle is after how long without a request the program stops by itself, where nobody has chosen otherwise: a page that is left open
// over a weekend works on Monday morning.
const usualIdle = 72 * time.Hour

// Run serves pages until the person quits. When a program is running already that has the file, or any where none is named, the browser
// is sent there instead.
func (r *Run) Run(ctx context.Context, p *Program) error {
	path := cmp.Or(r.Path, p.File)
	running, ok := web.FindRunning(ctx, p.StateDir)
	if ok && (path == "" || sameFile(path, running.File)) {
		return p.handOver(ctx, running, r.Pages)
	}
	s := p.session(r.Pages)
	defer s.end()
	s.second = ok
	return s.serve(ctx, path)
}

func sameFile(a, b string) bool {
	if one, err := db.ParseAddress(a); err == nil {
		other, err := db.ParseAddress(b)
		return err == nil && one.String() == other.String()
	}
	first, ferr := filepath.Abs(a)
	second, serr := filepath.Abs(b)
	if b != "" && errors.Join(ferr, serr) == nil && first == second { // a file that is away just now is in use all the same
		return true
	}
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// handOver opens the browser at the program that is running.
func (p *Program) handOver(ctx context.Context, running web.Running, pages Pages) error {
	address, err := running.Invite(ctx, "/")
	if err != nil {
		return err
	}
	p.say("cli.run.already")
	return p.visit(address, pages)
}

// visit opens an address in the browser, and writes it where somebody, or some script, wants to open it themselves.
func (p *Program) visit(address string, pages Pages) error {
	if pages.NoBrowser {
		_, err := io.WriteString(p.Out, address+"\n")
		return err
	}
	open := p.Open
	if pages.Window {
		open = p.openWindow
	}
	if err := open(address); err != nil {
		p.say("cli.run.no_browser")
		_, err := io.WriteString(p.Out, address+"\n")
		return err
	}
	return nil
}

// openWindow opens a window of its own, and says so where it has to be an ordinary one.
func (p *Program) openWindow(address string) error {
	if p.Window != nil {
		if err := p.Window(address); !errors.Is(err, web.ErrNoWindow) {
			return err
		}
	}
	p.say("cli.run.no_window")
	return p.Open(address)
}

// Demo shows a made-up company, in a file that goes away when the program ends.
type Demo struct{ Pages }

// Run makes it up and serves it.
func (d *Demo) Run(ctx context.Context, p *Program) error {
	s := p.session(d.Pages)
	defer s.end()
	s.makesUp = true
	return s.serve(ctx, "")
}

// session is one run of the program with pages.
type session struct {
	*Program
	pages     Pages
	mu        sync.Mutex
	throwAway []string // folders that go away when the session ends
	second    bool     // another program is running, which the next start shall find
	makesUp   bool     // shows the example company
	closeLog  func()
}

func (p *Program) session(pages Pages) *session {
	s := &session{Program: p, pages: pages}
	s.Log, s.closeLog = openLog(p.StateDir)
	s.Log.Info("started", "version", p.Version, "system", runtime.GOOS+"/"+runtime.GOARCH)
	return s
}

func (s *session) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, dir := range s.throwAway {
		_ = os.RemoveAll(dir)
	}
	s.closeLog()
}

// first opens the file to begin with; none is no error, and then the welcome page says why. A last file that cannot be opened is left
// alone, and so is one that is named, unless a script named it.
func (s *session) first(path string, server *web.Server) (*db.File, error) {
	if s.makesUp {
		return s.example(string(s.Text.Lang))
	}
	named := path != ""
	if path = cmp.Or(path, readPreferences(s.StateDir).File); path == "" {
		return nil, nil //nolint:nilnil // no file is a way to begin
	}
	file, err := s.openFile(path, s.Person)
	if err == nil || named && s.pages.NoBrowser {
		return file, err
	}
	for _, line := range Explain(err, s.Text) {
		_, _ = fmt.Fprintln(s.Stderr, "milstolpe: "+line)
	}
	s.Log.Error("open the file to begin with", "path", path, "error", err)
	server.ReportOpenFailure(path, err)
	return nil, nil //nolint:nilnil // the pages say it and offer another one
}

// live are the options of a file that is open for long: it publishes, takes in and backs up by itself.
func (s *session) live(person, stateDir string) db.Options {
	o := s.options()
	o.Manual, o.Person, o.StateDir = false, person, stateDir
	return o
}

func (s *session) openFile(path, person string) (*db.File, error) {
	if dir := filepath.Dir(path); s.throwsAway(dir) {
		return db.Open(path, s.live(person, dir))
	}
	file, err := db.Open(path, s.live(person, s.StateDir))
	return s.opened(file, err, person)
}

// throwsAway tells a folder of an example, of which nothing is remembered.
func (s *session) throwsAway(dir string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Contains(s.throwAway, dir)
}

// openOwn opens this computer's own copy of a file that is not there.
func (s *session) openOwn(path, person string) (*db.File, error) {
	file, err := db.OpenOwn(path, s.live(person, s.StateDir))
	return s.opened(file, err, person)
}

func (s *session) newFile(path string, founding []process.Fact, person string) (*db.File, error) {
	file, err := db.New(path, founding, s.live(person, s.StateDir))
	return s.opened(file, err, person)
}

// opened remembers a file for the next time, and keeps what it forecasts.
func (s *session) opened(file *db.File, err error, person string) (*db.File, error) {
	if err != nil {
		return nil, err
	}
	h := readPreferences(s.StateDir)
	h.File = file.Path()
	if h.Person == "" {
		h.Person = person
	}
	if err := writePreferences(s.StateDir, h); err != nil {
		s.Log.Warn("remember the file for the next time", "error", err)
	}
	go s.snapshotForecasts(file)
	go s.renewCalendar(file)
	go s.renewWorkbook(file)
	return file, nil
}

// serve shows pages until the person quits, the program is stopped, or nobody has asked for anything for long. The browser is called
// before the file is read: it takes longer to come than the file, and until the file is there it waits at the door.
func (s *session) serve(ctx context.Context, path string) error {
	listener, err := web.Listen(ctx, cmp.Or(s.pages.Addr, anyPort), s.StateDir)
	if err != nil {
		return wrongAddress(s.pages.Addr, err)
	}
	config := s.config(listener.Addr().String())
	if config.Host, err = web.PrivateHost(s.StateDir); err != nil {
		s.Log.Warn("pages are at 127.0.0.1 alone", "error", err)
	}
	server, err := handlers.New(config)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	shown := make(chan error, 1)
	show := func() { shown <- s.visit(server.EntryURL("/"), s.pages) }
	if !s.pages.NoBrowser {
		go show()
	}
	file, err := s.first(path, server)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	server.Use(file, s.Person)
	if !s.second {
		remove, err := server.Announce()
		if err != nil {
			return errors.Join(err, listener.Close(), closed(file))
		}
		defer remove()
	}
	s.say("cli.run.at", "http://"+listener.Addr().String())
	if s.pages.NoBrowser {
		go show()
	}
	return errors.Join(server.Serve(ctx, listener), <-shown)
}

func closed(file *db.File) error {
	if file == nil {
		return nil
	}
	return file.Close()
}

func wrongAddress(addr string, err error) error {
	return &process.Error{Kind: process.Invalid, Msg: "cli.bad_address", Args: []any{addr}, Err: err}
}

func (s *session) config(addr string) web.Config {
	return web.Config{
		Addr: addr, StateDir: s.StateDir, Version: s.Version, Now: s.Clock, Log: s.Log, Open: s.Open, Lang: s.Lang,
		Idle: readPreferences(s.StateDir).idle(), KeepIdle: s.keepIdle, KeepPerson: s.keepPerson, KnownPerson: s.knownPerson, UsualPerson: s.usualPerson,
		Person: s.Person, OpenFile: s.openFile, OpenOwn: s.openOwn, NewFile: s.newFile, Example: s.example,
		TimeZone: timeZone(), Documents: documents(), Folders: searchFolders(), Shared: syncedFolders(),
	}
}
