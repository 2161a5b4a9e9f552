package handlers

import (
	"slices"
	"strings"

	"milstolpe/handlers/report"
	"milstolpe/process"
	"milstolpe/process/counting"
	"milstolpe/process/forecast"
)

// valueAddedPage is the staircase: whether each step came closer to what happened than the one below it.
type valueAddedPage struct {
	Page
	Filters []FilterGroup
	Lead    string
	Stairs  *Chart
	Steps   []stepRow
	Calls   bool // somebody has made a call
}

type stepRow struct {
	Name, WAPE, Bias string
	Periods          Cell
	OverNaive        string
	OverBelow        string
	Verdict          string
}

// staircaseKind is the length of the periods; quarters unless something else is asked for.
func (v *visit) staircaseKind() process.PeriodKind {
	if kind, err := process.ParsePeriodKind(v.QueryParam("period")); err == nil {
		return kind
	}
	return process.Quarter
}

func valueAddedReport(v *visit) (made report.Report, err error) {
	q := forecast.Query{Kind: v.staircaseKind()}
	err = v.model(func(m *forecast.Model) error {
		steps, err := m.ValueAdded(q)
		made = v.asReports().ValueAdded(q, steps)
		return err
	})
	return made, err
}

func showValueAdded(v *visit) error {
	kind := v.staircaseKind()
	page := valueAddedPage{Page: v.page(Outcome, v.t("value.title"))}
	var kinds FilterGroup
	for _, k := range process.PeriodKinds[1:] {
		kinds.Words = append(kinds.Words, choice(k == kind, v.t(kindWords[k]), valueAddedPath+"?period="+k.String()))
	}
	page.Filters = []FilterGroup{kinds, takeAways(v.text, valueAddedPath+"?period="+kind.String()), outcomeTabs(v.text, valueAddedPath)}
	err := v.model(func(m *forecast.Model) error {
		steps, err := m.ValueAdded(forecast.Query{Kind: kind})
		if err != nil {
			return err
		}
		page.Lead = v.staircaseLead(steps)
		page.Stairs = v.stairs(steps)
		for _, s := range steps {
			page.Steps = append(page.Steps, v.stepRow(s, kind))
			page.Calls = page.Calls || s.Step == forecast.StepSeller || s.Step == forecast.StepManager || s.Step == forecast.StepDirector
		}
		return nil
	})
	if err != nil {
		return err
	}
	return v.show("value_added", page)
}

// stairs draws the steps; nothing where none can be told yet.
func (v *visit) stairs(steps []forecast.StepScore) *Chart {
	if !slices.ContainsFunc(steps, func(s forecast.StepScore) bool { return s.WAPE != nil }) {
		return nil
	}
	list := make([]Stair, 0, len(steps))
	desc := ""
	for _, s := range steps {
		stair := Stair{
			Name: v.t("value.step." + string(s.Step)), Known: s.WAPE != nil, First: s.Below == "", Verdict: s.OverBelow.Verdict, Gain: v.gain(s.OverBelow),
		}
		if s.WAPE != nil {
			stair.Miss = *s.WAPE
			desc += v.t("value.stair_desc", stair.Name, v.text.Percent(*s.WAPE)) + " "
		}
		list = append(list, stair)
	}
	chart := v.text.stairsChart("stairs", v.t("value.picture"), strings.TrimSpace(desc), "steps", list)
	return &chart
}

// staircaseLead says which steps come closer than the one below, and which do not.
func (v *visit) staircaseLead(steps []forecast.StepScore) string {
	milestones, calls, told := "", "", true
	for _, s := range steps {
		verdict := s.OverBelow.Verdict
		if s.Step == forecast.StepMilestones {
			milestones = v.t(map[counting.Value]string{
				counting.Adds: "value.lead.milestones_adds", counting.TakesAway: "value.lead.milestones_takes", counting.CannotTellValue: "value.lead.milestones_cannot",
			}[verdict])
			continue
		}
		if s.Below == "" {
			continue
		}
		switch name := v.t("value.step." + string(s.Step)); verdict {
		case counting.Adds:
			calls += " " + v.t("value.lead.calls_add", name)
		case counting.TakesAway:
			calls += " " + v.t("value.lead.calls_take", name)
		case counting.CannotTellValue:
			told = false
		}
	}
	if calls == "" && !told {
		calls = " " + v.t("value.lead.calls_cannot")
	}
	return milestones + calls
}

func (v *visit) stepRow(s forecast.StepScore, kind process.PeriodKind) stepRow {
	periods := Cell{Text: v.t("value.periods", s.Periods), Href: stepPeriodsHref(s.Step, kind)}
	row := stepRow{Name: v.t("value.step." + string(s.Step)), Periods: periods, WAPE: v.t("value.none"), Bias: v.t("value.none")}
	if s.WAPE != nil {
		row.WAPE = v.text.Percent(*s.WAPE)
	}
	if s.Bias != nil {
		row.Bias = v.signedPercent(*s.Bias)
	}
	row.OverNaive, row.OverBelow = v.gain(s.OverNaive), v.gain(s.OverBelow)
	if s.Below != "" {
		row.Verdict = v.verdict(s.OverBelow.Verdict)
	}
	return row
}

// gain is by how many percentage points the usual miss is lower; empty where there is nothing to compare with.
func (v *visit) gain(g forecast.Gain) string {
	if g.Gain == nil {
		return ""
	}
	return v.text.DecDelta(100*(*g.Gain), 0)
}

func (v *visit) verdict(value counting.Value) string {
	switch value {
	case counting.Adds:
		return v.t("value.adds")
	case counting.TakesAway:
		return v.t("value.takes_away")
	case counting.CannotTellValue:
	}
	return v.t("value.cannot_tell")
}
