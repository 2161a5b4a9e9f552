package handlers

import (
	"math"
	"net/url"

	"milstolpe/process"
	"milstolpe/process/forecast"
)

const stepPeriodsPath = valueAddedPath + "/periods"

// stepPeriodsPage is what one step of the staircase said, period by period, and what came.
type stepPeriodsPage struct {
	Page
	Heading          string
	Back             Cell
	Lead             string
	Periods          string // heading of the table
	Head, Unit       string
	Rows             []stepPeriod
	Count            string
	Said, Came, Miss string
}

type stepPeriod struct{ Name, Said, Came, Difference Cell }

func stepPeriodsHref(step forecast.Step, kind process.PeriodKind) string {
	return address(stepPeriodsPath, url.Values{"step": {string(step)}, "period": {kind.String()}}, nil)
}

func showStepPeriods(v *visit) error {
	kind, step := v.staircaseKind(), forecast.Step(v.QueryParam("step"))
	page := stepPeriodsPage{Page: v.page(Outcome, v.t("value.title"))}
	err := v.model(func(m *forecast.Model) error {
		steps, err := m.ValueAdded(forecast.Query{Kind: kind})
		if err != nil {
			return err
		}
		for i := range steps {
			if steps[i].Step == step {
				page.fill(v.text.ledger(m.Team().Currency()), kind, &steps[i])
				return nil
			}
		}
		return process.Missing("outcome.no_such_number")
	})
	if err != nil {
		return err
	}
	return v.show("step_periods", page)
}

func (p *stepPeriodsPage) fill(l ledger, kind process.PeriodKind, s *forecast.StepScore) {
	p.Heading = l.T("value.step." + string(s.Step))
	p.Title, p.Print = p.Heading, p.Heading
	p.Back = Cell{Text: l.T("value.title"), Href: valueAddedPath + "?period=" + kind.String()}
	p.Periods, p.Head, p.Unit = l.T(byPeriods[kind]), l.T(periodHeads[kind]), l.Unit(l.currency)
	var said, came, miss float64
	for i := len(s.Each) - 1; i >= 0; i-- { // the newest first
		one := s.Each[i]
		p.Rows = append(p.Rows, l.stepPeriod(s.Step, one))
		said, came, miss = said+l.round(one.Said), came+l.round(one.Came), miss+math.Abs(l.round(one.Came)-l.round(one.Said))
	}
	p.Count, p.Said, p.Came, p.Miss = l.T("value.periods", len(s.Each)), l.amount(said), l.amount(came), l.amount(miss)
	if s.WAPE != nil {
		p.Lead = l.T("value.periods_lead", l.Percent(*s.WAPE))
	}
}

// stepPeriod is one row. What the milestones said and what came lead to their deals, what people said to the calls of its period.
func (l ledger) stepPeriod(step forecast.Step, s forecast.SaidAndCame) stepPeriod {
	ask := outcomeAsk{Period: s.Period.Kind.String()}
	deals := func(bar string) string { return ask.href(outcomeDealsPath, "chosen", s.Period.Label(), "bar", bar) }
	said, came := l.round(s.Said), l.round(s.Came)
	row := stepPeriod{
		Name: Cell{Text: l.Period(s.Period), Href: ask.href(outcomePath, "chosen", s.Period.Label())},
		Said: Cell{Text: l.amount(said)}, Came: Cell{Text: l.amount(came)}, Difference: l.differenceCell(said, came),
	}
	if came != 0 {
		row.Came.Href = deals(barActual)
	}
	switch step {
	case forecast.StepSeller, forecast.StepManager, forecast.StepDirector:
		row.Said.Href = callsPath + "?period=" + url.QueryEscape(s.Period.Label())
	case forecast.StepMilestones:
		row.Said.Href = deals(barForecast)
	case forecast.StepNaive, forecast.StepCRM: // no page has these: what came in the period before, as it was known then, and another system's
	}
	if said == 0 {
		row.Said.Href = ""
	}
	return row
}
