package handlers

import (
	"strings"

	"milstolpe/process/counting"
)

// Stair is one step of the staircase: by how much its numbers usually miss, and whether that is closer than the step below. Shares are
// between 0 and 1, or more.
type Stair struct {
	Name    string
	Known   bool // there is a miss to draw
	Miss    float64
	First   bool // nothing is below it
	Verdict counting.Value
	Gain    string // over the step below, in points
}

// stairs is the staircase before it is drawn at a width: the lower a step, the closer it came.
type stairs struct {
	text      *Text
	id        string
	title     string
	desc      string
	steps     []Stair
	top       float64 // in per cent
	leftWords float64 // room that the heads of the rows need
}

// Measures of the staircase, from above.
const (
	stairTop   = 34.0
	stairAxis  = 196.0
	stairName  = 216.0 // the first line of a name
	stairLine  = 16.0
	stairRow   = 19.0
	widestStep = 168.0
)

// stairsChart draws the staircase standing, and lying for narrow pages. The table with the id of twin is its twin.
func (t *Text) stairsChart(id, title, desc, twin string, steps []Stair) Chart {
	s := stairs{text: t, id: id, title: title, desc: desc, steps: steps, top: 1}
	for i := range steps {
		s.top = max(s.top, 100*steps[i].Miss)
	}
	for _, key := range []string{"charts.stairs.miss", "charts.stairs.closer"} {
		s.leftWords = max(s.leftWords, textWidth(t.T(key), textSize)+12)
	}
	c := Chart{Pictures: []Picture{s.stand("wide", wideWidth), s.stand("mid", midWidth), s.lie()}, TwinHref: "#" + twin}
	for _, kind := range []struct {
		verdict counting.Value
		key     string
	}{{counting.Adds, "charts.stairs.adds"}, {counting.CannotTellValue, "charts.stairs.cannot"}, {counting.TakesAway, "charts.stairs.takes"}} {
		for i := range steps {
			if steps[i].Known && !steps[i].First && steps[i].Verdict == kind.verdict {
				c.Key = append(c.Key, KeyEntry{stairBody(&steps[i], box{3, 2, 19, 15}, false), t.T(kind.key)})
				break
			}
		}
	}
	return c
}

// stairBody is a step: with a cap where it is known to come closer or there is nothing to hold it against, with a dashed edge where that
// cannot be told yet, hollow where the step below comes closer.
func stairBody(s *Stair, b box, lying bool) []Mark {
	body := rect("came", b.left, b.top, b.right-b.left, b.bottom-b.top)
	switch {
	case s.First || s.Verdict == counting.Adds:
		if lying {
			return []Mark{body, line("cap", b.right-1.5, b.top, b.right-1.5, b.bottom)}
		}
		return []Mark{body, line("cap", b.left, b.top+1.5, b.right, b.top+1.5)}
	case s.Verdict == counting.TakesAway:
		return []Mark{rect("dn", b.left, b.top, b.right-b.left, b.bottom-b.top)}
	}
	var edge pen
	if lying {
		edge.to("M", b.left, b.top).to("H", b.right).to("V", b.bottom).to("H", b.left)
	} else {
		edge.to("M", b.left, b.bottom).to("V", b.top).to("H", b.right).to("V", b.bottom)
	}
	return []Mark{body, path("running", &edge)}
}

// stand draws the steps side by side, from a guess on the left to the last call on the right.
func (c *stairs) stand(class string, width float64) Picture {
	p := Picture{ID: c.id + "-" + class, Class: class, Width: int(width), Title: c.title, Desc: c.desc}
	y := scale{0, c.top, stairAxis, stairTop}
	place := min(widestStep, (width-c.leftWords)/float64(len(c.steps)))
	p.Marks = c.grid(y, c.leftWords+place*float64(len(c.steps)))
	lines := 1
	for i := range c.steps {
		lines = max(lines, len(wrapped(c.steps[i].Name, place-10)))
	}
	foot := stairName + stairLine*float64(lines-1) + 8
	p.Marks = append(p.Marks, line("grid", 0, foot, c.leftWords+place*float64(len(c.steps)), foot),
		words("", 0, foot+stairRow-2, c.text.T("charts.stairs.miss")), words("", 0, foot+2*stairRow-2, c.text.T("charts.stairs.closer")))
	p.Height = int(foot+2*stairRow) + 5
	for i := range c.steps {
		p.Marks = append(p.Marks, c.standStep(i, place, foot, y)...)
	}
	return p
}

func (c *stairs) grid(y scale, right float64) []Mark {
	marks := []Mark{line("axis", 0, stairAxis, right, stairAxis)}
	last := stairAxis
	for _, tick := range ticks(c.top) {
		last = y.at(tick)
		marks = append(marks, line("grid", c.leftWords-10, last, right, last),
			words("e", c.leftWords-16, last+4.5, c.text.Dec(tick, decimalsOf(tickStep(c.top)))))
	}
	return append(marks, words("", 0, last-12, c.text.T("charts.stairs.unit")))
}

func (c *stairs) standStep(i int, place, foot float64, y scale) []Mark {
	s := &c.steps[i]
	left := c.leftWords + float64(i)*place
	middle, half := left+place/2, place*0.36
	var marks []Mark
	if s.Known && s.Miss > 0 {
		marks = append(marks, stairBody(s, box{middle - half, y.at(100 * s.Miss), middle + half, stairAxis}, false)...)
	}
	if i > 0 && s.Known && c.steps[i-1].Known { // how high the step below was, to see the difference by
		level := y.at(100 * c.steps[i-1].Miss)
		marks = append(marks, line("dash", middle-place+half, level, middle+half, level))
	}
	for n, text := range wrapped(s.Name, place-10) {
		marks = append(marks, words("t m", middle, stairName+stairLine*float64(n), text))
	}
	return append(marks, words("tb m", middle, foot+stairRow-2, c.figure(s)), words("t m", middle, foot+2*stairRow-2, c.gain(s)))
}

func (c *stairs) figure(s *Stair) string {
	if !s.Known {
		return dash
	}
	return c.text.Percent(s.Miss)
}

func (c *stairs) gain(s *Stair) string {
	if s.Gain == "" {
		return dash
	}
	return s.Gain
}

// lie draws one step a row, its name over its bar.
func (c *stairs) lie() Picture {
	const row, bar, figures = 50.0, 16.0, 62.0
	p := Picture{ID: c.id + "-narrow", Class: "narrow", Width: lieWidth, Title: c.title, Desc: c.desc}
	x := scale{0, c.top, 1, lieWidth - figures}
	p.Height = int(row*float64(len(c.steps))) + 4
	for i := range c.steps {
		s, over := &c.steps[i], row*float64(i)
		p.Marks = append(p.Marks, words("t", 0, over+16, s.Name), words("tb e", lieWidth, over+36, c.figure(s)))
		if s.Known && s.Miss > 0 {
			p.Marks = append(p.Marks, stairBody(s, box{x.from, over + 23, x.at(100 * s.Miss), over + 23 + bar}, true)...)
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
