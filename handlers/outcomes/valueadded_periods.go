package outcomes

import (
	"math"
	"net/url"

	"milstolpe/handlers/figures"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

const stepPeriodsPath = urls.ValueAddedPath + "/periods"

// stepPeriodsPage is what one step of the staircase said, period by period, and what came.
type stepPeriodsPage struct {
	web.Page
	Heading          string
	Back             parts.Cell
	Lead             string
	Periods          string // heading of the table
	Head, Unit       string
	Rows             []stepPeriod
	Count            string
	Said, Came, Miss string
}

type stepPeriod struct{ Name, Said, Came, Difference parts.Cell }

func stepPeriodsHref(step forecast.Step, kind process.PeriodKind) string {
	return urls.Address(stepPeriodsPath, url.Values{"step": {string(step)}, "period": {kind.String()}}, nil)
}

func showStepPeriods(v *web.Request) error {
	kind, step := stairstepKind(v), forecast.Step(v.QueryParam("step"))
	page := stepPeriodsPage{Page: v.Page(urls.Outcome, v.T("value.title"))}
	err := v.Model(func(m *forecast.Model) error {
		steps, err := m.ValueAdded(forecast.Query{Kind: kind})
		if err != nil {
			return err
		}
		for i := range steps {
			if steps[i].Step == step {
				page.fill(figures.NewAmounts(v.Text, m.Team().Currency()), kind, &steps[i])
				return nil
			}
		}
		return process.Missing("outcome.no_such_number")
	})
	if err != nil {
		return err
	}
	return v.Render("step_periods", page)
}

func (p *stepPeriodsPage) fill(l figures.Amounts, kind process.PeriodKind, s *forecast.StepScore) {
	p.Heading = l.T("value.step." + string(s.Step))
	p.Title, p.Print = p.Heading, p.Heading
	p.Back = parts.Cell{Text: l.T("value.title"), Href: urls.ValueAddedPath + "?period=" + kind.String()}
	p.Periods, p.Head, p.Unit = l.T(wording.ByPeriodKeys[kind]), l.T(wording.PeriodHeadKeys[kind]), l.Unit(l.Currency)
	var said, came, miss float64
	for i := len(s.Each) - 1; i >= 0; i-- { // the newest first
		one := s.Each[i]
		p.Rows = append(p.Rows, newStepPeriod(l, s.Step, one))
		said, came, miss = said+l.Round(one.Said), came+l.Round(one.Came), miss+math.Abs(l.Round(one.Came)-l.Round(one.Said))
	}
	p.Count, p.Said, p.Came, p.Miss = l.T("value.periods", len(s.Each)), l.RoundedAmount(said), l.RoundedAmount(came), l.RoundedAmount(miss)
	if s.WAPE != nil {
		p.Lead = l.T("value.periods_lead", l.Percent(*s.WAPE))
	}
}

// stepPeriod is one row. What the milestones said and what came lead to their deals, what people said to the calls of its period.
func newStepPeriod(l figures.Amounts, step forecast.Step, s forecast.SaidAndCame) stepPeriod {
	ask := urls.OutcomeQuery{Period: s.Period.Kind.String()}
	deals := func(bar string) string {
		return ask.Href(urls.OutcomeDealsPath, "chosen", s.Period.Label(), "bar", bar)
	}
	said, came := l.Round(s.Said), l.Round(s.Came)
	row := stepPeriod{
		Name: parts.Cell{Text: l.Period(s.Period), Href: ask.Href(urls.OutcomePath, "chosen", s.Period.Label())},
		Said: parts.Cell{Text: l.RoundedAmount(said)}, Came: parts.Cell{Text: l.RoundedAmount(came)}, Difference: differenceCell(l, said, came),
	}
	if came != 0 {
		row.Came.Href = deals(barActual)
	}
	switch step {
	case forecast.StepSeller, forecast.StepManager, forecast.StepDirector:
		row.Said.Href = urls.CallsPath + "?period=" + url.QueryEscape(s.Period.Label())
	case forecast.StepMilestones:
		row.Said.Href = deals(barForecast)
	case forecast.StepNaive, forecast.StepCRM: // no page has these: what came in the period before, as it was known then, and another system's
	}
	if said == 0 {
		row.Said.Href = ""
	}
	return row
}
