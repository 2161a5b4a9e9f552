package web

import (
	"sync"

	"milstolpe/process"
	"milstolpe/process/changes"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// modelCache keeps what the model has learned, and brings it along with the file and the day. Its lock is its own: it is taken inside View,
// and a lock that is also held around View would wait for itself.
type modelCache struct {
	mu       sync.RWMutex // those who look at the model hold it for reading
	revision uint64
	reports  *ReportCache
}

// look lets somebody ask the model of a team as it is now, and for the reports that were made of it. It must be called inside View.
func (c *modelCache) look(team *sales.Team, revision uint64, today process.Date, ask func(*ReportCache) error) error {
	for {
		c.mu.RLock()
		if c.reports != nil && c.revision == revision && c.reports.Model.Today() == today && c.reports.Model.Team() == team {
			defer c.mu.RUnlock()
			return ask(c.reports)
		}
		c.mu.RUnlock()
		c.renew(team, revision, today)
	}
}

// renew makes the model say what is so now. Of the reports none is kept: they are made of what the model remembers.
func (c *modelCache) renew(team *sales.Team, revision uint64, today process.Date) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var m *forecast.Model
	if c.reports != nil && c.reports.Model.Team() == team {
		m = c.reports.Model
	}
	if m == nil || !m.Follow(today) {
		m = forecast.NewModel(team, today)
	}
	c.reports, c.revision = newReports(m), revision
}

// Model lets look ask the forecasting model about the team as it is today. As with view, what it shows must not be kept, and neither
// view nor model may be called again inside.
func (v *Request) Model(look func(*forecast.Model) error) error {
	return v.Reports(func(c *ReportCache) error { return look(c.Model) })
}

// Reports lets look ask for reports, as model does.
func (v *Request) Reports(look func(*ReportCache) error) error {
	file := v.Open.file
	return file.View(func(team *sales.Team) error { return v.Open.models.look(team, file.Revision(), v.Today, look) })
}

// ReportCache keeps the reports that pages have asked of a model: a report over all deals takes far longer than showing it. What it hands
// out is shared and must not be changed.
type ReportCache struct {
	Model     *forecast.Model
	reports   cache[forecast.Query, *forecast.Report]
	leanings  cache[forecast.Query, []forecast.SellerLeaning]
	forecasts cache[forecastKey, *forecast.PeriodReport]
	changes   cache[changesKey, *changes.Comparison]
	diagrams  cache[diagramKey, *forecast.ReliabilityDiagram]
}

// newReports keeps few of what is large: a report holds the deals behind every number of every period.
func newReports(m *forecast.Model) *ReportCache {
	c := &ReportCache{Model: m}
	c.reports.max, c.leanings.max, c.forecasts.max, c.changes.max, c.diagrams.max = 8, 32, 64, 8, 16
	return c
}

type forecastKey struct {
	period process.Period
	day    process.Date
	scope  forecast.Scope
}

type changesKey struct {
	forecastKey
	to process.Date
}

type diagramKey struct {
	process process.ProcessID
	kind    process.PeriodKind
}

// Report is what the model answers.
func (c *ReportCache) Report(q forecast.Query) (*forecast.Report, error) {
	return c.reports.get(q, func() (*forecast.Report, error) { return c.Model.Report(q) })
}

// Sellers is how each seller's numbers lean.
func (c *ReportCache) Sellers(q forecast.Query) ([]forecast.SellerLeaning, error) {
	return c.leanings.get(q, func() ([]forecast.SellerLeaning, error) { return c.Model.Sellers(q) })
}

// Forecast is a period as it looked from a day.
func (c *ReportCache) Forecast(p process.Period, day process.Date, in forecast.Scope) *forecast.PeriodReport {
	return c.forecasts.mustGet(forecastKey{p, day, in}, func() *forecast.PeriodReport { return c.Model.ForecastOn(p, day, in) })
}

// Changes is how the forecast of a period went from one day to another.
func (c *ReportCache) Changes(p process.Period, from, to process.Date, in forecast.Scope) *changes.Comparison {
	return c.changes.mustGet(changesKey{forecastKey{p, from, in}, to}, func() *changes.Comparison { return changes.Between(c.Model, p, from, to, in) })
}

// Diagram holds the chances of a process against what came of them.
func (c *ReportCache) Diagram(id process.ProcessID, kind process.PeriodKind) *forecast.ReliabilityDiagram {
	return c.diagrams.mustGet(diagramKey{id, kind}, func() *forecast.ReliabilityDiagram { return c.Model.Diagram(id, kind) })
}

// cache keeps answers by their questions, at most so many, so that somebody who tries every filter does not fill the memory.
type cache[K comparable, V any] struct {
	max  int
	mu   sync.Mutex
	kept map[K]V
}

// get answers from memory, or makes the answer. Two who ask at once may both make it; they make the same.
func (m *cache[K, V]) get(key K, answer func() (V, error)) (V, error) {
	m.mu.Lock()
	v, ok := m.kept[key]
	m.mu.Unlock()
	if ok {
		return v, nil
	}
	v, err := answer()
	if err != nil {
		return v, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept == nil || len(m.kept) >= m.max {
		m.kept = map[K]V{}
	}
	m.kept[key] = v
	return v, nil
}

// mustGet is get for answers that cannot fail.
func (m *cache[K, V]) mustGet(key K, answer func() V) V {
	v, _ := m.get(key, func() (V, error) { return answer(), nil })
	return v
}
