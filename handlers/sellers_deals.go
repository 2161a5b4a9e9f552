package handlers

import (
	"cmp"
	"net/url"
	"slices"

	"milstolpe/process"
)

const sellersDealsPath = sellersPath + "/deals"

// sellersDealsPage lists the deals behind a count of how the process is followed.
type sellersDealsPage struct {
	Page
	Heading string
	Back    Cell
	Filters []FilterGroup
	Rows    []sameWayDeal
	Count   string
}

type sameWayDeal struct {
	Name   Cell
	Seller string
	Ended  string
}

// sellersAsk is which count it is, and whose; nobody's is the team's.
type sellersAsk struct {
	Seller string `query:"seller"`
	Count  string `query:"count"`
}

// sameWayCounts are the counts of deals, as they are named in an address.
var sameWayCounts = []struct {
	name, title string
	belongs     func(process.SameWay) bool
}{
	{"closed", "sellers.closed", func(w process.SameWay) bool { return w.Closed > 0 }},
	{"in-order", "sellers.in_order", func(w process.SameWay) bool { return w.InOrder > 0 }},
	{"other-order", "sellers.other_order", func(w process.SameWay) bool { return w.Closed > 0 && w.InOrder == 0 }},
	{"waived", "sellers.waived", func(w process.SameWay) bool { return w.Waived > 0 }},
	{"withdrawn", "sellers.withdrawn", func(w process.SameWay) bool { return w.Withdrawn > 0 }},
	{"reopened", "sellers.reopened", func(w process.SameWay) bool { return w.Reopened > 0 }},
	{"stalled", "sellers.stalled", func(w process.SameWay) bool { return w.Stalled > 0 }},
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
	page := sellersDealsPage{Page: v.page(Outcome, v.t("sellers.title"))}
	if err := v.model(func(m *process.Model) error { return page.fill(v, m, ask) }); err != nil {
		return err
	}
	return v.show("sellers_deals", page)
}

func (p *sellersDealsPage) fill(v *visit, m *process.Model, ask sellersAsk) error {
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
		deals := m.SameWayDeals(v.today, seller, count.belongs)
		slices.SortFunc(deals, func(a, b *process.Deal) int {
			return cmp.Or(cmp.Compare(v.ended(b), v.ended(a)), v.text.Compare(dealName(team, a), dealName(team, b)))
		})
		for _, d := range deals {
			p.Rows = append(p.Rows, v.sameWayDeal(team, d))
		}
		p.Count = v.t("outcome.deals", len(deals))
	}
	if p.Heading == "" {
		return process.Missing("outcome.no_such_number")
	}
	p.Title, p.Print, p.Filters = p.Heading, p.Heading, []FilterGroup{words}
	p.Back = Cell{Text: v.t("sellers.title"), Href: sellersPath}
	return nil
}

// ended is the day of a deal's close; the open ones come after all.
func (v *visit) ended(d *process.Deal) process.Date {
	if c := d.CloseOn(v.today); c != nil {
		return c.On
	}
	return process.FarFuture
}

func (v *visit) sameWayDeal(team *process.Team, d *process.Deal) sameWayDeal {
	row := sameWayDeal{Name: Cell{Text: dealName(team, d), Href: dealPath(d.ID)}, Seller: team.Person(d.SellerOn(v.today)), Ended: v.t("sellers.open")}
	if c := d.CloseOn(v.today); c != nil {
		row.Ended = v.t(endTexts[c.Outcome], v.text.Day(c.On))
	}
	return row
}
