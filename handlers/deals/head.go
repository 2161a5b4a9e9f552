package deals

import (
	"strings"

	"milstolpe/handlers/chart"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/conflicts"
	"milstolpe/process/picklists"
	"milstolpe/process/sales"
)

// dealHead is the name of a deal with what can be done to it, the facts about it, and what needs attention.
type dealHead struct {
	Href     string
	Plan     string     // address of the plan for the customer
	Customer parts.Cell // the first half of what it is called
	Name     string     // the other half; empty where the customer is all
	Facts    []parts.DealFact
	Red      bool           // the notice is about something to do
	Notice   [][]i18n.Piece // paragraphs
	Reopen   *reopenForm
	Closed   bool
}

// reopenForm takes the end of a deal back.
type reopenForm struct {
	Reason string `form:"reason" validate:"required,max=10000" label:"deal.reopen_reason"`
	Base   string `form:"base"`
	Faults parts.FieldErrors
}

func (f *reopenForm) withErrors(_ *web.Request, faults parts.FieldErrors) dealForms {
	f.Faults = faults
	return dealForms{Reopen: f}
}

func reopenDeal(v *web.Request) error {
	var f reopenForm
	if err := v.Read(&f); err != nil {
		return rejectDeal(v, &f, err)
	}
	events, err := v.ActOnDealInTeam(func(team *sales.Team, d *sales.Deal) ([]process.Fact, error) {
		if err := f.checkEnd(v, team, d); err != nil {
			return nil, err
		}
		return d.Reopen(f.Reason, v.Today)
	})
	if err != nil {
		return rejectDeal(v, &f, err)
	}
	return dealDone(v, events, v.T("deal.reopened"))
}

func (w *dealView) head(reopen *reopenForm) dealHead {
	h := dealHead{Href: w.href, Plan: urls.PlanPath(w.d.ID), Name: w.now.Name, Reopen: reopen, Closed: w.now.Close != nil}
	if reopen != nil && (reopen.Base == "" || reopen.Faults.Stale()) {
		reopen.Base = web.EncodeBase(w.d.EndBase())
	}
	if customer := w.team.Customer(w.now.Customer); customer != "" {
		h.Customer = parts.Cell{Text: customer, Href: urls.CustomerPath(w.now.Customer)}
	} else if h.Name == "" {
		h.Name = wording.DealName(w.team, w.d)
	}
	if h.Closed {
		h.Facts = []parts.DealFact{w.endFact(), w.valueFact(), w.closeFact(), w.lastChanceFact(), w.sellerFact()}
		h.Notice = w.endNotice()
	} else {
		h.Facts = []parts.DealFact{w.chanceFact(), w.valueFact(), w.closeFact(), w.likelyFact(), w.sellerFact()}
		h.Notice = w.stallNotice()
	}
	h.Facts, h.Red = append(h.Facts, w.listFacts()...), !h.Closed
	if conflicts := w.conflictNotice(); len(conflicts) > 0 {
		h.Notice, h.Red = append(conflicts, h.Notice...), true
	}
	return h
}

func (w *dealView) chanceFact() parts.DealFact {
	f := parts.DealFact{Label: w.T("deal.chance"), Value: w.T("deal.cannot_tell"), Small: w.T("deal.no_milestones_known")}
	if !w.today.StandingKnown {
		if w.today.Calibration != nil {
			f.Value, f.Small, f.Why = w.Text.Chance(w.today.Chance.Chance), w.T("deal.average"), true
		}
		return f
	}
	c := &w.today.Chance
	f.Value, f.Why = w.Text.Chance(c.Chance), true
	f.Small = w.T("deal.similar", c.Deals, i18n.UnbrokenRange(w.Text.ChanceRange(c.Low, c.High)))
	switch {
	case c.Deals == 0:
		f.Small = w.T("deal.only_start", i18n.UnbrokenRange(w.Text.ChanceRange(c.Low, c.High)))
	case c.MostlyStart:
		f.Small = w.T("deal.mostly_start", c.Deals, i18n.UnbrokenRange(w.Text.ChanceRange(c.Low, c.High)))
	}
	return f
}

func (w *dealView) valueFact() parts.DealFact {
	f := parts.DealFact{Label: w.T("deal.value"), Value: w.T("deal.no_value")}
	v := w.now.Value
	if c := w.now.Close; c != nil && c.Value != nil {
		v = c.Value
	}
	if v == nil {
		return f
	}
	f.Value = w.Text.Money(*v)
	var small []string
	if v.Currency != w.team.Currency() {
		if a, ok := w.team.Rates().Convert(*v, w.Request.Today); ok {
			small = append(small, w.T("deal.converted", w.Text.Whole(a)))
		} else {
			small = append(small, w.T("deal.no_rate", v.Currency))
		}
	}
	first := w.d.FirstValue()
	switch {
	case first != nil && *first != *v:
		small = append(small, w.T("deal.value_was", w.Text.Money(*first)))
	case first == nil:
		small = append(small, w.T("deal.value_later"))
	case len(small) == 0:
		small = append(small, w.T("deal.value_same"))
	}
	f.Small = strings.Join(small, ", ")
	return f
}

func (w *dealView) closeFact() parts.DealFact {
	f := parts.DealFact{Label: w.T("deal.expected_close"), Value: w.T("deal.no_date"), Small: wording.DateMoves(w.Text, w.d)}
	if day := w.now.ExpectedClose; !day.IsZero() {
		f.Value = w.Text.Day(day)
		if day < w.Request.Today && w.now.Close == nil {
			f.Small = parts.JoinComma(w.T("deal.day_passed"), f.Small)
		}
	}
	return f
}

func (w *dealView) likelyFact() parts.DealFact {
	f := parts.DealFact{Label: w.T("deal.likely_close"), Value: w.T("deal.cannot_tell")}
	if w.today.Calibration != nil {
		f.Value, f.Small = w.Text.Day(w.today.Likely), w.T("deal.if_won")
		if w.today.Calibration.Won == 0 {
			f.Small = w.T("deal.if_won_assumed")
		}
		if w.today.Overdue {
			f.Small = w.T("deal.overdue")
		}
	}
	return f
}

func (w *dealView) sellerFact() parts.DealFact {
	f := parts.DealFact{Label: w.T("deal.seller"), Value: w.team.Person(w.now.Seller), Small: w.T("deal.opened_on", w.now.Opened)}
	if w.now.Source != "" {
		f.Small = parts.JoinComma(f.Small, w.T("deal.came_by", w.now.Source))
	}
	if f.Value == "" {
		f.Value = w.T("deal.no_seller")
	}
	return f
}

func (w *dealView) endFact() parts.DealFact {
	c := w.now.Close
	return parts.DealFact{Label: w.T("deal.ended"), Value: i18n.UpperFirst(w.T(wording.OutcomeKeys[c.Outcome])), Small: w.Text.Day(c.On)}
}

// lastChanceFact is what the chance was on the last day on which the deal was open.
func (w *dealView) lastChanceFact() parts.DealFact {
	f := parts.DealFact{Label: w.T("deal.last_chance"), Value: w.T("deal.no_last_chance"), Small: w.T("deal.no_milestones_known")}
	opened, _ := w.d.Opened()
	if c, ok := w.m.Chance(w.d, w.now.Close.Known-1); ok {
		f.Value, f.Small = w.Text.Chance(c.Chance), w.T("deal.day_before")
	} else if opened >= w.now.Close.Known {
		f.Small = w.T("deal.open_less_than_a_day")
	}
	return f
}

// stallNotice says that the deal has stalled, or soon will, and what the next milestone would do.
func (w *dealView) stallNotice() [][]i18n.Piece {
	t, d := w.Text, &w.today
	switch {
	case !d.StandingKnown && w.d.StandingUnknown():
		return [][]i18n.Piece{t.Sentence("deal.say_how_far")}
	case !d.StandingKnown:
		return nil
	case d.Stalled:
		then := w.afterNext()
		alive := i18n.Piece{Text: w.T("deal.still_alive"), Href: w.href + "/close"}
		return [][]i18n.Piece{t.Sentence("deal.stalled", d.Waited, d.Patience.Days), append(then, alive)}
	case d.StallsSoon():
		return [][]i18n.Piece{t.Sentence("deal.stalls_soon", d.StallsIn, d.Patience.Days), t.Sentence("deal.stalls_to", t.Chance(d.Chance.Chance), t.Chance(d.IfStalled))}
	}
	return nil
}

// afterNext says what the chance becomes with the next milestone, and why it jumps over those that are there already.
func (w *dealView) afterNext() []i18n.Piece {
	list := w.m.Prospects(w.d)
	if len(list) == 0 {
		return nil
	}
	next := list[0]
	name := i18n.LowerFirst(wording.MilestoneName(w.team, w.d.Process(), next.Milestone))
	chance := w.Text.Chance(next.Chance)
	pieces := w.Text.Sentence("deal.after_next", name, chance)
	if required := w.today.Calibration.Version.Required; next.Passed > w.today.Passed+1 {
		ahead := wording.MilestoneName(w.team, w.d.Process(), required[w.today.Passed+1])
		pieces = w.Text.Sentence("deal.after_next_ahead", name, chance, ahead)
	}
	return append(pieces, i18n.Piece{Text: " "})
}

// endNotice says how it ended, in whose words.
func (w *dealView) endNotice() [][]i18n.Piece {
	c := w.now.Close
	first := w.Text.Sentence("deal.ended_so", i18n.UpperFirst(w.T(wording.OutcomeKeys[c.Outcome])), c.On)
	if c.Reason != "" {
		first = append(first, w.Text.Sentence("deal.ended_why", c.Reason)...)
	}
	if c.Competitor != "" {
		first = append(first, w.Text.Sentence("deal.ended_competitor", c.Competitor)...)
	}
	if key, ok := saidByKeys[c.SaidBy]; ok && (c.Reason != "" || c.Competitor != "") {
		first = append(first, w.Text.Sentence(key)...)
	}
	return [][]i18n.Piece{first}
}

var saidByKeys = map[process.SaidBy]string{process.SaidByCustomer: "deal.said_by_customer", process.SaidByUs: "deal.said_by_us"}

// conflictNotice asks for what people have recorded without seeing each other's change.
func (w *dealView) conflictNotice() [][]i18n.Piece {
	var list [][]i18n.Piece
	words := wording.ConflictText{Text: w.Text, Zone: w.FileInfo.Location, Team: w.team}
	for _, c := range w.d.Conflicts() {
		var values []string
		for _, h := range c.Heads {
			value, _ := words.Value(c, h)
			values = append(values, w.T("deal.conflict_head", w.team.RecordedBy(h.Event), value))
		}
		settle := urls.SettlePath
		switch c.Field {
		case conflicts.Name, conflicts.Customer, conflicts.Seller, conflicts.Value, conflicts.ExpectedClose, conflicts.Opened, conflicts.Source:
			settle = w.href + "/edit#" + parts.FieldID(string(c.Field))
		case conflicts.NextStep:
			settle = w.href + "?form=next#next"
		}
		field := w.T(wording.FieldKeys[c.Field])
		if _, of, _ := strings.Cut(c.Subject, "\x1f"); c.Field == conflicts.Choice {
			field, settle = wording.ListName(w.team.Lists(), process.ListID(of)), w.href+"/edit#"+parts.FieldID(picklists.FieldOf(process.ListID(of)))
		}
		list = append(list, w.Text.Sentence("deal.conflict", field, strings.Join(values, "; "), settle))
	}
	return list
}

// cumulativeWins draws how the share of won deals grows with the days from now on, up to the chance, and marks the likely day.
func (w *dealView) cumulativeWins() *chart.Chart {
	c := &w.today.Chance
	from := max(c.Since, c.Calibration.On)
	half := c.Likely.Sub(from)
	days := min(max(3*half, 60), 730)
	share := func(h int) float64 { return c.Calibration.Win(c.Standing, h) }
	curve := chart.CumulativeWins{
		Text: w.Text, From: from, Days: days, Half: half, Share: share, Top: 25,
		Title: w.T("charts.curve", from), Desc: w.T("charts.curve_desc", half, w.Text.Percent(share(half)), w.Text.Percent(share(days)), days),
	}
	for curve.Top < 100 && share(days)*100 > curve.Top {
		curve.Top += 25
	}
	return &chart.Chart{Pictures: []chart.Picture{curve.Draw("mid up", 700, 200), curve.Draw("narrow", 328, 180)}, TwinHref: "#within"}
}
