package forecast

import (
	"slices"
	"sync"

	"milstolpe/process"
	"milstolpe/process/stats"
)

// Source says where the forecast of a past period comes from. They are told apart and scored apart.
type Source string

// The sources; empty means all of them where one asks for a report.
const (
	Noted    Source = "noted"    // recorded when the program was used in the period
	Rebuilt  Source = "rebuilt"  // from what was known on the day
	Imported Source = "imported" // from imported history

	// NotedEarlier is noted by version 1 of the model, whose rules were others (model, section 13).
	NotedEarlier Source = "noted-v1"
)

// Sources are all of them, the most certain last.
var Sources = []Source{Imported, Rebuilt, NotedEarlier, Noted}

// IsNoted reports whether the forecast stands as it was recorded then, whatever the rules were.
func (s Source) IsNoted() bool { return s == Noted || s == NotedEarlier }

// Grouping is by what a report is split.
type Grouping string

// The groupings; empty means none.
const (
	BySeller    Grouping = "seller"
	ByProcess   Grouping = "process"
	ByCustomer  Grouping = "customer"
	ByMilestone Grouping = "milestone"
)

// Query is what a report of forecast against actual is asked.
type Query struct {
	Kind     process.PeriodKind
	From, To process.Date // days; the report is about the periods that contain them. Zero: from the first deal, to today
	Lead     int
	Scope    Scope
	By       Grouping
	Source   Source
}

// Report is forecast against actual, period by period.
type Report struct {
	Query    Query
	Currency string
	Periods  []*PeriodReport
	Summary  Summary
	Groups   []*Group
}

// Group is the same report for part of the deals. Key is an identity or a milestone; empty for deals without one.
type Group struct {
	Key     string
	Name    string
	Periods []*PeriodReport
	Summary Summary
}

// minClosed and minPeriods are what it takes to show a range (model, section 8).
const (
	minClosed  = 8
	minPeriods = 4
)

// maxPeriods bounds a report: twenty years of weeks.
const maxPeriods = 1050

// Report compares forecasts with what came.
func (m *Model) Report(q Query) (*Report, error) {
	if q.Kind == 0 {
		q.Kind = process.Quarter
	}
	if q.Lead < 0 || q.Lead > 52 {
		return nil, process.Wrong("lead", "report.bad_lead")
	}
	if q.To == 0 {
		q.To = m.today
	}
	if q.From == 0 {
		q.From = min(m.first, q.To)
	}
	if q.From > q.To {
		return nil, process.Wrong("from", "report.from_after_to", q.From, q.To)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	periods, err := m.periods(q)
	if err != nil {
		return nil, err
	}
	r := &Report{Query: q, Currency: m.team.Currency()}
	r.Periods, r.Summary = m.scored(periods, q, q.Scope)
	if q.By == "" {
		return r, nil
	}
	for _, g := range m.groups(r.Periods, q) {
		group := &Group{Key: g.key, Name: g.name}
		group.Periods, group.Summary = m.scored(periods, q, g.scope)
		r.Groups = append(r.Groups, group)
	}
	return r, nil
}

func (m *Model) periods(q Query) ([]process.Period, error) {
	calendar := m.team.Calendar()
	var list []process.Period
	for p := calendar.Period(q.Kind, q.From); p.Start <= q.To; p = p.Next() {
		if len(list) == maxPeriods {
			return nil, process.Wrong("from", "report.too_many_periods", maxPeriods)
		}
		list = append(list, p)
	}
	return list, nil
}

func (m *Model) scored(periods []process.Period, q Query, in Scope) ([]*PeriodReport, Summary) {
	list := make([]*PeriodReport, len(periods))
	var ranges sync.WaitGroup
	for i, p := range periods {
		list[i] = m.expected(p, p.AsOf(q.Lead), q.Lead, in)
		ranges.Go(list[i].spread) // beside the next period: a range needs nothing more of the model
	}
	ranges.Wait()
	for _, r := range list {
		m.rawRanges[periodKey{r.Period.Start, r.Period.End, r.AsOf, q.Lead, in}] = r.Range
	}
	for _, r := range list {
		m.learnRange(r, q.Lead, in)
		m.applySnapshot(r, in)
	}
	list = slices.DeleteFunc(list, func(r *PeriodReport) bool { return q.Source != "" && q.Source != r.Source })
	return list, summarise(list)
}

// Forecast is a period that is running or still to come, as it looks from today.
func (m *Model) Forecast(p process.Period, in Scope) *PeriodReport {
	return m.ForecastOn(p, m.today, in)
}

// ForecastOn is a period that was running or still to come on a day, as it looked from there.
func (m *Model) ForecastOn(p process.Period, day process.Date, in Scope) *PeriodReport {
	m.mu.Lock()
	defer m.mu.Unlock()
	lead := 0
	for q := p; q.Start > day && !q.Previous().Contains(day) && lead < 520; q = q.Previous() {
		lead++
	}
	return m.period(p, day, lead, in)
}

// period is made under the lock.
func (m *Model) period(p process.Period, asOf process.Date, lead int, in Scope) *PeriodReport {
	r := m.expected(p, asOf, lead, in)
	r.spread()
	m.learnRange(r, lead, in)
	m.applySnapshot(r, in)
	return r
}

// expected is a period but for its range, and for what was noted of it.
func (m *Model) expected(p process.Period, asOf process.Date, lead int, in Scope) *PeriodReport {
	r := m.newPeriod(p, asOf)
	o := m.contributionsOf(asOf, p.Start, p.End)
	m.addForecast(r, o, lead, in)
	m.addActuals(r, o, in)
	m.addBridge(r)
	return r
}

func (m *Model) newPeriod(p process.Period, asOf process.Date) *PeriodReport {
	return &PeriodReport{
		Period: p, AsOf: asOf, Complete: p.End < m.today, Source: m.source(asOf), HasForecast: asOf >= m.first, Tau: 0.1, RangeFactor: 1,
		Weight: 1, WeightDeals: 1,
	}
}

// spread works out the range that chance alone gives.
func (r *PeriodReport) spread() {
	r.Range = r.sum.Range()
	r.sum = stats.Portfolio{}
}

func (m *Model) source(asOf process.Date) Source {
	if asOf < m.team.Founded && m.first < m.team.Founded {
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
		r.Parts = append(r.Parts, part)
		r.OpenDeals++
		r.ForecastDeals += part.Phi
		r.LostForecast += part.Value * part.Lose
		r.LostForecastDeals += part.Lose
		sum.Parts = append(sum.Parts, stats.Term{Phi: part.Phi, Value: part.Value})
	}
	r.CalibratedOn = m.calibratedOn(r, in)
	if r.Period.Contains(r.AsOf) {
		for w := range m.winsOf(o, r.AsOf, in) {
			if w.on <= r.AsOf {
				r.WonSoFar += w.closedValue
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
	for id := range m.procs {
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
	for _, p := range m.procs {
		n += p.closedBefore(day + 1)
	}
	return n
}
