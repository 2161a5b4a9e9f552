package columns

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/importer/cells"
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
