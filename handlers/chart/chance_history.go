package chart

import (
	"math"

	"milstolpe/handlers/i18n"
	"milstolpe/process"
)

// chanceHistory is the chance of one deal over time, before it is drawn at a width. It goes in steps, never in slopes: nothing happens between
// two changes.
type chanceHistory struct {
	text    *i18n.Text
	changes []ChanceChange
	from    process.Date
	to      process.Date
	top     float64 // of the axis, in per cent
}

// ChanceChange is a day on which the chance changed, or the buyer did something, or the deal stalled.
type ChanceChange struct {
	Day         process.Date
	Chance      float64 // after it, between 0 and 1; negative where there is none any more
	Label       string  // what made it so
	MarkerClass string  // class of the milestone marker on the baseline, if the buyer did something
	Optional    bool    // of an optional milestone
	Stall       bool
}

// Measures of the picture, from above and from the left.
const (
	historyTop    = 30.0
	historyLeft   = 40.0
	historyRight  = 8.0
	historyLabels = 20.0 // from the ground line down to the names of the months
	historyFoot   = 44.0
)

// ChanceHistory draws how the chance of a deal went until a day, at two widths. It is nil where there is less than a week to draw. Twin is
// the address of the same numbers in words.
func ChanceHistory(t *i18n.Text, turns []ChanceChange, to process.Date, twin string) *Chart {
	if len(turns) == 0 || to.Sub(turns[0].Day) < 7 {
		return nil
	}
	c := chanceHistory{text: t, changes: turns, from: turns[0].Day, to: to, top: 25}
	for _, turn := range turns {
		for c.top < 100 && turn.Chance*100 > c.top {
			c.top += 25
		}
	}
	return &Chart{Pictures: []Picture{c.draw("mid up", 700, 240), c.draw("narrow", 328, 200)}, Key: c.key(), TwinHref: twin}
}

func (c *chanceHistory) draw(class string, width, height int) Picture {
	p := Picture{
		ID: "course-" + class[:3], Class: class, Width: width, Height: height,
		Title: c.text.T("charts.course", c.text.Day(c.from), c.text.Day(c.to)), Desc: c.describe(),
	}
	ground := float64(height) - historyFoot
	x := scale{float64(c.from), float64(c.to), historyLeft, float64(width) - historyRight}
	y := scale{0, c.top, ground, historyTop}
	p.Marks = c.grid(x, y)
	steps, taken := c.steps(x, y)
	p.Marks = append(p.Marks, steps)
	room := labelPlacer{within: box{historyLeft, 0, float64(width), ground - 16}, taken: taken}
	p.Marks = append(p.Marks, c.labels(&room, x, y, class != "narrow")...)
	p.Marks = append(p.Marks, c.markers(x, ground)...)
	return p
}

// grid is the ground line, lines at every quarter of the way to certainty, and the months.
func (c *chanceHistory) grid(x, y scale) []Shape {
	marks := []Shape{line("axis", x.from, y.from, x.to, y.from), drawText("s e", x.from-8, y.from+4, "0"), drawText("s", 0, 12, "%")}
	for tick := 25.0; tick <= c.top; tick += 25 {
		at := y.at(tick)
		marks = append(marks, line("grid", x.from, at, x.to, at), drawText("s e", x.from-8, at+4, c.text.Dec(tick, 0)))
	}
	return append(marks, c.months(x, y.from)...)
}

// months marks the first day of months, as many as have room for their names; January is named by its year.
func (c *chanceHistory) months(x scale, ground float64) []Shape {
	const apart = 6.0
	day := (x.to - x.from) / float64(c.to.Sub(c.from))
	var marks []Shape
	for _, every := range []int{1, 2, 3, 6, 12, 24} {
		marks = marks[:0]
		fits, end := true, math.Inf(-1)
		for m := (process.Calendar{}).Period(process.Month, c.from).Next(); m.Start <= c.to; m = m.Next() {
			if (m.Start.Year()*12+m.Number-1)%every != 0 {
				continue
			}
			at := x.from + day*float64(m.Start.Sub(c.from))
			marks = append(marks, line("road2", at, ground, at, ground+5))
			label := drawText("s", at, ground+historyLabels, c.monthName(m))
			if label.box.right <= x.to+historyRight {
				fits = fits && label.box.left >= end
				end = label.box.right + apart
				marks = append(marks, label)
			}
		}
		if fits {
			break
		}
	}
	return marks
}

func (c *chanceHistory) monthName(m process.Period) string {
	if m.Number == 1 {
		return c.text.ISO(m.Start)[:4]
	}
	return c.text.Month(m.Start.Month())
}

// steps draws the line, and returns what room it takes.
func (c *chanceHistory) steps(x, y scale) (Shape, []box) {
	var p pathBuilder
	var taken []box
	down := false
	at, level := 0.0, 0.0
	run := func(to float64) {
		if down {
			p.to("H", to)
			taken = append(taken, box{at, level - 2, to, level + 2})
		}
		at = to
	}
	for _, turn := range c.changes {
		run(x.at(float64(turn.Day)))
		if turn.Chance < 0 {
			down = false
			continue
		}
		next := y.at(turn.Chance * 100)
		if down {
			p.to("V", next)
			taken = append(taken, box{at - 2, min(level, next), at + 2, max(level, next)})
		} else {
			p.to("M", at, next)
		}
		down, level = true, next
	}
	run(x.at(float64(c.to)))
	return path("step", &p), taken
}

// labels say the chance where it changed, with what made it so where there is room for that.
func (c *chanceHistory) labels(room *labelPlacer, x, y scale, long bool) []Shape {
	var marks []Shape
	last := -1.0
	for i, turn := range c.changes {
		if turn.Chance < 0 || math.Round(turn.Chance*100) == math.Round(last*100) {
			continue
		}
		end := c.to
		if i+1 < len(c.changes) {
			end = c.changes[i+1].Day
		}
		at := box{x.at(float64(turn.Day)), y.at(turn.Chance * 100), x.at(float64(end)), y.at(turn.Chance * 100)}
		last = turn.Chance
		text := c.text.Chance(turn.Chance)
		if long && turn.Label != "" {
			if m, ok := room.along(text+" "+turn.Label, at); ok {
				marks = append(marks, m)
				continue
			}
		}
		if m, ok := room.beside(text, at); ok {
			marks = append(marks, m)
		}
	}
	return marks
}

// along places a text over or under the step that begins at the left of a box.
func (p *labelPlacer) along(text string, step box) (Shape, bool) {
	return p.first(drawText("s t", step.left+4, step.top-7, text), drawText("s t", step.left+4, step.top+15, text))
}

// beside places a text along the step, or before it.
func (p *labelPlacer) beside(text string, step box) (Shape, bool) {
	if m, ok := p.along(text, step); ok {
		return m, ok
	}
	return p.first(drawText("s t e", step.left-4, step.top+15, text), drawText("s t e", step.left-4, step.top-7, text))
}

// first takes the first of several labels that has room.
func (p *labelPlacer) first(tries ...Shape) (Shape, bool) {
	for _, try := range tries {
		if p.free(try.box) {
			p.take(try)
			return try, true
		}
	}
	return Shape{}, false
}

// markers are the milestone markers on the baseline where the buyer did something; a stroke crosses it where the deal stalled.
func (c *chanceHistory) markers(x scale, ground float64) []Shape {
	var marks []Shape
	for _, turn := range c.changes {
		at := x.at(float64(turn.Day))
		switch {
		case turn.Stall:
			marks = append(marks, line("warn", at, ground-7, at, ground+7))
		case turn.MarkerClass != "" && turn.Optional:
			marks = append(marks, marker(turn.MarkerClass, at, ground, 2.5, 9))
		case turn.MarkerClass != "":
			marks = append(marks, marker(turn.MarkerClass, at, ground, 4, 15))
		}
	}
	return marks
}

// key is the legend of the markers that there are.
func (c *chanceHistory) key() []LegendEntry {
	var reached, ahead, stalled bool
	for _, turn := range c.changes {
		reached = reached || turn.MarkerClass == (MilestoneMarker{State: Reached}).Class()
		ahead = ahead || turn.MarkerClass == (MilestoneMarker{State: Ahead}).Class()
		stalled = stalled || turn.Stall
	}
	var key []LegendEntry
	if reached {
		key = append(key, LegendEntry{[]Shape{marker(MilestoneMarker{State: Reached}.Class(), 11, 15, 4, 14)}, c.text.T("charts.course_reached")})
	}
	if ahead {
		key = append(key, LegendEntry{[]Shape{marker(MilestoneMarker{State: Ahead}.Class(), 11, 15, 4, 14)}, c.text.T("charts.course_ahead")})
	}
	if stalled {
		key = append(key, LegendEntry{[]Shape{line("warn", 11, 1, 11, 15)}, c.text.T("charts.course_stalled")})
	}
	return key
}

// describe says in words how the chance went.
func (c *chanceHistory) describe() string {
	text, last := "", -1.0
	for _, turn := range c.changes {
		if turn.Chance < 0 || math.Round(turn.Chance*100) == math.Round(last*100) {
			continue
		}
		last = turn.Chance
		if text != "" {
			text += ", "
		}
		text += c.text.T("charts.course_at", c.text.Chance(turn.Chance), c.text.Day(turn.Day))
	}
	return text + "."
}
