package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// screens are all screens. Each has its addresses and templates in a function beside its handlers, in the file named for it.
var screens = []func(*routes){
	welcomeRoutes,      // welcome.go   /welcome /welcome/new /welcome/open /welcome/example
	processRoutes,      // process.go   /process /processes/:id
	fileRoutes,         // file_page.go      /file /file/share /file/open /file/conflict /file/stranded
	mergeRoutes,        // file_merge.go     /file/merge /file/merge/:job
	backupRoutes,       // file_backups.go   /file/backups /file/backups/restore
	settleRoutes,       // file_settle.go    /file/settle
	damagedRoutes,      // file_damaged.go   /file/rescue
	homeRoutes,         // home.go, home_quarter.go, home_attention.go, home_changes.go /
	meetingRoutes,      // meeting.go /meeting
	customersRoutes,    // customers.go, customer.go /customers /customers/:id
	logRoutes,          // log.go /log
	dealsRoutes,        // deals.go     /deals
	newDealRoutes,      // deals_new.go /deals/new
	dealRoutes,         // deal.go      /deals/:id, with milestones.go, deal_side.go, deal_contacts.go
	entryRoutes,        // entry.go     /enter /invite /health, and the page that tells how to get in
	errorRoutes,        // errors.go    the page that says what went wrong
	quitRoutes,         // quit.go      /quit
	outcomeRoutes,      // outcome.go   /outcome /outcome/deals
	calibrationRoutes,  // calibration.go, timing.go /outcome/calibration /outcome/calibration/deals /outcome/timing
	forecastRoutes,     // forecast.go  /forecast /forecast/deals /forecast/changes
	settingsRoutes,     // settings.go  /settings/language /settings/theme /settings/keys
	teamSettingsRoutes, // settings_team.go /settings /settings/rate /settings/person
	styleRoutes,        // style.go     /help/style
	logRoutes,          // log.go /log
	callsRoutes,        // calls.go /forecast/calls /forecast/calls/target
	sellerRoutes,       // sellers.go, valueadded.go /outcome/sellers /people/:id /outcome/value-added
	helpRoutes,         // help.go /help /help/:topic /help/licences /help/log
	undoRoutes,         // undo.go      /undo
	importRoutes,       // import.go    /import /import/:job/columns|review|rejected|done /import/undo/:import
	exportRoutes,       // export.go    /export /export/deals/:form /export/events /export/all/:form
}

// Limits on what a browser may send.
const (
	mostForm   = 1 << 20  // an ordinary form
	mostUpload = 64 << 20 // a file to import or merge
)

// routes is what a screen's function registers its addresses and templates with.
type routes struct{ s *Server }

func newRoutes(s *Server) *routes { return &routes{s} }

func (r *routes) addAll() {
	for _, add := range screens {
		add(r)
	}
	r.template("layout/changed", Page{})
	r.s.echo.GET("/assets/*", r.s.serveAsset)
	r.s.echo.GET("/favicon.ico", r.s.serveIcon)
}

// get registers a page about the open file. It must not record anything. Without an open file it leads to the welcome page.
func (r *routes) get(path string, h handler) { r.add(http.MethodGet, path, mostForm, needsFile(h)) }

// post registers what a form of the open file does.
func (r *routes) post(path string, h handler) { r.add(http.MethodPost, path, mostForm, needsFile(h)) }

// getAlways and postAlways are for what works without an open file: visit.open may be nil.
func (r *routes) getAlways(path string, h handler)  { r.add(http.MethodGet, path, mostForm, h) }
func (r *routes) postAlways(path string, h handler) { r.add(http.MethodPost, path, mostForm, h) }

// upload registers a form with a file in it.
func (r *routes) upload(path string, h handler) { r.add(http.MethodPost, path, mostUpload, h) }

// template declares which struct a page ("deal") or a part of it ("deal/milestones") is given.
func (r *routes) template(name string, data any) { r.s.views.declare(name, data) }

func (r *routes) add(method, path string, limit int64, h handler) {
	r.s.echo.Add(method, path, func(c echo.Context) error {
		c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, limit)
		return h(r.s.visit(c))
	})
}

const welcomePath = "/welcome"

func needsFile(h handler) handler {
	return func(v *visit) error {
		switch {
		case v.open == nil && v.server.missed.Load() != nil:
			return v.goTo(welcomeMissedPath)
		case v.open == nil:
			return v.goTo(welcomePath)
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
