package home

import (
	"net/http"

	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process/forecast"
)

// homePage is what somebody sees who opens the program: where the quarter ends, what needs a hand, and what others have done.
type homePage struct {
	web.Page
	Day      string
	Lead     []i18n.Piece
	Reason   []i18n.Piece
	NewRules []i18n.Piece // once after an upgrade: what is counted otherwise
	LeftOut  []i18n.Piece // what the forecast does not count, and could
	Rates    []parts.RateForm
	Losses   []i18n.Piece // said where no deal was ever marked lost
	Settle   [][]i18n.Piece
	Sections []homeSection
	Empty    bool // there is nothing yet
	EmptyWay parts.Cell
	OtherWay parts.Cell
}

// homeSection is a heading and a list under it.
type homeSection struct {
	ID      string
	Heading string
	Intro   []i18n.Piece
	Muted   bool // the introduction is small talk
	Lines   []homeLine
	More    []homeLine // shown when asked for
	MoreSay string
	All     parts.Cell // where the rest is
}

// homeLine is one thing: what, a small line, and a figure or a day at the side.
type homeLine struct {
	What  []i18n.Piece
	Small []i18n.Piece
	Side  string
	Red   bool
	New   bool // a colleague's, that this person has not seen
}

// Routes registers the home page and the meeting page.
func Routes(r *web.Router) {
	homeRoutes(r)
	meetingRoutes(r)
}

func homeRoutes(r *web.Router) {
	r.Get("/", showHome)
	r.Template("home", homePage{})
}

func showHome(v *web.Request) error {
	page := homePage{Page: v.Page(urls.Home, v.T("home.title")), Day: v.Text.DayLong(v.Today)}
	if v.Open.AskWho() {
		return v.Redirect(http.StatusSeeOther, urls.WhoPath)
	}
	span, heading := homeSpan(v, seenBefore(v, "seen"))
	came, err := cameIn(v, span.from)
	if err != nil {
		return err
	}
	copies, state := v.OpenedFile().SecondCopies(), v.OpenedFile().State() // both before the team is looked at: its lock is theirs
	err = v.Reports(func(r *web.ReportCache) error {
		page.fill(v, r, changes(v, r.Model, readNews(v, r.Model.Team(), came, span), span, heading))
		page.Settle = append(page.Settle, fileNotices(v.Text, state, v.Now)...)
		page.Settle = append(page.Settle, copyNotices(v.Text, r.Model.Team(), copies)...)
		return nil
	})
	if err != nil {
		return err
	}
	return v.Render("home", page)
}

// homeView is what the lists of deals that need attention are made from.
type homeView struct {
	*web.Request
	m *forecast.Model
}

func (p *homePage) fill(v *web.Request, r *web.ReportCache, news homeSection) {
	m := r.Model
	team := m.Team()
	if len(team.Deals()) == 0 {
		p.Empty = true
		p.OtherWay = parts.Cell{Text: v.T("home.from_list"), Href: urls.ImportPath}
		p.Lead, p.EmptyWay = v.Text.Sentence("home.nothing"), parts.Cell{Text: v.T("deals.first"), Href: "/deals/new"}
		if wording.CountPublished(team) == 0 {
			p.Lead, p.EmptyWay = v.Text.Sentence("home.no_process"), parts.Cell{Text: v.T("deals.make_process"), Href: string(urls.ProcessPages)}
		}
		return
	}
	p.Lead, p.Reason = quarterSentence(v, r)
	excluded := figures.FindExcluded(m, forecast.Scope{})
	p.LeftOut, p.Rates = excluded.Sentences(v.Text, m, forecast.Scope{}), figures.RateForms(team, excluded.Currencies(), p.Path)
	p.Losses = figures.UnmarkedLosses(v.Text, m, "")
	p.NewRules = newRules(v, team.NotedForecasts())
	p.Settle = p.conflictNotice(v, m)
	w := homeView{v, m}
	for _, section := range []homeSection{w.due(), w.promises(), w.closePassed(), w.unplanned(), w.stallingSoon(), w.stalledLong(), news} {
		if len(section.Lines) > 0 {
			p.Sections = append(p.Sections, section)
		}
	}
}

// conflictNotice asks for what waits for a decision.
func (p *homePage) conflictNotice(v *web.Request, m *forecast.Model) [][]i18n.Piece {
	n := dealindex.Get(v).Conflicts(m)
	if n == 0 {
		return nil
	}
	return [][]i18n.Piece{v.Text.Sentence("home.conflicts", n, urls.SettlePath)}
}
