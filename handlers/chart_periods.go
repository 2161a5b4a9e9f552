package handlers

import (
	"slices"

	"milstolpe/process/forecast"
)

// PeriodMark is one period in a chart over time. Amounts are in major units.
type PeriodMark struct {
	Label, Year string // under the axis: Q1, and 2026 where the year changes
	Name        string // Q1 2026
	Href        string
	Chosen      bool

	Came       float64
	Running    bool // what came is only what has come so far
	HasSaid    bool
	Said       float64
	HasRange   bool
	Low, High  float64
	Source     forecast.Source
	Won        float64 // of a forecast in parts: already won, from open deals, from deals not yet opened
	Open, New  float64
	Forecast   bool // the parts are shown instead of what came
	TargetLine float64
}

// top is the highest thing that is drawn for the period.
func (m *PeriodMark) top() float64 {
	top := max(m.Came, m.Won+m.Open+m.New)
	if m.HasSaid {
		top = max(top, m.Said)
	}
	if m.HasRange {
		top = max(top, m.High)
	}
	return top
}

func topOf(marks []PeriodMark) float64 {
	top := 0.0
	for i := range marks {
		top = max(top, marks[i].top())
	}
	return top
}

// timeChart is a chart over time before it is drawn at a width.
type timeChart struct {
	text        *Text
	unit        chartUnit
	marks       []PeriodMark
	id          string
	title, desc string
	rows        []timeRow // figures under the standing picture
	came        string    // head of the figures beside the lying picture
	top         float64
}

// timeRow is a row of figures under the periods, like a ledger's.
type timeRow struct {
	name string
	of   func(*PeriodMark) (float64, bool)
}

// Measures of the standing picture, from above. They are those of the static design.
const (
	standAxis   = 276.0 // where zero is
	standTop    = 34.0  // where the highest thing ends
	standLeft   = 46.0  // where the first period begins
	standLabel  = 298.0
	standYear   = 314.0
	standRule   = 321.0
	standRows   = 338.0 // the first row of figures
	standRow    = 19.0
	widestPlace = 118.0 // of a period, so that three of them do not stand a mile apart
)

// stand draws the chart with the periods side by side.
func (c *timeChart) stand(class string, width int) Picture {
	p := Picture{
		ID: c.id + "-" + class, Class: class, Width: width, Title: c.title, Desc: c.desc, Linked: true,
		Height: int(standRows+standRow*float64(len(c.rows)-1)) + 7,
	}
	w := float64(width)
	y := scale{0, c.top, standAxis, standTop}
	place := min(widestPlace, (w-standLeft)/float64(len(c.marks)))
	p.Marks = append(p.Marks, c.standGrid(y, w)...)
	foot := float64(p.Height)
	for i := range c.marks {
		left := standLeft + float64(i)*place
		p.Marks = append(p.Marks, c.standPeriod(&c.marks[i], left, place, y, foot)...)
	}
	if now := c.firstForecast(); now > 0 {
		at := standLeft + float64(now)*place - 2
		p.Marks = append(p.Marks, line("dash", at, 6, at, foot-7))
	}
	p.Marks = append(p.Marks, line("grid", 0, standRule, w, standRule))
	for i, row := range c.rows {
		p.Marks = append(p.Marks, words("", 0, standRows+standRow*float64(i), row.name))
	}
	if brackets := c.sources(place); len(brackets) > 0 {
		p.Marks = append(p.Marks, brackets...)
		p.Height += 30
	}
	return p
}

// firstForecast is the index of the first period that is not over; everything before it has been.
func (c *timeChart) firstForecast() int {
	return slices.IndexFunc(c.marks, func(m PeriodMark) bool { return m.Forecast })
}

func (c *timeChart) standGrid(y scale, w float64) []Mark {
	marks := []Mark{line("axis", 0, standAxis, w, standAxis)}
	step := tickStep(c.top / c.unit.size)
	last := standAxis
	for _, tick := range ticks(c.top / c.unit.size) {
		last = y.at(tick * c.unit.size)
		marks = append(marks, line("grid", standLeft-10, last, w, last), words("e", standLeft-16, last+4.5, c.text.Dec(tick, decimalsOf(step))))
	}
	return append(marks, words("", 0, last-12, c.unit.name))
}

// standPeriod draws one period: the link around it, the bar, the forecast, and the figures below.
func (c *timeChart) standPeriod(m *PeriodMark, left, place float64, y scale, foot float64) []Mark {
	middle, half := left+place/2, min(20, place*0.23)
	background, strong := "hit", "t"
	if m.Chosen {
		background, strong = "sel", "tb"
	}
	marks := []Mark{rect(background, left, 0, place-4, foot)}
	marks = append(marks, c.standBar(m, middle, half, y)...)
	marks = append(marks, c.standRange(m, middle, y)...)
	marks = append(marks, words(strong+" m", middle, standLabel, m.Label))
	if m.Year != "" {
		marks = append(marks, words("m s", middle, standYear, m.Year))
	}
	for i, row := range c.rows {
		text := dash
		if v, known := row.of(m); known {
			text = c.text.figure(v, c.unit)
		}
		marks = append(marks, words(strong+" m", middle, standRows+standRow*float64(i), text))
	}
	return []Mark{linked(m.Href, m.Name, marks...)}
}

func (c *timeChart) standBar(m *PeriodMark, middle, half float64, y scale) []Mark {
	bar := func(class string, from, to float64) []Mark {
		if to <= from {
			return nil
		}
		return []Mark{rect(class, middle-half, y.at(to), 2*half, y.at(from)-y.at(to))}
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
		edge.to("M", middle-half, standAxis).to("V", y.at(m.Came)).to("h", 2*half).to("V", standAxis)
		return append(bar("came", 0, m.Came), path("running", &edge))
	default:
		cap := min(y.at(m.Came)+1.5, standAxis-1.5)
		return append(bar("came", 0, m.Came), line("cap", middle-half, cap, middle+half, cap))
	}
}

func (c *timeChart) standRange(m *PeriodMark, x float64, y scale) []Mark {
	var marks []Mark
	if m.HasRange {
		low, high := y.at(max(0, m.Low)), y.at(m.High)
		var ends pen
		ends.to("M", x-5, low).to("h", 10).to("M", x-5, high).to("h", 10)
		if m.Forecast {
			marks = append(marks, line("halo", x, low, x, high))
		}
		marks = append(marks, line(rangeClass(m), x, low, x, high), path("rng", &ends))
	}
	if m.HasSaid && !m.Forecast {
		marks = append(marks, dot(dotClass(m), x, y.at(m.Said), 5))
	}
	return marks
}

// rangeClass and dotClass tell by shape where a forecast comes from: noted, rebuilt, or from imported history.
func rangeClass(m *PeriodMark) string {
	if m.Source == forecast.Imported && !m.Forecast {
		return "rng imp"
	}
	return "rng"
}

func dotClass(m *PeriodMark) string {
	if m.Source == forecast.Noted {
		return "pt"
	}
	return "pt o"
}
