package report

import (
	"cmp"
	"io"

	"milstolpe/handlers/sheet"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// calibrationJSON holds the chances of a process against what came of them. Shares are of one.
type calibrationJSON struct {
	Process    string      `json:"process"`
	PeriodKind string      `json:"period_kind"`
	Closed     int         `json:"closed"`
	Brier      *figure     `json:"brier"`
	Skill      *figure     `json:"skill"`
	Standings  []pointJSON `json:"standings"`
	Median     amount      `json:"median_value"`
	Below      sideJSON    `json:"up_to_median"`
	Above      sideJSON    `json:"over_median"`
}

type pointJSON struct {
	Passed    *int    `json:"passed"` // null: place unknown
	Milestone *string `json:"milestone"`
	Stalled   bool    `json:"stalled"`
	Deals     int     `json:"deals"`
	Wins      int     `json:"wins"`
	Said      chance  `json:"said"`
	Won       chance  `json:"won"`
	Low       chance  `json:"low"`
	High      chance  `json:"high"`
	Fit       string  `json:"fit"` // holds, too_high, too_low or cannot_tell
}

type sideJSON struct {
	Deals int    `json:"deals"`
	Wins  int    `json:"wins"`
	Said  chance `json:"said"`
	Won   chance `json:"won"`
}

// fitWords are the judgements, as other programs get them.
var fitWords = map[forecast.Fit]string{
	forecast.CannotTellFit: "cannot_tell", forecast.Holds: "holds", forecast.ChanceTooHigh: "too_high", forecast.ChanceTooLow: "too_low",
}

// Calibration is whether chances came true. With fewer closed deals than it takes there are no standings in it.
func (p Reports) Calibration(m *forecast.Model, d *forecast.ReliabilityDiagram) Report {
	document := calibrationJSON{PeriodKind: d.Kind.String(), Closed: d.Closed, Standings: []pointJSON{}}
	var required []process.MilestoneID
	if proc, ok := m.Team().Process(d.Process); ok && proc.Current() != nil {
		document.Process, required = proc.Name(), proc.Current().Required
	}
	document.Median = amountsOf(m.Team().Currency()).of(d.Median)
	document.Below, document.Above = newSideJSON(&d.Below), newSideJSON(&d.Above)
	if d.Brier != nil {
		document.Brier = knownFigure(&d.Brier.Score)
		if d.Brier.Skilled {
			document.Skill = knownFigure(&d.Brier.Skill)
		}
	}
	names := map[string]string{}
	for i := range d.Points {
		if d.Closed < forecast.DiagramNeeds {
			break
		}
		point := &d.Points[i]
		one := pointJSON{
			Stalled: point.Standing.Stalled, Deals: len(point.Deals), Wins: point.Wins,
			Said: chance(point.Said), Won: chance(point.Won), Low: chance(point.Low), High: chance(point.High), Fit: fitWords[point.Fit()],
		}
		if !point.Standing.Unknown {
			one.Passed = &point.Standing.Passed
		}
		if g := point.Standing.Passed; g > 0 && g <= len(required) {
			one.Milestone = knownText(required[g-1])
			names[string(required[g-1])] = m.MilestoneName(d.Process, required[g-1])
		}
		document.Standings = append(document.Standings, one)
	}
	g := newGrid(p.Text, document.Standings, p.pointColumns(names))
	return Report{
		JSON:   func() any { return document },
		Tables: func() []sheet.Table { return []sheet.Table{g.sheet(p.Text.T("calibration.tab"))} },
		Show:   func(out io.Writer) error { return g.table(out, p.Text) },
	}
}

func newSideJSON(s *forecast.ReliabilityHalf) sideJSON {
	return sideJSON{s.Deals, s.Wins, chance(s.Said), chance(s.Won)}
}

func (p Reports) pointColumns(names map[string]string) []column[pointJSON] {
	return []column[pointJSON]{
		{"cli.col.passed", func(l pointJSON) cell { return given(l.Passed, countCell) }},
		{"cli.col.passed_last", func(l pointJSON) cell {
			return given(l.Milestone, func(key string) cell { return textCell(cmp.Or(names[key], key)) })
		}},
		{"cli.col.stalled", func(l pointJSON) cell { return boolCell(l.Stalled) }},
		{"cli.col.deals", func(l pointJSON) cell { return countCell(l.Deals) }},
		{"cli.col.chance", func(l pointJSON) cell { return chanceCell(l.Said) }},
		{"cli.col.won_share", func(l pointJSON) cell { return chanceCell(l.Won) }},
		{"cli.col.won_low", func(l pointJSON) cell { return chanceCell(l.Low) }},
		{"cli.col.won_high", func(l pointJSON) cell { return chanceCell(l.High) }},
		{"cli.col.fit", func(l pointJSON) cell { return textCell(p.Text.T("cli.fit." + l.Fit)) }},
	}
}
