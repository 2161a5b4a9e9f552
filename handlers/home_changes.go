package handlers

import (
	"cmp"
	"slices"
	"strconv"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// changes is what has happened in the deals since the last visit, or in the last week.
func changes(v *visit, m *forecast.Model, since lastSeen) homeSection {
	from := since.day
	section := homeSection{ID: "changes", Heading: v.t("home.last_week")}
	switch days := v.today.Sub(from); {
	case from.IsZero() || days > 60:
		from = v.today.AddDays(-7)
	case days == 1:
		section.Heading = v.t("home.since_yesterday")
	case days <= 7:
		section.Heading = v.t("home.since_weekday_" + strconv.Itoa(int(from.Weekday())))
	default:
		section.Heading = v.t("home.since_day", v.text.DayNear(from, v.today))
	}
	lines := newChanges(v, m, from, "")
	section.Lines = lines[:min(len(lines), mostChanges)]
	section.More = lines[len(section.Lines):]
	section.MoreSay = v.t("deals.more", len(section.More))
	return section
}

// mostChanges is how much of what has changed stands on the page at once.
const mostChanges = 12

type changesView struct {
	*visit
	m      *forecast.Model
	from   process.Date
	seller process.PersonID // whose deals; empty for all
	lines  []homeLine
}

// newChanges are what has counted in the deals from a day on: of one seller's, or of all.
func newChanges(v *visit, m *forecast.Model, from process.Date, seller process.PersonID) []homeLine {
	c := changesView{visit: v, m: m, from: from, seller: seller}
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
	for _, d := range latestClosed(team, c.from) {
		end := d.Now.Close
		if end.History || !c.about(d) {
			continue
		}
		line := homeLine{
			What: []Piece{
				{Text: dealName(team, d), Href: dealPath(d.ID)},
				{Text: ", "},
				{Text: c.t(outcomeKeys[end.Outcome]), Strong: end.Outcome == process.Won},
			},
			Small: []Piece{{Text: dots([]string{c.who(team.Person(d.Now.Seller)), end.Reason, c.text.DayNear(end.On, c.today)})}},
		}
		if value := team.ClosingValue(d); value != 0 && end.Outcome != process.Void {
			line.Side = c.text.Whole(minor(value, c.brief.currency))
		}
		c.lines = append(c.lines, line)
	}
}

// opened are the new deals.
func (c *changesView) opened() {
	open := c.open.lines.ofOpen(c.m)
	var list []*dealLine
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
		What:  append(c.text.Sentence("home.new", len(list), upperFirst(c.text.Word(len(list)))), c.named(list)...),
		Small: []Piece{{Text: dots([]string{c.sellers(list), c.span(days)})}}, Side: c.text.Whole(minor(worth, c.brief.currency)),
	})
}

// reached are the milestones that buyers have reached in deals that are open, with the day from which we know: what happened before the
// time looked at, and was recorded in it, is news all the same.
func (c *changesView) reached() {
	open := c.open.lines.ofOpen(c.m)
	for i := range open {
		l := &open[i]
		if l.changed < c.from || !c.about(l.Deal) {
			continue
		}
		for _, mark := range l.Deal.MarksOn(process.FarFuture) {
			if mark.Stamp.Known < c.from || mark.Stamp.History || mark.Waived {
				continue
			}
			line := homeLine{
				What:  append([]Piece{l.link()}, c.text.Sentence("home.reached", lowerFirst(milestoneName(c.m.Team(), l.Deal.Process(), mark.Milestone)))...),
				Small: []Piece{{Text: dots([]string{c.who(l.seller), c.text.DayNear(mark.Stamp.Known, c.today)})}},
			}
			before, was := c.m.Chance(l.Deal, mark.Stamp.Known-1)
			if after, is := c.m.Chance(l.Deal, mark.Stamp.Known); was && is {
				line.Side = fromTo(c.text, before.Chance, after.Chance)
			}
			c.lines = append(c.lines, line)
		}
	}
}

// stalled are the deals whose normal wait has ended.
func (c *changesView) stalled() {
	open := c.open.lines.ofOpen(c.m)
	var list []*dealLine
	var days []process.Date
	for i := range open {
		l := &open[i]
		if day := l.Since.AddDays(l.Patience.Days + 1); l.Placed && l.Stalled && day >= c.from && c.about(l.Deal) {
			list = append(list, l)
			days = append(days, day)
		}
	}
	if len(list) == 0 {
		return
	}
	c.lines = append(c.lines, homeLine{
		What:  append(c.text.Sentence("home.have_stalled", len(list), upperFirst(c.text.Word(len(list)))), c.named(list)...),
		Small: []Piece{{Text: dots([]string{c.sellers(list), c.span(days)})}},
	})
}

// fewNamed is how many deals of a kind are named in a line.
const fewNamed = 4

// named links the deals, with the words between them that the language has.
func (c *changesView) named(list []*dealLine) []Piece {
	var pieces []Piece
	shown := min(len(list), fewNamed)
	for i, l := range list[:shown] {
		switch {
		case i > 0 && i == len(list)-1:
			pieces = append(pieces, Piece{Text: c.t("home.and")})
		case i > 0:
			pieces = append(pieces, Piece{Text: ", "})
		}
		pieces = append(pieces, Piece{Text: cmp.Or(l.customer, l.title()), Href: dealPath(l.Deal.ID)})
	}
	if rest := len(list) - shown; rest > 0 {
		pieces = append(pieces, Piece{Text: c.t("home.and")}, Piece{
			Text: c.t("home.and_more", rest), Href: dealsAsk{}.href("changed", strconv.Itoa(max(1, c.today.Sub(c.from)+1))),
		})
	}
	return pieces
}

// sellers names those who have the deals, in the order of the alphabet.
func (c *changesView) sellers(list []*dealLine) string {
	if c.seller != "" {
		return ""
	}
	var names []string
	for _, l := range list {
		if l.seller != "" && !slices.Contains(names, l.seller) {
			names = append(names, l.seller)
		}
	}
	c.text.sort(names)
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		return joinNames(names[:n-1]) + c.t("home.and") + names[n-1]
	}
}

func joinNames(names []string) string {
	text := ""
	for i, n := range names {
		if i > 0 {
			text += ", "
		}
		text += n
	}
	return text
}

// unbrokenDash is a dash in a range, which is never broken over two lines.
const unbrokenDash = dash + "\u2060"

// span is the days on which it happened: 27–29 juni.
func (c *changesView) span(days []process.Date) string {
	first, last := slices.Min(days), slices.Max(days)
	if first == last {
		return c.text.DayNear(last, c.today)
	}
	if first.Month() == last.Month() && first.Year() == last.Year() && last.Year() == c.today.Year() {
		return strconv.Itoa(first.Day()) + unbrokenDash + c.text.DayNear(last, c.today)
	}
	return c.text.DayNear(first, c.today) + unbrokenDash + c.text.DayNear(last, c.today)
}
