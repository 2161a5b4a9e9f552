package chart

import (
	"milstolpe/handlers/i18n"
)

// ReliabilityPoint is a standing in the reliability diagram: how often its deals were forecast to be won, and how often they were. Shares are
// between 0 and 1.
type ReliabilityPoint struct {
	Label            string // beside the point: how many milestones were passed
	Stalled          bool
	Forecast, Actual float64
	Low, High        float64 // interval of Won
	Name             string
	Href             string
}

// Measures of the square.
const (
	squareSize   = 440
	squareSmall  = 328 // on narrow pages
	squareLeft   = 46.0
	squareTop    = 34.0
	squareMargin = 10.0 // at the right
	squareFoot   = 44.0 // for the figures and the words under them
)

// Reliability draws the reliability diagram, a square whose diagonal is where chances hold: deals on their way as filled dots, stalled ones hollow, each with
// its interval and the number of passed milestones.
func Reliability(t *i18n.Text, id, title, desc string, marks []ReliabilityPoint) Chart {
	large := Picture{ID: id, Class: "sq mid up", Width: squareSize, Height: squareSize, Title: title, Desc: desc, Linked: true}
	small := Picture{ID: id + "-narrow", Class: "narrow", Width: squareSmall, Height: squareSmall, Title: title, Desc: desc, Linked: true}
	large.Marks, small.Marks = reliabilitySquare(t, squareSize, marks), reliabilitySquare(t, squareSmall, marks)
	return Chart{Pictures: []Picture{large, small}, Key: []LegendEntry{
		{[]Shape{dot("pt", 11, 8, 5)}, t.T("charts.square.moving")},
		{[]Shape{dot("pt o", 11, 8, 5)}, t.T("charts.square.stalled")},
		{nil, t.T("charts.square.number")},
	}}
}

func reliabilitySquare(t *i18n.Text, size float64, marks []ReliabilityPoint) []Shape {
	right, bottom := size-squareMargin, size-squareFoot
	x, y := scale{0, 1, squareLeft, right}, scale{0, 1, bottom, squareTop}
	var drawn []Shape
	for _, percent := range []float64{0, 25, 50, 75, 100} {
		class, level, place := "grid", y.at(percent/100), x.at(percent/100)
		if percent == 0 {
			class = "axis"
		}
		text := coord(percent)
		drawn = append(drawn, line(class, squareLeft, level, right, level),
			drawText("s e", squareLeft-8, level+4, text), drawText("s m", place, bottom+20, text))
	}
	drawn = append(drawn, line("dash", x.from, y.from, x.to, y.to),
		drawText("s e", right, size-4, t.T("charts.square.said")), drawText("s", 0, 14, t.T("charts.square.won")))
	free := labelPlacer{within: box{squareLeft, 16, size, bottom - 1}}
	for _, m := range marks {
		at, dotClass := x.at(m.Forecast), "pt"
		if m.Stalled {
			dotClass = "pt o"
		}
		low, high := y.at(m.Low), y.at(m.High)
		ends := new(pathBuilder).to("M", at-4, low).to("h", 8).to("M", at-4, high).to("h", 8)
		point := dot(dotClass, at, y.at(m.Actual), 5.5)
		span := line("rng", at, low, at, high)
		drawn = append(drawn, linked(m.Href, m.Name, span, path("rng", ends), point))
		free.take(point, Shape{box: span.box.grow(4)})
	}
	for _, m := range marks {
		near := box{x.at(m.Forecast) - 5, y.at(m.High), x.at(m.Forecast) + 5, y.at(m.Low)}
		if label, ok := free.label("tb s", m.Label, near.grow(1)); ok {
			drawn = append(drawn, label)
		}
	}
	return drawn
}
