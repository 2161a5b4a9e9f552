package chart

import (
	"slices"

	"milstolpe/handlers/i18n"
	"milstolpe/process/forecast"
)

// Period is one period in a chart over time. Amounts are in major units.
type Period struct {
	Label, Year string // under the axis: Q1, and 2026 where the year changes
	Name        string // Q1 2026
	Href        string
	Chosen      bool

	Actual      float64
	Running     bool // the actual amount is only what there is so far
	HasForecast bool
	Forecast    float64
	HasRange    bool
	Low, High   float64
	Source      forecast.Source
	Won         float64 // of a forecast in parts: already won, from open deals, from deals not yet opened
	Open, New   float64
	Correction  float64 // by the team's own record: the forecast is the parts and this
	InParts     bool    // the parts are shown instead of the actual amount
	TargetLine  float64
}

// top is the highest thing that is drawn for the period.
func (m *Period) top() float64 {
	top := max(m.Actual, m.Won+m.Open+m.New, m.total())
	if m.HasForecast {
		top = max(top, m.Forecast)
	}
	if m.HasRange {
		top = max(top, m.High)
	}
	return top
}

// total is what a forecast in parts comes to.
func (m *Period) total() float64 { return m.Won + m.Open + m.New + m.Correction }

func topOf(marks []Period) float64 {
	top := 0.0
	for i := range marks {
		top = max(top, marks[i].top())
	}
	return top
}

// timeChart is a chart over time before it is drawn at a width.
type timeChart struct {
	text        *i18n.Text
	unit        amountUnit
	periods     []Period
	id          string
	title, desc string
	rows        []timeRow // figures under the vertical picture
	actualHead  string    // head of the figures beside the horizontal picture
	top         float64
}

// timeRow is a row of figures under the periods.
type timeRow struct {
	name string
	of   func(*Period) (float64, bool)
}

// Measures of the vertical picture, from above. They are those of the static design.
const (
	verticalAxis   = 276.0 // where zero is
	verticalTop    = 34.0  // where the highest thing ends
	verticalLeft   = 60.0  // where the first period begins
	verticalLabel  = 298.0
	verticalYear   = 314.0
	verticalRule   = 321.0
	verticalRows   = 338.0 // the first row of figures
	verticalRow    = 19.0
	maxPeriodWidth = 118.0 // of a period, so that three of them are not far apart
)

// vertical draws the chart with the periods side by side.
func (c *timeChart) vertical(class string, width int) Picture {
	p := Picture{
		ID: c.id + "-" + class, Class: class, Width: width, Title: c.title, Desc: c.desc, Linked: true,
		Height: int(verticalRows+verticalRow*float64(len(c.rows)-1)) + 7,
	}
	w := float64(width)
	y := scale{0, c.top, verticalAxis, verticalTop}
	place := min(maxPeriodWidth, (w-verticalLeft)/float64(len(c.periods)))
	p.Marks = append(p.Marks, c.verticalGrid(y, w)...)
	foot := float64(p.Height)
	for i := range c.periods {
		left := verticalLeft + float64(i)*place
		p.Marks = append(p.Marks, c.verticalPeriod(&c.periods[i], left, place, y, foot)...)
	}
	if now := c.firstForecast(); now > 0 {
		at := verticalLeft + float64(now)*place - 2
		p.Marks = append(p.Marks, line("dash", at, 6, at, foot-7))
	}
	p.Marks = append(p.Marks, line("grid", 0, verticalRule, w, verticalRule))
	for i, row := range c.rows {
		p.Marks = append(p.Marks, drawText("", 0, verticalRows+verticalRow*float64(i), row.name))
	}
	if brackets := c.sources(place); len(brackets) > 0 {
		p.Marks = append(p.Marks, brackets...)
		p.Height += 30
	}
	return p
}

// firstForecast is the index of the first period that is not over.
func (c *timeChart) firstForecast() int {
	return slices.IndexFunc(c.periods, func(m Period) bool { return m.InParts })
}

func (c *timeChart) verticalGrid(y scale, w float64) []Shape {
	marks := []Shape{line("axis", 0, verticalAxis, w, verticalAxis)}
	step := tickStep(c.top / c.unit.size)
	last := verticalAxis
	for _, tick := range ticks(c.top / c.unit.size) {
		last = y.at(tick * c.unit.size)
		marks = append(marks, line("grid", verticalLeft-10, last, w, last), drawText("e", verticalLeft-16, last+4.5, c.text.Dec(tick, DecimalsOf(step))))
	}
	return append(marks, drawText("", 0, last-12, c.unit.name))
}

// verticalPeriod draws one period: the link around it, the bar, the forecast, and the figures below.
func (c *timeChart) verticalPeriod(m *Period, left, place float64, y scale, foot float64) []Shape {
	middle, half := left+place/2, min(20, place*0.23)
	background, strong := "hit", "t"
	if m.Chosen {
		background, strong = "sel", "tb"
	}
	marks := []Shape{Rect(background, left, 0, place-4, foot)}
	marks = append(marks, c.verticalBar(m, middle, half, y)...)
	marks = append(marks, c.verticalRange(m, middle, y)...)
	marks = append(marks, drawText(strong+" m", middle, verticalLabel, m.Label))
	if m.Year != "" {
		marks = append(marks, drawText("m s", middle, verticalYear, m.Year))
	}
	for i, row := range c.rows {
		text := i18n.Dash
		if v, known := row.of(m); known {
			text = figure(c.text, v, c.unit)
		}
		marks = append(marks, drawText(strong+" m", middle, verticalRows+verticalRow*float64(i), text))
	}
	return []Shape{linked(m.Href, m.Name, marks...)}
}

func (c *timeChart) verticalBar(m *Period, middle, half float64, y scale) []Shape {
	bar := func(class string, from, to float64) []Shape {
		if to <= from {
			return nil
		}
		return []Shape{Rect(class, middle-half, y.at(to), 2*half, y.at(from)-y.at(to))}
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
		edge.to("M", middle-half, verticalAxis).to("V", y.at(m.Actual)).to("h", 2*half).to("V", verticalAxis)
		return append(bar("came", 0, m.Actual), path("running", &edge))
	default:
		cap := min(y.at(m.Actual)+1.5, verticalAxis-1.5)
		return append(bar("came", 0, m.Actual), line("cap", middle-half, cap, middle+half, cap))
	}
}

func (c *timeChart) verticalRange(m *Period, x float64, y scale) []Shape {
	var marks []Shape
	if m.HasRange {
		low, high := y.at(max(0, m.Low)), y.at(m.High)
		var ends pathBuilder
		ends.to("M", x-5, low).to("h", 10).to("M", x-5, high).to("h", 10)
		if m.InParts {
			marks = append(marks, line("halo", x, low, x, high))
		}
		marks = append(marks, line(rangeClass(m), x, low, x, high), path("rng", &ends))
	}
	switch {
	case m.InParts && m.Correction != 0:
		marks = append(marks, dot("pt", x, y.at(m.total()), 5))
	case m.HasForecast && !m.InParts:
		marks = append(marks, dot(dotClass(m), x, y.at(m.Forecast), 5))
	}
	return marks
}

// rangeClass and dotClass show by shape where a forecast comes from: noted on the day, rebuilt later, or from imported history.
func rangeClass(m *Period) string {
	if m.Source == forecast.Imported && !m.InParts {
		return "rng imp"
	}
	return "rng"
}

func dotClass(m *Period) string {
	if m.Source.IsNoted() {
		return "pt"
	}
	return "pt o"
}
