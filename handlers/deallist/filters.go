package deallist

import (
	"slices"
	"strings"

	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/wording"
	"milstolpe/process"
)

// dealTotal is one figure of the strip: a link that narrows the list down to its deals, and away from them again.
type dealTotal struct {
	Href, Figure, Text string
	Current            bool
}

// fewSellers is how many sellers are named in the line of words; more are a list to choose from.
const fewSellers = 6

func (p *dealsPage) filters(v dealsView) []parts.FilterGroup {
	t, a := v.Text, p.Ask
	var groups []parts.FilterGroup
	sellers := dealindex.SellerOptions(v.Text, v.m.Team(), dealindex.Get(v.Request).Sellers(v.m, a.Status == ""))
	if a.Seller != "" || len(sellers) > 1 && len(sellers) <= fewSellers {
		everybody := parts.FilterGroup{Words: []parts.FilterLink{parts.Choice(a.Seller == "", t.T("deals.all_sellers"), a.Href("seller", ""))}}
		for _, s := range sellers {
			if len(sellers) <= fewSellers || s.Value == a.Seller {
				everybody.Words = append(everybody.Words, parts.Choice(s.Value == a.Seller, s.Text, a.Href("seller", s.Value)))
			}
		}
		groups = append(groups, everybody)
	} else if len(sellers) > fewSellers {
		p.Sellers = append([]parts.Option{parts.OptionOf("", t.T("deals.all_sellers"))}, sellers...)
	}
	if a.Customer != "" {
		groups = append(groups, parts.FilterGroup{Words: []parts.FilterLink{
			parts.Choice(true, v.m.Team().Customer(process.CustomerID(a.Customer)), ""), parts.Choice(false, t.T("deals.all_customers"), a.Href("customer", "")),
		}})
	}
	open := parts.FilterGroup{Words: []parts.FilterLink{
		parts.Choice(a.Status == "", t.T("deals.open"), a.Href("status", "")),
		parts.Choice(a.Status != "", t.T("deals.closed"), withoutFilters(a).Href("status", urls.StatusClosed)),
	}}
	groups = append(groups, open, parts.FilterGroup{Words: []parts.FilterLink{parts.Choice(false, t.T("deals.to_customers"), urls.CustomersPath)}})
	if a.Status == "" {
		groups = append(groups, parts.FilterGroup{Label: t.T("deals.sorted_by"), Words: []parts.FilterLink{
			parts.Choice(p.sortedBy() == "", t.T("deals.by_next"), a.Href("sort", "")),
			parts.Choice(a.Sort == urls.ByValue, t.T("deals.by_value"), a.Href("sort", urls.ByValue)),
			parts.Choice(a.Sort == urls.ByClose, t.T("deals.by_close"), a.Href("sort", urls.ByClose)),
			parts.Choice(a.Sort == urls.ByCustomer, t.T("deals.by_customer"), a.Href("sort", urls.ByCustomer)),
		}})
	}
	return groups
}

// sortedBy is the order of the list; empty means by next milestone.
func (p *dealsPage) sortedBy() string {
	if slices.Contains([]string{urls.ByValue, urls.ByClose, urls.ByCustomer}, p.Ask.Sort) {
		return p.Ask.Sort
	}
	return ""
}

// nearlyOver is how many days before its end a quarter gives way to the next one in the strip.
const nearlyOver = 14

// closesIn is the period that the strip counts closes in: the one that is asked for, else the quarter that is running, or the next one
// when it is nearly over.
func (p *dealsPage) closesIn(v dealsView) process.Period {
	if p.Ask.Closes != "" && p.Ask.Closes != urls.ClosePassed {
		if period, err := v.FileInfo.Calendar.ParsePeriod(p.Ask.Closes); err == nil {
			return period
		}
		p.Ask.Closes = ""
	}
	return v.FileInfo.Calendar.Period(process.Quarter, v.Today.AddDays(nearlyOver))
}

// strip counts the totals over the deals of the seller, customer and words that are asked for.
func (p *dealsPage) strip(v dealsView, lines []dealindex.Line, period process.Period) []dealTotal {
	base := withoutFilters(p.Ask)
	totals := []struct {
		ask     urls.DealsQuery
		key     string
		sum     dealindex.Sum
		counted bool // deals are counted, not their worth
		rare    bool // of interest only where there are any
	}{
		{ask: base, key: "deals.strip_open"},
		{ask: base, key: "deals.strip_closes"},
		{ask: base, key: "deals.strip_soon"},
		{ask: base, key: "deals.strip_stalled"},
		{ask: base, key: "deals.strip_passed", rare: true},
		{ask: base, key: "deals.strip_unplanned", rare: true},
		{ask: base, key: "deals.strip_changed", counted: true},
	}
	totals[1].ask.Closes, totals[2].ask.Stalled, totals[3].ask.Stalled = period.Label(), urls.StallsSoon, urls.Yes
	totals[4].ask.Closes, totals[5].ask.Planned, totals[6].ask.Changed = urls.ClosePassed, urls.NonePlanned, "7"
	for i := range lines {
		for j := range totals {
			if p.keeps(totals[j].ask, &lines[i], period, v.Today) {
				totals[j].sum.Add(&lines[i])
			}
		}
	}
	var strip []dealTotal
	plain := p.Ask
	plain.Sort, plain.All = base.Sort, base.All
	for _, total := range totals {
		current := plain == total.ask
		if total.rare && total.sum.Deals == 0 && !current {
			continue
		}
		total.sum.Currency = v.FileInfo.Currency
		figure := v.Text.Amount(total.sum.Value())
		if total.counted {
			figure = v.Text.Int(int64(total.sum.Deals))
		}
		strip = append(strip, dealTotal{total.ask.Href("all", ""), figure, v.T(total.key, total.sum.Deals, v.Text.Period(period)), current})
	}
	return strip
}

// printed is the page with its filters, for the head of a print.
func (p *dealsPage) printed(t *i18n.Text, names wording.Names) string {
	words := []string{t.T("deals.title")}
	add := func(said bool, text string) {
		if said {
			words = append(words, text)
		}
	}
	add(p.Ask.Status != "", t.T("deals.closed"))
	add(p.Ask.Seller == "", t.T("deals.all_sellers"))
	add(p.Ask.Seller != "", names.Person(process.PersonID(p.Ask.Seller)))
	add(p.Ask.Customer != "", names.Customer(process.CustomerID(p.Ask.Customer)))
	add(p.Ask.Q != "", p.Ask.Q)
	for _, l := range p.Lists {
		add(l.Value != l.Options[0].Value, l.Label+": "+l.Chosen())
	}
	add(p.Ask.Closes == urls.ClosePassed, t.T("deals.print_passed"))
	add(p.Ask.Closes != "" && p.Ask.Closes != urls.ClosePassed, t.T("deals.print_closes", p.Ask.Closes))
	add(p.Ask.Planned == urls.NonePlanned, t.T("deals.print_unplanned"))
	add(p.Ask.Stalled == urls.Yes, t.T("deals.print_stalled"))
	add(p.Ask.Stalled == urls.LongStalled, t.T("deals.print_long"))
	add(p.Ask.Stalled == urls.StallsSoon, t.T("deals.print_soon"))
	add(p.Ask.Status == "" && p.sortedBy() == "", t.T("deals.sorted_by")+" "+t.T("deals.by_next"))
	return strings.Join(words, " · ")
}
