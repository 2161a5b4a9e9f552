package importer

import (
	"maps"
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/importer/cells"
	"milstolpe/process/importer/columns"
	"milstolpe/process/sales"
)

// planner is one reading of a list, with what it has to look up for every row made ready.
type planner struct {
	Import
	team     *sales.Team
	process  *sales.Process
	version  *sales.Version
	currency string
	rows     []columns.ListRow
	columns  []column
	leftOut  []leftOut
	outcomes map[string]process.Outcome
	stages   map[string]columns.Meaning
	share    bool // probabilities are written as 0.46

	people     map[string]process.PersonID
	customers  map[string]process.CustomerID
	contacts   map[string][]process.ContactID // by customer and name
	seen       map[process.DealID]int         // row in which this list has said it
	currencies map[string]bool

	chooser *chooser
	mended  map[int][]CellError // by row: what somebody has corrected earlier

	plan  *Plan
	facts []process.Fact
}

// column is a column that means something.
type column struct {
	at      int
	header  string
	meaning columns.Meaning
	years   yearStyle
}

// leftOut are the words of a column with which a row is skipped.
type leftOut struct {
	at    int
	words map[string]bool
}

func newIntake(t *sales.Team, in Import, list columns.List, p *sales.Process) *planner {
	k := &planner{
		Import: in, team: t, process: p, version: p.Current(),
		currency: in.Mapping.Currency, outcomes: map[string]process.Outcome{}, stages: map[string]columns.Meaning{},
		people: map[string]process.PersonID{}, customers: map[string]process.CustomerID{}, contacts: map[string][]process.ContactID{}, seen: map[process.DealID]int{},
		currencies: map[string]bool{}, plan: &Plan{}, rows: list.Rows,
	}
	if k.currency == "" {
		k.currency = t.Currency()
	}
	meanings := map[string]columns.Meaning{}
	for header, meaning := range in.Mapping.Columns {
		meanings[process.FoldName(header)] = meaning
	}
	for i, h := range list.Headers {
		if m := meanings[process.FoldName(h)]; m != columns.MeansNothing {
			k.columns = append(k.columns, column{at: i, header: h, meaning: m})
		}
	}
	for header, words := range in.Mapping.LeaveOut {
		l := leftOut{slices.IndexFunc(list.Headers, func(h string) bool { return process.FoldName(h) == process.FoldName(header) }), map[string]bool{}}
		for _, w := range words {
			l.words[cells.Key(w)] = true
		}
		k.leftOut = append(k.leftOut, l)
	}
	for word, o := range in.Mapping.Outcomes {
		k.outcomes[cells.Key(word)] = o
	}
	for stage, m := range in.Mapping.Stages {
		k.stages[cells.Key(stage)] = m
	}
	maps.Copy(k.people, t.Roster().Names()) // also by what they were called before
	for _, id := range t.Customers() {
		k.customers[process.FoldName(t.Customer(id))] = id
	}
	for _, id := range t.ContactIDs() {
		if c, ok := t.Contact(id); ok && !c.Erased {
			at := contactKey(t.CanonicalCustomer(c.Customer), c.Name)
			k.contacts[at] = append(k.contacts[at], id)
		}
	}
	k.share = k.probabilitiesAreShares(list.Rows)
	return k
}

// noteMended remembers which cells are read as somebody has corrected them.
func (k *planner) noteMended(mended []columns.MendedCell) {
	k.mended = map[int][]CellError{}
	for _, c := range mended {
		reason := &process.Error{Kind: process.Invalid, Msg: "import.mended_before", Args: []any{c.To}}
		k.mended[c.Row] = append(k.mended[c.Row], CellError{c.Row, c.Column, cells.Shortened(c.From), reason})
	}
}

// probabilitiesAreShares looks at the whole column: 1 may be a per cent or a certainty, but 0.46 beside it settles that.
func (k *planner) probabilitiesAreShares(rows []columns.ListRow) bool {
	fraction := false
	for _, c := range k.columns {
		if c.meaning != columns.MeansProbability {
			continue
		}
		for _, r := range rows {
			if c.at >= len(r.Cells) || cells.IsNothing(r.Cells[c.at].Text) {
				continue
			}
			v, err := cells.ParsePercent(r.Cells[c.at].Text, k.decimal(r.Cells[c.at]))
			if err != nil || v > 1 || strings.Contains(r.Cells[c.at].Text, "%") {
				return false
			}
			fraction = fraction || v > 0 && v < 1
		}
	}
	return fraction
}

func (k *planner) decimal(c columns.Cell) string {
	if c.Exact {
		return "."
	}
	return k.Mapping.Decimal
}

// readWide reads one record from each row.
func (k *planner) readWide(rows []columns.ListRow) []*record {
	records := make([]*record, 0, len(rows))
	for _, row := range rows {
		r := k.readRow(row)
		if r.read == 0 {
			continue
		}
		k.complete(r)
		records = append(records, r)
	}
	return records
}

// readRow reads the cells of one row.
func (k *planner) readRow(row columns.ListRow) *record {
	r := &record{rows: []int{row.Number}, notes: k.mended[row.Number]}
	for _, c := range row.Cells {
		if text := strings.TrimSpace(c.Text); text != "" {
			if r.filled++; r.first == "" {
				r.first = text
			}
		}
	}
	for _, l := range k.leftOut {
		if l.at < len(row.Cells) && l.words[cells.Key(row.Cells[l.at].Text)] {
			r.skip = &process.Error{Kind: process.Invalid, Msg: "import.left_out_row", Args: []any{row.Cells[l.at].Text}}
		}
	}
	for i := range k.columns {
		c := &k.columns[i]
		if c.at >= len(row.Cells) {
			continue
		}
		cell := row.Cells[c.at]
		cell.Text = strings.TrimSpace(cell.Text)
		if _, milestone := c.meaning.Milestone(); cells.IsNothing(cell.Text) && !(milestone && cell.Text == columns.UnknownMark) {
			continue
		}
		r.read++
		if err := k.readCell(r, c, cell); err != nil {
			r.fault(c.header, cell.Text, err)
		}
	}
	return r
}

// readCell takes what one cell says into the record.
func (k *planner) readCell(r *record, c *column, cell columns.Cell) error {
	switch c.meaning {
	case columns.MeansID:
		return r.text(&r.ref, cell.Text, process.MaxName)
	case columns.MeansName:
		return r.text(&r.name, cell.Text, process.MaxName)
	case columns.MeansCustomer:
		return r.text(&r.customer, cell.Text, process.MaxName)
	case columns.MeansContact:
		return r.text(&r.contact, cell.Text, process.MaxName)
	case columns.MeansSeller:
		return r.text(&r.seller, cell.Text, process.MaxName)
	case columns.MeansLostReason:
		return r.text(&r.reason, cell.Text, process.MaxText)
	case columns.MeansCompetitor:
		return r.text(&r.competitor, cell.Text, process.MaxName)
	case columns.MeansNote:
		return r.text(&r.note, cell.Text, process.MaxText)
	case columns.MeansActivities:
		return r.activities(cell.Text)
	case columns.MeansValue:
		r.valueText, r.valueColumn, r.valueExact = cell.Text, c.header, cell.Exact
	case columns.MeansStage:
		return r.text(&r.stage, cell.Text, process.MaxName)
	case columns.MeansCurrency:
		r.currencyText = cell.Text
	case columns.MeansProbability:
		return k.probability(r, cell)
	case columns.MeansOutcome:
		k.outcome(r, c, cell.Text)
	case columns.MeansIsWon, columns.MeansIsClosed, columns.MeansIsDeleted, columns.MeansIsActive, columns.MeansIsArchived:
		return r.flag(c.meaning, cell.Text)
	case columns.MeansProcess:
		if process.FoldName(cell.Text) != process.FoldName(k.version.Definition.Name) && cell.Text != string(k.process.ID) {
			r.skip = &process.Error{Kind: process.Invalid, Msg: "import.other_process", Args: []any{cell.Text}}
		}
	default:
		if list, ok := c.meaning.List(); ok {
			return r.choice(list, c.header, cell.Text)
		}
		return k.dayCell(r, c, cell)
	}
	return nil
}

// dayCell reads the cells that say when something happened.
func (k *planner) dayCell(r *record, c *column, cell columns.Cell) error {
	key, milestone := c.meaning.Milestone()
	if milestone && cell.Text == columns.UnknownMark {
		r.unknownSteps = true
		return nil
	}
	if milestone {
		if day, reason, ok := cutWaiver(cell.Text); ok {
			return k.waiver(r, key, day, reason)
		}
	}
	near := process.Date(0)
	if c.meaning == columns.MeansExpectedClose || c.meaning == columns.MeansClosed {
		near = k.Today
	}
	day, err := cells.ParseDayNear(cell.Text, k.Mapping.DateOrder, k.team.Location(), near)
	if err == nil {
		err = k.inDoubt(c, cell, day.Day)
	}
	if err != nil {
		return err
	}
	switch {
	case c.meaning == columns.MeansExpectedClose:
		r.expected = day.Last()
	case c.meaning == columns.MeansClosed:
		r.closed, r.closedLast, r.closeAt, r.closeColumn = day.Day, day.Last(), cell.Text, c.header
		r.closeYearAssumed = day.YearAssumed
	case day.Day > k.Today:
		return process.Wrong("", "date.in_the_future", day.Day)
	case c.meaning == columns.MeansStageOn:
		r.stageOn, r.stageTime, r.stageTimed = day.Day, day.Time, day.Timed
	case c.meaning == columns.MeansOpened:
		r.opened = day.Day
	case milestone:
		r.reach(c.header, cell.Text, step{key: key, on: day.Day, last: day.Last()})
	case c.meaning == columns.MeansJournal:
		r.journal = append(r.journal, sales.JournalEntry{On: day.Day, Text: c.header})
	}
	if day.Until != 0 || day.YearAssumed {
		r.months = append(r.months, monthCell{c.header, cell.Text, c.meaning})
	}
	return nil
}

func (k *planner) waiver(r *record, key process.MilestoneID, text, reason string) error {
	day, err := cells.ParseDay(text, k.Mapping.DateOrder, k.team.Location())
	if err == nil && day.Day > k.Today {
		err = process.Wrong("", "date.in_the_future", day.Day)
	}
	r.steps = append(r.steps, step{key: key, on: day.Day, last: day.Day, waived: reason})
	return err
}
