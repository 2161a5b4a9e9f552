package stats

import (
	"math"
	"slices"
)

// fades is the number of days without an end after which none of the unresolved
// days are taken to be followed by a win any more (section 5).
const fades = 365

// Curve is the Aalen–Johansen estimate of how many days are followed by a win,
// and by a loss, within h days (section 5). The zero Curve has seen no end.
type Curve struct {
	won, lost  []float64 // by remaining time, 0 to the last that was observed
	unresolved float64   // S at the end of what was observed
	p, q       float64
	defined    bool
}

// Curve estimates from the days counted so far, at a standing whose starting value
// is prior. The cost does not depend on how many days they are.
func (d *RiskSet) Curve(prior float64) Curve {
	c := d.estimate()
	c.closeAt(prior)
	return c
}

// PooledCurve estimates from the days of all standings, which have no starting
// value. It is undefined while nothing has ended.
func (d *RiskSet) PooledCurve() Curve {
	c := d.estimate()
	last := c.LastSeen()
	won, lost := c.endWon(), c.endLost()
	if c.defined = won+lost > 0; c.defined {
		c.p = won / (won + lost)
		c.q = won + float64(c.unresolved*c.p*faded(last))
	}
	return c
}

func (d *RiskSet) estimate() Curve {
	t := d.Tally()
	atRisk := t.Won + t.Lost + t.Censored
	c := Curve{unresolved: 1}
	var byWon, byLost [Horizon + 1]float64
	var won, lost, cut, last int
	var fWon, fLost float64
	for r := 1; r <= Horizon && atRisk > 0; r++ {
		last = r
		won += d.ended[Won][r]
		lost += d.ended[Lost][r]
		cut += d.ended[Open][r]
		// The conversions keep the compiler from fusing the product and the sum,
		// which rounds differently from one processor to the next.
		fWon += float64(c.unresolved * float64(won) / float64(atRisk))
		fLost += float64(c.unresolved * float64(lost) / float64(atRisk))
		c.unresolved *= 1 - float64(won+lost)/float64(atRisk)
		byWon[r], byLost[r] = fWon, fLost
		atRisk -= won + lost + cut
	}
	c.won, c.lost = slices.Clone(byWon[:last+1]), slices.Clone(byLost[:last+1])
	return c
}

// closeAt says what becomes of the days that are unresolved at the end: the more
// of them there are, the less may those that ended speak for them above the
// starting value, and the longer they were watched the fewer are won.
func (c *Curve) closeAt(prior float64) {
	last := c.LastSeen()
	if c.defined = last > 0; !c.defined {
		return
	}
	won, lost := c.endWon(), c.endLost()
	c.p = prior
	if won+lost > 0 {
		c.p = won / (won + lost)
	}
	open := c.unresolved
	win := float64((1-open)*c.p) + float64(open*min(c.p, prior))
	c.q = won + float64(open*win*faded(last))
}

// faded is how much of what is unresolved after so many days may still be won.
func faded(last int) float64 { return max(0, 1-float64(last)/fades) }

// LastSeen is r*, the longest remaining time that was observed; 0 if none was.
func (c *Curve) LastSeen() int { return max(0, len(c.won)-1) }

// Defined says whether any day was observed, and of a pooled curve whether one has
// been followed by an end. Until then neither p nor q means anything and both are 0.
func (c *Curve) Defined() bool { return c.defined }

// P is the share of wins among the ends seen; the starting value where there are none.
func (c *Curve) P() float64 { return c.p }

// Q is the share of days that a win follows sooner or later.
func (c *Curve) Q() float64 { return c.q }

// Unresolved is the share of days whose end nobody has seen.
func (c *Curve) Unresolved() float64 { return c.unresolved }

// Won is the share of days that a win follows within h days. It is 0 for h ≤ 0,
// and the value at Horizon above that.
func (c *Curve) Won(h int) float64 { return c.at(c.won, c.q, h) }

// Lost is the share of days that a loss follows within h days.
func (c *Curve) Lost(h int) float64 { return c.at(c.lost, 1-c.q, h) }

func (c *Curve) at(seen []float64, whole float64, h int) float64 {
	if h <= 0 || !c.defined {
		return 0
	}
	h = min(h, Horizon)
	last := len(seen) - 1
	if h <= last {
		return seen[h]
	}
	half := max(30, float64(last))
	share := 1 - math.Exp2(-float64(h-last)/half)
	return seen[last] + float64((whole-seen[last])*share)
}

// endWon and endLost are the estimates at the last observed remaining time.
func (c *Curve) endWon() float64  { return c.end(c.won) }
func (c *Curve) endLost() float64 { return c.end(c.lost) }

func (c *Curve) end(seen []float64) float64 {
	if len(seen) == 0 {
		return 0
	}
	return seen[len(seen)-1]
}
