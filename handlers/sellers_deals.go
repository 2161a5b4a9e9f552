package handlers

import (
	"net/url"

	"milstolpe/process"
	"milstolpe/process/forecast"
)

const sellersDealsPath = sellersPath + "/deals"

// sellersAsk is which count it is, and whose; nobody's is the team's.
type sellersAsk struct {
	Seller string `query:"seller"`
	Count  string `query:"count"`
}

// sameWayCounts are the counts of deals, as they are named in an address.
var sameWayCounts = []struct {
	name, title string
	belongs     func(forecast.Adherence) bool
}{
	{"closed", "sellers.closed", func(w forecast.Adherence) bool { return w.Closed > 0 }},
	{"in-order", "sellers.in_order", func(w forecast.Adherence) bool { return w.InOrder > 0 }},
	{"other-order", "sellers.other_order", func(w forecast.Adherence) bool { return w.Closed > 0 && w.InOrder == 0 }},
	{"waived", "sellers.waived", func(w forecast.Adherence) bool { return w.Waived > 0 }},
	{"withdrawn", "sellers.withdrawn", func(w forecast.Adherence) bool { return w.Withdrawn > 0 }},
	{"reopened", "sellers.reopened", func(w forecast.Adherence) bool { return w.Reopened > 0 }},
	{"stalled", "sellers.stalled", func(w forecast.Adherence) bool { return w.Stalled > 0 }},
}

func sameWayHref(seller process.PersonID, count string) string {
	values := url.Values{"count": {count}}
	if seller != "" {
		values.Set("seller", string(seller))
	}
	return address(sellersDealsPath, values, nil)
}

func showSellersDeals(v *visit) error {
	var ask sellersAsk
	if err := v.query(&ask); err != nil {
		return err
	}
	page := dealsBehindPage{Page: v.page(Outcome, v.t("sellers.title"))}
	if err := v.model(func(m *forecast.Model) error { return page.sameWay(v, m, ask) }); err != nil {
		return err
	}
	return v.showDealsBehind(&page)
}

// sameWay fills the page with the deals of a count of how the process is followed.
func (p *dealsBehindPage) sameWay(v *visit, m *forecast.Model, ask sellersAsk) error {
	team, seller := m.Team(), process.PersonID(ask.Seller)
	if seller != "" && team.Person(seller) == "" {
		return process.Missing("sellers.no_such")
	}
	var words FilterGroup
	for _, count := range sameWayCounts {
		words.Words = append(words.Words, choice(count.name == ask.Count, v.t(count.title), sameWayHref(seller, count.name)))
		if count.name != ask.Count {
			continue
		}
		p.Heading = v.t(count.title) + withComma(team.Person(seller))
		p.list(v, team, m.SameWayDeals(v.today, seller, count.belongs))
	}
	if p.Heading == "" {
		return process.Missing("outcome.no_such_number")
	}
	p.Filters = []FilterGroup{words}
	p.Back = Cell{Text: v.t("sellers.title"), Href: sellersPath}
	return nil
}
