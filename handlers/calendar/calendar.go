package calendar

import (
	"cmp"
	"slices"
	"strings"

	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/ical"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// calendarPage is what comes, week by week, and how to get it into one's own calendar.
type calendarPage struct {
	web.Page
	Filters  []parts.FilterGroup
	Lead     []i18n.Piece
	Weeks    []week
	Later    []week // shown when asked for
	LaterSay string
	Empty    string
	File     string // address of the whole as .ics
	Keep     keepForm
}

// week is a heading and what comes in it.
type week struct {
	Heading string
	Entries []line
}

// line is one thing that comes.
type line struct {
	When, Kind string
	What       []i18n.Piece
	Seller     string
	Add        string // address of it alone as .ics
	Name       string // of what is added, for who does not see the line
}

// Routes registers the page and the files.
func Routes(r *web.Router) {
	r.Get(urls.CalendarPath, showCalendar)
	r.Template("calendar", calendarPage{})
	r.Get(urls.CalendarPath+"/file", sendCalendar)
	r.Get(urls.CalendarPath+"/deals/:id", sendDeal)
	r.Post(urls.CalendarPath+"/keep", keep)
}

func showCalendar(v *web.Request) error {
	page, err := newCalendarPage(v, parts.FieldErrors{})
	if err != nil {
		return err
	}
	return v.Render("calendar", page)
}

func newCalendarPage(v *web.Request, faults parts.FieldErrors) (calendarPage, error) {
	page := calendarPage{Page: v.Page(urls.Home, v.T("calendar.title"))}
	err := v.Model(func(m *forecast.Model) error {
		seller := sellerAsked(v, m)
		page.File = urls.CalendarFile(string(seller))
		page.fill(v, m, seller)
		page.Keep = newKeepForm(v, m, seller)
		page.Keep.Faults = faults
		return nil
	})
	return page, err
}

// sellerAsked is the seller whose calendar is asked for: the one of the query, and where it says nothing the person who uses this
// computer, if that person sells.
func sellerAsked(v *web.Request, m *forecast.Model) process.PersonID {
	if v.QueryParams().Has("seller") {
		return process.PersonID(v.QueryParam("seller"))
	}
	if me := v.FileInfo.Me(); me != "" && slices.Contains(dealindex.Get(v).Sellers(m, true), me) {
		return me
	}
	return ""
}

// weeksAtOnce is how far ahead the page looks before somebody asks for more.
const weeksAtOnce = 6

func (p *calendarPage) fill(v *web.Request, m *forecast.Model, seller process.PersonID) {
	entries := ical.Coming(v.Text, m, seller)
	p.Filters = filters(v, m, seller)
	p.Print = p.Title
	if name := m.Team().Person(seller); name != "" {
		p.Print = parts.JoinDots([]string{p.Title, name})
	}
	if len(entries) == 0 {
		p.Empty = v.T("calendar.empty")
		return
	}
	count := map[ical.Kind]int{}
	for _, e := range entries {
		count[e.Kind]++
	}
	p.Lead = v.Text.Sentence("calendar.lead", count[ical.Activity], count[ical.Named])
	horizon := v.Today.Monday().AddDays(7 * weeksAtOnce)
	later := 0
	for _, e := range entries {
		into := &p.Weeks
		if e.Day >= horizon && len(p.Weeks) > 0 {
			into = &p.Later
			later++
		}
		heading := weekOf(v, e.Day)
		if n := len(*into); n == 0 || (*into)[n-1].Heading != heading {
			*into = append(*into, week{Heading: heading})
		}
		last := &(*into)[len(*into)-1]
		last.Entries = append(last.Entries, newLine(v, m, e, seller == ""))
	}
	p.LaterSay = v.T("calendar.later", later)
}

// weekOf is the heading that a day stands under: before today, or its week.
func weekOf(v *web.Request, day process.Date) string {
	switch weeks := day.Monday().Sub(v.Today.Monday()) / 7; {
	case day < v.Today:
		return v.T("calendar.passed")
	case weeks == 0:
		return v.T("calendar.this_week")
	case weeks == 1:
		return v.T("calendar.next_week")
	}
	return v.Text.PeriodName(v.FileInfo.Calendar.Period(process.Week, day))
}

func newLine(v *web.Request, m *forecast.Model, e ical.Entry, all bool) line {
	d, _ := m.Team().Deal(e.Deal)
	name := wording.DealName(m.Team(), d)
	link := i18n.Piece{Text: name, Href: urls.DealPath(e.Deal)}
	l := line{
		When: wording.DayAndTime(v.Text, e.Day, e.Time, v.Today), Kind: v.T("calendar.kind_" + string(e.Kind)), Add: urls.DealCalendar(e.Deal, e.ID()),
		Name: e.Summary,
	}
	switch e.Kind {
	case ical.Activity:
		l.What = []i18n.Piece{{Text: strings.TrimSpace(e.Text) + " · "}, link}
	case ical.Named:
		l.What = []i18n.Piece{link, {Text: ": " + i18n.LowerFirst(wording.MilestoneName(m.Team(), d.Process(), e.Milestone))}}
	default:
		l.What = []i18n.Piece{link}
	}
	if all {
		l.Seller = m.Team().Person(d.Now.Seller)
	}
	return l
}

func filters(v *web.Request, m *forecast.Model, seller process.PersonID) []parts.FilterGroup {
	sellers := parts.FilterGroup{Words: []parts.FilterLink{parts.Choice(seller == "", v.T("deals.all_sellers"), urls.CalendarHref(""))}}
	for _, s := range dealindex.SellerOptions(v.Text, m.Team(), dealindex.Get(v).Sellers(m, true)) {
		sellers.Words = append(sellers.Words, parts.Choice(s.Value == string(seller), s.Text, urls.CalendarHref(s.Value)))
	}
	return []parts.FilterGroup{sellers, {Words: []parts.FilterLink{{Text: v.T("meeting.print"), Href: v.Request().URL.RequestURI(), Print: true}}}}
}

// sendCalendar sends everything that comes, of a seller or of all.
func sendCalendar(v *web.Request) error {
	var c ical.Calendar
	err := v.Model(func(m *forecast.Model) error { c = ical.For(v.Text, m, sellerAsked(v, m)); return nil })
	if err != nil {
		return err
	}
	return v.Download(c.Name+".ics", web.TypeCalendar, c.Bytes(v.Now))
}

// sendDeal sends one thing in a deal, or all that comes in it.
func sendDeal(v *web.Request) error {
	var c ical.Calendar
	name := ""
	err := v.Model(func(m *forecast.Model) error {
		d, ok := m.Team().Deal(v.DealID())
		if !ok {
			return process.Missing("deal.no_such")
		}
		name = wording.DealName(m.Team(), d)
		if c, ok = ical.OfDeal(v.Text, m, d, v.QueryParam("only")); !ok {
			return process.Missing("calendar.nothing_comes")
		}
		return nil
	})
	if err != nil {
		return err
	}
	return v.Download(cmp.Or(name, v.T("calendar.title"))+".ics", web.TypeCalendar, c.Bytes(v.Now))
}
