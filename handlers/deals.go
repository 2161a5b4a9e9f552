package handlers

import (
	"net/url"
	"strconv"

	"milstolpe/process"
	"milstolpe/process/forecast"
)

// dealsAsk is what the query string asks of the list of deals.
type dealsAsk struct {
	Status   string `query:"status"`   // "" for open ones, closed, or an outcome
	Seller   string `query:"seller"`   // a person's identity
	Customer string `query:"customer"` // likewise
	Q        string `query:"q"`
	Closes   string `query:"closes"`  // a period's label: expected to close in it
	Next     string `query:"next"`    // a milestone's key; "-" for deals that have passed them all, "~" for those of which it is not known
	Stalled  string `query:"stalled"` // 1 for stalled ones, long for twice the normal wait, soon for those that stall within a week
	Changed  string `query:"changed"` // days
	Sort     string `query:"sort"`    // "" by next milestone, value, close, customer
	All      string `query:"all"`     // 1 shows every row
}

// Values of the query.
const (
	statusClosed = "closed"
	yes          = "1"
	stallsSoon   = "soon"
	longStalled  = "long"
	nothingNext  = "-"
	unknownNext  = "~"
	byValue      = "value"
	byClose      = "close"
	byCustomer   = "customer"
)

// href is the address of the list with one thing changed; an empty value takes a filter away. Showing all rows is for one list only.
func (a dealsAsk) href(name, value string) string {
	q := url.Values{}
	for _, f := range []struct{ name, value string }{
		{"status", a.Status},
		{"seller", a.Seller},
		{"customer", a.Customer},
		{"q", a.Q},
		{"closes", a.Closes},
		{"next", a.Next},
		{"stalled", a.Stalled},
		{"changed", a.Changed},
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

// plain is the list with the filters of the strip taken away: what its totals are of.
func (a dealsAsk) plain() dealsAsk {
	a.Closes, a.Next, a.Stalled, a.Changed = "", "", "", ""
	return a
}

// narrowed tells whether any filter is set.
func (a dealsAsk) narrowed() bool {
	a.Sort, a.All, a.Status = "", "", ""
	return a != dealsAsk{}
}

// dealsPage is the list of deals.
type dealsPage struct {
	Page
	Filters   []FilterGroup
	Sellers   []Option // to choose from, where there are too many for words
	Ask       dealsAsk
	Hidden    []Option // the rest of the query, for forms that change one thing of it
	Strip     []dealTotal
	Customers []Cell // found by the search
	Unit      string
	Groups    []dealsGroup
	Grouped   bool
	Total     dealsSum
	Closed    *closedDeals
	ShowAll   string // address that shows every row, if not all are here
	Empty     string // why there is nothing, and the ways out
	EmptyWays []Cell
	NoValue   int
	Others    Cell // matches among the deals that are not in this list
}

func dealsRoutes(r *routes) {
	r.getKept("/deals", showDeals)
	r.template("deals", dealsPage{})
}

func showDeals(v *visit) error {
	var ask dealsAsk
	if err := v.query(&ask); err != nil {
		return err
	}
	page := dealsPage{Page: v.page(Deals, v.t("deals.title")), Ask: ask}
	page.Search = ask.Q
	if err := v.model(func(m *forecast.Model) error { page.fill(v, m); return nil }); err != nil {
		return err
	}
	return v.show("deals", page)
}

func (p *dealsPage) fill(v *visit, m *forecast.Model) {
	p.Unit = v.text.Unit(m.Team().Currency())
	p.Hidden = p.Ask.hidden()
	p.Filters = p.filters(v, m)
	p.Print = p.printed(v.text, m.Team())
	if p.Ask.Status != "" {
		p.fillClosed(v, m)
	} else {
		p.fillOpen(v, m)
	}
	p.search(v, m)
	p.Empty, p.EmptyWays = p.emptiness(v, m)
}

// hidden is the query without its seller.
func (a dealsAsk) hidden() []Option {
	var list []Option
	for _, f := range []Option{
		option("status", a.Status), option("customer", a.Customer), option("q", a.Q), option("closes", a.Closes), option("next", a.Next),
		option("stalled", a.Stalled), option("changed", a.Changed), option("sort", a.Sort),
	} {
		if f.Text != "" {
			list = append(list, f)
		}
	}
	return list
}

// days is how many days back "changed" asks for.
func (a dealsAsk) days() int {
	n, err := strconv.Atoi(a.Changed)
	if err != nil || n < 1 {
		return 0
	}
	return min(n, 3660)
}

// keeps tells whether an open deal is one of those that are asked for.
func (a dealsAsk) keeps(l *dealLine, period process.Period, today process.Date) bool {
	now := &l.Deal.Now
	switch {
	case a.Seller != "" && string(now.Seller) != a.Seller,
		a.Customer != "" && string(now.Customer) != a.Customer,
		a.Q != "" && !found(l.words, process.FoldName(a.Q)),
		a.Closes != "" && !period.Contains(now.ExpectedClose),
		a.Stalled == yes && !l.Stalled,
		a.Stalled == stallsSoon && !l.StallsSoon(),
		a.Stalled == longStalled && !l.LongStalled(),
		a.days() > 0 && l.changed <= today.AddDays(-a.days()):
		return false
	}
	if l.group.unknown {
		return a.Next == "" || a.Next == unknownNext
	}
	return a.Next == "" || a.Next == string(l.Next) || a.Next == nothingNext && l.Next == ""
}
