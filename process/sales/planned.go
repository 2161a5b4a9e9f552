package sales

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/conflicts"
	"milstolpe/process/register"
)

// Planned is one next activity of ours that stands. Two people who plan something for one deal without seeing each other's plan have planned
// two activities, and both are to be done; only those who changed the same one disagree.
type Planned struct {
	NextStep
	Event process.EventID
	Base  []process.EventID // the events that planning it otherwise replaces
}

// planGroup are the heads that replaced one and the same activity: more than one is a conflict.
type planGroup struct {
	of    process.EventID // the activity that they replaced; none for one that was planned anew
	heads []register.Entry[NextStep]
}

func (g *planGroup) last() register.Entry[NextStep] { return g.heads[len(g.heads)-1] }

// planGroups are the heads by what they replaced.
func (d *Deal) planGroups() (groups []planGroup) {
	heads := d.nextStep.HeadsOn(process.FarFuture, d.Retractions())
	if len(heads) == 1 {
		return []planGroup{{heads: heads}}
	}
	for _, h := range heads {
		of := d.activityReplaced(h)
		i := slices.IndexFunc(groups, func(g planGroup) bool { return of != process.EventID{} && g.of == of })
		if i < 0 {
			groups = append(groups, planGroup{of: of})
			i = len(groups) - 1
		}
		groups[i].heads = append(groups[i].heads, h)
	}
	return groups
}

// activityReplaced is the latest activity that an entry names as what it replaces.
func (d *Deal) activityReplaced(h register.Entry[NextStep]) (of process.EventID) {
	for _, e := range d.nextStep.Entries() {
		if e.Value.Text != "" && slices.Contains(h.Stamp.Base, e.ID) && e.EffectiveOn(process.FarFuture, d.Retractions()) {
			of = e.ID
		}
	}
	return of
}

// Planned are the activities that stand, those due first first and those without a day last.
func (d *Deal) Planned() (list []Planned) {
	var done []process.EventID
	for _, g := range d.planGroups() {
		ids := register.IDs(g.heads)
		if g.last().Value.Text == "" {
			done = append(done, ids...)
			continue
		}
		list = append(list, Planned{NextStep: g.last().Value, Event: g.last().ID, Base: ids})
	}
	slices.SortStableFunc(list, func(a, b Planned) int {
		return cmp.Or(cmp.Compare(order(a.Due), order(b.Due)), cmp.Compare(a.Time, b.Time))
	})
	if len(list) > 0 {
		list[0].Base = append(list[0].Base, done...)
	}
	return list
}

// firstPlanned is the activity that is due first; mostly there is one at most.
func (d *Deal) firstPlanned() (first NextStep) {
	heads := d.nextStep.HeadsOn(process.FarFuture, d.Retractions())
	if len(heads) == 1 {
		return heads[0].Value
	}
	for _, p := range d.Planned() {
		return p.NextStep
	}
	return first
}

func order(due process.Date) process.Date {
	if due.IsZero() {
		return process.FarFuture
	}
	return due
}

// plannedBase are the events that planning the first of the activities otherwise replaces.
func (d *Deal) plannedBase() []process.EventID {
	if list := d.Planned(); len(list) > 0 {
		return list[0].Base
	}
	return register.IDs(d.nextStep.HeadsOn(process.FarFuture, d.Retractions()))
}

// PlannedFrom is the activity that a form was made from, by the events that it names: of several that stand, one.
func (d *Deal) PlannedFrom(base []process.EventID) (Planned, bool) {
	list := d.Planned()
	i := slices.IndexFunc(list, func(p Planned) bool { return slices.Contains(base, p.Event) })
	if i < 0 {
		return Planned{}, false
	}
	return list[i], true
}

// planConflicts are activities that people have changed without seeing each other's change.
func (d *Deal) planConflicts() (list []Conflict) {
	subject := string(d.ID)
	for _, g := range d.planGroups() {
		c, found := conflicts.Among(g.heads, conflicts.Same, func(v NextStep, s process.Stamp, _ func() string) []process.Fact {
			return []process.Fact{&process.NextStepSet{Stamp: s, Deal: d.ID, Text: v.Text, Due: v.Due, Time: v.Time}}
		})
		if !found {
			continue
		}
		i := slices.IndexFunc(d.nextStep.Entries(), func(e register.Entry[NextStep]) bool { return e.ID == g.of })
		before := d.nextStep.Entries()[i]
		if !slices.ContainsFunc(g.heads, func(h register.Entry[NextStep]) bool { return h.Value == before.Value }) {
			c.Offer(before.ID, before.Stamp.Known, before.Value, func(s process.Stamp) process.Fact {
				return &process.NextStepSet{Stamp: s, Deal: d.ID, Text: before.Value.Text, Due: before.Value.Due, Time: before.Value.Time}
			})
		}
		list = append(list, d.listed(c, true, conflicts.NextStep, subject)...)
		subject = string(d.ID) + "\x1f" + g.of.String()
	}
	return list
}
