package handlers

import (
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// filters are the periods of the year that the page is about, the lengths, and by what the table is.
func (f *forecastView) filters() []FilterGroup {
	p := f.period()
	kinds := FilterGroup{}
	for _, k := range process.PeriodKinds {
		at := f.team().Calendar().Period(k, f.day)
		kinds.Words = append(kinds.Words, choice(k == p.Kind, f.T(kindWords[k]), f.ask.href(forecastURL, "period", at.Label())))
	}
	groups := []FilterGroup{f.neighbours(), kinds}
	if f.ask.scope() != (forecast.Scope{}) {
		groups = append(groups, f.scopeFilter())
	}
	calls := FilterGroup{Words: []FilterWord{{Text: f.T("forecast.calls"), Href: callsPath + "?period=" + p.Label()}}}
	return append(groups, calls, takeAways(f.Text, f.ask.href(forecastURL)))
}

// neighbours are the quarters of the year; of other lengths the one before, this one and the two after.
func (f *forecastView) neighbours() FilterGroup {
	p := f.period()
	var g FilterGroup
	add := func(q process.Period, text string) {
		if q.End < f.model.FirstOpened() {
			return
		}
		g.Words = append(g.Words, choice(q.Start == p.Start, text, f.ask.href(forecastURL, "period", q.Label())))
	}
	if p.Kind == process.Quarter {
		first := p.Back(p.Number - 1)
		for range 4 {
			add(first, f.axisLabel(first))
			first = first.Next()
		}
		add(first, f.Period(first))
		return g
	}
	q := p.Previous()
	for range 4 {
		add(q, f.periodName(q))
		q = q.Next()
	}
	return g
}

func (f *forecastView) scopeFilter() FilterGroup {
	in := f.ask.scope()
	var g FilterGroup
	for _, one := range []struct{ name, all, param string }{
		{f.team().Person(in.Seller), "outcome.all_sellers", "seller"},
		{f.team().Customer(in.Customer), "outcome.all_customers", "customer"},
		{f.processName(in.Process), "outcome.all_processes", "process"},
		{f.waited(), "forecast.all_milestones", "next"},
	} {
		if one.name != "" {
			g.Words = append(g.Words, FilterWord{Text: one.name}, FilterWord{Text: f.T(one.all), Href: f.ask.href(forecastURL, one.param, "")})
		}
	}
	return g
}

func (f *forecastView) processName(id process.ProcessID) string {
	if p, ok := f.team().Process(id); ok && id != "" {
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
	line := f.T("forecast.print", f.periodName(f.period()), f.Day(f.day))
	for _, w := range f.scopeFilter().Words {
		if w.Href == "" {
			line += " · " + w.Text
		}
	}
	return line
}
