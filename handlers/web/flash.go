package web

import (
	"crypto/rand"
	"net/http"
	"strings"
	"sync"

	"milstolpe/handlers/parts"
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

// A program that fills in our forms, as the commands for a shell do, asks for plain answers: what was done and where it is to be seen, or what
// is wrong, in the words of the pages. The rules are those of the pages, because it is the pages' handlers that answer.

// PlainAnswer is the answer to a form, for a program.
type PlainAnswer struct {
	Done    string       `json:"done,omitempty"`    // what was done, empty where there was nothing to do
	Address string       `json:"address,omitempty"` // the page that shows it
	Waits   string       `json:"waits,omitempty"`   // says that it is on this computer only, because the shared file is away
	Faults  []PlainFault `json:"faults,omitempty"`
}

// PlainFault is one thing that is wrong: in a field, or in all of it.
type PlainFault struct {
	Field string `json:"field,omitempty"`
	Text  string `json:"text"`
}

// wantsPlain tells a program from a browser.
func (v *Request) wantsPlain() bool {
	return strings.HasPrefix(v.Request().Header.Get("Accept"), "application/json")
}

// plainDone answers a program that something was done.
func (v *Request) plainDone(address, done string) error {
	answer := PlainAnswer{Done: done, Address: address}
	if state := v.Open.file.State(); state.Gone() && state.Pending > 0 {
		answer.Waits = v.T("file.left_here", state.Pending, v.Open.file.Path())
	}
	return v.JSON(http.StatusOK, answer)
}

// plainFaults answers a program that a form cannot be taken.
func (v *Request) plainFaults(faults parts.FieldErrors) error {
	var a PlainAnswer
	for _, f := range faults.List {
		text := f.Text
		if f.Label != "" {
			text = f.Label + ": " + text
		}
		a.Faults = append(a.Faults, PlainFault{f.Field, text})
	}
	return v.JSON(faults.Status, a)
}

// plainError answers a program with what went wrong.
func (v *Request) plainError(status int, notice ErrorNotice) error {
	var a PlainAnswer
	for _, text := range notice.Sentences {
		a.Faults = append(a.Faults, PlainFault{Text: text})
	}
	return v.JSON(status, a)
}
