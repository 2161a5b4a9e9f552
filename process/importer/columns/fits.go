package columns

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/importer/cells"
	"milstolpe/process/picklists"
	"milstolpe/process/sales"
)

// Fits checks the mapping against a list and a process.
func (m Mapping) Fits(headers []string, def *process.Definition) error {
	if err := m.check(); err != nil {
		return err
	}
	var p process.Problems
	folded := make([]string, len(headers))
	for i, h := range headers {
		folded[i] = process.FoldName(h)
	}
	for _, header := range sales.SortedKeys(m.Columns) {
		if m.Columns[header] != MeansNothing && !slices.Contains(folded, process.FoldName(header)) {
			p.Add("columns."+header, "mapping.no_such_column", header)
		}
		checkMilestone(&p, "columns."+header, m.Columns[header], def)
	}
	for _, header := range sales.SortedKeys(m.LeaveOut) {
		if !slices.Contains(folded, process.FoldName(header)) {
			p.Add("leave_out."+header, "mapping.no_such_column", header)
		}
	}
	for _, stage := range sales.SortedKeys(m.Stages) {
		checkMilestone(&p, "stages."+stage, m.Stages[stage], def)
	}
	return p.OrNil()
}

// FitsLists checks that the team can have the lists that the mapping asks for.
func (m Mapping) FitsLists(book *picklists.Book) error {
	var p process.Problems
	have := len(book.Lists())
	for _, header := range sales.SortedKeys(m.Columns) {
		id, ok := m.Columns[header].List()
		l, there := book.List(id)
		switch {
		case !ok || there && !l.Retired:
		case there:
			p.Add("columns."+header, "mapping.retired_list", l.Name)
		default:
			if have++; have > picklists.MaxLists {
				p.Add("columns."+header, "lists.too_many", picklists.MaxLists)
			}
		}
	}
	return p.OrNil()
}

// withLists reads the columns that are called as lists of the team's own are, and that mean nothing else.
func (g *Guess) withLists(list List, book *picklists.Book) {
	taken := map[process.ListID]bool{}
	for _, m := range g.Mapping.Columns {
		if id, ok := m.List(); ok {
			taken[id] = true
		}
	}
	for _, header := range list.Headers {
		if g.Mapping.Columns[header] != MeansNothing {
			continue
		}
		l, ok := book.ListByName(header)
		if id, named := Meaning(header).List(); named && !ok {
			l, ok = book.List(id)
		}
		if ok && !l.Retired && !taken[l.ID] {
			taken[l.ID], g.Mapping.Columns[header] = true, ListMeaning(l.ID)
			g.Doubts = slices.DeleteFunc(g.Doubts, func(d ListDoubt) bool { return d.Kind == DoubtUnread && d.Column == header })
		}
	}
}

func checkMilestone(p *process.Problems, field string, m Meaning, def *process.Definition) {
	if key, ok := m.Milestone(); ok {
		if _, there := def.Milestone(key); !there {
			p.Add(field, "mapping.no_such_milestone", string(key), def.Name)
		}
	}
}

// OutcomeOf is the outcome that a word stands for, in the mapping or in the words that everybody uses.
func (m Mapping) OutcomeOf(word string) (process.Outcome, bool) {
	key := cells.Key(word)
	for w, o := range m.Outcomes {
		if cells.Key(w) == key {
			return o, true
		}
	}
	return cells.OutcomeOf(word)
}
