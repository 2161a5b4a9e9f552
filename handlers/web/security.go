package web

import (
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
)

// A program that listens on this computer can be reached by every web page that its user looks at, and by every other program. The
// guard stands before all routes and lets through only what our own pages ask for:
//
//   - the Host header must be one of ours, with our port, so that no foreign name can be pointed at us (DNS rebinding), and the cookie must
//     be one that was given for it;
//   - what writes must not come from another origin, by Sec-Fetch-Site or Origin;
//   - everything but assets, the health probe and the entrance needs the cookie that the entrance gives for a one-time token;
//   - but for the reports below KeyedPath, for which that cookie is worth nothing: they need a key, in a header that no browser sends by
//     itself, and a key is worth nothing anywhere else.

// policy lets a page load only our own files, and nobody put our pages into theirs.
const policy = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"

// permissions is what our pages never ask of a browser, so nothing that gets into one can.
const permissions = "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()"

// guard wraps the routes.
func (s *Server) guard(next http.Handler) http.Handler {
	foreign := http.NewCrossOriginProtection()
	foreign.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "This request comes from another site.", http.StatusForbidden)
	}))
	inside := foreign.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case s.isKeyed(r):
			next.ServeHTTP(w, r) // and its handler asks for the key
		case strings.HasPrefix(r.URL.Path, KeyedPath):
			s.refuseBelowKeyed(w, r)
		case !isOpen(r) && !s.sessions.known(r, s.CookieName("in")):
			s.renderForbidden(w, r)
		default:
			next.ServeHTTP(w, r)
		}
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer s.catch(w, r)
		setHeaders(w.Header())
		if !s.isOurs(r.Host) {
			http.Error(w, "This is not the name of this program.", http.StatusForbidden)
			return
		}
		if r.URL.Path != healthPath && r.URL.Path != livePath {
			s.markActive()
		}
		inside.ServeHTTP(w, r)
	})
}

// isOurs tells whether a Host header names this program: this computer, and our port.
func (s *Server) isOurs(host string) bool {
	switch strings.ToLower(host) {
	case s.Config.Host + ":" + s.port:
		return s.Config.Host != ""
	case "127.0.0.1:" + s.port, "localhost:" + s.port, "[::1]:" + s.port:
		return true
	}
	return false
}

// isOpen tells what needs no cookie. All of it reads only, or carries its own secret.
func isOpen(r *http.Request) bool {
	switch r.URL.Path {
	case healthPath, enterPath, invitePath, "/favicon.ico":
		return true
	}
	return strings.HasPrefix(r.URL.Path, "/assets/")
}

func setHeaders(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", permissions)
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "HX-Request")
}

// catch turns a panic into an answer, so that one bad page does not take the program and what others are typing with it.
func (s *Server) catch(w http.ResponseWriter, r *http.Request) {
	reason := recover()
	if reason == nil {
		return
	}
	if err, ok := reason.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(reason)
	}
	s.Config.Log.Error("panic", "path", r.URL.Path, "reason", reason, "stack", string(debug.Stack()))
	s.handleError(fmt.Errorf("panic: %v", reason), s.echo.NewContext(r, w))
}
