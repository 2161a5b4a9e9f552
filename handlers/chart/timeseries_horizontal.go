package chart

// Measures of the horizontal picture: one period a row, the newest first, for narrow pages.
const (
	narrowWidth    = 328.0
	horizontalHead = 22.0 // the axis begins here
	horizontalRow  = 36.0
	horizontalBar  = 18.0
	horizontalGap  = 10.0 // between a bar's end and the figures beside it
)

// horizontal draws the chart with one period a row.
func (c *timeChart) horizontal() Picture {
	rows := float64(len(c.periods))
	p := Picture{
		ID: c.id + "-narrow", Class: "narrow", Width: narrowWidth, Height: int(horizontalHead + horizontalRow*rows + 4), Title: c.title, Desc: c.desc, Linked: true,
	}
	x := scale{0, c.top, c.horizontalLeft(), narrowWidth - c.horizontalRight() - horizontalGap}
	foot := horizontalHead + horizontalRow*rows
	for i := range c.periods {
		if m := &c.periods[i]; m.Chosen {
			p.Marks = append(p.Marks, Rect("sel", -6, horizontalHead+horizontalRow*(rows-1-float64(i))+4, narrowWidth+12, horizontalRow))
		}
	}
	p.Marks = append(p.Marks, c.horizontalGrid(x, foot)...)
	for i := range c.periods {
		p.Marks = append(p.Marks, c.horizontalPeriod(&c.periods[i], horizontalHead+horizontalRow*(rows-1-float64(i))+22, x))
	}
	return p
}

// horizontalLeft is where zero is: after the longest name.
func (c *timeChart) horizontalLeft() float64 {
	left := textWidth(c.unit.name, smallSize) + 12
	for i := range c.periods {
		left = max(left, textWidth(c.periods[i].Name, textSize)*boldWider+8)
	}
	return left
}

// horizontalRight is how much the figures need.
func (c *timeChart) horizontalRight() float64 {
	right := textWidth(c.actualHead, smallSize)
	for i := range c.periods {
		right = max(right, textWidth(c.horizontalFigure(&c.periods[i]), textSize))
	}
	return right
}

func (c *timeChart) horizontalFigure(m *Period) string {
	if m.InParts {
		return figure(c.text, m.total(), c.unit)
	}
	return figure(c.text, m.Actual, c.unit)
}

func (c *timeChart) horizontalGrid(x scale, foot float64) []Shape {
	marks := []Shape{line("axis", x.from, horizontalHead, x.from, foot), drawText("s m", x.from, 14, "0")}
	free := labelPlacer{within: box{0, 0, narrowWidth, foot}}
	free.take(marks[1], drawText("s e", narrowWidth, 14, c.actualHead), drawText("s", 0, 14, c.unit.name))
	step := tickStep(c.top / c.unit.size)
	for _, tick := range ticks(c.top / c.unit.size) {
		at := x.at(tick * c.unit.size)
		marks = append(marks, line("grid", at, horizontalHead, at, foot))
		if label := drawText("s m", at, 14, c.text.Dec(tick, DecimalsOf(step))); free.free(label.box.grow(2)) {
			free.take(label)
			marks = append(marks, label)
		}
	}
	return append(marks, drawText("s e", narrowWidth, 14, c.actualHead), drawText("s", 0, 14, c.unit.name))
}

func (c *timeChart) horizontalPeriod(m *Period, y float64, x scale) Shape {
	strong := "t"
	if m.Chosen {
		strong = "tb"
	}
	marks := []Shape{Rect("hit", 0, y-horizontalRow/2, narrowWidth, horizontalRow), drawText(strong, 0, y+4.5, m.Name)}
	marks = append(marks, c.horizontalBars(m, y, x)...)
	if m.HasRange {
		low, high := x.at(max(0, m.Low)), x.at(m.High)
		var ends pathBuilder
		ends.to("M", low, y-4).to("v", 8).to("M", high, y-4).to("v", 8)
		if m.InParts {
			marks = append(marks, line("halo", low, y, high, y))
		}
		marks = append(marks, line(rangeClass(m), low, y, high, y), path("rng", &ends))
	}
	switch {
	case m.InParts && m.Correction != 0:
		marks = append(marks, dot("pt", x.at(m.total()), y, 4.5))
	case m.HasForecast && !m.InParts:
		marks = append(marks, dot(dotClass(m), x.at(m.Forecast), y, 4.5))
	}
	marks = append(marks, drawText(strong+" e", narrowWidth, y+4.5, c.horizontalFigure(m)))
	return linked(m.Href, m.Name, marks...)
}

func (c *timeChart) horizontalBars(m *Period, y float64, x scale) []Shape {
	bar := func(class string, from, to float64) []Shape {
		if to <= from {
			return nil
		}
		return []Shape{Rect(class, x.at(from), y-horizontalBar/2, x.at(to)-x.at(from), horizontalBar)}
	}
	switch {
	case m.InParts:
		marks := bar("new", m.Won+m.Open, m.Won+m.Open+m.New)
		marks = append(marks, bar("exp", m.Won, m.Won+m.Open)...)
		return append(marks, bar("won", 0, m.Won)...)
	case m.Actual <= 0:
		return nil
	case m.Running:
		var edge pathBuilder
		edge.to("M", x.from, y-horizontalBar/2).to("H", x.at(m.Actual)).to("v", horizontalBar).to("H", x.from)
		return append(bar("came", 0, m.Actual), path("running", &edge))
	default:
		cap := max(x.at(m.Actual)-1.5, x.from+1.5)
		return append(bar("came", 0, m.Actual), line("cap", cap, y-horizontalBar/2, cap, y+horizontalBar/2))
	}
}
