package handlers

import (
	"sync"

	"milstolpe/process"
)

// modelCache keeps what the model has learned until the file changes or the day does. Its lock is its own: it is taken inside View, and
// a lock that is also held around View would wait for itself.
type modelCache struct {
	mu       sync.Mutex
	revision uint64
	model    *process.Model
	reports  *reportCache
}

// reportCache keeps the reports that pages have asked of a model: a report over all deals takes far longer than showing it. What it hands
// out is shared and must not be changed.
type reportCache struct {
	model *process.Model

	mu       sync.Mutex
	reports  map[process.Query]*process.Report
	leanings map[process.Query][]process.SellerLeaning
}

// mostReports keeps somebody who tries every filter from filling the memory.
const mostReports = 32

func newReports(m *process.Model) *reportCache {
	return &reportCache{model: m, reports: map[process.Query]*process.Report{}, leanings: map[process.Query][]process.SellerLeaning{}}
}

// Report is what the model answers, kept from the last time.
func (c *reportCache) Report(q process.Query) (*process.Report, error) {
	c.mu.Lock()
	r, ok := c.reports[q]
	c.mu.Unlock()
	if ok {
		return r, nil
	}
	r, err := c.model.Report(q)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.reports) >= mostReports {
		clear(c.reports)
	}
	c.reports[q] = r
	return r, nil
}

// Sellers is the same for the leanings of the sellers.
func (c *reportCache) Sellers(q process.Query) ([]process.SellerLeaning, error) {
	c.mu.Lock()
	list, ok := c.leanings[q]
	c.mu.Unlock()
	if ok {
		return list, nil
	}
	list, err := c.model.Sellers(q)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.leanings) >= mostReports {
		clear(c.leanings)
	}
	c.leanings[q] = list
	return list, nil
}

// of is the model of a team as it is now. It must be called, and the model be used, inside View.
func (c *modelCache) of(team *process.Team, revision uint64, today process.Date) *process.Model {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.model == nil || c.revision != revision || c.model.Today() != today || c.model.Team() != team {
		c.model, c.revision = process.NewModel(team, today), revision
		c.reports = newReports(c.model)
	}
	return c.model
}

// model lets look ask the forecasting model about the team as it is today. As with view, what it shows must not be kept, and neither
// view nor model may be called again inside.
func (v *visit) model(look func(*process.Model) error) error {
	file := v.open.file
	return file.View(func(team *process.Team) error { return look(v.open.models.of(team, file.Revision(), v.today)) })
}

// reports lets look ask for reports, as model does.
func (v *visit) reports(look func(*reportCache) error) error {
	return v.model(func(*process.Model) error {
		c := &v.open.models
		c.mu.Lock()
		reports := c.reports
		c.mu.Unlock()
		return look(reports)
	})
}
