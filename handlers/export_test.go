package handlers

import (
	"html/template"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// What tests in handlers_test need to see.

// Declared are the templates with a value of the struct that each is given.
func (s *Server) Declared() map[string]any { return s.views.samples() }

// Set is the template set of a page in a language.
func (s *Server) Set(l Lang, page string) (*template.Template, error) {
	return s.views.set(l, pageOf(page))
}

// Texts are the catalogues.
func (s *Server) Texts() map[Lang]*Text { return s.texts }

// Routes are all addresses, as "METHOD path".
func (s *Server) Routes() []string {
	var list []string
	for _, r := range s.echo.Routes() {
		list = append(list, r.Method+" "+r.Path)
	}
	return list
}

// ID of the run.
func (s *Server) ID() string { return s.id }

// Keys of a catalogue with the placeholders of each message. The singular may leave some out: "moved out once".
func (t *Text) Keys() map[string]string {
	keys := map[string]string{}
	for key, m := range t.messages {
		keys[key] = marks(m.other)
	}
	return keys
}

// marks are the values and links of a message, in the order of their letters.
func marks(form []segment) string {
	seen := map[string]bool{}
	for _, s := range form {
		if s.arg >= 0 && s.link != "*" {
			seen[s.link+string(rune('A'+s.arg))] = true
		}
	}
	return joinSorted(seen)
}

func joinSorted(set map[string]bool) string {
	return strings.Join(slices.Sorted(maps.Keys(set)), " ")
}

func (w *views) samples() map[string]any {
	list := map[string]any{}
	for name, t := range w.types {
		list[name] = reflect.Zero(t).Interface()
	}
	return list
}

// ReadText reads the catalogue of one language.
var ReadText = readText

// AddRoute adds an address whose handler is a test's.
func (s *Server) AddRoute(method, path string, answer func() error) {
	newRoutes(s).add(method, path, mostForm, func(*visit) error { return answer() })
}
