package handlers

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// dealsBehindPage lists the deals behind a count: whose they are, and how they ended.
type dealsBehindPage struct {
	Page
	Heading string
	Back    Cell
	Filters []FilterGroup
	Lead    string
	Rows    []dealBehind
	Count   string
}

type dealBehind struct {
	Name   Cell
	Seller string
	Ended  string
}

func (v *visit) showDealsBehind(page *dealsBehindPage) error {
	page.Title, page.Print = page.Heading, page.Heading
	return v.show("deals_behind", *page)
}

// list writes the deals, the latest ended first; those that are open come before all.
func (p *dealsBehindPage) list(v *visit, team *sales.Team, deals []*sales.Deal) {
	slices.SortFunc(deals, func(a, b *sales.Deal) int {
		return cmp.Or(cmp.Compare(v.ended(b), v.ended(a)), v.text.Compare(dealName(team, a), dealName(team, b)))
	})
	for _, d := range deals {
		p.Rows = append(p.Rows, v.dealBehind(team, d))
	}
	p.Count = v.t("outcome.deals", len(deals))
}

// ended is the day of a deal's close; the open ones come after all.
func (v *visit) ended(d *sales.Deal) process.Date {
	if c := d.CloseOn(v.today); c != nil {
		return c.On
	}
	return process.FarFuture
}

func (v *visit) dealBehind(team *sales.Team, d *sales.Deal) dealBehind {
	row := dealBehind{Name: Cell{Text: dealName(team, d), Href: dealPath(d.ID)}, Seller: team.Person(d.SellerOn(v.today)), Ended: v.t("sellers.open")}
	if c := d.CloseOn(v.today); c != nil {
		row.Ended = v.t(endTexts[c.Outcome], v.text.Day(c.On))
	}
	return row
}
