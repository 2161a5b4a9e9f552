package picklists

import (
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/register"
)

// mostChoices bounds a list: more than that is no list to choose from.
const mostChoices = 200

// Add makes a list with its first choices, in their order. One that was retired under the name comes back.
func (b *Book) Add(name string, choices []string, s process.Stamp) (process.ListID, []process.Fact, error) {
	name = strings.TrimSpace(name)
	var p process.Problems
	p.Text("name", name, 1, process.MaxName)
	have, known := b.ListByName(name)
	switch {
	case known && !have.Retired:
		p.Add("name", "lists.name_taken", name)
	case len(b.Lists()) >= MaxLists:
		p.Add("name", "lists.too_many", MaxLists)
	}
	if err := p.OrNil(); err != nil {
		return "", nil, err
	}
	id := have.ID
	if !known {
		id = b.IDFor(name)
	}
	facts := []process.Fact{&process.ListNamed{Stamp: based(s, b.ListHeads(id)), List: id, Name: name}}
	more, err := b.AddChoices(id, choices, s)
	return id, append(facts, more...), err
}

// IDFor is the identity of a list that is to be made under a name.
func (b *Book) IDFor(name string) process.ListID {
	return process.ListID(keyFor(name, func(key string) bool {
		was := b.ListName(process.ListID(key))
		_, there := b.List(process.ListID(key))
		return there || was != "" && process.FoldName(was) != process.FoldName(name)
	}))
}

// AddChoices adds choices to the end of a list. Those that are there already are left as they are, and retired ones come back.
func (b *Book) AddChoices(list process.ListID, names []string, s process.Stamp) ([]process.Fact, error) {
	l, _ := b.List(list)
	var p process.Problems
	var facts []process.Fact
	added := map[string]bool{}
	taken := map[string]bool{}
	for _, name := range names {
		name = strings.TrimSpace(name)
		if name == "" || added[process.FoldName(name)] {
			continue
		}
		p.Text("choices", name, 1, process.MaxName)
		added[process.FoldName(name)] = true
		have, known := l.ByName(name)
		if known && !have.Retired {
			continue
		}
		id := have.ID
		if !known {
			id = process.ChoiceID(keyFor(name, func(key string) bool {
				was := b.ChoiceName(list, process.ChoiceID(key))
				_, there := l.Choice(process.ChoiceID(key))
				return taken[key] || there || was != "" && process.FoldName(was) != process.FoldName(name)
			}))
		}
		taken[string(id)] = true
		facts = append(facts, &process.ChoiceNamed{Stamp: based(s, b.ChoiceHeads(list, id)), List: list, Choice: id, Name: name})
	}
	if len(l.Choices)+len(facts) > mostChoices {
		p.Add("choices", "lists.too_many_choices", mostChoices)
	}
	return facts, p.OrNil()
}

// Rename changes the name of a list, or retires it, or brings it back. Base are the events that the form was made from; nil means those that
// stand now. What stands already gives no facts and no error.
func (b *Book) Rename(list process.ListID, to Named, base []process.EventID, today process.Date) ([]process.Fact, error) {
	l, ok := b.List(list)
	if !ok {
		return nil, process.Missing("lists.no_such")
	}
	to.Name = strings.TrimSpace(to.Name)
	var p process.Problems
	p.Text("name", to.Name, 1, process.MaxName)
	if other, taken := b.ListByName(to.Name); taken && other.ID != list && !other.Retired && !to.Retired {
		p.Add("name", "lists.name_taken", other.Name)
	}
	if l.Retired && !to.Retired && len(b.Lists()) >= MaxLists {
		p.Add("name", "lists.too_many", MaxLists)
	}
	now := b.ListHeads(list)
	if err := p.OrNil(); err != nil || to == l.Named && !register.Resolves(base, now) {
		return nil, err
	}
	return []process.Fact{&process.ListNamed{Stamp: process.Stamp{Known: today, Base: register.OrHeads(base, now)}, List: list, Name: to.Name, Retired: to.Retired}}, nil
}

// RenameChoice changes the name of a choice, or retires it, or brings it back.
func (b *Book) RenameChoice(list process.ListID, choice process.ChoiceID, to Named, base []process.EventID, today process.Date) ([]process.Fact, error) {
	l, _ := b.List(list)
	c, ok := l.Choice(choice)
	if !ok {
		return nil, process.Missing("lists.no_such_choice")
	}
	to.Name = strings.TrimSpace(to.Name)
	var p process.Problems
	p.Text("name", to.Name, 1, process.MaxName)
	if other, taken := l.ByName(to.Name); taken && other.ID != choice && !other.Retired && !to.Retired {
		p.Add("name", "lists.choice_taken", other.Name)
	}
	now := b.ChoiceHeads(list, choice)
	if err := p.OrNil(); err != nil || to == c.Named && !register.Resolves(base, now) {
		return nil, err
	}
	return []process.Fact{&process.ChoiceNamed{
		Stamp: process.Stamp{Known: today, Base: register.OrHeads(base, now)}, List: list, Choice: choice, Name: to.Name, Retired: to.Retired,
	}}, nil
}

// Move puts a choice so many places further down among those that are offered; up where it is negative.
func (b *Book) Move(list process.ListID, choice process.ChoiceID, places int, base []process.EventID, today process.Date) ([]process.Fact, error) {
	l, ok := b.List(list)
	if !ok {
		return nil, process.Missing("lists.no_such")
	}
	var order []process.ChoiceID
	for _, c := range l.Offered() {
		order = append(order, c.ID)
	}
	from := slices.Index(order, choice)
	if from < 0 {
		return nil, process.Missing("lists.no_such_choice")
	}
	to := min(max(0, from+places), len(order)-1)
	now := b.OrderHeads(list)
	if to == from && !register.Resolves(base, now) {
		return nil, nil
	}
	order = slices.Insert(slices.Delete(order, from, from+1), to, choice)
	return []process.Fact{&process.ChoicesOrdered{Stamp: process.Stamp{Known: today, Base: register.OrHeads(base, now)}, List: list, Choices: order}}, nil
}

// based is a stamp that replaces what stands.
func based(s process.Stamp, heads []process.EventID) process.Stamp {
	s.Base = heads
	return s
}

// keyFor makes an identity from a name, the same in every copy of the file that meets the name, and another one where that is taken.
func keyFor(name string, taken func(key string) bool) string {
	never := func(process.MilestoneID) bool { return false }
	key := string(process.KeyFor(name, never))
	if key != string(process.KeyFor("", never)) && !taken(key) {
		return key
	}
	for again := ""; ; again += "\x1f" { // a name in other letters, or one whose identity belongs to something that was renamed
		if key = strings.ToLower(process.DerivedID("", "list", name+again)); !taken(key) {
			return key
		}
	}
}
