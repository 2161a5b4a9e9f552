package meeting

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/register"
	"milstolpe/process/sales"
)

// Standing is what is agreed in a deal now: what we do next, and the day that the buyer has named for the milestone; for none, no day.
func Standing(d *sales.Deal, next process.MilestoneID) []process.Agreement {
	var list []process.Agreement
	for _, p := range d.Activities().Planned() {
		list = append(list, process.Agreement{Deal: d.ID, Event: p.Event})
	}
	if day, heads := d.Promised(next); !day.IsZero() {
		list = append(list, process.Agreement{Deal: d.ID, Event: heads[len(heads)-1]})
	}
	return list
}

// Held is a meeting that was held.
type Held struct {
	ID process.EventID
	On process.Date
	process.MeetingHeld
}

// Last is the latest meeting that went through a seller's deals, and whether there was one. Those of nobody were gone through when everybody's
// were.
func Last(t *sales.Team, seller process.PersonID) (Held, bool) {
	for _, e := range slices.Backward(t.Meetings()) {
		if e.Value.Seller == "" || t.Roster().Same(e.Value.Seller, seller) {
			return Held{e.ID, e.Stamp.Known, e.Value}, true
		}
	}
	return Held{}, false
}

// Base are the events behind Last, for the form that closes the next meeting.
func Base(t *sales.Team, seller process.PersonID) []process.EventID {
	if held, ok := Last(t, seller); ok {
		return []process.EventID{held.ID}
	}
	return nil
}

// Hold closes a meeting about a seller's deals, or with no seller about everybody's. What is agreed is what its page showed; an event that says
// nothing of the sort is refused.
func Hold(t *sales.Team, seller process.PersonID, agreed []process.EventID, today process.Date) ([]process.Fact, error) {
	held := &process.MeetingHeld{Stamp: process.Stamp{Known: today}, Seller: seller}
	missing := make(map[process.EventID]bool, len(agreed))
	for _, id := range agreed {
		missing[id] = true
	}
	for _, d := range t.Deals() {
		eachEvent(d, func(id process.EventID) {
			if missing[id] {
				held.Agreed = append(held.Agreed, process.Agreement{Deal: d.ID, Event: id})
				delete(missing, id)
			}
		})
	}
	if len(missing) > 0 {
		return nil, &process.Error{Kind: process.Conflict, Msg: "meeting.not_there"}
	}
	return []process.Fact{held}, nil
}

// eachEvent goes through the events of a deal that something can be agreed by.
func eachEvent(d *sales.Deal, see func(process.EventID)) {
	for _, e := range d.NextSteps().Entries() {
		see(e.ID)
	}
	for _, key := range d.PromisedMilestones() {
		for _, e := range d.Promises(key).Entries() {
			see(e.ID)
		}
	}
}

// Result is what has become of something that was agreed. They are in the order in which a meeting goes through them.
type Result int

// What can become of it.
const (
	Overdue  Result = iota // its day has passed, and it has not happened
	Dropped                // taken away without having happened
	Replaced               // we do something else instead
	Moved                  // it has another day
	Waiting                // its day is still to come, or it has none
	Skipped                // the milestone was waived
	Ended                  // the deal has ended without it
	Happened
)

// Agreed is one thing that was agreed, and what has become of it.
type Agreed struct {
	Deal      *sales.Deal
	Milestone process.MilestoneID // that the buyer was to reach; empty: Step is what we were to do
	Step      activities.Activity
	Day       process.Date // by which; zero for none
	Result    Result
	On        process.Date        // when it happened, or by when it is to now
	Instead   activities.Activity // what we do instead
}

// Follow says what has become of what was agreed at a meeting, in the order of results. What a deal says nothing of any more is left out.
func (h Held) Follow(t *sales.Team, today process.Date) []Agreed {
	var list []Agreed
	for _, a := range h.Agreed {
		d, ok := t.Deal(a.Deal)
		if !ok {
			continue
		}
		if e, ok := find(d.NextSteps(), a.Event); ok && e.Value.Text != "" {
			list = append(list, ours(d, e, today))
			continue
		}
		for _, key := range d.PromisedMilestones() {
			if e, ok := find(d.Promises(key), a.Event); ok && !e.Value.IsZero() {
				list = append(list, theirs(d, key, e.Value, today))
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Agreed) int { return cmp.Or(cmp.Compare(a.Result, b.Result), cmp.Compare(a.Day, b.Day)) })
	return list
}

func find[T any](r *register.Register[T], id process.EventID) (register.Entry[T], bool) {
	if r == nil {
		return register.Entry[T]{}, false
	}
	i := slices.IndexFunc(r.Entries(), func(e register.Entry[T]) bool { return e.ID == id })
	if i < 0 {
		return register.Entry[T]{}, false
	}
	return r.Entries()[i], true
}

// ours says what has become of an activity of ours.
func ours(d *sales.Deal, e register.Entry[activities.Activity], today process.Date) Agreed {
	a := Agreed{Deal: d, Step: e.Value, Day: e.Value.Due}
	same := func(text string) bool { return process.FoldName(text) == process.FoldName(e.Value.Text) }
	for _, j := range d.Journal() {
		if same(j.Value.Text) && e.ID.Before(j.ID) {
			a.Result, a.On = Happened, j.Value.On // the first of them is the last in the list
		}
	}
	now := d.Now.NextStep
	for _, p := range d.Activities().Planned() {
		if same(p.Text) {
			now = p.Activity
		}
	}
	switch {
	case a.Result == Happened:
	case d.Now.Close != nil:
		a.Result, a.On = Ended, d.Now.Close.On
	case now.Text == "":
		a.Result = Dropped
	case !same(now.Text):
		a.Result, a.Instead = Replaced, now
	default:
		a.Result, a.On = standing(a.Day, now.Due, today), now.Due
	}
	return a
}

// theirs says what has become of a day that the buyer had named.
func theirs(d *sales.Deal, key process.MilestoneID, day, today process.Date) Agreed {
	a := Agreed{Deal: d, Milestone: key, Day: day}
	mark, there := d.MarkOn(key, process.FarFuture)
	now, _ := d.Promised(key)
	switch {
	case there && mark.Waived:
		a.Result, a.On = Skipped, mark.On
	case there:
		a.Result, a.On = Happened, mark.On
	case d.Now.Close != nil:
		a.Result, a.On = Ended, d.Now.Close.On
	case now.IsZero():
		a.Result = Dropped
	default:
		a.Result, a.On = standing(day, now, today), now
	}
	return a
}

// standing tells what is not there yet, by the day that was agreed and the one that holds now.
func standing(agreed, now, today process.Date) Result {
	switch {
	case !now.IsZero() && now < today:
		return Overdue
	case now != agreed:
		return Moved
	}
	return Waiting
}
