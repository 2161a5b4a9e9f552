package ical

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/forecast"
	"milstolpe/process/register"
	"milstolpe/process/sales"
)

// Coming is what comes in the deals of a seller, of all where none is named, from today on: in the order of the days. An activity or a
// day of the buyer's that is overdue is among it, because it still waits.
func Coming(t *i18n.Text, m *forecast.Model, seller process.PersonID) []Entry {
	var list []Entry
	for _, d := range m.DealsToday() {
		if seller == "" || d.Deal.Now.Seller == seller {
			list = append(list, newDealEntries(t, m, d.Deal).open(&d)...)
		}
	}
	slices.SortStableFunc(list, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Time, b.Time), cmp.Compare(a.UID(), b.UID()))
	})
	return list
}

// For is the calendar of a seller, or of all: what comes, and what has been called off and may still stand in somebody's calendar.
func For(t *i18n.Text, m *forecast.Model, seller process.PersonID) Calendar {
	team := m.Team()
	c := Calendar{Name: t.T("calendar.name", cmp.Or(team.Person(seller), team.Company(), t.T("layout.brand"))), Zone: team.Location()}
	c.Entries = Coming(t, m, seller)
	for _, d := range team.Deals() {
		if seller == "" || d.Now.Seller == seller {
			c.Entries = append(c.Entries, newDealEntries(t, m, d).calledOff()...)
		}
	}
	return c
}

// OfDeal is the calendar of one deal, or of one thing in it.
func OfDeal(t *i18n.Text, m *forecast.Model, d *sales.Deal, only string) (Calendar, bool) {
	c := Calendar{Name: wording.DealName(m.Team(), d), Zone: m.Team().Location()}
	today, open := m.DealToday(d)
	if !open {
		return c, false
	}
	for _, e := range newDealEntries(t, m, d).open(&today) {
		if only == "" || e.ID() == only {
			c.Entries = append(c.Entries, e)
		}
	}
	return c, len(c.Entries) > 0
}

// ID tells an entry of a deal from its others, for addresses: activity, named-money, stall, close.
func (e Entry) ID() string {
	if e.Milestone != "" {
		return string(e.Kind) + "-" + string(e.Milestone)
	}
	if e.Kind == Activity {
		return ActivityID(e.Number)
	}
	return string(e.Kind)
}

// ActivityID is the ID of the activities of a deal, which are mostly one.
func ActivityID(number int) string {
	if number == 0 {
		return string(Activity)
	}
	return string(Activity) + "-" + strconv.Itoa(number+1)
}

// dealEntries makes the entries of one deal.
type dealEntries struct {
	t    *i18n.Text
	m    *forecast.Model
	d    *sales.Deal
	name string
}

func newDealEntries(t *i18n.Text, m *forecast.Model, d *sales.Deal) dealEntries {
	return dealEntries{t, m, d, wording.DealName(m.Team(), d)}
}

// open are the entries of an open deal.
func (w dealEntries) open(today *forecast.DealToday) []Entry {
	var list []Entry
	for i, p := range w.d.Activities().Planned() {
		if !p.Due.IsZero() {
			list = append(list, w.activity(p.Activity, i))
		}
	}
	for _, key := range w.d.PromisedMilestones() {
		day, _ := w.d.Promised(key)
		if _, there := w.d.MarkOn(key, process.FarFuture); !day.IsZero() && !there {
			list = append(list, w.named(key, day))
		}
	}
	if today.StallsIn > 0 {
		list = append(list, Entry{
			Kind: Stall, Deal: w.d.ID, Day: today.StallsOn, Summary: w.t.T("calendar.stalls", w.name),
			About: w.about(w.t.T("calendar.stalls_about", today.Patience.Days)), Sequence: int(today.Since),
		})
	}
	if day := w.d.Now.ExpectedClose; day >= w.m.Today() {
		list = append(list, w.close(day))
	}
	return list
}

func (w dealEntries) activity(step activities.Activity, number int) Entry {
	e := Entry{Kind: Activity, Deal: w.d.ID, Number: number, Text: step.Text, Day: step.Due, Time: step.Time, Summary: step.Text + " · " + w.name, About: w.about("")}
	countChanges(&e, w.d.NextSteps().Entries())
	return e
}

func (w dealEntries) named(key process.MilestoneID, day process.Date) Entry {
	what := i18n.LowerFirst(wording.MilestoneName(w.m.Team(), w.d.Process(), key))
	e := Entry{Kind: Named, Deal: w.d.ID, Milestone: key, Day: day, Summary: w.t.T("calendar.named", w.name, what), About: w.about(w.t.T("calendar.named_about"))}
	countChanges(&e, w.d.Promises(key).Entries())
	return e
}

func (w dealEntries) close(day process.Date) Entry {
	e := Entry{Kind: Close, Deal: w.d.ID, Day: day, Summary: w.t.T("calendar.close", w.name), About: w.about("")}
	countChanges(&e, w.d.ExpectedCloses().Entries())
	return e
}

// about is a line on the entry, and whose deal it is.
func (w dealEntries) about(line string) string {
	lines := []string{line}
	if seller := w.m.Team().Person(w.d.Now.Seller); seller != "" {
		lines = append(lines, w.t.T("calendar.seller", seller))
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// Changes is countChanges for entries that others make.
func (e *Entry) Changes(list []register.Entry[process.Date]) { countChanges(e, list) }

// countChanges takes over from everything that was ever recorded of a field when it was changed last, and how often. Both only grow,
// whatever a merge brings.
func countChanges[T any](e *Entry, list []register.Entry[T]) {
	e.Sequence = 2 * len(list) // leaves room for being called off in between
	if len(list) > 0 {
		e.Recorded = list[len(list)-1].ID.At()
	}
}

// calledOff are the entries that a calendar may have of the deal and that hold no longer, as long as their day has not passed.
func (w dealEntries) calledOff() []Entry {
	today, closed := w.m.Today(), w.d.Now.Close != nil
	var list []Entry
	add := func(e Entry) {
		if e.Day >= today {
			e.Cancelled, e.Sequence = true, e.Sequence+1
			list = append(list, e)
		}
	}
	if step := w.d.Now.NextStep; step.Text == "" || step.Due.IsZero() || closed {
		if last, ok := lastWith(w.d.NextSteps().Entries(), func(s activities.Activity) bool { return s.Text != "" && !s.Due.IsZero() }); ok {
			add(w.activity(last, 0))
		}
	}
	for _, key := range w.d.PromisedMilestones() {
		day, _ := w.d.Promised(key)
		if _, there := w.d.MarkOn(key, process.FarFuture); !closed && !day.IsZero() && !there {
			continue
		}
		if last, ok := lastWith(w.d.Promises(key).Entries(), func(d process.Date) bool { return !d.IsZero() }); ok {
			add(w.named(key, last))
		}
	}
	if closed && !w.d.Now.ExpectedClose.IsZero() {
		add(w.close(w.d.Now.ExpectedClose))
	}
	return list
}

// lastWith is the last value of a field that had something in it.
func lastWith[T any](list []register.Entry[T], some func(T) bool) (last T, ok bool) {
	for _, e := range list {
		if some(e.Value) {
			last, ok = e.Value, true
		}
	}
	return last, ok
}
