package web_test

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"milstolpe/db/dbtest"
	"milstolpe/handlers"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
)

func TestASecondStartFindsTheFirst(t *testing.T) {
	dir := t.TempDir()
	if _, ok := web.FindRunning(t.Context(), dir); ok {
		t.Fatal("found one before any was started")
	}
	p := start(t, dir)
	remove, err := p.server.Announce()
	if err != nil {
		t.Fatalf("announce: %v", err)
	}
	running, ok := web.FindRunning(t.Context(), dir)
	if !ok {
		t.Fatal("not found")
	}
	address, err := running.Invite(t.Context(), "/help/style")
	if err != nil {
		t.Fatalf("invite: %v", err)
	}
	resp := visit(t, address)
	if resp.status != http.StatusSeeOther || resp.place != "/help/style" {
		t.Errorf("the invitation %s answers %d to %q", address, resp.status, resp.place)
	}
	if info, err := os.Stat(filepath.Join(dir, "running.json")); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("others can read the note: %v %v", info.Mode(), err)
	}
	remove()
	if _, ok := web.FindRunning(t.Context(), dir); ok {
		t.Error("found after it said good-bye")
	}
}

func TestANoteAloneIsNotBelieved(t *testing.T) {
	dir := t.TempDir()
	p := start(t, dir)
	if _, err := p.server.Announce(); err != nil {
		t.Fatalf("announce: %v", err)
	}
	note, err := os.ReadFile(filepath.Join(dir, "running.json"))
	if err != nil {
		t.Fatalf("read the note: %v", err)
	}
	asked := make(chan string, 1)
	stranger := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.Header.Get("Authorization")
		_, _ = io.WriteString(w, `{"program":"milstolpe","id":"SOMEBODYELSE"}`)
	}))
	defer stranger.Close()
	moved := strings.Replace(string(note), portIn(t, p), portOfAddress(t, stranger.URL), 1)
	if err := os.WriteFile(filepath.Join(dir, "running.json"), []byte(moved), 0o600); err != nil {
		t.Fatalf("write the note: %v", err)
	}
	if _, ok := web.FindRunning(t.Context(), dir); ok {
		t.Error("a stranger on the port was taken for us")
	}
	if secret := <-asked; secret != "" {
		t.Errorf("the stranger was told %q", secret)
	}
	for situation, body := range map[string]string{"nonsense": "{", "nobody there": `{"addr":"127.0.0.1:1","id":"x"}`, "empty": "{}"} {
		if err := os.WriteFile(filepath.Join(dir, "running.json"), []byte(body), 0o600); err != nil {
			t.Fatalf("write the note: %v", err)
		}
		if _, ok := web.FindRunning(t.Context(), dir); ok {
			t.Errorf("%s: found", situation)
		}
	}
}

func portIn(t *testing.T, p *program) string {
	t.Helper()
	return portOfAddress(t, p.server.EntryURL("/"))
}

func portOfAddress(t *testing.T, address string) string {
	t.Helper()
	_, rest, _ := strings.Cut(address, "127.0.0.1:")
	port, _, _ := strings.Cut(rest, "/")
	return ":" + port
}

func TestThePortIsTheSameNextTime(t *testing.T) {
	dir := t.TempDir()
	first := start(t, dir)
	if _, err := first.server.Announce(); err != nil {
		t.Fatalf("announce: %v", err)
	}
	port := portIn(t, first)
	first.server.Quit()
	first.waitForEnd(t)
	again, err := web.Listen(t.Context(), "127.0.0.1:0", dir)
	if err != nil {
		t.Fatalf("listen: %v", err)
	}
	defer func() { _ = again.Close() }()
	if !strings.HasSuffix(again.Addr().String(), port) {
		t.Errorf("the second time at %s, the first at %s", again.Addr(), port)
	}
	third, err := web.Listen(t.Context(), "127.0.0.1:0", dir)
	if err != nil {
		t.Fatalf("listen while the port is taken: %v", err)
	}
	defer func() { _ = third.Close() }()
	if strings.HasSuffix(third.Addr().String(), port) {
		t.Error("two programs listen at one port")
	}
}

func TestOnlyThisComputerIsListenedTo(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.168.1.2:0", "example.com:0"} {
		l, err := web.Listen(t.Context(), addr, t.TempDir())
		if !errors.Is(err, web.ErrNotLocal) {
			t.Errorf("%s: %v", addr, err)
		}
		if l != nil {
			_ = l.Close()
		}
	}
}

func TestTheProgramOpensTheBrowserOnce(t *testing.T) {
	p := start(t, t.TempDir())
	if err := p.server.OpenBrowser("/"); err != nil || len(p.opened) != 1 {
		t.Fatalf("opened %v, %v", p.opened, err)
	}
	if resp := visit(t, p.opened[0]); resp.status != http.StatusSeeOther {
		t.Errorf("the address in the browser answers %d", resp.status)
	}
}

func TestQuitAnswersThenStopsAndClosesTheFile(t *testing.T) {
	file := dbtest.New(t)
	p := start(t, t.TempDir(), func(c *web.Config) { c.File = file })
	resp := visit(t, p.server.EntryURL("/"))
	address := "http://127.0.0.1" + portIn(t, p)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"/quit", http.NoBody)
	if err != nil {
		t.Fatalf("make a request: %v", err)
	}
	r.Header.Set("Origin", address)
	r.Header.Set("Accept-Language", "en")
	r.AddCookie(resp.cookies[0])
	last, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatalf("quit: %v", err)
	}
	body, err := io.ReadAll(last.Body)
	_ = last.Body.Close()
	if err != nil || !strings.Contains(string(body), "You can close this tab") || strings.Contains(string(body), "<script") {
		t.Errorf("the last page is %.400s, %v", body, err)
	}
	if n := strings.Count(string(body), "<a "); n > 2 { // to what the page says itself, and the mark, which works again after a new start
		t.Errorf("%d links of the last page lead to a program that has stopped", n)
	}
	p.waitForEnd(t)
	if _, err := file.Act(t.Context(), nil); err == nil {
		t.Error("the file is still open")
	}
}

func TestTheProgramStopsWhenNobodyAsksForAnything(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, listener := idleProgram(t)
		done := make(chan error, 1)
		begun := time.Now()
		go func() { done <- server.Serve(t.Context(), listener) }()
		for range 3 {
			time.Sleep(5 * time.Hour)
			get(server, "/help/style")
		}
		for range 11 {
			time.Sleep(time.Hour)
			get(server, "/health") // a page that only wonders whether we are there keeps nobody awake
		}
		if err := <-done; err != nil {
			t.Errorf("ended with %v", err)
		}
		if ran := time.Since(begun); ran < 27*time.Hour || ran > 28*time.Hour {
			t.Errorf("it ran for %v; 15 hours of use and 12 of none are 27", ran)
		}
	})
}

func idleProgram(t *testing.T) (*web.Server, net.Listener) {
	t.Helper()
	listener := &quietListener{closed: make(chan struct{})}
	server, err := handlers.New(web.Config{
		Addr: "127.0.0.1:8111", StateDir: "unused", Now: time.Now, Idle: 12 * time.Hour, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatalf("prepare: %v", err)
	}
	return server, listener
}

func get(server *web.Server, path string) {
	r := httptest.NewRequest(http.MethodGet, path, http.NoBody)
	r.Host = "127.0.0.1:8111"
	server.Handler().ServeHTTP(httptest.NewRecorder(), r)
}

// quietListener is a port that nobody calls.
type quietListener struct {
	closed chan struct{}
	once   sync.Once
}

func (l *quietListener) Accept() (net.Conn, error) { <-l.closed; return nil, net.ErrClosed }
func (l *quietListener) Close() error              { l.once.Do(func() { close(l.closed) }); return nil }

func (l *quietListener) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8111} }

// arrival is what a browser is told that comes to an address: it follows no redirect, so that cookies and place can be seen.
type arrival struct {
	status  int
	place   string
	cookies []*http.Cookie
}

func visit(t *testing.T, address string) arrival {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatalf("make a request: %v", err)
	}
	client := http.Client{CheckRedirect: handlerstest.Stay}
	resp, err := client.Do(r)
	if err != nil {
		t.Fatalf("visit %s: %v", address, err)
	}
	defer func() { _ = resp.Body.Close() }()
	return arrival{resp.StatusCode, resp.Header.Get("Location"), resp.Cookies()}
}
