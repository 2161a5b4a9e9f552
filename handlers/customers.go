package handlers

import (
	"net/url"
	"slices"

	"golang.org/x/text/collate"

	"milstolpe/process"
	"milstolpe/process/forecast"
)

// customersPage lists the customers with what they are worth.
type customersPage struct {
	Page
	Q       string
	Unit    string
	Rows    []customerRow
	More    int
	AllHref string
	Empty   string
}

// customerRow is one of them.
type customerRow struct {
	Href, Name string
	Open       int
	Value, Won string
	Ended      int
}

// customersAsk is what the query asks for.
type customersAsk struct {
	Q   string `query:"q"`
	All string `query:"all"`
}

const customersPath = "/customers"

// customerPath is the address of a customer's page.
func customerPath(id process.CustomerID) string {
	return customersPath + "/" + url.PathEscape(string(id))
}

func customersRoutes(r *routes) {
	r.getKept(customersPath, showCustomers)
	r.template("customers", customersPage{})
	customerRoutes(r)
}

func showCustomers(v *visit) error {
	var ask customersAsk
	if err := v.query(&ask); err != nil {
		return err
	}
	page := customersPage{Page: v.page(Deals, v.t("customers.title")), Q: ask.Q, Unit: v.text.Unit(v.brief.currency)}
	if err := v.model(func(m *forecast.Model) error { page.fill(v, m, ask); return nil }); err != nil {
		return err
	}
	return v.show("customers", page)
}

// customerSum is what a customer's deals come to.
type customerSum struct {
	open, won, ended int
	value, brought   float64
}

// customerSums adds up the deals by customer.
func customerSums(v *visit, m *forecast.Model) map[process.CustomerID]customerSum {
	sums := map[process.CustomerID]customerSum{}
	open := v.open.lines.ofOpen(m)
	for i := range open {
		s := sums[open[i].Deal.Now.Customer]
		s.open++
		s.value += open[i].Value
		sums[open[i].Deal.Now.Customer] = s
	}
	closed := v.open.lines.ofClosed(m)
	for i := range closed {
		now := &closed[i].deal.Now
		s := sums[now.Customer]
		switch {
		case now.Close.Outcome == process.Won:
			s.won++
			s.ended++
			s.brought += closed[i].value
		case now.Close.Outcome.IsLoss():
			s.ended++
		}
		sums[now.Customer] = s
	}
	return sums
}

func (p *customersPage) fill(v *visit, m *forecast.Model, ask customersAsk) {
	team := m.Team()
	sums := customerSums(v, m)
	search := process.FoldName(ask.Q)
	type named struct {
		id   process.CustomerID
		name string
	}
	var list []named
	for _, id := range team.Customers() {
		if name := team.Customer(id); found(process.FoldName(name), search) {
			list = append(list, named{id, name})
		}
	}
	c := collate.New(v.text.tag, collate.IgnoreCase)
	slices.SortStableFunc(list, func(a, b named) int { return c.CompareString(a.name, b.name) })
	most := mostRows
	if ask.All == yes {
		most = len(list)
	}
	for _, one := range list[:min(len(list), most)] {
		s := sums[one.id]
		row := customerRow{Href: customerPath(one.id), Name: one.name, Open: s.open, Ended: s.ended}
		if s.open > 0 {
			row.Value = v.text.Amount(minor(s.value, v.brief.currency))
		}
		if s.won > 0 {
			row.Won = v.text.Amount(minor(s.brought, v.brief.currency))
		}
		p.Rows = append(p.Rows, row)
	}
	if p.More = len(list) - len(p.Rows); p.More > 0 {
		p.AllHref = customersPath + "?" + url.Values{"q": {ask.Q}, "all": {yes}}.Encode()
	}
	switch {
	case len(list) == 0 && ask.Q != "":
		p.Empty = v.t("customers.none_match")
	case len(list) == 0:
		p.Empty = v.t("customers.none")
	}
}
