package outcomes

import (
	"slices"

	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/winloss"
)

// outcomePage holds forecasts against what came.
type outcomePage struct {
	web.Page
	Heading string
	Filters []parts.FilterGroup
	Empty   *parts.EmptyState
	NoRate  []i18n.Piece // won deals that are not counted
	Rates   []parts.RateForm
	Chosen  chosenView
	Advice  [][]i18n.Piece // what can be done about it
	Over    overView
	Bars    *barsView
	Next    *nextView
	Periods periodTable
	Groups  groupTable
	Lost    *lostView
	Opened  bool // the second layer was asked for: the table is split, or a list is shown whole
}

// Routes registers the outcome of a period and the pages beside it: calibration, timing, sellers, and value added.
func Routes(r *web.Router) {
	outcomeRoutes(r)
	calibrationRoutes(r)
	sellerRoutes(r)
}

func outcomeRoutes(r *web.Router) {
	r.GetCached(urls.OutcomePath, showOutcome)
	r.GetCached(urls.OutcomeDealsPath, showOutcomeDeals)
	r.Report(urls.OutcomePath, "outcome.title", outcomeReport)
	r.Template("outcome", outcomePage{})
	r.Template("outcome_deals", outcomeDealsPage{})
}

func showOutcome(v *web.Request) error {
	var ask urls.OutcomeQuery
	if err := v.Query(&ask); err != nil {
		return err
	}
	page := outcomePage{Page: v.Page(urls.Outcome, v.T("outcome.title")), Heading: v.T("outcome.title"), Opened: ask.By != ""}
	err := v.Reports(func(r *web.ReportCache) error { return page.fill(v.Text, r, ask) })
	if err != nil {
		return err
	}
	return v.Render("outcome", page)
}

// fill builds everything that the page shows.
func (p *outcomePage) fill(t *i18n.Text, reports *web.ReportCache, ask urls.OutcomeQuery) error {
	if reports.Model.FirstOpened() >= reports.Model.Today() {
		p.Empty = emptyOutcome(t, reports.Model, process.Quarter)
		return nil
	}
	o, err := newOutcomeView(t, reports, ask)
	if err != nil {
		return err
	}
	p.Filters = o.filters()
	p.Title = o.Period(o.chosen.Period)
	p.Print = o.printLine()
	if u := winloss.UnratedIn(o.model, o.report); u.Won > 0 {
		p.NoRate, p.Rates = figures.UnratedSentence(t, u), figures.RateForms(o.model.Team(), u.Currencies, p.Path)
	}
	if !slices.ContainsFunc(o.report.Periods, func(p *forecast.PeriodReport) bool { return p.HasForecast }) {
		p.Empty = emptyOutcome(t, reports.Model, o.report.Query.Kind)
		return nil
	}
	if scope(&ask) != (forecast.Scope{}) && !slices.ContainsFunc(o.report.Periods, func(p *forecast.PeriodReport) bool { return len(p.Parts) > 0 }) {
		p.Empty = &parts.EmptyState{Why: t.T("outcome.empty.filtered"), Action: t.T("outcome.empty.clear"), Href: ask.Href(urls.OutcomePath, "seller", "", "process", "", "customer", "", "pick", "")}
		return nil
	}
	p.Chosen, p.Advice, p.Over, p.Bars, p.Next = o.inWords(), o.advice(), o.overTime(), o.difference(), o.byNext()
	p.Periods, p.Lost = o.periodTable(), o.lost()
	p.Groups, err = o.groupTable()
	return err
}

// emptyOutcome says when there will be something to compare: the first period that begins with a deal.
func emptyOutcome(t *i18n.Text, m *forecast.Model, kind process.PeriodKind) *parts.EmptyState {
	first := m.Team().Calendar().Period(kind, min(m.FirstOpened(), m.Today())).Next()
	return &parts.EmptyState{Why: t.T("outcome.empty.why", first, first.End), Action: t.T("outcome.empty.action"), Href: "/import"}
}

// newOutcomeView asks the model for the report, and finds the chosen period: the last complete one, unless another is asked for.
func newOutcomeView(t *i18n.Text, reports *web.ReportCache, ask urls.OutcomeQuery) (*outcomeView, error) {
	ask.Pick = string(reports.Model.Team().Lists().Known(process.Picks(ask.Pick)))
	q, chosen := query(&ask, reports.Model)
	r, err := reports.Report(q)
	if err != nil {
		return nil, err
	}
	o := &outcomeView{Amounts: figures.NewAmounts(t, r.Currency), ask: ask, reports: reports, model: reports.Model, report: r, the: t.T(wording.ThePeriodKeys[q.Kind]), index: len(r.Periods) - 1}
	for i, p := range slices.Backward(r.Periods) {
		if p.Period.Start == chosen.Start || chosen.IsZero() && p.Complete {
			o.index = i
			break
		}
	}
	o.chosen = o.RoundReport(o.model, r.Periods[o.index])
	return o, nil
}

func (o *outcomeView) filters() []parts.FilterGroup {
	var kinds, leads parts.FilterGroup
	for _, k := range process.PeriodKinds {
		kinds.Words = append(kinds.Words, parts.Choice(k == o.report.Query.Kind, o.T(wording.PeriodKindKeys[k]), o.ask.Href(urls.OutcomePath, "period", k.String(), "chosen", "", "from", "", "to", "")))
	}
	leads.Label = o.T("outcome.lead")
	for n := range maxLead + 1 {
		text, value := o.T("outcome.lead.start", o.the), ""
		if n > 0 {
			text, value = o.T("outcome.lead.before", o.count(n)), o.Int(int64(n))
		}
		leads.Words = append(leads.Words, parts.Choice(n == o.report.Query.Lead, text, o.ask.Href(urls.OutcomePath, "lead", value)))
	}
	groups := []parts.FilterGroup{kinds, leads}
	for _, g := range []parts.FilterGroup{o.sellerFilter(), o.processFilter(), o.customerFilter()} {
		if len(g.Words) > 0 {
			groups = append(groups, g)
		}
	}
	groups = append(groups, wording.PickFilters(o.Text, o.model.Team().Lists(), process.Picks(o.ask.Pick),
		func(p process.Picks) string { return o.ask.Href(urls.OutcomePath, "pick", string(p)) },
		func(id process.ListID) string {
			return o.ask.Href(urls.OutcomePath, "by", string(forecast.ByList(id))) + "#groups"
		})...)
	return append(groups, web.DownloadLinks(o.Text, o.ask.Href(urls.OutcomePath)), parts.WithoutChosen(wording.OutcomeTabs(o.Text, urls.OutcomePath)))
}

// sellerFilter names the chosen seller. Choosing one is done in the table of sellers, where all of them stand.
func (o *outcomeView) sellerFilter() parts.FilterGroup {
	if o.ask.Seller == "" {
		return parts.FilterGroup{Words: []parts.FilterLink{{Text: o.T("outcome.all_sellers")}, {Text: o.T("outcome.one_seller"), Href: o.ask.Href(urls.OutcomePath, "by", "") + "#groups"}}}
	}
	name := o.model.Team().Person(process.PersonID(o.ask.Seller))
	return parts.FilterGroup{Words: []parts.FilterLink{{Text: o.T("outcome.all_sellers"), Href: o.ask.Href(urls.OutcomePath, "seller", "")}, {Text: name}}}
}

// processFilter offers the processes where there are several.
func (o *outcomeView) processFilter() parts.FilterGroup {
	var g parts.FilterGroup
	for _, p := range o.model.Team().Processes() {
		if p.Current() != nil {
			g.Words = append(g.Words, parts.Choice(o.ask.Process == string(p.ID), p.Name(), o.ask.Href(urls.OutcomePath, "process", string(p.ID))))
		}
	}
	if len(g.Words) < 2 {
		return parts.FilterGroup{}
	}
	g.Words = append([]parts.FilterLink{parts.Choice(o.ask.Process == "", o.T("outcome.all_processes"), o.ask.Href(urls.OutcomePath, "process", ""))}, g.Words...)
	return g
}

func (o *outcomeView) customerFilter() parts.FilterGroup {
	if o.ask.Customer == "" {
		return parts.FilterGroup{}
	}
	name := o.model.Team().Customer(process.CustomerID(o.ask.Customer))
	return parts.FilterGroup{Words: []parts.FilterLink{{Text: o.T("outcome.all_customers"), Href: o.ask.Href(urls.OutcomePath, "customer", "")}, {Text: name}}}
}

// printLine says on paper what the page is about, since the filters are not printed.
func (o *outcomeView) printLine() string {
	line := o.T("outcome.title")
	for _, g := range o.filters() {
		for _, w := range g.Words {
			if w.Href != "" {
				continue
			}
			line += " · "
			if g.Label != "" {
				line += g.Label + " "
			}
			line += w.Text
		}
	}
	return line
}
