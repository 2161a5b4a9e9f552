package deals

import (
	"cmp"
	"slices"

	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// newDealPage asks for what it takes to begin a deal.
type newDealPage struct {
	web.Page
	Form        newDealForm
	Faults      parts.FieldErrors
	Processes   []parts.Option // where there is more than one
	Currencies  []parts.Option // likewise
	ValueLabel  string         // names the currency where there is only one
	Known       parts.Suggestions
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

func newDealRoutes(r *web.Router) {
	r.Get("/deals/new", askNewDeal)
	r.Post("/deals/new", openDeal)
	r.Template("deals_new", newDealPage{})
}

func askNewDeal(v *web.Request) error {
	page, err := buildNewDealPage(v, newDealForm{Seller: v.Open.Person, Customer: v.QueryParam("customer")})
	if err != nil {
		return err
	}
	return v.Render("deals_new", page)
}

func openDeal(v *web.Request) error {
	var f newDealForm
	shape := v.Read(&f)
	id, events, err := recordNewDeal(v, f, shape)
	if faults, mine := v.FormErrors(err); mine {
		page, err := buildNewDealPage(v, f)
		if err != nil {
			return err
		}
		page.Faults = faults
		return v.Reject(faults, "deals_new", page)
	}
	if err != nil {
		return err
	}
	return v.DoneWithUndo(urls.DealPath(id), events, v.T("newdeal.done"))
}

// openDeal opens the deal, unless the shape of the form is wrong or a field cannot be read.
func recordNewDeal(v *web.Request, f newDealForm, shape error) (id process.DealID, events []process.Event, err error) {
	value, e1 := web.ReadAmount(v.Text, "value", f.Value, cmp.Or(f.Currency, v.FileInfo.Currency))
	expected, e2 := web.ReadDay("expected_close", f.ExpectedClose)
	on, e3 := web.ReadDay("on", f.On)
	if err := web.Gather(shape, e1, e2, e3); err != nil {
		return "", nil, err
	}
	events, err = v.Act(func(team *sales.Team) (facts []process.Fact, err error) {
		n := sales.NewDeal{
			Name: f.Name, Customer: f.Customer, Seller: f.Seller, Process: process.ProcessID(f.Process), Value: value, ExpectedClose: expected, On: on,
		}
		if list := wording.PublishedProcesses(team); n.Process == "" && len(list) == 1 {
			n.Process = list[0].ID
		}
		id, facts, err = team.OpenDeal(n, v.Env())
		return facts, err
	})
	return id, events, err
}

// valueLabel is what a field for a value is called where no currency stands beside it.
func valueLabel(v *web.Request, currencies []parts.Option) string {
	if len(currencies) > 1 {
		return ""
	}
	return v.T("newdeal.value_in", v.Text.Unit(v.FileInfo.Currency))
}

func buildNewDealPage(v *web.Request, f newDealForm) (newDealPage, error) {
	page := newDealPage{Page: v.Page(urls.Deals, v.T("newdeal.title")), Form: f}
	err := v.Model(func(m *forecast.Model) error {
		team := m.Team()
		processes := wording.PublishedProcesses(team)
		page.NoProcess = len(processes) == 0
		for _, p := range processes {
			page.Processes = append(page.Processes, parts.OptionOf(string(p.ID), p.Name()))
			page.ProcessName = p.Name()
		}
		page.Currencies = currencies(team)
		page.ValueLabel = valueLabel(v, page.Currencies)
		page.Known = known(v, m)
		page.Beginning = team.TakesHistory(v.Today)
		return nil
	})
	return page, err
}

// historyHint says of a day in a form, during the first month of a file, from when a fact older than the file counts.
func historyHint(v *web.Request, team *sales.Team) string {
	if !team.TakesHistory(v.Today) {
		return ""
	}
	return v.T("newdeal.counts_as_history", team.Founded)
}

// currencies are what a value can be in: the reporting currency, and those that have a rate.
func currencies(team *sales.Team) []parts.Option {
	list := []parts.Option{parts.OptionOf(team.Currency(), team.Currency())}
	for _, c := range team.Currencies() {
		list = append(list, parts.OptionOf(c, c))
	}
	return list
}

// known are the names to choose from: of many customers those with open deals.
func known(v *web.Request, m *forecast.Model) (s parts.Suggestions) {
	team := m.Team()
	ids := team.Customers()
	if len(ids) > parts.MaxSuggestions {
		lines := dealindex.Get(v).Open(m)
		for i := range lines {
			s.Customers = append(s.Customers, lines[i].Customer)
		}
		slices.Sort(s.Customers)
		s.Customers = slices.Compact(s.Customers)
		s.Customers = s.Customers[:min(len(s.Customers), parts.MaxSuggestions)]
	} else {
		for _, id := range ids {
			s.Customers = append(s.Customers, team.Customer(id))
		}
	}
	for _, id := range team.People() {
		s.Sellers = append(s.Sellers, team.Person(id))
	}
	v.Text.Sort(s.Customers)
	v.Text.Sort(s.Sellers)
	return s
}
