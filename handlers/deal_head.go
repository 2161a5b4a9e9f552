package handlers

import (
	"strings"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// dealHead is the name of a deal with what can be done to it, the facts about it, and what needs attention.
type dealHead struct {
	Href   string
	Name   string
	Facts  []dealFact
	Red    bool      // the notice is about something to do
	Notice [][]Piece // paragraphs
	Reopen *reopenForm
	Closed bool
}

// dealFact is one of them: a label, a value, a small line.
type dealFact struct {
	Label, Value, Small string
	Why                 bool // leads to how the chance is counted
}

// reopenForm takes the end of a deal back.
type reopenForm struct {
	Reason string `form:"reason" validate:"required,max=10000" label:"deal.reopen_reason"`
	Faults Faults
}

func (f *reopenForm) refuse(_ *visit, faults Faults) dealForms {
	f.Faults = faults
	return dealForms{Reopen: f}
}

func reopenDeal(v *visit) error {
	var f reopenForm
	return v.onDeal(&f, "deal.reopened", func(_ *sales.Team, d *sales.Deal) ([]process.Fact, error) { return d.Reopen(f.Reason, v.today) })
}

func (w *dealView) head(reopen *reopenForm) dealHead {
	h := dealHead{Href: w.href, Name: w.ownName(), Reopen: reopen, Closed: w.now.Close != nil}
	if h.Closed {
		h.Facts = []dealFact{w.endFact(), w.valueFact(), w.closeFact(), w.lastChanceFact(), w.sellerFact()}
		h.Notice = w.endNotice()
	} else {
		h.Facts = []dealFact{w.chanceFact(), w.valueFact(), w.closeFact(), w.likelyFact(), w.sellerFact()}
		h.Notice = w.stallNotice()
	}
	h.Red = !h.Closed
	if clashes := w.clashNotice(); len(clashes) > 0 {
		h.Notice, h.Red = append(clashes, h.Notice...), true
	}
	return h
}

func (w *dealView) chanceFact() dealFact {
	f := dealFact{Label: w.t("deal.chance"), Value: w.t("deal.cannot_tell"), Small: w.t("deal.no_milestones_known")}
	if !w.today.Placed {
		return f
	}
	c := &w.today.Chance
	f.Value, f.Why = w.text.Chance(c.Chance), true
	f.Small = w.t("deal.similar", c.Deals, unbrokenRange(w.text.ChanceRange(c.Low, c.High)))
	switch {
	case c.Deals == 0:
		f.Small = w.t("deal.only_start", unbrokenRange(w.text.ChanceRange(c.Low, c.High)))
	case c.MostlyStart:
		f.Small = w.t("deal.mostly_start", c.Deals, unbrokenRange(w.text.ChanceRange(c.Low, c.High)))
	}
	return f
}

func (w *dealView) valueFact() dealFact {
	f := dealFact{Label: w.t("deal.value"), Value: w.t("deal.no_value")}
	v := w.now.Value
	if c := w.now.Close; c != nil && c.Value != nil {
		v = c.Value
	}
	if v == nil {
		return f
	}
	f.Value = w.text.Money(*v)
	var small []string
	if v.Currency != w.team.Currency() {
		if a, ok := w.team.Convert(*v, w.visit.today); ok {
			small = append(small, w.t("deal.converted", w.text.Whole(a)))
		} else {
			small = append(small, w.t("deal.no_rate", v.Currency))
		}
	}
	first := w.d.FirstValue()
	switch {
	case first != nil && *first != *v:
		small = append(small, w.t("deal.value_was", w.text.Money(*first)))
	case first == nil:
		small = append(small, w.t("deal.value_later"))
	case len(small) == 0:
		small = append(small, w.t("deal.value_same"))
	}
	f.Small = strings.Join(small, ", ")
	return f
}

func (w *dealView) closeFact() dealFact {
	f := dealFact{Label: w.t("deal.expected_close"), Value: w.t("deal.no_date"), Small: w.moves(w.d)}
	if day := w.now.ExpectedClose; !day.IsZero() {
		f.Value = w.text.Day(day)
		if day < w.visit.today && w.now.Close == nil {
			f.Small = joined(w.t("deal.day_passed"), f.Small)
		}
	}
	return f
}

// unbrokenRange keeps the two ends of a range on one line.
func unbrokenRange(text string) string {
	const joiner = "\u2060"
	return strings.ReplaceAll(text, dash, joiner+dash+joiner)
}

// joined puts two small remarks into one line.
func joined(a, b string) string {
	if b == "" {
		return a
	}
	return a + ", " + b
}

func (w *dealView) likelyFact() dealFact {
	f := dealFact{Label: w.t("deal.likely_close"), Value: w.t("deal.cannot_tell")}
	if w.today.Placed {
		f.Value, f.Small = w.text.Day(w.today.Likely), w.t("deal.if_won")
		if w.today.Calibration.Won == 0 {
			f.Small = w.t("deal.if_won_assumed")
		}
		if w.today.Overdue {
			f.Small = w.t("deal.overdue")
		}
	}
	return f
}

func (w *dealView) sellerFact() dealFact {
	f := dealFact{Label: w.t("deal.seller"), Value: w.team.Person(w.now.Seller), Small: w.t("deal.opened_on", w.now.Opened)}
	if f.Value == "" {
		f.Value = w.t("deal.no_seller")
	}
	return f
}

func (w *dealView) endFact() dealFact {
	c := w.now.Close
	return dealFact{Label: w.t("deal.ended"), Value: upperFirst(w.t(outcomeKeys[c.Outcome])), Small: w.text.Day(c.On)}
}

// lastChanceFact is what the chance was on the last day on which the deal was open.
func (w *dealView) lastChanceFact() dealFact {
	f := dealFact{Label: w.t("deal.last_chance"), Value: w.t("deal.no_last_chance"), Small: w.t("deal.no_milestones_known")}
	opened, _ := w.d.Opened()
	if c, ok := w.m.Chance(w.d, w.now.Close.Known-1); ok {
		f.Value, f.Small = w.text.Chance(c.Chance), w.t("deal.day_before")
	} else if opened >= w.now.Close.Known {
		f.Small = w.t("deal.open_less_than_a_day")
	}
	return f
}

// stallNotice says that the deal has stalled, or soon will, and what the next milestone would do.
func (w *dealView) stallNotice() [][]Piece {
	t, d := w.text, &w.today
	switch {
	case !d.Placed && w.d.StandingUnknown():
		return [][]Piece{t.Sentence("deal.say_how_far")}
	case !d.Placed:
		return nil
	case d.Stalled:
		then := w.afterNext()
		alive := Piece{Text: w.t("deal.still_alive"), Href: w.href + "/close"}
		return [][]Piece{t.Sentence("deal.stalled", d.Waited, d.Patience.Days), append(then, alive)}
	case d.StallsSoon():
		return [][]Piece{t.Sentence("deal.stalls_soon", d.StallsIn, d.Patience.Days), t.Sentence("deal.stalls_to", t.Chance(d.Chance.Chance), t.Chance(d.IfStalled))}
	}
	return nil
}

// afterNext says what the chance becomes with the next milestone, and why it jumps over those that are there already.
func (w *dealView) afterNext() []Piece {
	list := w.m.Prospects(w.d)
	if len(list) == 0 {
		return nil
	}
	next := list[0]
	name := lowerFirst(milestoneName(w.team, w.d.Process(), next.Milestone))
	chance := w.text.Chance(next.Chance)
	pieces := w.text.Sentence("deal.after_next", name, chance)
	if required := w.today.Calibration.Version.Required; next.Passed > w.today.Passed+1 {
		ahead := milestoneName(w.team, w.d.Process(), required[w.today.Passed+1])
		pieces = w.text.Sentence("deal.after_next_ahead", name, chance, ahead)
	}
	return append(pieces, Piece{Text: " "})
}

// endNotice says how it ended, in whose words.
func (w *dealView) endNotice() [][]Piece {
	c := w.now.Close
	first := w.text.Sentence("deal.ended_so", upperFirst(w.t(outcomeKeys[c.Outcome])), c.On)
	if c.Reason != "" {
		first = append(first, w.text.Sentence("deal.ended_why", c.Reason)...)
	}
	if c.Competitor != "" {
		first = append(first, w.text.Sentence("deal.ended_competitor", c.Competitor)...)
	}
	if key, ok := saidByKeys[c.SaidBy]; ok && (c.Reason != "" || c.Competitor != "") {
		first = append(first, w.text.Sentence(key)...)
	}
	return [][]Piece{first}
}

var saidByKeys = map[process.SaidBy]string{process.SaidByCustomer: "deal.said_by_customer", process.SaidByUs: "deal.said_by_us"}

// clashNotice asks for what people have recorded without seeing each other's change.
func (w *dealView) clashNotice() [][]Piece {
	var list [][]Piece
	words := clashWords{w.visit, w.team}
	for _, c := range w.d.Clashes() {
		var values []string
		for _, h := range c.Heads {
			value, _ := words.value(c, h)
			values = append(values, w.t("deal.clash_head", w.team.By(h.Event), value))
		}
		settle := settlePath
		switch c.Field {
		case sales.ClashName, sales.ClashCustomer, sales.ClashSeller, sales.ClashValue, sales.ClashExpectedClose:
			settle = w.href + "/edit#" + fieldID(string(c.Field))
		case sales.ClashNextStep:
			settle = w.href + "?form=next#next"
		}
		list = append(list, w.text.Sentence("deal.clash", w.t(fieldKeys[c.Field]), strings.Join(values, "; "), settle))
	}
	return list
}

var fieldKeys = map[sales.ClashField]string{
	sales.ClashName: "deal.field_name", sales.ClashCustomer: "deal.field_customer", sales.ClashSeller: "deal.field_seller",
	sales.ClashValue: "deal.field_value", sales.ClashExpectedClose: "deal.field_expected_close",
	sales.ClashNextStep: "deal.field_next_step", sales.ClashOutcome: "deal.field_outcome", sales.ClashPromise: "deal.field_promised",
	sales.ClashOpinion: "deal.field_opinion",
}
