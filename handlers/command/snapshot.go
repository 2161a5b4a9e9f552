package command

import (
	"context"
	"time"

	"milstolpe/db"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// snapshotAfter is how long an open file is left alone first, so that the first page does not wait.
const snapshotAfter = 2 * time.Second

// snapshotEvery is how often an open file is asked whether a new period has begun.
const snapshotEvery = 10 * time.Minute

// snapshotForecasts records what is forecast when the program is first used in a period (model, section 9), and again when another period
// begins while it is open. It ends with the file.
func (s *session) snapshotForecasts(file *db.File) {
	for wait := snapshotAfter; ; wait = snapshotEvery {
		time.Sleep(wait)
		err := s.snapshot(file)
		if file.ReadOnly() != nil {
			return
		}
		if err != nil {
			s.Log.Error("note the forecasts", "error", err)
		}
	}
}

// snapshot records the forecasts that are due. Whether any are is found out beside those who read, because working a model out takes
// long in a large team, and nobody can record anything meanwhile.
func (s *session) snapshot(file *db.File) error {
	due := false
	err := file.View(func(t *sales.Team) error {
		due = len(forecast.NewModel(t, s.today(t)).Note()) > 0
		return nil
	})
	if err != nil || !due {
		return err
	}
	_, err = file.Act(context.Background(), func(t *sales.Team) ([]process.Fact, error) {
		return forecast.NewModel(t, s.today(t)).Note(), nil
	})
	return err
}
