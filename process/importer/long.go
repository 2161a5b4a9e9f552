package importer

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/importer/cells"
	"milstolpe/process/importer/columns"
	"milstolpe/process/sales"
)

// move is one change of stage.
type move struct {
	row   int
	stage string
	on    process.Date
}

// readLong makes one record of all rows of a deal: the deal's fields as the latest row says them, and its moves in order.
func (k *planner) readLong(rows []columns.ListRow) []*record {
	var order []*record // one for each deal, and for each row that is of none
	deals := map[*record][]*record{}
	known := map[string]*record{}
	for i, row := range rows {
		r := k.readRow(row)
		if r.order = i; r.read == 0 {
			continue
		}
		if said(r.isDeleted, true) {
			r.skip = &process.Error{Kind: process.Invalid, Msg: "import.deleted"}
		} else {
			k.readMove(r)
		}
		key := cmp.Or(r.ref, r.name+"\x1f"+r.customer)
		first, ok := known[key]
		if !ok || key == "\x1f" || r.skip != nil {
			if first = r; r.skip == nil {
				known[key] = r
			}
			order = append(order, r)
		}
		deals[first] = append(deals[first], r)
	}
	listed := cmp.Or(k.Mapping.Rows, rowOrder(deals))
	records := make([]*record, 0, len(order))
	for _, first := range order {
		records = append(records, k.whole(deals[first], listed))
	}
	return records
}

// whole joins the rows of a deal. Where nothing tells in which order the rows of a day come, and it matters, somebody has to say.
func (k *planner) whole(rows []*record, listed columns.RowOrder) *record {
	r := joined(sorted(rows, listed))
	if len(rows) > 1 && listed == "" {
		if tie := k.tie(rows); tie != nil {
			r.faults = append(r.faults, *tie)
		}
	}
	k.completeLong(r)
	return r
}

// rowOrder finds out whether the list has the oldest or the newest rows first; empty if its days show neither, or both.
func rowOrder(deals map[*record][]*record) columns.RowOrder {
	up, down := 0, 0
	for _, rows := range deals {
		for i := 1; i < len(rows); i++ {
			switch by := rows[i].compare(rows[i-1]); {
			case rows[i].stageOn == 0 || rows[i-1].stageOn == 0:
			case by > 0:
				up++
			case by < 0:
				down++
			}
		}
	}
	switch {
	case up > 0 && down == 0:
		return columns.OldestFirst
	case down > 0 && up == 0:
		return columns.NewestFirst
	}
	return ""
}

// compare puts rows into the order of their days, and of their times where both have one.
func (r *record) compare(o *record) int {
	if by := cmp.Compare(r.stageOn, o.stageOn); by != 0 || !r.stageTimed || !o.stageTimed {
		return by
	}
	return cmp.Compare(r.stageTime, o.stageTime)
}

// sorted puts the rows of a deal into the order in which they happened. A day on which a row has no time goes by the order of the list.
func sorted(rows []*record, listed columns.RowOrder) []*record {
	untimed := map[process.Date]bool{}
	for _, r := range rows {
		untimed[r.stageOn] = untimed[r.stageOn] || !r.stageTimed
	}
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b *record) int {
		by := a.compare(b)
		if a.stageOn == b.stageOn && untimed[a.stageOn] {
			by = 0
		}
		if by == 0 && listed == columns.NewestFirst {
			return b.order - a.order
		}
		return cmp.Or(by, a.order-b.order)
	})
	return rows
}

// tie finds a day on which the order of the rows decides what became of the deal.
func (k *planner) tie(rows []*record) *CellError {
	a, b := joined(sorted(rows, columns.OldestFirst)), joined(sorted(rows, columns.NewestFirst))
	if slices.Equal(k.turns(a.moves), k.turns(b.moves)) && a.valueText == b.valueText {
		return nil
	}
	for i := range a.moves {
		if a.moves[i] != b.moves[i] {
			reason := &process.Error{Kind: process.Invalid, Msg: "import.tied_stages", Args: []any{a.moves[i].on, a.moves[i].stage, b.moves[i].stage}}
			return &CellError{Row: a.moves[i].row, Column: k.header(columns.MeansStageOn), Value: a.moves[i].on.String(), Reason: reason}
		}
	}
	return nil
}

// readMove makes a move of the stage and the day in a row.
func (k *planner) readMove(r *record) {
	switch {
	case r.stage != "" && r.stageOn != 0:
		r.moves = []move{{r.row(), r.stage, r.stageOn}}
	case isSum(r.first):
		r.skip = &process.Error{Kind: process.Invalid, Msg: "import.sum"}
	case r.stage == "":
		k.missing(r, columns.MeansStage, "import.stage_missing")
	default:
		k.missing(r, columns.MeansStageOn, "date.missing")
	}
}

// joined makes one record of the rows of a deal in the order in which they happened.
func joined(rows []*record) *record {
	r := *rows[0]
	r.rows, r.moves, r.journal = slices.Clone(r.rows), slices.Clone(r.moves), slices.Clone(r.journal)
	r.faults, r.notes = slices.Clone(r.faults), slices.Clone(r.notes)
	for _, o := range rows[1:] {
		r.overwrite(o)
		r.rows = append(r.rows, o.rows...)
		r.moves = append(r.moves, o.moves...)
		r.journal = append(r.journal, o.journal...)
		r.faults, r.notes = append(r.faults, o.faults...), append(r.notes, o.notes...)
		if o.opened != 0 && (r.opened == 0 || o.opened < r.opened) {
			r.opened = o.opened
		}
	}
	slices.Sort(r.rows)
	return &r
}

// overwrite lets a later row say what the deal is like now.
func (r *record) overwrite(o *record) {
	for _, f := range []struct{ to, from *string }{
		{&r.name, &o.name},
		{&r.customer, &o.customer},
		{&r.contact, &o.contact},
		{&r.seller, &o.seller},
		{&r.reason, &o.reason},
		{&r.competitor, &o.competitor},
		{&r.note, &o.note},
		{&r.currencyText, &o.currencyText},
		{&r.closeAt, &o.closeAt},
	} {
		*f.to = cmp.Or(*f.from, *f.to)
	}
	r.choices = append(r.choices, o.choices...)
	if len(o.planned) > 0 {
		r.planned = o.planned
	}
	if o.valueText != "" {
		r.valueText, r.valueColumn, r.valueExact = o.valueText, o.valueColumn, o.valueExact
	}
	if o.opinion != nil {
		r.opinion = o.opinion
	}
	if o.outcomeText != "" {
		r.outcome, r.outcomeSaid, r.outcomeText, r.outcomeColumn = o.outcome, o.outcomeSaid, o.outcomeText, o.outcomeColumn
	}
	r.expected = cmp.Or(o.expected, r.expected)
	if o.closed != 0 {
		r.closed, r.closedLast, r.closeColumn, r.closeYearAssumed = o.closed, o.closedLast, o.closeColumn, o.closeYearAssumed
	}
}

func (k *planner) completeLong(r *record) {
	if r.skip != nil {
		return
	}
	if r.opened == 0 && len(r.moves) > 0 {
		r.opened, r.openingDerived = r.moves[0].on, true
	}
	for _, m := range r.moves {
		if meaning, _, ok := k.stageOf(m.stage); !ok {
			unknown := &process.Error{Kind: process.Invalid, Msg: "import.unknown_stage", Args: []any{m.stage}}
			r.faults = append(r.faults, CellError{m.row, k.header(columns.MeansStage), cells.Shortened(m.stage), unknown})
		} else if j := (sales.JournalEntry{On: m.on, Text: m.stage}); meaning == columns.MeansJournal && !slices.Contains(r.journal, j) {
			r.journal = append(r.journal, j)
		}
	}
	r.turns = k.turns(r.moves)
	if n := len(r.turns); n > 0 && r.turns[n-1].kind == closes {
		k.closeLong(r, r.turns[n-1])
	} else if r.closed != 0 && r.outcome == "" {
		r.expected, r.closed = r.closedLast, 0
	}
	k.complete(r)
	if n := len(r.turns); r.outcome != "" && (n == 0 || r.turns[n-1].kind != closes) {
		r.turns = append(r.turns, turn{kind: closes, outcome: r.outcome, on: r.closed})
	}
}

// closeLong ends a deal on the day that the list gives for the close, if it has one: the history says when that was recorded. A day that had
// not come when it was recorded was only expected.
func (k *planner) closeLong(r *record, last turn) {
	r.outcome, r.outcomeSaid = last.outcome, true
	if r.closed == 0 || r.closed > last.on || r.closeYearAssumed {
		if r.closed > last.on {
			r.expected = r.closedLast
		}
		r.closed, r.closedLast, r.closeYearAssumed = last.on, 0, false
		r.closeColumn, r.closeAt = k.header(columns.MeansStageOn), r.closed.String()
	}
}

// stageOf is what a stage stands for: a milestone, the journal, nothing, or the end of the deal.
func (k *planner) stageOf(stage string) (columns.Meaning, process.Outcome, bool) {
	if m, ok := k.stages[cells.Key(stage)]; ok {
		return m, "", true
	}
	o, ok := k.outcomeOf(stage)
	if _, chosen := k.outcomes[cells.Key(stage)]; o == columns.StillOpen && !chosen && cells.IsStage(stage) {
		return columns.MeansNothing, "", false // it may be a milestone
	}
	if o == columns.StillOpen {
		o = ""
	}
	return columns.MeansNothing, o, ok
}
