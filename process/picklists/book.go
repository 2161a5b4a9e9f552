package picklists

import (
	"bytes"
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/register"
)

// MaxLists is how many lists a team may have at a time. A merge of two copies may bring more, and they are all kept.
const MaxLists = 3

// Named is what a list or a choice is called, and whether it is retired.
type Named struct {
	Name    string
	Retired bool
}

// Key tells a choice from all others: two lists may have one of the same identity.
type Key struct {
	List   process.ListID
	Choice process.ChoiceID
}

// Book is the lists of a team, with all that was ever said of them.
type Book struct {
	lists   map[process.ListID]*register.Register[Named]
	choices map[Key]*register.Register[Named]
	orders  map[process.ListID]*register.Register[[]process.ChoiceID]
	gone    register.Retractions
}

// NewBook is one in which nothing is written yet; what is taken back is in gone.
func NewBook(gone register.Retractions) *Book { return &Book{gone: gone} }

// Apply adds a fact; one that is about something else is left alone.
func (b *Book) Apply(id process.EventID, fact process.Fact, stamp *process.Stamp) {
	switch f := fact.(type) {
	case *process.ListNamed:
		register.Of(&b.lists, f.List).Put(id, Named{f.Name, f.Retired}, stamp)
	case *process.ChoiceNamed:
		register.Of(&b.choices, Key{f.List, f.Choice}).Put(id, Named{f.Name, f.Retired}, stamp)
	case *process.ChoicesOrdered:
		register.Of(&b.orders, f.List).Put(id, f.Choices, stamp)
	}
}

// List is one list as it stands.
type List struct {
	ID process.ListID
	Named
	Choices []Choice // in the order in which they are offered, retired ones too
	began   process.EventID
}

// Choice is one of a list.
type Choice struct {
	ID process.ChoiceID
	Named
	began process.EventID
}

// Offered are the choices that are not retired.
func (l *List) Offered() []Choice {
	return slices.DeleteFunc(slices.Clone(l.Choices), func(c Choice) bool { return c.Retired })
}

// Choice finds a choice of the list that has not been taken back.
func (l *List) Choice(id process.ChoiceID) (Choice, bool) {
	i := slices.IndexFunc(l.Choices, func(c Choice) bool { return c.ID == id })
	if i < 0 {
		return Choice{}, false
	}
	return l.Choices[i], true
}

// Place is where a choice stands in the list; after all others where it does not, and last of all where none is chosen.
func (l *List) Place(id process.ChoiceID) int {
	i := slices.IndexFunc(l.Choices, func(c Choice) bool { return c.ID == id })
	switch {
	case id == "":
		return len(l.Choices) + 1
	case i < 0:
		return len(l.Choices)
	}
	return i
}

// ByName finds a choice by its name, compared without case and stray blanks; one that is offered before one that is retired.
func (l *List) ByName(name string) (found Choice, ok bool) {
	for _, c := range l.Choices {
		if process.FoldName(c.Name) == process.FoldName(name) && (!ok || found.Retired) {
			found, ok = c, true
		}
	}
	return found, ok
}

// Lists are those that are offered, in the order in which they were made.
func (b *Book) Lists() []List {
	return slices.DeleteFunc(b.All(), func(l List) bool { return l.Retired })
}

// All are also those that are retired.
func (b *Book) All() []List {
	lists := make([]List, 0, len(b.lists))
	for id := range b.lists {
		if l, ok := b.List(id); ok {
			lists = append(lists, l)
		}
	}
	slices.SortFunc(lists, func(x, y List) int { return cmp.Or(bytes.Compare(x.began[:], y.began[:]), cmp.Compare(x.ID, y.ID)) })
	return lists
}

// List finds a list that has not been taken back, retired or not.
func (b *Book) List(id process.ListID) (l List, ok bool) {
	f := b.lists[id]
	if f == nil {
		return l, false
	}
	if l.Named, ok = f.On(process.FarFuture, b.gone); !ok {
		return l, false
	}
	l.ID, l.began = id, f.Entries()[0].ID
	for key, c := range b.choices {
		if key.List != id {
			continue
		}
		if named, there := c.On(process.FarFuture, b.gone); there {
			l.Choices = append(l.Choices, Choice{key.Choice, named, c.Entries()[0].ID})
		}
	}
	order := register.Current(b.orders[id], b.gone)
	place := func(c Choice) int {
		if i := slices.Index(order, c.ID); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortFunc(l.Choices, func(x, y Choice) int {
		return cmp.Or(cmp.Compare(place(x), place(y)), bytes.Compare(x.began[:], y.began[:]), cmp.Compare(x.ID, y.ID))
	})
	return l, true
}

// ListByName finds a list by its name, compared without case and stray blanks; one that is offered before one that is retired.
func (b *Book) ListByName(name string) (found List, ok bool) {
	for _, l := range b.All() {
		if process.FoldName(l.Name) == process.FoldName(name) && (!ok || found.Retired) {
			found, ok = l, true
		}
	}
	return found, ok
}

// Known leaves out what picks ask of lists that are not offered: an address that somebody sent keeps working when a list is retired.
func (b *Book) Known(picks process.Picks) (known process.Picks) {
	picks.Each(func(list process.ListID, choice process.ChoiceID) bool {
		if l, ok := b.List(list); ok && !l.Retired {
			known = known.With(list, choice)
		}
		return true
	})
	return known
}

// ChoiceName is what a choice is called; the last name that it had where it was taken back since, and empty where nobody ever gave it one.
func (b *Book) ChoiceName(list process.ListID, choice process.ChoiceID) string {
	return b.lastName(b.choices[Key{list, choice}])
}

// ListName is what a list is called, in the same way.
func (b *Book) ListName(list process.ListID) string { return b.lastName(b.lists[list]) }

func (b *Book) lastName(f *register.Register[Named]) string {
	if f == nil {
		return ""
	}
	if named, ok := f.On(process.FarFuture, b.gone); ok {
		return named.Name
	}
	entries := f.Entries()
	return entries[len(entries)-1].Value.Name
}

// Entries are all that was ever said about a list, and about a choice.
func (b *Book) Entries(list process.ListID, choice process.ChoiceID) (ofList, ofChoice []register.Entry[Named]) {
	if f := b.lists[list]; f != nil {
		ofList = f.Entries()
	}
	if f := b.choices[Key{list, choice}]; f != nil {
		ofChoice = f.Entries()
	}
	return ofList, ofChoice
}

// ListHeads are the events behind the name of a list, for the base of the next one.
func (b *Book) ListHeads(list process.ListID) []process.EventID { return heads(b.lists[list], b.gone) }

// ChoiceHeads are those behind the name of a choice.
func (b *Book) ChoiceHeads(list process.ListID, choice process.ChoiceID) []process.EventID {
	return heads(b.choices[Key{list, choice}], b.gone)
}

// OrderHeads are those behind the order of a list.
func (b *Book) OrderHeads(list process.ListID) []process.EventID {
	return heads(b.orders[list], b.gone)
}

func heads[T any](f *register.Register[T], gone register.Retractions) []process.EventID {
	if f == nil {
		return nil
	}
	return f.HeadIDs(process.FarFuture, gone)
}
