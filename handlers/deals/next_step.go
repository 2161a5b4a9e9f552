package deals

import (
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/ical"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/sales"
)

func nextStepRoutes(r *web.Router) {
	r.Post("/deals/:id/next", planNext)
	r.Post("/deals/:id/next/done", nextDone)
	r.Post("/deals/:id/journal", writeJournal)
	r.Post("/deals/:id/contacts", saveContact)
	r.Post("/deals/:id/contacts/:c/unlink", unlinkContact)
}

// dealNext is our next activity.
type dealNext struct {
	Href      string
	Open      bool // the deal is
	Text, Due string
	Calendar  string // address of it as an entry for a calendar; empty where it has no day
	Red       bool   // due today or before
	Base      string
	Event     string     // which of several it is
	Others    []dealNext // that colleagues have planned without seeing it
	Form      *nextForm
}

// nextForm plans it.
type nextForm struct {
	Text   string `form:"text" validate:"max=200" label:"deal.next_text"`
	Due    string `form:"due" validate:"omitempty,day" label:"deal.next_due"`
	Time   string `form:"time" validate:"max=20" label:"deal.next_time"`
	Base   string `form:"base"`
	Faults parts.FieldErrors
}

func (f *nextForm) withErrors(_ *web.Request, faults parts.FieldErrors) dealForms {
	f.Faults = faults
	return dealForms{Next: f}
}

// nextForm is about the activity that the address names, else about the first.
func (w *dealView) nextForm() *nextForm {
	step, base := w.now.NextStep, w.d.Heads()["next_step"]
	if id, err := process.ParseEventID(w.QueryParam("step")); err == nil {
		if p, there := w.d.Activities().From([]process.EventID{id}); there {
			step, base = p.Activity, p.Base
		}
	}
	return &nextForm{Text: step.Text, Due: step.Due.String(), Time: string(step.Time), Base: web.EncodeBase(base)}
}

func (w *dealView) nextActivity(form *nextForm) dealNext {
	if form != nil && form.Faults.Stale() {
		faults := form.Faults
		form = w.nextForm()
		form.Faults = faults
	}
	part := dealNext{Href: w.href, Open: w.now.Close == nil, Text: w.now.NextStep.Text, Form: form, Base: web.EncodeBase(w.d.Heads()["next_step"])}
	for i, p := range w.d.Activities().Planned() {
		line := w.planned(p, i)
		if i == 0 {
			line.Form = form
			part = line
			continue
		}
		part.Others = append(part.Others, line)
	}
	return part
}

// planned is one of the activities that stand.
func (w *dealView) planned(p activities.Planned, number int) dealNext {
	line := dealNext{Href: w.href, Open: w.now.Close == nil, Text: p.Text, Base: web.EncodeBase(p.Base), Event: p.Event.String()}
	if !p.Due.IsZero() && line.Open {
		line.Due, line.Red = dueWords(w.Text, p.Activity, w.Request.Today), p.Due <= w.Request.Today
		line.Calendar = urls.DealCalendar(w.d.ID, ical.ActivityID(number))
	}
	return line
}

// dueWords says when something is to be done: i dag, i morgon, 3 juli; and if that day has passed, since when.
func dueWords(t *i18n.Text, step activities.Activity, today process.Date) string {
	when := wording.DayAndTime(t, step.Due, step.Time, today)
	switch step.Due.Sub(today) {
	case 0:
		return t.T("deal.due_today", when)
	case 1:
		return t.T("deal.due_tomorrow", when)
	}
	if step.Due < today {
		return t.T("deal.due_since", when)
	}
	return when
}

func planNext(v *web.Request) error {
	f := &nextForm{}
	if err := v.Read(f); err != nil {
		return rejectDeal(v, f, err)
	}
	events, err := v.ActOnDeal(func(d *sales.Deal) ([]process.Fact, error) {
		due, err := web.ReadDay("due", f.Due)
		at, err2 := web.ReadTime("time", f.Time)
		if err := web.Gather(err, err2); err != nil {
			return nil, err
		}
		return d.PlanNext(activities.Activity{Text: f.Text, Due: due, Time: at}, web.DecodeBase(f.Base), v.Today)
	})
	if err != nil {
		return rejectDeal(v, f, err)
	}
	return dealDone(v, events, v.T("deal.next_done"))
}

// doneForm says that the next activity has been done, as it stood on the page.
type doneForm struct {
	Base string `form:"base"`
}

func (f *doneForm) withErrors(_ *web.Request, faults parts.FieldErrors) dealForms {
	return dealForms{Next: &nextForm{Base: f.Base, Faults: faults}}
}

// nextDone puts what was done into the journal, and asks what comes next.
func nextDone(v *web.Request) error {
	f := &doneForm{}
	if err := v.Read(f); err != nil {
		return rejectDeal(v, f, err)
	}
	events, err := v.ActOnDeal(func(d *sales.Deal) ([]process.Fact, error) {
		p, there := d.Activities().From(web.DecodeBase(f.Base))
		if !there {
			p.Base = d.Heads()["next_step"]
		}
		if err := web.CheckUnchanged(f.Base, p.Base); err != nil || !there {
			return nil, err
		}
		written, err := d.WriteJournal(p.Text, v.Today, v.Today)
		if err != nil {
			return nil, err
		}
		planned, err := d.PlanNext(activities.Activity{}, web.DecodeBase(f.Base), v.Today)
		return append(written, planned...), err
	})
	if err != nil {
		return rejectDeal(v, f, err)
	}
	return dealDone(v, events, v.T("deal.next_was_done"))
}

// dealJournal is what we have done ourselves, newest first.
type dealJournal struct {
	Href    string
	Entries []journalLine
	More    int // that are not shown
	Total   int
	Form    *journalForm
}

// journalLine is one of them.
type journalLine struct {
	Text string
	When string
	By   string
}

// journalForm writes an entry.
type journalForm struct {
	Entry  string `form:"entry" validate:"required,max=10000" label:"deal.journal_text"`
	Day    string `form:"written" validate:"required,day" label:"deal.journal_day"`
	Faults parts.FieldErrors
}

func (f *journalForm) withErrors(_ *web.Request, faults parts.FieldErrors) dealForms {
	f.Faults = faults
	return dealForms{Journal: f}
}

// showFirstEntries is how much of the journal is shown at first.
const showFirstEntries = 5

func (w *dealView) journal(form *journalForm) dealJournal {
	entries := w.d.Journal()
	part := dealJournal{Href: w.href, Total: len(entries), Form: form}
	if w.QueryParam("journal") != "all" && len(entries) > showFirstEntries {
		part.More = len(entries) - showFirstEntries
		entries = entries[:showFirstEntries]
	}
	for _, e := range entries {
		part.Entries = append(part.Entries, journalLine{
			Text: e.Value.Text, When: w.Text.DayNear(e.Value.On, w.Request.Today), By: w.team.RecordedBy(e.ID),
		})
	}
	return part
}

func writeJournal(v *web.Request) error {
	f := &journalForm{}
	if err := v.Read(f); err != nil {
		return rejectDeal(v, f, err)
	}
	events, err := v.ActOnDeal(func(d *sales.Deal) ([]process.Fact, error) {
		on, err := web.ReadDay("written", f.Day)
		if err != nil {
			return nil, err
		}
		facts, err := d.WriteJournal(f.Entry, on, v.Today)
		return facts, web.SameField(web.SameField(err, "on", "written"), "text", "entry")
	})
	if err != nil {
		return rejectDeal(v, f, err)
	}
	return dealDone(v, events, v.T("deal.journal_done"))
}
