package example

import (
	"cmp"
	"slices"

	"milstolpe/process"
)

// turn is one thing that happens in a deal, on the day it happens; days are counted from the first day of the company's file.
type turn struct {
	day  int
	what happening
	key  process.MilestoneID
}

type happening uint8

const (
	reached happening = iota
	waived
	withdrawn // news from the buyer
	mistaken  // we had heard wrong: reached and taken back
	reopened
	closed
)

// timeline is what happens in one deal from its opening to its end, whether or not anybody lives to see the end.
type timeline struct {
	turns   []turn
	outcome process.Outcome // of the last turn
	end     int
}

// living is a life in the making.
type living struct {
	course *course
	d      *rng
	day    int
	turns  []turn
}

// live decides what happens in a deal.
func live(c *course, d *rng, opened int) timeline {
	l := &living{course: c, d: d, day: opened}
	outcome := l.from(0)
	if outcome == process.NoDecision && d.chance(c.reopened) {
		l.note(closed, "")
		l.day += d.between(35, 110)
		l.note(reopened, "")
		outcome = l.from(l.passed())
	}
	l.note(closed, "")
	return timeline{l.options(outcome, opened), outcome, l.day}
}

func (l *living) note(what happening, key process.MilestoneID) {
	l.turns = append(l.turns, turn{l.day, what, key})
}

// from goes on from a number of passed milestones, until the order or another end.
func (l *living) from(passed int) process.Outcome {
	for g := passed; g < len(l.course.stages); g++ {
		s := l.course.stages[g]
		if !l.d.chance(s.goesOn) {
			return l.lose()
		}
		if g > 0 && s.key != "" && l.d.chance(0.015) {
			l.day += l.d.days(s.wait/2, 0.3)
			l.note(mistaken, s.key)
			l.day += 2
		}
		l.day += l.d.days(s.wait, 0.5)
		if s.key == "" {
			break
		}
		if g > 0 && l.d.chance(0.03) && g < len(l.course.stages)-2 {
			l.note(waived, s.key)
		} else {
			l.note(reached, s.key)
		}
		if g == 1 && l.d.chance(l.course.withdrawn) {
			l.day += l.d.between(8, 30)
			l.note(withdrawn, s.key)
			if l.d.chance(0.6) {
				return l.lose()
			}
			l.day += l.d.between(15, 50)
			l.note(reached, s.key)
		}
	}
	return process.Won
}

// lose lets time pass until somebody says that it is over.
func (l *living) lose() process.Outcome {
	if l.d.chance(l.course.lingers) {
		l.day += l.d.days(l.course.stays*2.6, 0.4)
		return process.NoDecision
	}
	l.day += l.d.days(l.course.stays, 0.6)
	switch {
	case l.d.chance(0.62):
		return process.Lost
	case l.d.chance(0.8):
		return process.NoDecision
	}
	return process.Withdrew
}

func (l *living) passed() (n int) {
	for _, t := range l.turns {
		switch t.what {
		case reached, waived:
			n++
		case withdrawn:
			n--
		case mistaken, reopened, closed:
		}
	}
	return n
}

// options puts the optional milestones in, where the deal got so far and was still alive.
func (l *living) options(outcome process.Outcome, opened int) []turn {
	turns := slices.Clone(l.turns)
	for _, o := range l.course.optional {
		share := o.ifLost
		if outcome == process.Won {
			share = o.ifWon
		}
		at, there := opened, o.after == 0
		for _, t := range l.turns {
			if (t.what == reached || t.what == waived) && t.key == l.course.stages[max(o.after-1, 0)].key {
				at, there = t.day, true
			}
		}
		at += l.d.days(o.wait, 0.45)
		until := l.turns[len(l.turns)-1].day
		for _, t := range l.turns {
			if t.what == closed {
				until = min(until, t.day) // not while a deal that will be re-opened is closed
			}
		}
		if l.d.chance(share) && there && at < until {
			turns = append(turns, turn{at, reached, o.key})
		}
	}
	slices.SortStableFunc(turns, func(a, b turn) int { return cmp.Compare(a.day, b.day) })
	return turns
}

// swapped exchanges the days of two required milestones that follow each other, as happens with a seller who takes what comes.
func swapped(turns []turn, d *rng) {
	var at []int
	for i, t := range turns {
		switch {
		case t.what == withdrawn || t.what == reopened:
			return // enough has happened in this one
		case t.what == reached && !isOptional(t.key):
			at = append(at, i)
		}
	}
	if len(at) < 2 {
		return
	}
	i := d.between(0, len(at)-2)
	a, b := &turns[at[i]], &turns[at[i+1]]
	a.key, b.key = b.key, a.key
}

func isOptional(key process.MilestoneID) bool {
	for _, c := range []*course{&newBusiness, &renewals} {
		for _, o := range c.optional {
			if o.key == key {
				return true
			}
		}
	}
	return false
}
