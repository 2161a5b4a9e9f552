package home

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/forecast"
	"milstolpe/process/register"
	"milstolpe/process/sales"
)

// meetingDeal is a deal with the buyer's next step, and ours.
type meetingDeal struct {
	ID                   string // of its row
	Href, Customer, Name string
	Value                string
	Next                 string // the buyer's next milestone
	Day                  string // that the buyer has named for it
	Passed               bool   // that day has passed
	State                string
	Red                  bool
	Ours                 string // our next activity
	Due                  string
	Ask                  string // address with the row's form open
	Form                 *agreeForm

	deal *sales.Deal
	next process.MilestoneID
}

// agreeForm writes in place what is agreed about a deal: that our activity is done, the next one, and the day that the buyer has named.
type agreeForm struct {
	Seller    string `form:"seller"` // what the meeting page shows, to go back to
	Since     string `form:"since"`
	Pick      string `form:"pick"`
	Done      bool   `form:"done"`
	Text      string `form:"text" validate:"max=200" label:"deal.next_text"`
	Due       string `form:"due" validate:"omitempty,day" label:"deal.next_due"`
	Time      string `form:"time" validate:"max=20" label:"deal.next_time"`
	Base      string `form:"base"`
	Milestone string `form:"milestone"`
	Day       string `form:"day" validate:"omitempty,day" label:"deal.promise_day"`
	DayBase   string `form:"day_base"`
	Faults    parts.FieldErrors

	Href, Back string
	Was        string // the activity that may be done
	Next       string // the milestone
	deal       process.DealID
}

func newMeetingDeal(v *web.Request, m *forecast.Model, l *dealindex.Line, ask meetingAsk) meetingDeal {
	d := meetingDeal{
		ID: "meet-" + strconv.Itoa(l.Deal.Index()), Ask: ask.rowHref("form", l.Deal.ID), deal: l.Deal,
		Href: urls.DealPath(l.Deal.ID), Customer: cmp.Or(l.Customer, l.Title()), Name: l.Name, Value: dealindex.ValueText(v, l), Next: v.T("meeting.all_passed"),
		State: v.T("deals.state_unknown"), Ours: l.Deal.Now.NextStep.Text, Due: wording.DayAndTime(v.Text, l.Deal.Now.NextStep.Due, l.Deal.Now.NextStep.Time, v.Today),
	}
	if d.Name == d.Customer {
		d.Name = ""
	}
	for i, p := range l.Deal.Activities().Planned() {
		if i > 0 { // what a colleague has planned without seeing the first
			d.Due += " · " + strings.TrimSpace(p.Text+" "+wording.DayAndTime(v.Text, p.Due, p.Time, v.Today))
		}
	}
	if !l.StandingKnown {
		d.Next = ""
		return d
	}
	d.State, d.Red = wording.WaitingText(v.Text, &l.DealToday), l.StallsSoon()
	if l.Next == "" {
		return d
	}
	d.next, d.Next = l.Next, wording.MilestoneName(m.Team(), l.Deal.Process(), l.Next)
	if day, _ := l.Deal.Promised(l.Next); !day.IsZero() {
		d.Day, d.Passed = v.Text.DayNear(day, v.Today), day < v.Today
	}
	return d
}

// open opens the form of the row: as it came back with faults, or made from what stands.
func (d *meetingDeal) open(sent *agreeForm, ask meetingAsk) {
	now := d.deal.Now.NextStep
	day, heads := d.deal.Promised(d.next)
	f := &agreeForm{
		Seller: ask.Seller, Since: ask.Since, Pick: ask.Pick, Text: now.Text, Due: now.Due.String(), Time: string(now.Time), Base: web.EncodeBase(d.deal.Heads()["next_step"]),
		Milestone: string(d.next), Day: day.String(), DayBase: web.EncodeBase(heads),
	}
	switch {
	case sent == nil:
	case sent.Faults.Stale():
		f.Faults = sent.Faults
	default:
		f = sent
	}
	f.Was = now.Text
	if d.next != "" {
		f.Next = d.Next
	}
	f.Href, f.Back = agreePath(d.deal.ID), ask.rowHref("row", d.deal.ID)
	d.Form = f
}

// WasDone is Done as its box holds it.
func (f *agreeForm) WasDone() string { return strconv.FormatBool(f.Done) }

func (f *agreeForm) ask() meetingAsk {
	return meetingAsk{Seller: f.Seller, Since: f.Since, Pick: f.Pick}
}

func agreePath(id process.DealID) string { return urls.MeetingPath + urls.DealPath(id) }

// saveAgreed records what the form of a row says.
func saveAgreed(v *web.Request) error {
	f := &agreeForm{deal: v.DealID()}
	err := v.Read(f)
	var events []process.Event
	if err == nil {
		events, err = v.ActOnDeal(func(d *sales.Deal) ([]process.Fact, error) { return f.decide(d, v.Today) })
	}
	if faults, mine := v.FormErrors(err); mine {
		f.Faults = faults
		page, err := newMeetingPage(v, f.ask(), f)
		if err != nil {
			return err
		}
		return v.Reject(faults, "meeting", page, page.parts(f.deal)...)
	}
	if err != nil {
		return err
	}
	return v.DoneWithUndo(f.ask().rowHref("row", f.deal), events, v.T("meeting.saved"))
}

// decide records what the person has changed. What the form brought along as it was made is left to whoever may have changed it since.
func (f *agreeForm) decide(d *sales.Deal, today process.Date) ([]process.Fact, error) {
	due, err := web.ReadDay("due", f.Due)
	at, err2 := web.ReadTime("time", f.Time)
	day, err3 := web.ReadDay("day", f.Day)
	if err := web.Gather(err, err2, err3); err != nil {
		return nil, err
	}
	var facts []process.Fact
	base, next := web.DecodeBase(f.Base), activities.Activity{Text: f.Text, Due: due, Time: at}
	was := madeFrom(d.NextSteps(), base)
	if f.Done {
		now := d.Heads()["next_step"]
		if p, there := d.Activities().From(base); there {
			now = p.Base
		}
		if err := web.CheckUnchanged(f.Base, now); err != nil {
			return nil, err
		}
		if facts, err = d.WriteJournal(was.Text, today, today); err != nil {
			return nil, web.SameField(err, "text", "done")
		}
		if next == was {
			next = activities.Activity{}
		}
	}
	if next != was || len(base) > 1 {
		planned, err := d.PlanNext(next, base, today)
		if err != nil {
			return nil, err
		}
		facts = append(facts, planned...)
	}
	key, dayBase := process.MilestoneID(f.Milestone), web.DecodeBase(f.DayBase)
	if key == "" || day == madeFrom(d.Promises(key), dayBase) && len(dayBase) < 2 {
		return facts, nil
	}
	promised, err := d.Promise(key, day, dayBase, today)
	return append(facts, promised...), web.SameField(err, "milestone", "day")
}

// madeFrom is the value that a form was made from, by the events that it names.
func madeFrom[T any](r *register.Register[T], base []process.EventID) (value T) {
	if r == nil {
		return value
	}
	for _, e := range r.Entries() {
		if slices.Contains(base, e.ID) {
			value = e.Value // the last of several stands
		}
	}
	return value
}
