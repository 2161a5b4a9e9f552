package sheet

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
