package picklists

import (
	"maps"
	"slices"

	"milstolpe/process"
	"milstolpe/process/conflicts"
	"milstolpe/process/register"
)

// Registers are what a deal has in each list, with all that it ever had.
type Registers = map[process.ListID]*register.Register[process.ChoiceID]

// Chosen is which choices a deal has.
type Chosen struct {
	all  Registers
	gone register.Retractions
}

// NewChosen reads what a deal has; what is taken back is in gone.
func NewChosen(all Registers, gone register.Retractions) Chosen { return Chosen{all, gone} }

// Of is the choice that the deal has of a list; empty for none.
func (c Chosen) Of(list process.ListID) process.ChoiceID {
	return register.Current(c.all[list], c.gone)
}

// Heads are the events behind it, for the base of the next one.
func (c Chosen) Heads(list process.ListID) []process.EventID { return heads(c.all[list], c.gone) }

// Register is all that the deal has had of a list; nil where it never had anything.
func (c Chosen) Register(list process.ListID) *register.Register[process.ChoiceID] {
	return c.all[list]
}

// Lists are those of which the deal has ever had something.
func (c Chosen) Lists() []process.ListID { return slices.Sorted(maps.Keys(c.all)) }

// Latest is the last day on which anything was said; 0 where nothing was.
func (c Chosen) Latest() (last process.Date) {
	for _, f := range c.all {
		last = max(last, f.Latest())
	}
	return last
}

// Has tells whether a deal is one of those that picks ask for.
func (c Chosen) Has(picks process.Picks) bool {
	has := true
	picks.Each(func(list process.ListID, choice process.ChoiceID) bool {
		has = c.Of(list) == choice
		return has
	})
	return has
}

// Set gives the deal a choice of a list, or none. Base are the events that the form was made from; nil means those that stand now. What the deal
// has already gives no facts and no error, and so does a choice that it has although it is retired.
func (c Chosen) Set(b *Book, deal process.DealID, list process.ListID, choice process.ChoiceID, base []process.EventID, s process.Stamp) ([]process.Fact, error) {
	now := c.Heads(list)
	if choice == c.Of(list) && !register.Resolves(base, now) {
		return nil, nil
	}
	l, ok := b.List(list)
	if !ok {
		return nil, process.Missing("lists.no_such")
	}
	if one, ok := l.Choice(choice); choice != "" && choice != c.Of(list) && (!ok || one.Retired) {
		return nil, process.Wrong(FieldOf(list), "lists.no_such_choice")
	}
	s.Base = register.OrHeads(base, now)
	return []process.Fact{&process.ChoiceSet{Stamp: s, Deal: deal, List: list, Choice: choice}}, nil
}

// FieldOf is the name of the field of a form that has the choice of a list.
func FieldOf(list process.ListID) string { return "list_" + string(list) }

// Events are the facts that it is the sum of.
func (c Chosen) Events(deal process.DealID, add func(process.EventID, process.Fact)) {
	for _, list := range c.Lists() {
		for _, e := range c.all[list].Entries() {
			add(e.ID, &process.ChoiceSet{Stamp: *e.Stamp, Deal: deal, List: list, Choice: e.Value})
		}
	}
}

// Conflicts are choices of the deal that people have changed without seeing each other's change.
func (c Chosen) Conflicts(deal process.DealID) (list []conflicts.Conflict) {
	for _, id := range c.Lists() {
		one, found := conflicts.Of(c.all[id], c.gone, conflicts.Same, func(v process.ChoiceID, s process.Stamp) process.Fact {
			return &process.ChoiceSet{Stamp: s, Deal: deal, List: id, Choice: v}
		})
		if found {
			one.Field, one.Subject = conflicts.Choice, string(deal)+"\x1f"+string(id)
			list = append(list, one)
		}
	}
	return list
}

// Conflicts are lists and choices that people have named, retired or ordered without seeing each other's change.
func (b *Book) Conflicts() []conflicts.Conflict {
	return slices.Concat(
		conflicts.In(conflicts.ListName, b.lists, b.gone, conflicts.Same, func(id process.ListID, v Named, s process.Stamp) process.Fact {
			return &process.ListNamed{Stamp: s, List: id, Name: v.Name, Retired: v.Retired}
		}),
		conflicts.In(conflicts.ChoiceName, b.choices, b.gone, conflicts.Same, func(k Key, v Named, s process.Stamp) process.Fact {
			return &process.ChoiceNamed{Stamp: s, List: k.List, Choice: k.Choice, Name: v.Name, Retired: v.Retired}
		}),
		conflicts.In(conflicts.ChoiceOrder, b.orders, b.gone, slices.Equal, func(id process.ListID, v []process.ChoiceID, s process.Stamp) process.Fact {
			return &process.ChoicesOrdered{Stamp: s, List: id, Choices: v}
		}))
}

// String is the key as it stands in the subject of a conflict.
func (k Key) String() string { return string(k.List) + "\x1f" + string(k.Choice) }
