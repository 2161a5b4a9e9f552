package customers

import (
	"net/url"
	"slices"

	"golang.org/x/text/collate"

	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/figures"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/extract"
	"milstolpe/process/forecast"
)

// customersPage lists the customers with what they are worth.
type customersPage struct {
	web.Page
	Q       string
	Unit    string
	Rows    []customerRow
	More    int
	AllHref string
	Empty   string
	NoRate  figures.RateNote
	Quiet   string // how many contacts have had nothing new for years
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

// Routes registers the list of customers, and a customer's page and forms.
func Routes(r *web.Router) {
	listRoutes(r)
	customerRoutes(r)
}

func listRoutes(r *web.Router) {
	r.GetCached(urls.CustomersPath, showCustomers)
	r.Template("customers", customersPage{})
}

func showCustomers(v *web.Request) error {
	var ask customersAsk
	if err := v.Query(&ask); err != nil {
		return err
	}
	page := customersPage{Page: v.Page(urls.Deals, v.T("customers.title")), Q: ask.Q, Unit: v.Text.Unit(v.FileInfo.Currency)}
	if err := v.Model(func(m *forecast.Model) error { page.fill(v, m, ask); return nil }); err != nil {
		return err
	}
	return v.Render("customers", page)
}

// customerSum is what a customer's deals come to.
type customerSum struct {
	open, won, ended   int
	value, closedValue float64
}

// customerSums adds up the deals by customer.
func customerSums(v *web.Request, m *forecast.Model) map[process.CustomerID]customerSum {
	sums := map[process.CustomerID]customerSum{}
	open := dealindex.Get(v).Open(m)
	for i := range open {
		s := sums[open[i].Deal.Now.Customer]
		s.open++
		s.value += open[i].Value
		sums[open[i].Deal.Now.Customer] = s
	}
	closed := dealindex.Get(v).Closed(m)
	for i := range closed {
		now := &closed[i].Deal.Now
		s := sums[now.Customer]
		switch {
		case now.Close.Outcome == process.Won:
			s.won++
			s.ended++
			s.closedValue += closed[i].Value
		case now.Close.Outcome.IsLoss():
			s.ended++
		}
		sums[now.Customer] = s
	}
	return sums
}

// noRate are the deals of the customers that are listed that their sums do not count.
func noRate(v *web.Request, m *forecast.Model, search string) (without figures.NoRate) {
	team := m.Team()
	for _, d := range team.Deals() {
		c := d.Now.Close
		if (c == nil || c.Outcome == process.Won) && dealindex.Matches(process.FoldName(team.Customer(d.Now.Customer)), search) {
			without.Add(team, d, v.Today)
		}
	}
	return without
}

func (p *customersPage) fill(v *web.Request, m *forecast.Model, ask customersAsk) {
	team := m.Team()
	sums := customerSums(v, m)
	search := process.FoldName(ask.Q)
	type named struct {
		id   process.CustomerID
		name string
	}
	var list []named
	for _, id := range team.Customers() {
		if name := team.Customer(id); dealindex.Matches(process.FoldName(name), search) {
			list = append(list, named{id, name})
		}
	}
	c := collate.New(v.Text.Tag, collate.IgnoreCase)
	slices.SortStableFunc(list, func(a, b named) int { return c.CompareString(a.name, b.name) })
	most := wording.MaxRows
	if ask.All == urls.Yes {
		most = len(list)
	}
	for _, one := range list[:min(len(list), most)] {
		s := sums[one.id]
		row := customerRow{Href: urls.CustomerPath(one.id), Name: one.name, Open: s.open, Ended: s.ended}
		if s.open > 0 {
			row.Value = v.Text.Amount(figures.Minor(s.value, v.FileInfo.Currency))
		}
		if s.won > 0 {
			row.Won = v.Text.Amount(figures.Minor(s.closedValue, v.FileInfo.Currency))
		}
		p.Rows = append(p.Rows, row)
	}
	without := noRate(v, m, search)
	p.NoRate = without.Note(v.Text, team, p.Path)
	if p.More = len(list) - len(p.Rows); p.More > 0 {
		p.AllHref = urls.CustomersPath + "?" + url.Values{"q": {ask.Q}, "all": {urls.Yes}}.Encode()
	}
	if n := len(extract.Quiet(team, v.Today)); n > 0 {
		p.Quiet = v.T("extract.quiet_link", n)
	}
	switch {
	case len(list) == 0 && ask.Q != "":
		p.Empty = v.T("customers.none_match")
	case len(list) == 0:
		p.Empty = v.T("customers.none")
	}
}
