package handlers_test

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

// site is a program with its pages, as a browser meets it.
type site struct {
	t      testing.TB
	server *web.Server
	web    *httptest.Server
	client *http.Client
}

// newSite starts a program with a new file, and a browser that has been let in.
func newSite(t testing.TB, change ...func(*web.Config)) *site {
	t.Helper()
	change = append([]func(*web.Config){func(c *web.Config) { c.File, c.Person = dbtest.New(t), "Anna" }}, change...)
	return newSiteWithoutFile(t, change...)
}

// newSiteWithoutFile starts a program that has not opened any file.
func newSiteWithoutFile(t testing.TB, change ...func(*web.Config)) *site {
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
	s := &site{t: t, server: server, web: host, client: &http.Client{Jar: jar, CheckRedirect: stay}}
	if resp := s.do(s.request(http.MethodGet, strings.TrimPrefix(server.EntryURL("/"), host.URL), nil)); resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("the entrance answered %s", resp.Status)
	}
	return s
}

// stay keeps a client from following redirects, so that a test sees them.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// request is one as a browser on our own page sends it. A form makes it a POST.
func (s *site) request(method, path string, form url.Values) *http.Request {
	s.t.Helper()
	var body io.Reader = http.NoBody
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.web.URL+path, body)
	if err != nil {
		s.t.Fatalf("make a request: %v", err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", s.web.URL)
	}
	r.Header.Set("Accept-Language", "en")
	return r
}

// answer is a response that has been read.
type answer struct {
	*http.Response
	Text string
}

// Page is the answer as a document to look into.
func (a answer) Page(t testing.TB) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(a.Text))
	if err != nil {
		t.Fatalf("read a page: %v", err)
	}
	return doc
}

func (s *site) do(r *http.Request) answer {
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
	return answer{resp, string(body)}
}

func (s *site) get(path string) answer {
	s.t.Helper()
	return s.do(s.request(http.MethodGet, path, nil))
}

func (s *site) post(path string, form url.Values) answer {
	s.t.Helper()
	return s.do(s.request(http.MethodPost, path, form))
}

// forget makes the browser lose a cookie.
func (s *site) forget(name string) {
	s.t.Helper()
	u, err := url.Parse(s.web.URL)
	if err != nil {
		s.t.Fatalf("read the address: %v", err)
	}
	s.client.Jar.SetCookies(u, []*http.Cookie{{Name: name, Path: "/", MaxAge: -1}})
}
