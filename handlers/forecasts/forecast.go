package forecasts

import (
	"math"

	"milstolpe/handlers/chart"
	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// forecastPage is a period that is running or still to come.
type forecastPage struct {
	web.Page
	Heading string
	Filters []parts.FilterGroup
	Empty   *parts.EmptyState
	Past    []i18n.Piece // as it stood on another day than today
	Lead    []i18n.Piece
	Reason  []i18n.Piece
	LeftOut []i18n.Piece // what it does not count, and could
	Rates   []parts.RateForm
	Open    []i18n.Piece // how many deals must be opened for the target
	Rod     chart.Chart
	Groups  forecastGroups
	Over    *chart.Chart
	Periods string
	Changed *forecastChanged
}

// forecastChanged is what happened since a week ago.
type forecastChanged struct {
	Lead []i18n.Piece
	Fall chart.Waterfall
	More string
}

// Routes registers the forecast of a period, its deals, what changed in it, people’s own numbers, and the sheet for the board.
func Routes(r *web.Router) {
	forecastRoutes(r)
	callsRoutes(r)
	boardRoutes(r)
}

func forecastRoutes(r *web.Router) {
	r.GetCached(urls.ForecastPath, showForecast)
	r.GetCached(urls.ForecastDealsPath, showForecastDeals)
	r.GetCached(urls.ForecastChangesPath, showForecastChanges)
	r.Report(urls.ForecastPath, "nav.forecast", forecastReport)
	r.Keyed("forecast", []string{"period", "day", "by"}, keyedForecast)
	r.Report(urls.ForecastChangesPath, "forecast.changes.title", changesReport)
	r.Template("forecast", forecastPage{})
	r.Template("forecast_deals", forecastDealsPage{})
	r.Template("forecast_changes", forecastChangesPage{})
}

// forecastView builds the pages about the forecast of a period.
type forecastView struct {
	figures.Amounts
	ask       forecastQuery
	reports   *web.ReportCache
	model     *forecast.Model
	day       process.Date
	report    *forecast.PeriodReport
	rounded   figures.RoundedReport
	thePeriod string
}

func newForecastView(t *i18n.Text, reports *web.ReportCache, ask forecastQuery) *forecastView {
	m := reports.Model
	ask.Pick = string(m.Team().Lists().Known(process.Picks(ask.Pick)))
	if l, ok := m.Team().Lists().ListByName(ask.By); ok && groupParams[forecast.Grouping(ask.By)] == "" {
		ask.By = string(forecast.ByList(l.ID))
	}
	f := &forecastView{Amounts: figures.NewAmounts(t, m.Team().Currency()), ask: ask, reports: reports, model: m, day: ask.day(m)}
	p := ask.period(m.Team().Calendar(), f.day)
	f.report = f.reports.Forecast(p, f.day, ask.scope())
	f.rounded, f.thePeriod = f.RoundReport(m, f.report), t.T(wording.ThePeriodKeys[p.Kind])
	return f
}

func (f *forecastView) period() process.Period { return f.report.Period }

func showForecast(v *web.Request) error {
	var ask forecastQuery
	if err := v.Query(&ask); err != nil {
		return err
	}
	page := forecastPage{Page: v.Page(urls.Forecasts, v.T("nav.forecast")), Heading: v.T("nav.forecast")}
	past := ""
	err := v.Reports(func(r *web.ReportCache) error {
		past = page.fill(v.Text, r, ask)
		return nil
	})
	if err != nil {
		return err
	}
	if past != "" {
		return v.RedirectTo(past)
	}
	return v.Render("forecast", page)
}

// fill builds what the page shows. A period that has been is no forecast any more; then it answers with the page about its outcome.
func (p *forecastPage) fill(t *i18n.Text, reports *web.ReportCache, ask forecastQuery) (past string) {
	m := reports.Model
	if m.FirstOpened() > m.Today() {
		p.Empty = &parts.EmptyState{Why: t.T("forecast.empty.why"), Action: t.T("forecast.empty.action"), Href: "/deals/new"}
		return ""
	}
	day := ask.day(m)
	if period := ask.period(m.Team().Calendar(), day); period.End < day {
		return urls.OutcomeQuery{Period: period.Kind.String(), Chosen: period.Label(), Seller: ask.Seller, Customer: ask.Customer, Process: ask.Process, Pick: ask.Pick}.Href(urls.OutcomePath)
	}
	f := newForecastView(t, reports, ask)
	ask = f.ask
	p.Heading, p.Title, p.Filters = f.PeriodName(f.period()), f.Period(f.period()), f.filters()
	p.Print = f.printLine()
	if f.day == m.Today() {
		excluded := figures.FindExcluded(m, ask.scope())
		p.LeftOut, p.Rates = excluded.Sentences(t, m, ask.scope()), figures.RateForms(m.Team(), excluded.Currencies(), p.Path)
	} else {
		p.Past = f.Sentence("forecast.as_of", i18n.Strong(f.Day(f.day)), ask.href(urls.ForecastPath, "day", ""))
	}
	p.Lead, p.Reason, p.Open, p.Rod = f.lead(), f.reason(), f.openings(), f.bullet()
	p.Groups = f.groups()
	p.Periods = f.T(wording.ByPeriodKeys[f.period().Kind])
	chart := f.overTime()
	p.Over = &chart
	p.Changed = f.changed()
	return ""
}

// lead is the period in one sentence.
func (f *forecastView) lead() []i18n.Piece {
	a := &f.rounded
	running := f.period().Contains(f.day)
	won := f.number(f.RoundedShort(a.WonSoFarRounded), a.WonSoFarRounded, a.WonSoFarDeals, "won")
	if f.period().End == f.day {
		return f.Sentence("forecast.lead.last_day", i18n.UpperFirst(f.thePeriod), won)
	}
	if !a.RangeShown {
		key := "forecast.lead.no_range"
		if running && a.WonSoFarDeals > 0 {
			key = "forecast.lead.no_range_won"
		}
		return f.Sentence(key, f.thePeriod, f.number(f.ShortCode(f.MoneyOf(a.ForecastRounded)), a.ForecastRounded, a.OpenDeals, "all"), won)
	}
	within := f.number(f.RangeAround(f.MoneyOf(a.Range.P10), f.MoneyOf(a.Range.P90), f.MoneyOf(a.ForecastRounded)), a.ForecastRounded, a.OpenDeals, "all")
	switch {
	case running && a.WonSoFarDeals > 0:
		return f.Sentence("forecast.lead.running", i18n.UpperFirst(f.thePeriod), within, won)
	case running:
		return f.Sentence("forecast.lead.nothing_won", i18n.UpperFirst(f.thePeriod), within)
	}
	return f.Sentence("forecast.lead.later", i18n.UpperFirst(f.thePeriod), within)
}

// number is an amount that leads to its deals.
func (f *forecastView) number(text string, minor float64, deals int, part string) i18n.Piece {
	if minor == 0 && deals == 0 {
		return i18n.Unbroken(text)
	}
	return i18n.Link(text, f.dealsOf(part))
}

func (f *forecastView) dealsOf(part string) string {
	return f.ask.href(urls.ForecastDealsPath, "part", part)
}

// reason says what the forecast is made of.
func (f *forecastView) reason() []i18n.Piece {
	a := &f.rounded
	if f.period().End == f.day {
		return f.Sentence("forecast.reason.last_day")
	}
	open := f.number(f.T("outcome.deals_open", a.OpenDeals), 0, a.OpenDeals, "open")
	total := i18n.Unbroken(f.ShortCode(f.MoneyOf(a.ForecastRounded)))
	var made []i18n.Piece
	switch running := f.period().Contains(f.day) && a.WonSoFarDeals > 0; {
	case running && a.OpenDeals == 0:
		made = f.Sentence("forecast.reason.none_open", total, i18n.Unbroken(f.RoundedShort(a.WonSoFarRounded)))
	case running:
		made = f.Sentence("forecast.reason.running", total, i18n.Unbroken(f.RoundedShort(a.WonSoFarRounded)), i18n.Unbroken(f.RoundedShort(a.Open)), open)
	default:
		made = f.Sentence("forecast.reason.later", total, i18n.Unbroken(f.RoundedShort(a.Open)), open)
	}
	var fresh []i18n.Piece
	switch {
	case !a.NewMoney.Known:
		fresh = f.Sentence("forecast.reason.new_unknown")
	case a.Unopened != 0:
		fresh = f.Sentence("forecast.reason.new", i18n.Unbroken(f.RoundedShort(a.Unopened)))
	case f.period().Contains(f.day):
		fresh = f.Sentence("forecast.reason.new_none", f.thePeriod)
	}
	var why []i18n.Piece
	if !a.RangeShown {
		closed, periods := f.model.RangeBasis(f.report, 0)
		why = f.Sentence("forecast.reason.no_range_periods", periods, f.T(wording.PeriodCountKeys[f.period().Kind], forecast.RangeNeedsPeriods))
		if closed < forecast.RangeNeedsDeals {
			why = f.Sentence("forecast.reason.no_range_deals", closed, forecast.RangeNeedsDeals)
			if a.OpenDeals > 0 {
				why = parts.Sentences(f.Sentence("forecast.reason.start", f.startValue()), why)
			}
		}
	}
	if a.RangeShown && a.Forecast > a.Range.P90 {
		why = f.Sentence("forecast.reason.above_range")
	}
	return parts.Sentences(made, fresh, f.correction(), why)
}

// correction says what the team's own record does to the total and to the range, and why.
func (f *forecastView) correction() []i18n.Piece {
	a := &f.rounded
	var pieces [][]i18n.Piece
	if by := a.CorrectionRounded; by != 0 {
		direction := "raises"
		if by < 0 {
			direction = "lowers"
		}
		last := f.T("forecast.reason.last."+f.period().Kind.String(), a.RecordPeriods)
		pieces = append(pieces, f.Sentence("forecast.reason."+direction, last, f.Percent(1-a.Weight), i18n.Unbroken(f.Short(f.MoneyOf(math.Abs(by))))))
	}
	if a.RangeShown && f.ranged(f.report) {
		switch {
		case a.RangeFactor >= 1.05:
			pieces = append(pieces, f.Sentence("forecast.reason.wider", f.Percent(a.RangeFactor-1)))
		case a.RangeFactor <= 0.95:
			pieces = append(pieces, f.Sentence("forecast.reason.narrower", f.Percent(1-a.RangeFactor)))
		}
	}
	return parts.Sentences(pieces...)
}

// startValue is how many of ten deals the team has said that it wins, or what is taken for that.
func (f *forecastView) startValue() string {
	answer, _ := f.model.Team().Settings().WinsOfTenOn(f.day)
	return f.Dec(answer, chart.DecimalsOf(answer))
}

func (f *forecastView) bullet() chart.Chart {
	a := &f.rounded
	r := chart.BulletChart{
		Won: chart.MajorOf(a.WonSoFarRounded, f.Currency), Forecast: chart.MajorOf(a.ForecastRounded, f.Currency),
		HasRange: f.ranged(f.report), Low: chart.MajorOf(a.Range.P10, f.Currency), High: chart.MajorOf(a.Range.P90, f.Currency),
	}
	if target, ok := f.target(f.ask.scope()); ok {
		r.HasTarget, r.Target = true, chart.MajorOf(target, f.Currency)
	}
	return chart.Bullet(f.Amounts.Text, "rod", f.T("forecast.rod.title", f.period()), parts.TextOf(f.lead())+" "+parts.TextOf(f.reason()), f.Currency, r)
}

// ranged tells whether there is a range to show: enough to go on, and something that is still open.
func (f *forecastView) ranged(r *forecast.PeriodReport) bool {
	return r.RangeShown && f.Round(r.Range.P10) != f.Round(r.Range.P90)
}

// target is what the team, or the seller that the page is about, is to sell. There are none for customers and processes.
func (f *forecastView) target(in forecast.Scope) (minor float64, ok bool) {
	if in.Customer != "" || in.Process != "" || in.ByNext || in.Picks != "" {
		return 0, false
	}
	t, _, ok := f.model.Team().Calls().TargetFor(f.period().Label(), in.Seller)
	if !ok {
		return 0, false
	}
	a, ok := f.model.Team().Rates().Convert(t.Amount, f.day)
	return float64(a.Minor), ok
}
