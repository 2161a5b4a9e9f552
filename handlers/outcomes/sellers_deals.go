package outcomes

import (
	"net/url"

	"milstolpe/handlers/figures"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/winloss"
)

const sellersDealsPath = urls.SellersPath + "/deals"

// sellersAsk is which count it is, and whose; nobody's is the team's.
type sellersAsk struct {
	Seller string `query:"seller"`
	Count  string `query:"count"`
}

// adherenceCounts are the counts of deals, as they are named in an address.
var adherenceCounts = []struct {
	name, title string
	belongs     func(winloss.Adherence) bool
}{
	{"closed", "sellers.closed", func(w winloss.Adherence) bool { return w.Closed > 0 }},
	{"in-order", "sellers.in_order", func(w winloss.Adherence) bool { return w.InOrder > 0 }},
	{"other-order", "sellers.other_order", func(w winloss.Adherence) bool { return w.Closed > 0 && w.InOrder == 0 }},
	{"waived", "sellers.waived", func(w winloss.Adherence) bool { return w.Waived > 0 }},
	{"withdrawn", "sellers.withdrawn", func(w winloss.Adherence) bool { return w.Withdrawn > 0 }},
	{"reopened", "sellers.reopened", func(w winloss.Adherence) bool { return w.Reopened > 0 }},
	{"stalled", "sellers.stalled", func(w winloss.Adherence) bool { return w.Stalled > 0 }},
}

func adherenceHref(seller process.PersonID, count string) string {
	values := url.Values{"count": {count}}
	if seller != "" {
		values.Set("seller", string(seller))
	}
	return urls.Address(sellersDealsPath, values, nil)
}

func showSellersDeals(v *web.Request) error {
	var ask sellersAsk
	if err := v.Query(&ask); err != nil {
		return err
	}
	page := figures.DealListPage{Page: v.Page(urls.Outcome, v.T("sellers.title"))}
	if err := v.Model(func(m *forecast.Model) error { return findAdherence(&page, v, m, ask) }); err != nil {
		return err
	}
	return figures.ShowDealList(v, &page)
}

// findAdherence fills the page with the deals of a count of how the process is followed.
func findAdherence(p *figures.DealListPage, v *web.Request, m *forecast.Model, ask sellersAsk) error {
	team, seller := m.Team(), process.PersonID(ask.Seller)
	if seller != "" && team.Person(seller) == "" {
		return process.Missing("sellers.no_such")
	}
	var words parts.FilterGroup
	for _, count := range adherenceCounts {
		words.Words = append(words.Words, parts.Choice(count.name == ask.Count, v.T(count.title), adherenceHref(seller, count.name)))
		if count.name != ask.Count {
			continue
		}
		p.Heading = v.T(count.title) + withComma(team.Person(seller))
		p.List(v, team, winloss.AdherenceDeals(m, v.Today, seller, count.belongs))
	}
	if p.Heading == "" {
		return process.Missing("outcome.no_such_number")
	}
	p.Filters = []parts.FilterGroup{words}
	p.Back = parts.Cell{Text: v.T("sellers.title"), Href: urls.SellersPath}
	return nil
}
