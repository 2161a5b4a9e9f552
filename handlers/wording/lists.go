package wording

import (
	"cmp"
	"slices"
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/process"
	"milstolpe/process/conflicts"
	"milstolpe/process/forecast"
	"milstolpe/process/picklists"
	"milstolpe/process/sales"
)

// list writes the facts about the team's own lists.
func (w FactSentence) list(fact process.Fact) ([]i18n.Piece, bool) {
	switch f := fact.(type) {
	case *process.ListNamed:
		return w.T.Sentence(named(&f.Stamp, f.Retired, "fact.list", "fact.list_renamed", "fact.list_retired"), f.Name), true
	case *process.ChoiceNamed:
		return w.T.Sentence(named(&f.Stamp, f.Retired, "fact.choice", "fact.choice_renamed", "fact.choice_retired"), f.Name, w.listName(f.List)), true
	case *process.ChoicesOrdered:
		return w.T.Sentence("fact.choices_ordered", w.listName(f.List)), true
	}
	return nil, false
}

// named chooses between the sentences for what is new, renamed and retired.
func named(s *process.Stamp, isRetired bool, fresh, renamed, retired string) string {
	switch {
	case isRetired:
		return retired
	case len(s.Base) > 0:
		return renamed
	}
	return fresh
}

func (w FactSentence) listName(id process.ListID) string { return ListName(w.Team.Lists(), id) }

// ListName is what a list of the team's own is called; its key where nobody has named it here.
func ListName(lists *picklists.Book, id process.ListID) string {
	return cmp.Or(lists.ListName(id), string(id))
}

// ChoiceName is what a choice is called; the word for nothing where none is chosen.
func ChoiceName(t *i18n.Text, lists *picklists.Book, list process.ListID, choice process.ChoiceID) string {
	if choice == "" {
		return t.T("lists.none")
	}
	return cmp.Or(lists.ChoiceName(list, choice), string(choice))
}

// ofList names what a conflict about a list is about, and writes its values.
func (w ConflictText) ofList(c sales.Conflict) string {
	list, choice, _ := strings.Cut(c.Subject, "\x1f")
	switch c.Field {
	case conflicts.Choice:
		return ListName(w.Team.Lists(), process.ListID(choice))
	case conflicts.ListName:
		return w.T("file.field_list")
	case conflicts.ChoiceName:
		return w.T("file.field_list_choice", ListName(w.Team.Lists(), process.ListID(list)))
	}
	return w.T("file.field_list_order", ListName(w.Team.Lists(), process.ListID(list)))
}

func (w ConflictText) listValue(c sales.Conflict, value any) (string, bool) {
	list, choice, _ := strings.Cut(c.Subject, "\x1f")
	switch x := value.(type) {
	case process.ChoiceID:
		return ChoiceName(w.Text, w.Team.Lists(), process.ListID(choice), x), true
	case picklists.Named:
		if x.Retired {
			return w.T("lists.retired_name", x.Name), true
		}
		return x.Name, true
	case []process.ChoiceID:
		var names []string
		for _, id := range x {
			names = append(names, ChoiceName(w.Text, w.Team.Lists(), process.ListID(list), id))
		}
		return strings.Join(names, ", "), true
	}
	return "", false
}

// ListChoice is a list with what can be chosen of it, as a form or a filter offers it. Values are picks: "region:north".
type ListChoice struct {
	Field, Label string
	Value, Was   string   // Was: when the form was made
	Base         []string // events behind what the deal has
	Options      []parts.Option
	Fault        string
}

// ListChoices are the team's lists with what each offers. Of what has is asked, a choice that is retired is offered too.
func ListChoices(t *i18n.Text, lists *picklists.Book, none func(picklists.List) string, has func(process.ListID) process.ChoiceID) (choices []ListChoice) {
	for _, l := range lists.Lists() {
		now := has(l.ID)
		pick := func(c process.ChoiceID) string { return string(process.Picks("").With(l.ID, c)) }
		f := ListChoice{Field: picklists.FieldOf(l.ID), Label: l.Name, Value: pick(now), Was: pick(now), Options: []parts.Option{parts.OptionOf(pick(""), none(l))}}
		for _, c := range l.Offered() {
			f.Options = append(f.Options, parts.OptionOf(pick(c.ID), c.Name))
		}
		if !slices.ContainsFunc(f.Options, func(o parts.Option) bool { return o.Value == f.Value }) {
			f.Options = append(f.Options, parts.OptionOf(f.Value, t.T("lists.retired_name", ChoiceName(t, lists, l.ID, now))))
		}
		choices = append(choices, f)
	}
	return choices
}

// Chosen is the text of what is chosen.
func (c *ListChoice) Chosen() string {
	for _, o := range c.Options {
		if o.Value == c.Value {
			return o.Text
		}
	}
	return ""
}

// PickChoices are the team's lists as a filter offers them. Each value is everything that is then asked for, of all lists; the first of each
// asks nothing of its list.
func PickChoices(t *i18n.Text, lists *picklists.Book, picks process.Picks) (choices []ListChoice) {
	for _, l := range lists.Lists() {
		now, asked := picks.Of(l.ID)
		c := ListChoice{Field: picklists.FieldOf(l.ID), Label: l.Name, Value: string(picks), Options: []parts.Option{parts.OptionOf(string(picks.Without(l.ID)), t.T("lists.all"))}}
		add := func(id process.ChoiceID) {
			c.Options = append(c.Options, parts.OptionOf(string(picks.With(l.ID, id)), ChoiceName(t, lists, l.ID, id)))
		}
		for _, o := range l.Offered() {
			add(o.ID)
		}
		add("")
		if asked && c.Chosen() == "" { // one that is retired
			add(now)
		}
		choices = append(choices, c)
	}
	return choices
}

// fewChoices is how many choices of a list stand in a line of words; of more, the one that is chosen.
const fewChoices = 6

// PickFilters are the same as lines of words. Where a list is too long for that, the chosen one stands there, and where to choose.
func PickFilters(t *i18n.Text, lists *picklists.Book, picks process.Picks, href func(process.Picks) string, table func(process.ListID) string) (groups []parts.FilterGroup) {
	for i, c := range PickChoices(t, lists, picks) {
		g := parts.FilterGroup{Label: c.Label}
		for n, o := range c.Options {
			if n == 0 || o.Value == c.Value || len(c.Options) <= fewChoices+2 {
				g.Words = append(g.Words, parts.Choice(o.Value == c.Value, o.Text, href(process.Picks(o.Value))))
			}
		}
		if len(c.Options) > fewChoices+2 {
			g.Words = append(g.Words, parts.FilterLink{Text: t.T("lists.choose"), Href: table(lists.Lists()[i].ID)})
		}
		groups = append(groups, g)
	}
	return groups
}

// Groups names what a table is split by: the title of the table, the head of its first column, the word that offers it, and what the deals of no
// group are called.
func Groups(t *i18n.Text, lists *picklists.Book, by forecast.Grouping) (title, head, offer, none string) {
	if id, of := by.List(); of {
		name := ListName(lists, id)
		return t.T("outcome.groups.list", name), name, name, t.T("lists.none")
	}
	return t.T(ByGroupKeys[by]), t.T(GroupHeadKeys[by]), t.T(GroupNameKeys[by]), t.T(NoGroupKeys[by])
}

// ByLists are the groupings by the team's own lists.
func ByLists(lists *picklists.Book) (by []forecast.Grouping) {
	for _, l := range lists.Lists() {
		by = append(by, forecast.ByList(l.ID))
	}
	return by
}
