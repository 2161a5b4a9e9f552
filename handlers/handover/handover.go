package handover

import (
	"net/url"
	"slices"

	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/handover"
	"milstolpe/process/sales"
)

// handoverPage is the choice of deals, or the preview of what was chosen.
type handoverPage struct {
	web.Page
	Name, PersonHref, Href string
	To                     string
	Known                  []string // of us, without the one who hands over
	Rows                   []dealLine
	Preview                *preview
	Faults                 parts.FieldErrors
}

// dealLine is one open deal.
type dealLine struct {
	ID             string
	Href, Title    string
	Value          string
	Activity, When string
	Chosen         bool
	Base           []string // deal:event
}

// preview is what will happen.
type preview struct {
	Says   []i18n.Piece
	After  string // how many open deals the other has then
	IsNew  string // nobody is called that yet
	Back   string // address of the choice as it was
	Chosen []dealLine
}

// Routes registers the page and its form.
func Routes(r *web.Router) {
	r.Get(urls.HandOverPath+":id", showHandover)
	r.Post(urls.HandOverPath+":id", handOver)
	r.Template("handover", handoverPage{})
}

// choiceAsk is the query: nothing chosen yet, or a name and deals.
type choiceAsk struct {
	To    string   `query:"to"`
	Deals []string `query:"deal"`
	Show  string   `query:"show"` // preview
}

// handoverForm hands over what the preview showed.
type handoverForm struct {
	To    string   `form:"to" label:"handover.to"`
	Deals []string `form:"deal" label:"handover.deals"`
	Base  []string `form:"base"`
}

func showHandover(v *web.Request) error {
	var ask choiceAsk
	if err := v.Query(&ask); err != nil {
		return err
	}
	page, err := buildPage(v, ask)
	if err != nil {
		return err
	}
	if page.Faults.Any() {
		return v.Reject(page.Faults, "handover", page)
	}
	return v.Render("handover", page)
}

func handOver(v *web.Request) error {
	var f handoverForm
	err := v.Read(&f)
	from := process.PersonID(v.Param("id"))
	var events []process.Event
	if err == nil {
		events, err = v.Act(func(team *sales.Team) ([]process.Fact, error) {
			chosen := make([]handover.Choice, len(f.Deals))
			for i, id := range f.Deals {
				chosen[i] = handover.Choice{Deal: process.DealID(id), Base: web.DecodeBaseOf(id, f.Base)}
			}
			return handover.Decide(team, from, f.To, chosen, v.Env())
		})
	}
	if faults, mine := v.FormErrors(err); mine {
		page, err := buildPage(v, choiceAsk{To: f.To, Deals: f.Deals})
		if err != nil {
			return err
		}
		page.Faults = faults
		return v.Reject(faults, "handover", page)
	}
	if err != nil {
		return err
	}
	return v.DoneWithUndo(urls.PersonHref(string(from)), events, v.T("handover.done", len(f.Deals), f.To))
}

func buildPage(v *web.Request, ask choiceAsk) (handoverPage, error) {
	from := process.PersonID(v.Param("id"))
	page := handoverPage{
		Page: v.Page(urls.Outcome, ""), To: ask.To, PersonHref: urls.PersonHref(string(from)), Href: urls.HandOverHref(string(from)),
	}
	err := v.Model(func(m *forecast.Model) error {
		team := m.Team()
		if page.Name = team.Person(from); page.Name == "" {
			return process.Missing("sellers.no_such")
		}
		page.Title = v.T("handover.title", page.Name)
		for _, id := range team.People() {
			if id != from {
				page.Known = append(page.Known, team.Person(id))
			}
		}
		slices.SortFunc(page.Known, v.Text.Compare)
		every := ask.Show == "" && ask.To == "" && ask.Deals == nil
		for _, d := range handover.Open(team, from) {
			page.Rows = append(page.Rows, newDealLine(v, team, d, every || slices.Contains(ask.Deals, string(d.ID))))
		}
		if ask.Show != "" {
			page.preview(v, m, from)
		}
		return nil
	})
	return page, err
}

func newDealLine(v *web.Request, team *sales.Team, d *sales.Deal, chosen bool) dealLine {
	step := d.Now.NextStep
	line := dealLine{
		ID: string(d.ID), Href: urls.DealPath(d.ID), Title: wording.DealName(team, d), Activity: step.Text, Chosen: chosen,
		Base: web.EncodeBaseOf(string(d.ID), handover.Base(d)),
	}
	if d.Now.Value != nil {
		line.Value = v.Text.Whole(*d.Now.Value)
	}
	if !step.Due.IsZero() {
		line.When = wording.DayAndTime(v.Text, step.Due, step.Time, v.Today)
	}
	return line
}

// preview says what the choice comes to, or what is missing in it.
func (p *handoverPage) preview(v *web.Request, m *forecast.Model, from process.PersonID) {
	team := m.Team()
	var problems process.Problems
	if err := handover.CheckTo(team, from, p.To); err != nil {
		problems.Join(err)
	}
	shown := &preview{Back: p.Href + "?" + choiceOf(p.To, p.Rows)}
	activities, worth := 0, 0.0
	for _, d := range handover.Open(team, from) {
		i := slices.IndexFunc(p.Rows, func(l dealLine) bool { return l.ID == string(d.ID) && l.Chosen })
		if i < 0 {
			continue
		}
		shown.Chosen = append(shown.Chosen, p.Rows[i])
		if d.Now.NextStep.Text != "" {
			activities++
		}
		if today, open := m.DealToday(d); open {
			worth += today.Value
		}
	}
	if len(shown.Chosen) == 0 {
		problems.Add("deal", "handover.none_chosen")
	}
	if faults, _ := v.FormErrors(problems.OrNil()); faults.Any() {
		p.Faults = faults
		return
	}
	to, known := team.PersonByName(p.To)
	name := p.To
	if known {
		name = team.Person(to)
	} else {
		shown.IsNew = v.T("handover.new", p.To)
	}
	deals := len(shown.Chosen)
	amount := v.Text.Whole(figures.Minor(worth, v.FileInfo.Currency))
	shown.Says = v.Text.Sentence("handover.says", deals, amount, v.T("handover.activities", activities), p.Name, name)
	shown.After = v.T("handover.after", deals+len(handover.Open(team, to)), name)
	if !known {
		shown.After = ""
	}
	p.Preview = shown
}

// choiceOf is the query of a choice.
func choiceOf(to string, lines []dealLine) string {
	q := url.Values{"to": {to}}
	for i := range lines {
		if lines[i].Chosen {
			q.Add("deal", lines[i].ID)
		}
	}
	return q.Encode()
}
