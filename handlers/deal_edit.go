package handlers

import (
	"cmp"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// dealEditPage changes what a deal is called, whose it is and what it is worth.
type dealEditPage struct {
	Page
	Href       string
	Form       dealEditForm
	Faults     Faults
	Currencies []Option
	ValueLabel string // names the currency where there is only one
	Known      suggestions
}

// dealEditForm is what is typed, what stood there when the form was made, and the events that said so. A field that was left alone is not
// recorded again, whatever somebody else has made of it meanwhile.
type dealEditForm struct {
	Customer      string `form:"customer" validate:"required,max=200" label:"newdeal.customer"`
	Name          string `form:"name" validate:"max=200" label:"newdeal.name"`
	Value         string `form:"value" validate:"max=40" label:"newdeal.value"`
	Currency      string `form:"currency" label:"newdeal.currency"`
	Seller        string `form:"seller" validate:"max=200" label:"newdeal.seller"`
	ExpectedClose string `form:"expected_close" validate:"omitempty,day" label:"newdeal.close"`

	WasCustomer      string `form:"was_customer"`
	WasName          string `form:"was_name"`
	WasValue         string `form:"was_value"`
	WasCurrency      string `form:"was_currency"`
	WasSeller        string `form:"was_seller"`
	WasExpectedClose string `form:"was_expected_close"`

	BaseCustomer      string `form:"base_customer"`
	BaseName          string `form:"base_name"`
	BaseValue         string `form:"base_value"`
	BaseSeller        string `form:"base_seller"`
	BaseExpectedClose string `form:"base_expected_close"`
}

func dealEditRoutes(r *routes) {
	r.get("/deals/:id/edit", askDealEdit)
	r.post("/deals/:id/edit", editDeal)
	r.template("deal_edit", dealEditPage{})
}

func askDealEdit(v *visit) error {
	page, err := v.dealEditPage(nil)
	if err != nil {
		return err
	}
	return v.show("deal_edit", page)
}

func editDeal(v *visit) error {
	var f dealEditForm
	shape := v.read(&f)
	events, err := v.actOn(func(team *sales.Team, d *sales.Deal) ([]process.Fact, error) { return f.decide(v, team, d, shape) })
	if faults, mine := v.faults(err); mine {
		page, err := v.dealEditPage(&f)
		if err != nil {
			return err
		}
		page.Faults = faults
		return v.again(faults, "deal_edit", page)
	}
	if err != nil {
		return err
	}
	return v.done(dealPath(process.DealID(v.Param("id"))), events, v.t("dealedit.done"))
}

// decide finds what the form changes, unless its shape is wrong or a field cannot be read.
func (f *dealEditForm) decide(v *visit, team *sales.Team, d *sales.Deal, shape error) ([]process.Fact, error) {
	value, e1 := readAmount(v.text, "value", f.Value, cmp.Or(f.Currency, team.Currency()))
	expected, e2 := readDay("expected_close", f.ExpectedClose)
	if err := gather(shape, e1, e2); err != nil {
		return nil, err
	}
	form := sales.DealForm{
		Name: f.Name, Customer: f.Customer, Seller: f.Seller, Value: value, ExpectedClose: expected, Base: map[string][]process.EventID{},
	}
	// left tells whether a field was left as it stood. One whose values clashed is decided by sending the form, also for the value shown.
	left := func(field, base string, same bool) bool {
		ids := readBase(base)
		if same && len(ids) < 2 {
			return true
		}
		form.Base[field] = ids
		return false
	}
	if left("name", f.BaseName, f.Name == f.WasName) {
		form.Name = d.Now.Name
	}
	if left("customer", f.BaseCustomer, f.Customer == f.WasCustomer) {
		form.Customer = team.Customer(d.Now.Customer)
	}
	if left("seller", f.BaseSeller, f.Seller == f.WasSeller) {
		form.Seller = team.Person(d.Now.Seller)
	}
	if left("value", f.BaseValue, f.Value == f.WasValue && f.Currency == f.WasCurrency) {
		form.Value = d.Now.Value
	}
	if left("expected_close", f.BaseExpectedClose, f.ExpectedClose == f.WasExpectedClose) {
		form.ExpectedClose = d.Now.ExpectedClose
	}
	return d.Change(form, v.moment())
}

func (v *visit) dealEditPage(f *dealEditForm) (dealEditPage, error) {
	page := dealEditPage{Page: v.page(Deals, "")}
	err := v.model(func(m *forecast.Model) error {
		team := m.Team()
		d, err := v.deal(team)
		if err != nil {
			return err
		}
		page.Href, page.Title = dealPath(d.ID), v.t("dealedit.title", dealName(team, d))
		page.Currencies, page.Known = currencies(team), v.known(m)
		page.ValueLabel = v.valueLabel(page.Currencies)
		if f == nil {
			f = newDealEditForm(v.text, team, d)
		}
		page.Form = *f
		return nil
	})
	return page, err
}

func newDealEditForm(t *Text, team *sales.Team, d *sales.Deal) *dealEditForm {
	heads := d.Heads()
	f := &dealEditForm{
		Customer: team.Customer(d.Now.Customer), Name: d.Now.Name, Currency: team.Currency(), Seller: team.Person(d.Now.Seller),
		ExpectedClose: d.Now.ExpectedClose.String(), Value: typed(t, d.Now.Value),
		BaseCustomer: baseText(heads["customer"]), BaseName: baseText(heads["name"]), BaseValue: baseText(heads["value"]),
		BaseSeller: baseText(heads["seller"]), BaseExpectedClose: baseText(heads["expected_close"]),
	}
	if d.Now.Value != nil {
		f.Currency = d.Now.Value.Currency
	}
	f.WasCustomer, f.WasName, f.WasValue, f.WasCurrency = f.Customer, f.Name, f.Value, f.Currency
	f.WasSeller, f.WasExpectedClose = f.Seller, f.ExpectedClose
	return f
}

// typed is an amount as it is typed; none is empty.
func typed(t *Text, a *money.Amount) string {
	if a == nil {
		return ""
	}
	return t.Exact(*a)
}
