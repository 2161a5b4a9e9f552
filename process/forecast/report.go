package forecast

import (
	"slices"
	"strings"

	"milstolpe/process"
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

// listGrouping begins a grouping by a list of the team's own: "list:region".
const listGrouping = "list:"

// ByList splits by a list of the team's own, as the deals are sorted into it today.
func ByList(id process.ListID) Grouping { return Grouping(listGrouping + string(id)) }

// List is the list by which a grouping splits, if it is one.
func (g Grouping) List() (process.ListID, bool) {
	id, ok := strings.CutPrefix(string(g), listGrouping)
	return process.ListID(id), ok && id != ""
}

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
		q.From = min(m.deals.First(), q.To)
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
	asks := make([]question, len(periods))
	for i, p := range periods {
		asks[i] = question{p, p.AsOf(q.Lead), q.Lead, in}
	}
	list := m.answer(asks...)
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
	return m.answer(question{p, asOf, lead, in})[0]
}
