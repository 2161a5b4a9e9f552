package home

import (
	"slices"
	"strconv"

	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// changes is what has happened in the deals since the last visit, or in the last week.
func changes(v *web.Request, m *forecast.Model, since lastSeen) homeSection {
	from := since.day
	section := homeSection{ID: "changes", Heading: v.T("home.last_week")}
	switch days := v.Today.Sub(from); {
	case from.IsZero() || days > 60:
		from = v.Today.AddDays(-7)
	case days == 1:
		section.Heading = v.T("home.since_yesterday")
	case days <= 7:
		section.Heading = v.T("home.since_weekday_" + strconv.Itoa(int(from.Weekday())))
	default:
		section.Heading = v.T("home.since_day", v.Text.DayNear(from, v.Today))
	}
	lines := newChanges(v, m, from, "")
	section.Lines = lines[:min(len(lines), maxChanges)]
	section.More = lines[len(section.Lines):]
	section.MoreSay = v.T("deals.more", len(section.More))
	return section
}

// maxChanges is how much of what has changed stands on the page at once.
const maxChanges = 5

type changesView struct {
	*web.Request
	m      *forecast.Model
	from   process.Date
	seller process.PersonID // whose deals; empty for all
	lines  []homeLine
}

// newChanges are what has counted in the deals from a day on: of one seller's, or of all.
func newChanges(v *web.Request, m *forecast.Model, from process.Date, seller process.PersonID) []homeLine {
	c := changesView{Request: v, m: m, from: from, seller: seller}
	c.ended()
	c.opened()
	c.reached()
	c.stalled()
	return c.lines
}

// about tells whether a deal is one of those that are asked about.
func (c *changesView) about(d *sales.Deal) bool { return c.seller == "" || d.Now.Seller == c.seller }

// who is the seller, where not all deals are that seller's.
func (c *changesView) who(seller string) string {
	if c.seller != "" {
		return ""
	}
	return seller
}

// ended are the deals that were won, lost or otherwise closed.
func (c *changesView) ended() {
	team := c.m.Team()
	for _, d := range dealindex.Get(c.Request).Ended(c.m, c.from) {
		end := d.Now.Close
		if end.History || !c.about(d) {
			continue
		}
		line := homeLine{
			What: []i18n.Piece{
				{Text: wording.DealName(team, d), Href: urls.DealPath(d.ID)},
				{Text: ", "},
				{Text: c.T(wording.OutcomeKeys[end.Outcome]), Strong: end.Outcome == process.Won},
			},
			Small: []i18n.Piece{{Text: parts.JoinDots([]string{c.who(team.Person(d.Now.Seller)), end.Reason, c.Text.DayNear(end.On, c.Today)})}},
		}
		if value := team.ClosingValue(d); value != 0 && end.Outcome != process.Void {
			line.Side = c.Text.Whole(figures.Minor(value, c.FileInfo.Currency))
		}
		c.lines = append(c.lines, line)
	}
}

// opened are the new deals.
func (c *changesView) opened() {
	open := dealindex.Get(c.Request).Open(c.m)
	var list []*dealindex.Line
	for i := range open {
		if known, _ := open[i].Deal.Opened(); known >= c.from && !open[i].Deal.History() && c.about(open[i].Deal) {
			list = append(list, &open[i])
		}
	}
	if len(list) == 0 {
		return
	}
	worth, days := 0.0, []process.Date{}
	for _, l := range list {
		worth += l.Value
		days = append(days, l.Deal.Now.Opened)
	}
	c.lines = append(c.lines, homeLine{
		What:  append(c.Text.Sentence("home.new", len(list), i18n.UpperFirst(c.Text.Word(len(list)))), c.named(list)...),
		Small: []i18n.Piece{{Text: parts.JoinDots([]string{c.sellers(list), c.span(days)})}}, Side: c.Text.Whole(figures.Minor(worth, c.FileInfo.Currency)),
	})
}

// reached are the milestones that buyers have reached in deals that are open, with the day from which we know: what happened before the
// time looked at, and was recorded in it, is news all the same.
func (c *changesView) reached() {
	open := dealindex.Get(c.Request).Open(c.m)
	for i := range open {
		l := &open[i]
		if l.Changed < c.from || !c.about(l.Deal) {
			continue
		}
		for _, mark := range l.Deal.MarksOn(process.FarFuture) {
			if mark.Stamp.Known < c.from || mark.Stamp.History || mark.Waived {
				continue
			}
			line := homeLine{
				What:  append([]i18n.Piece{l.Link()}, c.Text.Sentence("home.reached", i18n.LowerFirst(wording.MilestoneName(c.m.Team(), l.Deal.Process(), mark.Milestone)))...),
				Small: []i18n.Piece{{Text: parts.JoinDots([]string{c.who(l.Seller), c.Text.DayNear(mark.Stamp.Known, c.Today)})}},
			}
			before, was := c.m.Chance(l.Deal, mark.Stamp.Known-1)
			if after, is := c.m.Chance(l.Deal, mark.Stamp.Known); was && is {
				line.Side = figures.FromTo(c.Text, before.Chance, after.Chance)
			}
			c.lines = append(c.lines, line)
		}
	}
}

// stalled are the deals whose normal wait has ended.
func (c *changesView) stalled() {
	open := dealindex.Get(c.Request).Open(c.m)
	var list []*dealindex.Line
	var days []process.Date
	for i := range open {
		l := &open[i]
		if day := l.Since.AddDays(l.Patience.Days + 1); l.StandingKnown && l.Stalled && day >= c.from && c.about(l.Deal) {
			list = append(list, l)
			days = append(days, day)
		}
	}
	if len(list) == 0 {
		return
	}
	c.lines = append(c.lines, homeLine{
		What:  append(c.Text.Sentence("home.have_stalled", len(list), i18n.UpperFirst(c.Text.Word(len(list)))), c.named(list)...),
		Small: []i18n.Piece{{Text: parts.JoinDots([]string{c.sellers(list), c.span(days)})}},
	})
}

// showFirstNames is how many deals of a kind are named in a line.
const showFirstNames = 4

// named links the deals, with the words between them that the language has.
func (c *changesView) named(list []*dealindex.Line) []i18n.Piece {
	var pieces []i18n.Piece
	shown := min(len(list), showFirstNames)
	for i, l := range list[:shown] {
		switch {
		case i > 0 && i == len(list)-1:
			pieces = append(pieces, i18n.Piece{Text: c.T("home.and")})
		case i > 0:
			pieces = append(pieces, i18n.Piece{Text: ", "})
		}
		pieces = append(pieces, i18n.Piece{Text: l.Title(), Href: urls.DealPath(l.Deal.ID)})
	}
	if rest := len(list) - shown; rest > 0 {
		pieces = append(pieces, i18n.Piece{Text: c.T("home.and")}, i18n.Piece{
			Text: c.T("home.and_more", rest), Href: urls.DealsQuery{}.Href("changed", strconv.Itoa(max(1, c.Today.Sub(c.from)+1))),
		})
	}
	return pieces
}

// sellers names those who have the deals, in the order of the alphabet.
func (c *changesView) sellers(list []*dealindex.Line) string {
	if c.seller != "" {
		return ""
	}
	var names []string
	for _, l := range list {
		if l.Seller != "" && !slices.Contains(names, l.Seller) {
			names = append(names, l.Seller)
		}
	}
	c.Text.Sort(names)
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		return i18n.JoinNames(names[:n-1]) + c.T("home.and") + names[n-1]
	}
}

// unbrokenDash is a dash in a range, which is never broken over two lines.
const unbrokenDash = i18n.Dash + "\u2060"

// span is the days on which it happened: 27–29 juni.
func (c *changesView) span(days []process.Date) string {
	first, last := slices.Min(days), slices.Max(days)
	if first == last {
		return c.Text.DayNear(last, c.Today)
	}
	if first.Month() == last.Month() && first.Year() == last.Year() && last.Year() == c.Today.Year() {
		return strconv.Itoa(first.Day()) + unbrokenDash + c.Text.DayNear(last, c.Today)
	}
	return c.Text.DayNear(first, c.Today) + unbrokenDash + c.Text.DayNear(last, c.Today)
}
