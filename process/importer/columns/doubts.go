package columns

import "milstolpe/process"

// StillOpenDoubts are those of the doubts that a mapping does not settle.
func (m Mapping) StillOpenDoubts(doubts []ListDoubt) (left []ListDoubt) {
	means := map[Meaning]bool{}
	for _, meaning := range m.Columns {
		means[meaning] = true
	}
	for _, d := range doubts {
		settled := false
		switch d.Kind {
		case DoubtDateOrder:
			settled = m.DateOrder != ""
		case DoubtDecimal:
			settled = m.Decimal != ""
		case DoubtOutcome:
			_, settled = m.OutcomeOf(d.Sample)
		case DoubtStage:
			settled = m.hasStage(d.Sample)
		case DoubtMissing:
			settled = means[Meaning(d.Column)] || Meaning(d.Column) == MeansOpened && m.NoOpening != ""
		case DoubtUnread:
			settled = m.Columns[d.Column] != MeansNothing || means[Meaning(d.Sample)]
		case DoubtPipelines:
			settled = len(m.LeaveOut[d.Column]) > 0
		}
		if !settled {
			left = append(left, d)
		}
	}
	return left
}

func (m Mapping) hasStage(word string) bool {
	for stage := range m.Stages {
		if process.FoldName(stage) == process.FoldName(word) {
			return true
		}
	}
	_, ok := m.OutcomeOf(word)
	return ok
}

// Flagged tells whether the list says beside the word for the outcome whether a deal is closed and won.
func (m Mapping) Flagged() bool {
	won, closed := false, false
	for _, meaning := range m.Columns {
		won, closed = won || meaning == MeansIsWon, closed || meaning == MeansIsClosed
	}
	return won && closed
}
