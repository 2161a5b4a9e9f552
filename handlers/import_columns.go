package handlers

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/sales"
)

// columnsPage is the second step: what the columns mean, and how the first cells are read because of that.
type columnsPage struct {
	Page
	Href, Source, System string
	Known                bool
	Rows, Header         int
	Above                []string
	Doubts               []string
	Faults               Faults

	Sheets    []Option // where a workbook has several
	Sheet     string
	Processes []Option // where there is a choice
	Process   string
	NoStages  bool // there is no process, and nothing in the list to make one of

	Shape, DateOrder, Decimal, Currency string
	Long                                bool

	Columns  []columnRow
	Outcomes []wordRow
	Stages   []wordRow
	Proposal proposal
}

// columnRow is one column of the list.
type columnRow struct {
	Name, Header, Meaning string
	Options               []Option
	Samples               []sampleRow
	Fault                 string
}

// Blank tells a column without a header and without anything in its cells. There is nothing to ask about it.
func (c columnRow) Blank() bool {
	return len(c.Samples) == 0 && strings.HasPrefix(c.Header, "(") && c.Meaning == ""
}

// At is the name as ids have it.
func (c columnRow) At() string { return strings.ReplaceAll(c.Name, ".", "-") }

// Readings are how the cells are read, in their order.
func (c columnRow) Readings() string {
	var all []string
	for _, s := range c.Samples {
		if s.Reading != "" && !s.Wrong {
			all = append(all, s.Reading)
		}
	}
	return strings.Join(all, " · ")
}

// sampleRow is a cell as it stands and as it is read. Wrong tells that it cannot be read, or in the two ways that Reading names.
type sampleRow struct {
	Text, Reading string
	Wrong         bool
}

// wordRow is a word of the list that stands for an outcome or a stage.
type wordRow struct {
	Index   int
	Word    string
	Value   string
	Options []Option
}

// newProcess stands for a process that is made of the stages in the list.
const newProcess = "new"

func (j *importJobs) showColumns(v *visit) error {
	job, err := j.find(v.Param("job"), v.file().Dataset())
	if err != nil {
		return err
	}
	if err := j.choose(v, job, v.QueryParams()); err != nil {
		return err
	}
	page, err := j.columnsPage(v, job, nil)
	if err != nil {
		return err
	}
	return v.show("import_columns", page)
}

// choose takes another sheet or process for this look at the columns; what they mean is then guessed anew. It records nothing.
func (j *importJobs) choose(v *visit, job *importJob, chosen url.Values) error {
	changed := false
	if n, err := strconv.Atoi(chosen.Get("sheet")); err == nil && n != job.Sheet {
		job.Sheet, changed = n, true
	}
	if id := process.ProcessID(chosen.Get("process")); id != "" && id != job.Process {
		job.Process, changed = id, true
	}
	if !changed {
		return nil
	}
	return j.guess(v, job)
}

// columnsPage shows the mapping of a job. Posted is the form as it came, nil at the first look.
func (j *importJobs) columnsPage(v *visit, job *importJob, posted url.Values) (columnsPage, error) {
	loaded, err := j.read(job)
	if err != nil {
		return columnsPage{}, err
	}
	s := loaded.list(job)
	m := *job.Mapping
	page := columnsPage{
		Page: v.page(NoSection, v.t("import.columns_title")), Href: j.href(job, "columns"), Source: job.Source, System: job.System, Known: job.Known,
		Rows: len(s.List.Rows), Header: s.Header, Above: s.Above, Sheet: strconv.Itoa(job.Sheet), Process: string(job.Process),
		Shape: string(m.Shape), DateOrder: string(m.DateOrder), Decimal: m.Decimal, Long: m.Shape == importer.Long,
	}
	for i, one := range loaded.sheets {
		page.Sheets = append(page.Sheets, option(strconv.Itoa(i), one.Name))
	}
	var unread []string
	err = v.view(func(team *sales.Team) error {
		r := columnReader{v: v, team: team, list: s.List, mapping: m, def: definitionOf(team, job.Process)}
		r.currency = cmp.Or(m.Currency, team.Currency())
		page.Currency = r.currency
		page.Columns = r.columns()
		page.Outcomes = r.outcomes()
		page.Stages = r.stages()
		page.Processes = r.processes(job.Process)
		if page.Process == newProcess || page.Process == "" && len(publishedProcesses(team)) == 0 {
			page.Proposal = r.proposal(job, posted)
			page.Process = newProcess
			page.NoStages = len(page.Proposal.Stages) == 0
			page.tellStages(v.t("import.means.stage_above"))
		} else if !job.Known {
			unread = r.unreadStages()
		}
		return nil
	})
	page.Doubts = v.doubts(job.Doubts, len(page.Stages) > 0)
	if len(unread) > 0 {
		page.Doubts = append(page.Doubts, v.t("import.doubt_columns", v.and(unread), len(unread)))
	}
	if page.Process == "" && len(page.Processes) > 0 {
		page.Doubts = append([]string{v.t("import.doubt_process")}, page.Doubts...)
	}
	return page, err
}

// tellStages lets the columns that a process is made of say so, where they would say that they are not read.
func (page *columnsPage) tellStages(label string) {
	for i := range page.Columns {
		c := &page.Columns[i]
		word := c.Header
		if stage, ok := importer.EnteredStage(word); ok {
			word = stage
		}
		asked := slices.ContainsFunc(page.Proposal.Stages, func(s stageRow) bool { return process.FoldName(s.Word) == process.FoldName(word) })
		if asked && c.Meaning == "" {
			c.Options = slices.Clone(c.Options)
			c.Options[0] = option("", label)
		}
	}
}

// doubts are the sentences about what can be understood in two ways. Stages can only be asked about where they are listed: not while they
// are to become a process, nor before one is chosen.
func (v *visit) doubts(list []importer.ListDoubt, listed bool) (sentences []string) {
	var ends, steps []string
	for _, d := range list {
		switch d.Kind {
		case importer.DoubtDateOrder:
			var days []string
			for _, r := range d.Readings {
				if day, err := process.ParseDate(r); err == nil {
					days = append(days, v.text.Day(day))
				}
			}
			sentences = append(sentences, v.t("import.doubt_date", d.Sample, d.Column, v.or(days)))
		case importer.DoubtDecimal:
			sentences = append(sentences, v.t("import.doubt_decimal", d.Sample, d.Column, v.or(d.Readings)))
		case importer.DoubtOutcome:
			ends = append(ends, v.t("import.quoted", d.Sample))
		case importer.DoubtStage:
			steps = append(steps, v.t("import.quoted", d.Sample))
		case importer.DoubtMissing:
			sentences = append(sentences, v.t("import.doubt_missing", v.meaning(importer.Meaning(d.Column))))
		}
	}
	if len(ends) > 0 {
		sentences = append(sentences, v.t("import.doubt_outcome", v.and(ends), len(ends)))
	}
	if len(steps) > 0 && listed {
		sentences = append(sentences, v.t("import.doubt_stage", v.and(steps), len(steps)))
	}
	return sentences
}

// meaning is what a column of that meaning is called on the pages.
func (v *visit) meaning(m importer.Meaning) string {
	switch m {
	case importer.MeansNothing:
		return v.t("import.means.nothing")
	case importer.MeansJournal:
		return v.t("import.means.journal")
	}
	return v.t("import.means." + string(m[len("deal."):]))
}

// or joins alternatives as a sentence does: the 3rd of April or the 4th of March.
func (v *visit) or(list []string) string { return listed(list, v.t("import.or")) }

// and joins things as a sentence does.
func (v *visit) and(list []string) string { return listed(list, v.t("import.and")) }

func listed(list []string, word string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " " + word + " " + list[last]
}
