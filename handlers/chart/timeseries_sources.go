package chart

import (
	"milstolpe/process/forecast"
)

// sourceRun is a row of neighbouring periods whose forecasts have the same source.
type sourceRun struct {
	source     forecast.Source
	first, end int
}

func (c *timeChart) runs() []sourceRun {
	var list []sourceRun
	for i := range c.periods {
		m := &c.periods[i]
		if !m.HasForecast || m.Source == "" {
			continue
		}
		if n := len(list); n > 0 && list[n-1].end == i && list[n-1].source == m.Source {
			list[n-1].end++
			continue
		}
		list = append(list, sourceRun{m.Source, i, i + 1})
	}
	return list
}

// sources says in words, in brackets under the periods, which forecasts were noted, rebuilt, or rebuilt from imported history. Words
// that have no room are tried shorter, and then left to the table.
func (c *timeChart) sources(place float64) []Shape {
	var marks []Shape
	top := verticalRows + verticalRow*float64(len(c.rows)-1) + 12
	for _, r := range c.runs() {
		from, to := verticalLeft+float64(r.first)*place+4, verticalLeft+float64(r.end)*place-8
		var bracket pathBuilder
		bracket.to("M", from, top).to("v", 5).to("H", to).to("v", -5)
		marks = append(marks, path("grid", &bracket))
		for _, key := range []string{"charts.source." + string(r.source), "charts.source.short." + string(r.source)} {
			if text := c.text.T(key); textWidth(text, smallSize) <= to-from+8 {
				marks = append(marks, drawText("m s", (from+to)/2, top+20, text))
				break
			}
		}
	}
	return marks
}
