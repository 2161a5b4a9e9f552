package stats

import (
	"math"
	"sync"
)

// PriorWeight is how many deals the starting value counts for (section 6).
const PriorWeight = 8

// stalledOdds is by how much the odds of a deal fall, to begin with, when it has stalled (section 6).
const stalledOdds = 3

// Standing is where a deal stands: how many required milestones are passed, and
// whether it has waited longer than the process allows; or that its place is
// unknown, because it was imported without milestones (section 2).
type Standing struct {
	Passed  int
	Stalled bool
	Unknown bool
}

// Spell is an unbroken run of days at one number of passed milestones. To is the
// day it was left, or any later day than the deal is looked at.
type Spell struct{ Passed, From, To int }

// History is what package stats needs to know about a deal. Spells are in order and
// without gaps or empty ones. Closed is read only if Ending is not Open.
//
// A deal whose place is unknown has no spells until the day on which its first
// milestone became known; all its days count where nothing is known of a deal.
type History struct {
	Opened, Closed int
	Ending         Event
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
	ages        [][]int // deals not closed that stood there, by the days since they first did
	pooled      RiskSet // all days of all deals: also those of a deal whose place is unknown
	closed, won int
}

func newCounter(c int, t Params) *accumulator {
	t.Required = max(t.Required, 0)
	g := t.Required + 1
	at := 2*g + 1 // the last one is that of deals whose place is unknown
	return &accumulator{
		c: c, terms: t, waitsBy: make([]Durations, g), limits: make([]StallLimit, g),
		days: make([]RiskSet, 2*g), deals: make([]int, at), wins: make([]int, at), seen: make([]int, at),
		loads: make([]clusterSize, at), ages: make([][]int, at),
	}
}

func (n *accumulator) unknown() int { return len(n.deals) - 1 }

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
	}
	for at := range n.deals {
		n.deals[at] += o.deals[at]
		n.wins[at] += o.wins[at]
		n.loads[at].join(o.loads[at])
		for age, k := range o.ages[at] {
			n.age(at, age, k)
		}
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
	n.pooled.Count(d.Opened, end, end, how)
	n.spent(i, n.unknown(), d.Opened, end, how)
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
	n.spent(i, at, from, to, how)
}

// spent notes that a deal was at a standing from one day to another: a closed deal is evidence, and one that is still open the more, the
// longer ago it first stood there.
func (n *accumulator) spent(i, at, from, to int, how Event) {
	if from >= to {
		return
	}
	again := n.seen[at] == i+1
	n.seen[at] = i + 1
	if how == Open {
		if !again {
			n.age(at, min(n.c-from, Horizon), 1)
		}
		return
	}
	n.loads[at].add(to-from, again)
	if again {
		return
	}
	n.deals[at]++
	if how == Won {
		n.wins[at]++
	}
}

// age counts deals by how many days ago they came to a standing.
func (n *accumulator) age(at, days, deals int) {
	if n.ages[at] == nil {
		n.ages[at] = make([]int, Horizon+1)
	}
	n.ages[at][days] += deals
}

func (n *accumulator) clamp(g int) int { return min(max(g, 0), n.terms.Required) }

func (n *accumulator) learned() *Fitted {
	l := &Fitted{
		On: n.c, Required: n.terms.Required, Closed: n.closed, Won: n.won,
		Base: BaseRate(n.closed, n.won, n.terms.Answer), Pooled: n.pooled.PooledCurve(),
	}
	for at := range n.days {
		f := Figures{Standing: Standing{Passed: at / 2, Stalled: at%2 == 1}, Patience: n.limits[at/2], Prior: Prior(l.Base, at/2, l.Required)}
		if f.Standing.Stalled {
			f.Prior = PriorStalled(l.figures[at-1].Chance)
		}
		l.figures = append(l.figures, n.figures(f, at, &n.days[at], l))
	}
	l.figures = append(l.figures, n.figures(Figures{Standing: Standing{Unknown: true}, Prior: l.Base}, n.unknown(), &n.pooled, l))
	return l
}

// figures fills in what was counted at a standing.
func (n *accumulator) figures(f Figures, at int, days *RiskSet, l *Fitted) Figures {
	f.Deals, f.Wins, f.Days = n.deals[at], n.wins[at], days.Tally()
	f.Curve, f.EffectiveSize = days.Curve(f.Prior), n.loads[at].worth()
	f.N = float64(f.Deals)
	for age, deals := range n.ages[at] {
		if deals > 0 {
			f.N += float64(float64(deals) * l.ended(age))
		}
	}
	f.Chance = Shrink(f.N, f.Curve.Q(), f.Prior)
	return f
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
// 6).
func Prior(base float64, passed, required int) float64 {
	steps := float64(required + 1)
	return math.Pow(base, (steps-float64(passed))/steps)
}

// PriorStalled is the starting value of a deal that has stalled, where one that
// moves has this chance: a third of its odds (section 6).
func PriorStalled(moving float64) float64 { return moving / (moving + stalledOdds*(1-moving)) }

// Shrink weighs a share that n deals have shown against the starting value, which
// counts as much as eight deals (section 6).
func Shrink(n, share, prior float64) float64 {
	return (float64(n*share) + PriorWeight*prior) / (n + PriorWeight)
}
