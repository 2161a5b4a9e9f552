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
}

// of is the model of a team as it is now. It must be called, and the model be used, inside View.
func (c *modelCache) of(team *process.Team, revision uint64, today process.Date) *process.Model {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.model == nil || c.revision != revision || c.model.Today() != today || c.model.Team() != team {
		c.model, c.revision = process.NewModel(team, today), revision
	}
	return c.model
}

// model lets look ask the forecasting model about the team as it is today. As with view, what it shows must not be kept, and neither
// view nor model may be called again inside.
func (v *visit) model(look func(*process.Model) error) error {
	file := v.open.file
	return file.View(func(team *process.Team) error { return look(v.open.models.of(team, file.Revision(), v.today)) })
}
