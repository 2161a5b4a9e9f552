package importer

import (
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/importer/columns"
	"milstolpe/process/sales"
)

// Import is a list that is to be taken in.
type Import struct {
	ID      process.ImportID // fresh for each import
	Process process.ProcessID
	Mapping columns.Mapping
	Source  string // name of the file
	Today   process.Date
	// OpeningNote stands in the journal of a deal whose opening is assumed.
	OpeningNote string
	// TakeLikely reads a name as the one that it most likely means. Only who shows that before anything is recorded may say so.
	TakeLikely bool
	// NewChoices adds words as choices to the team's own lists that are none of them yet. The same holds for it.
	NewChoices bool
}

// RowStatus is what an import does with a row.
type RowStatus string

// The verdicts. A skipped row is no deal: a sum at the bottom, a deal of another process.
const (
	RowNew       RowStatus = "new"
	RowUpdates   RowStatus = "update"
	RowUnchanged RowStatus = "unchanged"
	RowFails     RowStatus = "error"
	RowSkipped   RowStatus = "skipped"
)

// CellError is something about a cell that a person has to know: why the row cannot be taken in, or what was made of the cell.
type CellError struct {
	Row           int
	Column, Value string
	Reason        *process.Error
}

// RowChange is one thing that an update changes, in words of the file: a Meaning, and values as an export writes them.
type RowChange struct {
	What     columns.Meaning
	From, To string
}

// PlannedDeal is what an import does with one row, or in the long shape with all rows of a deal.
type PlannedDeal struct {
	Rows    []int
	Verdict RowStatus
	Deal    process.DealID
	Name    string // what the list calls it: customer and name, the one of them that there is, or id
	Changes []RowChange
	Faults  []CellError // why it is not taken in, or why it is skipped
	Notes   []CellError // what was made of cells that could be meant otherwise
	Value   string      // amount with currency, as an export writes it
	Opened  process.Date
	Closed  process.Date // the close, or the expected one while open
	Seller  string
	Outcome process.Outcome // empty while open
}

// Plan is what an import would do. Nothing is taken in before somebody has seen it and records its facts.
type Plan struct {
	Deals []PlannedDeal
	Facts []process.Fact // ImportTaken first; none if there is nothing to do
	// Unfinished tells that a list of stages goes back and forth: record the facts, then plan the same Import again. The second plan
	// takes back what the first one recorded, which only has names once it is recorded.
	Unfinished bool
	// Unopened and Early are how many rows are refused because they have no day of the opening, or an end before it, which one answer for
	// all of them can settle (Mapping.NoOpening, Mapping.Early).
	Unopened, Early int
	// Sellers and Customers are those of the rows that are taken in, in the order of the list, and as whom they are read.
	Sellers, Customers []NameMatch
	// Words are those that were no choices of the team's own lists, in the order of the list.
	Words []WordMatch
	// WithoutRate are foreign currencies in the list for which the team has no rate.
	WithoutRate []string
}

// Count is the number of deals with the verdict.
func (p *Plan) Count(v RowStatus) (n int) {
	for i := range p.Deals {
		if p.Deals[i].Verdict == v {
			n++
		}
	}
	return n
}

// Faults are those of all rows that cannot be taken in.
func (p *Plan) Faults() []CellError {
	var all []CellError
	for i := range p.Deals {
		if p.Deals[i].Verdict == RowFails {
			all = append(all, p.Deals[i].Faults...)
		}
	}
	return all
}

// Rejected is the list of the rows that cannot be taken in, as they came, so that they can be mended and taken in alone.
func (p *Plan) Rejected(list columns.List) columns.List {
	failed := map[int]bool{}
	for i := range p.Deals {
		if p.Deals[i].Verdict == RowFails {
			for _, row := range p.Deals[i].Rows {
				failed[row] = true
			}
		}
	}
	rest := columns.List{Headers: list.Headers}
	for _, r := range list.Rows {
		if failed[r.Number] {
			rest.Rows = append(rest.Rows, r)
		}
	}
	return rest
}

// NewPlan reads a list and says what taking it in would do, row by row, and with which facts. It fails only if the mapping does not
// fit the list or the process; rows that cannot be read are in the plan. Taking the same list in twice gives no facts the second time.
func NewPlan(t *sales.Team, in Import, list columns.List) (*Plan, error) {
	p, ok := t.Process(in.Process)
	if !ok || p.Current() == nil {
		return nil, process.Missing("process.none_published")
	}
	if err := in.Mapping.Fits(list.Headers, &p.Current().Definition); err != nil {
		return nil, err
	}
	if err := in.Mapping.FitsLists(t.Lists()); err != nil {
		return nil, err
	}
	list, mended := in.Mapping.Mended(list)
	k := newIntake(t, in, list, p)
	k.noteMended(mended)
	var records []*record
	if in.Mapping.Shape == columns.Long {
		records = k.readLong(list.Rows)
	} else {
		records = k.readWide(list.Rows)
	}
	k.skipFooter(records)
	k.whoIsWho(records)
	k.sortWords(records)
	for _, r := range records {
		k.plan.Deals = append(k.plan.Deals, k.decide(r))
		if r.unopened && r.skip == nil {
			k.plan.Unopened++
		}
	}
	return k.finish(), nil
}

// finish puts the opening fact before all others.
func (k *planner) finish() *Plan {
	p := k.plan
	for currency := range k.currencies {
		if _, ok := k.team.Rates().On(currency, process.FarFuture); !ok {
			p.WithoutRate = append(p.WithoutRate, currency)
		}
	}
	slices.Sort(p.WithoutRate)
	if len(k.facts) == 0 {
		return p
	}
	if !k.team.HasImport(k.ID) {
		taken := &process.ImportTaken{Stamp: process.Stamp{Known: k.Today}, ID: k.ID, Source: k.Source, Deals: p.Count(RowNew) + p.Count(RowUpdates)}
		p.Facts = append(p.Facts, taken)
	}
	p.Facts = append(p.Facts, k.facts...)
	return p
}

// skipFooter finds the lines under a list that are no deals, like "Generated by …" under a report: rows at the end that cannot be
// read and have next to nothing in them.
func (k *planner) skipFooter(records []*record) {
	for i := len(records) - 1; i >= 0; i-- {
		r := records[i]
		if r.skip != nil {
			continue
		}
		if len(r.faults) == 0 || r.filled > 1 || len(k.columns) < 3 || !strings.Contains(r.first, " ") {
			return
		}
		r.skip = &process.Error{Kind: process.Invalid, Msg: "import.footer"}
	}
}
