package outcomes

import (
	"net/url"
	"slices"
	"strconv"

	"milstolpe/handlers/chart"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/report"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/winloss"
)

// timingPage holds dates against real ones, for deals that were won.
type timingPage struct {
	web.Page
	Heading string
	Filters []parts.FilterGroup
	Few     *chart.CountPictogram
	Lead    []i18n.Piece
	Note    []i18n.Piece
	Rows    []timingRow
	Sellers []timingRow
	Deals   []timingDeal
	More    string
}

// timingRow is one way to say a date, or one seller's dates.
type timingRow struct {
	Name, Href                          string
	Deals, Usual, Median, OnTime, Moved string
}

type timingDeal struct {
	Name           parts.Cell
	Seller         string
	Expected, Late string
	Moved          string
	Likely, LateBy string
	Closed         string
}

// timingNeeds is how many won deals it takes to say anything about dates.
const timingNeeds = 8

// maxTimings is how many deals are listed; the latest.
const maxTimings = 60

type timingAsk struct {
	Since  string `query:"since"`  // all: from the beginning; otherwise the last year
	Seller string `query:"seller"` // only this one's deals
}

func showTiming(v *web.Request) error {
	var ask timingAsk
	if err := v.Query(&ask); err != nil {
		return err
	}
	page := timingPage{Page: v.Page(urls.Outcome, v.T("timing.title")), Heading: v.T("timing.title")}
	err := v.Model(func(m *forecast.Model) error {
		page.fill(v.Text, m, ask)
		return nil
	})
	if err != nil {
		return err
	}
	return v.Render("timing", page)
}

// timing are the won deals of the last year, or all of them.
func (a *timingAsk) timing(m *forecast.Model) (timing *winloss.Timing, from process.Date) {
	from = m.Today().AddDays(-365)
	if a.Since == "all" {
		from = min(from, m.FirstOpened())
	}
	return winloss.TimingOf(m, from, m.Today(), forecast.Scope{Seller: process.PersonID(a.Seller)}), from
}

func (a *timingAsk) href(changes ...string) string {
	values := url.Values{}
	for _, pair := range [][2]string{{"since", a.Since}, {"seller", a.Seller}} {
		if pair[1] != "" {
			values.Set(pair[0], pair[1])
		}
	}
	return urls.Address(urls.TimingPath, values, changes)
}

func timingReport(v *web.Request) (made report.Report, err error) {
	var ask timingAsk
	if err := v.Query(&ask); err != nil {
		return made, err
	}
	err = v.Model(func(m *forecast.Model) error {
		timing, _ := ask.timing(m)
		made = v.AsReports().Timing(m.Team(), timing)
		return nil
	})
	return made, err
}

func (p *timingPage) fill(t *i18n.Text, m *forecast.Model, ask timingAsk) {
	if m.Team().Person(process.PersonID(ask.Seller)) == "" {
		ask.Seller = ""
	}
	all := ask.Since == "all"
	p.Filters = []parts.FilterGroup{
		{Words: []parts.FilterLink{parts.Choice(!all, t.T("timing.last_year"), ask.href("since", "")), parts.Choice(all, t.T("timing.all"), ask.href("since", "all"))}},
	}
	if ask.Seller != "" {
		name := m.Team().Person(process.PersonID(ask.Seller))
		p.Filters = append(p.Filters, parts.FilterGroup{Words: []parts.FilterLink{{Text: t.T("timing.everybody"), Href: ask.href("seller", "")}, {Text: name}}})
	}
	p.Filters = append(p.Filters, web.DownloadLinks(t, ask.href()), wording.OutcomeTabs(t, urls.TimingPath))
	timing, from := ask.timing(m)
	p.Deals = timingDeals(t, m, timing)
	if len(timing.Deals) > maxTimings {
		p.More = t.T("timing.latest", maxTimings, len(timing.Deals))
	}
	if max(timing.Seller.Deals, timing.Likely.Deals) < timingNeeds {
		have := max(timing.Seller.Deals, timing.Likely.Deals)
		p.Few = &chart.CountPictogram{Sentence: t.T("timing.cannot_tell", have, timingNeeds), Have: have, Need: timingNeeds}
		return
	}
	p.Lead, p.Note = timingLead(t, timing), timingNote(t, timing)
	p.Rows = []timingRow{timingOf(t, t.T("timing.seller"), &timing.Seller), timingOf(t, t.T("timing.likely"), &timing.Likely)}
	if ask.Seller == "" {
		p.Sellers = timingSellers(t, m, from, ask)
	}
}

// timingLead says when deals come compared with when they were said to.
func timingLead(t *i18n.Text, timing *winloss.Timing) []i18n.Piece {
	s := &timing.Seller
	if s.Deals < timingNeeds {
		return t.Sentence("timing.lead.no_dates", s.Deals, timingNeeds)
	}
	days := t.T("timing.days", max(s.Median, -s.Median))
	lead := t.Sentence(web.BySign(float64(s.Median), "timing.lead.later", "timing.lead.earlier", "timing.lead.same"), s.Deals, i18n.Unbroken(days))
	return parts.Sentences(lead, t.Sentence("timing.moved", timing.Moved, timing.Dated, t.T("timing.times", timing.Moves)))
}

// timingNote holds the likely date against the sellers', over the deals that have both.
func timingNote(t *i18n.Text, timing *winloss.Timing) []i18n.Piece {
	b := &timing.Both
	if b.Seller.Deals < timingNeeds {
		return t.Sentence("timing.likely_unknown", b.Seller.Deals, timingNeeds)
	}
	return t.Sentence("timing.compare", i18n.Unbroken(t.T("outcome.deals", b.Seller.Deals)), i18n.Unbroken(t.T("timing.days", b.Seller.Usual)), i18n.Unbroken(t.T("timing.days", b.Likely.Usual)))
}

func timingOf(t *i18n.Text, name string, m *winloss.DateMisses) timingRow {
	row := timingRow{Name: name, Deals: t.Int(int64(m.Deals)), Usual: i18n.Dash, Median: i18n.Dash, OnTime: i18n.Dash, Moved: i18n.Dash}
	if m.Deals < timingNeeds {
		row.Usual = t.T("outcome.cannot_tell")
		return row
	}
	row.Usual, row.Median = t.Int(int64(m.Usual)), i18n.Plus(t.Int(int64(m.Median)), float64(m.Median))
	row.OnTime = t.Percent(float64(m.OnTime) / float64(m.Deals))
	return row
}

// timingSellers are the sellers' own dates, by name.
func timingSellers(t *i18n.Text, m *forecast.Model, from process.Date, ask timingAsk) []timingRow {
	var rows []timingRow
	for _, id := range m.Team().People() {
		timing := winloss.TimingOf(m, from, m.Today(), forecast.Scope{Seller: id})
		if timing.Dated == 0 {
			continue
		}
		row := timingOf(t, m.Team().Person(id), &timing.Seller)
		row.Href = ask.href("seller", string(id))
		row.Moved = t.T("timing.moved_of", timing.Moved, timing.Dated)
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b timingRow) int { return t.Compare(a.Name, b.Name) })
	return rows
}

func timingDeals(t *i18n.Text, m *forecast.Model, timing *winloss.Timing) []timingDeal {
	var rows []timingDeal
	for i := range timing.Deals[:min(len(timing.Deals), maxTimings)] {
		d := &timing.Deals[i]
		row := timingDeal{
			Name: parts.Cell{Text: wording.DealName(m.Team(), d.Deal), Href: urls.DealPath(d.Deal.ID)}, Seller: m.Team().Person(d.Deal.SellerOn(m.Today())),
			Closed: t.ISO(d.Closed), Expected: i18n.Dash, Late: i18n.Dash, Moved: i18n.Dash, Likely: i18n.Dash, LateBy: i18n.Dash,
		}
		if d.Expected != 0 {
			row.Expected, row.Late, row.Moved = t.ISO(d.Expected), signedDays(t, d.Late), strconv.Itoa(d.Moves)
		}
		if d.Likely != 0 {
			row.Likely, row.LateBy = t.ISO(d.Likely), signedDays(t, d.LikelyLate)
		}
		rows = append(rows, row)
	}
	return rows
}

func signedDays(t *i18n.Text, days int) string { return i18n.Plus(t.Int(int64(days)), float64(days)) }
