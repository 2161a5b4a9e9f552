package web

import (
	"html/template"
	"reflect"

	"milstolpe/handlers/i18n"
)

// What follows lets tests of the whole program look at what a server is made of.

// Declared are the templates with a value of the struct that each is given.
func (s *Server) Declared() map[string]any { return s.views.samples() }

// Set is the template set of a page in a language.
func (s *Server) Set(l i18n.Lang, page string) (*template.Template, error) {
	return s.views.set(l, pageOf(page))
}

// Texts are the catalogues.
func (s *Server) Texts() map[i18n.Lang]*i18n.Text { return s.texts }

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

func (w *views) samples() map[string]any {
	list := map[string]any{}
	for name, t := range w.types {
		list[name] = reflect.Zero(t).Interface()
	}
	return list
}

// AddRoute adds an address whose handler is a test's.
func (s *Server) AddRoute(method, path string, answer func() error) {
	newRouter(s).add(method, path, maxForm, func(*Request) error { return answer() })
}
