package handlers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"milstolpe/process"
)

// columnReader shows how the cells of a list are read with a mapping.
type columnReader struct {
	v        *visit
	team     *process.Team
	list     process.List
	mapping  process.Mapping
	def      *process.Definition
	currency string
}

// samplesShown is how many different cells of a column stand on the page.
const samplesShown = 3

func (r *columnReader) columns() []columnRow {
	options := r.meanings()
	rows := make([]columnRow, len(r.list.Headers))
	for i, header := range r.list.Headers {
		m := r.mapping.Columns[header]
		rows[i] = columnRow{Name: fmt.Sprintf("column.%d", i), Header: header, Meaning: string(m), Options: options}
		for _, c := range r.cells(i, samplesShown) {
			reading, ok := r.reading(m, c)
			rows[i].Samples = append(rows[i].Samples, sampleRow{brief40(c.Text), reading, !ok})
		}
	}
	return rows
}

// meanings are what a column can be said to mean.
func (r *columnReader) meanings() []Option {
	options := []Option{option("", r.v.meaning(process.MeansNothing))}
	long := r.mapping.Shape == process.Long
	for _, m := range process.Meanings {
		if stage := m == process.MeansStage || m == process.MeansStageOn; stage && !long || m == process.MeansProcess && len(publishedProcesses(r.team)) < 2 {
			continue
		}
		options = append(options, option(string(m), r.v.meaning(m)))
	}
	if !long {
		options = append(options, r.milestones()...)
	}
	return append(options, option(string(process.MeansJournal), r.v.meaning(process.MeansJournal)))
}

func (r *columnReader) milestones() (options []Option) {
	if r.def == nil {
		return nil
	}
	for _, m := range r.def.Milestones {
		options = append(options, option(string(process.MilestoneMeaning(m.Key)), r.v.t("import.milestone", m.Name)))
	}
	return options
}

// cells are the first different cells of a column with something in them.
func (r *columnReader) cells(column, most int) (cells []process.Cell) {
	for _, row := range r.list.Rows {
		if column >= len(row.Cells) || strings.TrimSpace(row.Cells[column].Text) == "" {
			continue
		}
		c := row.Cells[column]
		if !slices.ContainsFunc(cells, func(have process.Cell) bool { return have.Text == c.Text }) {
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
func (r *columnReader) reading(m process.Meaning, c process.Cell) (string, bool) {
	_, milestone := m.Milestone()
	switch {
	case m == process.MeansValue:
		return r.amount(c)
	case m == process.MeansOutcome:
		return "", true // each word stands on its own below
	case m == process.MeansOpened, m == process.MeansClosed, m == process.MeansExpectedClose, m == process.MeansStageOn, m == process.MeansJournal, milestone:
		return r.day(c)
	}
	return "", true
}

func (r *columnReader) day(c process.Cell) (string, bool) {
	day, err := process.ParseDay(c.Text, r.mapping.DateOrder, r.team.Location())
	switch {
	case err != nil:
		return r.bothDays(c), false
	case day.Month:
		return r.v.text.Month(day.Day.Month()) + " " + strconv.Itoa(day.Day.Year()), true
	}
	return r.v.text.Day(day.Day), true
}

// bothDays are the days that a cell can mean while nobody has said in which order day and month stand; empty for a cell that means none.
func (r *columnReader) bothDays(c process.Cell) string {
	var days []string
	for _, order := range []process.DateOrder{process.DayMonthYear, process.MonthDayYear} {
		if day, err := process.ParseDay(c.Text, order, r.team.Location()); err == nil && r.mapping.DateOrder == "" {
			days = append(days, r.v.text.Day(day.Day))
		}
	}
	return r.v.or(days)
}

func (r *columnReader) amount(c process.Cell) (string, bool) {
	decimal := r.mapping.Decimal
	if c.Exact {
		decimal = "."
	}
	if text, ok := r.money(c, decimal); ok {
		return text, true
	}
	var both []string
	for _, sign := range []string{",", "."} {
		if text, ok := r.money(c, sign); ok && decimal == "" {
			both = append(both, text)
		}
	}
	return r.v.or(both), false
}

func (r *columnReader) money(c process.Cell, decimal string) (string, bool) {
	reading, err := process.ParseAmount(c.Text, decimal)
	if err != nil {
		return "", false
	}
	a, _, err := reading.In(r.currency)
	if err != nil {
		return "", false
	}
	return r.v.text.Money(a), true
}

func brief40(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:39]) + "…"
	}
	return text
}

// words are the different words in the column of that meaning.
func (r *columnReader) words(m process.Meaning) (words []string) {
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
		if folded := process.FoldName(text); text != "" && !seen[folded] {
			seen[folded] = true
			words = append(words, text)
		}
	}
	return words
}

// outcomes are the words for how deals ended, in the wide shape.
func (r *columnReader) outcomes() (rows []wordRow) {
	options := []Option{option(string(process.StillOpen), r.v.t("import.outcome.open"))}
	for _, o := range process.Outcomes {
		options = append(options, option(string(o), r.v.t("import.outcome."+string(o))))
	}
	for i, word := range r.words(process.MeansOutcome) {
		o, ok := r.mapping.OutcomeOf(word)
		if !ok {
			o = process.StillOpen
		}
		rows = append(rows, wordRow{i, word, string(o), options})
	}
	return rows
}

// stages are the stages of a list of changes, each a milestone, an entry in the journal, an end of the deal, or nothing.
func (r *columnReader) stages() (rows []wordRow) {
	if r.mapping.Shape != process.Long || r.def == nil {
		return nil
	}
	options := append([]Option{option("", r.v.t("import.stage_nothing"))}, r.milestones()...)
	options = append(options, option(string(process.MeansJournal), r.v.meaning(process.MeansJournal)))
	for _, o := range process.Outcomes {
		options = append(options, option("outcome:"+string(o), r.v.t("import.outcome."+string(o))))
	}
	for i, word := range r.words(process.MeansStage) {
		value := ""
		for stage, m := range r.mapping.Stages {
			if process.FoldName(stage) == process.FoldName(word) {
				value = string(m)
			}
		}
		if o, ok := r.mapping.OutcomeOf(word); ok && value == "" && o != process.StillOpen {
			value = "outcome:" + string(o)
		}
		rows = append(rows, wordRow{i, word, value, options})
	}
	return rows
}

// processes are those that the deals can be taken into, where there is a choice; a list with stages can bring one of its own.
func (r *columnReader) processes(chosen process.ProcessID) (options []Option) {
	for _, p := range publishedProcesses(r.team) {
		options = append(options, option(string(p.ID), p.Name()))
	}
	if len(process.StagesIn(r.list, r.mapping)) > 0 {
		options = append(options, option(newProcess, r.v.t("import.new_process")))
	}
	if len(options) < 2 {
		return nil
	}
	if chosen == "" { // what no option stands for would be shown as the first of them
		return slices.Insert(options, 0, option("", r.v.t("import.choose")))
	}
	return options
}
