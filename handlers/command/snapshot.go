package command

import (
	"context"
	"time"

	"milstolpe/db"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// noteAfter is how long an open file is left alone first, so that the first page does not wait.
const noteAfter = 2 * time.Second

// noteEvery is how often an open file is asked whether a new period has begun.
const noteEvery = 10 * time.Minute

// noteForecasts records what is forecast when the program is first used in a period (model, section 9), and again when another period
// begins while it is open. It ends with the file.
func (s *session) noteForecasts(file *db.Working) {
	for wait := noteAfter; ; wait = noteEvery {
		time.Sleep(wait)
		_, err := file.Act(context.Background(), func(t *sales.Team) ([]process.Fact, error) {
			return forecast.NewModel(t, s.today(t)).Note(), nil
		})
		if file.ReadOnly() != nil {
			return
		}
		if err != nil {
			s.Log.Error("note the forecasts", "error", err)
		}
	}
}
