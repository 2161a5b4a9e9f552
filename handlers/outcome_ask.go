package handlers

import (
	"net/url"
	"strconv"

	"milstolpe/process"
	"milstolpe/process/forecast"
)

// outcomeAsk is what the address of an outcome page asks for, as it stands there. What cannot be read is as if it were not there: an
// address that somebody sent keeps working when a seller or a period is no longer to be found.
type outcomeAsk struct {
	Period   string `query:"period"`   // week, month, quarter, year
	Lead     string `query:"lead"`     // said so many periods before
	From     string `query:"from"`     // days
	To       string `query:"to"`       //
	Seller   string `query:"seller"`   // identities
	Process  string `query:"process"`  //
	Customer string `query:"customer"` //
	Chosen   string `query:"chosen"`   // label of a period: 2026-Q1
	By       string `query:"by"`       // what the groups are: seller, process, customer
	Bar      string `query:"bar"`      // which number's deals
	Next     string `query:"next"`     // only deals that waited for this milestone; "-" for those that had passed them all
	Reason   string `query:"reason"`   // only deals that were lost for this; "-" for those of which nobody said why
}

// href is the address of a page with the same question, but for the changes: name, value, name, value. An empty value leaves it out.
func (a outcomeAsk) href(path string, changes ...string) string {
	values := url.Values{}
	for _, pair := range [][2]string{
		{"period", a.Period},
		{"lead", a.Lead},
		{"from", a.From},
		{"to", a.To},
		{"seller", a.Seller},
		{"process", a.Process},
		{"customer", a.Customer},
		{"chosen", a.Chosen},
		{"by", a.By},
	} {
		if pair[1] != "" {
			values.Set(pair[0], pair[1])
		}
	}
	return address(path, values, changes)
}

const (
	outcomePath      = "/outcome"
	outcomeDealsPath = "/outcome/deals"
)

// kind is the length of the periods; quarters unless something else is asked for.
func (a *outcomeAsk) kind() process.PeriodKind {
	if k, err := process.ParsePeriodKind(a.Period); err == nil {
		return k
	}
	return process.Quarter
}

const mostLead = 2 // that the page offers; an address may ask for more

func (a *outcomeAsk) lead() int {
	if n, err := strconv.Atoi(a.Lead); err == nil && n >= 0 && n <= 52 {
		return n
	}
	return 0
}

func (a *outcomeAsk) scope() forecast.Scope {
	return forecast.Scope{Seller: process.PersonID(a.Seller), Process: process.ProcessID(a.Process), Customer: process.CustomerID(a.Customer)}
}

// grouping is by what the table of groups is; sellers unless something else is asked for.
func (a *outcomeAsk) grouping() forecast.Grouping {
	switch g := forecast.Grouping(a.By); g {
	case forecast.ByProcess, forecast.ByCustomer:
		return g
	case forecast.BySeller, forecast.ByMilestone:
	}
	return forecast.BySeller
}

// shownPeriods is how far back a report goes when nobody says from when: five years, a year of weeks.
var shownPeriods = map[process.PeriodKind]int{process.Week: 52, process.Month: 36, process.Quarter: 20, process.Year: 20}

// query is what the model is asked. The period that is chosen is always in it.
func (a *outcomeAsk) query(m *forecast.Model) (q forecast.Query, chosen process.Period) {
	calendar := m.Team().Calendar()
	q = forecast.Query{Kind: a.kind(), Lead: a.lead(), Scope: a.scope(), To: m.Today()}
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
func (a *outcomeAsk) since(m *forecast.Model, q forecast.Query) (href string, less bool) {
	first := m.Team().Calendar().Period(q.Kind, m.FirstOpened())
	if q.From <= first.End {
		return "", false
	}
	return a.href(outcomePath, "from", first.Start.String()), true
}
