package web

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
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// Request is one request as a handler sees it: what was asked for (the echo context), in which language, at what time, of which file.
type Request struct {
	echo.Context
	Server   *Server
	Text     *i18n.Text
	Theme    string
	Keys     bool
	Open     *openFile // nil when no file is open
	FileInfo fileInfo
	Now      time.Time // in the team's time zone
	Today    process.Date
	labels   map[string]string // keys of the labels of the form that was read
	flash    *Flash            // taken from where it waited; nil until somebody asked
	keep     func(page []byte) // keeps a page that was made; nil where pages are not kept
	stranger bool              // the browser has not been let in: nothing of the file, of people or of the time is for it
}

// handler answers a visit. It reads the form, acts, shows; what goes wrong it returns.
type handler func(*Request) error

func (s *Server) newRequest(c echo.Context) *Request {
	v := &Request{Context: c, Server: s, Text: s.textFor(c.Request()), Theme: themeFor(c.Request()), Keys: keysFor(c.Request())}
	v.Now = s.Config.Now()
	if v.stranger = !s.sessions.known(c.Request(), s.CookieName("in")); v.stranger {
		v.Now = v.Now.UTC()
	} else if v.Open = s.current.Load(); v.Open != nil {
		v.FileInfo = v.Open.info()
		v.Now = v.Now.In(v.FileInfo.Location)
	}
	v.Today = process.DateOf(v.Now)
	return v
}

// T is a text from the catalogue.
func (v *Request) T(key string, args ...any) string { return v.Text.T(key, args...) }

// OpenedFile is the open file. Handlers registered with Get and Post always have one.
func (v *Request) OpenedFile() *db.File { return v.Open.file }

// View lets look read the team. It must not keep or change what it sees, and must not call view again.
func (v *Request) View(look func(*sales.Team) error) error { return v.Open.file.View(look) }

// Act records what decide answers, or hands back its refusal.
func (v *Request) Act(decide func(*sales.Team) ([]process.Fact, error)) ([]process.Event, error) {
	return v.Open.file.Act(v.Request().Context(), decide)
}

// Fragment is a piece of a page that can be sent alone. ID is the id of its root element, Template its name, "deal/milestones".
type Fragment struct {
	ID, Template string
	Data         any
}

// Render answers with a page, or with the one of its parts that htmx asked for. Give the parts that forms and links of the page target;
// after a save the others are sent along, so that everything that changed is fresh.
func (v *Request) Render(page string, data any, parts ...Fragment) error {
	return v.Answer(http.StatusOK, page, data, parts)
}

// Reject answers with the page, or the part, that a form with faults stands in: the same page struct, with the values as they came and
// the faults.
func (v *Request) Reject(faults parts.FieldErrors, page string, data any, parts ...Fragment) error {
	if v.wantsPlain() {
		return v.plainFaults(faults)
	}
	return v.Answer(faults.Status, page, data, parts)
}

// Answer shows the page or, where htmx asks for a part of it, that part with the others that the handler lists.
func (v *Request) Answer(status int, page string, data any, parts []Fragment) error {
	out := v.Server.buffer()
	defer v.Server.free(out)
	if !v.wantsPart() {
		return v.finish(status, out, v.execute(out, page, data))
	}
	i := slices.IndexFunc(parts, func(p Fragment) bool { return p.ID == v.target() })
	if i < 0 {
		// The page was not told of such a part, so its whole main column takes the place of the one that is shown.
		h := v.Response().Header()
		h.Set("HX-Retarget", "main")
		h.Set("HX-Reselect", "main")
		h.Set("HX-Reswap", "outerHTML")
		return v.finish(status, out, errors.Join(v.execute(out, page, data), v.changedInto(out, nil)))
	}
	err := v.execute(out, parts[i].Template, parts[i].Data)
	return v.finish(status, out, errors.Join(err, v.changedInto(out, slices.Delete(parts, i, i+1))))
}

// changedInto adds what else changed by a save: the other parts, what was done, and the state of the file.
func (v *Request) changedInto(out *bytes.Buffer, others []Fragment) error {
	if v.popFlash().Text == "" {
		return nil
	}
	for _, p := range others {
		out.WriteString(`<hx-partial hx-target="#` + p.ID + `" hx-swap="outerHTML">`)
		if err := v.execute(out, p.Template, p.Data); err != nil {
			return err
		}
		out.WriteString(`</hx-partial>`)
	}
	return v.execute(out, "layout/changed", v.Page(urls.NoSection, ""))
}

func (v *Request) execute(out *bytes.Buffer, name string, data any) error {
	return v.Server.views.render(out, v.Text.Lang, name, data)
}

func (v *Request) finish(status int, out *bytes.Buffer, err error) error {
	if err != nil {
		return err
	}
	if v.keep != nil && status == http.StatusOK {
		v.keep(out.Bytes())
	}
	return v.HTMLBlob(status, out.Bytes())
}

// wantsPart is the one place where page or part is decided.
func (v *Request) wantsPart() bool {
	h := v.Request().Header
	return h.Get("HX-Request") == "true" && h.Get("HX-Boosted") == "" && h.Get("HX-History-Restore-Request") == "" &&
		h.Get("HX-Request-Type") != "full"
}

// target is the id of the element that htmx will put the answer into: "ol#milestones" names milestones.
func (v *Request) target() string {
	_, id, _ := strings.Cut(v.Request().Header.Get("HX-Target"), "#")
	if plain, err := url.PathUnescape(id); err == nil {
		return plain
	}
	return id
}

// RedirectTo sends the browser to another page of ours.
func (v *Request) RedirectTo(address string) error {
	if v.wantsPart() && !v.isHere(address) {
		v.Response().Header().Set("HX-Redirect", address)
		return v.NoContent(http.StatusOK)
	}
	return v.Redirect(http.StatusSeeOther, address)
}

// isHere tells whether the address is the page that the browser is showing, whatever its query.
func (v *Request) isHere(address string) bool {
	here, err := url.Parse(v.Request().Header.Get("HX-Current-URL"))
	if err != nil {
		return false
	}
	there, err := url.Parse(address)
	return err == nil && here.Path == there.Path
}

// DealID is the deal that the address names.
func (v *Request) DealID() process.DealID { return process.DealID(v.Param("id")) }

// Deal is the deal that the address names.
func (v *Request) Deal(team *sales.Team) (*sales.Deal, error) {
	d, ok := team.Deal(v.DealID())
	if !ok {
		return nil, process.Missing("deal.no_such")
	}
	return d, nil
}

// ActOnDeal records what decide says of the deal that the address names.
func (v *Request) ActOnDeal(decide func(*sales.Deal) ([]process.Fact, error)) ([]process.Event, error) {
	return v.ActOnDealInTeam(func(_ *sales.Team, d *sales.Deal) ([]process.Fact, error) { return decide(d) })
}

// ActOnDealInTeam is ActOnDeal for what cannot be decided without looking at the rest of the team.
func (v *Request) ActOnDealInTeam(decide func(*sales.Team, *sales.Deal) ([]process.Fact, error)) ([]process.Event, error) {
	return v.Act(func(team *sales.Team) ([]process.Fact, error) {
		d, err := v.Deal(team)
		if err != nil {
			return nil, err
		}
		return decide(team, d)
	})
}
