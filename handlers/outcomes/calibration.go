package outcomes

import (
	"slices"

	"milstolpe/handlers/chart"
	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/report"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// calibrationPage asks whether chances come true.
type calibrationPage struct {
	web.Page
	Heading string
	Filters []parts.FilterGroup
	Losses  []i18n.Piece          // said where no deal was ever marked lost
	Few     *chart.CountPictogram // towards the fewest closed deals that say anything
	Lead    []i18n.Piece
	Note    string
	Chart   chart.Chart
	Rows    []calibrationRow
	Sides   []sideRow
	Median  string
	Brier   string
}

type calibrationRow struct {
	Name      parts.Cell
	Deals     parts.Cell
	Said, Won string
	Fit       string
	Off, Few  bool // the chance did not hold; there are too few deals to say
	Before    bool // the row before has the same name
}

type sideRow struct {
	Name      string
	Deals     parts.Cell
	Said, Won string
}

type calibrationAsk struct {
	Process string `query:"process"`
	Period  string `query:"period"`
	Passed  string `query:"passed"`  // only the deals of this standing
	Stalled string `query:"stalled"` //
	Side    string `query:"side"`    // only the deals on this side of the median: below, above
}

func calibrationRoutes(r *web.Router) {
	r.GetCached(urls.CalibrationPath, showCalibration)
	r.GetCached(urls.CalibrationDealsPath, showCalibrationDeals)
	r.GetCached(urls.TimingPath, showTiming)
	r.Report(urls.CalibrationPath, "calibration.tab", calibrationReport)
	r.Report(urls.TimingPath, "timing.tab", timingReport)
	r.Template("calibration", calibrationPage{})
	r.Template("calibration_deals", calibrationDealsPage{})
	r.Template("timing", timingPage{})
}

func showCalibration(v *web.Request) error {
	var ask calibrationAsk
	if err := v.Query(&ask); err != nil {
		return err
	}
	page := calibrationPage{Page: v.Page(urls.Outcome, v.T("calibration.title")), Heading: v.T("calibration.title")}
	err := v.Reports(func(r *web.ReportCache) error {
		page.fill(v.Text, r, ask)
		return nil
	})
	if err != nil {
		return err
	}
	return v.Render("calibration", page)
}

func calibrationReport(v *web.Request) (made report.Report, err error) {
	var ask calibrationAsk
	if err := v.Query(&ask); err != nil {
		return made, err
	}
	err = v.Reports(func(r *web.ReportCache) error {
		d, ok := newReliabilityView(v.Text, r, ask)
		if !ok {
			return process.Missing("process.none_published")
		}
		made = v.AsReports().Calibration(r.Model, d.diagram)
		return nil
	})
	return made, err
}

// reliabilityView writes the diagram of one process.
type reliabilityView struct {
	figures.Amounts
	ask     calibrationAsk
	model   *forecast.Model
	process *sales.Process
	diagram *forecast.ReliabilityDiagram
}

func newReliabilityView(t *i18n.Text, reports *web.ReportCache, ask calibrationAsk) (*reliabilityView, bool) {
	team := reports.Model.Team()
	kind, err := process.ParsePeriodKind(ask.Period)
	if err != nil {
		kind = process.Quarter
	}
	p, ok := team.Process(process.ProcessID(ask.Process))
	if !ok || p.Current() == nil {
		p, ok = mostUsed(team.Processes(), team.Deals())
	}
	if !ok {
		return nil, false
	}
	return &reliabilityView{figures.NewAmounts(t, team.Currency()), ask, reports.Model, p, reports.Diagram(p.ID, kind)}, true
}

// mostUsed is the process that most deals follow.
func mostUsed(processes []*sales.Process, all []*sales.Deal) (best *sales.Process, ok bool) {
	deals := map[process.ProcessID]int{}
	for _, d := range all {
		deals[d.Process()]++
	}
	for _, p := range processes {
		if p.Current() != nil && (best == nil || deals[p.ID] > deals[best.ID]) {
			best = p
		}
	}
	return best, best != nil
}

func (p *calibrationPage) fill(t *i18n.Text, reports *web.ReportCache, ask calibrationAsk) {
	p.Filters = []parts.FilterGroup{wording.OutcomeTabs(t, urls.CalibrationPath)}
	v, ok := newReliabilityView(t, reports, ask)
	if !ok {
		p.Few = &chart.CountPictogram{Sentence: t.T("calibration.cannot_tell", 0, forecast.DiagramNeeds), Need: forecast.DiagramNeeds}
		return
	}
	p.Filters = append(v.filters(), web.DownloadLinks(t, v.href(urls.CalibrationPath)), p.Filters[0])
	p.Losses = figures.UnmarkedLosses(t, v.model, v.process.ID)
	d := v.diagram
	if d.Closed < forecast.DiagramNeeds || len(d.Points) == 0 {
		have := min(d.Closed, forecast.DiagramNeeds)
		p.Few = &chart.CountPictogram{Sentence: t.T("calibration.cannot_tell", have, forecast.DiagramNeeds), Have: have, Need: forecast.DiagramNeeds}
		return
	}
	p.Lead, p.Note = v.lead(), t.T("calibration.note", t.T(wording.PeriodKindKeys[d.Kind]))
	p.Chart = v.chart()
	for i := range d.Points {
		row := v.row(&d.Points[i])
		if i > 0 && passedLabel(d.Points[i].Standing) == passedLabel(d.Points[i-1].Standing) {
			row.Before = true
		}
		p.Rows = append(p.Rows, row)
	}
	p.Median = v.Whole(v.MoneyOf(v.Round(d.Median)))
	p.Sides = []sideRow{v.side("below", "calibration.below", &d.Below), v.side("above", "calibration.above", &d.Above)}
	if b := d.Brier; b != nil {
		p.Brier = t.T("calibration.brier", t.Dec(b.Score, 3), t.Dec(b.Uncertainty, 3))
	}
}

// filters are the processes where there are several, and the days from which the chances are taken.
func (v *reliabilityView) filters() []parts.FilterGroup {
	var processes parts.FilterGroup
	for _, p := range v.model.Team().Processes() {
		if p.Current() != nil {
			processes.Words = append(processes.Words, parts.Choice(p.ID == v.process.ID, p.Name(), v.href(urls.CalibrationPath, "process", string(p.ID))))
		}
	}
	if len(processes.Words) < 2 {
		return nil
	}
	return []parts.FilterGroup{processes}
}

func (v *reliabilityView) href(path string, changes ...string) string {
	ask := urls.OutcomeQuery{Process: v.ask.Process, Period: v.ask.Period}
	return ask.Href(path, changes...)
}

// lead says in how many standings the chance held, and where it did not.
func (v *reliabilityView) lead() []i18n.Piece {
	told, holds := 0, 0
	off := map[forecast.Fit][]string{}
	for i := range v.diagram.Points {
		p := &v.diagram.Points[i]
		fit := p.Fit()
		if fit == forecast.CannotTellFit {
			continue
		}
		told++
		if fit == forecast.Holds {
			holds++
			continue
		}
		if place := v.place(p.Standing); !slices.Contains(off[fit], place) {
			off[fit] = append(off[fit], place)
		}
	}
	if told == 0 {
		return v.Sentence("calibration.too_few", forecast.DiagramPointNeeds)
	}
	verdict := "calibration.partly"
	switch {
	case holds == told:
		verdict = "calibration.yes"
	case 3*holds >= 2*told:
		verdict = "calibration.mostly"
	case 3*holds < told:
		verdict = "calibration.no"
	}
	lead := parts.Sentences(v.Sentence(verdict), v.Sentence("calibration.holds", holds, told))
	for _, fit := range []forecast.Fit{forecast.ChanceTooHigh, forecast.ChanceTooLow} {
		if places := off[fit]; len(places) > 0 {
			lead = parts.Sentences(lead, v.Sentence(fitSentences[fit], i18n.UpperFirst(v.List(places))))
		}
	}
	return lead
}

var fitSentences = map[forecast.Fit]string{
	forecast.CannotTellFit: "calibration.too_few", forecast.Holds: "calibration.yes",
	forecast.ChanceTooHigh: "calibration.won_less", forecast.ChanceTooLow: "calibration.won_more",
}

var fitTexts = map[forecast.Fit]string{
	forecast.CannotTellFit: "outcome.cannot_tell", forecast.Holds: "calibration.fit.holds",
	forecast.ChanceTooHigh: "calibration.fit.high", forecast.ChanceTooLow: "calibration.fit.low",
}

func (v *reliabilityView) row(p *forecast.DiagramPoint) calibrationRow {
	fit := p.Fit()
	return calibrationRow{
		Name: v.standingName(p.Standing), Deals: parts.Cell{Text: v.Int(int64(len(p.Deals))), Href: v.dealsAt(p.Standing)},
		Said: v.Percent(p.Said), Won: v.Percent(p.Won), Fit: v.T(fitTexts[fit]),
		Off: fit == forecast.ChanceTooHigh || fit == forecast.ChanceTooLow, Few: fit == forecast.CannotTellFit,
	}
}

// chart draws the standings that have enough deals to say anything.
func (v *reliabilityView) chart() chart.Chart {
	var marks []chart.ReliabilityPoint
	for i := range v.diagram.Points {
		p := &v.diagram.Points[i]
		if p.Fit() == forecast.CannotTellFit {
			continue
		}
		name := v.standingName(p.Standing)
		marks = append(marks, chart.ReliabilityPoint{
			Label: passedLabel(p.Standing), Stalled: p.Standing.Stalled, Forecast: p.Said, Actual: p.Won, Low: p.Low, High: p.High, Href: v.dealsAt(p.Standing),
			Name: v.T("calibration.point", name.Text+withComma(name.Small), v.Percent(p.Said), v.Percent(p.Won), v.T("outcome.deals", len(p.Deals))),
		})
	}
	return chart.Reliability(v.Amounts.Text, "square", v.T("calibration.title"), v.T("calibration.desc")+" "+parts.TextOf(v.lead()), marks)
}

func (v *reliabilityView) side(name, key string, s *forecast.ReliabilityHalf) sideRow {
	return sideRow{
		Name:  v.T(key, v.Whole(v.MoneyOf(v.Round(v.diagram.Median)))),
		Deals: parts.Cell{Text: v.Int(int64(s.Deals)), Href: v.href(urls.CalibrationDealsPath, "side", name)},
		Said:  v.Percent(s.Said), Won: v.Percent(s.Won),
	}
}
