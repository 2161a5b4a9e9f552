package handlers

import (
	"slices"

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
	What   []Piece
	Undone bool
	By     string
	Chance string
}

func (w *dealView) history(turns []forecast.Turn) dealHistory {
	part := dealHistory{LogHref: logAsk{Deal: string(w.d.ID)}.href()}
	for _, turn := range slices.Backward(turns) {
		row := historyRow{Day: w.text.DayNear(turn.Day, w.visit.today), Chance: turnChance(w.text, turn), Undone: turn.Undone}
		switch turn.Kind {
		case forecast.TurnStalled:
			row.What = w.text.Sentence("deal.turn_stalled", turn.Waited, turn.Patience)
		case forecast.TurnRecalibrated:
			row.What = w.text.Sentence("deal.turn_recalibrated")
		case forecast.TurnRecorded:
			row.What = w.words().say(turn.Event)
			row.By = w.recordedBy(turn)
			if turn.Ahead {
				row.What = append(row.What, w.text.Sentence("deal.turn_ahead")...)
			}
		}
		part.Rows = append(part.Rows, row)
	}
	return part
}

// recordedBy says who wrote it down, and if it had happened earlier, when.
func (w *dealView) recordedBy(turn forecast.Turn) string {
	by := w.team.By(turn.Event.ID)
	s := turn.Event.Fact.Recorded()
	if s.Import != "" {
		return w.t("deal.turn_import")
	}
	if on := happened(turn.Event.Fact); !on.IsZero() && on < s.Known {
		return w.t("deal.turn_happened", by, w.text.DayNear(on, w.visit.today))
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

// turnChance writes the chance before and after: 36 → 11 %.
func turnChance(t *Text, turn forecast.Turn) string {
	switch {
	case turn.Before == nil && turn.After == nil:
		return ""
	case turn.Before == nil:
		return t.Chance(*turn.After)
	case turn.After == nil:
		return t.Chance(*turn.Before)
	}
	return fromTo(t, *turn.Before, *turn.After)
}

// fromTo writes two chances with an arrow between them.
func fromTo(t *Text, from, to float64) string {
	return t.Dec(from*100, 0) + nbsp + "→" + nbsp + t.Chance(to)
}

func (w *dealView) words() factWords {
	return factWords{t: w.text, team: w.team, process: w.d.Process()}
}
