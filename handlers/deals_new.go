package handlers

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// newDealPage asks for what it takes to begin a deal.
type newDealPage struct {
	Page
	Form        newDealForm
	Faults      Faults
	Processes   []Option // where there is more than one
	Currencies  []Option // likewise
	ValueLabel  string   // names the currency where there is only one
	Known       suggestions
	Beginning   bool // older deals may be typed in with the day on which they began
	NoProcess   bool
	ProcessName string // where there is only one
}

// newDealForm is what is typed.
type newDealForm struct {
	Customer      string `form:"customer" validate:"required,max=200" label:"newdeal.customer"`
	Name          string `form:"name" validate:"max=200" label:"newdeal.name"`
	Value         string `form:"value" validate:"max=40" label:"newdeal.value"`
	Currency      string `form:"currency" label:"newdeal.currency"`
	Process       string `form:"process" label:"newdeal.process"`
	Seller        string `form:"seller" validate:"max=200" label:"newdeal.seller"`
	ExpectedClose string `form:"expected_close" validate:"omitempty,day" label:"newdeal.close"`
	On            string `form:"on" validate:"omitempty,day" label:"newdeal.on"`
}

// suggestions are names that are known already.
type suggestions struct{ Customers, Sellers []string }

// mostSuggestions keeps the page of a team with thousands of customers small.
const mostSuggestions = 500

func newDealRoutes(r *routes) {
	r.get("/deals/new", askNewDeal)
	r.post("/deals/new", openDeal)
	r.template("deals_new", newDealPage{})
}

func askNewDeal(v *visit) error {
	page, err := v.newDealPage(newDealForm{Seller: v.open.person, Customer: v.QueryParam("customer")})
	if err != nil {
		return err
	}
	return v.show("deals_new", page)
}

func openDeal(v *visit) error {
	var f newDealForm
	shape := v.read(&f)
	id, events, err := v.openDeal(f, shape)
	if faults, mine := v.faults(err); mine {
		page, err := v.newDealPage(f)
		if err != nil {
			return err
		}
		page.Faults = faults
		return v.again(faults, "deals_new", page)
	}
	if err != nil {
		return err
	}
	return v.done(dealPath(id), events, v.t("newdeal.done"))
}

// openDeal opens the deal, unless the shape of the form is wrong or a field cannot be read.
func (v *visit) openDeal(f newDealForm, shape error) (id process.DealID, events []process.Event, err error) {
	value, e1 := readAmount(v.text, "value", f.Value, cmp.Or(f.Currency, v.brief.currency))
	expected, e2 := readDay("expected_close", f.ExpectedClose)
	on, e3 := readDay("on", f.On)
	if err := gather(shape, e1, e2, e3); err != nil {
		return "", nil, err
	}
	events, err = v.act(func(team *sales.Team) (facts []process.Fact, err error) {
		n := sales.NewDeal{
			Name: f.Name, Customer: f.Customer, Seller: f.Seller, Process: process.ProcessID(f.Process), Value: value, ExpectedClose: expected, On: on,
		}
		if list := publishedProcesses(team); n.Process == "" && len(list) == 1 {
			n.Process = list[0].ID
		}
		id, facts, err = team.OpenDeal(n, v.moment())
		return facts, err
	})
	return id, events, err
}

// valueLabel is what a field for a value is called where no currency stands beside it.
func (v *visit) valueLabel(currencies []Option) string {
	if len(currencies) > 1 {
		return ""
	}
	return v.t("newdeal.value_in", v.text.Unit(v.brief.currency))
}

// publishedProcesses are those that a deal can follow.
func publishedProcesses(team *sales.Team) []*sales.Process {
	return slices.DeleteFunc(team.Processes(), func(p *sales.Process) bool { return p.Current() == nil })
}

func (v *visit) newDealPage(f newDealForm) (newDealPage, error) {
	page := newDealPage{Page: v.page(Deals, v.t("newdeal.title")), Form: f}
	err := v.model(func(m *forecast.Model) error {
		team := m.Team()
		processes := publishedProcesses(team)
		page.NoProcess = len(processes) == 0
		for _, p := range processes {
			page.Processes = append(page.Processes, option(string(p.ID), p.Name()))
			page.ProcessName = p.Name()
		}
		page.Currencies = currencies(team)
		page.ValueLabel = v.valueLabel(page.Currencies)
		page.Known = v.known(m)
		page.Beginning = team.TakesHistory(v.today)
		return nil
	})
	return page, err
}

// historyHint says of a day in a form, during the first month of a file, from when a fact older than the file counts.
func (v *visit) historyHint(team *sales.Team) string {
	if !team.TakesHistory(v.today) {
		return ""
	}
	return v.t("newdeal.counts_as_history", team.Founded)
}

// currencies are what a value can be in: the reporting currency, and those that have a rate.
func currencies(team *sales.Team) []Option {
	list := []Option{option(team.Currency(), team.Currency())}
	for _, c := range team.Currencies() {
		list = append(list, option(c, c))
	}
	return list
}

// known are the names to choose from: of many customers those with open deals.
func (v *visit) known(m *forecast.Model) (s suggestions) {
	team := m.Team()
	ids := team.Customers()
	if len(ids) > mostSuggestions {
		lines := v.open.lines.ofOpen(m)
		for i := range lines {
			s.Customers = append(s.Customers, lines[i].customer)
		}
		slices.Sort(s.Customers)
		s.Customers = slices.Compact(s.Customers)
		s.Customers = s.Customers[:min(len(s.Customers), mostSuggestions)]
	} else {
		for _, id := range ids {
			s.Customers = append(s.Customers, team.Customer(id))
		}
	}
	for _, id := range team.People() {
		s.Sellers = append(s.Sellers, team.Person(id))
	}
	v.text.sort(s.Customers)
	v.text.sort(s.Sellers)
	return s
}
