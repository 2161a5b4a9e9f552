package handlers

import (
	"cmp"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/presets"
	"milstolpe/process/sales"
)

// dealClosePage asks how a deal ended.
type dealClosePage struct {
	Page
	Href       string
	Name       string
	Form       dealCloseForm
	Faults     Faults
	Outcomes   []Option
	Reasons    []Option
	Currencies []Option
	Rivals     []string // competitors named before
	Stalled    bool
	Waited     []Piece
	OnHint     string // what an early day means
}

// dealCloseForm is what is typed. The reason is one of the list or in people's own words.
type dealCloseForm struct {
	Outcome    string `form:"outcome" validate:"required,oneof=won lost no_decision withdrew invalid" label:"dealclose.outcome"`
	On         string `form:"on" validate:"required,day" label:"dealclose.on"`
	Value      string `form:"value" validate:"max=40" label:"dealclose.value"`
	Currency   string `form:"currency"`
	Reason     string `form:"reason" validate:"max=200" label:"dealclose.reason"`
	Own        string `form:"own" validate:"max=10000" label:"dealclose.own"`
	Competitor string `form:"competitor" validate:"max=200" label:"dealclose.competitor"`
	SaidBy     string `form:"said_by" validate:"omitempty,oneof=customer us" label:"dealclose.said_by"`
}

func dealCloseRoutes(r *routes) {
	r.get("/deals/:id/close", askDealClose)
	r.post("/deals/:id/close", closeDeal)
	r.template("deal_close", dealClosePage{})
}

func askDealClose(v *visit) error {
	page, err := v.dealClosePage(nil)
	if err != nil {
		return err
	}
	if page.Form.On == "" { // it is closed already
		return v.goTo(page.Href)
	}
	return v.show("deal_close", page)
}

func closeDeal(v *visit) error {
	var f dealCloseForm
	err := v.read(&f)
	var events []process.Event
	if err == nil {
		events, err = v.actOn(func(team *sales.Team, d *sales.Deal) ([]process.Fact, error) { return f.decide(v, team, d) })
	}
	if faults, mine := v.faults(err); mine {
		page, err := v.dealClosePage(&f)
		if err != nil {
			return err
		}
		page.Faults = faults
		return v.again(faults, "deal_close", page)
	}
	if err != nil {
		return err
	}
	return v.done(dealPath(process.DealID(v.Param("id"))), events, v.t("dealclose.done_"+f.Outcome))
}

func (f *dealCloseForm) decide(v *visit, team *sales.Team, d *sales.Deal) ([]process.Fact, error) {
	c := sales.Closing{Outcome: process.Outcome(f.Outcome)}
	var e1, e2, e3 error
	c.On, e1 = readDay("on", f.On)
	if c.Outcome == process.Won {
		c.Value, e2 = readAmount(v.text, "value", f.Value, cmp.Or(f.Currency, team.Currency()))
	} else {
		c.Reason, c.Competitor, c.SaidBy = cmp.Or(f.Own, f.Reason), f.Competitor, process.SaidBy(f.SaidBy)
		if f.Own != "" && f.Reason != "" {
			e3 = process.Wrong("own", "dealclose.one_reason")
		}
	}
	if err := gather(e1, e2, e3); err != nil {
		return nil, err
	}
	return d.CloseDeal(c, v.today)
}

func (v *visit) dealClosePage(f *dealCloseForm) (dealClosePage, error) {
	page := dealClosePage{Page: v.page(Deals, "")}
	err := v.model(func(m *forecast.Model) error {
		team := m.Team()
		d, err := v.deal(team)
		if err != nil {
			return err
		}
		page.Href, page.Name = dealPath(d.ID), dealName(team, d)
		page.Title = v.t("dealclose.title", page.Name)
		page.Currencies, page.OnHint = currencies(team), v.historyHint(team)
		page.fillChoices(v, m)
		if today, ok := m.DealToday(d); ok && today.Placed && today.Stalled {
			page.Waited = v.text.Sentence("deal.stalled", today.Waited, today.Patience.Days)
		}
		if f == nil {
			f = v.newCloseForm(team, d)
		}
		page.Form = *f
		return nil
	})
	return page, err
}

func (v *visit) newCloseForm(team *sales.Team, d *sales.Deal) *dealCloseForm {
	if d.Now.Close != nil {
		return &dealCloseForm{}
	}
	f := &dealCloseForm{
		Outcome: v.QueryParam("outcome"), On: v.today.String(), Value: typed(v.text, d.Now.Value), Currency: team.Currency(),
	}
	if d.Now.Value != nil {
		f.Currency = d.Now.Value.Currency
	}
	return f
}

// fillChoices puts in the outcomes, the reasons that the program suggests, and the competitors that were named before.
func (p *dealClosePage) fillChoices(v *visit, m *forecast.Model) {
	for _, o := range process.Outcomes {
		choice := option(string(o), v.t("dealclose.outcome_"+string(o)))
		choice.Hint = v.t("dealclose.hint_" + string(o))
		p.Outcomes = append(p.Outcomes, choice)
	}
	p.Reasons = []Option{option("", v.t("dealclose.choose_reason"))}
	for _, r := range presets.LossReasons(string(v.text.Lang)) {
		p.Reasons = append(p.Reasons, option(r.Text, r.Text))
	}
	seen := map[string]bool{"": true}
	lines := v.open.lines.ofClosed(m)
	for i := range lines {
		if rival := lines[i].deal.Now.Close.Competitor; !seen[process.FoldName(rival)] {
			seen[process.FoldName(rival)] = true
			p.Rivals = append(p.Rivals, rival)
		}
	}
	v.text.sort(p.Rivals)
}
