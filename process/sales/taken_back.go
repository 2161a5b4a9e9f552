package sales

import "milstolpe/process"

// TakenBackBy are the events that a fact takes back, each of which it names, alone or as a whole import. To take the place of a value is
// not to take it back.
func (t *Team) TakenBackBy(fact process.Fact) []process.EventID {
	switch f := fact.(type) {
	case *process.Undone:
		return f.Events
	case *process.MilestoneWithdrawn:
		return f.Base
	case *process.DealReopened:
		return f.Base
	case *process.ImportUndone:
		if i, ok := t.imports[f.ID]; ok {
			return i.Events
		}
	}
	return nil
}
