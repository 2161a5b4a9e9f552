package handlers

import (
	"math"

	"milstolpe/process"
)

// course is the chance of one deal over time, before it is drawn at a width. It goes in steps, never in slopes: nothing happens between
// two turns.
type course struct {
	text  *Text
	turns []courseTurn
	from  process.Date
	to    process.Date
	top   float64 // of the axis, in per cent
}

// courseTurn is a day on which the chance became another, or the buyer did something, or the deal stalled.
type courseTurn struct {
	day    process.Date
	chance float64 // after it; negative where there is none any more
	label  string  // what made it so
	post   string  // class of the plate on the ground line, if the buyer did something
	small  bool    // of an optional milestone
	stall  bool
}

// Measures of the picture, from above and from the left.
const (
	courseTop    = 30.0
	courseLeft   = 40.0
	courseRight  = 8.0
	courseLabels = 20.0 // from the ground line down to the names of the months
	courseFoot   = 44.0
)

// newCourse makes the chart, at two widths. It answers nil where there is too little to draw: a deal that began today.
func newCourse(t *Text, turns []courseTurn, to process.Date, twin string) *Chart {
	if len(turns) == 0 || to.Sub(turns[0].day) < 2 {
		return nil
	}
	c := course{text: t, turns: turns, from: turns[0].day, to: to, top: 25}
	for _, turn := range turns {
		for c.top < 100 && turn.chance*100 > c.top {
			c.top += 25
		}
	}
	return &Chart{Pictures: []Picture{c.draw("mid up", 700, 240), c.draw("narrow", 328, 200)}, Key: c.key(), TwinHref: twin}
}

func (c *course) draw(class string, width, height int) Picture {
	p := Picture{
		ID: "course-" + class[:3], Class: class, Width: width, Height: height,
		Title: c.text.T("charts.course", c.text.Day(c.from), c.text.Day(c.to)), Desc: c.describe(),
	}
	ground := float64(height) - courseFoot
	x := scale{float64(c.from), float64(c.to), courseLeft, float64(width) - courseRight}
	y := scale{0, c.top, ground, courseTop}
	p.Marks = c.grid(x, y)
	steps, taken := c.steps(x, y)
	p.Marks = append(p.Marks, steps)
	room := placing{within: box{courseLeft, 0, float64(width), ground - 16}, taken: taken}
	p.Marks = append(p.Marks, c.labels(&room, x, y, class != "narrow")...)
	p.Marks = append(p.Marks, c.posts(x, ground)...)
	return p
}

// grid is the ground line, lines at every quarter of the way to certainty, and the months.
func (c *course) grid(x, y scale) []Mark {
	marks := []Mark{line("axis", x.from, y.from, x.to, y.from), words("s e", x.from-8, y.from+4, "0"), words("s", 0, 12, "%")}
	for tick := 25.0; tick <= c.top; tick += 25 {
		at := y.at(tick)
		marks = append(marks, line("grid", x.from, at, x.to, at), words("s e", x.from-8, at+4, c.text.Dec(tick, 0)))
	}
	return append(marks, c.months(x, y.from)...)
}

// months marks the first day of months, as many as have room for their names; January is named by its year.
func (c *course) months(x scale, ground float64) []Mark {
	const apart = 6.0
	day := (x.to - x.from) / float64(c.to.Sub(c.from))
	var marks []Mark
	for _, every := range []int{1, 2, 3, 6, 12, 24} {
		marks = marks[:0]
		fits, end := true, math.Inf(-1)
		for m := (process.Calendar{}).Period(process.Month, c.from).Next(); m.Start <= c.to; m = m.Next() {
			if (m.Start.Year()*12+m.Number-1)%every != 0 {
				continue
			}
			at := x.from + day*float64(m.Start.Sub(c.from))
			marks = append(marks, line("road2", at, ground, at, ground+5))
			label := words("s", at, ground+courseLabels, c.monthName(m))
			if label.box.right <= x.to+courseRight {
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

func (c *course) monthName(m process.Period) string {
	if m.Number == 1 {
		return c.text.ISO(m.Start)[:4]
	}
	return c.text.Month(m.Start.Month())
}

// steps draws the line, and tells what room it takes.
func (c *course) steps(x, y scale) (Mark, []box) {
	var p pen
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
	for _, turn := range c.turns {
		run(x.at(float64(turn.day)))
		if turn.chance < 0 {
			down = false
			continue
		}
		next := y.at(turn.chance * 100)
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
func (c *course) labels(room *placing, x, y scale, long bool) []Mark {
	var marks []Mark
	last := -1.0
	for i, turn := range c.turns {
		if turn.chance < 0 || math.Round(turn.chance*100) == math.Round(last*100) {
			continue
		}
		end := c.to
		if i+1 < len(c.turns) {
			end = c.turns[i+1].day
		}
		at := box{x.at(float64(turn.day)), y.at(turn.chance * 100), x.at(float64(end)), y.at(turn.chance * 100)}
		last = turn.chance
		text := c.text.Chance(turn.chance)
		if long && turn.label != "" {
			if m, ok := room.along(text+" "+turn.label, at); ok {
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
func (p *placing) along(text string, step box) (Mark, bool) {
	return p.first(words("s t", step.left+4, step.top-7, text), words("s t", step.left+4, step.top+15, text))
}

// beside places a text along the step, or before it.
func (p *placing) beside(text string, step box) (Mark, bool) {
	if m, ok := p.along(text, step); ok {
		return m, ok
	}
	return p.first(words("s t e", step.left-4, step.top+15, text), words("s t e", step.left-4, step.top-7, text))
}

// first takes the first of several labels that has room.
func (p *placing) first(tries ...Mark) (Mark, bool) {
	for _, try := range tries {
		if p.free(try.box) {
			p.take(try)
			return try, true
		}
	}
	return Mark{}, false
}

// posts stand on the ground where the buyer did something; a stroke crosses it where the deal stalled.
func (c *course) posts(x scale, ground float64) []Mark {
	var marks []Mark
	for _, turn := range c.turns {
		at := x.at(float64(turn.day))
		switch {
		case turn.stall:
			marks = append(marks, line("warn", at, ground-7, at, ground+7))
		case turn.post != "" && turn.small:
			marks = append(marks, post(turn.post, at, ground, 2.5, 9))
		case turn.post != "":
			marks = append(marks, post(turn.post, at, ground, 4, 15))
		}
	}
	return marks
}

// key explains the marks that there are.
func (c *course) key() []KeyEntry {
	var reached, ahead, stalled bool
	for _, turn := range c.turns {
		reached = reached || turn.post == (Plate{State: Reached}).Class()
		ahead = ahead || turn.post == (Plate{State: Ahead}).Class()
		stalled = stalled || turn.stall
	}
	var key []KeyEntry
	if reached {
		key = append(key, KeyEntry{[]Mark{post(Plate{State: Reached}.Class(), 11, 15, 4, 14)}, c.text.T("charts.course_reached")})
	}
	if ahead {
		key = append(key, KeyEntry{[]Mark{post(Plate{State: Ahead}.Class(), 11, 15, 4, 14)}, c.text.T("charts.course_ahead")})
	}
	if stalled {
		key = append(key, KeyEntry{[]Mark{line("warn", 11, 1, 11, 15)}, c.text.T("charts.course_stalled")})
	}
	return key
}

// describe says in words how the chance went.
func (c *course) describe() string {
	text, last := "", -1.0
	for _, turn := range c.turns {
		if turn.chance < 0 || math.Round(turn.chance*100) == math.Round(last*100) {
			continue
		}
		last = turn.chance
		if text != "" {
			text += ", "
		}
		text += c.text.T("charts.course_at", c.text.Chance(turn.chance), c.text.Day(turn.day))
	}
	return text + "."
}
