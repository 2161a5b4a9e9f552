package web

import (
	"crypto/rand"
	"net/http"
	"sync"
)

// Toast says what was just done, with a way back. Undo is the address that a POST goes to; empty when there is no way back.
type Toast struct{ Text, Undo string }

// toasts wait between the answer to a form and the page that follows it. They are kept here and not in the browser, which gets only a
// meaningless name, because they may hold a customer's.
type toasts struct {
	mu      sync.Mutex
	waiting map[string]Toast
}

// mostToasts bounds what is kept for browsers that never come back.
const mostToasts = 100

func (t *toasts) put(said Toast) (name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.waiting == nil || len(t.waiting) >= mostToasts {
		t.waiting = map[string]Toast{}
	}
	name = rand.Text()
	t.waiting[name] = said
	return name
}

func (t *toasts) take(name string) Toast {
	t.mu.Lock()
	defer t.mu.Unlock()
	said := t.waiting[name]
	delete(t.waiting, name)
	return said
}

// Saved ends a handler that recorded something: the browser goes to the page at address, which says what was done.
func (v *Request) Saved(address string, said Toast) error {
	v.SayNext(said)
	return v.GoTo(address)
}

// SayNext lets the page that comes next say something.
func (v *Request) SayNext(said Toast) {
	v.SetCookie(v.Server.Cookie("said", v.Server.toasts.put(said), 60))
}

// takeToast is what the page before this one wanted said; it is said once.
func (v *Request) takeToast() Toast {
	if v.said == nil {
		v.said = &Toast{}
		if c, err := v.Cookie(v.Server.CookieName("said")); err == nil && c.Value != "" {
			*v.said = v.Server.toasts.take(c.Value)
			v.SetCookie(v.Server.Cookie("said", "", -1))
		}
	}
	return *v.said
}

// Cookie is one of ours: for this program at this port only, never for scripts, never from other sites.
func (s *Server) Cookie(purpose, value string, seconds int) *http.Cookie {
	return &http.Cookie{
		Name: s.CookieName(purpose), Value: value, Path: "/", MaxAge: seconds, HttpOnly: true, SameSite: http.SameSiteStrictMode,
	}
}

// CookieName holds the port, because browsers do not tell ports of one host apart.
func (s *Server) CookieName(purpose string) string { return "milstolpe-" + s.port + "-" + purpose }
