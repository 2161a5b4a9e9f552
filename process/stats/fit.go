package stats

import (
	"math"
	"sync"
)

// PriorWeight is how many deals the starting value counts for (section 6).
const PriorWeight = 8

// Standing is where a deal stands: how many required milestones are passed, and
// whether it has waited longer than the process allows (section 2).
type Standing struct {
	Passed  int
	Stalled bool
}

// Spell is an unbroken run of days at one number of passed milestones. To is the
// day it was left, or any later day than the deal is looked at.
type Spell struct{ Passed, From, To int }

// History is what package stats needs to know about a deal. Stays are in order and
// without gaps or empty ones. Closed is read only if Ending is not Open.
//
// Unplaced marks a deal whose standing is not known, because it was imported
// without milestones: it has no stays, and counts in the pooled curve, in the
// number of closed deals and in the number of won ones.
type History struct {
	Opened, Closed int
	Ending         Event
	Unplaced       bool
	Stays          []Spell
}

// Params are what a team has decided about counting: the number of required
// milestones, the patience that is written into the process (by passed
// milestones; those that are not Known are learned), and the answer to "of ten
// deals that you open, how many do you win?".
type Params struct {
	Required int
	Written  []StallLimit
	Answer   float64 // between 0.5 and 9.5; 0 stands for "don't know", 2.5
}

// Fit counts what was known before calibration day c. Of each history it uses
// only what lies before c, so the same histories serve every calibration day, as
// long as they have no re-openings, corrections or other versions in between.
func Fit(c int, deals []History, t Params) *Fitted {
	one, two := newCounter(c, t), newCounter(c, t)
	half := len(deals) / 2
	if len(deals) < worthHalving {
		half = 0
	}
	atOnce(func() { one.allWaits(deals[:half]) }, func() { two.allWaits(deals[half:]) })
	for g := range two.waitsBy {
		two.waitsBy[g].join(&one.waitsBy[g])
	}
	two.setPatience()
	one.limits = two.limits
	atOnce(func() { one.allDeals(deals[:half]) }, func() { two.allDeals(deals[half:]) })
	two.join(one)
	return two.learned()
}

// worthHalving is the number of deals from which half of the counting is done beside the other half. Counts are whole numbers, so it
// does not matter who counted.
const worthHalving = 2000

func atOnce(one, two func()) {
	var wait sync.WaitGroup
	wait.Go(one)
	two()
	wait.Wait()
}

type accumulator struct {
	c           int
	terms       Params
	waitsBy     []Durations
	limits      []StallLimit
	days        []RiskSet
	deals, wins []int // closed deals that spent a day there, and the won among them
	seen        []int // one more than the last deal counted there
	loads       []clusterSize
	pooled      RiskSet
	closed, won int
}

func newCounter(c int, t Params) *accumulator {
	t.Required = max(t.Required, 0)
	g := t.Required + 1
	return &accumulator{
		c: c, terms: t, waitsBy: make([]Durations, g), limits: make([]StallLimit, g),
		days: make([]RiskSet, 2*g), deals: make([]int, 2*g), wins: make([]int, 2*g), seen: make([]int, 2*g),
		loads: make([]clusterSize, 2*g),
	}
}

func (n *accumulator) allWaits(deals []History) {
	for i := range deals {
		n.waits(&deals[i])
	}
}

func (n *accumulator) allDeals(deals []History) {
	for i := range deals {
		n.deal(i, &deals[i])
	}
}

// join takes over what o has counted of other deals.
func (n *accumulator) join(o *accumulator) {
	for at := range n.days {
		n.days[at].Add(&o.days[at])
		n.deals[at] += o.deals[at]
		n.wins[at] += o.wins[at]
		n.loads[at].join(o.loads[at])
	}
	n.pooled.Add(&o.pooled)
	n.closed += o.closed
	n.won += o.won
}

// waits collects the stays that ended upwards before the calibration day.
func (n *accumulator) waits(d *History) {
	for i, s := range d.Stays {
		left, upwards := s.To, false
		if i+1 < len(d.Stays) {
			upwards = d.Stays[i+1].Passed > s.Passed
		} else if d.Ending == Won {
			left, upwards = min(left, d.Closed), true
		}
		if left >= n.c {
			return
		}
		if upwards {
			n.waitsBy[n.clamp(s.Passed)].Add(left - s.From)
		}
	}
}

func (n *accumulator) setPatience() {
	for g := range n.limits {
		if g < len(n.terms.Written) && n.terms.Written[g].Known {
			n.limits[g] = n.terms.Written[g]
		} else {
			n.limits[g] = n.waitsBy[g].Patience()
		}
	}
}

func (n *accumulator) deal(i int, d *History) {
	if d.Opened >= n.c {
		return
	}
	end, how := n.c, Open
	if d.Ending != Open && d.Closed < n.c {
		end, how = d.Closed, d.Ending
		n.closed++
		if how == Won {
			n.won++
		}
	}
	if d.Unplaced {
		n.pooled.Count(d.Opened, end, end, how)
		return
	}
	for _, s := range d.Stays {
		if s.From >= end {
			return
		}
		n.stay(i, s, end, how)
	}
}

// stay counts a stay's days, split where the patience runs out.
func (n *accumulator) stay(i int, s Spell, end int, how Event) {
	g, to := n.clamp(s.Passed), min(s.To, end)
	moves := to
	if l := n.limits[g]; l.Known {
		moves = min(to, s.From+max(l.Days, 0)+1)
	}
	n.run(i, 2*g, s.From, moves, end, how)
	n.run(i, 2*g+1, moves, to, end, how)
}

func (n *accumulator) run(i, at, from, to, end int, how Event) {
	if from >= to {
		return
	}
	n.days[at].Count(from, to, end, how)
	if how == Open {
		return
	}
	again := n.seen[at] == i+1
	n.loads[at].add(to-from, again)
	if again {
		return
	}
	n.seen[at] = i + 1
	n.deals[at]++
	if how == Won {
		n.wins[at]++
	}
}

func (n *accumulator) clamp(g int) int { return min(max(g, 0), n.terms.Required) }

func (n *accumulator) learned() *Fitted {
	l := &Fitted{
		On: n.c, Required: n.terms.Required, Closed: n.closed, Won: n.won,
		Base: BaseRate(n.closed, n.won, n.terms.Answer),
	}
	for at := range n.days {
		n.pooled.Add(&n.days[at])
		f := Figures{
			Standing: Standing{Passed: at / 2, Stalled: at%2 == 1},
			Deals:    n.deals[at], Wins: n.wins[at], Days: n.days[at].Tally(),
			Patience: n.limits[at/2], Curve: n.days[at].Curve(), EffectiveSize: n.loads[at].worth(),
		}
		if !f.Curve.Defined() {
			f.Deals, f.Wins, f.EffectiveSize = 0, 0, 0
		}
		f.Prior = Prior(l.Base, f.Standing.Passed, l.Required)
		if f.Standing.Stalled {
			f.Prior = l.figures[at-1].Chance / 2
		}
		f.Chance = Shrink(f.Deals, f.Curve.Q(), f.Prior)
		l.figures = append(l.figures, f)
	}
	l.Pooled = n.pooled.Curve()
	return l
}

// BaseRate is the chance of a deal of which nothing is known but that it was opened:
// the team's own answer, outweighed by its closed deals (section 6). An answer of
// 0 stands for "don't know".
func BaseRate(closed, won int, answer float64) float64 {
	if answer == 0 {
		answer = 2.5
	}
	answer = min(max(answer, 0.5), 9.5)
	return (float64(won) + 2*answer/10) / (float64(closed) + 2)
}

// Prior is the starting value of a deal that moves, with passed of the required
// milestones behind it: every required step is taken to be equally hard (section
// 6). Where a deal has stalled it is half the chance of one that moves.
func Prior(base float64, passed, required int) float64 {
	steps := float64(required + 1)
	return math.Pow(base, (steps-float64(passed))/steps)
}

// Shrink weighs a share that n deals have shown against the starting value, which
// counts as much as eight deals (section 6).
func Shrink(n int, share, prior float64) float64 {
	return (float64(n)*share + PriorWeight*prior) / float64(n+PriorWeight)
}
