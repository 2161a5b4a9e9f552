package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"milstolpe/assets"
	"milstolpe/db"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/urls"
	"milstolpe/process"
)

// Config is what the program gives its pages.
type Config struct {
	Addr     string           // where it listens, "127.0.0.1:8111"; Listen finds it
	Host     string           // name below .localhost at which browsers see it, see PrivateHost; empty for 127.0.0.1 alone
	StateDir string           // private folder of this user, for the note of a running program
	Version  string           // of the program
	Now      func() time.Time // the clock
	Log      *slog.Logger
	Open     Opener                // opens the browser; nil for none
	Lang     i18n.Lang             // --lang; empty leaves it to the person and the browser
	Idle     time.Duration         // stops after this long without a request; zero for never
	KeepIdle func(hours int) error // remembers for the next time what was chosen instead; nil for only now
	Pseudo   bool                  // offer the pseudo-language, for tests

	File   *db.File // the file to begin with; nil shows the welcome page
	Person string   // who uses this computer

	// KeepPerson remembers for the next time who uses this computer in a team, KnownPerson tells who that was, and UsualPerson what they call
	// themselves elsewhere; nil for only now. Nobody is asked for where KnownPerson knows somebody without a name.
	KeepPerson  func(file *db.File, who Who) error
	KnownPerson func(file *db.File) (Who, bool)
	UsualPerson func() string

	// OpenFile opens another file for this person, as the program's own options have it.
	OpenFile func(path, person string) (*db.File, error)
	// OpenOwn opens this computer's own copy of a file that is not there.
	OpenOwn func(path, person string) (*db.File, error)
	// NewFile makes a file that is not there yet, and opens it.
	NewFile func(path string, founding []process.Fact, person string) (*db.File, error)
	// Example makes the example company in that language, in a throw-away file, and opens it.
	Example func(lang string) (*db.File, error)

	TimeZone  string   // of this computer, "Europe/Stockholm"
	Documents string   // where this user keeps documents
	Folders   []string // where files of ours are looked for
	Shared    []string // folders that a sync program keeps the same on several computers
}

// Server serves the pages of one program on one computer.
type Server struct {
	Config     Config
	port       string
	id         string // of this run; the health probe answers with it
	assets     *assets.Set
	texts      map[i18n.Lang]*i18n.Text
	views      *views
	echo       *echo.Echo
	sessions   sessions
	flashes    flashes
	current    atomic.Pointer[openFile]
	FailedOpen atomic.Pointer[failedOpen]
	buffers    sync.Pool

	fallbackPages sync.Map                   // by language; see keepErrorPage
	lastUsed      atomic.Int64               // unix nanoseconds
	idleTimer     atomic.Pointer[time.Timer] // see whenIdle; nil while nothing is served
	IdleLimit     atomic.Int64               // nanoseconds without a request after which it stops; 0 for never
	quit          chan struct{}
	quitOnce      sync.Once
	forgets       []func() error // see Router.WhenErased

	keyring Keyring         // see Router.TakeKeys
	keyed   map[string]bool // addresses of Router.Keyed
}

// Texts never change, so they are read once for all servers of a process.
var (
	texts          = sync.OnceValues(func() (map[i18n.Lang]*i18n.Text, error) { return i18n.ReadTexts(assets.FS(), false) })
	textsAndPseudo = sync.OnceValues(func() (map[i18n.Lang]*i18n.Text, error) { return i18n.ReadTexts(assets.FS(), true) })
)

// NewServer prepares everything that pages need but their templates: those wait until a page asks for them, or nobody asks for anything.
func NewServer(config Config, screens []func(*Router)) (*Server, error) {
	_, port, err := net.SplitHostPort(config.Addr)
	if err != nil {
		return nil, fmt.Errorf("read the address to serve at: %w", err)
	}
	s := &Server{Config: config, port: port, id: newSecret(), quit: make(chan struct{}), keyed: map[string]bool{}}
	s.buffers.New = func() any { return new(bytes.Buffer) }
	s.sessions = newSessions()
	if s.assets, err = assets.Load(); err != nil {
		return nil, fmt.Errorf("load assets: %w", err)
	}
	readTexts := texts
	if config.Pseudo {
		readTexts = textsAndPseudo
	}
	if s.texts, err = readTexts(); err != nil {
		return nil, err
	}
	s.views = newViews(s.texts, s.assets)
	s.echo = echo.New()
	s.echo.HideBanner, s.echo.HidePort = true, true
	s.echo.Logger.SetOutput(io.Discard)
	s.echo.HTTPErrorHandler = s.handleError
	newRouter(s).addAll(screens)
	s.IdleLimit.Store(int64(config.Idle))
	s.Use(config.File, config.Person)
	s.markActive()
	return s, nil
}

// Handler answers every request, guards included.
func (s *Server) Handler() http.Handler { return s.guard(s.echo) }

// Serve answers requests until ctx ends, the person quits, or nobody has asked for anything for so long as was chosen. It then
// lets running requests finish, closes the open file and returns.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	web := &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		ErrorLog: slog.NewLogLogger(s.Config.Log.Handler(), slog.LevelWarn),
	}
	timer := time.AfterFunc(idleAfter, s.whenIdle)
	defer timer.Stop()
	s.idleTimer.Store(timer)
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	err := s.wait(ctx, failed)
	// ctx may be over already; what is running still gets its time.
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	err = errors.Join(err, web.Shutdown(grace))
	_ = listener.Close() // Shutdown does it, unless it comes before web.Serve has begun
	if last := s.Use(nil, ""); last != nil {
		err = errors.Join(err, s.leave(last))
	}
	return err
}

// leave closes the last file. What could not be published is said with the last word, by how much: it is on this computer only.
func (s *Server) leave(file *db.File) error {
	err := file.Close()
	if err == nil {
		return nil
	}
	s.Config.Log.Error("close the file", "path", file.Path(), "error", err)
	n := file.State().Pending
	if n == 0 {
		return err
	}
	words := process.Problems{{Kind: process.KindOf(err), Msg: "file.left_here", Args: []any{n, file.Path()}, Err: err}}
	if why, ok := errors.AsType[*process.Error](err); ok {
		words = append(words, why)
	}
	return words
}

// idleAfter is after how long without a request the program does what nobody should wait for.
const idleAfter = 5 * time.Second

// whenIdle parses the templates that nobody has needed yet, in the languages in use, and gives the computer back the memory that the last
// pages needed. A laptop has other things to do, and Go by itself would keep twice what the team takes.
func (s *Server) whenIdle() {
	for _, l := range s.views.inUse() {
		if err := errors.Join(s.keepErrorPage(l), s.views.preparse(l)); err != nil {
			s.Config.Log.Error("a page cannot be shown", "error", err)
		}
	}
	debug.FreeOSMemory()
}

// wait returns when it is time to stop.
func (s *Server) wait(ctx context.Context, failed <-chan error) error {
	look := time.NewTicker(s.lookEvery())
	defer look.Stop()
	for {
		select {
		case err := <-failed:
			return fmt.Errorf("serve pages: %w", err)
		case <-ctx.Done():
			return nil
		case <-s.quit:
			return nil
		case <-look.C:
			if idle, limit := s.idle(), time.Duration(s.IdleLimit.Load()); limit > 0 && idle >= limit {
				s.Config.Log.Info("stopping, because nobody has asked for anything", "for", idle.Round(time.Second))
				return nil
			}
		}
	}
}

// lookEvery is how often the program looks whether it is used. An hour may be chosen while it runs, so it is never much less often.
func (s *Server) lookEvery() time.Duration {
	const often = 5 * time.Minute
	if s.Config.Idle > 0 {
		return min(often, max(s.Config.Idle/100, 10*time.Millisecond))
	}
	return often
}

// Quit makes Serve return.
func (s *Server) Quit() { s.quitOnce.Do(func() { close(s.quit) }) }

func (s *Server) markActive() {
	s.lastUsed.Store(s.Config.Now().UnixNano())
	if timer := s.idleTimer.Load(); timer != nil {
		timer.Reset(idleAfter)
	}
}

func (s *Server) idle() time.Duration {
	return time.Duration(s.Config.Now().UnixNano() - s.lastUsed.Load())
}

func (s *Server) buffer() *bytes.Buffer {
	b, ok := s.buffers.Get().(*bytes.Buffer)
	if !ok {
		return new(bytes.Buffer)
	}
	b.Reset()
	return b
}

func (s *Server) free(b *bytes.Buffer) { s.buffers.Put(b) }

// stoppedPage is the last one: everything is saved, the tab can be closed.
type stoppedPage struct {
	Page
	Left int // changes that are on this computer only
}

func quitRoutes(r *Router) {
	r.PostAlways("/quit", quit)
	r.Template("stopped", stoppedPage{})
}

// toFetch is how long the program stays after its last page, so that the browser gets what belongs to it.
const toFetch = 500 * time.Millisecond

// lastTryFor is how long the last page waits for the shared file.
const lastTryFor = 5 * time.Second

// lastTry publishes what is not in the shared file yet, and tells how much could not be.
func (v *Request) lastTry() int {
	if v.Open == nil || v.Open.file.State().Pending == 0 {
		return 0
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(v.Request().Context()), lastTryFor)
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := v.Open.file.Publish(ctx); err != nil {
			v.Server.Config.Log.Warn("publish before the end", "error", err)
		}
	}()
	defer cancel()
	select {
	case <-done:
	case <-ctx.Done():
	}
	return v.Open.file.State().Pending
}

func quit(v *Request) error {
	left := v.lastTry()
	page := stoppedPage{v.Page(urls.NoSection, v.T("stopped.title")), left}
	page.Final = true
	time.AfterFunc(toFetch, v.Server.Quit)
	return v.Render("stopped", page)
}
