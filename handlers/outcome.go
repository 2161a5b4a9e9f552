package handlers

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/forecast"
)

// outcomePage holds forecasts against what came.
type outcomePage struct {
	Page
	Heading string
	Filters []FilterGroup
	Empty   *nothingYet
	Chosen  chosenView
	Over    overView
	Bars    *barsView
	Next    *nextView
	Periods periodTable
	Groups  groupTable
	Lost    *lostView
}

// nothingYet is an empty state: one sentence why, one thing to do.
type nothingYet struct{ Why, Action, Href string }

func outcomeRoutes(r *routes) {
	r.getKept(outcomePath, showOutcome)
	r.getKept(outcomeDealsPath, showOutcomeDeals)
	r.report(outcomePath, "outcome.title", outcomeReport)
	r.template("outcome", outcomePage{})
	r.template("outcome_deals", outcomeDealsPage{})
}

func showOutcome(v *visit) error {
	var ask outcomeAsk
	if err := v.query(&ask); err != nil {
		return err
	}
	page := outcomePage{Page: v.page(Outcome, v.t("outcome.title")), Heading: v.t("outcome.title")}
	err := v.reports(func(r *reportCache) error { return page.fill(v.text, r, ask) })
	if err != nil {
		return err
	}
	return v.show("outcome", page)
}

// fill builds everything that the page shows.
func (p *outcomePage) fill(t *Text, reports *reportCache, ask outcomeAsk) error {
	if reports.model.FirstOpened() >= reports.model.Today() {
		p.Empty = emptyOutcome(t, reports.model, process.Quarter)
		return nil
	}
	o, err := newOutcomeView(t, reports, ask)
	if err != nil {
		return err
	}
	p.Filters = o.filters()
	p.Title = o.Period(o.chosen.Period)
	p.Print = o.printLine()
	if !slices.ContainsFunc(o.report.Periods, func(p *forecast.PeriodReport) bool { return p.HasForecast }) {
		p.Empty = emptyOutcome(t, reports.model, o.report.Query.Kind)
		return nil
	}
	if ask.scope() != (forecast.Scope{}) && !slices.ContainsFunc(o.report.Periods, func(p *forecast.PeriodReport) bool { return len(p.Parts) > 0 }) {
		p.Empty = &nothingYet{t.T("outcome.empty.filtered"), t.T("outcome.empty.clear"), ask.href(outcomePath, "seller", "", "process", "", "customer", "")}
		return nil
	}
	p.Chosen, p.Over, p.Bars, p.Next = o.inWords(), o.overTime(), o.difference(), o.byNext()
	p.Periods, p.Lost = o.periodTable(), o.lost()
	p.Groups, err = o.groupTable()
	return err
}

// emptyOutcome says when there will be something to compare: the first period that begins with a deal.
func emptyOutcome(t *Text, m *forecast.Model, kind process.PeriodKind) *nothingYet {
	first := m.Team().Calendar().Period(kind, min(m.FirstOpened(), m.Today())).Next()
	return &nothingYet{t.T("outcome.empty.why", first, first.End), t.T("outcome.empty.action"), "/import"}
}

// newOutcomeView asks the model for the report, and finds the chosen period: the last complete one, unless another is asked for.
func newOutcomeView(t *Text, reports *reportCache, ask outcomeAsk) (*outcomeView, error) {
	q, chosen := ask.query(reports.model)
	r, err := reports.Report(q)
	if err != nil {
		return nil, err
	}
	o := &outcomeView{ledger: t.ledger(r.Currency), ask: ask, reports: reports, model: reports.model, report: r, the: t.T(thePeriods[q.Kind]), index: len(r.Periods) - 1}
	for i, p := range slices.Backward(r.Periods) {
		if p.Period.Start == chosen.Start || chosen.IsZero() && p.Complete {
			o.index = i
			break
		}
	}
	o.chosen = o.account(o.model, r.Periods[o.index])
	return o, nil
}

func (o *outcomeView) filters() []FilterGroup {
	var kinds, leads FilterGroup
	for _, k := range process.PeriodKinds {
		kinds.Words = append(kinds.Words, choice(k == o.report.Query.Kind, o.T(kindWords[k]), o.ask.href(outcomePath, "period", k.String(), "chosen", "", "from", "", "to", "")))
	}
	leads.Label = o.T("outcome.lead")
	for n := range mostLead + 1 {
		text, value := o.T("outcome.lead.start", o.the), ""
		if n > 0 {
			text, value = o.T("outcome.lead.before", o.count(n)), o.Int(int64(n))
		}
		leads.Words = append(leads.Words, choice(n == o.report.Query.Lead, text, o.ask.href(outcomePath, "lead", value)))
	}
	groups := []FilterGroup{kinds, leads}
	for _, g := range []FilterGroup{o.sellerFilter(), o.processFilter(), o.customerFilter()} {
		if len(g.Words) > 0 {
			groups = append(groups, g)
		}
	}
	return append(groups, takeAways(o.Text, o.ask.href(outcomePath)), more(outcomeTabs(o.Text, outcomePath)))
}

// more leaves out the page that is shown, where its heading says which one it is.
func more(g FilterGroup) FilterGroup {
	g.Words = slices.DeleteFunc(g.Words, func(w FilterWord) bool { return w.Href == "" })
	return g
}

// sellerFilter names the chosen seller. Choosing one is done in the table of sellers, where all of them stand.
func (o *outcomeView) sellerFilter() FilterGroup {
	if o.ask.Seller == "" {
		return FilterGroup{Words: []FilterWord{{Text: o.T("outcome.all_sellers")}, {Text: o.T("outcome.one_seller"), Href: o.ask.href(outcomePath, "by", "") + "#groups"}}}
	}
	name := o.team().Person(process.PersonID(o.ask.Seller))
	return FilterGroup{Words: []FilterWord{{Text: o.T("outcome.all_sellers"), Href: o.ask.href(outcomePath, "seller", "")}, {Text: name}}}
}

// processFilter offers the processes where there are several.
func (o *outcomeView) processFilter() FilterGroup {
	var g FilterGroup
	for _, p := range o.team().Processes() {
		if p.Current() != nil {
			g.Words = append(g.Words, choice(o.ask.Process == string(p.ID), p.Name(), o.ask.href(outcomePath, "process", string(p.ID))))
		}
	}
	if len(g.Words) < 2 {
		return FilterGroup{}
	}
	g.Words = append([]FilterWord{choice(o.ask.Process == "", o.T("outcome.all_processes"), o.ask.href(outcomePath, "process", ""))}, g.Words...)
	return g
}

func (o *outcomeView) customerFilter() FilterGroup {
	if o.ask.Customer == "" {
		return FilterGroup{}
	}
	name := o.team().Customer(process.CustomerID(o.ask.Customer))
	return FilterGroup{Words: []FilterWord{{Text: o.T("outcome.all_customers"), Href: o.ask.href(outcomePath, "customer", "")}, {Text: name}}}
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
