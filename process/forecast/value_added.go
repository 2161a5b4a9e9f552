package forecast

import (
	"slices"

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

// LayerTotal is what a layer says of a period as known on the day, in minor units of the reporting currency: its whole-team call if
// there is one, otherwise the sum over sellers of its call or else the layer below's. It answers false when nobody of that layer has
// said anything.
func (m *Model) LayerTotal(p process.Period, layer process.Layer, asOf process.Date) (float64, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.layerTotal(p, layer, asOf)
}

func (m *Model) layerTotal(p process.Period, layer process.Layer, asOf process.Date) (float64, bool) {
	if v, ok := m.call(p, layer, "", asOf); ok {
		return v, true
	}
	sum, said := 0.0, false
	for _, seller := range m.sellersOn(p, asOf) {
		v, ok := m.callOrBelow(p, layer, seller, asOf)
		sum += v
		said = said || ok
	}
	return sum, said
}

// callOrBelow is what a layer says of one seller's deals, or else the layer below; at the bottom stand the milestones. It tells whether
// the layer itself said it.
func (m *Model) callOrBelow(p process.Period, layer process.Layer, seller process.PersonID, asOf process.Date) (float64, bool) {
	if v, ok := m.call(p, layer, seller, asOf); ok {
		return v, true
	}
	if at := slices.Index(process.Layers, layer); at > 0 {
		v, _ := m.callOrBelow(p, process.Layers[at-1], seller, asOf)
		return v, false
	}
	return m.period(p, asOf, m.leadOf(p, asOf), Scope{Seller: seller}).Forecast, false
}

// LayerBelow is what stands below a layer for a seller's deals, or (empty) the team's, and is shown before a number is entered.
func (m *Model) LayerBelow(p process.Period, layer process.Layer, seller process.PersonID, asOf process.Date) float64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	at := slices.Index(process.Layers, layer)
	if seller != "" {
		if at > 0 {
			v, _ := m.callOrBelow(p, process.Layers[at-1], seller, asOf)
			return v
		}
		return m.period(p, asOf, m.leadOf(p, asOf), Scope{Seller: seller}).Forecast
	}
	for ; at > 0; at-- {
		if v, ok := m.layerTotal(p, process.Layers[at-1], asOf); ok {
			return v
		}
	}
	return m.period(p, asOf, m.leadOf(p, asOf), Scope{}).Forecast
}

func (m *Model) call(p process.Period, layer process.Layer, seller process.PersonID, asOf process.Date) (float64, bool) {
	c, _, ok := m.team.Calls().CallOn(p.Label(), layer, seller, asOf)
	if !ok {
		return 0, false
	}
	a, _ := m.team.Rates().Convert(c.Amount, asOf)
	return float64(a.Minor), true
}

// sellersOn are the sellers of whom something is expected on the day: who have open deals, or a call for the period, or have won deals as
// far back as what is not yet open is learned from. Whoever has only closed deals has already won some in the period, or opens new ones.
func (m *Model) sellersOn(p process.Period, asOf process.Date) []process.PersonID {
	seen := map[process.PersonID]bool{}
	for _, part := range m.contributionsOf(asOf, p.Start, p.End).parts {
		seen[part.Seller] = true
	}
	first := p
	for range lookbackPeriods {
		first = first.Previous()
	}
	for _, w := range m.deals.WonIn(first.Start, asOf) {
		if w, ok := m.deals.WinOn(w, asOf); ok {
			seen[w.Deal.SellerOn(w.Close.Known)] = true
		}
	}
	for _, seller := range m.team.Calls().CallersFor(p.Label()) {
		seen[seller] = true
	}
	delete(seen, "")
	return sales.SortedKeys(seen)
}

// leadOf is how many periods lie between the one that begins next after the day and p.
func (m *Model) leadOf(p process.Period, asOf process.Date) (lead int) {
	for q := p; q.Start > asOf+1 && lead < 520; q = q.Previous() {
		lead++
	}
	return lead
}

// crmTotal is what the other CRM's percentages say of a period as known on the day: Σ v × percentage over the open deals that were
// expected to close in it. It answers false where no open deal has a percentage.
func (m *Model) crmTotal(p process.Period, asOf process.Date) (sum float64, said bool) {
	for _, part := range m.contributionsOf(asOf, p.Start, p.End).parts {
		percent, ok := part.Deal.OpinionOn(asOf)
		said = said || ok
		if ok && p.Contains(part.Deal.ExpectedCloseOn(asOf)) {
			sum += part.Value * percent / 100
		}
	}
	return sum, said
}
