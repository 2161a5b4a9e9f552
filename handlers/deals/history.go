package deals

import (
	"slices"

	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// dealHistory is what has happened to the deal, newest first, with the chance before and after.
type dealHistory struct {
	Rows    []historyRow
	LogHref string // where everything stands that was recorded
}

// historyRow is one line of it.
type historyRow struct {
	Day    string
	What   []i18n.Piece
	Undone bool
	By     string
	Chance string
}

func (w *dealView) history(turns []forecast.HistoryEntry) dealHistory {
	part := dealHistory{LogHref: urls.LogQuery{Deal: string(w.d.ID)}.Href()}
	for _, turn := range slices.Backward(turns) {
		row := historyRow{Day: w.Text.DayNear(turn.Day, w.Request.Today), Chance: turnChance(w.Text, turn), Undone: turn.Undone}
		switch turn.Kind {
		case forecast.TurnStalled:
			row.What = w.Text.Sentence("deal.turn_stalled", turn.Waited, turn.Patience)
		case forecast.TurnRecalibrated:
			row.What = w.Text.Sentence("deal.turn_recalibrated")
		case forecast.TurnRecorded:
			row.What = w.words().Pieces(turn.Event)
			row.By = w.recordedBy(turn)
			if turn.Ahead {
				row.What = append(row.What, w.Text.Sentence("deal.turn_ahead")...)
			}
		}
		part.Rows = append(part.Rows, row)
	}
	return part
}

// recordedBy says who wrote it down, and if it had happened earlier, when.
func (w *dealView) recordedBy(turn forecast.HistoryEntry) string {
	by := w.team.RecordedBy(turn.Event.ID)
	s := turn.Event.Fact.Recorded()
	if s.Import != "" {
		return w.T("deal.turn_import")
	}
	if on := happened(turn.Event.Fact); !on.IsZero() && on < s.Known {
		return w.T("deal.turn_happened", by, w.Text.DayNear(on, w.Request.Today))
	}
	return by
}

// happened is the day on which a fact took place, where it has one of its own.
func happened(f process.Fact) process.Date {
	switch f := f.(type) {
	case *process.MilestoneReached:
		return f.On
	case *process.DealClosed:
		return f.On
	case *process.DealOpened:
		return f.On
	}
	return 0
}

// turnChance writes the chance before and after: 36 → 11 %. What has changed nothing has none.
func turnChance(t *i18n.Text, turn forecast.HistoryEntry) string {
	switch {
	case turn.Before == nil && turn.After == nil:
		return ""
	case turn.Before == nil:
		return t.Chance(*turn.After)
	case turn.After == nil:
		return t.Chance(*turn.Before)
	}
	if before, after := t.Chance(*turn.Before), t.Chance(*turn.After); before == after {
		return ""
	}
	return figures.FromTo(t, *turn.Before, *turn.After)
}

func (w *dealView) words() wording.FactSentence {
	return wording.FactSentence{T: w.Text, Team: w.team, Process: w.d.Process()}
}
