package outcomes

import (
	"slices"
	"strings"

	"milstolpe/handlers/chart"
	"milstolpe/handlers/figures"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/report"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/stats"
	"milstolpe/process/winloss"
)

// valueAddedPage is the staircase: whether each step came closer to what happened than the one below it.
type valueAddedPage struct {
	web.Page
	Filters []parts.FilterGroup
	Lead    string
	Stairs  *chart.Chart
	Steps   []stepRow
	Calls   bool // somebody has made a call
	NoRate  figures.RateNote
}

type stepRow struct {
	Name, WAPE, Bias string
	Periods          parts.Cell
	OverNaive        string
	OverBelow        string
	Verdict          string
}

// stairstepKind is the length of the periods; quarters unless something else is asked for.
func stairstepKind(v *web.Request) process.PeriodKind {
	if kind, err := process.ParsePeriodKind(v.QueryParam("period")); err == nil {
		return kind
	}
	return process.Quarter
}

func valueAddedReport(v *web.Request) (made report.Report, err error) {
	q := forecast.Query{Kind: stairstepKind(v)}
	err = v.Model(func(m *forecast.Model) error {
		steps, err := m.ValueAdded(q)
		made = v.AsReports().ValueAdded(q, steps)
		return err
	})
	return made, err
}

func showValueAdded(v *web.Request) error {
	kind := stairstepKind(v)
	page := valueAddedPage{Page: v.Page(urls.Outcome, v.T("value.title"))}
	var kinds parts.FilterGroup
	for _, k := range process.PeriodKinds[1:] {
		kinds.Words = append(kinds.Words, parts.Choice(k == kind, v.T(wording.PeriodKindKeys[k]), urls.ValueAddedPath+"?period="+k.String()))
	}
	page.Filters = []parts.FilterGroup{kinds, web.DownloadLinks(v.Text, urls.ValueAddedPath+"?period="+kind.String()), wording.OutcomeTabs(v.Text, urls.ValueAddedPath)}
	err := v.Model(func(m *forecast.Model) error {
		steps, err := m.ValueAdded(forecast.Query{Kind: kind})
		if err != nil {
			return err
		}
		page.Lead = stairstepLead(v, steps)
		if u := winloss.UnratedWins(m, forecast.Scope{}, m.FirstOpened(), v.Today); u.Won > 0 {
			page.NoRate = figures.RateNote{Sentence: figures.UnratedSentence(v.Text, u), Forms: figures.RateForms(m.Team(), u.Currencies, page.Path)}
		}
		page.Stairs = stairstep(v, steps)
		for _, s := range steps {
			page.Steps = append(page.Steps, newStepRow(v, s, kind))
			page.Calls = page.Calls || s.Step == forecast.StepSeller || s.Step == forecast.StepManager || s.Step == forecast.StepDirector
		}
		return nil
	})
	if err != nil {
		return err
	}
	return v.Render("value_added", page)
}

// stairstep draws the steps; nothing where none can be told yet.
func stairstep(v *web.Request, steps []forecast.StepScore) *chart.Chart {
	if !slices.ContainsFunc(steps, func(s forecast.StepScore) bool { return s.WAPE != nil }) {
		return nil
	}
	list := make([]chart.Step, 0, len(steps))
	desc := ""
	for _, s := range steps {
		stair := chart.Step{
			Name: v.T("value.step." + string(s.Step)), Known: s.WAPE != nil, First: s.Below == "", Effect: s.OverBelow.Verdict, Gain: gain(v, s.OverBelow),
		}
		if s.WAPE != nil {
			stair.Miss = *s.WAPE
			desc += v.T("value.stair_desc", stair.Name, v.Text.Percent(*s.WAPE)) + " "
		}
		list = append(list, stair)
	}
	chart := chart.Stairstep(v.Text, "stairs", v.T("value.picture"), strings.TrimSpace(desc), "steps", list)
	return &chart
}

// stairstepLead says which steps come closer than the one below, and which do not.
func stairstepLead(v *web.Request, steps []forecast.StepScore) string {
	milestones, calls, told := "", "", true
	for _, s := range steps {
		verdict := s.OverBelow.Verdict
		if s.Step == forecast.StepMilestones {
			milestones = v.T(map[stats.Value]string{
				stats.Adds: "value.lead.milestones_adds", stats.TakesAway: "value.lead.milestones_takes", stats.CannotTellValue: "value.lead.milestones_cannot",
			}[verdict])
			continue
		}
		if s.Below == "" {
			continue
		}
		switch name := v.T("value.step." + string(s.Step)); verdict {
		case stats.Adds:
			calls += " " + v.T("value.lead.calls_add", name)
		case stats.TakesAway:
			calls += " " + v.T("value.lead.calls_take", name)
		case stats.CannotTellValue:
			told = false
		}
	}
	if calls == "" && !told {
		calls = " " + v.T("value.lead.calls_cannot")
	}
	return milestones + calls
}

func newStepRow(v *web.Request, s forecast.StepScore, kind process.PeriodKind) stepRow {
	periods := parts.Cell{Text: v.T("value.periods", s.Periods), Href: stepPeriodsHref(s.Step, kind)}
	row := stepRow{Name: v.T("value.step." + string(s.Step)), Periods: periods, WAPE: v.T("value.none"), Bias: v.T("value.none")}
	if s.WAPE != nil {
		row.WAPE = v.Text.Percent(*s.WAPE)
	}
	if s.Bias != nil {
		row.Bias = signedPercent(v, *s.Bias)
	}
	row.OverNaive, row.OverBelow = gain(v, s.OverNaive), gain(v, s.OverBelow)
	if s.Below != "" {
		row.Verdict = verdict(v, s.OverBelow.Verdict, s.Periods)
	}
	return row
}

// gain is by how many percentage points the usual miss is lower; empty where there is nothing to compare with.
func gain(v *web.Request, g forecast.Gain) string {
	if g.Gain == nil {
		return ""
	}
	return v.Text.DecDelta(100*(*g.Gain), 0)
}

// verdict says whether a step makes the forecast better; too few periods cannot tell, and many can leave it to chance.
func verdict(v *web.Request, value stats.Value, periods int) string {
	switch value {
	case stats.Adds:
		return v.T("value.adds")
	case stats.TakesAway:
		return v.T("value.takes_away")
	case stats.CannotTellValue:
	}
	if periods < leanFrom {
		return v.T("value.too_few")
	}
	return v.T("value.cannot_tell")
}
