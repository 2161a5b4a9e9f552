package handlerstest

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"milstolpe/db/dbtest"
	"milstolpe/handlers"
	"milstolpe/handlers/web"
)

// Site is a program with its pages, as a browser meets it.
type Site struct {
	t      testing.TB
	Server *web.Server
	Web    *httptest.Server
	client *http.Client
}

// NewSite starts a program with a new file, and a browser that has been let in.
func NewSite(t testing.TB, change ...func(*web.Config)) *Site {
	t.Helper()
	change = append([]func(*web.Config){func(c *web.Config) { c.File, c.Person = dbtest.New(t), "Anna" }}, change...)
	return NewSiteWithoutFile(t, change...)
}

// NewSiteWithoutFile starts a program that has not opened any file.
func NewSiteWithoutFile(t testing.TB, change ...func(*web.Config)) *Site {
	t.Helper()
	host := httptest.NewUnstartedServer(nil)
	config := web.Config{
		Addr: host.Listener.Addr().String(), StateDir: t.TempDir(), Version: "test",
		Now: func() time.Time { return dbtest.Now }, Log: slog.New(slog.DiscardHandler),
	}
	for _, c := range change {
		c(&config)
	}
	server, err := handlers.New(config)
	if err != nil {
		t.Fatalf("prepare the pages: %v", err)
	}
	host.Config.Handler = server.Handler()
	host.Start()
	t.Cleanup(host.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatalf("make a cookie jar: %v", err)
	}
	s := &Site{t: t, Server: server, Web: host, client: &http.Client{Jar: jar, CheckRedirect: Stay}}
	if resp := s.Do(s.Request(http.MethodGet, strings.TrimPrefix(server.EntryURL("/"), host.URL), nil)); resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("the entrance answered %s", resp.Status)
	}
	return s
}

// Stay keeps a client from following redirects, so that a test sees them.
func Stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// Request is one as a browser on our own page sends it. A form makes it a POST.
func (s *Site) Request(method, path string, form url.Values) *http.Request {
	s.t.Helper()
	var body io.Reader = http.NoBody
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.Web.URL+path, body)
	if err != nil {
		s.t.Fatalf("make a request: %v", err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", s.Web.URL)
	}
	r.Header.Set("Accept-Language", "en")
	return r
}

// Answer is a response that has been read.
type Answer struct {
	*http.Response
	Text string
}

// Page is the answer as a document to look into.
func (a Answer) Page(t testing.TB) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(a.Text))
	if err != nil {
		t.Fatalf("read a page: %v", err)
	}
	return doc
}

// Do sends a request as the browser of the site does.
func (s *Site) Do(r *http.Request) Answer {
	s.t.Helper()
	resp, err := s.client.Do(r)
	if err != nil {
		s.t.Fatalf("%s %s: %v", r.Method, r.URL, err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatalf("%s %s: %v", r.Method, r.URL, err)
	}
	return Answer{resp, string(body)}
}

// Get asks for a page.
func (s *Site) Get(path string) Answer {
	s.t.Helper()
	return s.Do(s.Request(http.MethodGet, path, nil))
}

// Post sends a form and does not follow a redirect.
func (s *Site) Post(path string, form url.Values) Answer {
	s.t.Helper()
	return s.Do(s.Request(http.MethodPost, path, form))
}

// Forget makes the browser lose a cookie.
func (s *Site) Forget(name string) {
	s.t.Helper()
	u, err := url.Parse(s.Web.URL)
	if err != nil {
		s.t.Fatalf("read the address: %v", err)
	}
	s.client.Jar.SetCookies(u, []*http.Cookie{{Name: name, Path: "/", MaxAge: -1}})
}

// Serve answers a request without a connection, so that a test can have any Host.
func (s *Site) Serve(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.Web.Config.Handler.ServeHTTP(w, r)
	return w
}

// Bare is a request from a browser that has not been let in, in English.
func (s *Site) Bare(method, path string) *http.Request {
	r := httptest.NewRequestWithContext(s.t.Context(), method, path, http.NoBody)
	r.Host = strings.TrimPrefix(s.Web.URL, "http://")
	r.Header.Set("Accept-Language", "en")
	return r
}

// SignedIn is a request from a browser that has been let in.
func (s *Site) SignedIn(method, path string) *http.Request {
	s.t.Helper()
	u, err := url.Parse(s.Web.URL)
	if err != nil {
		s.t.Fatalf("read the address: %v", err)
	}
	r := s.Bare(method, path)
	for _, c := range s.client.Jar.Cookies(u) {
		r.AddCookie(c)
	}
	return r
}
