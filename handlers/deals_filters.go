package handlers

import (
	"slices"
	"strings"

	"golang.org/x/text/collate"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// dealTotal is one figure of the strip: a link that narrows the list down to its deals, and away from them again.
type dealTotal struct {
	Href, Figure, Text string
	Current            bool
}

// fewSellers is how many sellers are named in the line of words; more are a list to choose from.
const fewSellers = 6

func (p *dealsPage) filters(v *visit, m *forecast.Model) []FilterGroup {
	t, a := v.text, p.Ask
	var groups []FilterGroup
	sellers := sellersOf(v, m.Team(), v.open.lines.sellers(m, a.Status == ""))
	if a.Seller != "" || len(sellers) > 1 && len(sellers) <= fewSellers {
		everybody := FilterGroup{Words: []FilterWord{choice(a.Seller == "", t.T("deals.all_sellers"), a.href("seller", ""))}}
		for _, s := range sellers {
			if len(sellers) <= fewSellers || s.Value == a.Seller {
				everybody.Words = append(everybody.Words, choice(s.Value == a.Seller, s.Text, a.href("seller", s.Value)))
			}
		}
		groups = append(groups, everybody)
	} else if len(sellers) > fewSellers {
		p.Sellers = append([]Option{option("", t.T("deals.all_sellers"))}, sellers...)
	}
	if a.Customer != "" {
		groups = append(groups, FilterGroup{Words: []FilterWord{
			choice(true, m.Team().Customer(process.CustomerID(a.Customer)), ""), choice(false, t.T("deals.all_customers"), a.href("customer", "")),
		}})
	}
	open := FilterGroup{Words: []FilterWord{
		choice(a.Status == "", t.T("deals.open"), a.href("status", "")),
		choice(a.Status != "", t.T("deals.closed"), a.plain().href("status", statusClosed)),
	}}
	groups = append(groups, open, FilterGroup{Words: []FilterWord{choice(false, t.T("deals.to_customers"), customersPath)}})
	if a.Status == "" {
		groups = append(groups, FilterGroup{Label: t.T("deals.sorted_by"), Words: []FilterWord{
			choice(p.sortedBy() == "", t.T("deals.by_next"), a.href("sort", "")),
			choice(a.Sort == byValue, t.T("deals.by_value"), a.href("sort", byValue)),
			choice(a.Sort == byClose, t.T("deals.by_close"), a.href("sort", byClose)),
			choice(a.Sort == byCustomer, t.T("deals.by_customer"), a.href("sort", byCustomer)),
		}})
	}
	return groups
}

// sortedBy is the order of the list; empty means by next milestone.
func (p *dealsPage) sortedBy() string {
	if slices.Contains([]string{byValue, byClose, byCustomer}, p.Ask.Sort) {
		return p.Ask.Sort
	}
	return ""
}

// sellersOf are those of us who have deals in the list, by name.
func sellersOf(v *visit, team *sales.Team, ids []process.PersonID) []Option {
	list := make([]Option, len(ids))
	for i, id := range ids {
		list[i] = option(string(id), team.Person(id))
	}
	byName(v.text, list)
	return list
}

// byName puts choices in the order of the language's alphabet.
func byName(t *Text, list []Option) {
	c := collate.New(t.tag, collate.IgnoreCase)
	slices.SortStableFunc(list, func(a, b Option) int { return c.CompareString(a.Text, b.Text) })
}

// sort puts names in the order of the language's alphabet.
func (t *Text) sort(names []string) {
	c := collate.New(t.tag, collate.IgnoreCase)
	slices.SortStableFunc(names, c.CompareString)
}

// nearlyOver is how many days before its end a quarter gives way to the next one in the strip.
const nearlyOver = 14

// closesIn is the period that the strip counts closes in: the one that is asked for, else the quarter that is running, or the next one
// when it is nearly over.
func (p *dealsPage) closesIn(v *visit) process.Period {
	if p.Ask.Closes != "" {
		if period, err := v.brief.calendar.ParsePeriod(p.Ask.Closes); err == nil {
			return period
		}
		p.Ask.Closes = ""
	}
	return v.brief.calendar.Period(process.Quarter, v.today.AddDays(nearlyOver))
}

// strip counts the totals over the deals of the seller, customer and words that are asked for.
func (p *dealsPage) strip(v *visit, lines []dealLine, period process.Period) []dealTotal {
	base := p.Ask.plain()
	week := base
	week.Changed = "7"
	totals := []struct {
		ask  dealsAsk
		name string
		key  string
		sum  dealsSum
	}{
		{ask: base, key: "deals.strip_open"},
		{ask: base, key: "deals.strip_closes"},
		{ask: base, key: "deals.strip_soon"},
		{ask: base, key: "deals.strip_stalled"},
		{ask: week, key: "deals.strip_changed"},
	}
	totals[1].ask.Closes, totals[2].ask.Stalled, totals[3].ask.Stalled = period.Label(), stallsSoon, yes
	for i := range lines {
		for j := range totals {
			if totals[j].ask.keeps(&lines[i], period, v.today) {
				totals[j].sum.add(&lines[i])
			}
		}
	}
	strip := make([]dealTotal, len(totals))
	plain := p.Ask
	plain.Sort, plain.All = base.Sort, base.All
	for i, total := range totals {
		total.sum.currency = v.brief.currency
		strip[i] = dealTotal{
			Href: total.ask.href("all", ""), Figure: v.text.Amount(total.sum.Value()),
			Text: v.t(total.key, total.sum.Deals, v.text.Period(period)), Current: plain == total.ask,
		}
	}
	strip[len(strip)-1].Figure = v.text.Int(int64(totals[len(totals)-1].sum.Deals))
	return strip
}

// printed is the page with its filters, for the head of a print.
func (p *dealsPage) printed(t *Text, team *sales.Team) string {
	words := []string{t.T("deals.title")}
	add := func(said bool, text string) {
		if said {
			words = append(words, text)
		}
	}
	add(p.Ask.Status != "", t.T("deals.closed"))
	add(p.Ask.Seller == "", t.T("deals.all_sellers"))
	add(p.Ask.Seller != "", team.Person(process.PersonID(p.Ask.Seller)))
	add(p.Ask.Customer != "", team.Customer(process.CustomerID(p.Ask.Customer)))
	add(p.Ask.Q != "", p.Ask.Q)
	add(p.Ask.Closes != "", t.T("deals.print_closes", p.Ask.Closes))
	add(p.Ask.Stalled == yes, t.T("deals.print_stalled"))
	add(p.Ask.Stalled == longStalled, t.T("deals.print_long"))
	add(p.Ask.Stalled == stallsSoon, t.T("deals.print_soon"))
	add(p.Ask.Status == "" && p.sortedBy() == "", t.T("deals.sorted_by")+" "+t.T("deals.by_next"))
	return strings.Join(words, " · ")
}
