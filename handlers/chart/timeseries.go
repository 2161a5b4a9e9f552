package chart

import (
	"milstolpe/handlers/i18n"
)

// The widths at which a chart over time is drawn side by side; on narrower pages it has one period a row.
const (
	wideWidth = 944
	midWidth  = 700
)

// Outcome shows the actual amounts as bars, and what was forecast for each period as a dot on its range. Currency is a code such
// as SEK.
func Outcome(t *i18n.Text, id, title, desc, currency string, marks []Period) Chart {
	top := topOf(marks)
	c := timeChart{
		text: t, unit: unitFor(t, top, currency), periods: marks, id: id, title: title, desc: desc, top: max(top, 1), actualHead: t.T("charts.came"),
		rows: []timeRow{
			{t.T("charts.said_row"), func(m *Period) (float64, bool) { return m.Forecast, m.HasForecast }},
			{t.T("charts.came_row"), func(m *Period) (float64, bool) { return m.Actual, true }},
		},
	}
	return Chart{Pictures: c.pictures(), Key: outcomeKey(t, marks)}
}

// Forecast shows the actual amounts of the periods that are over, and the parts of the forecast of those to come, with a table of
// the same numbers.
func Forecast(t *i18n.Text, id, title, desc, currency string, marks []Period) Chart {
	top := topOf(marks)
	u := unitFor(t, top, currency)
	c := timeChart{
		text: t, unit: u, periods: marks, id: id, title: title, desc: desc, top: max(top, 1), actualHead: u.name,
		rows: []timeRow{{u.name, func(m *Period) (float64, bool) {
			if m.InParts {
				return m.total(), true
			}
			return m.Actual, true
		}}},
	}
	chart := Chart{Pictures: c.pictures(), Key: forecastKey(t, marks), Twin: &DataTable{Head: []string{t.T("charts.period"), u.name}}}
	for i := range marks {
		name := marks[i].Name
		if marks[i].InParts {
			name = t.T("charts.period_forecast", name)
		}
		chart.Twin.Rows = append(chart.Twin.Rows, DataRow{name, []string{c.horizontalFigure(&marks[i])}})
	}
	return chart
}

func (c *timeChart) pictures() []Picture {
	return []Picture{c.vertical("wide", wideWidth), c.vertical("mid", midWidth), c.horizontal()}
}

// Copies of the shapes for a legend.
var (
	actualShapes = []Shape{Rect("came", 2, 3, 18, 13), line("cap", 2, 3, 20, 3)}
	rangeShapes  = []Shape{path("rng", new(pathBuilder).to("M", 11, 1).to("v", 14).to("M", 7, 1).to("h", 8).to("M", 7, 15).to("h", 8))}
)

func outcomeKey(t *i18n.Text, marks []Period) []LegendEntry {
	key := []LegendEntry{{actualShapes, t.T("charts.came")}}
	var running, noted, later bool
	for i := range marks {
		m := &marks[i]
		running = running || m.Running
		noted = noted || m.HasForecast && m.Source.IsNoted()
		later = later || m.HasForecast && !m.Source.IsNoted()
	}
	if running {
		edge := new(pathBuilder).to("M", 3, 16).to("V", 3).to("h", 16).to("v", 13)
		key = append(key, LegendEntry{[]Shape{Rect("came", 3, 3, 16, 13), path("running", edge)}, t.T("charts.so_far")})
	}
	said := func(class string) []Shape { return append(rangeShapes[:1:1], dot(class, 11, 8, 4)) }
	switch {
	case noted && later:
		return append(key, LegendEntry{said("pt"), t.T("charts.said")}, LegendEntry{said("pt o"), t.T("charts.said_later")})
	case noted:
		return append(key, LegendEntry{said("pt"), t.T("charts.said")})
	case later:
		return append(key, LegendEntry{said("pt o"), t.T("charts.said_only_later")})
	}
	return key
}

func forecastKey(t *i18n.Text, marks []Period) []LegendEntry {
	var came, won, open, fresh, corrected, ranged bool
	for i := range marks {
		m := &marks[i]
		came = came || !m.InParts
		won, open, fresh, ranged = won || m.Won > 0, open || m.Open > 0, fresh || m.New > 0, ranged || m.HasRange
		corrected = corrected || m.InParts && m.Correction != 0
	}
	var key []LegendEntry
	add := func(shown bool, text string, marks ...Shape) {
		if shown {
			key = append(key, LegendEntry{marks, t.T(text)})
		}
	}
	add(came, "charts.came", actualShapes...)
	add(won, "charts.won_so_far", Rect("won", 2, 3, 18, 13))
	add(open, "charts.from_open", Rect("exp", 2, 3, 18, 13))
	add(fresh, "charts.not_opened", Rect("new", 2, 3, 18, 12))
	add(corrected, "charts.corrected", dot("pt", 11, 9, 5))
	add(ranged, "charts.range", rangeShapes...)
	return key
}
