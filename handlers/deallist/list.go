package deallist

import (
	"strconv"

	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/figures"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
	"milstolpe/process/search"
)

// withoutFilters is the list with the filters of the strip taken away: what its totals are of.
func withoutFilters(a urls.DealsQuery) urls.DealsQuery {
	a.Closes, a.Next, a.Stalled, a.Changed, a.Planned = "", "", "", "", ""
	return a
}

// isFiltered tells whether any filter is set.
func isFiltered(a urls.DealsQuery) bool {
	a.Sort, a.All, a.Status = "", "", ""
	return a != urls.DealsQuery{}
}

// dealsPage is the list of deals.
type dealsPage struct {
	web.Page
	Filters   []parts.FilterGroup
	Lists     []wording.ListChoice // of the team's own
	Sellers   []parts.Option       // to choose from, where there are too many for words
	Ask       urls.DealsQuery
	Hidden    []parts.Option // the rest of the query, for forms that change one thing of it
	Strip     []dealTotal
	Customers []parts.Cell // found by the search
	Unit      string
	Groups    []dealsGroup
	Grouped   bool
	Total     dealindex.Sum
	Closed    *closedDeals
	ShowAll   string // address that shows every row, if not all are here
	Empty     string // why there is nothing, and the ways out
	EmptyWays []parts.Cell
	NoValue   int
	Others    parts.Cell // matches among the deals that are not in this list
	NoRate    figures.RateNote

	found map[*sales.Deal]*search.FoundDeal // by the words of the query, where there are any
}

// Routes registers the list.
func Routes(r *web.Router) {
	r.GetCached("/deals", showDeals)
	r.Template("deals", dealsPage{})
}

func showDeals(v *web.Request) error {
	var ask urls.DealsQuery
	if err := v.Query(&ask); err != nil {
		return err
	}
	page := dealsPage{Page: v.Page(urls.Deals, v.T("deals.title")), Ask: ask}
	page.Search = ask.Q
	if err := v.Model(func(m *forecast.Model) error { page.fill(dealsView{v, m}); return nil }); err != nil {
		return err
	}
	return v.Render("deals", page)
}

// dealsView is what the list is made from.
type dealsView struct {
	*web.Request
	m *forecast.Model
}

func (p *dealsPage) fill(v dealsView) {
	p.Unit = v.Text.Unit(v.FileInfo.Currency)
	p.Ask.Pick = string(v.m.Team().Lists().Known(process.Picks(p.Ask.Pick)))
	p.Lists = wording.PickChoices(v.Text, v.m.Team().Lists(), process.Picks(p.Ask.Pick))
	p.find(v)
	p.Hidden = hidden(p.Ask)
	p.Filters = p.filters(v)
	p.Print = p.printed(v.Text, v.m.Team())
	if p.Ask.Status != "" {
		p.fillClosed(v)
	} else {
		p.fillOpen(v)
	}
	p.Empty, p.EmptyWays = p.emptiness(v)
}

// hidden is the query without its seller and its choices.
func hidden(a urls.DealsQuery) []parts.Option {
	var list []parts.Option
	for _, f := range []parts.Option{
		parts.OptionOf("status", a.Status), parts.OptionOf("customer", a.Customer), parts.OptionOf("q", a.Q), parts.OptionOf("closes", a.Closes), parts.OptionOf("next", a.Next),
		parts.OptionOf("stalled", a.Stalled), parts.OptionOf("changed", a.Changed), parts.OptionOf("planned", a.Planned), parts.OptionOf("sort", a.Sort),
	} {
		if f.Text != "" {
			list = append(list, f)
		}
	}
	return list
}

// days is how many days back "changed" asks for.
func days(a urls.DealsQuery) int {
	n, err := strconv.Atoi(a.Changed)
	if err != nil || n < 1 {
		return 0
	}
	return min(n, 3660)
}

// keeps tells whether an open deal is one of those that are asked for.
func (p *dealsPage) keeps(a urls.DealsQuery, l *dealindex.Line, period process.Period, today process.Date) bool {
	now := &l.Deal.Now
	switch {
	case a.Seller != "" && string(now.Seller) != a.Seller,
		a.Customer != "" && string(now.Customer) != a.Customer,
		a.Q != "" && p.found[l.Deal] == nil,
		!picked(a, l.Deal),
		a.Closes == urls.ClosePassed && (now.ExpectedClose.IsZero() || now.ExpectedClose >= today),
		a.Closes != "" && a.Closes != urls.ClosePassed && !period.Contains(now.ExpectedClose),
		a.Planned == urls.NonePlanned && now.NextStep.Text != "",
		a.Stalled == urls.Yes && !l.Stalled,
		a.Stalled == urls.StallsSoon && !l.StallsSoon(),
		a.Stalled == urls.LongStalled && !l.LongStalled(),
		days(a) > 0 && l.Changed <= today.AddDays(-days(a)):
		return false
	}
	if l.Group.Unknown {
		return a.Next == "" || a.Next == urls.UnknownNext
	}
	return a.Next == "" || a.Next == string(l.Next) || a.Next == urls.NothingNext && l.Next == ""
}

// picked tells whether a deal has the choices of the team's own lists that are asked for.
func picked(a urls.DealsQuery, d *sales.Deal) bool {
	return a.Pick == "" || d.Choices().Has(process.Picks(a.Pick))
}
