package handlers

import (
	"milstolpe/process/forecast"
)

// The widths at which a chart over time is drawn side by side; below them it lies down.
const (
	wideWidth = 944
	midWidth  = 700
)

// outcomeChart shows what came as bars, and what was said about each period as a dot on its range.
func (t *Text) outcomeChart(id, title, desc, currency string, marks []PeriodMark) Chart {
	top := topOf(marks)
	c := timeChart{
		text: t, unit: t.unitFor(top, currency), marks: marks, id: id, title: title, desc: desc, top: max(top, 1), came: t.T("charts.came"),
		rows: []timeRow{
			{t.T("charts.said_row"), func(m *PeriodMark) (float64, bool) { return m.Said, m.HasSaid }},
			{t.T("charts.came_row"), func(m *PeriodMark) (float64, bool) { return m.Came, true }},
		},
	}
	return Chart{Pictures: c.pictures(), Key: t.outcomeKey(marks)}
}

// outlookChart shows what came in the periods that have been, and the parts of the forecast of those to come.
func (t *Text) outlookChart(id, title, desc, currency string, marks []PeriodMark) Chart {
	top := topOf(marks)
	u := t.unitFor(top, currency)
	c := timeChart{
		text: t, unit: u, marks: marks, id: id, title: title, desc: desc, top: max(top, 1), came: u.name,
		rows: []timeRow{{u.name, func(m *PeriodMark) (float64, bool) {
			if m.Forecast {
				return m.Won + m.Open + m.New, true
			}
			return m.Came, true
		}}},
	}
	chart := Chart{Pictures: c.pictures(), Key: t.outlookKey(marks), Twin: &ChartTable{Head: []string{t.T("charts.period"), u.name}}}
	for i := range marks {
		name := marks[i].Name
		if marks[i].Forecast {
			name = t.T("charts.period_forecast", name)
		}
		chart.Twin.Rows = append(chart.Twin.Rows, ChartRow{name, []string{c.lieFigure(&marks[i])}})
	}
	return chart
}

func (c *timeChart) pictures() []Picture {
	return []Picture{c.stand("wide", wideWidth), c.stand("mid", midWidth), c.lie()}
}

// Copies of the marks for a key.
var (
	keyCame = []Mark{rect("came", 2, 3, 18, 13), line("cap", 2, 3, 20, 3)}
	keySaid = []Mark{path("rng", new(pen).to("M", 11, 1).to("v", 14).to("M", 7, 1).to("h", 8).to("M", 7, 15).to("h", 8))}
)

func (t *Text) outcomeKey(marks []PeriodMark) []KeyEntry {
	key := []KeyEntry{{keyCame, t.T("charts.came")}}
	var running, noted, later bool
	for i := range marks {
		m := &marks[i]
		running = running || m.Running
		noted = noted || m.HasSaid && m.Source == forecast.Noted
		later = later || m.HasSaid && m.Source != forecast.Noted
	}
	if running {
		edge := new(pen).to("M", 3, 16).to("V", 3).to("h", 16).to("v", 13)
		key = append(key, KeyEntry{[]Mark{rect("came", 3, 3, 16, 13), path("running", edge)}, t.T("charts.so_far")})
	}
	said := func(class string) []Mark { return append(keySaid[:1:1], dot(class, 11, 8, 4)) }
	switch {
	case noted && later:
		return append(key, KeyEntry{said("pt"), t.T("charts.said")}, KeyEntry{said("pt o"), t.T("charts.said_later")})
	case noted:
		return append(key, KeyEntry{said("pt"), t.T("charts.said")})
	case later:
		return append(key, KeyEntry{said("pt o"), t.T("charts.said_only_later")})
	}
	return key
}

func (t *Text) outlookKey(marks []PeriodMark) []KeyEntry {
	var came, won, open, fresh, ranged bool
	for i := range marks {
		m := &marks[i]
		came = came || !m.Forecast
		won, open, fresh, ranged = won || m.Won > 0, open || m.Open > 0, fresh || m.New > 0, ranged || m.HasRange
	}
	var key []KeyEntry
	add := func(shown bool, text string, marks ...Mark) {
		if shown {
			key = append(key, KeyEntry{marks, t.T(text)})
		}
	}
	add(came, "charts.came", keyCame...)
	add(won, "charts.won_so_far", rect("won", 2, 3, 18, 13))
	add(open, "charts.from_open", rect("exp", 2, 3, 18, 13))
	add(fresh, "charts.not_opened", rect("new", 2, 3, 18, 12))
	add(ranged, "charts.range", keySaid...)
	return key
}
