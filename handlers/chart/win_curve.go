package chart

import (
	"milstolpe/handlers/i18n"
	"milstolpe/process"
)

// CumulativeWins is how the probability that a deal has been won grows with the days from From: a line from nothing up to Top.
type CumulativeWins struct {
	Text        *i18n.Text
	From        process.Date
	Days, Half  int                    // length of the axis, and the day until which half of the wins are in
	Share       func(days int) float64 // probability of a win within so many days, between 0 and 1
	Top         float64                // of the axis, in per cent
	Title, Desc string
}

// Draw is the picture at a width, with the day until which half of the wins are in marked.
func (c *CumulativeWins) Draw(class string, width, height int) Picture {
	p := Picture{ID: "curve-" + class[:3], Class: class, Width: width, Height: height, Title: c.Title, Desc: c.Desc}
	ground := float64(height) - historyFoot
	x := scale{0, float64(c.Days), historyLeft, float64(width) - historyRight}
	y := scale{0, c.Top, ground, historyTop}
	base := chanceHistory{text: c.Text, from: c.From, to: c.From.AddDays(c.Days), top: c.Top}
	days := scale{float64(base.from), float64(base.to), x.from, x.to}
	p.Marks = base.grid(days, y)
	var rise pathBuilder
	rise.to("M", x.at(0), y.at(0))
	for h := 1; h <= c.Days; h++ {
		if h%c.daysPerPoint(width) == 0 || h == c.Days {
			rise.to("L", x.at(float64(h)), y.at(c.Share(h)*100))
		}
	}
	p.Marks = append(p.Marks, path("step", &rise))
	at, level := x.at(float64(c.Half)), y.at(c.Share(c.Half)*100)
	p.Marks = append(p.Marks, line("dash", at, level, at, ground), dot("pt", at, level, 4))
	room := labelPlacer{within: box{historyLeft, 0, float64(width), ground}}
	label := c.Text.T("charts.curve_half", c.Text.Day(c.From.AddDays(c.Half)))
	// The line only rises, so there is always room under it to the right.
	if m, ok := room.beside(label, box{at + 8, level + 20, at, level + 20}); ok {
		p.Marks = append(p.Marks, m)
	}
	return p
}

// daysPerPoint is how many days lie between two points of the line, so that they are no finer than the picture.
func (c *CumulativeWins) daysPerPoint(width int) int { return max(1, c.Days/(width/3)) }
