package sheet

import "milstolpe/process/picklists"

func (x Export) targets() Table {
	t := x.words.table("targets")
	for _, target := range x.team.Calls().Targets() {
		t.Rows = append(t.Rows, []Value{Text(target.Period), Text(x.team.Person(target.Seller)), Amount(&target.Amount), Text(target.Amount.Currency)})
	}
	return t
}

func (x Export) calls() Table {
	t := x.words.table("calls")
	for _, e := range x.team.Calls().All() {
		c := e.Value
		t.Rows = append(t.Rows, []Value{
			Text(c.Period), Text(x.words.Layers[c.Layer]), Text(x.team.Person(c.Seller)), Amount(&c.Amount), Text(c.Amount.Currency), Text(c.Reason),
			Day(e.Stamp.Known), Text(x.team.RecordedBy(e.ID)),
		})
	}
	return t
}

// lists are the team's own, with their choices in the order in which they are offered; a list without any has one row.
func (x Export) lists() Table {
	t := x.words.table("lists")
	for _, l := range x.team.Lists().All() {
		choices := l.Choices
		if len(choices) == 0 {
			choices = []picklists.Choice{{}}
		}
		for _, c := range choices {
			t.Rows = append(t.Rows, []Value{Text(string(l.ID)), Text(l.Name), yes(l.Retired), Text(string(c.ID)), Text(c.Name), yes(c.Retired)})
		}
	}
	return t
}

// choices are what deals have of the team's own lists, of those that are retired too.
func (x Export) choices() Table {
	t := x.words.table("choices")
	for _, d := range x.team.Deals() {
		for _, list := range d.Choices().Lists() {
			if choice := d.Choices().Of(list); choice != "" {
				names := x.team.Lists()
				t.Rows = append(t.Rows, []Value{
					idOf(d), Text(d.Now.Name), Text(string(list)), Text(names.ListName(list)), Text(string(choice)), Text(names.ChoiceName(list, choice)),
				})
			}
		}
	}
	return t
}

// yes is a mark for what is so, and nothing for what is not.
func yes(so bool) Value {
	if so {
		return Text("1")
	}
	return Value{}
}
