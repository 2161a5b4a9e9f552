package deals

import (
	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// dealPage is everything about one deal.
type dealPage struct {
	web.Page
	Head       dealHead
	Milestones dealMilestones
	Next       dealNext
	Roles      dealRoles
	Contacts   dealContacts
	Journal    dealJournal
	Course     dealChanceHistory
	History    dealHistory
}

// dealForms are the forms that may stand open on the page, one at a time: those that were asked for, or that came back with faults.
type dealForms struct {
	Reach    *reachForm // also to correct what was reached
	Withdraw *withdrawForm
	Waive    *waiveForm
	Promise  *promiseForm
	Next     *nextForm
	Contact  *parts.ContactForm
	Role     *roleForm
	Journal  *journalForm
	Reopen   *reopenForm
	CatchUp  *catchUpForm
}

// Routes registers the form for a new deal, the page that asks how far customers have come, and the pages and forms of a deal.
func Routes(r *web.Router) {
	newDealRoutes(r)
	howFarRoutes(r)
	dealRoutes(r)
}

func dealRoutes(r *web.Router) {
	r.GetCached("/deals/:id", showDeal)
	r.Post("/deals/:id/reopen", reopenDeal)
	r.Template("deal", dealPage{})
	r.Template("deal/head", dealHead{})
	r.Template("deal/milestones", dealMilestones{})
	r.Template("deal/next", dealNext{})
	r.Template("deal/roles", dealRoles{})
	r.Post("/deals/:id/roles/:role", saveRole)
	r.Template("deal/contacts", dealContacts{})
	r.Template("deal/journal", dealJournal{})
	r.Template("deal/course", dealChanceHistory{})
	r.Template("deal/history", dealHistory{})
	milestoneRoutes(r)
	nextStepRoutes(r)
	dealEditRoutes(r)
	dealCloseRoutes(r)
	dealWhyRoutes(r)
}

func showDeal(v *web.Request) error {
	page, err := buildDealPage(v, nil)
	if err != nil {
		return err
	}
	return v.Render("deal", page, page.parts()...)
}

// parts are the pieces of the page that change with a save.
func (p *dealPage) parts() []web.Fragment {
	return []web.Fragment{
		{ID: "head", Template: "deal/head", Data: p.Head},
		{ID: "milestones", Template: "deal/milestones", Data: p.Milestones},
		{ID: "next", Template: "deal/next", Data: p.Next},
		{ID: "roles", Template: "deal/roles", Data: p.Roles},
		{ID: "contacts", Template: "deal/contacts", Data: p.Contacts},
		{ID: "journal", Template: "deal/journal", Data: p.Journal},
		{ID: "course", Template: "deal/course", Data: p.Course},
		{ID: "history", Template: "deal/history", Data: p.History},
	}
}

// dealPage makes the page of the deal that the address names. Without forms it opens the one that the query asks for.
func buildDealPage(v *web.Request, forms *dealForms) (page dealPage, err error) {
	page.Page = v.Page(urls.Deals, "")
	err = v.Model(func(m *forecast.Model) error {
		d, err := v.Deal(m.Team())
		if err != nil {
			return err
		}
		view := newDealView(v, m, d)
		if forms == nil {
			asked := view.formsFromQuery()
			forms = &asked
		}
		page.fill(view, *forms)
		return nil
	})
	return page, err
}

// dealView is what the parts of the page are made from.
type dealView struct {
	*web.Request
	*dealindex.MilestoneStates
	m     *forecast.Model
	team  *sales.Team
	d     *sales.Deal
	now   *sales.Current
	today forecast.DealToday // zero for a closed deal
	href  string
}

func newDealView(v *web.Request, m *forecast.Model, d *sales.Deal) *dealView {
	s := dealindex.NewMilestoneStates(d)
	w := &dealView{Request: v, MilestoneStates: &s, m: m, team: m.Team(), d: d, now: &d.Now, href: urls.DealPath(d.ID)}
	w.today, _ = m.DealToday(d)
	return w
}

func (p *dealPage) fill(w *dealView, forms dealForms) {
	name := wording.DealName(w.team, w.d)
	p.Title, p.Print = name, w.T("deal.print", name)
	turns := w.m.History(w.d)
	p.Head = w.head(forms.Reopen)
	p.Milestones = w.milestones(forms)
	p.Next = w.nextActivity(forms.Next)
	p.Roles = w.roles(forms.Role)
	p.Contacts = w.contacts(forms.Contact)
	p.Journal = w.journal(forms.Journal)
	p.Course = w.chanceHistory(turns)
	p.History = w.history(turns)
}

// formsFromQuery are the forms that the query asks for: ?form=reach&m=pengar. What cannot be done now opens nothing.
func (w *dealView) formsFromQuery() (f dealForms) {
	key := process.MilestoneID(w.QueryParam("m"))
	if w.now.Close != nil {
		switch w.QueryParam("form") {
		case "reopen":
			f.Reopen = &reopenForm{}
		case "catchup":
			f.CatchUp = w.catchUpForm(key)
		case "reach":
			f.Reach = w.reachForm(key)
		case "withdraw":
			f.Withdraw = w.withdrawForm(key)
		}
		return f
	}
	switch w.QueryParam("form") {
	case "reach":
		f.Reach = w.reachForm(key)
	case "catchup":
		f.CatchUp = w.catchUpForm(key)
	case "withdraw":
		f.Withdraw = w.withdrawForm(key)
	case "waive":
		f.Waive = &waiveForm{milestoneKey: milestoneKey{key}, Base: web.EncodeBase(w.d.MarkIDs(key, process.FarFuture))}
	case "promise":
		f.Promise = w.promiseForm(key)
	case "next":
		f.Next = w.nextForm()
	case "contact":
		f.Contact = w.contactForm(process.ContactID(w.QueryParam("c")))
	case "role":
		f.Role = w.roleForm(process.RoleID(w.QueryParam("r")))
	case "journal":
		f.Journal = &journalForm{Day: w.Request.Today.String()}
	}
	return f
}

// dealForm is one of the forms of the page. Refuse keeps what is wrong with it, and opens it.
type dealForm interface {
	withErrors(*web.Request, parts.FieldErrors) dealForms
}

// rejectDeal gives the page back with what is wrong with one of its forms; an error that is none of the form's is passed on.
func rejectDeal(v *web.Request, form dealForm, err error) error {
	faults, mine := v.FormErrors(err)
	if !mine {
		return err
	}
	forms := form.withErrors(v, faults)
	page, err := buildDealPage(v, &forms)
	if err != nil {
		return err
	}
	return v.Reject(faults, "deal", page, page.parts()...)
}

// dealDone goes back to the page, which says what was done.
func dealDone(v *web.Request, events []process.Event, said string) error {
	return v.DoneWithUndo(urls.DealPath(v.DealID()), events, said)
}
