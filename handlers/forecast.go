package handlers

import (
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// forecastPage is a period that is running or still to come.
type forecastPage struct {
	Page
	Heading string
	Filters []FilterGroup
	Empty   *nothingYet
	Past    []Piece // as it stood on another day than today
	Lead    []Piece
	Reason  []Piece
	LeftOut []Piece // what it does not count, and could
	Rod     Chart
	Groups  forecastGroups
	Over    *Chart
	Periods string
	Changed *forecastChanged
}

// forecastChanged is what happened since a week ago.
type forecastChanged struct {
	Lead []Piece
	Fall Fall
	More string
}

func forecastRoutes(r *routes) {
	r.getKept(forecastURL, showForecast)
	r.getKept(forecastDealsPath, showForecastDeals)
	r.getKept(forecastChangesPath, showForecastChanges)
	r.report(forecastURL, "nav.forecast", forecastReport)
	r.report(forecastChangesPath, "forecast.changes.title", changesReport)
	r.template("forecast", forecastPage{})
	r.template("forecast_deals", forecastDealsPage{})
	r.template("forecast_changes", forecastChangesPage{})
}

// forecastView builds the pages about the forecast of a period.
type forecastView struct {
	ledger
	ask     forecastAsk
	reports *reportCache
	model   *forecast.Model
	day     process.Date
	report  *forecast.PeriodReport
	said    account
	the     string
}

func newForecastView(t *Text, reports *reportCache, ask forecastAsk) *forecastView {
	m := reports.model
	f := &forecastView{ledger: t.ledger(m.Team().Currency()), ask: ask, reports: reports, model: m, day: ask.day(m)}
	p := ask.period(m.Team().Calendar(), f.day)
	f.report = f.reports.Forecast(p, f.day, ask.scope())
	f.said, f.the = f.account(m, f.report), t.T(thePeriods[p.Kind])
	return f
}

func (f *forecastView) team() *sales.Team { return f.model.Team() }

func (f *forecastView) period() process.Period { return f.report.Period }

func showForecast(v *visit) error {
	var ask forecastAsk
	if err := v.query(&ask); err != nil {
		return err
	}
	page := forecastPage{Page: v.page(Forecasts, v.t("nav.forecast")), Heading: v.t("nav.forecast")}
	past := ""
	err := v.reports(func(r *reportCache) error {
		past = page.fill(v.text, r, ask)
		return nil
	})
	if err != nil {
		return err
	}
	if past != "" {
		return v.goTo(past)
	}
	return v.show("forecast", page)
}

// fill builds what the page shows. A period that has been is no forecast any more; then it answers with the page about its outcome.
func (p *forecastPage) fill(t *Text, reports *reportCache, ask forecastAsk) (past string) {
	m := reports.model
	if m.FirstOpened() > m.Today() {
		p.Empty = &nothingYet{t.T("forecast.empty.why"), t.T("forecast.empty.action"), "/deals/new"}
		return ""
	}
	day := ask.day(m)
	if period := ask.period(m.Team().Calendar(), day); period.End < day {
		return outcomeAsk{Period: period.Kind.String(), Chosen: period.Label(), Seller: ask.Seller, Customer: ask.Customer, Process: ask.Process}.href(outcomePath)
	}
	f := newForecastView(t, reports, ask)
	p.Heading, p.Title, p.Filters = f.PeriodName(f.period()), f.Period(f.period()), f.filters()
	p.Print = f.printLine()
	if f.day == m.Today() {
		p.LeftOut = leftOutOf(m, ask.scope()).sentences(t, m, ask.scope())
	} else {
		p.Past = f.Sentence("forecast.as_of", strong(f.Day(f.day)), ask.href(forecastURL, "day", ""))
	}
	p.Lead, p.Reason, p.Rod = f.lead(), f.reason(), f.rod()
	p.Groups = f.groups()
	p.Periods = f.T(byPeriods[f.period().Kind])
	chart := f.overTime()
	p.Over = &chart
	p.Changed = f.changed()
	return ""
}

// lead is the period in one sentence.
func (f *forecastView) lead() []Piece {
	a := &f.said
	running := f.period().Contains(f.day)
	won := f.number(f.short(a.wonSoFar), a.wonSoFar, a.WonSoFarDeals, "won")
	if f.period().End == f.day {
		return f.Sentence("forecast.lead.last_day", upperFirst(f.the), won)
	}
	if !a.RangeShown {
		key := "forecast.lead.no_range"
		if running && a.WonSoFarDeals > 0 {
			key = "forecast.lead.no_range_won"
		}
		return f.Sentence(key, f.the, f.number(f.ShortCode(f.of(a.said)), a.said, a.OpenDeals, "all"), won)
	}
	within := f.number(f.ShortRange(f.of(a.Range.P10), f.of(a.Range.P90)), a.said, a.OpenDeals, "all")
	switch {
	case running && a.WonSoFarDeals > 0:
		return f.Sentence("forecast.lead.running", upperFirst(f.the), within, won)
	case running:
		return f.Sentence("forecast.lead.nothing_won", upperFirst(f.the), within)
	}
	return f.Sentence("forecast.lead.later", upperFirst(f.the), within)
}

// number is an amount that leads to its deals.
func (f *forecastView) number(text string, minor float64, deals int, part string) Piece {
	if minor == 0 && deals == 0 {
		return unbroken(text)
	}
	return link(text, f.dealsOf(part))
}

func (f *forecastView) dealsOf(part string) string {
	return f.ask.href(forecastDealsPath, "part", part)
}

// reason says what the forecast is made of.
func (f *forecastView) reason() []Piece {
	a := &f.said
	if f.period().End == f.day {
		return f.Sentence("forecast.reason.last_day")
	}
	open := f.number(f.T("outcome.deals_open", a.OpenDeals), 0, a.OpenDeals, "open")
	total := unbroken(f.ShortCode(f.of(a.said)))
	var made []Piece
	switch running := f.period().Contains(f.day) && a.WonSoFarDeals > 0; {
	case running && a.OpenDeals == 0:
		made = f.Sentence("forecast.reason.none_open", total, unbroken(f.short(a.wonSoFar)))
	case running:
		made = f.Sentence("forecast.reason.running", total, unbroken(f.short(a.wonSoFar)), unbroken(f.short(a.open)), open)
	default:
		made = f.Sentence("forecast.reason.later", total, unbroken(f.short(a.open)), open)
	}
	var fresh []Piece
	switch {
	case !a.NewMoney.Known:
		fresh = f.Sentence("forecast.reason.new_unknown")
	case a.newcomers != 0:
		fresh = f.Sentence("forecast.reason.new", unbroken(f.short(a.newcomers)))
	case f.period().Contains(f.day):
		fresh = f.Sentence("forecast.reason.new_none", f.the)
	}
	var why []Piece
	if !a.RangeShown {
		closed, periods := f.model.RangeBasis(f.report, 0)
		why = f.Sentence("forecast.reason.no_range_periods", periods, f.T(periodCounts[f.period().Kind], forecast.RangeNeedsPeriods))
		if closed < forecast.RangeNeedsDeals {
			why = f.Sentence("forecast.reason.no_range_deals", closed, forecast.RangeNeedsDeals)
			if a.OpenDeals > 0 {
				why = sentences(f.Sentence("forecast.reason.start", f.startValue()), why)
			}
		}
	}
	return sentences(made, fresh, why)
}

// startValue is how many of ten deals the team has said that it wins, or what is taken for that.
func (f *forecastView) startValue() string {
	answer, _ := f.team().WinsOfTenOn(f.day)
	return f.Dec(answer, decimalsOf(answer))
}

func (f *forecastView) rod() Chart {
	a := &f.said
	r := Rod{
		Won: majorOf(a.wonSoFar, f.currency), Forecast: majorOf(a.said, f.currency),
		HasRange: f.ranged(f.report), Low: majorOf(a.Range.P10, f.currency), High: majorOf(a.Range.P90, f.currency),
	}
	if target, ok := f.target(f.ask.scope()); ok {
		r.HasTarget, r.Target = true, majorOf(target, f.currency)
	}
	return f.rodChart("rod", f.T("forecast.rod.title", f.period()), plain(f.lead())+" "+plain(f.reason()), f.currency, r)
}

// ranged tells whether there is a range to show: enough to go on, and something that is still open.
func (f *forecastView) ranged(r *forecast.PeriodReport) bool {
	return r.RangeShown && f.round(r.Range.P10) != f.round(r.Range.P90)
}

// target is what the team, or the seller that the page is about, is to sell. There are none for customers and processes.
func (f *forecastView) target(in forecast.Scope) (minor float64, ok bool) {
	if in.Customer != "" || in.Process != "" || in.ByNext {
		return 0, false
	}
	t, _, ok := f.team().TargetFor(f.period().Label(), in.Seller)
	if !ok {
		return 0, false
	}
	a, ok := f.team().Convert(t.Amount, f.day)
	return float64(a.Minor), ok
}
