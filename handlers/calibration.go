package handlers

import (
	"slices"
	"strconv"

	"milstolpe/handlers/report"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

const (
	calibrationPath      = "/outcome/calibration"
	calibrationDealsPath = "/outcome/calibration/deals"
	timingPath           = "/outcome/timing"
)

// calibrationPage asks whether chances come true.
type calibrationPage struct {
	Page
	Heading string
	Filters []FilterGroup
	Few     *Posts // towards the fewest closed deals that say anything
	Lead    []Piece
	Note    string
	Chart   Chart
	Rows    []calibrationRow
	Sides   []sideRow
	Median  string
	Brier   string
}

type calibrationRow struct {
	Name      Cell
	Deals     Cell
	Said, Won string
	Fit       string
	Off, Few  bool // the chance did not hold; there are too few deals to say
	Before    bool // the row before has the same name
}

type sideRow struct {
	Name      string
	Deals     Cell
	Said, Won string
}

type calibrationAsk struct {
	Process string `query:"process"`
	Period  string `query:"period"`
	Passed  string `query:"passed"`  // only the deals of this standing
	Stalled string `query:"stalled"` //
	Side    string `query:"side"`    // only the deals on this side of the median: below, above
}

func calibrationRoutes(r *routes) {
	r.getKept(calibrationPath, showCalibration)
	r.getKept(calibrationDealsPath, showCalibrationDeals)
	r.getKept(timingPath, showTiming)
	r.report(calibrationPath, "calibration.tab", calibrationReport)
	r.report(timingPath, "timing.tab", timingReport)
	r.template("calibration", calibrationPage{})
	r.template("calibration_deals", calibrationDealsPage{})
	r.template("timing", timingPage{})
}

func showCalibration(v *visit) error {
	var ask calibrationAsk
	if err := v.query(&ask); err != nil {
		return err
	}
	page := calibrationPage{Page: v.page(Outcome, v.t("calibration.title")), Heading: v.t("calibration.title")}
	err := v.reports(func(r *reportCache) error {
		page.fill(v.text, r, ask)
		return nil
	})
	if err != nil {
		return err
	}
	return v.show("calibration", page)
}

func calibrationReport(v *visit) (made report.Report, err error) {
	var ask calibrationAsk
	if err := v.query(&ask); err != nil {
		return made, err
	}
	err = v.reports(func(r *reportCache) error {
		d, ok := newDiagramView(v.text, r, ask)
		if !ok {
			return process.Missing("process.none_published")
		}
		made = v.asReports().Calibration(r.model, d.diagram)
		return nil
	})
	return made, err
}

// diagramView writes the diagram of one process.
type diagramView struct {
	ledger
	ask     calibrationAsk
	model   *forecast.Model
	process *sales.Process
	diagram *forecast.ReliabilityDiagram
}

func newDiagramView(t *Text, reports *reportCache, ask calibrationAsk) (*diagramView, bool) {
	team := reports.model.Team()
	kind, err := process.ParsePeriodKind(ask.Period)
	if err != nil {
		kind = process.Quarter
	}
	p, ok := team.Process(process.ProcessID(ask.Process))
	if !ok || p.Current() == nil {
		p, ok = mostUsed(team)
	}
	if !ok {
		return nil, false
	}
	return &diagramView{t.ledger(team.Currency()), ask, reports.model, p, reports.Diagram(p.ID, kind)}, true
}

// mostUsed is the process that most deals follow.
func mostUsed(team *sales.Team) (best *sales.Process, ok bool) {
	deals := map[process.ProcessID]int{}
	for _, d := range team.Deals() {
		deals[d.Process()]++
	}
	for _, p := range team.Processes() {
		if p.Current() != nil && (best == nil || deals[p.ID] > deals[best.ID]) {
			best = p
		}
	}
	return best, best != nil
}

func (p *calibrationPage) fill(t *Text, reports *reportCache, ask calibrationAsk) {
	p.Filters = []FilterGroup{outcomeTabs(t, calibrationPath)}
	v, ok := newDiagramView(t, reports, ask)
	if !ok {
		p.Few = &Posts{Sentence: t.T("calibration.cannot_tell", 0, forecast.DiagramNeeds), Need: forecast.DiagramNeeds}
		return
	}
	p.Filters = append(v.filters(), takeAways(t, v.href(calibrationPath)), p.Filters[0])
	d := v.diagram
	if d.Closed < forecast.DiagramNeeds || len(d.Points) == 0 {
		have := min(d.Closed, forecast.DiagramNeeds)
		p.Few = &Posts{Sentence: t.T("calibration.cannot_tell", have, forecast.DiagramNeeds), Have: have, Need: forecast.DiagramNeeds}
		return
	}
	p.Lead, p.Note = v.lead(), t.T("calibration.note", t.T(kindWords[d.Kind]))
	p.Chart = v.chart()
	for i := range d.Points {
		row := v.row(&d.Points[i])
		if i > 0 && d.Points[i].Standing.Passed == d.Points[i-1].Standing.Passed {
			row.Before = true
		}
		p.Rows = append(p.Rows, row)
	}
	p.Median = v.Whole(v.of(v.round(d.Median)))
	p.Sides = []sideRow{v.side("below", "calibration.below", &d.Below), v.side("above", "calibration.above", &d.Above)}
	if b := d.Brier; b != nil {
		p.Brier = t.T("calibration.brier", t.Dec(b.Score, 3), t.Dec(b.Uncertainty, 3))
	}
}

// filters are the processes where there are several, and the days from which the chances are taken.
func (v *diagramView) filters() []FilterGroup {
	var processes FilterGroup
	for _, p := range v.model.Team().Processes() {
		if p.Current() != nil {
			processes.Words = append(processes.Words, choice(p.ID == v.process.ID, p.Name(), v.href(calibrationPath, "process", string(p.ID))))
		}
	}
	if len(processes.Words) < 2 {
		return nil
	}
	return []FilterGroup{processes}
}

func (v *diagramView) href(path string, changes ...string) string {
	ask := outcomeAsk{Process: v.ask.Process, Period: v.ask.Period}
	return ask.href(path, changes...)
}

func (v *diagramView) dealsAt(s forecast.Standing) string {
	stalled := ""
	if s.Stalled {
		stalled = "1"
	}
	return v.href(calibrationDealsPath, "passed", strconv.Itoa(s.Passed), "stalled", stalled)
}

// lead says in how many standings the chance held, and where it did not.
func (v *diagramView) lead() []Piece {
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
		if place := v.place(p.Standing.Passed); !slices.Contains(off[fit], place) {
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
	lead := sentences(v.Sentence(verdict), v.Sentence("calibration.holds", holds, told))
	for _, fit := range []forecast.Fit{forecast.ChanceTooHigh, forecast.ChanceTooLow} {
		if places := off[fit]; len(places) > 0 {
			lead = sentences(lead, v.Sentence(fitSentences[fit], upperFirst(v.List(places))))
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

// place names a number of passed milestones in a sentence.
func (v *diagramView) place(passed int) string {
	if passed == 0 {
		return v.T("calibration.at_start")
	}
	return v.T("calibration.after", passed)
}

func (v *diagramView) standingName(s forecast.Standing) Cell {
	c := Cell{Text: strconv.Itoa(s.Passed) + ". " + v.T("calibration.opened")}
	if required := v.process.Current().Required; s.Passed > 0 && s.Passed <= len(required) {
		c.Text = strconv.Itoa(s.Passed) + ". " + v.model.MilestoneName(v.process.ID, required[s.Passed-1])
	}
	if s.Stalled {
		c.Small = v.T("charts.square.stalled")
	}
	return c
}

func (v *diagramView) row(p *forecast.DiagramPoint) calibrationRow {
	fit := p.Fit()
	return calibrationRow{
		Name: v.standingName(p.Standing), Deals: Cell{Text: v.Int(int64(len(p.Deals))), Href: v.dealsAt(p.Standing)},
		Said: v.Percent(p.Said), Won: v.Percent(p.Won), Fit: v.T(fitTexts[fit]),
		Off: fit == forecast.ChanceTooHigh || fit == forecast.ChanceTooLow, Few: fit == forecast.CannotTellFit,
	}
}

// chart draws the standings that have enough deals to say anything.
func (v *diagramView) chart() Chart {
	var marks []CalibrationMark
	for i := range v.diagram.Points {
		p := &v.diagram.Points[i]
		if p.Fit() == forecast.CannotTellFit {
			continue
		}
		name := v.standingName(p.Standing)
		marks = append(marks, CalibrationMark{
			Passed: p.Standing.Passed, Stalled: p.Standing.Stalled, Said: p.Said, Won: p.Won, Low: p.Low, High: p.High, Href: v.dealsAt(p.Standing),
			Name: v.T("calibration.point", name.Text+withComma(name.Small), v.Percent(p.Said), v.Percent(p.Won), v.T("outcome.deals", len(p.Deals))),
		})
	}
	return v.calibrationChart("square", v.T("calibration.title"), v.T("calibration.desc")+" "+plain(v.lead()), marks)
}

func (v *diagramView) side(name, key string, s *forecast.ReliabilityHalf) sideRow {
	return sideRow{
		Name:  v.T(key, v.Whole(v.of(v.round(v.diagram.Median)))),
		Deals: Cell{Text: v.Int(int64(s.Deals)), Href: v.href(calibrationDealsPath, "side", name)},
		Said:  v.Percent(s.Said), Won: v.Percent(s.Won),
	}
}
