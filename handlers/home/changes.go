package home

import (
	"slices"
	"strconv"
	"time"

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

// homeSpan is what of the news the home page shows, and how it says so: what came in since the last visit on another day, or in the last week.
func homeSpan(v *web.Request, seen lastSeen) (newsSpan, string) {
	day := process.DateOf(seen.before.In(v.Now.Location()))
	days := v.Today.Sub(day)
	span := newsSpan{from: seen.before, unread: seen.prev}
	switch {
	case seen.before.IsZero() || days > 60 || days <= 0:
		span.from, span.first = fromDay(v, v.Today.AddDays(-7)), seen.before.IsZero()
		return span, v.T("home.last_week")
	case days == 1:
		return span, v.T("home.since_yesterday")
	case days <= 7:
		return span, v.T("home.since_weekday_" + strconv.Itoa(int(day.Weekday())))
	}
	return span, v.T("home.since_day", v.Text.DayNear(day, v.Today))
}

// changes is the section with what has come in.
func changes(v *web.Request, m *forecast.Model, items []newsItem, span newsSpan, heading string) homeSection {
	section := homeSection{ID: "changes", Heading: heading}
	section.Lines, section.More = shownAtOnce(newChanges(v, m, items, span.from, "", ""))
	section.MoreSay = v.T("deals.more", len(section.More))
	return section
}

// How much of what has changed stands on the page at once; of what nobody has read yet, more.
const (
	maxChanges = 5
	maxUnread  = 12
)

// shownAtOnce cuts lines, of which the unread stand first, into those on the page and those that are shown when asked for.
func shownAtOnce(lines []homeLine) (shown, more []homeLine) {
	unread := 0
	for unread < len(lines) && lines[unread].New {
		unread++
	}
	n := min(len(lines), max(maxChanges, min(unread, maxUnread)))
	return lines[:n], lines[n:]
}

type changesView struct {
	*web.Request
	m      *forecast.Model
	items  []newsItem
	from   process.Date
	seller process.PersonID // whose deals; empty for all
	picks  process.Picks    // of those the ones with these choices
	lines  []homeLine
}

// newChanges are what has come in about the deals since a time: about one seller's, or about all and what they have in common. What is
// unread stands first.
func newChanges(v *web.Request, m *forecast.Model, items []newsItem, from time.Time, seller process.PersonID, picks process.Picks) []homeLine {
	c := changesView{Request: v, m: m, from: process.DateOf(from.In(v.Now.Location())), seller: seller, picks: picks}
	for _, i := range items {
		if i.deal == nil && seller == "" || i.deal != nil && c.about(i.deal) {
			c.items = append(c.items, i)
		}
	}
	c.ended()
	c.opened()
	c.reached()
	c.stalled()
	c.others()
	slices.SortStableFunc(c.lines, func(a, b homeLine) int { return web.CompareBool(b.New, a.New) })
	return c.lines
}

// about tells whether a deal is one of those that are asked about.
func (c *changesView) about(d *sales.Deal) bool {
	return (c.seller == "" || d.Now.Seller == c.seller) && d.Choices().Has(c.picks)
}

// who is the seller, where not all deals are that seller's.
func (c *changesView) who(seller string) string {
	if c.seller != "" {
		return ""
	}
	return seller
}

// ended are the deals that were won, lost or otherwise closed, the latest first.
func (c *changesView) ended() {
	team := c.m.Team()
	for _, i := range slices.Backward(c.items) {
		if _, closes := i.Fact.(*process.DealClosed); !closes || !c.shown(i) {
			continue
		}
		d, end := i.deal, i.deal.Now.Close
		line := homeLine{
			What: []i18n.Piece{
				{Text: wording.DealName(team, d), Href: urls.DealPath(d.ID)},
				{Text: ", "},
				{Text: c.T(wording.OutcomeKeys[end.Outcome]), Strong: end.Outcome == process.Won},
			},
			Small: c.told(i, c.who(team.Person(d.Now.Seller)), end.On, end.Reason), New: i.unread,
		}
		if value := team.ClosingValue(d); value != 0 && end.Outcome != process.Void {
			line.Side = c.Text.Whole(figures.Minor(value, c.FileInfo.Currency))
		}
		c.lines = append(c.lines, line)
	}
}

// told is the small line under a change: whose deal it is in, what there is to say about it, when it happened, and who recorded it and when,
// as far as that is not the same.
func (c *changesView) told(i newsItem, seller string, on process.Date, details ...string) []i18n.Piece {
	if on.IsZero() {
		on = c.dayOf(i)
	}
	said := append([]string{seller}, details...)
	said = append(said, c.Text.DayNear(on, c.Today))
	if i.by != "" && (i.unread || i.by != seller || on != c.dayOf(i)) {
		said = append(said, c.T("home.recorded_by", i.by, c.when(i)))
	}
	return []i18n.Piece{{Text: parts.JoinDots(said)}}
}

// dayOf is the day on which it was recorded, where the team is.
func (c *changesView) dayOf(i newsItem) process.Date {
	return process.DateOf(i.ID.At().In(c.Now.Location()))
}

// when says when it was recorded, to the minute where that is not long ago.
func (c *changesView) when(i newsItem) string {
	day := c.dayOf(i)
	if c.Today.Sub(day) > 1 {
		return c.Text.DayNear(day, c.Today)
	}
	return c.Text.DayNear(day, c.Today) + " " + c.Text.Clock(i.ID.At().In(c.Now.Location()))
}

// opened are the new deals.
func (c *changesView) opened() {
	opened := map[*sales.Deal]newsItem{}
	for _, i := range c.items {
		if _, ok := i.Fact.(*process.DealOpened); ok {
			opened[i.deal] = i
		}
	}
	var list []*dealindex.Line
	line := homeLine{}
	var by []string
	open := dealindex.Get(c.Request).Open(c.m)
	worth, days := 0.0, []process.Date{}
	for n := range open {
		l := &open[n]
		i, ok := opened[l.Deal]
		if !ok {
			continue
		}
		list = append(list, l)
		worth += l.Value
		days = append(days, l.Deal.Now.Opened)
		line.New = line.New || i.unread
		if i.by != "" && i.by != l.Seller && !slices.Contains(by, i.by) {
			by = append(by, i.by)
		}
	}
	if len(list) == 0 {
		return
	}
	said := []string{c.sellers(list), c.span(days)}
	if len(by) > 0 {
		said = append(said, c.T("home.recorded", c.Text.List(by)))
	}
	line.What = append(c.Text.Sentence("home.new", len(list), i18n.UpperFirst(c.Text.Word(len(list)))), c.named(list)...)
	line.Small, line.Side = []i18n.Piece{{Text: parts.JoinDots(said)}}, c.Text.Whole(figures.Minor(worth, c.FileInfo.Currency))
	c.lines = append(c.lines, line)
}

// reached are the milestones that buyers have reached in deals that are open: what happened long ago and has come in now is news all the same.
func (c *changesView) reached() {
	for _, i := range slices.Backward(c.items) {
		f, ok := i.Fact.(*process.MilestoneReached)
		if !ok || i.deal.Now.Close != nil || !slices.Contains(i.deal.MarkIDs(f.Milestone, process.FarFuture), i.ID) {
			continue
		}
		team, d := c.m.Team(), i.deal
		line := homeLine{
			What: append([]i18n.Piece{{Text: wording.DealName(team, d), Href: urls.DealPath(d.ID)}},
				c.Text.Sentence("home.reached", i18n.LowerFirst(wording.MilestoneName(team, d.Process(), f.Milestone)))...),
			Small: c.told(i, c.who(team.Person(d.Now.Seller)), f.On), New: i.unread,
		}
		before, was := c.m.Chance(d, f.Known-1)
		if after, is := c.m.Chance(d, f.Known); was && is {
			line.Side = figures.FromTo(c.Text, before.Chance, after.Chance)
		}
		c.lines = append(c.lines, line)
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
