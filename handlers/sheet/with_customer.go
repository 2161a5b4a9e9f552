package sheet

import (
	"milstolpe/process/meeting"
	"milstolpe/process/sales"
)

// roles is who has which role at the buyer, and when we met them.
func roles(team *sales.Team, words Vocabulary) Table {
	t := words.table("roles")
	for _, d := range team.Deals() {
		v := d.Version()
		if v == nil {
			continue
		}
		for _, r := range v.Definition.Roles {
			holder, _ := d.Role(r.Key)
			if c, ok := team.Contact(holder.Contact); ok {
				t.Rows = append(t.Rows, []Value{idOf(d), Text(d.Now.Name), Text(string(r.Key)), Text(r.Name), Text(c.Name), Day(holder.Met)})
			}
		}
	}
	return t
}

// plans is how plans for customers are worded where that differs from the process: a row for the whole of each, and one for each line.
func plans(team *sales.Team, words Vocabulary) Table {
	t := words.table("plans")
	for _, d := range team.Deals() {
		plan, _ := d.Plan()
		if plan.Intro != "" || plan.Closing != "" {
			t.Rows = append(t.Rows, []Value{idOf(d), Text(d.Now.Name), Text(plan.Intro), Text(plan.Closing), {}, {}, {}, {}, {}})
		}
		for _, l := range plan.Lines {
			var out Value
			if l.LeftOut {
				out = Text("1")
			}
			t.Rows = append(t.Rows, []Value{idOf(d), Text(d.Now.Name), {}, {}, Text(string(l.Milestone)), Text(l.What), Text(l.Who), Text(l.Ours), out})
		}
	}
	return t
}

// meetings is what was agreed at each sales meeting, and on which day it happened.
func meetings(team *sales.Team, words Vocabulary) Table {
	t := words.table("meetings")
	for _, e := range team.Meetings() {
		held := meeting.Held{ID: e.ID, On: e.Stamp.Known, MeetingHeld: e.Value}
		for _, a := range held.Follow(team, held.On) {
			var happened Value
			if a.Result == meeting.Happened {
				happened = Day(a.On)
			}
			t.Rows = append(t.Rows, []Value{
				Day(held.On), Text(team.Person(held.Seller)), idOf(a.Deal), Text(a.Deal.Now.Name), Text(a.Step.Text), Text(string(a.Milestone)),
				Day(a.Day), Text(string(a.Step.Time)), happened, Text(team.RecordedBy(e.ID)),
			})
		}
	}
	return t
}
