package home

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

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

// meetingPage is what the sales meeting goes through, seller by seller: what changed, what stalls, and for each deal what the buyer does
// next, and when. It is for the table and for paper.
type meetingPage struct {
	web.Page
	Filters []parts.FilterGroup
	Ask     meetingAsk
	Lists   []wording.ListChoice // the team's own, to narrow the deals down
	Lead    []i18n.Piece
	Sellers []meetingSeller
	Held    meetingHeld
	Empty   string
	NoRate  figures.RateNote
}

// meetingSeller is one seller's part.
type meetingSeller struct {
	Name    string
	Agreed  agreedList
	Sum     []i18n.Piece
	Changes []homeLine
	More    []homeLine // shown when asked for
	Since   string
	Deals   []meetingDeal
}

// meetingAsk is what the query asks for.
type meetingAsk struct {
	Seller string `query:"seller"`
	Since  string `query:"since"` // a day
	Pick   string `query:"pick"`  // choices of the team's own lists, see process.Picks
	Form   string `query:"form"`  // the deal whose row is to be written in
	Row    string `query:"row"`   // the deal whose row was written in
}

func meetingRoutes(r *web.Router) {
	r.Get(urls.MeetingPath, showMeeting)
	r.Post(heldPath, closeMeeting)
	r.Post(urls.MeetingPath+"/deals/:id", saveAgreed)
	r.Template("meeting", meetingPage{})
	r.Template("meeting/row", meetingDeal{})
	r.Template("meeting/agreed", agreedList{})
	r.Template("meeting/held", meetingHeld{})
}

func showMeeting(v *web.Request) error {
	var ask meetingAsk
	if err := v.Query(&ask); err != nil {
		return err
	}
	page, err := newMeetingPage(v, ask, nil)
	if err != nil {
		return err
	}
	return v.Render("meeting", page, page.parts(process.DealID(cmp.Or(ask.Form, ask.Row)))...)
}

// newMeetingPage makes the page, with the form that came back with faults, if one did: an agreeForm or a heldForm.
func newMeetingPage(v *web.Request, ask meetingAsk, sent any) (meetingPage, error) {
	page := meetingPage{Page: v.Page(urls.Home, v.T("meeting.title"))}
	span := meetingSpan(v, ask)
	came, err := cameIn(v, span.from)
	if err != nil {
		return page, err
	}
	err = v.Model(func(m *forecast.Model) error {
		ask.Pick = string(m.Team().Lists().Known(process.Picks(ask.Pick)))
		page.fill(v, m, ask, span, readNews(v, m.Team(), came, span))
		page.openForms(v, m, ask, sent)
		return nil
	})
	return page, err
}

// parts are the pieces of the page that change when the row of a deal is written in.
func (p *meetingPage) parts(id process.DealID) []web.Fragment {
	list := []web.Fragment{{ID: "held", Template: "meeting/held", Data: p.Held}}
	for _, s := range p.Sellers {
		for _, d := range s.Deals {
			if d.deal.ID == id {
				list = append(list, web.Fragment{ID: d.ID, Template: "meeting/row", Data: d}, web.Fragment{ID: s.Agreed.ID, Template: "meeting/agreed", Data: s.Agreed})
			}
		}
	}
	return list
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
	total := dealindex.NewSum(v.FileInfo.Currency)
	var without figures.NoRate
	for i := range lines {
		l := &lines[i]
		if id := l.Deal.Now.Seller; (ask.Seller == "" || string(id) == ask.Seller) && ask.picks(l.Deal) {
			bySeller[id] = append(bySeller[id], l)
			total.Add(l)
			without.Add(m.Team(), l.Deal, v.Today)
		}
	}
	sums := sumsOf(bySeller, total)
	p.NoRate = without.Note(v.Text, m.Team(), p.Path)
	p.Lead = v.Text.Sentence("meeting.lead", total.Deals, v.Text.Whole(total.Value()))
	for _, s := range append(dealindex.SellerOptions(v.Text, m.Team(), meetingSellers(v, m, news)), parts.OptionOf("", v.T("deal.no_seller"))) {
		if ask.Seller != "" && s.Value != ask.Seller {
			continue
		}
		id := process.PersonID(s.Value)
		part := newMeetingSeller(v, m, len(p.Sellers), s, bySeller[id], since, ask)
		if sum := sums[id]; sum != nil {
			part.Sum = append(v.Text.Sentence("meeting.sum", sum.Deals, v.Text.Whole(sum.Value()), v.Text.Whole(sum.Expected())), part.Sum...)
		}
		if s.Value != "" {
			part.Changes, part.More = shownAtOnce(newChanges(v, m, news, span.from, process.PersonID(s.Value), process.Picks(ask.Pick)))
		}
		if len(part.Deals)+len(part.Changes) > 0 || part.Agreed.Heading != "" {
			p.Sellers = append(p.Sellers, part)
		}
	}
	p.Filters = p.filters(v, m, ask, since)
	p.Print = v.T("meeting.title") + " · " + v.T("meeting.since", v.Text.Day(since))
	p.Ask, p.Lists = ask, wording.PickChoices(v.Text, m.Team().Lists(), process.Picks(ask.Pick))
	for _, c := range p.Lists {
		if c.Value != c.Options[0].Value {
			p.Print += " · " + c.Label + ": " + c.Chosen()
		}
	}
	if len(p.Sellers) == 0 {
		p.Empty = v.T("meeting.empty")
	}
}

// sumsOf are the sums of each seller's deals, which add up to that of all.
func sumsOf(bySeller map[process.PersonID][]*dealindex.Line, all dealindex.Sum) map[process.PersonID]*dealindex.Sum {
	sums, list := map[process.PersonID]*dealindex.Sum{}, []*dealindex.Sum{}
	for _, id := range slices.Sorted(maps.Keys(bySeller)) {
		sum := dealindex.NewSum(all.Currency)
		for _, l := range bySeller[id] {
			sum.Add(l)
		}
		sums[id], list = &sum, append(list, &sum)
	}
	dealindex.AddUp(list, all)
	return sums
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

// openForms opens the row that was asked for, or that came back, and makes the form that closes the meeting.
func (p *meetingPage) openForms(v *web.Request, m *forecast.Model, ask meetingAsk, sent any) {
	wanted := process.DealID(ask.Form)
	agree, _ := sent.(*agreeForm)
	if agree != nil {
		wanted = agree.deal
	}
	var rows []meetingDeal
	for i := range p.Sellers {
		for j := range p.Sellers[i].Deals {
			d := &p.Sellers[i].Deals[j]
			if d.deal.ID == wanted {
				d.open(agree, ask)
			}
			rows = append(rows, *d)
		}
	}
	held, _ := sent.(*heldForm)
	p.Held = newMeetingHeld(v, m, ask, rows, held)
}

// rowHref is the page with the row of a deal written in, or to be written in.
func (a meetingAsk) rowHref(what string, id process.DealID) string {
	q := url.Values{what: {string(id)}}
	if a.Seller != "" {
		q.Set("seller", a.Seller)
	}
	if day := web.DayOrNone(a.Since); !day.IsZero() {
		q.Set("since", day.String())
	}
	if a.Pick != "" {
		q.Set("pick", a.Pick)
	}
	return urls.MeetingPath + "?" + q.Encode()
}

// picks tells whether a deal has the choices of the team's own lists that are asked for.
func (a meetingAsk) picks(d *sales.Deal) bool { return d.Choices().Has(process.Picks(a.Pick)) }

// picking is the address of the page with other choices of the team's own lists.
func (a meetingAsk) picking(picks process.Picks) string {
	a.Pick = string(picks)
	return a.href(a.Seller, web.DayOrNone(a.Since))
}

func (a meetingAsk) href(seller string, since process.Date) string {
	var q []string
	if seller != "" {
		q = append(q, "seller="+seller)
	}
	if !since.IsZero() {
		q = append(q, "since="+since.String())
	}
	if a.Pick != "" {
		q = append(q, "pick="+url.QueryEscape(a.Pick))
	}
	if len(q) == 0 {
		return urls.MeetingPath
	}
	return urls.MeetingPath + "?" + strings.Join(q, "&")
}

func (p *meetingPage) filters(v *web.Request, m *forecast.Model, ask meetingAsk, since process.Date) []parts.FilterGroup {
	given := web.DayOrNone(ask.Since)
	sellers := parts.FilterGroup{Words: []parts.FilterLink{parts.Choice(ask.Seller == "", v.T("deals.all_sellers"), ask.href("", given))}}
	for _, s := range dealindex.SellerOptions(v.Text, m.Team(), dealindex.Get(v).Sellers(m, true)) {
		sellers.Words = append(sellers.Words, parts.Choice(s.Value == ask.Seller, s.Text, ask.href(s.Value, given)))
	}
	when := parts.FilterGroup{Label: v.T("meeting.changed_since")}
	for _, days := range []int{7, 14, 31} {
		day := v.Today.AddDays(-days)
		when.Words = append(when.Words, parts.Choice(day == since, v.T("meeting.days_"+strconv.Itoa(days)), ask.href(ask.Seller, day)))
	}
	return []parts.FilterGroup{sellers, when, {Words: []parts.FilterLink{{Text: v.T("meeting.print"), Href: v.Request().URL.RequestURI(), Print: true}}}}
}

func newMeetingSeller(v *web.Request, m *forecast.Model, nr int, s parts.Option, deals []*dealindex.Line, since process.Date, ask meetingAsk) meetingSeller {
	out := meetingSeller{Name: s.Text, Since: v.T("meeting.since", v.Text.DayNear(since, v.Today))}
	soon, stalled := 0, 0
	for _, l := range deals {
		if l.StallsSoon() {
			soon++
		}
		if l.StandingKnown && l.Stalled {
			stalled++
		}
	}
	if soon > 0 {
		out.Sum = append(out.Sum, v.Text.Sentence("meeting.soon", soon)...)
	}
	if stalled > 0 {
		out.Sum = append(out.Sum, v.Text.Sentence("meeting.stalled", stalled)...)
	}
	out.Agreed = newAgreedList(v, m, nr, process.PersonID(s.Value), ask)
	slices.SortStableFunc(deals, func(a, b *dealindex.Line) int {
		return cmp.Or(cmp.Compare(a.Group.Order, b.Group.Order), web.CompareBool(a.Stalled, b.Stalled))
	})
	for _, l := range deals {
		out.Deals = append(out.Deals, newMeetingDeal(v, m, l, ask))
	}
	return out
}
