package handover

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

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
	ID          string
	Href, Title string
	Value       string
	Activity    string // what is planned, with its day
	Chosen      bool
	Base        []string // deal:event
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
	r.Get(urls.HandOverPath+":id/preview", tellPreview)
	r.Template("handover", handoverPage{})
}

// choiceAsk is the query: nothing chosen yet, or a name and deals.
type choiceAsk struct {
	To    string   `query:"to"`
	Deals []string `query:"deal"`
	Show  string   `query:"show"` // preview
	All   bool     `query:"all"`  // of the deals
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

// tellPreview answers a program with what the preview shows.
func tellPreview(v *web.Request) error {
	var ask choiceAsk
	if err := v.Query(&ask); err != nil {
		return err
	}
	ask.Show = "preview"
	page, err := buildPage(v, ask)
	if err != nil {
		return err
	}
	if page.Faults.Any() {
		return v.Reject(page.Faults, "handover", page)
	}
	told := urls.HandOverPreview{IsNew: page.Preview.IsNew, After: page.Preview.After, History: v.T("handover.history", page.Name)}
	for _, piece := range page.Preview.Says {
		told.Says += piece.Text
	}
	for _, l := range page.Preview.Chosen {
		told.Deals = append(told.Deals, urls.HandOverDeal{ID: process.DealID(l.ID), Title: l.Title, Value: l.Value, Activity: l.Activity})
	}
	return v.JSON(http.StatusOK, told)
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
		every := ask.All || ask.Show == "" && ask.To == "" && ask.Deals == nil
		for _, d := range handover.Open(team, from) {
			page.Rows = append(page.Rows, newDealLine(v, team, d, every || slices.Contains(ask.Deals, string(d.ID))))
		}
		if ask.Show != "" {
			page.preview(v, m, from, ask.Deals)
		}
		return nil
	})
	return page, err
}

func newDealLine(v *web.Request, team *sales.Team, d *sales.Deal, chosen bool) dealLine {
	line := dealLine{
		ID: string(d.ID), Href: urls.DealPath(d.ID), Title: wording.DealName(team, d), Chosen: chosen,
		Base: web.EncodeBaseOf(string(d.ID), handover.Base(d)),
	}
	if d.Now.Value != nil {
		line.Value = v.Text.Whole(*d.Now.Value)
	}
	line.Activity = activitiesOf(v, d)
	return line
}

// activitiesOf are the activities that go along, each with its day.
func activitiesOf(v *web.Request, d *sales.Deal) string {
	var all []string
	for _, p := range d.Activities().Planned() {
		one := p.Text
		if !p.Due.IsZero() {
			one += ", " + wording.DayAndTime(v.Text, p.Due, p.Time, v.Today)
		}
		all = append(all, one)
	}
	return strings.Join(all, "; ")
}

// preview says what the choice comes to, or what is missing in it.
func (p *handoverPage) preview(v *web.Request, m *forecast.Model, from process.PersonID, asked []string) {
	team := m.Team()
	var problems process.Problems
	for _, id := range asked {
		if !slices.ContainsFunc(p.Rows, func(l dealLine) bool { return l.ID == id }) {
			name := id
			if d, ok := team.Deal(process.DealID(id)); ok {
				name = wording.DealName(team, d)
			}
			problems.Add("deal", "handover.not_theirs", name, p.Name)
		}
	}
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
		activities += len(d.Activities().Planned())
		if today, open := m.DealToday(d); open {
			worth += today.Value
		}
	}
	switch {
	case len(p.Rows) == 0 && len(problems) == 0:
		problems.Add("deal", "handover.no_deals", p.Name)
	case len(shown.Chosen) == 0 && len(asked) == 0:
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
