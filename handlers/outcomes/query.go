package outcomes

import (
	"strconv"

	"milstolpe/handlers/urls"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// kind is the length of the periods; quarters unless something else is asked for.
func kind(a *urls.OutcomeQuery) process.PeriodKind {
	if k, err := process.ParsePeriodKind(a.Period); err == nil {
		return k
	}
	return process.Quarter
}

const maxLead = 2 // that the page offers; an address may ask for more

func lead(a *urls.OutcomeQuery) int {
	if n, err := strconv.Atoi(a.Lead); err == nil && n >= 0 && n <= 52 {
		return n
	}
	return 0
}

func scope(a *urls.OutcomeQuery) forecast.Scope {
	return forecast.Scope{Seller: process.PersonID(a.Seller), Process: process.ProcessID(a.Process), Customer: process.CustomerID(a.Customer), Picks: process.Picks(a.Pick)}
}

// shownPeriods is how far back a report goes when nobody says from when: five years, a year of weeks.
var shownPeriods = map[process.PeriodKind]int{process.Week: 52, process.Month: 36, process.Quarter: 20, process.Year: 20}

// query is what the model is asked. The period that is chosen is always in it.
func query(a *urls.OutcomeQuery, m *forecast.Model) (q forecast.Query, chosen process.Period) {
	calendar := m.Team().Calendar()
	q = forecast.Query{Kind: kind(a), Lead: lead(a), Scope: scope(a), To: m.Today()}
	if day, err := process.ParseDate(a.To); err == nil {
		q.To = min(day, q.To)
	}
	first := min(m.FirstOpened(), q.To)
	q.From = max(first, calendar.Period(q.Kind, q.To).Back(shownPeriods[q.Kind]-1).Start)
	if day, err := process.ParseDate(a.From); err == nil {
		q.From = min(max(day, first), q.To)
	}
	if p, err := calendar.ParsePeriod(a.Chosen); err == nil && p.Kind == q.Kind && p.End >= first && p.Start <= m.Today() {
		chosen = p
		q.From, q.To = min(q.From, p.Start), max(q.To, min(p.End, m.Today()))
	}
	return q, chosen
}

// since is the address with everything from the first deal on, where less is shown.
func since(a *urls.OutcomeQuery, m *forecast.Model, q forecast.Query) (href string, less bool) {
	first := m.Team().Calendar().Period(q.Kind, m.FirstOpened())
	if q.From <= first.End {
		return "", false
	}
	return a.Href(urls.OutcomePath, "from", first.Start.String()), true
}
