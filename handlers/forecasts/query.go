package forecasts

import (
	"net/url"

	"milstolpe/handlers/urls"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// forecastQuery is what the address of a forecast page asks for. As with outcomes, what cannot be read is as if it were not there.
type forecastQuery struct {
	Period   string `query:"period"` // a label, 2026-Q4
	Day      string `query:"day"`    // as it stood on this day
	By       string `query:"by"`     // seller, customer, process, milestone, list:region
	Seller   string `query:"seller"` // identities
	Process  string `query:"process"`
	Customer string `query:"customer"`
	Pick     string `query:"pick"` // choices of the team's own lists, see process.Picks
	Next     string `query:"next"` // only deals that wait for this milestone; "-" for those that have passed them all
	Part     string `query:"part"` // which number's deals: won, open, all
	From     string `query:"from"` // days between which changes are shown
	To       string `query:"to"`
}

func (a forecastQuery) href(path string, changes ...string) string {
	values := url.Values{}
	for _, pair := range [][2]string{
		{"period", a.Period},
		{"day", a.Day},
		{"by", a.By},
		{"seller", a.Seller},
		{"process", a.Process},
		{"customer", a.Customer},
		{"pick", a.Pick},
		{"next", a.Next},
	} {
		if pair[1] != "" {
			values.Set(pair[0], pair[1])
		}
	}
	return urls.Address(path, values, changes)
}

func (a *forecastQuery) scope() forecast.Scope {
	in := forecast.Scope{Seller: process.PersonID(a.Seller), Process: process.ProcessID(a.Process), Customer: process.CustomerID(a.Customer), Picks: process.Picks(a.Pick)}
	waitsFor(&in, a.Next)
	return in
}

// waitsFor narrows a scope to the deals that wait for a milestone.
func waitsFor(in *forecast.Scope, next string) {
	switch in.ByNext = next != ""; next {
	case "", wording.AllPassed:
	default:
		in.Next = process.MilestoneID(next)
	}
}

func (a *forecastQuery) grouping() forecast.Grouping {
	if a.By == string(forecast.ByMilestone) {
		return forecast.ByMilestone
	}
	ask := urls.OutcomeQuery{By: a.By}
	return ask.Grouping()
}

// period is the one that is asked for, or the quarter that is running on the day.
func (a *forecastQuery) period(calendar process.Calendar, day process.Date) process.Period {
	if p, err := calendar.ParsePeriod(a.Period); err == nil {
		return p
	}
	return calendar.Period(process.Quarter, day)
}

// day is the one from which the forecast looks: today, or an earlier day that is asked for.
func (a *forecastQuery) day(m *forecast.Model) process.Date {
	if d, err := process.ParseDate(a.Day); err == nil && d >= m.FirstOpened() {
		return min(d, m.Today())
	}
	return m.Today()
}
