package activities

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/conflicts"
	"milstolpe/process/register"
)

// Activity is a next activity of ours; a time of day only with a day.
type Activity struct {
	Text string
	Due  process.Date
	Time process.TimeOfDay
}

// Set is the fact that plans it for a deal.
func (a Activity) Set(deal process.DealID, s process.Stamp) *process.NextStepSet {
	return &process.NextStepSet{Stamp: s, Deal: deal, Text: a.Text, Due: a.Due, Time: a.Time}
}

// Planned is an activity that stands.
type Planned struct {
	Activity
	Event process.EventID
	Base  []process.EventID // the events that planning it otherwise replaces
}

// Book is the activities of a deal, with all that were ever planned.
type Book struct {
	all  *register.Register[Activity]
	gone register.Retractions
}

// NewBook reads a deal's activities; what is taken back is in gone.
func NewBook(all *register.Register[Activity], gone register.Retractions) Book {
	return Book{all: all, gone: gone}
}

// Planned are the activities that stand, those due first first and those without a day last.
func (b Book) Planned() (list []Planned) {
	var done []process.EventID
	for _, g := range b.groups() {
		ids := register.IDs(g.heads)
		last := g.heads[len(g.heads)-1]
		if last.Value.Text == "" {
			done = append(done, ids...)
			continue
		}
		list = append(list, Planned{Activity: last.Value, Event: last.ID, Base: ids})
	}
	slices.SortStableFunc(list, func(a, b Planned) int {
		return cmp.Or(cmp.Compare(order(a.Due), order(b.Due)), cmp.Compare(a.Time, b.Time))
	})
	if len(list) > 0 {
		list[0].Base = append(list[0].Base, done...)
	}
	return list
}

func order(due process.Date) process.Date {
	if due.IsZero() {
		return process.FarFuture
	}
	return due
}

// First is the activity that is due first; mostly there is one at most.
func (b Book) First() (first Activity) {
	heads := b.heads()
	if len(heads) == 1 {
		return heads[0].Value
	}
	for _, p := range b.Planned() {
		return p.Activity
	}
	return first
}

// Base are the events that planning the first of the activities otherwise replaces.
func (b Book) Base() []process.EventID {
	if list := b.Planned(); len(list) > 0 {
		return list[0].Base
	}
	return register.IDs(b.heads())
}

// From is the activity that a form was made from, by the events that it names: of several that stand, one.
func (b Book) From(base []process.EventID) (Planned, bool) {
	list := b.Planned()
	i := slices.IndexFunc(list, func(p Planned) bool { return slices.Contains(base, p.Event) })
	if i < 0 {
		return Planned{}, false
	}
	return list[i], true
}

func (b Book) heads() []register.Entry[Activity] { return b.all.HeadsOn(process.FarFuture, b.gone) }

// group are the heads that replaced one and the same activity: more than one is a conflict.
type group struct {
	of    process.EventID // the activity that they replaced; none for one that was planned anew
	heads []register.Entry[Activity]
}

// groups are the heads by what they replaced.
func (b Book) groups() (groups []group) {
	heads := b.heads()
	if len(heads) == 1 {
		return []group{{heads: heads}}
	}
	for _, h := range heads {
		of := b.replacedBy(h)
		i := slices.IndexFunc(groups, func(g group) bool { return of != process.EventID{} && g.of == of })
		if i < 0 {
			groups = append(groups, group{of: of})
			i = len(groups) - 1
		}
		groups[i].heads = append(groups[i].heads, h)
	}
	return groups
}

// replacedBy is the latest activity that an entry names as what it replaces.
func (b Book) replacedBy(h register.Entry[Activity]) (of process.EventID) {
	for _, e := range b.all.Entries() {
		if e.Value.Text != "" && slices.Contains(h.Stamp.Base, e.ID) && e.EffectiveOn(process.FarFuture, b.gone) {
			of = e.ID
		}
	}
	return of
}

// Conflicts are activities of the deal that people have changed without seeing each other's change.
func (b Book) Conflicts(deal process.DealID) (list []conflicts.Conflict) {
	subject := string(deal)
	for _, g := range b.groups() {
		c, found := conflicts.Among(g.heads, conflicts.Same, func(v Activity, s process.Stamp, _ func() string) []process.Fact {
			return []process.Fact{v.Set(deal, s)}
		})
		if !found {
			continue
		}
		i := slices.IndexFunc(b.all.Entries(), func(e register.Entry[Activity]) bool { return e.ID == g.of })
		before := b.all.Entries()[i]
		if !slices.ContainsFunc(g.heads, func(h register.Entry[Activity]) bool { return h.Value == before.Value }) {
			c.Offer(before.ID, before.Stamp.Known, before.Value, func(s process.Stamp) process.Fact { return before.Value.Set(deal, s) })
		}
		c.Field, c.Subject = conflicts.NextStep, subject
		list = append(list, c)
		subject = string(deal) + "\x1f" + g.of.String()
	}
	return list
}
