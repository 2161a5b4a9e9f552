package web_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
	"milstolpe/process"
)

func TestEveryKindOfErrorHasItsPage(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	s := handlerstest.NewSite(t, func(c *web.Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	cause := errors.New("bucket deals: page 7 is torn")
	var failure error
	s.Server.AddRoute(http.MethodGet, "/fails", func() error { return failure })
	for _, c := range []struct {
		kind   process.Kind
		status int
	}{
		{process.Internal, 500},
		{process.Invalid, 422},
		{process.NotFound, 404},
		{process.Conflict, 409},
		{process.Busy, 423},
		{process.Newer, 409},
		{process.Damaged, 500},
	} {
		t.Run(c.kind.String(), func(t *testing.T) {
			log.Reset()
			failure = fmt.Errorf("show a deal: %w", &process.Error{Kind: c.kind, Msg: "form.too_long", Args: []any{60}, Err: cause})
			got := s.Get("/fails")
			if got.StatusCode != c.status || !strings.Contains(got.Text, "60 characters at most") {
				t.Errorf("%s: %.200s", got.Status, got.Page(t).Find("main").Text())
			}
			if strings.Contains(got.Text, "bucket") {
				t.Error("the page shows the cause")
			}
			holdsLogID(t, got, log.String(), c.status >= 500)
		})
	}
}

// holdsLogID checks that a page of a fault in the program names its entry in the log, and that the entry has the cause.
func holdsLogID(t *testing.T, got handlerstest.Answer, log string, wanted bool) {
	t.Helper()
	_, id, found := strings.Cut(got.Page(t).Find("main .small").Text(), "the fault is called ")
	if found != wanted {
		t.Fatalf("the page names an entry of the log: %v, want %v", found, wanted)
	}
	if !wanted {
		return
	}
	if id = strings.TrimSuffix(id, "."); !strings.Contains(log, "id="+id) || !strings.Contains(log, "page 7 is torn") {
		t.Errorf("the log has no %s with its cause: %s", id, log)
	}
}

func TestErrorsThatNobodyClassifiedAreOurs(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	failure := errors.New("deal.already_closed")
	s.Server.AddRoute(http.MethodGet, "/fails", func() error { return failure })
	got := s.Get("/fails")
	if got.StatusCode != http.StatusInternalServerError || !strings.Contains(got.Text, "A fault happened in the program") {
		t.Errorf("%s: %.200s", got.Status, got.Text)
	}
	failure = &process.Error{Kind: process.Invalid, Msg: "no.such_sentence"}
	if got := s.Get("/fails"); strings.Contains(got.Text, "no.such_sentence") {
		t.Error("a person was shown a key")
	}
}

func TestAPartThatFailsGoesToTheNotice(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	s.Server.AddRoute(http.MethodGet, "/fails", func() error { return &process.Error{Kind: process.Busy, Msg: "error.bad_request"} })
	got := s.Fragment(http.MethodGet, "/fails", "div#x", nil)
	if got.StatusCode != http.StatusLocked || got.Header.Get("HX-Retarget") != "#notice" || got.Header.Get("HX-Reswap") != "innerHTML" {
		t.Errorf("%s, retarget %q", got.Status, got.Header.Get("HX-Retarget"))
	}
	if strings.Contains(got.Text, "<html") || !strings.Contains(got.Text, "cannot be read") {
		t.Errorf("the part is %q", got.Text)
	}
}

func TestAPanicIsAnsweredAndLogged(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	s := handlerstest.NewSite(t, func(c *web.Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	s.Server.AddRoute(http.MethodGet, "/fails", func() error { panic("out of range") })
	got := s.Get("/fails")
	if got.StatusCode != http.StatusInternalServerError || !strings.Contains(got.Text, "A fault happened") {
		t.Errorf("%s: %.100s", got.Status, got.Text)
	}
	if !strings.Contains(log.String(), "out of range") || !strings.Contains(log.String(), "errors_test.go") {
		t.Error("the log does not say where")
	}
	if next := s.Get("/help/style"); next.StatusCode != http.StatusOK {
		t.Errorf("after it, a page answers %s", next.Status)
	}
}

func TestUnknownPagesSaySo(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	for _, r := range []*http.Request{s.Request(http.MethodGet, "/no/such/page", nil), s.Request(http.MethodDelete, "/help/style", nil)} {
		got := s.Do(r)
		if got.StatusCode != http.StatusNotFound && got.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s %s answered %s", r.Method, r.URL.Path, got.Status)
		}
		if !strings.Contains(got.Text, "There is no such page") {
			t.Errorf("%s %s says %.100s", r.Method, r.URL.Path, got.Text)
		}
	}
}
