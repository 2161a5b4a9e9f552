package chart

import (
	"milstolpe/handlers/i18n"
)

// BulletChart is what is known about one period, to be drawn as a bullet chart: amounts along one scale. Amounts are in major units.
type BulletChart struct {
	Won       float64 // solid, from zero
	Forecast  float64 // a milestone marker on the baseline
	HasRange  bool
	Low, High float64 // P10 and P90: a band, and a bracket under the scale
	HasTarget bool
	Target    float64 // a flag
}

func (r *BulletChart) top() float64 {
	top := max(r.Won, r.Forecast)
	if r.HasRange {
		top = max(top, r.High)
	}
	if r.HasTarget {
		top = max(top, r.Target)
	}
	return max(top, 1)
}

// Measures of the bullet chart, from above.
const (
	bulletBaseline = 92.0
	bulletBar      = 16.0
	bulletTicks    = 115.0
	bulletBracket  = 124.0
	bulletRange    = 147.0
	bulletHeight   = 152
)

// Bullet draws the bullet chart at each width, with its amounts as a table. Currency is a code such as SEK.
func Bullet(t *i18n.Text, id, title, desc, currency string, r BulletChart) Chart {
	u := unitFor(t, r.top(), currency)
	c := Chart{Twin: &DataTable{Head: []string{t.T("charts.part"), u.name}}}
	for _, of := range []struct {
		class string
		width float64
	}{{"wide", wideWidth}, {"mid", midWidth}, {"narrow", narrowWidth}} {
		d := bulletDrawing{text: t, unit: u, data: &r, width: of.width}
		c.Pictures = append(c.Pictures, Picture{
			ID: id + "-" + of.class, Class: of.class, Width: int(of.width), Height: bulletHeight, Title: title, Desc: desc, Marks: d.marks(),
		})
	}
	row := func(key string, amount float64) {
		c.Twin.Rows = append(c.Twin.Rows, DataRow{t.T(key), []string{figure(t, amount, u)}})
	}
	row("charts.rod.won", r.Won)
	row("charts.rod.forecast", r.Forecast)
	if r.HasRange {
		row("charts.rod.low", r.Low)
		row("charts.rod.high", r.High)
	}
	if r.HasTarget {
		row("charts.rod.target", r.Target)
	}
	return c
}

type bulletDrawing struct {
	text  *i18n.Text
	unit  amountUnit
	data  *BulletChart
	width float64
	free  labelPlacer
}

func (d *bulletDrawing) marks() []Shape {
	top := d.data.top() / d.unit.size
	step := tickStep(top)
	end := step
	for end < top*1.02 {
		end += step
	}
	x := scale{0, end * d.unit.size, 10, d.width - 14}
	d.free.within = box{-4, 0, d.width + 4, bulletHeight}
	var marks []Shape
	if d.data.HasRange {
		from, to := x.at(max(0, d.data.Low)), x.at(d.data.High)
		marks = append(marks, Rect("band", from, bulletBaseline-bulletBar, to-from, bulletBar))
	}
	if d.data.Won > 0 {
		marks = append(marks, Rect("won", x.from, bulletBaseline-bulletBar, x.at(d.data.Won)-x.from, bulletBar))
	}
	marks = append(marks, d.ticks(x, step, end)...)
	forecast := marker("p1", x.at(d.data.Forecast), bulletBaseline, 5.5, 34)
	d.free.take(forecast)
	marks = append(marks, forecast)
	if d.data.HasTarget {
		marks = append(marks, d.targetFlag(x.at(d.data.Target))...)
	}
	marks = append(marks, d.labels(x)...)
	if d.data.HasRange {
		marks = append(marks, d.rangeBracket(x)...)
	}
	return marks
}

func (d *bulletDrawing) ticks(x scale, step, end float64) []Shape {
	marks := []Shape{line("axis", x.from, bulletBaseline, x.to, bulletBaseline), d.unitName(x)}
	decimals := DecimalsOf(step)
	for i := 0.0; i*step <= end*1.0001; i++ {
		at := x.at(i * step * d.unit.size)
		marks = append(marks, line("axis", at, bulletBaseline, at, bulletBaseline+8))
		label := drawText("m s", at, bulletTicks, d.text.Dec(i*step, decimals))
		if d.free.free(label.box.grow(1)) {
			d.free.take(label)
			marks = append(marks, label)
		}
		if half := x.at((i + 0.5) * step * d.unit.size); half < x.to && x.at(step*d.unit.size)-x.from > 60 {
			marks = append(marks, line("axis", half, bulletBaseline, half, bulletBaseline+4))
		}
	}
	return marks
}

// unitName is under the beginning of the scale, or under its end where the range begins there.
func (d *bulletDrawing) unitName(x scale) Shape {
	if d.data.HasRange && x.at(max(0, d.data.Low)) < textWidth(d.unit.name, smallSize)+10 {
		return drawText("s e", x.to, bulletTicks+25, d.unit.name)
	}
	return drawText("s", 0, bulletTicks+25, d.unit.name)
}

// targetFlag is the flag at the target.
func (d *bulletDrawing) targetFlag(at float64) []Shape {
	pole := new(pathBuilder).to("M", at, bulletBaseline-40).to("V", bulletBaseline).to("M", at, bulletBaseline-39).to("h", 10)
	d.free.take(Rect("", at-2, bulletBaseline-40, 12, 40))
	return []Shape{path("goal", pole)}
}

// labels name the forecast, the target and what is won. Each is tried at its own height first, then over the others.
func (d *bulletDrawing) labels(x scale) []Shape {
	var marks []Shape
	place := func(class, key string, amount, at float64, heights ...float64) {
		text := d.text.T(key, figure(d.text, amount, d.unit))
		for _, y := range heights {
			for _, align := range []string{class + " m", class, class + " e"} {
				label := drawText(align, at, y, text)
				if hasClass(align, "m") && hasClass(class, "left") {
					continue
				}
				if d.free.free(label.box.grow(3)) {
					d.free.take(label)
					marks = append(marks, label)
					return
				}
			}
		}
	}
	place("tb", "charts.rod.forecast_at", d.data.Forecast, x.at(d.data.Forecast), 48, 30, 14)
	if d.data.HasTarget {
		place("t", "charts.rod.target_at", d.data.Target, x.at(d.data.Target), 44, 28, 12)
	}
	if d.data.Won > 0 {
		place("t left", "charts.rod.won_at", d.data.Won, x.from, 68)
	}
	return marks
}

// rangeBracket hangs under the scale and says the range in words, as near its middle as the picture allows.
func (d *bulletDrawing) rangeBracket(x scale) []Shape {
	from, to := x.at(max(0, d.data.Low)), x.at(d.data.High)
	hanger := new(pathBuilder).to("M", from, bulletBracket).to("v", 6).to("H", to).to("v", -6)
	text := d.text.T("charts.rod.range", figure(d.text, max(0, d.data.Low), d.unit), figure(d.text, d.data.High, d.unit))
	half := textWidth(text, textSize) / 2
	unit := textWidth(d.unit.name, smallSize) + 10
	middle := min(max((from+to)/2, unit+half), d.width-half)
	return []Shape{path("rng", hanger), drawText("m", middle, bulletRange, text)}
}
