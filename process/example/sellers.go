package example

// seller is one of the four, with the habits that the program is to bring to light.
type seller struct {
	name  string
	share int // of the Swedish customers, in per cent

	late             float64 // share of what is recorded that is not recorded at once
	lateFrom, lateTo int     // and then after so many days
	outOfTurn        float64 // share of the deals in which two milestones are taken in the wrong order
	evidence         float64 // share of milestones with evidence where it may be left out
	firstDate        float64 // first expected close, as a share of how long such a deal really takes
	push             int     // by how many days the date is moved when it has come too close
	overValue        float64 // first value, as a share of what it turns out to be
	journal          float64 // entries a month
	asks             float64 // share of losses in which the customer was asked why
	call             float64 // own number for a quarter, as a share of what comes
}

// The four. Sara takes care, Erik records late, Anna believes in every deal, Jonas (who has all of Norway) takes things as they come.
var sellers = []seller{
	{
		name: "Sara Holm", share: 36, late: 0.12, lateFrom: 1, lateTo: 2, outOfTurn: 0.05, evidence: 0.92, firstDate: 0.95, push: 40, overValue: 1,
		journal: 1.5, asks: 0.8, call: 1.0,
	},
	{
		name: "Erik Dahl", share: 30, late: 0.75, lateFrom: 5, lateTo: 24, outOfTurn: 0.07, evidence: 0.35, firstDate: 0.9, push: 55, overValue: 1.02,
		journal: 0.5, asks: 0.3, call: 0.85,
	},
	{
		name: "Anna Berg", share: 34, late: 0.2, lateFrom: 1, lateTo: 3, outOfTurn: 0.06, evidence: 0.6, firstDate: 0.42, push: 21, overValue: 1.14,
		journal: 1.1, asks: 0.4, call: 1.5,
	},
	{
		name: "Jonas Lind", share: 0, late: 0.25, lateFrom: 1, lateTo: 4, outOfTurn: 0.6, evidence: 0.45, firstDate: 1, push: 35, overValue: 1.03,
		journal: 0.8, asks: 0.5, call: 1.05,
	},
}

const (
	norway   = 3 // index of the seller who has Norway
	manager  = "Maria Falk"
	director = "Lars Hedlund"
)

// notes tells after how many days something is recorded.
func (s *seller) notes(d *rng) int {
	if d.chance(s.late) {
		return d.between(s.lateFrom, s.lateTo)
	}
	return 0
}
