package customers

import (
	"cmp"
	"slices"
	"strings"

	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/figures"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// customerPage is one customer: deals, people, and what can be done about doubles.
type customerPage struct {
	web.Page
	Href    string
	Facts   []parts.DealFact
	Open    []customerDeal
	Ended   []customerDeal
	Unit    string
	People  customerPeople
	Rename  *renameForm
	Merge   *mergeCustomersForm
	Doubles []parts.Cell // that may be the same
	Known   []string     // customers to choose from
	NoRate  figures.RateNote
}

// customerDeal is one of the customer's deals.
type customerDeal struct {
	Href, Name string
	Value      string
	State      string
	Won        bool
	Side       string
}

// customerPeople are the people there.
type customerPeople struct {
	Href   string
	People []parts.ContactLine
	Form   *parts.ContactForm
	Erase  *eraseForm
}

// customerForms are the forms that may stand open.
type customerForms struct {
	Contact *parts.ContactForm
	Erase   *eraseForm
	Rename  *renameForm
	Merge   *mergeCustomersForm
}

func customerRoutes(r *web.Router) {
	r.GetCached(urls.CustomersPath+"/:id", showCustomer)
	r.Post(urls.CustomersPath+"/:id/contacts", saveContact)
	r.Post(urls.CustomersPath+"/:id/contacts/:c/erase", eraseContact)
	r.Post(urls.CustomersPath+"/:id/rename", renameCustomer)
	r.Post(urls.CustomersPath+"/:id/merge", mergeCustomers)
	r.Template("customer", customerPage{})
	r.Template("customer/people", customerPeople{})
}

func showCustomer(v *web.Request) error {
	page, into, err := buildCustomerPage(v, nil)
	if err != nil {
		return err
	}
	if into != "" {
		return v.RedirectTo(urls.CustomerPath(into))
	}
	return v.Render("customer", page, page.parts()...)
}

func (p *customerPage) parts() []web.Fragment {
	return []web.Fragment{{ID: "people", Template: "customer/people", Data: p.People}}
}

// customerPage makes the page of the customer that the address names. For one that has become another it answers with that one instead.
func buildCustomerPage(v *web.Request, forms *customerForms) (page customerPage, into process.CustomerID, err error) {
	page.Page = v.Page(urls.Deals, "")
	err = v.Model(func(m *forecast.Model) error {
		team, id := m.Team(), process.CustomerID(v.Param("id"))
		if as := team.CanonicalCustomer(id); as != id {
			into = as
			return nil
		}
		name := team.Customer(id)
		if name == "" {
			return process.Missing("customer.no_such")
		}
		page.Title, page.Href, page.Unit = name, urls.CustomerPath(id), v.Text.Unit(team.Currency())
		if forms == nil {
			asked := askedOfCustomer(v, m, id)
			forms = &asked
		}
		page.Rename, page.Merge = forms.Rename, forms.Merge
		if f := page.Merge; f != nil && f.Faults.Stale() {
			f.Base = mergeBase(team, id, process.CustomerID(f.ID))
		}
		page.deals(v, m, id)
		page.People = buildCustomerPeople(team.ContactsOf(id), id, *forms)
		page.findDoubles(team.Customers(), team, id)
		return nil
	})
	return page, into, err
}

func askedOfCustomer(v *web.Request, m *forecast.Model, id process.CustomerID) (f customerForms) {
	team := m.Team()
	switch v.QueryParam("form") {
	case "contact":
		f.Contact = wording.ContactForm(team, process.ContactID(v.QueryParam("c")))
	case "erase":
		if c, ok := team.Contact(process.ContactID(v.QueryParam("c"))); ok && !c.Erased {
			f.Erase = &eraseForm{ID: string(c.ID), Name: c.Name, Base: web.EncodeBase(team.ContactHeads(c.ID))}
		}
	case "rename":
		f.Rename = &renameForm{Name: team.Customer(id), Base: web.EncodeBase(team.CustomerHeads(id))}
	case "merge":
		other := v.QueryParam("other")
		f.Merge = &mergeCustomersForm{
			ID: other, Other: team.Customer(process.CustomerID(other)), Base: mergeBase(team, id, process.CustomerID(other)),
		}
	}
	return f
}

func (p *customerPage) deals(v *web.Request, m *forecast.Model, id process.CustomerID) {
	var without figures.NoRate
	open := dealindex.Get(v).Open(m)
	for i := range open {
		if l := &open[i]; l.Deal.Now.Customer == id {
			row := customerDeal{
				Href: urls.DealPath(l.Deal.ID), Name: cmp.Or(l.Name, l.Title()), Value: dealindex.ValueText(v, l), State: v.T("deals.state_unknown"),
			}
			if own, unrated := figures.Unrated(m.Team(), l.Deal, v.Today); unrated {
				row.Value = v.Text.Whole(own)
			}
			without.Add(m.Team(), l.Deal, v.Today)
			if l.StandingKnown {
				row.State, row.Side = parts.JoinDots([]string{l.WaitsFor(v.Text, m), wording.WaitingText(v.Text, &l.DealToday)}), v.Text.Chance(l.Chance.Chance)
			}
			p.Open = append(p.Open, row)
		}
	}
	closed := dealindex.Get(v).Closed(m)
	for i := range closed {
		if l := &closed[i]; l.Deal.Now.Customer == id {
			end := l.Deal.Now.Close
			row := customerDeal{
				Href: urls.DealPath(l.Deal.ID), Name: cmp.Or(l.Name, wording.DealName(m.Team(), l.Deal)), Won: end.Outcome == process.Won,
				State: parts.JoinDots([]string{v.T(wording.OutcomeKeys[end.Outcome]), end.Reason}), Side: v.Text.ISO(end.On),
			}
			if own, unrated := figures.Unrated(m.Team(), l.Deal, v.Today); unrated {
				row.Value = v.Text.Whole(own)
			} else if l.Value != 0 {
				row.Value = v.Text.Whole(figures.Minor(l.Value, v.FileInfo.Currency))
			}
			if row.Won {
				without.Add(m.Team(), l.Deal, v.Today)
			}
			p.Ended = append(p.Ended, row)
		}
	}
	p.NoRate = without.Note(v.Text, m.Team(), p.Path)
	s := customerSums(v, m)[id]
	p.Facts = []parts.DealFact{
		{Label: v.T("customers.fact_open"), Value: v.Text.Whole(figures.Minor(s.value, v.FileInfo.Currency)), Small: v.T("deals.count", s.open)},
		{Label: v.T("customers.fact_won"), Value: v.Text.Whole(figures.Minor(s.closedValue, v.FileInfo.Currency)), Small: v.T("deals.count", s.won)},
		{Label: v.T("customers.fact_not_won"), Value: v.Text.Int(int64(s.ended - s.won)), Small: v.T("customers.fact_not_won_small")},
	}
}

func buildCustomerPeople(people []sales.Contact, id process.CustomerID, forms customerForms) customerPeople {
	part := customerPeople{Href: urls.CustomerPath(id), Erase: forms.Erase}
	if forms.Contact != nil {
		forms.Contact.Back = part.Href
	}
	for _, c := range people {
		line := wording.ContactLine(c)
		if forms.Contact != nil && forms.Contact.ID == line.ID {
			line.Form = forms.Contact
		}
		part.People = append(part.People, line)
	}
	if forms.Contact != nil && forms.Contact.ID == "" {
		part.Form = forms.Contact
	}
	return part
}

// findDoubles names customers whose names differ in nothing but their legal form, blanks and signs.
func (p *customerPage) findDoubles(all []process.CustomerID, names wording.Names, id process.CustomerID) {
	own := bareName(names.Customer(id))
	for _, other := range all {
		if other == id {
			continue
		}
		name := names.Customer(other)
		if p.Merge != nil && len(p.Known) < parts.MaxSuggestions {
			p.Known = append(p.Known, name)
		}
		if own != "" && bareName(name) == own {
			p.Doubles = append(p.Doubles, parts.Cell{Text: name, Href: p.Href + "?form=merge&other=" + string(other) + "#merge"})
		}
	}
	slices.Sort(p.Known)
}

// legalForms are words that say what kind of company it is.
var legalForms = []string{"ab", "as", "a/s", "asa", "aps", "oy", "oyj", "gmbh", "ltd", "inc", "hb", "kb", "publ", "(publ)"}

func bareName(name string) string {
	words := strings.Fields(process.FoldName(strings.NewReplacer(".", "", ",", " ", "-", " ").Replace(name)))
	words = slices.DeleteFunc(words, func(w string) bool { return slices.Contains(legalForms, w) })
	return strings.Join(words, " ")
}
