package deals

import (
	"cmp"

	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/presets"
	"milstolpe/process/sales"
)

// dealClosePage asks how a deal ended.
type dealClosePage struct {
	web.Page
	Href       string
	Name       string
	Form       dealCloseForm
	Faults     parts.FieldErrors
	Outcomes   []parts.Option
	Reasons    []parts.Option
	WinReasons []string // suggested, and those that were given before
	HowFar     howFar   // the milestones that are missing
	Currencies []parts.Option
	Rivals     []string // competitors named before
	Stalled    bool
	Waited     []i18n.Piece
	OnHint     string // what an early day means
}

// dealCloseForm is what is typed. The reason is one of the list or in people's own words.
type dealCloseForm struct {
	Base        string `form:"base"`
	Outcome     string `form:"outcome" validate:"required,oneof=won lost no_decision withdrew invalid" label:"dealclose.outcome"`
	On          string `form:"on" validate:"required,day" label:"dealclose.on"`
	Value       string `form:"value" validate:"max=40" label:"dealclose.value"`
	Currency    string `form:"currency"`
	WasValue    string `form:"was_value"` // as the page had them
	WasCurrency string `form:"was_currency"`
	Reason      string `form:"reason" validate:"max=200" label:"dealclose.reason"`
	Own         string `form:"own" validate:"max=10000" label:"dealclose.own"`
	Competitor  string `form:"competitor" validate:"max=200" label:"dealclose.competitor"`
	SaidBy      string `form:"said_by" validate:"omitempty,oneof=customer us" label:"dealclose.said_by"`
	WonBy       string `form:"won_by" validate:"max=200" label:"dealclose.won_by"`

	Reached  []string `form:"reached"`
	Evidence string   `form:"evidence" validate:"max=10000" label:"deal.evidence"`
}

func dealCloseRoutes(r *web.Router) {
	r.Get("/deals/:id/close", askDealClose)
	r.Post("/deals/:id/close", closeDeal)
	r.Template("deal_close", dealClosePage{})
}

func askDealClose(v *web.Request) error {
	page, err := buildClosePage(v, nil, parts.FieldErrors{})
	if err != nil {
		return err
	}
	if page.Form.On == "" { // it is closed already
		return v.RedirectTo(page.Href)
	}
	return v.Render("deal_close", page)
}

func closeDeal(v *web.Request) error {
	var f dealCloseForm
	err := v.Read(&f)
	var events []process.Event
	if err == nil {
		events, err = v.ActOnDealInTeam(func(team *sales.Team, d *sales.Deal) ([]process.Fact, error) { return f.decide(v, team, d) })
	}
	if faults, mine := v.FormErrors(err); mine {
		page, err := buildClosePage(v, &f, faults)
		if err != nil {
			return err
		}
		page.HowFar.Faults = faults
		return v.Reject(faults, "deal_close", page)
	}
	if err != nil {
		return err
	}
	return v.DoneWithUndo(urls.DealPath(v.DealID()), events, v.T("dealclose.done_"+f.Outcome))
}

func (f *dealCloseForm) decide(v *web.Request, team *sales.Team, d *sales.Deal) ([]process.Fact, error) {
	c := sales.CloseInput{Outcome: process.Outcome(f.Outcome)}
	var e1, e2, e3 error
	c.On, e1 = web.ReadDay("on", f.On)
	if c.Outcome == process.Won {
		c.Value, e2 = web.ReadAmount(v.Text, "value", f.Value, cmp.Or(f.Currency, v.FileInfo.Currency))
		c.Reason, c.Reached, c.Evidence = f.WonBy, milestoneIDs(f.Reached), readEvidence(f.Evidence)
	} else {
		c.Reason, c.Competitor, c.SaidBy = cmp.Or(f.Own, f.Reason), f.Competitor, process.SaidBy(f.SaidBy)
		if f.Own != "" && f.Reason != "" {
			e3 = process.Wrong("own", "dealclose.one_reason")
		}
	}
	if err := web.Gather(e1, e2, e3); err != nil {
		return nil, err
	}
	if err := f.checkEnd(v, team, d); err != nil {
		return nil, err
	}
	facts, err := d.CloseDeal(c, v.Today)
	return facts, web.SameField(web.SameField(err, "link", "evidence"), "reached_on", "on")
}

// closeBase are the events that the form is made from: how the deal stands, and the value that is proposed.
func closeBase(d *sales.Deal) string {
	return web.EncodeBase(append(d.EndBase(), d.Heads()["value"]...))
}

func buildClosePage(v *web.Request, f *dealCloseForm, faults parts.FieldErrors) (dealClosePage, error) {
	page := dealClosePage{Page: v.Page(urls.Deals, "")}
	err := v.Model(func(m *forecast.Model) error {
		team := m.Team()
		d, err := v.Deal(team)
		if err != nil {
			return err
		}
		page.Href, page.Name = urls.DealPath(d.ID), wording.DealName(team, d)
		page.Title = v.T("dealclose.title", page.Name)
		page.Currencies, page.OnHint = currencies(team), historyHint(v, team)
		page.fillChoices(v, m)
		if today, ok := m.DealToday(d); ok && today.StandingKnown && today.Stalled {
			page.Waited = v.Text.Sentence("deal.stalled", today.Waited, today.Patience.Days)
		}
		if f == nil {
			f = newCloseForm(v, d)
		}
		if faults.Stale() {
			if d.Now.Close == nil {
				f.freshen(newCloseForm(v, d))
			}
		}
		page.Form, page.Faults = *f, faults
		page.HowFar = howFar{Legend: v.T("dealclose.missing"), Choices: missingChoices(d, f.Reached), Evidence: f.Evidence}
		return nil
	})
	return page, err
}

func newCloseForm(v *web.Request, d *sales.Deal) *dealCloseForm {
	if d.Now.Close != nil {
		return &dealCloseForm{}
	}
	f := &dealCloseForm{
		Outcome: v.QueryParam("outcome"), On: v.Today.String(), Value: typed(v.Text, d.Now.Value), Currency: v.FileInfo.Currency,
		Base: closeBase(d),
	}
	if d.Now.Value != nil {
		f.Currency = d.Now.Value.Currency
	}
	f.WasValue, f.WasCurrency = f.Value, f.Currency
	return f
}

// fillChoices puts in the outcomes, the reasons that the program suggests, and the competitors that were named before.
func (p *dealClosePage) fillChoices(v *web.Request, m *forecast.Model) {
	for _, o := range process.Outcomes {
		choice := parts.OptionOf(string(o), v.T("dealclose.outcome_"+string(o)))
		choice.Hint = v.T("dealclose.hint_" + string(o))
		p.Outcomes = append(p.Outcomes, choice)
	}
	p.Reasons = []parts.Option{parts.OptionOf("", v.T("dealclose.choose_reason"))}
	for _, r := range presets.LossReasons(string(v.Text.Lang)) {
		p.Reasons = append(p.Reasons, parts.OptionOf(r.Text, r.Text))
	}
	var rivals, wonBy distinct
	for _, r := range presets.WinReasons(string(v.Text.Lang)) {
		wonBy.add(r.Text)
	}
	lines := dealindex.Get(v).Closed(m)
	for i := range lines {
		end := lines[i].Deal.Now.Close
		rivals.add(end.Competitor)
		if end.Outcome == process.Won {
			wonBy.add(end.Reason)
		}
	}
	p.Rivals, p.WinReasons = rivals.list, wonBy.list
	v.Text.Sort(p.Rivals)
}

// distinct collects texts, each once however it is written.
type distinct struct {
	seen map[string]bool
	list []string
}

func (d *distinct) add(text string) {
	if d.seen == nil {
		d.seen = map[string]bool{"": true}
	}
	if key := process.FoldName(text); !d.seen[key] {
		d.seen[key] = true
		d.list = append(d.list, text)
	}
}
