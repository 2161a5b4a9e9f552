package handlers

// Rod is what is known about one period, on a measuring rod. Amounts are in major units.
type Rod struct {
	Won       float64 // solid, from zero
	Forecast  float64 // a post on the road
	HasRange  bool
	Low, High float64 // P10 and P90: a band, and a bracket under the scale
	HasTarget bool
	Target    float64 // a flag pole
}

func (r *Rod) top() float64 {
	top := max(r.Won, r.Forecast)
	if r.HasRange {
		top = max(top, r.High)
	}
	if r.HasTarget {
		top = max(top, r.Target)
	}
	return max(top, 1)
}

// Measures of the rod, from above.
const (
	rodRoad    = 92.0
	rodBar     = 16.0
	rodTicks   = 115.0
	rodBracket = 124.0
	rodRange   = 147.0
	rodHeight  = 152
)

// rodChart draws the rod at each width.
func (t *Text) rodChart(id, title, desc, currency string, r Rod) Chart {
	u := t.unitFor(r.top(), currency)
	c := Chart{Twin: &ChartTable{Head: []string{t.T("charts.part"), u.name}}}
	for class, width := range map[string]float64{"wide": wideWidth, "mid": midWidth, "narrow": lieWidth} {
		d := rodDrawing{text: t, unit: u, rod: &r, width: width}
		c.Pictures = append(c.Pictures, Picture{
			ID: id + "-" + class, Class: class, Width: int(width), Height: rodHeight, Title: title, Desc: desc, Marks: d.marks(),
		})
	}
	row := func(key string, amount float64) {
		c.Twin.Rows = append(c.Twin.Rows, ChartRow{t.T(key), []string{t.figure(amount, u)}})
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

type rodDrawing struct {
	text  *Text
	unit  chartUnit
	rod   *Rod
	width float64
	free  placing
}

func (d *rodDrawing) marks() []Mark {
	top := d.rod.top() / d.unit.size
	step := tickStep(top)
	end := step
	for end < top*1.02 {
		end += step
	}
	x := scale{0, end * d.unit.size, 10, d.width - 14}
	d.free.within = box{-4, 0, d.width + 4, rodHeight}
	var marks []Mark
	if d.rod.HasRange {
		from, to := x.at(max(0, d.rod.Low)), x.at(d.rod.High)
		marks = append(marks, rect("band", from, rodRoad-rodBar, to-from, rodBar))
	}
	if d.rod.Won > 0 {
		marks = append(marks, rect("won", x.from, rodRoad-rodBar, x.at(d.rod.Won)-x.from, rodBar))
	}
	marks = append(marks, d.ticks(x, step, end)...)
	forecast := post("p1", x.at(d.rod.Forecast), rodRoad, 5.5, 34)
	d.free.take(forecast)
	marks = append(marks, forecast)
	if d.rod.HasTarget {
		marks = append(marks, d.flag(x.at(d.rod.Target))...)
	}
	marks = append(marks, d.labels(x)...)
	if d.rod.HasRange {
		marks = append(marks, d.bracket(x)...)
	}
	return marks
}

func (d *rodDrawing) ticks(x scale, step, end float64) []Mark {
	marks := []Mark{line("axis", x.from, rodRoad, x.to, rodRoad), d.unitName(x)}
	decimals := decimalsOf(step)
	for i := 0.0; i*step <= end*1.0001; i++ {
		at := x.at(i * step * d.unit.size)
		marks = append(marks, line("axis", at, rodRoad, at, rodRoad+8))
		label := words("m s", at, rodTicks, d.text.Dec(i*step, decimals))
		if d.free.free(label.box.widened(1)) {
			d.free.take(label)
			marks = append(marks, label)
		}
		if half := x.at((i + 0.5) * step * d.unit.size); half < x.to && x.at(step*d.unit.size)-x.from > 60 {
			marks = append(marks, line("axis", half, rodRoad, half, rodRoad+4))
		}
	}
	return marks
}

// unitName stands under the beginning of the scale, or under its end where the range begins there.
func (d *rodDrawing) unitName(x scale) Mark {
	if d.rod.HasRange && x.at(max(0, d.rod.Low)) < textWidth(d.unit.name, smallSize)+10 {
		return words("s e", x.to, rodTicks+25, d.unit.name)
	}
	return words("s", 0, rodTicks+25, d.unit.name)
}

// flag is the pole of the target.
func (d *rodDrawing) flag(at float64) []Mark {
	pole := new(pen).to("M", at, rodRoad-40).to("V", rodRoad).to("M", at, rodRoad-39).to("h", 10)
	d.free.take(rect("", at-2, rodRoad-40, 12, 40))
	return []Mark{path("goal", pole)}
}

// labels name the forecast, the target and what is won. Each is tried at its own height first, then over the others.
func (d *rodDrawing) labels(x scale) []Mark {
	var marks []Mark
	place := func(class, key string, amount, at float64, heights ...float64) {
		text := d.text.T(key, d.text.figure(amount, d.unit))
		for _, y := range heights {
			for _, align := range []string{class + " m", class, class + " e"} {
				label := words(align, at, y, text)
				if hasClass(align, "m") && hasClass(class, "left") {
					continue
				}
				if d.free.free(label.box.widened(3)) {
					d.free.take(label)
					marks = append(marks, label)
					return
				}
			}
		}
	}
	place("tb", "charts.rod.forecast_at", d.rod.Forecast, x.at(d.rod.Forecast), 48, 30, 14)
	if d.rod.HasTarget {
		place("t", "charts.rod.target_at", d.rod.Target, x.at(d.rod.Target), 44, 28, 12)
	}
	if d.rod.Won > 0 {
		place("t left", "charts.rod.won_at", d.rod.Won, x.from, 68)
	}
	return marks
}

// bracket hangs under the scale and says the range in words, as near its middle as the picture allows.
func (d *rodDrawing) bracket(x scale) []Mark {
	from, to := x.at(max(0, d.rod.Low)), x.at(d.rod.High)
	hanger := new(pen).to("M", from, rodBracket).to("v", 6).to("H", to).to("v", -6)
	text := d.text.T("charts.rod.range", d.text.figure(max(0, d.rod.Low), d.unit), d.text.figure(d.rod.High, d.unit))
	half := textWidth(text, textSize) / 2
	unit := textWidth(d.unit.name, smallSize) + 10
	middle := min(max((from+to)/2, unit+half), d.width-half)
	return []Mark{path("rng", hanger), words("m", middle, rodRange, text)}
}
