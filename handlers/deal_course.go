package handlers

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/forecast"
)

// dealCourse is the chance over time; no chart for a deal that began today, or whose chance is not known.
type dealCourse struct{ Chart *Chart }

// course draws the chance over time from the turns of the history.
func (w *dealView) course(turns []forecast.Turn) dealCourse {
	list := make([]courseTurn, 0, len(turns))
	for _, turn := range turns {
		at := courseTurn{day: turn.Day, chance: -1, stall: turn.Kind == forecast.TurnStalled}
		if turn.After != nil {
			at.chance = *turn.After
		}
		switch f := turn.Event.Fact.(type) {
		case nil:
			if at.stall {
				at.label = w.t("deal.course_stalled")
			}
		case *process.DealOpened:
			at.label = w.t("deal.course_opened")
		case *process.MilestoneReached:
			at.label = milestoneName(w.team, w.d.Process(), f.Milestone)
			at.small = !w.isRequired(f.Milestone)
			if !turn.Undone {
				at.post = Plate{State: Reached}.Class()
			}
			if turn.Ahead && !turn.Undone {
				at.post = Plate{State: Ahead}.Class()
			}
		}
		list = append(list, at)
	}
	if !slices.ContainsFunc(list, func(at courseTurn) bool { return at.chance >= 0 }) {
		return dealCourse{} // the chance never was known
	}
	end := w.visit.today
	if c := w.now.Close; c != nil {
		end = c.Known
	}
	return dealCourse{newCourse(w.text, list, end, "#history")}
}

func (w *dealView) isRequired(key process.MilestoneID) bool {
	if w.version == nil {
		return false
	}
	ms, ok := w.version.Definition.Milestone(key)
	return ok && ms.Required
}
