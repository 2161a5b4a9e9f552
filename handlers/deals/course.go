package deals

import (
	"slices"

	"milstolpe/handlers/chart"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// dealChanceHistory is the chance over time; no chart for a deal that began today, or whose chance is not known.
type dealChanceHistory struct{ Chart *chart.Chart }

// chanceHistory draws the chance over time from the turns of the history.
func (w *dealView) chanceHistory(turns []forecast.HistoryEntry) dealChanceHistory {
	list := make([]chart.ChanceChange, 0, len(turns))
	for _, turn := range turns {
		at := chart.ChanceChange{Day: turn.Day, Chance: -1, Stall: turn.Kind == forecast.TurnStalled}
		if turn.After != nil {
			at.Chance = *turn.After
		}
		switch f := turn.Event.Fact.(type) {
		case nil:
			if at.Stall {
				at.Label = w.T("deal.course_stalled")
			}
		case *process.DealOpened:
			at.Label = w.T("deal.course_opened")
		case *process.MilestoneReached:
			at.Label = wording.MilestoneName(w.team, w.d.Process(), f.Milestone)
			at.Optional = !w.isRequired(f.Milestone)
			if !turn.Undone {
				at.MarkerClass = chart.MilestoneMarker{State: chart.Reached}.Class()
			}
			if turn.Ahead && !turn.Undone {
				at.MarkerClass = chart.MilestoneMarker{State: chart.Ahead}.Class()
			}
		}
		list = append(list, at)
	}
	if !slices.ContainsFunc(list, func(at chart.ChanceChange) bool { return at.Chance >= 0 }) {
		return dealChanceHistory{} // the chance never was known
	}
	end := w.Request.Today
	if c := w.now.Close; c != nil {
		end = c.Known
	}
	return dealChanceHistory{chart.ChanceHistory(w.Text, list, end, "#history")}
}

func (w *dealView) isRequired(key process.MilestoneID) bool {
	if w.Version == nil {
		return false
	}
	ms, ok := w.Version.Definition.Milestone(key)
	return ok && ms.Required
}
