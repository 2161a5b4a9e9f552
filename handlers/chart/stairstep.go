package chart

import (
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/process/stats"
)

// Step is one step of the stairstep chart: by how much its numbers usually miss, and whether that is closer than the step below. Shares are
// between 0 and 1, or more.
type Step struct {
	Name   string
	Known  bool // there is a miss to draw
	Miss   float64
	First  bool // nothing is below it
	Effect stats.Value
	Gain   string // over the step below, in points
}

// stairstepDrawing is the stairstep chart before it is drawn at a width: the lower a step, the smaller the misses.
type stairstepDrawing struct {
	text      *i18n.Text
	id        string
	title     string
	desc      string
	steps     []Step
	top       float64 // in per cent
	leftWords float64 // room that the heads of the rows need
}

// Measures of the stairstep chart, from above.
const (
	stairstepTop  = 34.0
	stairstepAxis = 196.0
	stairstepName = 216.0 // the first line of a name
	stairstepLine = 16.0
	stairstepRow  = 19.0
	maxStepWidth  = 168.0
)

// Stairstep draws the steps side by side, and one a row for narrow pages. Twin is the id of the table with the same numbers.
func Stairstep(t *i18n.Text, id, title, desc, twin string, steps []Step) Chart {
	s := stairstepDrawing{text: t, id: id, title: title, desc: desc, steps: steps, top: 1}
	for i := range steps {
		s.top = max(s.top, 100*steps[i].Miss)
	}
	for _, key := range []string{"charts.stairs.miss", "charts.stairs.closer"} {
		s.leftWords = max(s.leftWords, textWidth(t.T(key), textSize)+12)
	}
	c := Chart{Pictures: []Picture{s.vertical("wide", wideWidth), s.vertical("mid", midWidth), s.horizontal()}, TwinHref: "#" + twin}
	for _, kind := range []struct {
		verdict stats.Value
		key     string
	}{{stats.Adds, "charts.stairs.adds"}, {stats.CannotTellValue, "charts.stairs.cannot"}, {stats.TakesAway, "charts.stairs.takes"}} {
		for i := range steps {
			if steps[i].Known && !steps[i].First && steps[i].Effect == kind.verdict {
				c.Key = append(c.Key, LegendEntry{stepBody(&steps[i], box{3, 2, 19, 15}, false), t.T(kind.key)})
				break
			}
		}
	}
	return c
}

// stepBody is a step: with a cap where it is known to come closer or there is nothing to hold it against, with a dashed edge where that
// cannot be told yet, hollow where the step below comes closer.
func stepBody(s *Step, b box, lying bool) []Shape {
	body := Rect("came", b.left, b.top, b.right-b.left, b.bottom-b.top)
	switch {
	case s.First || s.Effect == stats.Adds:
		if lying {
			return []Shape{body, line("cap", b.right-1.5, b.top, b.right-1.5, b.bottom)}
		}
		return []Shape{body, line("cap", b.left, b.top+1.5, b.right, b.top+1.5)}
	case s.Effect == stats.TakesAway:
		return []Shape{Rect("dn", b.left, b.top, b.right-b.left, b.bottom-b.top)}
	}
	var edge pathBuilder
	if lying {
		edge.to("M", b.left, b.top).to("H", b.right).to("V", b.bottom).to("H", b.left)
	} else {
		edge.to("M", b.left, b.bottom).to("V", b.top).to("H", b.right).to("V", b.bottom)
	}
	return []Shape{body, path("running", &edge)}
}

// vertical draws the steps side by side, from a guess on the left to the last call on the right.
func (c *stairstepDrawing) vertical(class string, width float64) Picture {
	p := Picture{ID: c.id + "-" + class, Class: class, Width: int(width), Title: c.title, Desc: c.desc}
	y := scale{0, c.top, stairstepAxis, stairstepTop}
	place := min(maxStepWidth, (width-c.leftWords)/float64(len(c.steps)))
	p.Marks = c.grid(y, c.leftWords+place*float64(len(c.steps)))
	lines := 1
	for i := range c.steps {
		lines = max(lines, len(wrapped(c.steps[i].Name, place-10)))
	}
	foot := stairstepName + stairstepLine*float64(lines-1) + 8
	p.Marks = append(p.Marks, line("grid", 0, foot, c.leftWords+place*float64(len(c.steps)), foot),
		drawText("", 0, foot+stairstepRow-2, c.text.T("charts.stairs.miss")), drawText("", 0, foot+2*stairstepRow-2, c.text.T("charts.stairs.closer")))
	p.Height = int(foot+2*stairstepRow) + 5
	for i := range c.steps {
		p.Marks = append(p.Marks, c.verticalStep(i, place, foot, y)...)
	}
	return p
}

func (c *stairstepDrawing) grid(y scale, right float64) []Shape {
	marks := []Shape{line("axis", 0, stairstepAxis, right, stairstepAxis)}
	last := stairstepAxis
	for _, tick := range ticks(c.top) {
		last = y.at(tick)
		marks = append(marks, line("grid", c.leftWords-10, last, right, last),
			drawText("e", c.leftWords-16, last+4.5, c.text.Dec(tick, DecimalsOf(tickStep(c.top)))))
	}
	return append(marks, drawText("", 0, last-12, c.text.T("charts.stairs.unit")))
}

func (c *stairstepDrawing) verticalStep(i int, place, foot float64, y scale) []Shape {
	s := &c.steps[i]
	left := c.leftWords + float64(i)*place
	middle, half := left+place/2, place*0.36
	var marks []Shape
	if s.Known && s.Miss > 0 {
		marks = append(marks, stepBody(s, box{middle - half, y.at(100 * s.Miss), middle + half, stairstepAxis}, false)...)
	}
	if i > 0 && s.Known && c.steps[i-1].Known { // how high the step below was, to see the difference by
		level := y.at(100 * c.steps[i-1].Miss)
		marks = append(marks, line("dash", middle-place+half, level, middle+half, level))
	}
	for n, text := range wrapped(s.Name, place-10) {
		marks = append(marks, drawText("t m", middle, stairstepName+stairstepLine*float64(n), text))
	}
	return append(marks, drawText("tb m", middle, foot+stairstepRow-2, c.figure(s)), drawText("t m", middle, foot+2*stairstepRow-2, c.gain(s)))
}

func (c *stairstepDrawing) figure(s *Step) string {
	if !s.Known {
		return i18n.Dash
	}
	return c.text.Percent(s.Miss)
}

func (c *stairstepDrawing) gain(s *Step) string {
	if s.Gain == "" {
		return i18n.Dash
	}
	return s.Gain
}

// horizontal draws one step a row, its name over its bar.
func (c *stairstepDrawing) horizontal() Picture {
	const row, bar, figures = 50.0, 16.0, 62.0
	p := Picture{ID: c.id + "-narrow", Class: "narrow", Width: narrowWidth, Title: c.title, Desc: c.desc}
	x := scale{0, c.top, 1, narrowWidth - figures}
	p.Height = int(row*float64(len(c.steps))) + 4
	for i := range c.steps {
		s, over := &c.steps[i], row*float64(i)
		p.Marks = append(p.Marks, drawText("t", 0, over+16, s.Name), drawText("tb e", narrowWidth, over+36, c.figure(s)))
		if s.Known && s.Miss > 0 {
			p.Marks = append(p.Marks, stepBody(s, box{x.from, over + 23, x.at(100 * s.Miss), over + 23 + bar}, true)...)
		}
		p.Marks = append(p.Marks, line("axis", x.from, over+20, x.from, over+26+bar))
		if i > 0 && s.Known && c.steps[i-1].Known {
			at := x.at(100 * c.steps[i-1].Miss)
			p.Marks = append(p.Marks, line("dash", at, over+20, at, over+26+bar))
		}
	}
	return p
}

// wrapped breaks a text between words into lines that are no wider than they may be, but for a word that is.
func wrapped(text string, width float64) []string {
	var lines []string
	for word := range strings.FieldsSeq(text) {
		if n := len(lines); n > 0 && textWidth(lines[n-1]+" "+word, textSize) <= width {
			lines[n-1] += " " + word
			continue
		}
		lines = append(lines, word)
	}
	return lines
}
