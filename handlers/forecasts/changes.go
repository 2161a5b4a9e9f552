package forecasts

import (
	"math"

	"milstolpe/handlers/chart"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/changes"
)

// forecastChangesPage is how the forecast of a period went from one day to another.
type forecastChangesPage struct {
	web.Page
	Heading string
	Empty   *parts.EmptyState
	Filters []parts.FilterGroup
	Back    parts.Cell
	Days    changeDays
	Faults  parts.FieldErrors
	Lead    []i18n.Piece
	Fall    *chart.Waterfall
	Check   string
	Rows    []changeGroup
	Unit    string
}

// changeDays is the form with the two days.
type changeDays struct{ Period, From, To, Seller, Process, Customer, Next, Pick string }

// changeGroup is all deals that changed in one way, with who recorded it and when.
type changeGroup struct {
	ID, Name, Sum string
	Recorded      bool // somebody recorded something, so who and when are shown
	Rows          []changedDeal
}

type changedDeal struct {
	Name           parts.Cell
	Seller, By, On string
	Amount         string
}

// weekAgo is how far back a change is looked at when nobody says from when.
const weekAgo = 7

func showForecastChanges(v *web.Request) error {
	var ask forecastQuery
	if err := v.Query(&ask); err != nil {
		return err
	}
	page := forecastChangesPage{Page: v.Page(urls.Forecasts, v.T("forecast.changes.title")), Heading: v.T("forecast.changes.title")}
	err := v.Reports(func(r *web.ReportCache) error { return page.fill(v.Text, r, ask) })
	if err != nil {
		return err
	}
	return v.Render("forecast_changes", page)
}

func (p *forecastChangesPage) fill(t *i18n.Text, reports *web.ReportCache, ask forecastQuery) error {
	m := reports.Model
	if m.FirstOpened() > m.Today() {
		p.Empty = &parts.EmptyState{Why: t.T("forecast.empty.why"), Action: t.T("forecast.empty.action"), Href: "/deals/new"}
		return nil
	}
	f, from := changesBetween(t, reports, ask)
	ask, to := f.ask, f.day
	p.Heading = f.T("forecast.changes.heading", f.period())
	p.Title, p.Print = p.Heading, f.T("forecast.changes.print", f.period(), from, to)
	p.Back = parts.Cell{Text: f.PeriodName(f.period()), Href: f.ask.href(urls.ForecastPath, "day", "")}
	p.Days = changeDays{f.period().Label(), from.String(), to.String(), ask.Seller, ask.Process, ask.Customer, ask.Next, ask.Pick}
	p.Filters = []parts.FilterGroup{web.DownloadLinks(t, f.ask.href(urls.ForecastChangesPath, "day", "", "by", "", "from", from.String(), "to", to.String()))}
	c := reports.Changes(f.period(), from, to, ask.scope())
	w := f.roundChanges(c)
	p.Lead, p.Unit = f.changeLead(c), f.Unit(f.Currency)
	fall := f.changeWaterfall(c, w, "")
	p.Fall = &fall
	p.Check = f.checkChanges(w)
	for i, row := range c.Rows {
		if len(row.Deals) > 0 {
			p.Rows = append(p.Rows, f.changeGroup(c, i, w.rows[i]))
		}
	}
	return nil
}

// changesBetween is the forecast on the later of the two days that are asked for, and the earlier one. Nobody can look past today, nor
// past the end of the period, nor before the first deal.
func changesBetween(t *i18n.Text, reports *web.ReportCache, ask forecastQuery) (f *forecastView, from process.Date) {
	m := reports.Model
	to, err := process.ParseDate(ask.To)
	if err != nil || to > m.Today() || to < m.FirstOpened() {
		to = m.Today()
	}
	ask.Day = to.String()
	f = newForecastView(t, reports, ask)
	if f.period().End < to {
		to = f.period().End
		ask.Day = to.String()
		f = newForecastView(t, reports, ask)
	}
	from, err = process.ParseDate(ask.From)
	if err != nil || from > to {
		from = to.AddDays(-weekAgo)
	}
	return f, min(max(from, m.FirstOpened()), to)
}

// roundedChanges are the amounts of a fall as they are printed: they add up.
type roundedChanges struct {
	from, to float64
	rows     []float64
}

func (f *forecastView) roundChanges(c *changes.Comparison) roundedChanges {
	w := roundedChanges{from: f.Round(c.From.Forecast), to: f.Round(c.To.Forecast)}
	exact := make([]float64, len(c.Rows))
	for i := range c.Rows {
		exact[i] = c.Rows[i].Amount
	}
	w.rows = f.LargestRemainder(exact, w.to-w.from)
	return w
}

// changeLead says how much the forecast rose or fell, and which deal meant most.
func (f *forecastView) changeLead(c *changes.Comparison) []i18n.Piece {
	w := f.roundChanges(c)
	more := w.to - w.from
	amount := i18n.Unbroken(f.Whole(f.MoneyOf(math.Abs(more))))
	lead := f.Sentence(web.BySign(more, "forecast.changes.rose", "forecast.changes.fell", "forecast.changes.same"), f.nearDay(c, c.From.AsOf), amount)
	var most *changes.DealChange
	var kind changes.Kind
	var meant float64
	for i := range c.Rows {
		if row := &c.Rows[i]; row.Kind != changes.Time && row.Kind != changes.Recalibrated && len(row.Deals) > 0 {
			if d := &row.Deals[0]; most == nil || math.Abs(d.Amount) > math.Abs(most.Amount) {
				most, kind, meant = d, row.Kind, f.roundDeals(row, w.rows[i])[0]
			}
		}
	}
	if most == nil {
		return parts.Sentences(lead, f.Sentence("forecast.changes.nothing"))
	}
	deal := i18n.Piece{Text: wording.DealName(f.model.Team(), most.Deal), Href: urls.DealPath(most.Deal.ID)}
	return parts.Sentences(lead, f.timeMeant(c, w, most), f.Sentence(mostTexts[kind], deal, i18n.Unbroken(f.Signed(f.MoneyOf(meant)))))
}

// timeMeant says what it meant alone that days went by, where that is more than anything that happened.
func (f *forecastView) timeMeant(c *changes.Comparison, w roundedChanges, most *changes.DealChange) []i18n.Piece {
	for i := range c.Rows {
		if amount := w.rows[i]; c.Rows[i].Kind == changes.Time && math.Abs(amount) > math.Abs(most.Amount) {
			return f.Sentence(web.BySign(amount, "forecast.changes.time_gave", "forecast.changes.time_took", ""), i18n.Unbroken(f.Whole(f.MoneyOf(math.Abs(amount)))))
		}
	}
	return nil
}

func (f *forecastView) nearDay(c *changes.Comparison, d process.Date) i18n.Piece {
	return i18n.Unbroken(f.DayNear(d, c.To.AsOf))
}

// changeWaterfall is the picture. Its rows open their deals on the page of changes, wherever it stands.
func (f *forecastView) changeWaterfall(c *changes.Comparison, w roundedChanges, page string) chart.Waterfall {
	dealsOn := func(day process.Date) string {
		return f.ask.href(urls.ForecastDealsPath, "day", day.String(), "part", "all")
	}
	start := chart.WaterfallStep{Name: f.DayNear(c.From.AsOf, c.To.AsOf), Amount: w.from, Text: f.RoundedAmount(w.from), Href: dealsOn(c.From.AsOf)}
	end := chart.WaterfallStep{Name: f.DayNear(c.To.AsOf, c.To.AsOf), Amount: w.to, Text: f.RoundedAmount(w.to), Href: dealsOn(c.To.AsOf)}
	steps := make([]chart.WaterfallStep, len(c.Rows))
	for i := range c.Rows {
		row := &c.Rows[i]
		s := chart.WaterfallStep{Name: f.changeName(c, row.Kind), Amount: w.rows[i], Text: f.RoundedDelta(w.rows[i])}
		if len(row.Deals) > 0 {
			s.Href = page + "#" + string(row.Kind)
			s.Notes = []string{f.T("outcome.deals", len(row.Deals))}
		}
		if row.Kind == changes.Time {
			s.Notes = []string{f.T("forecast.changes.without_events")}
		}
		steps[i] = s
	}
	return chart.NewWaterfall(f.T("outcome.bars.head"), f.T("outcome.bars.unit", f.Unit(f.Currency)), start, steps, end)
}

func (f *forecastView) changeName(c *changes.Comparison, k changes.Kind) string {
	return f.T(changeTexts[k], c.To.AsOf.Sub(c.From.AsOf))
}

func (f *forecastView) checkChanges(w roundedChanges) string {
	sum := f.RoundedAmount(w.from)
	for _, x := range w.rows {
		sign := "+"
		if x < 0 {
			sign = i18n.Minus
		}
		if x != 0 {
			sum += " " + sign + i18n.Nbsp + f.RoundedAmount(math.Abs(x))
		}
	}
	return f.T("outcome.bars.check", sum, f.Whole(f.MoneyOf(w.to)))
}

// roundDeals are the amounts of a row's deals as they are printed: they add up to that of the row.
func (f *forecastView) roundDeals(row *changes.Row, total float64) []float64 {
	exact := make([]float64, len(row.Deals))
	for i := range row.Deals {
		exact[i] = row.Deals[i].Amount
	}
	return f.LargestRemainder(exact, total)
}

func (f *forecastView) changeGroup(c *changes.Comparison, i int, total float64) changeGroup {
	row := &c.Rows[i]
	g := changeGroup{ID: string(row.Kind), Name: f.changeName(c, row.Kind), Sum: f.RoundedDelta(total)}
	for i, amount := range f.roundDeals(row, total) {
		d := &row.Deals[i]
		line := changedDeal{
			Name: parts.Cell{Text: wording.DealName(f.model.Team(), d.Deal), Href: urls.DealPath(d.Deal.ID)}, Seller: f.model.Team().Person(d.Deal.SellerOn(c.To.AsOf)), Amount: f.RoundedDelta(amount),
		}
		if !d.Event.IsZero() {
			line.By, line.On = f.model.Team().RecordedBy(d.Event), f.DayNear(d.Day, c.To.AsOf)
			g.Recorded = true
		}
		g.Rows = append(g.Rows, line)
	}
	return g
}

// changed is the same on the page of the forecast: since a week ago, in a sentence and the picture.
func (f *forecastView) changed() *forecastChanged {
	from := f.day.AddDays(-weekAgo)
	if from < f.model.FirstOpened() {
		return nil
	}
	c := f.reports.Changes(f.period(), from, f.day, f.ask.scope())
	page := f.ask.href(urls.ForecastChangesPath, "day", "", "by", "", "from", from.String(), "to", f.day.String())
	return &forecastChanged{Lead: f.changeLead(c), Fall: f.changeWaterfall(c, f.roundChanges(c), page), More: page}
}

var changeTexts = map[changes.Kind]string{
	changes.Won: "forecast.change.won", changes.Closed: "forecast.change.closed", changes.Opened: "forecast.change.opened",
	changes.Milestone: "forecast.change.milestone", changes.Withdrawn: "forecast.change.withdrawn",
	changes.Stalled: "forecast.change.stalled", changes.Value: "forecast.change.value", changes.Scope: "forecast.change.scope",
	changes.Time: "forecast.change.time", changes.Recalibrated: "forecast.change.recalibrated",
	changes.Newcomers: "forecast.change.newcomers", changes.Correction: "outcome.bars.correction",
}

var mostTexts = map[changes.Kind]string{
	changes.Won: "forecast.most.won", changes.Closed: "forecast.most.closed", changes.Opened: "forecast.most.opened",
	changes.Milestone: "forecast.most.milestone", changes.Withdrawn: "forecast.most.withdrawn",
	changes.Stalled: "forecast.most.stalled", changes.Value: "forecast.most.value", changes.Scope: "forecast.most.scope",
	changes.Time: "forecast.changes.nothing", changes.Recalibrated: "forecast.changes.nothing", changes.Newcomers: "forecast.changes.nothing",
	changes.Correction: "forecast.changes.nothing",
}
