package handlers

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"milstolpe/db"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// visit is one request as a handler sees it: what was asked for (the echo context), in which language, at what time, of which file.
type visit struct {
	echo.Context
	server *Server
	text   *Text
	theme  string
	keys   bool
	open   *opened // nil when no file is open
	brief  brief
	now    time.Time // in the team's time zone
	today  process.Date
	labels map[string]string // keys of the labels of the form that was read
	said   *Toast            // taken from where it waited; nil until somebody asked
	keep   func(page []byte) // keeps a page that was made; nil where pages are not kept
}

// handler answers a visit. It reads the form, acts, shows; what goes wrong it returns.
type handler func(*visit) error

func (s *Server) visit(c echo.Context) *visit {
	v := &visit{Context: c, server: s, text: s.textFor(c.Request()), theme: themeFor(c.Request()), keys: keysFor(c.Request())}
	v.now = s.config.Now()
	if v.open = s.current.Load(); v.open != nil {
		v.brief = v.open.brief()
		v.now = v.now.In(v.brief.location)
	}
	v.today = process.DateOf(v.now)
	return v
}

// t is a text from the catalogue.
func (v *visit) t(key string, args ...any) string { return v.text.T(key, args...) }

// file is the open file. Handlers registered with get and post always have one.
func (v *visit) file() *db.Working { return v.open.file }

// view lets look read the team. It must not keep or change what it sees, and must not call view again.
func (v *visit) view(look func(*sales.Team) error) error { return v.open.file.View(look) }

// act records what decide answers, or hands back its refusal.
func (v *visit) act(decide func(*sales.Team) ([]process.Fact, error)) ([]process.Event, error) {
	return v.open.file.Act(v.Request().Context(), decide)
}

// Part is a piece of a page that can be sent alone. ID is the id of its root element, Template its name, "deal/milestones".
type Part struct {
	ID, Template string
	Data         any
}

// show answers with a page, or with the one of its parts that htmx asked for. Give the parts that forms and links of the page target;
// after a save the others are sent along, so that everything that changed is fresh.
func (v *visit) show(page string, data any, parts ...Part) error {
	return v.answer(http.StatusOK, page, data, parts)
}

// again answers with the page, or the part, that a form with faults stands in: the same page struct, with the values as they came and
// the faults.
func (v *visit) again(faults Faults, page string, data any, parts ...Part) error {
	return v.answer(faults.status, page, data, parts)
}

func (v *visit) answer(status int, page string, data any, parts []Part) error {
	out := v.server.buffer()
	defer v.server.free(out)
	if !v.wantsPart() {
		return v.finish(status, out, v.render(out, page, data))
	}
	i := slices.IndexFunc(parts, func(p Part) bool { return p.ID == v.target() })
	if i < 0 {
		// The page was not told of such a part, so its whole main column takes the place of the one that is shown.
		h := v.Response().Header()
		h.Set("HX-Retarget", "main")
		h.Set("HX-Reselect", "main")
		h.Set("HX-Reswap", "outerHTML")
		return v.finish(status, out, errors.Join(v.render(out, page, data), v.changedInto(out, nil)))
	}
	err := v.render(out, parts[i].Template, parts[i].Data)
	return v.finish(status, out, errors.Join(err, v.changedInto(out, slices.Delete(parts, i, i+1))))
}

// changedInto adds what else changed by a save: the other parts, what was done, and the state of the file.
func (v *visit) changedInto(out *bytes.Buffer, others []Part) error {
	if v.takeToast().Text == "" {
		return nil
	}
	for _, p := range others {
		out.WriteString(`<hx-partial hx-target="#` + p.ID + `" hx-swap="outerHTML">`)
		if err := v.render(out, p.Template, p.Data); err != nil {
			return err
		}
		out.WriteString(`</hx-partial>`)
	}
	return v.render(out, "layout/changed", v.page(NoSection, ""))
}

func (v *visit) render(out *bytes.Buffer, name string, data any) error {
	return v.server.views.render(out, v.text.Lang, name, data)
}

func (v *visit) finish(status int, out *bytes.Buffer, err error) error {
	if err != nil {
		return err
	}
	if v.keep != nil && status == http.StatusOK {
		v.keep(out.Bytes())
	}
	return v.HTMLBlob(status, out.Bytes())
}

// wantsPart is the one place where page or part is decided.
func (v *visit) wantsPart() bool {
	h := v.Request().Header
	return h.Get("HX-Request") == "true" && h.Get("HX-Boosted") == "" && h.Get("HX-History-Restore-Request") == "" &&
		h.Get("HX-Request-Type") != "full"
}

// target is the id of the element that htmx will put the answer into: "ol#milestones" names milestones.
func (v *visit) target() string {
	_, id, _ := strings.Cut(v.Request().Header.Get("HX-Target"), "#")
	if plain, err := url.PathUnescape(id); err == nil {
		return plain
	}
	return id
}

// goTo sends the browser to another page of ours.
func (v *visit) goTo(address string) error {
	if v.wantsPart() && !v.isHere(address) {
		v.Response().Header().Set("HX-Redirect", address)
		return v.NoContent(http.StatusOK)
	}
	return v.Redirect(http.StatusSeeOther, address)
}

// isHere tells whether the address is the page that the browser is showing, whatever its query.
func (v *visit) isHere(address string) bool {
	here, err := url.Parse(v.Request().Header.Get("HX-Current-URL"))
	if err != nil {
		return false
	}
	there, err := url.Parse(address)
	return err == nil && here.Path == there.Path
}
