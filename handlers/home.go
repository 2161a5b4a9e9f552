package handlers

import (
	"net/http"
	"strings"

	"milstolpe/process"
	"milstolpe/process/forecast"
)

// homePage is what somebody sees who opens the program: where the quarter ends, what needs a hand, and what others have done.
type homePage struct {
	Page
	Day      string
	Lead     []Piece
	Reason   []Piece
	LeftOut  []Piece // what the forecast does not count, and could
	Settle   [][]Piece
	Sections []homeSection
	Empty    bool // there is nothing yet
	EmptyWay Cell
	OtherWay Cell
}

// homeSection is a heading and a list under it.
type homeSection struct {
	ID      string
	Heading string
	Intro   []Piece
	Muted   bool // the introduction is small talk
	Lines   []homeLine
	More    []homeLine // shown when asked for
	MoreSay string
	All     Cell // where the rest is
}

// homeLine is one thing: what, a small line, and a figure or a day at the side.
type homeLine struct {
	What  []Piece
	Small []Piece
	Side  string
	Red   bool
}

func homeRoutes(r *routes) {
	r.get("/", showHome)
	r.template("home", homePage{})
}

func showHome(v *visit) error {
	page := homePage{Page: v.page(Home, v.t("home.title")), Day: v.text.DayLong(v.today)}
	since := v.seenBefore()
	if err := v.reports(func(r *reportCache) error { page.fill(v, r, since); return nil }); err != nil {
		return err
	}
	return v.show("home", page)
}

func (p *homePage) fill(v *visit, r *reportCache, since lastSeen) {
	m := r.model
	team := m.Team()
	if len(team.Deals()) == 0 {
		p.Empty = true
		p.OtherWay = Cell{Text: v.t("home.from_list"), Href: importPath}
		p.Lead, p.EmptyWay = v.text.Sentence("home.nothing"), Cell{Text: v.t("deals.first"), Href: "/deals/new"}
		if published(team) == 0 {
			p.Lead, p.EmptyWay = v.text.Sentence("home.no_process"), Cell{Text: v.t("deals.make_process"), Href: string(ProcessPages)}
		}
		return
	}
	p.Lead, p.Reason = quarterSentence(v, r)
	p.LeftOut = leftOutOf(m, forecast.Scope{}).sentences(v.text, m, forecast.Scope{})
	p.Settle = p.toSettle(v, m)
	for _, section := range []homeSection{due(v, m), promises(v, m), stallingSoon(v, m), stalledLong(v, m), changes(v, m, since)} {
		if len(section.Lines) > 0 {
			p.Sections = append(p.Sections, section)
		}
	}
}

// toSettle asks for what waits for a decision.
func (p *homePage) toSettle(v *visit, m *forecast.Model) [][]Piece {
	n := v.open.lines.clashes(m)
	if n == 0 {
		return nil
	}
	return [][]Piece{v.text.Sentence("home.clashes", n, settlePath)}
}

// lastSeen is the day of the visit before this one; zero when there was none.
type lastSeen struct{ day process.Date }

const oneYear = 365 * 24 * 60 * 60

// seenBefore remembers in the browser on which days somebody was here, the last two of them, and answers with the one before today.
func (v *visit) seenBefore() lastSeen {
	var before, last process.Date
	if c, err := v.Cookie(v.server.cookieName("seen")); err == nil {
		one, two, _ := strings.Cut(c.Value, ".")
		before, last = dayOrNone(one), dayOrNone(two)
	}
	if last != v.today {
		before = last
		c := v.server.cookie("seen", before.String()+"."+v.today.String(), oneYear)
		http.SetCookie(v.Response(), c)
	}
	if before >= v.today {
		before = 0
	}
	return lastSeen{before}
}

func dayOrNone(text string) process.Date {
	d, err := process.ParseDate(text)
	if err != nil {
		return 0
	}
	return d
}
