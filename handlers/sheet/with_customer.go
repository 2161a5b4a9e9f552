package sheet

import (
	"milstolpe/process/meeting"
)

// roles is who has which role at the buyer, and when we met them.
func (x Export) roles() Table {
	t := x.words.table("roles")
	for _, d := range x.team.Deals() {
		v := d.Version()
		if v == nil {
			continue
		}
		for _, r := range v.Definition.Roles {
			holder, _ := d.Role(r.Key)
			if c, ok := x.team.Contact(holder.Contact); ok {
				t.Rows = append(t.Rows, []Value{idOf(d), Text(d.Now.Name), Text(string(r.Key)), Text(r.Name), Text(c.Name), Day(holder.Met)})
			}
		}
	}
	return t
}

// plans is how plans for customers are worded where that differs from the process: a row for the whole of each, and one for each line.
func (x Export) plans() Table {
	t := x.words.table("plans")
	for _, d := range x.team.Deals() {
		plan, _ := d.Plan()
		if plan.Intro != "" || plan.Closing != "" {
			t.Rows = append(t.Rows, []Value{idOf(d), Text(d.Now.Name), Text(plan.Intro), Text(plan.Closing), {}, {}, {}, {}, {}})
		}
		for _, l := range plan.Lines {
			t.Rows = append(t.Rows, []Value{idOf(d), Text(d.Now.Name), {}, {}, Text(string(l.Milestone)), Text(l.What), Text(l.Who), Text(l.Ours), yes(l.LeftOut)})
		}
	}
	return t
}

// meetings is what was agreed at each sales meeting, and on which day it happened.
func (x Export) meetings() Table {
	t := x.words.table("meetings")
	for _, e := range x.team.Meetings() {
		held := meeting.Held{ID: e.ID, On: e.Stamp.Known, MeetingHeld: e.Value}
		for _, a := range held.Follow(x.team, held.On) {
			var happened Value
			if a.Result == meeting.Happened {
				happened = Day(a.On)
			}
			t.Rows = append(t.Rows, []Value{
				Day(held.On), Text(x.team.Person(held.Seller)), idOf(a.Deal), Text(a.Deal.Now.Name), Text(a.Step.Text), Text(string(a.Milestone)),
				Day(a.Day), Text(string(a.Step.Time)), happened, Text(x.team.RecordedBy(e.ID)),
			})
		}
	}
	return t
}
