package home

import (
	"slices"
	"strconv"
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/meeting"
	"milstolpe/process/sales"
)

const heldPath = urls.MeetingPath + "/held"

// agreedList is what was agreed about a seller's deals when they were gone through last, and what has become of it.
type agreedList struct {
	ID       string
	Heading  string
	Sum      string
	Lines    []agreedLine
	Happened []agreedLine
}

// agreedLine is one thing that was agreed.
type agreedLine struct {
	Deal  parts.Cell
	What  string
	Day   string // by which
	State string // what has become of it
	Red   bool
}

// newAgreedList is empty where there was no meeting, or where it was held today: then the page itself shows what was agreed.
func newAgreedList(v *web.Request, m *forecast.Model, nr int, seller process.PersonID, ask meetingAsk) agreedList {
	out := agreedList{ID: "agreed-" + strconv.Itoa(nr)}
	held, ok := meeting.Last(m.Team(), seller)
	if !ok || held.On == v.Today {
		return out
	}
	happened, waiting := 0, 0
	for _, a := range held.Follow(m.Team(), v.Today) {
		if a.Deal.Now.Seller != seller || !ask.picks(a.Deal) {
			continue
		}
		line := newAgreedLine(v, m.Team(), a)
		switch a.Result {
		case meeting.Happened:
			happened++
			out.Happened = append(out.Happened, line)
			continue
		case meeting.Waiting, meeting.Moved:
			waiting++
		case meeting.Overdue, meeting.Dropped, meeting.Replaced, meeting.Skipped, meeting.Ended:
		}
		out.Lines = append(out.Lines, line)
	}
	if all := happened + len(out.Lines); all > 0 {
		out.Heading, out.Sum = v.T("meeting.agreed", v.Text.DayNear(held.On, v.Today)), agreedSum(v.Text, happened, all-waiting, waiting)
	}
	return out
}

// agreedSum says how much of what was due has happened, and what is still to come.
func agreedSum(t *i18n.Text, happened, due, waiting int) string {
	var said []string
	if due > 0 {
		said = append(said, t.T("meeting.agreed_sum", due, happened))
	}
	if waiting > 0 {
		said = append(said, t.T("meeting.agreed_waiting", waiting))
	}
	return strings.Join(said, " ")
}

func newAgreedLine(v *web.Request, team *sales.Team, a meeting.Agreed) agreedLine {
	line := agreedLine{
		Deal: parts.Cell{Text: wording.DealName(team, a.Deal), Href: urls.DealPath(a.Deal.ID)}, What: a.Step.Text,
		Day: wording.DayAndTime(v.Text, a.Step.Due, a.Step.Time, v.Today), Red: a.Result == meeting.Overdue,
	}
	whose := "ours"
	if a.Milestone != "" {
		whose, line.What, line.Day = "theirs", wording.MilestoneName(team, a.Deal.Process(), a.Milestone), v.Text.DayNear(a.Day, v.Today)
	}
	on := v.Text.DayNear(a.On, v.Today)
	switch a.Result {
	case meeting.Overdue:
		line.State = v.T("meeting.overdue")
		if a.On != a.Day {
			line.State = v.T("meeting.overdue_moved", on)
		}
	case meeting.Dropped:
		line.State = v.T("meeting.dropped_" + whose)
	case meeting.Replaced:
		line.State = v.T("meeting.replaced", parts.JoinComma(a.Instead.Text, wording.DayAndTime(v.Text, a.Instead.Due, a.Instead.Time, v.Today)))
	case meeting.Moved:
		line.State = v.T("meeting.moved_"+whose, on)
		if a.On.IsZero() {
			line.State = v.T("meeting.moved_to_none")
		}
	case meeting.Waiting:
		line.State = v.T("meeting.waiting")
	case meeting.Skipped:
		line.State = v.T("meeting.skipped", on)
	case meeting.Ended:
		line.State = v.T("meeting.ended", on, v.T(wording.OutcomeKeys[a.Deal.Now.Close.Outcome]))
	case meeting.Happened:
		line.State = v.T("meeting.happened_"+whose, on)
	}
	return line
}

// meetingHeld is the end of the page: the form that closes the meeting.
type meetingHeld struct {
	Said string // what is agreed now
	Last string // that the meeting was closed today
	All  string // where all deals are; empty where the page shows them. A meeting is closed about all of them
	Form heldForm
}

// heldForm closes the meeting with what its page shows.
type heldForm struct {
	Seller string `form:"seller"` // what the meeting page shows
	Since  string `form:"since"`
	Base   string `form:"base"` // the meetings before
	Agreed string `form:"agreed"`
	Faults parts.FieldErrors
}

func (f *heldForm) ask() meetingAsk { return meetingAsk{Seller: f.Seller, Since: f.Since} }

func newMeetingHeld(v *web.Request, m *forecast.Model, ask meetingAsk, rows []meetingDeal, sent *heldForm) meetingHeld {
	team := m.Team()
	var agreed []process.EventID
	ours, theirs := 0, 0
	for _, d := range rows {
		for _, a := range meeting.Standing(d.deal, d.next) {
			agreed = append(agreed, a.Event)
		}
		if d.Ours != "" {
			ours++
		}
		if d.Day != "" {
			theirs++
		}
	}
	seller := process.PersonID(ask.Seller)
	out := meetingHeld{
		Said: i18n.UpperFirst(v.T("meeting.agreed_now", v.T("meeting.agreed_ours", ours), v.T("meeting.agreed_theirs", theirs))),
		Form: heldForm{Seller: ask.Seller, Since: ask.Since, Base: web.EncodeBase(meeting.Base(team, seller)), Agreed: web.EncodeBase(agreed)},
	}
	if ask.Pick != "" {
		out.All = ask.picking("")
	}
	if sent != nil {
		out.Form.Faults = sent.Faults
	}
	if last, ok := meeting.Last(team, seller); ok && last.On == v.Today {
		out.Last = v.T("meeting.held_today", team.RecordedBy(last.ID))
	}
	return out
}

// closeMeeting records that the meeting was held, and what was agreed.
func closeMeeting(v *web.Request) error {
	f := &heldForm{}
	err := v.Read(f)
	var events []process.Event
	if err == nil {
		events, err = v.Act(func(team *sales.Team) ([]process.Fact, error) {
			seller := process.PersonID(f.Seller)
			if seller != "" && !slices.Contains(team.People(), seller) {
				return nil, process.Missing("meeting.no_such_seller")
			}
			if err := web.CheckUnchanged(f.Base, meeting.Base(team, seller)); err != nil {
				return nil, &process.Error{Kind: process.Conflict, Msg: "meeting.held_meanwhile"}
			}
			return meeting.Hold(team, seller, web.DecodeBase(f.Agreed), v.Today)
		})
	}
	if faults, mine := v.FormErrors(err); mine {
		f.Faults = faults
		page, err := newMeetingPage(v, f.ask(), f)
		if err != nil {
			return err
		}
		return v.Reject(faults, "meeting", page, page.parts("")...)
	}
	if err != nil {
		return err
	}
	return v.DoneWithUndo(f.ask().href(f.Seller, web.DayOrNone(f.Since)), events, v.T("meeting.held_done"))
}
