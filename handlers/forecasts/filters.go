package forecasts

import (
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// filters are the periods of the year that the page is about, the lengths, and by what the table is.
func (f *forecastView) filters() []parts.FilterGroup {
	p := f.period()
	kinds := parts.FilterGroup{}
	for _, k := range process.PeriodKinds {
		at := f.model.Team().Calendar().Period(k, f.day)
		kinds.Words = append(kinds.Words, parts.Choice(k == p.Kind, f.T(wording.PeriodKindKeys[k]), f.ask.href(urls.ForecastPath, "period", at.Label())))
	}
	groups := []parts.FilterGroup{f.neighbours(), kinds}
	if f.ask.scope() != (forecast.Scope{}) {
		if g := f.scopeFilter(); len(g.Words) > 0 {
			groups = append(groups, g)
		}
	}
	groups = append(groups, f.pickFilters()...)
	calls := parts.FilterGroup{Words: []parts.FilterLink{{Text: f.T("forecast.calls"), Href: urls.CallsPath + "?period=" + p.Label()}, {Text: f.T("forecast.board"), Href: urls.BoardPath}}}
	return append(groups, calls, web.DownloadLinks(f.Text, f.ask.href(urls.ForecastPath)))
}

// neighbours are the quarters of the year; of other lengths the one before, this one and the two after.
func (f *forecastView) neighbours() parts.FilterGroup {
	p := f.period()
	var g parts.FilterGroup
	add := func(q process.Period, text string) {
		if q.End < f.model.FirstOpened() {
			return
		}
		g.Words = append(g.Words, parts.Choice(q.Start == p.Start, text, f.ask.href(urls.ForecastPath, "period", q.Label())))
	}
	if p.Kind == process.Quarter {
		first := p.Back(p.Number - 1)
		for range 4 {
			add(first, wording.AxisLabel(f.Amounts.Text, first))
			first = first.Next()
		}
		add(first, f.Period(first))
		return g
	}
	q := p.Previous()
	for range 4 {
		add(q, wording.PeriodName(f.Amounts.Text, q))
		q = q.Next()
	}
	return g
}

func (f *forecastView) scopeFilter() parts.FilterGroup {
	in := f.ask.scope()
	var g parts.FilterGroup
	for _, one := range []struct{ name, all, param string }{
		{f.model.Team().Person(in.Seller), "outcome.all_sellers", "seller"},
		{f.model.Team().Customer(in.Customer), "outcome.all_customers", "customer"},
		{f.processName(in.Process), "outcome.all_processes", "process"},
		{f.waited(), "forecast.all_milestones", "next"},
	} {
		if one.name != "" {
			g.Words = append(g.Words, parts.FilterLink{Text: one.name}, parts.FilterLink{Text: f.T(one.all), Href: f.ask.href(urls.ForecastPath, one.param, "")})
		}
	}
	return g
}

// pickFilters are the team's own lists.
func (f *forecastView) pickFilters() []parts.FilterGroup {
	return wording.PickFilters(f.Amounts.Text, f.model.Team().Lists(), process.Picks(f.ask.Pick),
		func(p process.Picks) string { return f.ask.href(urls.ForecastPath, "pick", string(p)) },
		func(id process.ListID) string {
			return f.ask.href(urls.ForecastPath, "by", string(forecast.ByList(id))) + "#groups"
		})
}

func (f *forecastView) processName(id process.ProcessID) string {
	if p, ok := f.model.Team().Process(id); ok && id != "" {
		return p.Name()
	}
	return ""
}

// waited is the milestone that the page is narrowed to.
func (f *forecastView) waited() string {
	if f.ask.Next == "" {
		return ""
	}
	return f.nextName(f.ask.Next)
}

// printLine says on paper which forecast it is.
func (f *forecastView) printLine() string {
	line := f.T("forecast.print", wording.PeriodName(f.Amounts.Text, f.period()), f.Day(f.day))
	for _, w := range f.scopeFilter().Words {
		if w.Href == "" {
			line += " · " + w.Text
		}
	}
	for _, c := range wording.PickChoices(f.Amounts.Text, f.model.Team().Lists(), process.Picks(f.ask.Pick)) {
		if c.Value != c.Options[0].Value {
			line += " · " + c.Label + ": " + c.Chosen()
		}
	}
	return line
}
