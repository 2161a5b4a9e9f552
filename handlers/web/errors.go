package web

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/urls"
	"milstolpe/process"
)

// statusOf is the only place where the kind of an error becomes a status.
var statusOf = map[process.Kind]int{
	process.Internal: http.StatusInternalServerError,
	process.Invalid:  http.StatusUnprocessableEntity,
	process.NotFound: http.StatusNotFound,
	process.Conflict: http.StatusConflict,
	process.Busy:     http.StatusLocked,
	process.Newer:    http.StatusConflict,
	process.Damaged:  http.StatusInternalServerError,
}

// errorPage says what happened, what to do, and where it stands in the log.
type errorPage struct {
	Page
	ErrorNotice
	Again *sentForm // what was typed, to be sent once more; nil where there is nothing to send
}

// ErrorNotice is the same without the page, for a part of a page that could not be had.
type ErrorNotice struct {
	Sentences []string
	LogID     string // short name of the entry in the program log; empty when there is none
}

func errorRoutes(r *Router) {
	r.Template("error", errorPage{})
	r.Template("error/notice", ErrorNotice{})
}

// handleError answers a request whose handler returned an error. It is echo's error handler.
func (s *Server) handleError(err error, c echo.Context) {
	if c.Response().Committed {
		s.Config.Log.Error("an answer broke off", "path", c.Request().URL.Path, "error", err)
		return
	}
	v := s.newRequest(c)
	status, notice := v.MessagesFor(err)
	if status >= http.StatusInternalServerError {
		notice.LogID = strings.ToLower(rand.Text()[:6])
		s.Config.Log.Error("request failed", "id", notice.LogID, "method", c.Request().Method, "path", c.Request().URL.Path, "error", err)
	} else {
		s.Config.Log.Log(c.Request().Context(), slog.LevelDebug, "request refused", "status", status, "path", c.Request().URL.Path, "error", err)
	}
	if err := v.showError(status, notice, sentAgain(v, status)); err != nil {
		s.Config.Log.Error("the error page failed", "error", err)
		_ = c.HTMLBlob(status, s.fallbackPage(v.Text))
	}
}

// MessagesFor finds the status of an error and the sentences for the person. The cause is never among them.
func (v *Request) MessagesFor(err error) (int, ErrorNotice) {
	var many process.Problems
	var one *process.Error
	var web *echo.HTTPError
	switch {
	case errors.As(err, &many) && len(many) > 0:
		var n ErrorNotice
		for _, e := range many {
			n.Sentences = append(n.Sentences, v.Text.Error(e))
		}
		return statusOf[process.Invalid], n
	case errors.As(err, &one):
		return statusOf[one.Kind], ErrorNotice{Sentences: []string{v.Text.Error(one)}}
	case errors.As(err, &web) && web.Code == http.StatusNotFound, errors.As(err, &web) && web.Code == http.StatusMethodNotAllowed:
		return web.Code, ErrorNotice{Sentences: []string{v.T("error.no_such_page")}}
	case errors.As(err, &web) && web.Code < http.StatusInternalServerError:
		return web.Code, ErrorNotice{Sentences: []string{v.T("error.bad_request")}}
	}
	return http.StatusInternalServerError, ErrorNotice{Sentences: []string{v.T("error.internal")}}
}

func (v *Request) showError(status int, notice ErrorNotice, again *sentForm) error {
	switch {
	case v.Server.isKeyed(v.Request()):
		return v.keyedError(status, notice)
	case v.wantsPlain():
		return v.plainError(status, notice)
	}
	out := v.Server.buffer()
	defer v.Server.free(out)
	if v.wantsPart() {
		h := v.Response().Header()
		h.Set("HX-Retarget", "#notice")
		h.Set("HX-Reswap", "innerHTML")
		return v.finish(status, out, v.Server.views.render(out, v.Text.Lang, "error/notice", notice))
	}
	title := v.T("error.title")
	if status == http.StatusNotFound || status == http.StatusMethodNotAllowed {
		title = v.T("error.title_missing")
	}
	page := errorPage{Page: v.Page(urls.NoSection, title), ErrorNotice: notice, Again: again}
	return v.finish(status, out, v.Server.views.render(out, v.Text.Lang, "error", page))
}

// keepErrorPage renders the error page of a language, and keeps it for the day when even that fails.
func (s *Server) keepErrorPage(l i18n.Lang) error {
	if _, kept := s.fallbackPages.Load(l); kept {
		return nil
	}
	text := s.texts[l]
	page := errorPage{
		Page:        Page{Lang: l, Title: text.T("error.title"), Keys: true},
		ErrorNotice: ErrorNotice{Sentences: []string{text.T("error.internal")}},
	}
	var out bytes.Buffer
	if err := s.views.render(&out, l, "error", page); err != nil {
		return fmt.Errorf("prove the error page: %w", err)
	}
	s.fallbackPages.Store(l, out.Bytes())
	return nil
}

// fallbackPage is what is shown when the error page fails: the one that was kept, or else its sentence alone.
func (s *Server) fallbackPage(text *i18n.Text) []byte {
	if kept, ok := s.fallbackPages.Load(text.Lang); ok {
		page, _ := kept.([]byte)
		return page
	}
	return []byte("<!doctype html><p>" + html.EscapeString(text.T("error.internal")) + "</p>")
}
