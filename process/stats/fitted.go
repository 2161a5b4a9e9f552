package stats

import (
	"math"
	"sort"

	"gonum.org/v1/gonum/mathext"
)

// Figures are what has been learned about one standing. Deals is the number of
// closed deals that spent a day there; Wins is how many of them were won, so
// that Wins/Deals is the usual rule, which promises too much. N is n of section 6:
// the closed deals, and the open ones that stood there by how sure their end is.
type Figures struct {
	Standing      Standing
	N             float64
	Deals         int
	Wins          int
	EffectiveSize float64 // how many deals that stood here equally long would tell as much
	Days          Tally
	Patience      StallLimit // of the passed milestones, for moving and stalled alike
	Prior         float64
	Chance        float64
	Curve         Curve
}

// MostlyStart says that the chance rests mostly on the starting value.
func (f *Figures) MostlyStart() bool { return f.N < PriorWeight }

// priorWorth is how many deals the starting value is worth when it comes to how
// sure a chance is. It counts for eight in the chance itself, but it is a guess.
const priorWorth = 2

// Interval is the 80 % interval of the chance (section 6).
func (f *Figures) Interval() (low, high float64) {
	return ShareInterval(f.Chance, 1/(f.EffectiveSize+priorWorth))
}

// ShareInterval is the 80 % interval of a share between 0 and 1, neither of them, that is as uncertain as one in 1/doubt deals
// (section 6).
func ShareInterval(share, doubt float64) (low, high float64) {
	a, b := share/doubt, (1-share)/doubt
	return mathext.InvRegIncBeta(a, b, 0.1), mathext.InvRegIncBeta(a, b, 0.9)
}

// Fitted is all that was known before one calibration day. It is never changed
// and may be read by many at once. A number of passed milestones that the process
// does not have is read as the nearest one that it has.
type Fitted struct {
	On          int // the calibration day
	Required    int
	Closed, Won int // N and W of section 6
	Base        float64
	Pooled      Curve

	figures []Figures
}

// All lists the figures of every standing, in order of passed milestones, moving
// before stalled. That of deals whose place is unknown is not among them.
func (l *Fitted) All() []Figures { return l.figures[:len(l.figures)-1] }

// At are the figures of a standing.
func (l *Fitted) At(s Standing) *Figures {
	if s.Unknown {
		return &l.figures[len(l.figures)-1]
	}
	at := 2 * min(max(s.Passed, 0), l.Required)
	if s.Stalled {
		at++
	}
	return &l.figures[at]
}

// Patience is how long a deal may wait with so many milestones passed.
func (l *Fitted) Patience(passed int) StallLimit { return l.At(Standing{Passed: passed}).Patience }

// StandingAfter is the standing of a deal that came to its number of passed
// milestones this many days ago.
func (l *Fitted) StandingAfter(passed, waited int) Standing {
	return Standing{Passed: passed, Stalled: l.Patience(passed).Stalled(waited)}
}

// Chance is the chance that a deal is won, sooner or later (section 6).
func (l *Fitted) Chance(s Standing) float64 { return l.At(s).Chance }

// Interval is the 80 % interval of the chance.
func (l *Fitted) Interval(s Standing) (low, high float64) { return l.At(s).Interval() }

// Win is the chance that a deal is won within h days (section 7).
func (l *Fitted) Win(s Standing, h int) float64 {
	if h <= 0 {
		return 0
	}
	f := l.At(s)
	return Shrink(f.N, f.Curve.Won(h), f.Prior*l.paceWon(h))
}

// Lose is the chance that a deal is lost within h days (section 7).
func (l *Fitted) Lose(s Standing, h int) float64 {
	if h <= 0 {
		return 0
	}
	f := l.At(s)
	return Shrink(f.N, f.Curve.Lost(h), (1-f.Prior)*l.paceLost(h))
}

// Within is φ, the chance that a deal is won after more than `after` days and
// within `by` days. For a period seen from day D: start−1−D and end−D.
func (l *Fitted) Within(s Standing, after, by int) float64 {
	return max(0, l.Win(s, by)-l.Win(s, after))
}

// LoseWithin is the same for losing.
func (l *Fitted) LoseWithin(s Standing, after, by int) float64 {
	return max(0, l.Lose(s, by)-l.Lose(s, after))
}

// HalfWay is the smallest number of days within which half of the wins come that
// come within the horizon (section 7).
func (l *Fitted) HalfWay(s Standing) int {
	half := l.Win(s, Horizon) / 2
	return 1 + sort.Search(Horizon-1, func(i int) bool { return l.Win(s, i+1) >= half })
}

// ended is E: the share of all days that had ended after so many (section 6).
func (l *Fitted) ended(days int) float64 { return l.Pooled.Won(days) + l.Pooled.Lost(days) }

// paceWon is K: which share of the wins has come after h days, over all standings.
func (l *Fitted) paceWon(h int) float64 {
	if l.Pooled.endWon() == 0 {
		return defaultPace(h)
	}
	return l.Pooled.Won(h) / l.Pooled.Q()
}

// paceLost is Kl, the same for losses.
func (l *Fitted) paceLost(h int) float64 {
	if l.Pooled.endLost() == 0 {
		return defaultPace(h)
	}
	return l.Pooled.Lost(h) / (1 - l.Pooled.Q())
}

// defaultPace is the pace while nothing has ended: half of what remains in 60 days.
func defaultPace(h int) float64 { return 1 - math.Exp2(-float64(min(h, Horizon))/60) }
