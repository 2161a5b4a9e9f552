package handlers

import (
	"cmp"
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// customerPage is one customer: deals, people, and what can be done about doubles.
type customerPage struct {
	Page
	Href    string
	Facts   []dealFact
	Open    []customerDeal
	Ended   []customerDeal
	Unit    string
	People  customerPeople
	Rename  *renameForm
	Merge   *mergeCustomersForm
	Doubles []Cell   // that may be the same
	Known   []string // customers to choose from
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
	People []contactLine
	Form   *contactForm
	Erase  *eraseForm
}

// customerForms are the forms that may stand open.
type customerForms struct {
	Contact *contactForm
	Erase   *eraseForm
	Rename  *renameForm
	Merge   *mergeCustomersForm
}

func customerRoutes(r *routes) {
	r.getKept(customersPath+"/:id", showCustomer)
	r.post(customersPath+"/:id/contacts", saveCustomersContact)
	r.post(customersPath+"/:id/contacts/:c/erase", eraseContact)
	r.post(customersPath+"/:id/rename", renameCustomer)
	r.post(customersPath+"/:id/merge", mergeCustomers)
	r.template("customer", customerPage{})
	r.template("customer/people", customerPeople{})
}

func showCustomer(v *visit) error {
	page, into, err := v.customerPage(nil)
	if err != nil {
		return err
	}
	if into != "" {
		return v.goTo(customerPath(into))
	}
	return v.show("customer", page, page.parts()...)
}

func (p *customerPage) parts() []Part { return []Part{{"people", "customer/people", p.People}} }

// customerPage makes the page of the customer that the address names. For one that has become another it answers with that one instead.
func (v *visit) customerPage(forms *customerForms) (page customerPage, into process.CustomerID, err error) {
	page.Page = v.page(Deals, "")
	err = v.model(func(m *forecast.Model) error {
		team, id := m.Team(), process.CustomerID(v.Param("id"))
		if as := team.CanonicalCustomer(id); as != id {
			into = as
			return nil
		}
		name := team.Customer(id)
		if name == "" {
			return process.Missing("customer.no_such")
		}
		page.Title, page.Href, page.Unit = name, customerPath(id), v.text.Unit(team.Currency())
		if forms == nil {
			asked := v.askedOfCustomer(team, id)
			forms = &asked
		}
		page.Rename, page.Merge = forms.Rename, forms.Merge
		page.deals(v, m, id)
		page.People = v.customerPeople(team, id, *forms)
		page.findDoubles(team, id)
		return nil
	})
	return page, into, err
}

func (v *visit) askedOfCustomer(team *sales.Team, id process.CustomerID) (f customerForms) {
	switch v.QueryParam("form") {
	case "contact":
		f.Contact = contactFormOf(team, process.ContactID(v.QueryParam("c")))
	case "erase":
		if c, ok := team.Contact(process.ContactID(v.QueryParam("c"))); ok && !c.Erased {
			f.Erase = &eraseForm{ID: string(c.ID), Name: c.Name}
		}
	case "rename":
		f.Rename = &renameForm{Name: team.Customer(id), Base: baseText(team.CustomerHeads(id))}
	case "merge":
		other := v.QueryParam("other")
		f.Merge = &mergeCustomersForm{ID: other, Other: team.Customer(process.CustomerID(other))}
	}
	return f
}

func (p *customerPage) deals(v *visit, m *forecast.Model, id process.CustomerID) {
	open := v.open.lines.ofOpen(m)
	for i := range open {
		if l := &open[i]; l.Deal.Now.Customer == id {
			row := customerDeal{
				Href: dealPath(l.Deal.ID), Name: cmp.Or(l.name, l.title()), Value: v.worth(l), State: v.t("deals.state_unknown"),
			}
			if l.Placed {
				row.State, row.Side = dots([]string{l.waitsFor(v, m), waiting(v.text, &l.DealToday)}), v.text.Chance(l.Chance.Chance)
			}
			p.Open = append(p.Open, row)
		}
	}
	closed := v.open.lines.ofClosed(m)
	for i := range closed {
		if l := &closed[i]; l.deal.Now.Customer == id {
			end := l.deal.Now.Close
			row := customerDeal{
				Href: dealPath(l.deal.ID), Name: cmp.Or(l.name, dealName(m.Team(), l.deal)), Won: end.Outcome == process.Won,
				State: dots([]string{v.t(outcomeKeys[end.Outcome]), end.Reason}), Side: v.text.ISO(end.On),
			}
			if l.value != 0 {
				row.Value = v.text.Whole(minor(l.value, v.brief.currency))
			}
			p.Ended = append(p.Ended, row)
		}
	}
	s := customerSums(v, m)[id]
	p.Facts = []dealFact{
		{Label: v.t("customers.fact_open"), Value: v.text.Whole(minor(s.value, v.brief.currency)), Small: v.t("deals.count", s.open)},
		{Label: v.t("customers.fact_won"), Value: v.text.Whole(minor(s.brought, v.brief.currency)), Small: v.t("deals.count", s.won)},
		{Label: v.t("customers.fact_not_won"), Value: v.text.Int(int64(s.ended - s.won)), Small: v.t("customers.fact_not_won_small")},
	}
}

func (v *visit) customerPeople(team *sales.Team, id process.CustomerID, forms customerForms) customerPeople {
	part := customerPeople{Href: customerPath(id), Erase: forms.Erase}
	if forms.Contact != nil {
		forms.Contact.Back = part.Href
	}
	for _, c := range team.ContactsOf(id) {
		line := newContactLine(c)
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
func (p *customerPage) findDoubles(team *sales.Team, id process.CustomerID) {
	own := bareName(team.Customer(id))
	for _, other := range team.Customers() {
		if other == id {
			continue
		}
		name := team.Customer(other)
		if p.Merge != nil && len(p.Known) < mostSuggestions {
			p.Known = append(p.Known, name)
		}
		if own != "" && bareName(name) == own {
			p.Doubles = append(p.Doubles, Cell{Text: name, Href: p.Href + "?form=merge&other=" + string(other) + "#merge"})
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
