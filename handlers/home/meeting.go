package home

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// meetingPage is what the sales meeting goes through, seller by seller: what changed, what stalls, and for each deal what the buyer does
// next, and when. It is for the table and for paper.
type meetingPage struct {
	web.Page
	Filters []parts.FilterGroup
	Lead    []i18n.Piece
	Sellers []meetingSeller
	Empty   string
}

// meetingSeller is one seller's part.
type meetingSeller struct {
	Name    string
	Sum     []i18n.Piece
	Changes []homeLine
	Since   string
	Deals   []meetingDeal
}

// meetingDeal is a deal with the buyer's next step, and ours.
type meetingDeal struct {
	Href, Customer, Name string
	Value                string
	Next                 string // the buyer's next milestone
	Day                  string // that the buyer has named for it
	Passed               bool   // that day has passed
	State                string
	Red                  bool
	Ours                 string // our next activity
	Due                  string
}

// meetingAsk is what the query asks for.
type meetingAsk struct {
	Seller string `query:"seller"`
	Since  string `query:"since"` // a day
}

func meetingRoutes(r *web.Router) {
	r.Get(urls.MeetingPath, showMeeting)
	r.Template("meeting", meetingPage{})
}

func showMeeting(v *web.Request) error {
	var ask meetingAsk
	if err := v.Query(&ask); err != nil {
		return err
	}
	page := meetingPage{Page: v.Page(urls.Home, v.T("meeting.title"))}
	span := meetingSpan(v, ask)
	came, err := cameIn(v, span.from)
	if err != nil {
		return err
	}
	err = v.Model(func(m *forecast.Model) error {
		page.fill(v, m, ask, span, readNews(v, m.Team(), came, span))
		return nil
	})
	if err != nil {
		return err
	}
	return v.Render("meeting", page)
}

// meetingSpan is what of the news the meeting page shows: since the day that was asked for, else of the last week, and of more where this
// person has looked at the page longer ago.
func meetingSpan(v *web.Request, ask meetingAsk) newsSpan {
	seen := seenBefore(v, "met")
	span := newsSpan{unread: seen.prev, first: seen.before.IsZero(), from: fromDay(v, v.Today.AddDays(-7))}
	if day := web.DayOrNone(ask.Since); !day.IsZero() && day <= v.Today {
		span.from = fromDay(v, day)
	} else if !span.first && seen.before.Before(span.from) {
		span.from = fromDay(v, max(v.Today.AddDays(-60), process.DateOf(seen.before.In(v.Now.Location()))))
	}
	return span
}

func (p *meetingPage) fill(v *web.Request, m *forecast.Model, ask meetingAsk, span newsSpan, news []newsItem) {
	since := process.DateOf(span.from.In(v.Now.Location()))
	bySeller := map[process.PersonID][]*dealindex.Line{}
	lines := dealindex.Get(v).Open(m)
	total := dealindex.NewSum(m.Team())
	for i := range lines {
		l := &lines[i]
		if id := l.Deal.Now.Seller; ask.Seller == "" || string(id) == ask.Seller {
			bySeller[id] = append(bySeller[id], l)
			total.Add(l)
		}
	}
	p.Lead = v.Text.Sentence("meeting.lead", total.Deals, v.Text.Whole(total.Value()))
	for _, s := range append(dealindex.SellerOptions(v, m.Team(), meetingSellers(v, m, news)), parts.OptionOf("", v.T("deal.no_seller"))) {
		if ask.Seller != "" && s.Value != ask.Seller {
			continue
		}
		part := newMeetingSeller(v, m, s, bySeller[process.PersonID(s.Value)], since)
		if s.Value != "" {
			part.Changes = newChanges(v, m, news, span.from, process.PersonID(s.Value))
		}
		if len(part.Deals)+len(part.Changes) > 0 {
			p.Sellers = append(p.Sellers, part)
		}
	}
	p.Filters = p.filters(v, m, ask, since)
	p.Print = v.T("meeting.title") + " · " + v.T("meeting.since", v.Text.Day(since))
	if len(p.Sellers) == 0 {
		p.Empty = v.T("meeting.empty")
	}
}

// meetingSellers are those who have open deals, or had a deal in which something has changed.
func meetingSellers(v *web.Request, m *forecast.Model, news []newsItem) []process.PersonID {
	sellers := dealindex.Get(v).Sellers(m, true)
	for _, i := range news {
		if i.deal != nil && i.deal.Now.Seller != "" && m.Team().Person(i.deal.Now.Seller) != "" && !slices.Contains(sellers, i.deal.Now.Seller) {
			sellers = append(sellers, i.deal.Now.Seller)
		}
	}
	return sellers
}

func (a meetingAsk) href(seller string, since process.Date) string {
	var q []string
	if seller != "" {
		q = append(q, "seller="+seller)
	}
	if !since.IsZero() {
		q = append(q, "since="+since.String())
	}
	if len(q) == 0 {
		return urls.MeetingPath
	}
	return urls.MeetingPath + "?" + strings.Join(q, "&")
}

func (p *meetingPage) filters(v *web.Request, m *forecast.Model, ask meetingAsk, since process.Date) []parts.FilterGroup {
	given := web.DayOrNone(ask.Since)
	sellers := parts.FilterGroup{Words: []parts.FilterLink{parts.Choice(ask.Seller == "", v.T("deals.all_sellers"), ask.href("", given))}}
	for _, s := range dealindex.SellerOptions(v, m.Team(), dealindex.Get(v).Sellers(m, true)) {
		sellers.Words = append(sellers.Words, parts.Choice(s.Value == ask.Seller, s.Text, ask.href(s.Value, given)))
	}
	when := parts.FilterGroup{Label: v.T("meeting.changed_since")}
	for _, days := range []int{7, 14, 31} {
		day := v.Today.AddDays(-days)
		when.Words = append(when.Words, parts.Choice(day == since, v.T("meeting.days_"+strconv.Itoa(days)), ask.href(ask.Seller, day)))
	}
	return []parts.FilterGroup{sellers, when, {Words: []parts.FilterLink{{Text: v.T("meeting.print"), Href: v.Request().URL.RequestURI(), Print: true}}}}
}

func newMeetingSeller(v *web.Request, m *forecast.Model, s parts.Option, deals []*dealindex.Line, since process.Date) meetingSeller {
	out := meetingSeller{Name: s.Text, Since: v.T("meeting.since", v.Text.DayNear(since, v.Today))}
	sum := dealindex.NewSum(m.Team())
	soon, stalled := 0, 0
	for _, l := range deals {
		sum.Add(l)
		if l.StallsSoon() {
			soon++
		}
		if l.StandingKnown && l.Stalled {
			stalled++
		}
	}
	out.Sum = v.Text.Sentence("meeting.sum", sum.Deals, v.Text.Whole(sum.Value()), v.Text.Whole(sum.Expected()))
	if soon > 0 {
		out.Sum = append(out.Sum, v.Text.Sentence("meeting.soon", soon)...)
	}
	if stalled > 0 {
		out.Sum = append(out.Sum, v.Text.Sentence("meeting.stalled", stalled)...)
	}
	slices.SortStableFunc(deals, func(a, b *dealindex.Line) int {
		return cmp.Or(cmp.Compare(a.Group.Order, b.Group.Order), web.CompareBool(a.Stalled, b.Stalled))
	})
	for _, l := range deals {
		out.Deals = append(out.Deals, newMeetingDeal(v, m, l))
	}
	return out
}

func newMeetingDeal(v *web.Request, m *forecast.Model, l *dealindex.Line) meetingDeal {
	d := meetingDeal{
		Href: urls.DealPath(l.Deal.ID), Customer: cmp.Or(l.Customer, l.Title()), Name: l.Name, Value: dealindex.ValueText(v, l), Next: v.T("meeting.all_passed"),
		State: v.T("deals.state_unknown"), Ours: l.Deal.Now.NextStep.Text, Due: wording.DayAndTime(v.Text, l.Deal.Now.NextStep.Due, l.Deal.Now.NextStep.Time, v.Today),
	}
	if d.Name == d.Customer {
		d.Name = ""
	}
	if !l.StandingKnown {
		d.Next = ""
		return d
	}
	d.State, d.Red = wording.WaitingText(v.Text, &l.DealToday), l.StallsSoon()
	if l.Next == "" {
		return d
	}
	d.Next = wording.MilestoneName(m.Team(), l.Deal.Process(), l.Next)
	if day, _ := l.Deal.Promised(l.Next); !day.IsZero() {
		d.Day, d.Passed = v.Text.DayNear(day, v.Today), day < v.Today
	}
	return d
}
