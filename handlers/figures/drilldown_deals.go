package figures

import (
	"cmp"
	"slices"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// DealListPage lists the deals behind a count: whose they are, and how they ended.
type DealListPage struct {
	web.Page
	Heading string
	Back    parts.Cell
	Filters []parts.FilterGroup
	Lead    string
	Rows    []dealListRow
	Count   string
}

type dealListRow struct {
	Name   parts.Cell
	Seller string
	Ended  string
}

// ShowDealList renders the page; its heading becomes its title.
func ShowDealList(v *web.Request, page *DealListPage) error {
	page.Title, page.Print = page.Heading, page.Heading
	return v.Render("deals_behind", *page)
}

// List fills in the rows and their count: the latest ended first; those that are open come first.
func (p *DealListPage) List(v *web.Request, names wording.Names, deals []*sales.Deal) {
	slices.SortFunc(deals, func(a, b *sales.Deal) int {
		return cmp.Or(cmp.Compare(ended(v, b), ended(v, a)), v.Text.Compare(wording.DealName(names, a), wording.DealName(names, b)))
	})
	for _, d := range deals {
		p.Rows = append(p.Rows, newDealListRow(v, names, d))
	}
	p.Count = v.T("outcome.deals", len(deals))
}

// ended is the day of a deal's close; for an open one it is in the far future.
func ended(v *web.Request, d *sales.Deal) process.Date {
	if c := d.CloseOn(v.Today); c != nil {
		return c.On
	}
	return process.FarFuture
}

func newDealListRow(v *web.Request, names wording.Names, d *sales.Deal) dealListRow {
	row := dealListRow{Name: parts.Cell{Text: wording.DealName(names, d), Href: urls.DealPath(d.ID)}, Seller: names.Person(d.SellerOn(v.Today)), Ended: v.T("sellers.open")}
	if c := d.CloseOn(v.Today); c != nil {
		row.Ended = v.T(wording.OutcomeEndKeys[c.Outcome], v.Text.Day(c.On))
	}
	return row
}
