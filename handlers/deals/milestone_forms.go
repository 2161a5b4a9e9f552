package deals

import (
	"regexp"
	"strings"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

func milestoneRoutes(r *web.Router) {
	r.Post("/deals/:id/milestones", catchUp)
	r.Post("/deals/:id/milestones/:m/reach", reach)
	r.Post("/deals/:id/milestones/:m/withdraw", withdraw)
	r.Post("/deals/:id/milestones/:m/waive", waive)
	r.Post("/deals/:id/milestones/:m/promise", promise)
}

// milestoneKey is the milestone that a form is about. It comes from the address, not from the form.
type milestoneKey struct{ Key process.MilestoneID }

func milestone(v *web.Request) milestoneKey { return milestoneKey{process.MilestoneID(v.Param("m"))} }

// reachForm marks a milestone as reached, or corrects what was written when it was.
type reachForm struct {
	milestoneKey
	On       string `form:"on" validate:"required,day" label:"deal.when"`
	Who      string `form:"who" validate:"max=200" label:"deal.who"`
	Evidence string `form:"evidence" validate:"max=10000" label:"deal.evidence"`
	Base     string `form:"base"` // of a correction
	Mark     string `form:"mark"` // which report it corrects
	Correct  bool
	Hint     string // what an early day means
	Role     string // that must stand behind it; empty: anybody
	Faults   parts.FieldErrors
}

func (f *reachForm) withErrors(v *web.Request, faults parts.FieldErrors) dealForms {
	f.milestoneKey, f.Faults = milestone(v), faults
	f.Correct = f.Base != ""
	return dealForms{Reach: f}
}

// reachForm is the form for a milestone: empty but for today, or with what was written when it was reached.
func (w *dealView) reachForm(key process.MilestoneID) *reachForm {
	f := &reachForm{milestoneKey: milestoneKey{key}, On: w.Request.Today.String()}
	mark, there := w.report(key, w.QueryParam("mark"))
	if c := w.now.Close; c != nil {
		f.On = c.On.String()
	}
	f.Role, f.Who = w.behind(key)
	if !there || mark.Waived {
		return f
	}
	f.Mark = mark.ID.String()
	f.Correct, f.On, f.Base = true, mark.On.String(), web.EncodeBase(w.d.CorrectionIDs(key))
	f.Evidence = evidenceText(mark.Evidence)
	if c, ok := w.team.Contact(mark.Contact); ok {
		f.Who = c.Name
	}
	return f
}

// report is one of the reports of a milestone: the one that is named, or the one that stands.
func (w *dealView) report(key process.MilestoneID, named string) (sales.Mark, bool) {
	for _, m := range w.d.ReportsOn(key, process.FarFuture) {
		if m.ID.String() == named {
			return m, true
		}
	}
	mark, there := w.Marks[key]
	return mark, there
}

// markNamed reads the name of a report; what names none means the one that stands.
func markNamed(text string) process.EventID {
	id, _ := process.ParseEventID(text)
	return id
}

// chanceChange says what the chance has become since it was before, which may be out of sight; nothing where it is the same.
func chanceChange(v *web.Request, before string) string {
	after := chanceNow(v)
	switch {
	case after == "" || after == before:
		return ""
	case before == "":
		return " " + v.T("deal.chance_is", after)
	}
	return " " + v.T("deal.chance_went", before, after)
}

// chanceNow is the chance of the deal that the address names, as it is written; empty where there is none.
func chanceNow(v *web.Request) (chance string) {
	// A deal that cannot be looked at has no chance; what is to be done with it will say why.
	_ = v.Model(func(m *forecast.Model) error {
		d, err := v.Deal(m.Team())
		if err != nil {
			return err
		}
		if today, open := m.DealToday(d); open && today.StandingKnown {
			chance = v.Text.Chance(today.Chance.Chance)
		}
		return nil
	})
	return chance
}

func reach(v *web.Request) error {
	f, m := &reachForm{}, milestone(v).Key
	if err := v.Read(f); err != nil {
		return rejectDeal(v, f, err)
	}
	on, err := web.ReadDay("on", f.On)
	if err != nil {
		return rejectDeal(v, f, err)
	}
	before := chanceNow(v)
	events, err := actWithBuyer(v, f.Who, func(d *sales.Deal, contact process.ContactID) ([]process.Fact, error) {
		facts, err := f.decide(d, sales.ReachInput{Milestone: m, On: on, Contact: contact, Evidence: readEvidence(f.Evidence)}, v.Today)
		return facts, web.SameField(web.SameField(err, "link", "evidence"), "contact", "who")
	})
	if err != nil {
		return rejectDeal(v, f, err)
	}
	return dealDone(v, events, v.T("deal.reached_done")+chanceChange(v, before))
}

// decide marks, or corrects. What somebody else has written meanwhile is not passed over in silence: the form comes back, and sent once
// more it corrects.
func (f *reachForm) decide(d *sales.Deal, r sales.ReachInput, today process.Date) ([]process.Fact, error) {
	if f.Base == "" {
		have, there := d.MarkOn(r.Milestone, process.FarFuture)
		if there && !have.Waived && (have.On != r.On || have.Contact != r.Contact || have.Evidence != r.Evidence) {
			return nil, &process.Error{Kind: process.Conflict, Msg: "deal.reached_meanwhile"}
		}
		return d.Reach(r, today)
	}
	if err := web.CheckUnchanged(f.Base, d.CorrectionIDs(r.Milestone)); err != nil {
		return nil, err
	}
	r.Mark = markNamed(f.Mark)
	return d.Correct(r, today)
}

var linkAlone = regexp.MustCompile(`^(?:https?://|mailto:)\S+$`)

// readEvidence takes a link out that stands on a line of its own; everything else is the text.
func readEvidence(text string) process.Evidence {
	var e process.Evidence
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); e.Link == "" && linkAlone.MatchString(line) {
			e.Link = line
			continue
		}
		lines = append(lines, line)
	}
	e.Text = strings.TrimSpace(strings.Join(lines, "\n"))
	return e
}

// evidenceText is evidence as it was typed.
func evidenceText(e process.Evidence) string {
	return strings.TrimSpace(e.Text + "\n" + e.Link)
}

// withdrawForm takes a reached or waived milestone back.
type withdrawForm struct {
	milestoneKey
	Why    string `form:"why" validate:"required,oneof=news mistake" label:"deal.withdraw_why"`
	Reason string `form:"reason" validate:"required,max=10000" label:"deal.withdraw_reason"`
	Base   string `form:"base"`
	Mark   string `form:"mark"` // which report
	Faults parts.FieldErrors

	Whose string // said where there are several
}

func (f *withdrawForm) withErrors(v *web.Request, faults parts.FieldErrors) dealForms {
	f.milestoneKey, f.Faults = milestone(v), faults
	return dealForms{Withdraw: f}
}

func (w *dealView) withdrawForm(key process.MilestoneID) *withdrawForm {
	mark, _ := w.report(key, w.QueryParam("mark"))
	return &withdrawForm{milestoneKey: milestoneKey{key}, Base: web.EncodeBase(w.d.CorrectionIDs(key)), Mark: mark.ID.String()}
}

func withdraw(v *web.Request) error {
	f, m := &withdrawForm{}, milestone(v).Key
	if err := v.Read(f); err != nil {
		return rejectDeal(v, f, err)
	}
	before := chanceNow(v)
	events, err := v.ActOnDeal(func(d *sales.Deal) ([]process.Fact, error) {
		if err := web.CheckUnchanged(f.Base, d.CorrectionIDs(m)); err != nil {
			return nil, err
		}
		return d.Withdraw(m, markNamed(f.Mark), f.Why == "mistake", f.Reason, v.Today)
	})
	if err != nil {
		return rejectDeal(v, f, err)
	}
	return dealDone(v, events, v.T("deal.withdrawn_done")+chanceChange(v, before))
}

// waiveForm skips a required milestone.
type waiveForm struct {
	milestoneKey
	Reason string `form:"reason" validate:"required,max=10000" label:"deal.waive_reason"`
	Base   string `form:"base"`
	Faults parts.FieldErrors
}

func (f *waiveForm) withErrors(v *web.Request, faults parts.FieldErrors) dealForms {
	f.milestoneKey, f.Faults = milestone(v), faults
	return dealForms{Waive: f}
}

func waive(v *web.Request) error {
	f, m := &waiveForm{}, milestone(v).Key
	if err := v.Read(f); err != nil {
		return rejectDeal(v, f, err)
	}
	before := chanceNow(v)
	events, err := v.ActOnDeal(func(d *sales.Deal) ([]process.Fact, error) {
		if err := web.CheckUnchanged(f.Base, d.MarkIDs(m, process.FarFuture)); err != nil {
			return nil, err
		}
		return d.Waive(m, f.Reason, v.Today)
	})
	if err != nil {
		return rejectDeal(v, f, err)
	}
	return dealDone(v, events, v.T("deal.waived_done")+chanceChange(v, before))
}

// promiseForm notes the day that the buyer has named for a milestone.
type promiseForm struct {
	milestoneKey
	Day    string `form:"day" validate:"omitempty,day" label:"deal.promise_day"`
	Base   string `form:"base"`
	Faults parts.FieldErrors
}

func (f *promiseForm) withErrors(v *web.Request, faults parts.FieldErrors) dealForms {
	f.milestoneKey, f.Faults = milestone(v), faults
	return dealForms{Promise: f}
}

func (w *dealView) promiseForm(key process.MilestoneID) *promiseForm {
	day, heads := w.d.Promised(key)
	return &promiseForm{milestoneKey: milestoneKey{key}, Day: day.String(), Base: web.EncodeBase(heads)}
}

func promise(v *web.Request) error {
	f, m := &promiseForm{}, milestone(v).Key
	if err := v.Read(f); err != nil {
		return rejectDeal(v, f, err)
	}
	events, err := v.ActOnDeal(func(d *sales.Deal) ([]process.Fact, error) {
		day, err := web.ReadDay("day", f.Day)
		if err != nil {
			return nil, err
		}
		return d.Promise(m, day, web.DecodeBase(f.Base), v.Today)
	})
	if err != nil {
		return rejectDeal(v, f, err)
	}
	return dealDone(v, events, v.T("deal.promised_done"))
}
