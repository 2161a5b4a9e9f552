package handlers

import (
	"milstolpe/process"
)

// winCurve draws how the share of won deals grows with the days from now on, up to the chance, and marks the likely day.
func (w *dealView) winCurve() *Chart {
	c := &w.today.Chance
	from := max(c.Since, c.Calibration.On)
	half := c.Likely.Sub(from)
	days := min(max(3*half, 60), 730)
	share := func(h int) float64 { return c.Calibration.Win(c.Standing, h) }
	curve := winCurve{
		text: w.text, from: from, days: days, half: half, share: share, top: 25,
		title: w.t("charts.curve", from), desc: w.t("charts.curve_desc", half, w.text.Percent(share(half)), w.text.Percent(share(days)), days),
	}
	for curve.top < 100 && share(days)*100 > curve.top {
		curve.top += 25
	}
	return &Chart{Pictures: []Picture{curve.draw("mid up", 700, 200), curve.draw("narrow", 328, 180)}, TwinHref: "#within"}
}

type winCurve struct {
	text        *Text
	from        process.Date
	days, half  int
	share       func(days int) float64
	top         float64
	title, desc string
}

func (c *winCurve) draw(class string, width, height int) Picture {
	p := Picture{ID: "curve-" + class[:3], Class: class, Width: width, Height: height, Title: c.title, Desc: c.desc}
	ground := float64(height) - courseFoot
	x := scale{0, float64(c.days), courseLeft, float64(width) - courseRight}
	y := scale{0, c.top, ground, courseTop}
	base := course{text: c.text, from: c.from, to: c.from.AddDays(c.days), top: c.top}
	days := scale{float64(base.from), float64(base.to), x.from, x.to}
	p.Marks = base.grid(days, y)
	var rise pen
	rise.to("M", x.at(0), y.at(0))
	for h := 1; h <= c.days; h++ {
		if h%c.stride(width) == 0 || h == c.days {
			rise.to("L", x.at(float64(h)), y.at(c.share(h)*100))
		}
	}
	p.Marks = append(p.Marks, path("step", &rise))
	at, level := x.at(float64(c.half)), y.at(c.share(c.half)*100)
	p.Marks = append(p.Marks, line("dash", at, level, at, ground), dot("pt", at, level, 4))
	room := placing{within: box{courseLeft, 0, float64(width), ground}}
	label := c.text.T("charts.curve_half", c.text.Day(c.from.AddDays(c.half)))
	// The line only rises, so there is always room under it to the right.
	if m, ok := room.beside(label, box{at + 8, level + 20, at, level + 20}); ok {
		p.Marks = append(p.Marks, m)
	}
	return p
}

// stride is how many days lie between two points of the line, so that they are no finer than the picture.
func (c *winCurve) stride(width int) int { return max(1, c.days/(width/3)) }
