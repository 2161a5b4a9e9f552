package handlers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/sales"
)

// columnReader shows how the cells of a list are read with a mapping.
type columnReader struct {
	v        *visit
	team     *sales.Team
	list     importer.List
	mapping  importer.Mapping
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
	options := []Option{option("", r.v.meaning(importer.MeansNothing))}
	long := r.mapping.Shape == importer.Long
	for _, m := range importer.Meanings {
		if stage := m == importer.MeansStage || m == importer.MeansStageOn; stage && !long || m == importer.MeansProcess && len(publishedProcesses(r.team)) < 2 {
			continue
		}
		options = append(options, option(string(m), r.v.meaning(m)))
	}
	if !long {
		options = append(options, r.milestones()...)
	}
	return append(options, option(string(importer.MeansJournal), r.v.meaning(importer.MeansJournal)))
}

func (r *columnReader) milestones() (options []Option) {
	if r.def == nil {
		return nil
	}
	for _, m := range r.def.Milestones {
		options = append(options, option(string(importer.MilestoneMeaning(m.Key)), r.v.t("import.milestone", m.Name)))
	}
	return options
}

// cells are the first different cells of a column with something in them.
func (r *columnReader) cells(column, most int) (cells []importer.Cell) {
	for _, row := range r.list.Rows {
		if column >= len(row.Cells) || strings.TrimSpace(row.Cells[column].Text) == "" {
			continue
		}
		c := row.Cells[column]
		if !slices.ContainsFunc(cells, func(have importer.Cell) bool { return have.Text == c.Text }) {
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
func (r *columnReader) reading(m importer.Meaning, c importer.Cell) (string, bool) {
	_, milestone := m.Milestone()
	switch {
	case m == importer.MeansValue:
		return r.amount(c)
	case m == importer.MeansOutcome:
		return "", true // each word stands on its own below
	case m == importer.MeansOpened, m == importer.MeansClosed, m == importer.MeansExpectedClose, m == importer.MeansStageOn, m == importer.MeansJournal, milestone:
		return r.day(c)
	}
	return "", true
}

func (r *columnReader) day(c importer.Cell) (string, bool) {
	day, err := importer.ParseDay(c.Text, r.mapping.DateOrder, r.team.Location())
	switch {
	case err != nil:
		return r.bothDays(c), false
	case day.Month:
		return r.v.text.Month(day.Day.Month()) + " " + strconv.Itoa(day.Day.Year()), true
	}
	return r.v.text.Day(day.Day), true
}

// bothDays are the days that a cell can mean while nobody has said in which order day and month stand; empty for a cell that means none.
func (r *columnReader) bothDays(c importer.Cell) string {
	var days []string
	for _, order := range []importer.DateOrder{importer.DayMonthYear, importer.MonthDayYear} {
		if day, err := importer.ParseDay(c.Text, order, r.team.Location()); err == nil && r.mapping.DateOrder == "" {
			days = append(days, r.v.text.Day(day.Day))
		}
	}
	return r.v.or(days)
}

func (r *columnReader) amount(c importer.Cell) (string, bool) {
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

func (r *columnReader) money(c importer.Cell, decimal string) (string, bool) {
	reading, err := importer.ParseAmount(c.Text, decimal)
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
func (r *columnReader) words(m importer.Meaning) (words []string) {
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
	options := []Option{option(string(importer.StillOpen), r.v.t("import.outcome.open"))}
	for _, o := range process.Outcomes {
		options = append(options, option(string(o), r.v.t("import.outcome."+string(o))))
	}
	for i, word := range r.words(importer.MeansOutcome) {
		o, ok := r.mapping.OutcomeOf(word)
		if !ok {
			o = importer.StillOpen
		}
		rows = append(rows, wordRow{i, word, string(o), options})
	}
	return rows
}

// stages are the stages of a list of changes, each a milestone, an entry in the journal, an end of the deal, or nothing.
func (r *columnReader) stages() (rows []wordRow) {
	if r.mapping.Shape != importer.Long || r.def == nil {
		return nil
	}
	options := append([]Option{option("", r.v.t("import.stage_nothing"))}, r.milestones()...)
	options = append(options, option(string(importer.MeansJournal), r.v.meaning(importer.MeansJournal)))
	for _, o := range process.Outcomes {
		options = append(options, option("outcome:"+string(o), r.v.t("import.outcome."+string(o))))
	}
	for i, word := range r.words(importer.MeansStage) {
		value := ""
		for stage, m := range r.mapping.Stages {
			if process.FoldName(stage) == process.FoldName(word) {
				value = string(m)
			}
		}
		if o, ok := r.mapping.OutcomeOf(word); ok && value == "" && o != importer.StillOpen {
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
	if len(importer.StagesIn(r.list, r.mapping)) > 0 {
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
