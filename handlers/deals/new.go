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
	"milstolpe/process/activities"
	"milstolpe/process/forecast"
	"milstolpe/process/picklists"
	"milstolpe/process/sales"
)

// newDealPage asks for what it takes to begin a deal.
type newDealPage struct {
	web.Page
	Form       newDealForm
	Faults     parts.FieldErrors
	Processes  []parts.Option // where there is more than one
	Currencies []parts.Option // likewise
	ValueLabel string         // names the currency where there is only one
	Known      parts.Suggestions
	OnHint     string // what an early opening day means
	NoProcess  bool
	Begun      newDealBegun
	Lists      []wording.ListChoice
}

// newDealBegun is how far the customer of a new deal has come, in the process that is chosen.
type newDealBegun struct {
	HowFar  howFar
	Process string
	Open    bool
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
	Source        string `form:"source" validate:"max=200" label:"newdeal.source"`

	Choices []string `form:"choices"`

	Contact string `form:"contact" validate:"max=200" label:"deal.contact_name"`
	Role    string `form:"role" validate:"max=200" label:"deal.contact_role"`
	Email   string `form:"email" validate:"omitempty,max=200,email" label:"deal.contact_email"`
	Phone   string `form:"phone" validate:"max=200" label:"deal.contact_phone"`
	Next    string `form:"next" validate:"max=200" label:"deal.next_text"`
	Due     string `form:"due" validate:"omitempty,day" label:"deal.next_due"`

	Reached   []string `form:"reached"`
	ReachedOf string   `form:"reached_of"` // the process whose milestones were shown
	ReachedOn string   `form:"reached_on" validate:"omitempty,day" label:"deal.when"`
	Evidence  string   `form:"evidence" validate:"max=10000" label:"deal.evidence"`
}

func newDealRoutes(r *web.Router) {
	r.Get("/deals/new", askNewDeal)
	r.Post("/deals/new", openDeal)
	r.Template("deals_new", newDealPage{})
	r.Template("deals_new/begun", newDealBegun{})
}

func askNewDeal(v *web.Request) error {
	page, err := buildNewDealPage(v, newDealForm{
		Seller: v.FileInfo.Person(), Customer: v.QueryParam("customer"), Process: v.QueryParam("process"), ReachedOn: v.Today.String(),
	}, parts.FieldErrors{})
	if err != nil {
		return err
	}
	return v.Render("deals_new", page, web.Fragment{ID: "begun", Template: "deals_new/begun", Data: page.Begun})
}

func openDeal(v *web.Request) error {
	var f newDealForm
	shape := v.Read(&f)
	id, events, err := recordNewDeal(v, f, shape)
	if faults, mine := v.FormErrors(err); mine {
		page, err := buildNewDealPage(v, f, faults)
		if err != nil {
			return err
		}
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
	begun, e4 := f.begun()
	if err := web.Gather(shape, e1, e2, e3, e4); err != nil {
		return "", nil, err
	}
	events, err = v.Act(func(team *sales.Team) (facts []process.Fact, err error) {
		n := sales.NewDeal{
			Name: f.Name, Customer: f.Customer, Seller: f.Seller, Process: process.ProcessID(f.Process), Value: value, ExpectedClose: expected, On: on,
			Begun: begun,
		}
		if list := wording.PublishedProcesses(team); n.Process == "" && len(list) == 1 {
			n.Process = list[0].ID
		}
		if len(f.Reached) > 0 && f.ReachedOf != string(n.Process) {
			return nil, process.Wrong("reached", "newdeal.other_milestones")
		}
		id, facts, err = team.OpenDeal(n, v.Env())
		sent := sentChoices{now: f.Choices}
		chosen, e1 := sent.choose(team.Lists(), id, picklists.Chosen{}, openedWith(facts))
		return append(facts, chosen...), web.Gather(web.SameField(err, "link", "evidence"), e1)
	})
	return id, events, err
}

// begun reads what is known of the deal beyond its own fields.
func (f *newDealForm) begun() (sales.Begun, error) {
	reachedOn, e1 := web.ReadDay("reached_on", f.ReachedOn)
	due, e2 := web.ReadDay("due", f.Due)
	return sales.Begun{
		Reached: milestoneIDs(f.Reached), ReachedOn: reachedOn, Evidence: readEvidence(f.Evidence), Source: f.Source,
		Contact: sales.ContactForm{Name: f.Contact, Role: f.Role, Email: f.Email, Phone: f.Phone}, Next: activities.Activity{Text: f.Next, Due: due},
	}, web.Gather(e1, e2)
}

// valueLabel is what a field for a value is called where no currency stands beside it.
func valueLabel(v *web.Request, currencies []parts.Option) string {
	if len(currencies) > 1 {
		return ""
	}
	return v.T("newdeal.value_in", v.Text.Unit(v.FileInfo.Currency))
}

func buildNewDealPage(v *web.Request, f newDealForm, faults parts.FieldErrors) (newDealPage, error) {
	page := newDealPage{Page: v.Page(urls.Deals, v.T("newdeal.title")), Form: f, Faults: faults}
	err := v.Model(func(m *forecast.Model) error {
		team := m.Team()
		processes := wording.PublishedProcesses(team)
		page.NoProcess = len(processes) == 0
		for _, p := range processes {
			page.Processes = append(page.Processes, parts.OptionOf(string(p.ID), p.Name()))
		}
		page.Currencies = currencies(team)
		page.ValueLabel = valueLabel(v, page.Currencies)
		page.Known, page.Lists = known(v, m), listFields(v.Text, team.Lists(), picklists.Chosen{}, &sentChoices{now: f.Choices}, faults)
		page.OnHint = cmp.Or(historyHint(v, team), v.T("newdeal.on_hint"))
		page.Begun = begunIn(processes, f, faults)
		page.Begun.HowFar.OnHint, page.Begun.HowFar.Legend = historyHint(v, team), v.T("deal.how_far_tick")
		return nil
	})
	return page, err
}

// begunIn offers the milestones of the process that is chosen, or of the first.
func begunIn(processes []*sales.Process, f newDealForm, faults parts.FieldErrors) newDealBegun {
	if len(processes) == 0 {
		return newDealBegun{}
	}
	chosen := processes[max(0, slices.IndexFunc(processes, func(p *sales.Process) bool { return string(p.ID) == f.Process }))]
	none := func(process.MilestoneID) bool { return false }
	b := newDealBegun{Process: string(chosen.ID), HowFar: howFar{On: f.ReachedOn, Evidence: f.Evidence, Dated: true, Faults: faults}}
	b.HowFar.Choices = milestoneChoices(&chosen.Current().Definition, none, f.Reached)
	b.Open = len(f.Reached) > 0 || f.Evidence != "" || faults.At("reached")+faults.At("reached_on")+faults.At("evidence") != ""
	return b
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
	for _, c := range team.Rates().Currencies() {
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
	s.Sources = team.Sources(parts.MaxSuggestions)
	v.Text.Sort(s.Customers)
	v.Text.Sort(s.Sellers)
	v.Text.Sort(s.Sources)
	return s
}
