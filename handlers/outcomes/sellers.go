package outcomes

import (
	"net/url"
	"slices"

	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/report"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/handover"
	"milstolpe/process/winloss"
)

func sellerRoutes(r *web.Router) {
	r.GetCached(urls.SellersPath, showSellers)
	r.GetCached(urls.PersonPath+":id", showPerson)
	r.GetCached(urls.ValueAddedPath, showValueAdded)
	r.GetCached(stepPeriodsPath, showStepPeriods)
	r.GetCached(sellersDealsPath, showSellersDeals)
	r.Report(urls.SellersPath, "sellers.title", sellersReport)
	r.Report(urls.ValueAddedPath, "value.title", valueAddedReport)
	r.Template("deals_behind", figures.DealListPage{})
	r.Template("sellers", sellersPage{})
	r.Template("person", personPage{})
	r.Template("value_added", valueAddedPage{})
	r.Template("step_periods", stepPeriodsPage{})
}

// sellersPage says whether anybody's own numbers lean, and whether the process is followed in the same way by all. Sellers stand in
// alphabetical order and are never ranked.
type sellersPage struct {
	web.Page
	Filters []parts.FilterGroup
	Sellers []sellerRow
	SameWay []adherenceRow
	Any     bool // at least one leaning can be named
}

type sellerRow struct {
	Href, Name                     string
	Calls, Values, Dates, Evidence leaningCell
}

// leaningCell is one of the three things, or the evidence: how it leans in words, and the figures it rests on.
type leaningCell struct {
	Text, Small string
	Named       bool
}

// adherenceRow is how the team or a seller follows the process. Counts of deals lead to them.
type adherenceRow struct {
	Name                               string
	Row                                winloss.Adherence
	Median                             string
	Closed, InOrder, Waived, Withdrawn parts.Cell
	Reopened, Stalled                  parts.Cell
}

func showSellers(v *web.Request) error {
	page := sellersPage{Page: v.Page(urls.Outcome, v.T("sellers.title"))}
	page.Filters = []parts.FilterGroup{web.DownloadLinks(v.Text, urls.SellersPath), wording.OutcomeTabs(v.Text, urls.SellersPath)}
	err := v.Model(func(m *forecast.Model) error {
		list, err := m.Sellers(forecast.Query{Kind: process.Quarter})
		if err != nil {
			return err
		}
		for _, s := range list {
			page.Sellers = append(page.Sellers, newSellerRow(v, m.Team().Person(s.Seller), s))
		}
		for _, w := range winloss.AdherenceOn(m, v.Today) {
			if w.Closed+w.Open+w.Marks == 0 {
				continue
			}
			page.SameWay = append(page.SameWay, newAdherenceRow(v, m.Team().Person(w.Seller), w))
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, s := range page.Sellers {
		page.Any = page.Any || s.Calls.Named || s.Values.Named || s.Dates.Named || s.Evidence.Named
	}
	slices.SortStableFunc(page.Sellers, func(a, b sellerRow) int { return v.Text.Compare(a.Name, b.Name) })
	if len(page.SameWay) > 1 { // the team stands first
		slices.SortStableFunc(page.SameWay[1:], func(a, b adherenceRow) int { return v.Text.Compare(a.Name, b.Name) })
	}
	return v.Render("sellers", page)
}

func sellersReport(v *web.Request) (made report.Report, err error) {
	err = v.Model(func(m *forecast.Model) error {
		list, err := m.Sellers(forecast.Query{Kind: process.Quarter})
		made = v.AsReports().Sellers(m, list)
		return err
	})
	return made, err
}

func newSellerRow(v *web.Request, name string, s forecast.SellerLeaning) sellerRow {
	row := sellerRow{Href: urls.PersonHref(string(s.Seller)), Name: name}
	row.Calls = leaning(v, s.CallLeaning, s.Calls < leanFrom, v.T("sellers.calls_high"), v.T("sellers.calls_low"), shareOf(v, s.CallBias), v.T("sellers.of_periods", s.Calls))
	row.Values = leaning(v, s.ValueLeaning, s.Values < leanFrom, v.T("sellers.values_high"), v.T("sellers.values_low"), shareOf(v, s.ValueBias), v.T("sellers.of_won", s.Values))
	days := ""
	if s.DateDays != nil {
		days = v.T("sellers.days_later", v.Text.DecDelta(*s.DateDays, 0))
	}
	row.Dates = leaning(v, s.DateLeaning, s.Dates < leanFrom, v.T("sellers.dates_late"), v.T("sellers.dates_early"), days, v.T("sellers.of_won", s.Dates))
	row.Evidence = leaning(v, s.Evidence, s.Z == nil, v.T("sellers.evidence_high"), v.T("sellers.evidence_low"), "", v.T("sellers.of_deals", s.Deals))
	return row
}

// leaning is what a cell says: a leaning, that none is clear, or that the values are too few to tell.
func leaning(v *web.Request, l forecast.Leaning, few bool, high, low, figure, base string) leaningCell {
	cell := leaningCell{Small: base}
	if figure != "" {
		cell.Small = figure + " · " + base
	}
	switch l {
	case forecast.LeansHigh:
		cell.Text, cell.Named = high, true
	case forecast.LeansLow:
		cell.Text, cell.Named = low, true
	case forecast.CannotTell:
		cell.Text = v.T("sellers.cannot_tell")
		if few {
			cell.Text = v.T("sellers.too_few")
		}
	}
	return cell
}

func shareOf(v *web.Request, bias *float64) string {
	if bias == nil {
		return ""
	}
	return signedPercent(v, *bias)
}

// signedPercent is a share with its sign: +12 %.
func signedPercent(v *web.Request, share float64) string {
	return v.Text.DecDelta(100*share, 0) + v.Text.Pick(i18n.Nbsp+"%", "%")
}

func newAdherenceRow(v *web.Request, name string, w winloss.Adherence) adherenceRow {
	count := func(name string, n int, text string) parts.Cell {
		if n == 0 {
			return parts.Cell{Text: text}
		}
		return parts.Cell{Text: text, Href: adherenceHref(w.Seller, name)}
	}
	plain := func(name string, n int) parts.Cell { return count(name, n, v.Text.Int(int64(n))) }
	row := adherenceRow{
		Name: name, Row: w, Median: v.T("sellers.no_recording"),
		Closed: plain("closed", w.Closed), InOrder: count("in-order", w.InOrder, v.T("sellers.n_of", w.InOrder, w.Closed)),
		Waived: plain("waived", w.Waived), Withdrawn: plain("withdrawn", w.Withdrawn), Reopened: plain("reopened", w.Reopened),
		Stalled: count("stalled", w.Stalled, v.T("sellers.n_of", w.Stalled, w.Open)),
	}
	if w.Seller == "" {
		row.Name = v.T("sellers.team")
	}
	if w.Recorded > 0 {
		row.Median = v.T("sellers.days", w.RecordDays)
	}
	return row
}

// personPage is the same for one seller, with the way to their deals.
type personPage struct {
	web.Page
	Name      string
	DealsHref string
	HandOver  string // where the person's open deals go to somebody else; empty where there are none
	Row       *sellerRow
	SameWay   *adherenceRow
}

func showPerson(v *web.Request) error {
	id := process.PersonID(v.Param("id"))
	page := personPage{Page: v.Page(urls.Outcome, ""), DealsHref: string(urls.Deals) + "?seller=" + url.QueryEscape(string(id))}
	err := v.Model(func(m *forecast.Model) error {
		if page.Name = m.Team().Person(id); page.Name == "" {
			return process.Missing("sellers.no_such")
		}
		if len(handover.Open(m.Team(), id)) > 0 {
			page.HandOver = urls.HandOverHref(string(id))
		}
		list, err := m.Sellers(forecast.Query{Kind: process.Quarter})
		if err != nil {
			return err
		}
		for _, s := range list {
			if s.Seller == id {
				row := newSellerRow(v, m.Team().Person(s.Seller), s)
				page.Row = &row
			}
		}
		for _, w := range winloss.AdherenceOn(m, v.Today) {
			if w.Seller == id {
				row := newAdherenceRow(v, m.Team().Person(w.Seller), w)
				page.SameWay = &row
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	page.Title = page.Name
	return v.Render("person", page)
}
