package report

import (
	"io"

	"milstolpe/process"
	"milstolpe/process/stats"
	"milstolpe/process/winloss"
)

// Milestones is which milestones of a process matter.
func (p Reports) Milestones(name string, e *winloss.ProcessEvidence) Report {
	document := newEvidenceJSON(name, e)
	g := newGrid(p.Text, document.Milestones, p.differenceColumns())
	return Report{
		JSON:   func() any { return document },
		Tables: p.tables(name, g),
		Show: func(out io.Writer) error {
			if err := heading(out, p.Text.T("cli.milestones", document.Process, document.Closed)); err != nil {
				return err
			}
			return g.table(out, p.Text)
		},
	}
}

// evidenceJSON is what the closed deals of a process say about its milestones, and about their order.
type evidenceJSON struct {
	Process    string             `json:"process"`
	AsOf       process.Date       `json:"as_of"`
	Closed     int                `json:"closed"`
	Milestones []differenceJSON   `json:"milestones"`
	Order      differenceInNumber `json:"order"` // with: took the required milestones in order
}

// differenceJSON compares the deals that had reached a milestone by its landmark day with those that had not.
type differenceJSON struct {
	Milestone process.MilestoneID `json:"milestone"`
	Name      string              `json:"name"`
	Required  bool                `json:"required"`
	Landmark  int                 `json:"landmark_days"`
	differenceInNumber
	Surprising bool `json:"surprising"` // required and without a difference, or optional and deciding
}

type differenceInNumber struct {
	With       int    `json:"with"`
	WithWon    int    `json:"with_won"`
	Without    int    `json:"without"`
	WithoutWon int    `json:"without_won"`
	Factor     figure `json:"bayes_factor"`
	Verdict    string `json:"verdict"` // decides, no_visible_difference or cannot_tell
}

func newEvidenceJSON(name string, e *winloss.ProcessEvidence) evidenceJSON {
	out := evidenceJSON{Process: name, AsOf: e.AsOf, Closed: e.Closed, Order: inNumbers(&e.Order)}
	for i := range e.Milestones {
		m := &e.Milestones[i]
		out.Milestones = append(out.Milestones, differenceJSON{
			Milestone: m.Milestone.Key, Name: m.Milestone.Name, Required: m.Milestone.Required, Landmark: m.Landmark,
			differenceInNumber: inNumbers(m), Surprising: m.Surprises(),
		})
	}
	return out
}

func inNumbers(e *winloss.MilestoneEvidence) differenceInNumber {
	return differenceInNumber{e.With, e.WithWon, e.Without, e.WithoutWon, figure(e.Factor), differenceWord(e.Verdict)}
}

// differenceWord is a verdict on a milestone, as other programs get it.
func differenceWord(d stats.Difference) string {
	switch d {
	case stats.Decides:
		return "decides"
	case stats.NoVisibleDifference:
		return "no_visible_difference"
	case stats.CannotTellDifference:
	}
	return "cannot_tell"
}

func (p Reports) differenceColumns() []column[differenceJSON] {
	type line = differenceJSON
	yes := func(y bool) cell {
		if y {
			return textCell(p.Text.T("cli.yes"))
		}
		return textCell(p.Text.T("cli.no"))
	}
	return []column[line]{
		{"cli.col.milestone", func(l line) cell { return textCell(l.Name) }},
		{"cli.col.required", func(l line) cell { return yes(l.Required) }},
		{"cli.col.landmark", func(l line) cell { return countCell(l.Landmark) }},
		{"cli.col.with", func(l line) cell { return countCell(l.With) }},
		{"cli.col.with_won", func(l line) cell { return countCell(l.WithWon) }},
		{"cli.col.without", func(l line) cell { return countCell(l.Without) }},
		{"cli.col.without_won", func(l line) cell { return countCell(l.WithoutWon) }},
		{"cli.col.verdict", func(l line) cell { return textCell(p.Text.T("cli.difference." + l.Verdict)) }},
	}
}
