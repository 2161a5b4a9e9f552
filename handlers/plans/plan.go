package plans

import (
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/ical"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// planPage is the plan for the customer of one deal.
type planPage struct {
	web.Page
	Href, DealHref, DealName string
	Filters                  []parts.FilterGroup
	Doc                      document
	Text                     string // the same, to paste into a mail
	Days                     bool   // the buyer has named days, so there is a calendar
	Form                     *wordsForm
	Empty                    []i18n.Piece // why there is no plan
}

// document is what the customer reads.
type document struct {
	Title, Intro, Closing string
	Lines                 []docLine
	From, On              string // who made it, and when
}

// docLine is one thing that remains to happen.
type docLine struct {
	Number    int
	Milestone process.MilestoneID
	What      string
	Day       string
	Who, Ours string
	LeftOut   bool // stands only in the form
	byProcess process.PlanLine
	on        process.Date
}

// Routes registers the page.
func Routes(r *web.Router) {
	r.GetCached(urls.PlansPath+"/:id", showPlan)
	r.Post(urls.PlansPath+"/:id", saveWords)
	r.Get(urls.PlansPath+"/:id/calendar", sendDays)
	r.Template("plan", planPage{})
}

func showPlan(v *web.Request) error {
	page, err := newPlanPage(v, nil)
	if err != nil {
		return err
	}
	return v.Render("plan", page)
}

func newPlanPage(v *web.Request, form *wordsForm) (page planPage, err error) {
	page.Page = v.Page(urls.Deals, "")
	err = look(v, func(w planView) error {
		page.fill(w)
		if page.Form = form; form == nil && v.QueryParam("form") == "words" && len(page.Empty) == 0 {
			page.Form = newWordsForm(w)
		}
		if page.Form != nil {
			page.Form.name(page.Doc)
		}
		return nil
	})
	return page, err
}

// planView is what a plan is made from.
type planView struct {
	*web.Request
	team *sales.Team
	d    *sales.Deal
}

// look lets somebody see the plan of the deal that the address names.
func look(v *web.Request, see func(planView) error) error {
	return v.View(func(team *sales.Team) error {
		d, err := v.Deal(team)
		if err != nil {
			return err
		}
		return see(planView{v, team, d})
	})
}

// act records what decide says of the plan of the deal that the address names.
func act(v *web.Request, decide func(planView) ([]process.Fact, error)) ([]process.Event, error) {
	return v.ActOnDealInTeam(func(team *sales.Team, d *sales.Deal) ([]process.Fact, error) { return decide(planView{v, team, d}) })
}

func (p *planPage) fill(w planView) {
	v, d := w.Request, w.d
	p.DealName, p.DealHref, p.Href = wording.DealName(w.team, d), urls.DealPath(d.ID), urls.PlanPath(d.ID)
	p.Doc = w.document()
	p.Title, p.Print = p.Doc.Title, p.Doc.Title
	switch {
	case d.Now.Close != nil:
		p.Empty = v.Text.Sentence("plan.closed", p.DealHref)
	case len(p.Doc.Lines) == 0:
		p.Empty = v.Text.Sentence("plan.nothing_left", p.DealHref)
	}
	if len(p.Empty) > 0 {
		return
	}
	p.Text = p.Doc.text(v.Text)
	for _, l := range p.Doc.Lines {
		p.Days = p.Days || !l.on.IsZero() && !l.LeftOut
	}
	p.Filters = []parts.FilterGroup{{Words: []parts.FilterLink{
		{Text: v.T("plan.change"), Href: p.Href + "?form=words#words"}, {Text: v.T("plan.print"), Href: p.Href, Print: true},
	}}}
}

// document is the plan as it reads now: what remains of the deal's milestones, in their order.
func (w planView) document() document {
	v, team, d := w.Request, w.team, w.d
	plan, _ := d.Plan()
	what := d.Now.Name
	if what == "" {
		what = team.Customer(d.Now.Customer)
	}
	doc := document{
		Title: v.T("plan.title", what), Intro: plan.Intro, Closing: plan.Closing, On: v.Text.Day(v.Today),
		From: parts.JoinComma(team.Person(d.Now.Seller), team.Company()),
	}
	if doc.Intro == "" {
		doc.Intro = v.T("plan.intro", team.Customer(d.Now.Customer))
	}
	version := d.Version()
	if version == nil {
		return doc
	}
	number := 0
	for i := range version.Definition.Milestones {
		ms := &version.Definition.Milestones[i]
		if _, there := d.MarkOn(ms.Key, process.FarFuture); there {
			continue
		}
		line := newDocLine(v, d, ms, plan.Line(ms.Key))
		if !line.LeftOut {
			number++
			line.Number = number
		}
		doc.Lines = append(doc.Lines, line)
	}
	return doc
}

func newDocLine(v *web.Request, d *sales.Deal, ms *process.Milestone, worded process.PlanLine) docLine {
	line := docLine{
		Milestone: ms.Key, What: worded.What, Who: worded.Who, Ours: worded.Ours, LeftOut: worded.LeftOut,
		byProcess: process.PlanLine{Milestone: ms.Key, What: wording.InBuyersVoice(ms.Name), Ours: ms.OurPart},
	}
	if line.What == "" {
		line.What = line.byProcess.What
	}
	if line.Ours == "" {
		line.Ours = line.byProcess.Ours
	}
	line.on, _ = d.Promised(ms.Key)
	line.Day = v.Text.DayNear(line.on, v.Today)
	return line
}

// Shown are the lines that the customer reads.
func (d document) Shown() []docLine {
	var list []docLine
	for _, l := range d.Lines {
		if !l.LeftOut {
			list = append(list, l)
		}
	}
	return list
}

// sendDays sends the days that the buyer has named as a calendar for the buyer: in the words of the plan, and with nothing of ours.
func sendDays(v *web.Request) error {
	var c ical.Calendar
	err := look(v, func(w planView) error {
		d, doc := w.d, w.document()
		c = ical.Calendar{Name: doc.Title, Zone: w.team.Location()}
		if d.Now.Close != nil {
			return process.Missing("calendar.nothing_comes")
		}
		for _, l := range doc.Shown() {
			if l.on.IsZero() {
				continue
			}
			entry := ical.Entry{Kind: ical.Planned, Deal: d.ID, Milestone: l.Milestone, Day: l.on, Summary: l.What, About: l.Who}
			entry.Changes(d.Promises(l.Milestone).Entries())
			c.Entries = append(c.Entries, entry)
		}
		if len(c.Entries) == 0 {
			return process.Missing("calendar.nothing_comes")
		}
		return nil
	})
	if err != nil {
		return err
	}
	return v.Download(c.Name+".ics", web.TypeCalendar, c.Bytes(v.Now))
}
