package sheet

import (
	"milstolpe/process/sales"
)

func targets(team *sales.Team, words Vocabulary) Table {
	t := words.table("targets")
	for _, x := range team.Calls().Targets() {
		t.Rows = append(t.Rows, []Value{Text(x.Period), Text(team.Person(x.Seller)), Amount(&x.Amount), Text(x.Amount.Currency)})
	}
	return t
}

func calls(team *sales.Team, words Vocabulary) Table {
	t := words.table("calls")
	for _, e := range team.Calls().All() {
		c := e.Value
		t.Rows = append(t.Rows, []Value{
			Text(c.Period), Text(words.Layers[c.Layer]), Text(team.Person(c.Seller)), Amount(&c.Amount), Text(c.Amount.Currency), Text(c.Reason),
			Day(e.Stamp.Known), Text(team.RecordedBy(e.ID)),
		})
	}
	return t
}
