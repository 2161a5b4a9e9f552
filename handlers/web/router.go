package web

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"milstolpe/handlers/urls"
)

// Limits on what a browser may send.
const (
	maxForm   = 1 << 20  // an ordinary form
	maxUpload = 64 << 20 // a file to import or merge
)

// Router is what a screen's function registers its addresses and templates with.
type Router struct{ Server *Server }

func newRouter(s *Server) *Router { return &Router{s} }

func (r *Router) addAll(screens []func(*Router)) {
	for _, add := range screens {
		add(r)
	}
	r.Template("layout/changed", Page{})
	r.Template("layout/saved", Saved{})
	r.Server.echo.GET("/assets/*", r.Server.serveAsset)
	r.Server.echo.GET("/favicon.ico", r.Server.serveIcon)
}

// Routes registers what belongs to no screen: the way in, the page that says what went wrong, quitting, undoing.
func Routes(r *Router) {
	entryRoutes(r)
	errorRoutes(r)
	quitRoutes(r)
	undoRoutes(r)
	liveRoutes(r)
}

// Get registers a page about the open file. It must not record anything. Without an open file it leads to the welcome page.
func (r *Router) Get(path string, h handler) { r.add(http.MethodGet, path, maxForm, needsFile(h)) }

// Post registers what a form of the open file does.
func (r *Router) Post(path string, h handler) { r.add(http.MethodPost, path, maxForm, needsFile(h)) }

// GetAlways is Get for what works without an open file: Request.Open may be nil.
func (r *Router) GetAlways(path string, h handler) { r.add(http.MethodGet, path, maxForm, h) }

// PostAlways is Post for what works without an open file.
func (r *Router) PostAlways(path string, h handler) { r.add(http.MethodPost, path, maxForm, h) }

// Upload registers a form with a file in it.
func (r *Router) Upload(path string, h handler) { r.add(http.MethodPost, path, maxUpload, h) }

// Template declares which struct a page ("deal") or a part of it ("deal/milestones") is given.
func (r *Router) Template(name string, data any) { r.Server.views.declare(name, data) }

func (r *Router) add(method, path string, limit int64, h handler) {
	r.Server.echo.Add(method, path, func(c echo.Context) error {
		c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, limit)
		return h(r.Server.newRequest(c))
	})
}

func needsFile(h handler) handler {
	return func(v *Request) error {
		switch {
		case v.Open == nil && v.Server.FailedOpen.Load() != nil:
			return v.RedirectTo(urls.WelcomeMissedPath)
		case v.Open == nil:
			return v.RedirectTo(urls.WelcomePath)
		}
		return h(v)
	}
}

// serveAsset answers with a file whose name holds its sum, so it may be kept for ever.
func (s *Server) serveAsset(c echo.Context) error {
	a, ok := s.assets.Get(c.Request().URL.Path)
	if !ok {
		return echo.ErrNotFound
	}
	c.Response().Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	return c.Blob(http.StatusOK, a.Type, a.Body)
}

func (s *Server) serveIcon(c echo.Context) error {
	url, err := s.assets.URL("mark.svg")
	if err != nil {
		return err
	}
	a, _ := s.assets.Get(url)
	return c.Blob(http.StatusOK, a.Type, a.Body)
}

// WhenErased registers what throws away things that a screen keeps outside the file and that may name people: lists on their way in, files
// that were uploaded. All of it goes when a person is erased, because nobody can tell whom it names.
func (r *Router) WhenErased(forget func() error) {
	r.Server.forgets = append(r.Server.forgets, forget)
}

// ForgetKept throws away what screens keep outside the file, after a person was erased.
func (v *Request) ForgetKept() error {
	var errs []error
	for _, forget := range v.Server.forgets {
		errs = append(errs, forget())
	}
	return errors.Join(errs...)
}
