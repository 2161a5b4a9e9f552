package handlers

// Measures of the lying picture: one period a row, the newest first, for narrow pages.
const (
	lieWidth = 328.0
	lieHead  = 22.0 // the axis begins here
	lieRow   = 36.0
	lieBar   = 18.0
	lieGap   = 10.0 // between a bar's end and the figures beside it
)

// lie draws the chart with one period a row.
func (c *timeChart) lie() Picture {
	rows := float64(len(c.marks))
	p := Picture{
		ID: c.id + "-narrow", Class: "narrow", Width: lieWidth, Height: int(lieHead + lieRow*rows + 4), Title: c.title, Desc: c.desc, Linked: true,
	}
	x := scale{0, c.top, c.lieLeft(), lieWidth - c.lieRight() - lieGap}
	foot := lieHead + lieRow*rows
	for i := range c.marks {
		if m := &c.marks[i]; m.Chosen {
			p.Marks = append(p.Marks, rect("sel", -6, lieHead+lieRow*(rows-1-float64(i))+4, lieWidth+12, lieRow))
		}
	}
	p.Marks = append(p.Marks, c.lieGrid(x, foot)...)
	for i := range c.marks {
		p.Marks = append(p.Marks, c.liePeriod(&c.marks[i], lieHead+lieRow*(rows-1-float64(i))+22, x))
	}
	return p
}

// lieLeft is where zero is: after the longest name.
func (c *timeChart) lieLeft() float64 {
	left := textWidth(c.unit.name, smallSize) + 12
	for i := range c.marks {
		left = max(left, textWidth(c.marks[i].Name, textSize)*boldWider+8)
	}
	return left
}

// lieRight is how much the figures need.
func (c *timeChart) lieRight() float64 {
	right := textWidth(c.came, smallSize)
	for i := range c.marks {
		right = max(right, textWidth(c.lieFigure(&c.marks[i]), textSize))
	}
	return right
}

func (c *timeChart) lieFigure(m *PeriodMark) string {
	if m.Forecast {
		return c.text.figure(m.Won+m.Open+m.New, c.unit)
	}
	return c.text.figure(m.Came, c.unit)
}

func (c *timeChart) lieGrid(x scale, foot float64) []Mark {
	marks := []Mark{line("axis", x.from, lieHead, x.from, foot), words("s m", x.from, 14, "0")}
	free := placing{within: box{0, 0, lieWidth, foot}}
	free.take(marks[1], words("s e", lieWidth, 14, c.came), words("s", 0, 14, c.unit.name))
	step := tickStep(c.top / c.unit.size)
	for _, tick := range ticks(c.top / c.unit.size) {
		at := x.at(tick * c.unit.size)
		marks = append(marks, line("grid", at, lieHead, at, foot))
		if label := words("s m", at, 14, c.text.Dec(tick, decimalsOf(step))); free.free(label.box.widened(2)) {
			free.take(label)
			marks = append(marks, label)
		}
	}
	return append(marks, words("s e", lieWidth, 14, c.came), words("s", 0, 14, c.unit.name))
}

func (c *timeChart) liePeriod(m *PeriodMark, y float64, x scale) Mark {
	strong := "t"
	if m.Chosen {
		strong = "tb"
	}
	marks := []Mark{rect("hit", 0, y-lieRow/2, lieWidth, lieRow), words(strong, 0, y+4.5, m.Name)}
	marks = append(marks, c.lieBars(m, y, x)...)
	if m.HasRange {
		low, high := x.at(max(0, m.Low)), x.at(m.High)
		var ends pen
		ends.to("M", low, y-4).to("v", 8).to("M", high, y-4).to("v", 8)
		if m.Forecast {
			marks = append(marks, line("halo", low, y, high, y))
		}
		marks = append(marks, line(rangeClass(m), low, y, high, y), path("rng", &ends))
	}
	if m.HasSaid && !m.Forecast {
		marks = append(marks, dot(dotClass(m), x.at(m.Said), y, 4.5))
	}
	marks = append(marks, words(strong+" e", lieWidth, y+4.5, c.lieFigure(m)))
	return linked(m.Href, m.Name, marks...)
}

func (c *timeChart) lieBars(m *PeriodMark, y float64, x scale) []Mark {
	bar := func(class string, from, to float64) []Mark {
		if to <= from {
			return nil
		}
		return []Mark{rect(class, x.at(from), y-lieBar/2, x.at(to)-x.at(from), lieBar)}
	}
	switch {
	case m.Forecast:
		marks := bar("new", m.Won+m.Open, m.Won+m.Open+m.New)
		marks = append(marks, bar("exp", m.Won, m.Won+m.Open)...)
		return append(marks, bar("won", 0, m.Won)...)
	case m.Came <= 0:
		return nil
	case m.Running:
		var edge pen
		edge.to("M", x.from, y-lieBar/2).to("H", x.at(m.Came)).to("v", lieBar).to("H", x.from)
		return append(bar("came", 0, m.Came), path("running", &edge))
	default:
		cap := max(x.at(m.Came)-1.5, x.from+1.5)
		return append(bar("came", 0, m.Came), line("cap", cap, y-lieBar/2, cap, y+lieBar/2))
	}
}
