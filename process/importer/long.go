package importer

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// move is one change of stage.
type move struct {
	row   int
	stage string
	on    process.Date
}

// readLong makes one record of all rows of a deal: the deal's fields as the latest row says them, and its moves in order.
func (k *planner) readLong(rows []ListRow) []*record {
	deals := map[string]*record{}
	var order []*record
	for _, row := range rows {
		r := k.readRow(row)
		if r.filled == 0 {
			continue
		}
		k.readMove(r)
		key := cmp.Or(r.ref, r.name+"\x1f"+r.customer)
		have, ok := deals[key]
		if !ok || key == "\x1f" || r.skip != nil {
			deals[key] = r
			order = append(order, r)
			continue
		}
		have.join(r)
	}
	for _, r := range order {
		k.completeLong(r)
	}
	return order
}

// readMove makes a move of the stage and the day in a row.
func (k *planner) readMove(r *record) {
	switch {
	case r.stage != "" && r.stageOn != 0:
		r.moves = []move{{r.row(), r.stage, r.stageOn}}
	case isSum(r.first):
		r.skip = &process.Error{Kind: process.Invalid, Msg: "import.sum"}
	case r.stage == "":
		k.missing(r, MeansStage, "import.stage_missing")
	default:
		k.missing(r, MeansStageOn, "date.missing")
	}
}

// join takes in another row of the same deal.
func (r *record) join(o *record) {
	if len(o.moves) == 0 || len(r.moves) == 0 || o.moves[0].on >= r.moves[len(r.moves)-1].on {
		r.overwrite(o)
	}
	r.rows = append(r.rows, o.rows...)
	r.moves = append(r.moves, o.moves...)
	slices.SortStableFunc(r.moves, func(a, b move) int { return cmp.Compare(a.on, b.on) })
	r.journal = append(r.journal, o.journal...)
	r.faults, r.notes = append(r.faults, o.faults...), append(r.notes, o.notes...)
	if o.opened != 0 && (r.opened == 0 || o.opened < r.opened) {
		r.opened = o.opened
	}
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
	if o.valueText != "" {
		r.valueText, r.valueColumn, r.valueExact = o.valueText, o.valueColumn, o.valueExact
	}
	if o.opinion != nil {
		r.opinion = o.opinion
	}
	if o.outcomeSaid {
		r.outcome, r.outcomeSaid = o.outcome, true
	}
	r.expected, r.closed = cmp.Or(o.expected, r.expected), cmp.Or(o.closed, r.closed)
}

func (k *planner) completeLong(r *record) {
	if r.skip != nil {
		return
	}
	if r.opened == 0 && len(r.moves) > 0 {
		r.opened = r.moves[0].on
	}
	for _, m := range r.moves {
		if meaning, _, ok := k.stageOf(m.stage); !ok {
			unknown := &process.Error{Kind: process.Invalid, Msg: "import.unknown_stage", Args: []any{m.stage}}
			r.faults = append(r.faults, CellError{m.row, k.header(MeansStage), shortened(m.stage), unknown})
		} else if j := (sales.JournalEntry{On: m.on, Text: m.stage}); meaning == MeansJournal && !slices.Contains(r.journal, j) {
			r.journal = append(r.journal, j)
		}
	}
	r.turns = k.turns(r.moves)
	if n := len(r.turns); n > 0 && r.turns[n-1].kind == closes {
		r.outcome, r.outcomeSaid, r.closed = r.turns[n-1].outcome, true, r.turns[n-1].on
		r.closeColumn, r.closeAt = k.header(MeansStageOn), r.closed.String()
	}
	k.complete(r)
	if n := len(r.turns); r.outcome != "" && (n == 0 || r.turns[n-1].kind != closes) {
		r.turns = append(r.turns, turn{kind: closes, outcome: r.outcome, on: r.closed})
	}
}

// stageOf is what a stage stands for: a milestone, the journal, nothing, or the end of the deal.
func (k *planner) stageOf(stage string) (Meaning, process.Outcome, bool) {
	if m, ok := k.stages[process.FoldName(stage)]; ok {
		return m, "", true
	}
	o, ok := k.outcomeOf(stage)
	if o == StillOpen {
		o = ""
	}
	return MeansNothing, o, ok
}
