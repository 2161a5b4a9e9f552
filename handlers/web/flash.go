package web

import (
	"crypto/rand"
	"net/http"
	"sync"
)

// Flash says what was just done, with a way back. Undo is the address that a POST goes to; empty when there is no way back.
type Flash struct{ Text, Undo string }

// flashes wait between the answer to a form and the page that follows it. They are kept here and not in the browser, which gets only a
// meaningless name, because they may hold a customer's.
type flashes struct {
	mu      sync.Mutex
	waiting map[string]Flash
}

// maxFlashes bounds what is kept for browsers that never come back.
const maxFlashes = 100

func (t *flashes) put(said Flash) (name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.waiting == nil || len(t.waiting) >= maxFlashes {
		t.waiting = map[string]Flash{}
	}
	name = rand.Text()
	t.waiting[name] = said
	return name
}

func (t *flashes) take(name string) Flash {
	t.mu.Lock()
	defer t.mu.Unlock()
	said := t.waiting[name]
	delete(t.waiting, name)
	return said
}

// DoneWith ends a handler that recorded something: the browser goes to the page at address, which says what was done.
func (v *Request) DoneWith(address string, said Flash) error {
	if v.wantsPlain() {
		return v.plainDone(address, said.Text)
	}
	v.Flash(said)
	return v.RedirectTo(address)
}

// Flash lets the page that comes next say something.
func (v *Request) Flash(said Flash) {
	v.SetCookie(v.Server.Cookie("said", v.Server.flashes.put(said), 60))
}

// popFlash is what the page before this one wanted said; it is said once.
func (v *Request) popFlash() Flash {
	if v.flash == nil {
		v.flash = &Flash{}
		if v.stranger { // what was said may name somebody
			return *v.flash
		}
		if c, err := v.Cookie(v.Server.CookieName("said")); err == nil && c.Value != "" {
			*v.flash = v.Server.flashes.take(c.Value)
			v.SetCookie(v.Server.Cookie("said", "", -1))
		}
	}
	return *v.flash
}

// Cookie is one of ours: for this program at this port only, never for scripts, never from other sites.
func (s *Server) Cookie(purpose, value string, seconds int) *http.Cookie {
	return &http.Cookie{
		Name: s.CookieName(purpose), Value: value, Path: "/", MaxAge: seconds, HttpOnly: true, SameSite: http.SameSiteStrictMode,
	}
}

// CookieName holds the port, because browsers do not tell ports of one host apart.
func (s *Server) CookieName(purpose string) string { return "milstolpe-" + s.port + "-" + purpose }
