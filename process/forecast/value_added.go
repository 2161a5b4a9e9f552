package forecast

import (
	"milstolpe/process"
	"milstolpe/process/sales"
	"milstolpe/process/stats"
)

// Step is one step of the staircase of forecast value added (model, section 11).
type Step string

// The steps from the bottom up. A step that nobody has said anything on is left out.
const (
	StepNaive      Step = "naive"
	StepMilestones Step = "milestones"
	StepCRM        Step = "crm"
	StepSeller     Step = "seller"
	StepManager    Step = "manager"
	StepDirector   Step = "director"
)

// StepScore is how one step did. Gains are how much lower its WAPE is than the other's, on the periods both have.
type StepScore struct {
	Step       Step
	Periods    int
	WAPE, Bias *float64
	OverNaive  Gain
	OverBelow  Gain
	Below      Step // the step that OverBelow is about
	Each       []SaidAndCame
}

// SaidAndCame is what a step said of one period, and what came.
type SaidAndCame struct {
	Period     process.Period
	Said, Came float64
}

// Gain is one step held against another.
type Gain struct {
	Periods int
	Gain    *float64
	Verdict stats.Value
}

// ValueAdded scores every step over the complete periods of a query.
func (m *Model) ValueAdded(q Query) ([]StepScore, error) {
	q.By, q.Scope, q.Source = "", Scope{}, ""
	r, err := m.Report(q)
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	said := map[Step]map[int]float64{}
	say := func(s Step, i int, v float64, ok bool) {
		if !ok {
			return
		}
		if said[s] == nil {
			said[s] = map[int]float64{}
		}
		said[s][i] = v
	}
	actual := map[int]float64{}
	for i, p := range r.Periods {
		if !p.Complete || !p.HasForecast {
			continue
		}
		actual[i] = p.Actual
		if p.Naive != nil {
			say(StepNaive, i, *p.Naive, true)
		}
		say(StepMilestones, i, p.Forecast, true)
		crm, ok := m.crmTotal(p.Period, p.AsOf)
		say(StepCRM, i, crm, ok)
		for n, layer := range process.Layers {
			v, ok := m.layerTotal(p.Period, layer, p.AsOf)
			say([]Step{StepSeller, StepManager, StepDirector}[n], i, v, ok)
		}
	}
	return staircase(said, actual, r.Periods), nil
}

func staircase(said map[Step]map[int]float64, actual map[int]float64, periods []*PeriodReport) []StepScore {
	var scores []StepScore
	var below Step
	for _, s := range []Step{StepNaive, StepMilestones, StepCRM, StepSeller, StepManager, StepDirector} {
		if len(said[s]) == 0 {
			continue
		}
		misses := missesOf(said[s], said[s], actual)
		score := StepScore{Step: s, Periods: misses.Periods(), WAPE: share(misses.WAPE()), Bias: share(misses.Bias()), Below: below}
		for _, i := range sales.SortedKeys(said[s]) {
			score.Each = append(score.Each, SaidAndCame{periods[i].Period, said[s][i], actual[i]})
		}
		if s != StepNaive {
			score.OverNaive = gain(said[s], said[StepNaive], actual)
		}
		if below != "" {
			score.OverBelow = gain(said[s], said[below], actual)
		}
		scores = append(scores, score)
		below = s
	}
	return scores
}

// missesOf scores one step on the periods that another has too, in order.
func missesOf(step, other, actual map[int]float64) (m stats.ErrorStats) {
	for _, i := range sales.SortedKeys(actual) {
		v, ok := step[i]
		if _, both := other[i]; ok && both {
			m.Add(v, actual[i])
		}
	}
	return m
}

func gain(step, other, actual map[int]float64) Gain {
	mine, theirs := missesOf(step, other, actual), missesOf(other, step, actual)
	g := Gain{Periods: mine.Periods(), Verdict: stats.AddsValue(mine.AbsoluteErrors(), theirs.AbsoluteErrors())}
	a, ok := mine.WAPE()
	if b, both := theirs.WAPE(); ok && both {
		diff := b - a
		g.Gain = &diff
	}
	return g
}
