package urls

import (
	"net/url"

	"milstolpe/process"
)

// CustomersPath is the list of customers.
const CustomersPath = "/customers"

// CustomerPath is the address of a customer's page.
func CustomerPath(id process.CustomerID) string {
	return CustomersPath + "/" + url.PathEscape(string(id))
}

// DealPath is the address of a deal's page.
func DealPath(id process.DealID) string { return "/deals/" + url.PathEscape(string(id)) }

// DealsQuery is what the query string asks of the list of deals.
type DealsQuery struct {
	Status   string `query:"status"`   // "" for open ones, closed, or an outcome
	Seller   string `query:"seller"`   // a person's identity
	Customer string `query:"customer"` // likewise
	Q        string `query:"q"`
	Pick     string `query:"pick"`    // choices of the team's own lists, see process.Picks
	Closes   string `query:"closes"`  // a period's label: expected to close in it, or closed; passed for those whose day has gone by
	Next     string `query:"next"`    // a milestone's key; "-" for deals that have passed them all, "~" for those of which it is not known
	Stalled  string `query:"stalled"` // 1 for stalled ones, long for twice the normal wait, soon for those that stall within a week
	Changed  string `query:"changed"` // days
	Planned  string `query:"planned"` // none for those with no next activity
	Sort     string `query:"sort"`    // "" by next milestone, value, close, customer
	All      string `query:"all"`     // 1 shows every row
}

// Values of the query.
const (
	StatusClosed = "closed"
	Yes          = "1"
	StallsSoon   = "soon"
	LongStalled  = "long"
	NothingNext  = "-"
	ClosePassed  = "passed"
	NonePlanned  = "none"
	UnknownNext  = "~"
	ByValue      = "value"
	ByClose      = "close"
	ByCustomer   = "customer"
)

// Href is the address of the list with one thing changed; an empty value takes a filter away. Showing all rows is for one list only.
func (a DealsQuery) Href(name, value string) string {
	q := url.Values{}
	for _, f := range []struct{ name, value string }{
		{"status", a.Status},
		{"seller", a.Seller},
		{"customer", a.Customer},
		{"q", a.Q},
		{"pick", a.Pick},
		{"closes", a.Closes},
		{"next", a.Next},
		{"stalled", a.Stalled},
		{"changed", a.Changed},
		{"planned", a.Planned},
		{"sort", a.Sort},
		{name, value},
	} {
		q.Del(f.name)
		if f.value != "" {
			q.Set(f.name, f.value)
		}
	}
	if len(q) == 0 {
		return string(Deals)
	}
	return string(Deals) + "?" + q.Encode()
}
