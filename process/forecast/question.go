package forecast

import (
	"slices"
	"sync"

	"milstolpe/process"
	"milstolpe/process/stats"
)

// question asks for the forecast of a period as of a day, and what came of it.
type question struct {
	period process.Period
	asOf   process.Date
	lead   int
	scope  Scope
}

func (q question) key() periodKey {
	return periodKey{q.period.Start, q.period.End, q.asOf, q.lead, q.scope}
}

// maxAnswers bounds what is kept of one outlook: a report by customer asks for thousands.
const maxAnswers = 64

// keep keeps what follows from an outlook with it.
func (*contributions) keep(answers *map[question]*PeriodReport, q question, r *PeriodReport) {
	if *answers == nil || len(*answers) >= maxAnswers {
		*answers = map[question]*PeriodReport{}
	}
	(*answers)[q] = r
}

// answer is made under the lock. What it hands out is shared and must not be changed.
func (m *Model) answer(asks ...question) []*PeriodReport {
	list, seen := m.foresee(asks)
	for i, q := range asks {
		list[i] = m.complete(list[i], seen[i], q)
	}
	return list
}

// foresee works out what was forecast: all that follows from what was known on the as-of days.
func (m *Model) foresee(asks []question) ([]*PeriodReport, []*contributions) {
	list, seen := make([]*PeriodReport, len(asks)), make([]*contributions, len(asks))
	var made []int
	var ranges sync.WaitGroup
	for i, q := range asks {
		o := m.contributionsOf(q.asOf, q.period.Start, q.period.End)
		seen[i] = o
		if r, ok := o.foreseen[q]; ok {
			list[i] = r
			continue
		}
		r := m.newPeriod(q.period, q.asOf)
		m.addForecast(r, o, q.lead, q.scope)
		list[i], made = r, append(made, i)
		if raw, ok := m.rawRanges.get(q.asOf, q.key()); ok {
			r.Range, r.sum = raw, stats.Portfolio{}
			continue
		}
		ranges.Go(r.spread) // beside the next period: a range needs nothing more of the model
	}
	ranges.Wait()
	for _, i := range made {
		m.rawRanges.put(asks[i].asOf, asks[i].key(), list[i].Range)
	}
	for _, i := range made {
		m.learnRange(list[i], asks[i].lead, asks[i].scope)
		seen[i].keep(&seen[i].foreseen, asks[i], list[i])
	}
	return list, seen
}

// complete says what came of a forecast, and puts what was noted in its place.
func (m *Model) complete(foreseen *PeriodReport, o *contributions, q question) *PeriodReport {
	if r, ok := o.reports[q]; ok {
		return r
	}
	r := *foreseen
	r.Complete, r.Source = r.Period.End < m.today, m.source(r.AsOf)
	r.Parts = slices.Collect(m.partsOf(o, q.scope))
	m.addActuals(&r, o, q.scope)
	m.addBridge(&r)
	m.applySnapshot(&r, q.scope)
	o.keep(&o.reports, q, &r)
	return &r
}

func (m *Model) newPeriod(p process.Period, asOf process.Date) *PeriodReport {
	return &PeriodReport{
		Period: p, AsOf: asOf, Complete: p.End < m.today, Source: m.source(asOf), HasForecast: asOf >= m.deals.First(), Tau: 0.1, RangeFactor: 1,
		Weight: 1, WeightDeals: 1,
	}
}

// spread works out the range that chance alone gives.
func (r *PeriodReport) spread() {
	r.Range = r.sum.Range()
	r.sum = stats.Portfolio{}
}

func (m *Model) source(asOf process.Date) Source {
	if asOf < m.team.Founded && m.deals.First() < m.team.Founded {
		return Imported
	}
	return Rebuilt
}

// addForecast fills in what is forecast.
func (m *Model) addForecast(r *PeriodReport, o *contributions, lead int, in Scope) {
	past := m.trackRecord(r.Period, r.AsOf, lead, in)
	r.NewMoney, r.NewDeals = stats.ExpectUnopened(past.newMoney), stats.ExpectUnopened(past.newDeals)
	r.Tau, r.Naive = stats.Tau(past.misses), past.naive
	sum := stats.Portfolio{Newcomers: r.NewMoney, Tau: r.Tau}
	for part := range m.partsOf(o, in) {
		r.OpenDeals++
		r.ForecastDeals += part.Phi
		r.LostForecast += part.Value * part.Lose
		r.LostForecastDeals += part.Lose
		sum.Parts = append(sum.Parts, stats.Term{Phi: part.Phi, Value: part.Value})
	}
	r.CalibratedOn = m.calibratedOn(r, in)
	if r.Period.Contains(r.AsOf) {
		for w := range m.winsOf(o, r.AsOf, in) {
			if w.On <= r.AsOf {
				r.WonSoFar += w.Value
				r.WonSoFarDeals++
			}
		}
	}
	sum.Won = r.WonSoFar
	r.Pipeline = sum.Pipeline()
	r.Forecast = sum.Total()
	r.ForecastDeals += r.NewDeals.Mean + float64(r.WonSoFarDeals)
	r.sum = sum
	m.correct(r, lead, in)
	r.RangeShown = m.closedBy(r.AsOf) >= minClosed && len(past.newMoney) >= minPeriods
}

// calibratedOn is the one day on which everything in the report was calibrated; zero where there are several.
func (m *Model) calibratedOn(r *PeriodReport, in Scope) process.Date {
	if in.Process != "" {
		if c := m.ahead(in.Process, r.AsOf); c != nil {
			return c.On
		}
		return 0
	}
	var on process.Date
	for _, id := range m.deals.Processes() {
		c := m.ahead(id, r.AsOf)
		if c == nil || on != 0 && on != c.On {
			return 0
		}
		on = c.On
	}
	return on
}

// closedBy counts the deals of all processes that were closed as known on the day.
func (m *Model) closedBy(day process.Date) (n int) {
	for _, id := range m.deals.Processes() {
		n += m.deals.ClosedBefore(id, day+1)
	}
	return n
}
