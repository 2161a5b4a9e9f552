package handlers

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"milstolpe/process"
	"milstolpe/process/forecast"
)

// meetingPage is what the sales meeting goes through, seller by seller: what changed, what stalls, and for each deal what the buyer does
// next, and when. It is for the table and for paper.
type meetingPage struct {
	Page
	Filters []FilterGroup
	Lead    []Piece
	Sellers []meetingSeller
	Empty   string
}

// meetingSeller is one seller's part.
type meetingSeller struct {
	Name    string
	Sum     []Piece
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

const meetingPath = "/meeting"

func meetingRoutes(r *routes) {
	r.getKept(meetingPath, showMeeting)
	r.template("meeting", meetingPage{})
}

func showMeeting(v *visit) error {
	var ask meetingAsk
	if err := v.query(&ask); err != nil {
		return err
	}
	page := meetingPage{Page: v.page(Home, v.t("meeting.title"))}
	if err := v.model(func(m *forecast.Model) error { page.fill(v, m, ask); return nil }); err != nil {
		return err
	}
	return v.show("meeting", page)
}

func (p *meetingPage) fill(v *visit, m *forecast.Model, ask meetingAsk) {
	since := dayOrNone(ask.Since)
	if since.IsZero() || since > v.today {
		since = v.today.AddDays(-7)
	}
	bySeller := map[process.PersonID][]*dealLine{}
	lines := v.open.lines.ofOpen(m)
	total := newSum(m.Team())
	for i := range lines {
		l := &lines[i]
		if id := l.Deal.Now.Seller; ask.Seller == "" || string(id) == ask.Seller {
			bySeller[id] = append(bySeller[id], l)
			total.add(l)
		}
	}
	p.Lead = v.text.Sentence("meeting.lead", total.Deals, v.text.Whole(total.Value()))
	for _, s := range append(sellersOf(v, m.Team(), v.open.lines.sellers(m, true)), option("", v.t("deal.no_seller"))) {
		if deals := bySeller[process.PersonID(s.Value)]; len(deals) > 0 {
			p.Sellers = append(p.Sellers, newMeetingSeller(v, m, s, deals, since))
		}
	}
	p.Filters = p.filters(v, m, ask, since)
	p.Print = v.t("meeting.title") + " · " + v.t("meeting.since", v.text.Day(since))
	if len(p.Sellers) == 0 {
		p.Empty = v.t("meeting.empty")
	}
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
		return meetingPath
	}
	return meetingPath + "?" + strings.Join(q, "&")
}

func (p *meetingPage) filters(v *visit, m *forecast.Model, ask meetingAsk, since process.Date) []FilterGroup {
	given := dayOrNone(ask.Since)
	sellers := FilterGroup{Words: []FilterWord{choice(ask.Seller == "", v.t("deals.all_sellers"), ask.href("", given))}}
	for _, s := range sellersOf(v, m.Team(), v.open.lines.sellers(m, true)) {
		sellers.Words = append(sellers.Words, choice(s.Value == ask.Seller, s.Text, ask.href(s.Value, given)))
	}
	when := FilterGroup{Label: v.t("meeting.changed_since")}
	for _, days := range []int{7, 14, 31} {
		day := v.today.AddDays(-days)
		when.Words = append(when.Words, choice(day == since, v.t("meeting.days_"+strconv.Itoa(days)), ask.href(ask.Seller, day)))
	}
	return []FilterGroup{sellers, when, {Words: []FilterWord{{Text: v.t("meeting.print"), Href: v.Request().URL.RequestURI(), Print: true}}}}
}

func newMeetingSeller(v *visit, m *forecast.Model, s Option, deals []*dealLine, since process.Date) meetingSeller {
	out := meetingSeller{Name: s.Text, Since: v.t("meeting.since", v.text.DayNear(since, v.today))}
	sum := newSum(m.Team())
	soon, stalled := 0, 0
	for _, l := range deals {
		sum.add(l)
		if l.StallsSoon() {
			soon++
		}
		if l.Placed && l.Stalled {
			stalled++
		}
	}
	out.Sum = v.text.Sentence("meeting.sum", sum.Deals, v.text.Whole(sum.Value()), v.text.Whole(sum.Expected()))
	if soon > 0 {
		out.Sum = append(out.Sum, v.text.Sentence("meeting.soon", soon)...)
	}
	if stalled > 0 {
		out.Sum = append(out.Sum, v.text.Sentence("meeting.stalled", stalled)...)
	}
	if s.Value != "" {
		out.Changes = newChanges(v, m, since, process.PersonID(s.Value))
	}
	slices.SortStableFunc(deals, func(a, b *dealLine) int {
		return cmp.Or(cmp.Compare(a.group.place, b.group.place), compareBool(a.Stalled, b.Stalled))
	})
	for _, l := range deals {
		out.Deals = append(out.Deals, newMeetingDeal(v, m, l))
	}
	return out
}

func newMeetingDeal(v *visit, m *forecast.Model, l *dealLine) meetingDeal {
	d := meetingDeal{
		Href: dealPath(l.Deal.ID), Customer: cmp.Or(l.customer, l.title()), Name: l.name, Value: v.worth(l), Next: v.t("meeting.all_passed"),
		State: v.t("deals.state_unknown"), Ours: l.Deal.Now.NextStep.Text, Due: v.text.DayNear(l.Deal.Now.NextStep.Due, v.today),
	}
	if d.Name == d.Customer {
		d.Name = ""
	}
	if !l.Placed {
		d.Next = ""
		return d
	}
	d.State, d.Red = waiting(v.text, &l.DealToday), l.StallsSoon()
	if l.Next == "" {
		return d
	}
	d.Next = milestoneName(m.Team(), l.Deal.Process(), l.Next)
	if day, _ := l.Deal.Promised(l.Next); !day.IsZero() {
		d.Day, d.Passed = v.text.DayNear(day, v.today), day < v.today
	}
	return d
}
