package columns

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/importer/cells"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// Shape is how a list is laid out.
type Shape string

// The shapes: one row for each deal with a date column for each milestone, or one row for each change of stage.
const (
	Wide Shape = "wide"
	Long Shape = "long"
)

// Meaning is what a column or a stage of a list says: a field of the deal, MilestoneMeaning("budget"), or MeansJournal.
type Meaning string

// The meanings of columns. MeansClosed is the day of the close; on an open deal it is the expected close, as other systems have one
// date for both. MeansProcess picks, in a list of several processes, the rows of the one that is imported. Those that ask "is it?" hold a
// yes or a no, as other systems have it beside the stage.
const (
	MeansNothing       Meaning = ""
	MeansID            Meaning = "deal.id"
	MeansName          Meaning = "deal.name"
	MeansCustomer      Meaning = "deal.customer"
	MeansContact       Meaning = "deal.contact"
	MeansSeller        Meaning = "deal.seller"
	MeansValue         Meaning = "deal.value"
	MeansCurrency      Meaning = "deal.currency"
	MeansOpened        Meaning = "deal.opened"
	MeansExpectedClose Meaning = "deal.expected_close"
	MeansProbability   Meaning = "deal.probability"
	MeansOutcome       Meaning = "deal.outcome"
	MeansClosed        Meaning = "deal.closed"
	MeansLostReason    Meaning = "deal.lost_reason"
	MeansCompetitor    Meaning = "deal.competitor"
	MeansNote          Meaning = "deal.note"
	MeansActivities    Meaning = "deal.activities"
	MeansProcess       Meaning = "deal.process"
	MeansStage         Meaning = "deal.stage"
	MeansStageOn       Meaning = "deal.stage_on"
	MeansIsWon         Meaning = "deal.is_won"
	MeansIsClosed      Meaning = "deal.is_closed"
	MeansIsDeleted     Meaning = "deal.is_deleted"
	MeansIsActive      Meaning = "deal.is_active"
	MeansIsArchived    Meaning = "deal.is_archived"
	MeansJournal       Meaning = "journal"
)

// Meanings lists the fields of a deal in the order in which forms and exports show them.
var Meanings = []Meaning{
	MeansID, MeansName, MeansCustomer, MeansContact, MeansSeller, MeansValue, MeansCurrency, MeansOpened, MeansExpectedClose,
	MeansProbability, MeansOutcome, MeansClosed, MeansLostReason, MeansCompetitor, MeansNote, MeansActivities, MeansProcess, MeansStage, MeansStageOn,
	MeansIsWon, MeansIsClosed, MeansIsDeleted, MeansIsActive, MeansIsArchived,
}

const milestoneMeaning = "milestone:"

// MilestoneMeaning says that a column or a stage stands for a milestone.
func MilestoneMeaning(key process.MilestoneID) Meaning {
	return Meaning(milestoneMeaning + string(key))
}

// Milestone is the milestone that is meant, if one is.
func (m Meaning) Milestone() (process.MilestoneID, bool) {
	key, ok := strings.CutPrefix(string(m), milestoneMeaning)
	return process.MilestoneID(key), ok && key != ""
}

const listMeaning = "list:"

// ListMeaning says that a column has the choices of a list of the team's own. One that is not there is made, and called as the column is.
func ListMeaning(id process.ListID) Meaning { return Meaning(listMeaning + string(id)) }

// List is the list that is meant, if one is.
func (m Meaning) List() (process.ListID, bool) {
	id, ok := strings.CutPrefix(string(m), listMeaning)
	return process.ListID(id), ok && id != ""
}

// UnknownMark in a milestone column says that nobody knows whether it was reached.
const UnknownMark = "?"

// StillOpen is how a list says that a deal has not ended, beside the outcomes.
const StillOpen = cells.StillOpen

// RowOrder is how the rows of one day follow each other in a list of stages. Empty means as the days of the list show.
type RowOrder string

// The orders of rows.
const (
	OldestFirst RowOrder = "oldest_first"
	NewestFirst RowOrder = "newest_first"
)

// Opening is what stands in for the day of the opening where a row has none. Empty means that such a row is refused.
type Opening string

// What can stand in: the first day that the row knows of the deal, or else the day of the import; or the day of the import for all.
const (
	FromFirstDay  Opening = "first_known_day"
	FromImportDay Opening = "import_day"
)

// EarlyClose is what becomes of rows whose deal ended before it was opened. Empty means that such a row is refused.
type EarlyClose string

// OpenedOnClose takes the day of the close as the opening too.
const OpenedOnClose EarlyClose = "opened_on_close"

// Mapping says how the columns of a list are read. Its JSON is documented for users: see the README.
type Mapping struct {
	Shape     Shape                      `json:"shape"`
	DateOrder cells.DateOrder            `json:"date_order,omitempty"`
	Decimal   string                     `json:"decimal,omitempty"`  // "." or ","; empty: only numbers that can be read in one way
	Currency  string                     `json:"currency,omitempty"` // of values without one of their own; empty: the team's
	Columns   map[string]Meaning         `json:"columns"`
	Outcomes  map[string]process.Outcome `json:"outcomes,omitempty"` // beside the words that are understood anyway
	Stages    map[string]Meaning         `json:"stages,omitempty"`   // in the long shape: a milestone, MeansJournal, or nothing
	Rows      RowOrder                   `json:"rows,omitempty"`     // in the long shape

	LeaveOut map[string][]string `json:"leave_out,omitempty"` // by header: rows with one of these words there are skipped

	Sellers   map[string]string            `json:"sellers,omitempty"` // who is meant by a name in the list; itself for somebody of that name
	Customers map[string]string            `json:"customers,omitempty"`
	Choices   map[string]map[string]string `json:"choices,omitempty"` // by header: which choice of the team's own list a word means; itself for a new one, empty for none
	Mends     []Mend                       `json:"mended,omitempty"`  // cells that somebody has corrected

	NoOpening Opening    `json:"no_opening,omitempty"`
	Early     EarlyClose `json:"closed_before_opening,omitempty"`
}

// ParseMapping reads a mapping, as strictly as ParseDefinition reads a process: a member that is not known is an error that names it, and
// everything wrong is found at once.
func ParseMapping(data []byte) (Mapping, error) {
	r := process.DefinitionReader{Text: bytes.TrimPrefix(data, []byte("\ufeff"))}
	if err := r.Syntax(); err != nil {
		return Mapping{}, err
	}
	var m Mapping
	targets := map[string]any{
		"shape": &m.Shape, "date_order": &m.DateOrder, "decimal": &m.Decimal, "currency": &m.Currency, "columns": &m.Columns,
		"outcomes": &m.Outcomes, "stages": &m.Stages, "rows": &m.Rows, "leave_out": &m.LeaveOut, "sellers": &m.Sellers, "customers": &m.Customers, "choices": &m.Choices, "mended": &m.Mends,
		"no_opening": &m.NoOpening, "closed_before_opening": &m.Early,
	}
	r.Object("", r.Text, 0, mappingFields, func(field string, raw json.RawMessage, at int) { r.Value(field, raw, at, targets[field]) })
	if err := r.Problems.OrNil(); err != nil {
		return Mapping{}, err
	}
	if err := m.check(); err != nil {
		return Mapping{}, err
	}
	return m, nil
}

var mappingFields = []string{"shape", "date_order", "decimal", "currency", "columns", "outcomes", "stages", "rows", "leave_out", "sellers", "customers", "choices", "mended", "no_opening", "closed_before_opening"}

// JSON writes the mapping as ParseMapping reads it, for people: indented, and with every character as it is.
func (m Mapping) JSON() []byte {
	if m.Columns == nil {
		m.Columns = map[string]Meaning{}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	_ = e.Encode(m) // strings and maps of strings can always be written
	return b.Bytes()
}

// check finds what is wrong with the mapping whatever list and process it is used for.
func (m Mapping) check() error {
	var p process.Problems
	if m.Shape != Wide && m.Shape != Long {
		p.Add("shape", "mapping.bad_shape", string(m.Shape))
	}
	if m.DateOrder != "" && m.DateOrder != cells.YearMonthDay && m.DateOrder != cells.DayMonthYear && m.DateOrder != cells.MonthDayYear {
		p.Add("date_order", "mapping.bad_date_order", string(m.DateOrder))
	}
	if m.Decimal != "" && m.Decimal != "." && m.Decimal != "," {
		p.Add("decimal", "mapping.bad_decimal", m.Decimal)
	}
	if m.Currency != "" && !money.ValidCurrency(m.Currency) {
		p.Add("currency", "setting.bad_currency", m.Currency)
	}
	for _, choice := range []struct {
		field, value string
		valid        []string
	}{
		{"rows", string(m.Rows), []string{"", string(OldestFirst), string(NewestFirst)}},
		{"no_opening", string(m.NoOpening), []string{"", string(FromFirstDay), string(FromImportDay)}},
		{"closed_before_opening", string(m.Early), []string{"", string(OpenedOnClose)}},
	} {
		if !slices.Contains(choice.valid, choice.value) {
			p.Add(choice.field, "mapping.bad_choice", choice.field, choice.value, strings.Join(choice.valid[1:], ", "))
		}
	}
	m.checkColumns(&p)
	for _, word := range sales.SortedKeys(m.Outcomes) {
		if o := m.Outcomes[word]; !o.Valid() && o != StillOpen {
			p.Add("outcomes."+word, "mapping.bad_outcome", string(o))
		}
	}
	for _, stage := range sales.SortedKeys(m.Stages) {
		if s := m.Stages[stage]; !s.fitsStage() {
			p.Add("stages."+stage, "mapping.bad_meaning", string(s))
		}
	}
	checkNames(&p, "sellers", m.Sellers)
	checkNames(&p, "customers", m.Customers)
	return p.OrNil()
}

// checkNames holds what names mean to what a name can be.
func checkNames(p *process.Problems, field string, named map[string]string) {
	for _, name := range sales.SortedKeys(named) {
		if err := process.CheckText(field+"."+name, named[name], 1, process.MaxName); err != nil {
			p.Add(field+"."+name, "mapping.bad_name", name)
		}
	}
}

func (m Mapping) checkColumns(p *process.Problems) {
	used := map[Meaning]string{}
	for _, header := range sales.SortedKeys(m.Columns) {
		meaning, at := m.Columns[header], "columns."+header
		_, milestone := meaning.Milestone()
		_, list := meaning.List()
		switch {
		case meaning == MeansNothing:
		case !milestone && !list && meaning != MeansJournal && !slices.Contains(Meanings, meaning):
			p.Add(at, "mapping.bad_meaning", string(meaning))
		case used[meaning] != "" && meaning != MeansJournal && !milestone: // a milestone may be the stage of two pipelines
			p.Add(at, "mapping.meaning_twice", string(meaning), used[meaning], header)
		default:
			used[meaning] = header
		}
	}
	m.checkNeeds(used, p)
}

// checkNeeds asks for the columns without which a list says nothing.
func (m Mapping) checkNeeds(used map[Meaning]string, p *process.Problems) {
	if used[MeansID] == "" && used[MeansName] == "" && used[MeansCustomer] == "" {
		p.Add("columns", "mapping.needs_id")
	}
	if m.Shape == Long {
		if used[MeansStage] == "" || used[MeansStageOn] == "" {
			p.Add("columns", "mapping.needs_stage")
		}
		return
	}
	if used[MeansOpened] == "" && m.NoOpening == "" {
		p.Add("columns", "mapping.needs_opened")
	}
	flagged := used[MeansIsWon] != "" && used[MeansIsClosed] != ""
	if used[MeansClosed] != "" && used[MeansOutcome] == "" && !flagged {
		p.Add("columns", "mapping.needs_outcome")
	}
	if used[MeansOutcome] != "" && used[MeansClosed] == "" {
		p.Add("columns", "mapping.needs_closed")
	}
}

func (m Meaning) fitsStage() bool {
	_, milestone := m.Milestone()
	return milestone || m == MeansJournal || m == MeansNothing
}

// HasSteps tells whether the list says anything about milestones.
func (m Mapping) HasSteps() bool {
	if m.Shape == Long {
		return true
	}
	for _, meaning := range m.Columns {
		if _, ok := meaning.Milestone(); ok {
			return true
		}
	}
	return false
}
