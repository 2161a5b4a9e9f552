package deals

import (
	"cmp"
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// dealEditPage changes what a deal is called, whose it is and what it is worth.
type dealEditPage struct {
	web.Page
	Href       string
	Form       dealEditForm
	Faults     parts.FieldErrors
	Currencies []parts.Option
	ValueLabel string // names the currency where there is only one
	OnHint     string // what an early opening day means
	Known      parts.Suggestions
	Lists      []wording.ListChoice
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
	Opened        string `form:"opened" validate:"omitempty,day" label:"newdeal.on"`
	Source        string `form:"source" validate:"max=200" label:"newdeal.source"`

	Choices     []string `form:"choices"`
	WasChoices  []string `form:"was_choices"`
	BaseChoices []string `form:"base_choices"`

	WasCustomer      string `form:"was_customer"`
	WasName          string `form:"was_name"`
	WasValue         string `form:"was_value"`
	WasCurrency      string `form:"was_currency"`
	WasSeller        string `form:"was_seller"`
	WasExpectedClose string `form:"was_expected_close"`
	WasOpened        string `form:"was_opened"`
	WasSource        string `form:"was_source"`

	BaseCustomer      string `form:"base_customer"`
	BaseName          string `form:"base_name"`
	BaseValue         string `form:"base_value"`
	BaseSeller        string `form:"base_seller"`
	BaseExpectedClose string `form:"base_expected_close"`
	BaseOpened        string `form:"base_opened"`
	BaseSource        string `form:"base_source"`
}

func dealEditRoutes(r *web.Router) {
	r.Get("/deals/:id/edit", askDealEdit)
	r.Post("/deals/:id/edit", editDeal)
	r.Template("deal_edit", dealEditPage{})
}

func askDealEdit(v *web.Request) error {
	page, err := buildEditPage(v, nil, parts.FieldErrors{})
	if err != nil {
		return err
	}
	return v.Render("deal_edit", page)
}

func editDeal(v *web.Request) error {
	var f dealEditForm
	shape := v.Read(&f)
	events, err := v.ActOnDealInTeam(func(team *sales.Team, d *sales.Deal) ([]process.Fact, error) { return f.decide(v, team, d, shape) })
	if faults, mine := v.FormErrors(err); mine {
		page, err := buildEditPage(v, &f, faults)
		if err != nil {
			return err
		}
		return v.Reject(faults, "deal_edit", page)
	}
	if err != nil {
		return err
	}
	return v.DoneWithUndo(urls.DealPath(v.DealID()), events, v.T("dealedit.done"))
}

// decide finds what the form changes, unless its shape is wrong or a field cannot be read.
func (f *dealEditForm) decide(v *web.Request, team *sales.Team, d *sales.Deal, shape error) ([]process.Fact, error) {
	value, e1 := web.ReadAmount(v.Text, "value", f.Value, cmp.Or(f.Currency, team.Currency()))
	expected, e2 := web.ReadDay("expected_close", f.ExpectedClose)
	opened, e3 := web.ReadDay("opened", f.Opened)
	if err := web.Gather(shape, e1, e2, e3); err != nil {
		return nil, err
	}
	form := sales.DealForm{
		Name: f.Name, Customer: f.Customer, Seller: f.Seller, Value: value, ExpectedClose: expected, Opened: opened, Source: f.Source, Base: map[string][]process.EventID{},
	}
	// left tells whether a field was left as it stood. One whose values differed is decided by sending the form, also for the value shown.
	left := func(field, base string, same bool) bool {
		ids := web.DecodeBase(base)
		if same && len(ids) < 2 {
			return true
		}
		form.Base[field] = ids
		return false
	}
	if left("name", f.BaseName, strings.TrimSpace(f.Name) == strings.TrimSpace(f.WasName)) {
		form.Name = d.Now.Name
	}
	if left("customer", f.BaseCustomer, process.FoldName(f.Customer) == process.FoldName(f.WasCustomer)) {
		form.Customer = team.Customer(d.Now.Customer)
	}
	if left("seller", f.BaseSeller, process.FoldName(f.Seller) == process.FoldName(f.WasSeller)) {
		form.Seller = team.Person(d.Now.Seller)
	}
	if left("value", f.BaseValue, f.sameValue(v, team, value)) {
		form.Value = d.Now.Value
	}
	if left("expected_close", f.BaseExpectedClose, f.sameExpectedClose(expected)) {
		form.ExpectedClose = d.Now.ExpectedClose
	}
	if left("opened", f.BaseOpened, f.Opened == f.WasOpened) {
		form.Opened = 0
	}
	if left("source", f.BaseSource, strings.TrimSpace(f.Source) == strings.TrimSpace(f.WasSource)) {
		form.Source = d.Now.Source
	}
	facts, e4 := d.Change(form, v.Env())
	chosen, e5 := f.sent().choose(team.Lists(), d.ID, d.Choices(), process.Stamp{Known: v.Today})
	return append(facts, chosen...), web.Gather(e4, e5)
}

func (f *dealEditForm) sent() *sentChoices {
	return &sentChoices{f.Choices, f.WasChoices, f.BaseChoices}
}

// sameValue reports whether the amount is the one that the form was made with, however it is written: a browser or a script may send
// 450000 for 450 000. A form without the currency field keeps the team's.
func (f *dealEditForm) sameValue(v *web.Request, team *sales.Team, value *money.Amount) bool {
	was, err := web.ReadAmount(v.Text, "value", f.WasValue, cmp.Or(f.WasCurrency, team.Currency()))
	return err == nil && sales.SameAmount(value, was)
}

func (f *dealEditForm) sameExpectedClose(day process.Date) bool {
	was, err := web.ReadDay("expected_close", f.WasExpectedClose)
	return err == nil && was == day
}

func buildEditPage(v *web.Request, f *dealEditForm, faults parts.FieldErrors) (dealEditPage, error) {
	page := dealEditPage{Page: v.Page(urls.Deals, ""), Faults: faults}
	err := v.Model(func(m *forecast.Model) error {
		team := m.Team()
		d, err := v.Deal(team)
		if err != nil {
			return err
		}
		page.Href, page.Title = urls.DealPath(d.ID), v.T("dealedit.title", wording.DealName(team, d))
		page.Currencies, page.Known = currencies(team), known(v, m)
		page.ValueLabel, page.OnHint = valueLabel(v, page.Currencies), historyHint(v, team)
		var sent *sentChoices
		if f == nil {
			f = newDealEditForm(v.Text, team, d)
		} else {
			sent = f.sent()
		}
		page.Lists = listFields(v.Text, team.Lists(), d.Choices(), sent, faults)
		page.Form = *f
		return nil
	})
	return page, err
}

func newDealEditForm(t *i18n.Text, team *sales.Team, d *sales.Deal) *dealEditForm {
	heads := d.Heads()
	f := &dealEditForm{
		Customer: team.Customer(d.Now.Customer), Name: d.Now.Name, Currency: team.Currency(), Seller: team.Person(d.Now.Seller),
		ExpectedClose: d.Now.ExpectedClose.String(), Value: typed(t, d.Now.Value),
		BaseCustomer: web.EncodeBase(heads["customer"]), BaseName: web.EncodeBase(heads["name"]), BaseValue: web.EncodeBase(heads["value"]),
		BaseSeller: web.EncodeBase(heads["seller"]), BaseExpectedClose: web.EncodeBase(heads["expected_close"]),
	}
	if d.Now.Value != nil {
		f.Currency = d.Now.Value.Currency
	}
	f.WasCustomer, f.WasName, f.WasValue, f.WasCurrency = f.Customer, f.Name, f.Value, f.Currency
	f.WasSeller, f.WasExpectedClose = f.Seller, f.ExpectedClose
	f.Opened, f.Source = d.Now.Opened.String(), d.Now.Source
	f.WasOpened, f.WasSource = f.Opened, f.Source
	f.BaseOpened, f.BaseSource = web.EncodeBase(heads["opened"]), web.EncodeBase(heads["source"])
	return f
}

// typed is an amount as it is typed; none is empty.
func typed(t *i18n.Text, a *money.Amount) string {
	if a == nil {
		return ""
	}
	return t.Exact(*a)
}
