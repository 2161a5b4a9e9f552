package handlers

import (
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// dealPage is everything about one deal.
type dealPage struct {
	Page
	Customer   Cell
	Head       dealHead
	Milestones dealMilestones
	Next       dealNext
	Contacts   dealContacts
	Journal    dealJournal
	Course     dealCourse
	History    dealHistory
}

// dealForms are the forms that may stand open on the page, one at a time: those that were asked for, or that came back with faults.
type dealForms struct {
	Reach    *reachForm // also to correct what was reached
	Withdraw *withdrawForm
	Waive    *waiveForm
	Promise  *promiseForm
	Next     *nextForm
	Contact  *contactForm
	Journal  *journalForm
	Reopen   *reopenForm
}

func dealRoutes(r *routes) {
	r.getKept("/deals/:id", showDeal)
	r.post("/deals/:id/reopen", reopenDeal)
	r.template("deal", dealPage{})
	r.template("deal/head", dealHead{})
	r.template("deal/milestones", dealMilestones{})
	r.template("deal/next", dealNext{})
	r.template("deal/contacts", dealContacts{})
	r.template("deal/journal", dealJournal{})
	r.template("deal/course", dealCourse{})
	r.template("deal/history", dealHistory{})
	milestoneRoutes(r)
	dealSideRoutes(r)
	dealEditRoutes(r)
	dealCloseRoutes(r)
	dealWhyRoutes(r)
}

func showDeal(v *visit) error {
	page, err := v.dealPage(nil)
	if err != nil {
		return err
	}
	return v.show("deal", page, page.parts()...)
}

// parts are the pieces of the page that change with a save.
func (p *dealPage) parts() []Part {
	return []Part{
		{"head", "deal/head", p.Head},
		{"milestones", "deal/milestones", p.Milestones},
		{"next", "deal/next", p.Next},
		{"contacts", "deal/contacts", p.Contacts},
		{"journal", "deal/journal", p.Journal},
		{"course", "deal/course", p.Course},
		{"history", "deal/history", p.History},
	}
}

// dealPage makes the page of the deal that the address names. Without forms it opens the one that the query asks for.
func (v *visit) dealPage(forms *dealForms) (page dealPage, err error) {
	page.Page = v.page(Deals, "")
	err = v.model(func(m *forecast.Model) error {
		d, err := v.deal(m.Team())
		if err != nil {
			return err
		}
		view := newDealView(v, m, d)
		if forms == nil {
			asked := view.asked()
			forms = &asked
		}
		page.fill(view, *forms)
		return nil
	})
	return page, err
}

// deal finds the deal that the address names.
func (v *visit) deal(team *sales.Team) (*sales.Deal, error) {
	d, ok := team.Deal(process.DealID(v.Param("id")))
	if !ok {
		return nil, process.Missing("deal.no_such")
	}
	return d, nil
}

// dealView is what the parts of the page are made from.
type dealView struct {
	*visit
	*standing
	m     *forecast.Model
	team  *sales.Team
	d     *sales.Deal
	now   *sales.Current
	today forecast.DealToday // zero for a closed deal
	href  string
}

func newDealView(v *visit, m *forecast.Model, d *sales.Deal) *dealView {
	s := standingOf(d)
	w := &dealView{visit: v, standing: &s, m: m, team: m.Team(), d: d, now: &d.Now, href: dealPath(d.ID)}
	w.today, _ = m.DealToday(d)
	return w
}

func (p *dealPage) fill(w *dealView, forms dealForms) {
	name := dealName(w.team, w.d)
	p.Title, p.Print = name, w.t("deal.print", name)
	if customer := w.team.Customer(w.now.Customer); customer != "" {
		p.Customer = Cell{Text: customer, Href: customerPath(w.now.Customer)}
	}
	turns := w.m.History(w.d)
	p.Head = w.head(forms.Reopen)
	p.Milestones = w.milestones(forms)
	p.Next = w.nextActivity(forms.Next)
	p.Contacts = w.contacts(forms.Contact)
	p.Journal = w.journal(forms.Journal)
	p.Course = w.course(turns)
	p.History = w.history(turns)
}

// ownName is the deal's own name; where it has none, its customer's, or the other system's id.
func (w *dealView) ownName() string {
	if w.now.Name != "" {
		return w.now.Name
	}
	return dealName(w.team, w.d)
}

// asked are the forms that the query asks for: ?form=reach&m=pengar. What cannot be done now opens nothing.
func (w *dealView) asked() (f dealForms) {
	key := process.MilestoneID(w.QueryParam("m"))
	if w.now.Close != nil {
		if w.QueryParam("form") == "reopen" {
			f.Reopen = &reopenForm{}
		}
		return f
	}
	switch w.QueryParam("form") {
	case "reach":
		f.Reach = w.reachForm(key)
	case "withdraw":
		f.Withdraw = w.withdrawForm(key)
	case "waive":
		f.Waive = &waiveForm{milestoneKey: milestoneKey{key}}
	case "promise":
		f.Promise = w.promiseForm(key)
	case "next":
		f.Next = w.nextForm()
	case "contact":
		f.Contact = w.contactForm(process.ContactID(w.QueryParam("c")))
	case "journal":
		f.Journal = &journalForm{Day: w.visit.today.String()}
	}
	return f
}

// dealForm is one of the forms of the page. Refuse keeps what is wrong with it, and opens it.
type dealForm interface {
	refuse(*visit, Faults) dealForms
}

// onDeal reads a form of the deal's page, records what decide makes of it, and goes back to the page, which says what was done.
func (v *visit) onDeal(form dealForm, said string, decide func(*sales.Team, *sales.Deal) ([]process.Fact, error)) error {
	return v.onDealSaying(form, func() string { return v.t(said) }, decide)
}

// onDealSaying does so with words that depend on what the record has changed.
func (v *visit) onDealSaying(form dealForm, said func() string, decide func(*sales.Team, *sales.Deal) ([]process.Fact, error)) error {
	err := v.read(form)
	var events []process.Event
	if err == nil {
		events, err = v.actOn(decide)
	}
	if faults, mine := v.faults(err); mine {
		forms := form.refuse(v, faults)
		page, err := v.dealPage(&forms)
		if err != nil {
			return err
		}
		return v.again(faults, "deal", page, page.parts()...)
	}
	if err != nil {
		return err
	}
	return v.done(dealPath(process.DealID(v.Param("id"))), events, said())
}

// actOn records what decide says of the deal that the address names.
func (v *visit) actOn(decide func(*sales.Team, *sales.Deal) ([]process.Fact, error)) ([]process.Event, error) {
	return v.act(func(team *sales.Team) ([]process.Fact, error) {
		d, err := v.deal(team)
		if err != nil {
			return nil, err
		}
		return decide(team, d)
	})
}
