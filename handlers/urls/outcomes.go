package urls

import (
	"net/url"

	"milstolpe/process/forecast"
)

// How reliable the chances were, and how long deals took.
const (
	CalibrationPath      = "/outcome/calibration"
	CalibrationDealsPath = "/outcome/calibration/deals"
	TimingPath           = "/outcome/timing"
)

// OutcomeQuery is what the address of an outcome page asks for, as it stands there. What cannot be read is as if it were not there: an
// address that somebody sent keeps working when a seller or a period is no longer to be found.
type OutcomeQuery struct {
	Period   string `query:"period"`   // week, month, quarter, year
	Lead     string `query:"lead"`     // said so many periods before
	From     string `query:"from"`     // days
	To       string `query:"to"`       //
	Seller   string `query:"seller"`   // identities
	Process  string `query:"process"`  //
	Customer string `query:"customer"` //
	Pick     string `query:"pick"`     // choices of the team's own lists, see process.Picks
	Chosen   string `query:"chosen"`   // label of a period: 2026-Q1
	By       string `query:"by"`       // what the groups are: seller, process, customer, list:region
	Bar      string `query:"bar"`      // which number's deals
	Next     string `query:"next"`     // only deals that waited for this milestone; "-" for those that had passed them all
	Reason   string `query:"reason"`   // only deals that were lost for this; "-" for those of which nobody said why
}

// Href is the address of a page with the same question, but for the changes: name, value, name, value. An empty value leaves it out.
func (a OutcomeQuery) Href(path string, changes ...string) string {
	values := url.Values{}
	for _, pair := range [][2]string{
		{"period", a.Period},
		{"lead", a.Lead},
		{"from", a.From},
		{"to", a.To},
		{"seller", a.Seller},
		{"process", a.Process},
		{"customer", a.Customer},
		{"pick", a.Pick},
		{"chosen", a.Chosen},
		{"by", a.By},
	} {
		if pair[1] != "" {
			values.Set(pair[0], pair[1])
		}
	}
	return Address(path, values, changes)
}

// Forecast against actual, and the deals behind a number of it.
const (
	OutcomePath      = "/outcome"
	OutcomeDealsPath = "/outcome/deals"
)

// Grouping is by what the table of groups is; sellers unless something else is asked for.
func (a *OutcomeQuery) Grouping() forecast.Grouping {
	switch g := forecast.Grouping(a.By); g {
	case forecast.ByProcess, forecast.ByCustomer:
		return g
	case forecast.BySeller, forecast.ByMilestone:
	default:
		if _, of := g.List(); of {
			return g
		}
	}
	return forecast.BySeller
}

// What the forecasts of people were worth.
const (
	SellersPath    = "/outcome/sellers"
	ValueAddedPath = "/outcome/value-added"
	PersonPath     = "/people/"
)
