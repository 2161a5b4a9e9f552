package handlers

import (
	"net/url"
	"slices"

	"milstolpe/handlers/report"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

const (
	sellersPath    = "/outcome/sellers"
	valueAddedPath = "/outcome/value-added"
	personPath     = "/people/"
)

func sellerRoutes(r *routes) {
	r.getKept(sellersPath, showSellers)
	r.getKept(personPath+":id", showPerson)
	r.getKept(valueAddedPath, showValueAdded)
	r.getKept(stepPeriodsPath, showStepPeriods)
	r.getKept(sellersDealsPath, showSellersDeals)
	r.report(sellersPath, "sellers.title", sellersReport)
	r.report(valueAddedPath, "value.title", valueAddedReport)
	r.template("deals_behind", dealsBehindPage{})
	r.template("sellers", sellersPage{})
	r.template("person", personPage{})
	r.template("value_added", valueAddedPage{})
	r.template("step_periods", stepPeriodsPage{})
}

// sellersPage says whether anybody's own numbers lean, and whether the process is followed in the same way by all. Sellers stand in
// alphabetical order and are never ranked.
type sellersPage struct {
	Page
	Filters []FilterGroup
	Sellers []sellerRow
	SameWay []sameWayRow
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

// sameWayRow is how the team or a seller follows the process. Counts of deals lead to them.
type sameWayRow struct {
	Name                               string
	Row                                forecast.Adherence
	Median                             string
	Closed, InOrder, Waived, Withdrawn Cell
	Reopened, Stalled                  Cell
}

func showSellers(v *visit) error {
	page := sellersPage{Page: v.page(Outcome, v.t("sellers.title"))}
	page.Filters = []FilterGroup{takeAways(v.text, sellersPath), outcomeTabs(v.text, sellersPath)}
	err := v.model(func(m *forecast.Model) error {
		list, err := m.Sellers(forecast.Query{Kind: process.Quarter})
		if err != nil {
			return err
		}
		for _, s := range list {
			page.Sellers = append(page.Sellers, v.sellerRow(m.Team(), s))
		}
		for _, w := range m.SameWay(v.today) {
			if w.Closed+w.Open+w.Marks == 0 {
				continue
			}
			page.SameWay = append(page.SameWay, v.sameWayRow(m.Team(), w))
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, s := range page.Sellers {
		page.Any = page.Any || s.Calls.Named || s.Values.Named || s.Dates.Named || s.Evidence.Named
	}
	slices.SortStableFunc(page.Sellers, func(a, b sellerRow) int { return v.text.Compare(a.Name, b.Name) })
	if len(page.SameWay) > 1 { // the team stands first
		slices.SortStableFunc(page.SameWay[1:], func(a, b sameWayRow) int { return v.text.Compare(a.Name, b.Name) })
	}
	return v.show("sellers", page)
}

func sellersReport(v *visit) (made report.Report, err error) {
	err = v.model(func(m *forecast.Model) error {
		list, err := m.Sellers(forecast.Query{Kind: process.Quarter})
		made = v.asReports().Sellers(m, list)
		return err
	})
	return made, err
}

func (v *visit) sellerRow(team *sales.Team, s forecast.SellerLeaning) sellerRow {
	row := sellerRow{Href: personPath + url.PathEscape(string(s.Seller)), Name: team.Person(s.Seller)}
	row.Calls = v.leaning(s.CallLeaning, v.t("sellers.calls_high"), v.t("sellers.calls_low"), v.shareOf(s.CallBias), v.t("sellers.of_periods", s.Calls))
	row.Values = v.leaning(s.ValueLeaning, v.t("sellers.values_high"), v.t("sellers.values_low"), v.shareOf(s.ValueBias), v.t("sellers.of_won", s.Values))
	days := ""
	if s.DateDays != nil {
		days = v.t("sellers.days_later", v.text.DecDelta(*s.DateDays, 0))
	}
	row.Dates = v.leaning(s.DateLeaning, v.t("sellers.dates_late"), v.t("sellers.dates_early"), days, v.t("sellers.of_won", s.Dates))
	row.Evidence = v.leaning(s.Evidence, v.t("sellers.evidence_high"), v.t("sellers.evidence_low"), "", v.t("sellers.of_deals", s.Deals))
	return row
}

func (v *visit) leaning(l forecast.Leaning, high, low, figure, base string) leaningCell {
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
		cell.Text = v.t("sellers.cannot_tell")
	}
	return cell
}

func (v *visit) shareOf(bias *float64) string {
	if bias == nil {
		return ""
	}
	return v.signedPercent(*bias)
}

// signedPercent is a share with its sign: +12 %.
func (v *visit) signedPercent(share float64) string {
	return v.text.DecDelta(100*share, 0) + v.text.pick(nbsp+"%", "%")
}

func (v *visit) sameWayRow(team *sales.Team, w forecast.Adherence) sameWayRow {
	count := func(name string, n int, text string) Cell {
		if n == 0 {
			return Cell{Text: text}
		}
		return Cell{Text: text, Href: sameWayHref(w.Seller, name)}
	}
	plain := func(name string, n int) Cell { return count(name, n, v.text.Int(int64(n))) }
	row := sameWayRow{
		Name: team.Person(w.Seller), Row: w, Median: v.t("sellers.no_recording"),
		Closed: plain("closed", w.Closed), InOrder: count("in-order", w.InOrder, v.t("sellers.n_of", w.InOrder, w.Closed)),
		Waived: plain("waived", w.Waived), Withdrawn: plain("withdrawn", w.Withdrawn), Reopened: plain("reopened", w.Reopened),
		Stalled: count("stalled", w.Stalled, v.t("sellers.n_of", w.Stalled, w.Open)),
	}
	if w.Seller == "" {
		row.Name = v.t("sellers.team")
	}
	if w.Recorded > 0 {
		row.Median = v.t("sellers.days", w.RecordDays)
	}
	return row
}

// personPage is the same for one seller, with the way to their deals.
type personPage struct {
	Page
	Name      string
	DealsHref string
	Row       *sellerRow
	SameWay   *sameWayRow
}

func showPerson(v *visit) error {
	id := process.PersonID(v.Param("id"))
	page := personPage{Page: v.page(Outcome, ""), DealsHref: string(Deals) + "?seller=" + url.QueryEscape(string(id))}
	err := v.model(func(m *forecast.Model) error {
		if page.Name = m.Team().Person(id); page.Name == "" {
			return process.Missing("sellers.no_such")
		}
		list, err := m.Sellers(forecast.Query{Kind: process.Quarter})
		if err != nil {
			return err
		}
		for _, s := range list {
			if s.Seller == id {
				row := v.sellerRow(m.Team(), s)
				page.Row = &row
			}
		}
		for _, w := range m.SameWay(v.today) {
			if w.Seller == id {
				row := v.sameWayRow(m.Team(), w)
				page.SameWay = &row
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	page.Title = page.Name
	return v.show("person", page)
}
