package imports

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/importer/cells"
	"milstolpe/process/importer/columns"
	"milstolpe/process/picklists"
	"milstolpe/process/sales"
)

// columnPreview shows how the cells of a list are read with a mapping.
type columnPreview struct {
	t        *i18n.Text
	today    process.Date
	team     *sales.Team
	list     columns.List
	mapping  columns.Mapping
	def      *process.Definition
	currency string
}

// samplesShown is how many different cells of a column stand on the page.
const samplesShown = 3

func (r *columnPreview) columns() []columnRow {
	options := r.meanings()
	lists := r.lists()
	rows := make([]columnRow, len(r.list.Headers))
	filled := map[string]int{}
	for _, u := range columns.UnreadColumns(r.list, r.mapping) {
		filled[u.Header] = u.Filled
	}
	for i, header := range r.list.Headers {
		m := r.mapping.Columns[header]
		rows[i] = columnRow{Name: fmt.Sprintf("column.%d", i), Header: header, Meaning: string(m), Options: slices.Concat(options, lists, r.newList(header, len(lists))), Filled: filled[header]}
		for _, c := range r.cells(i, samplesShown) {
			reading, ok := r.reading(header, m, c)
			rows[i].Samples = append(rows[i].Samples, sampleRow{web.Ellipsize(c.Text), reading, !ok})
		}
	}
	return rows
}

// pipelines are those that the list has deals of, where there are several.
func (r *columnPreview) pipelines() (column string, rows []pipelineRow) {
	column, words := columns.Pipelines(r.list, r.mapping)
	for i, word := range words {
		rows = append(rows, pipelineRow{i, word, !slices.Contains(r.mapping.LeaveOut[column], word)})
	}
	return column, rows
}

// meanings are what a column can be said to mean.
func (r *columnPreview) meanings() []parts.Option {
	options := []parts.Option{parts.OptionOf("", meaning(r.t, columns.MeansNothing))}
	long := r.mapping.Shape == columns.Long
	for _, m := range columns.Meanings {
		if stage := m == columns.MeansStage || m == columns.MeansStageOn; stage && !long || m == columns.MeansProcess && len(wording.PublishedProcesses(r.team)) < 2 {
			continue
		}
		options = append(options, parts.OptionOf(string(m), meaning(r.t, m)))
	}
	if !long {
		options = append(options, r.milestones()...)
	}
	return append(options, parts.OptionOf(string(columns.MeansJournal), meaning(r.t, columns.MeansJournal)))
}

func (r *columnPreview) milestones() (options []parts.Option) {
	if r.def == nil {
		return nil
	}
	for _, m := range r.def.Milestones {
		options = append(options, parts.OptionOf(string(columns.MilestoneMeaning(m.Key)), r.t.T("import.milestone", m.Name)))
	}
	return options
}

// lists are those of the team's own.
func (r *columnPreview) lists() (options []parts.Option) {
	for _, l := range r.team.Lists().Lists() {
		options = append(options, parts.OptionOf(string(columns.ListMeaning(l.ID)), r.t.T("import.own_list", l.Name)))
	}
	return options
}

// newList offers to make a list of a column.
func (r *columnPreview) newList(header string, lists int) []parts.Option {
	book := r.team.Lists()
	if _, taken := book.ListByName(header); taken || lists >= picklists.MaxLists || strings.HasPrefix(header, "(") || len([]rune(header)) > process.MaxName {
		return nil
	}
	return []parts.Option{parts.OptionOf(string(columns.ListMeaning(book.IDFor(header))), r.t.T("import.new_list", header))}
}

// cells are the first different cells of a column with something in them.
func (r *columnPreview) cells(column, most int) (cells []columns.Cell) {
	for _, row := range r.list.Rows {
		if column >= len(row.Cells) || strings.TrimSpace(row.Cells[column].Text) == "" {
			continue
		}
		c := row.Cells[column]
		if !slices.ContainsFunc(cells, func(have columns.Cell) bool { return have.Text == c.Text }) {
			cells = append(cells, c)
		}
		if len(cells) == most {
			break
		}
	}
	return cells
}

// reading is how a cell is read as something of that meaning; empty where the text itself is meant. It answers false for a cell that
// cannot be read, and says why.
func (r *columnPreview) reading(header string, m columns.Meaning, c columns.Cell) (string, bool) {
	_, milestone := m.Milestone()
	switch {
	case m == columns.MeansNothing || cells.IsNothing(c.Text):
		return "", true
	case m == columns.MeansValue:
		return r.amount(header, c)
	case m == columns.MeansOutcome:
		return "", true // each word stands on its own below
	case m == columns.MeansOpened, m == columns.MeansClosed, m == columns.MeansExpectedClose, m == columns.MeansStageOn, m == columns.MeansJournal, milestone:
		return r.day(m, c)
	}
	return "", true
}

func (r *columnPreview) day(m columns.Meaning, c columns.Cell) (string, bool) {
	near := process.Date(0)
	if m == columns.MeansClosed || m == columns.MeansExpectedClose {
		near = r.today
	}
	day, err := cells.ParseDayNear(c.Text, r.mapping.DateOrder, r.team.Location(), near)
	switch {
	case err != nil:
		return r.bothDays(c), false
	case day.Until == 0:
		return r.t.Day(day.Day), true
	case day.Day.Day() == 1 && day.Until == process.NewDate(day.Day.Year(), day.Day.Month()+1, 0):
		return r.t.Month(day.Day.Month()) + " " + strconv.Itoa(day.Day.Year()), true
	}
	return r.t.T("import.from_to", day.Day, day.Until), true
}

// bothDays are the days that a cell can mean while nobody has said in which order day and month stand; empty for a cell that means none.
func (r *columnPreview) bothDays(c columns.Cell) string {
	var days []string
	for _, order := range []cells.DateOrder{cells.DayMonthYear, cells.MonthDayYear} {
		if day, err := cells.ParseDay(c.Text, order, r.team.Location()); err == nil && r.mapping.DateOrder == "" {
			days = append(days, r.t.Day(day.Day))
		}
	}
	return or(r.t, days)
}

func (r *columnPreview) amount(header string, c columns.Cell) (string, bool) {
	decimal := r.mapping.Decimal
	if c.Exact {
		decimal = "."
	}
	if text, ok := r.money(header, c, decimal); ok {
		return text, true
	}
	var both []string
	for _, sign := range []string{",", "."} {
		if text, ok := r.money(header, c, sign); ok && decimal == "" {
			both = append(both, text)
		}
	}
	return or(r.t, both), false
}

func (r *columnPreview) money(header string, c columns.Cell, decimal string) (string, bool) {
	reading, err := cells.ParseAmount(c.Text, decimal)
	if err != nil {
		return "", false
	}
	if _, unit, currency, zeros := cells.HeaderUnit(header); unit != "" {
		reading = reading.Times(zeros, currency)
	}
	a, _, err := reading.In(r.currency)
	if err != nil {
		return "", false
	}
	return r.t.Money(a), true
}

// words are the different words in the column of that meaning.
func (r *columnPreview) words(m columns.Meaning) (words []string) {
	const most = 100
	i := slices.IndexFunc(r.list.Headers, func(h string) bool { return r.mapping.Columns[h] == m })
	if i < 0 {
		return nil
	}
	seen := map[string]bool{}
	for _, row := range r.list.Rows {
		if i >= len(row.Cells) || len(words) == most {
			continue
		}
		text := strings.TrimSpace(row.Cells[i].Text)
		if key := cells.Key(text); !cells.IsNothing(text) && !seen[key] {
			seen[key] = true
			words = append(words, text)
		}
	}
	return words
}

// outcomes are the words for how deals ended, in the wide shape.
func (r *columnPreview) outcomes() (rows []wordRow) {
	options := []parts.Option{parts.OptionOf(string(columns.StillOpen), r.t.T("import.outcome.open"))}
	for _, o := range process.Outcomes {
		options = append(options, parts.OptionOf(string(o), r.t.T("import.outcome."+string(o))))
	}
	first := "import.choose"
	if r.mapping.Flagged() {
		first = "import.outcome_flagged"
	}
	for i, word := range r.words(columns.MeansOutcome) {
		o, ok := r.mapping.OutcomeOf(word)
		options := options
		if !ok || r.mapping.Flagged() {
			options = slices.Insert(slices.Clone(options), 0, parts.OptionOf("", r.t.T(first)))
		}
		rows = append(rows, wordRow{i, word, string(o), options})
	}
	return rows
}

// stages are the stages of a list of changes, each a milestone, an entry in the journal, an end of the deal, or nothing.
func (r *columnPreview) stages() (rows []wordRow) {
	if r.mapping.Shape != columns.Long || r.def == nil {
		return nil
	}
	options := append([]parts.Option{parts.OptionOf("", r.t.T("import.stage_nothing"))}, r.milestones()...)
	options = append(options, parts.OptionOf(string(columns.MeansJournal), meaning(r.t, columns.MeansJournal)))
	for _, o := range process.Outcomes {
		options = append(options, parts.OptionOf("outcome:"+string(o), r.t.T("import.outcome."+string(o))))
	}
	for i, word := range r.words(columns.MeansStage) {
		value := ""
		for stage, m := range r.mapping.Stages {
			if process.FoldName(stage) == process.FoldName(word) {
				value = string(m)
			}
		}
		if o, ok := r.mapping.OutcomeOf(word); ok && value == "" && o != columns.StillOpen {
			value = "outcome:" + string(o)
		}
		rows = append(rows, wordRow{i, word, value, options})
	}
	return rows
}

// processes are those that the deals can be taken into, where there is a choice; a list with stages can bring one of its own.
func (r *columnPreview) processes(chosen process.ProcessID) (options []parts.Option) {
	for _, p := range wording.PublishedProcesses(r.team) {
		options = append(options, parts.OptionOf(string(p.ID), p.Name()))
	}
	if len(columns.StagesIn(r.list, r.mapping)) > 0 {
		options = append(options, parts.OptionOf(newProcess, r.t.T("import.new_process")))
	}
	if len(options) < 2 {
		return nil
	}
	if chosen == "" { // what no option stands for would be shown as the first of them
		return slices.Insert(options, 0, parts.OptionOf("", r.t.T("import.choose")))
	}
	return options
}
