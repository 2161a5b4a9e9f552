package imports

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/importer/columns"
	"milstolpe/process/sales"
)

// columnsPage is the second step: what the columns mean, and how the first cells are read because of that.
type columnsPage struct {
	web.Page
	Href, Source, System string
	Known                bool
	Rows, Header         int
	Above                []string
	Doubts               []string
	Faults               parts.FieldErrors

	Sheets    []parts.Option // where a workbook has several
	Sheet     string
	Processes []parts.Option // where there is a choice
	Process   string
	NoStages  bool // there is no process, and nothing in the list to make one of

	Shape, DateOrder, Decimal, Currency string
	NoOpening, Early, RowOrder          string
	Long                                bool

	Columns   []columnRow
	Pipeline  string // the column of which deals can be left out
	Pipelines []pipelineRow
	Outcomes  []wordRow
	Stages    []wordRow
	Proposal  proposal
}

// columnRow is one column of the list.
type columnRow struct {
	Name, Header, Meaning string
	Options               []parts.Option
	Samples               []sampleRow
	Filled                int // cells with something in them, where the column is not read
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
	Options []parts.Option
}

// pipelineRow is a pipeline of another system, of which the deals are taken or left out.
type pipelineRow struct {
	Index int
	Word  string
	Take  bool
}

// newProcess stands for a process that is made of the stages in the list.
const newProcess = "new"

func (j *importJobs) showColumns(v *web.Request) error {
	job, err := j.find(v.Param("job"), v.OpenedFile().Dataset())
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
	return v.Render("import_columns", page)
}

// choose takes another sheet or process for this look at the columns; what they mean is then guessed anew. It records nothing.
func (j *importJobs) choose(v *web.Request, job *importJob, chosen url.Values) error {
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
func (j *importJobs) columnsPage(v *web.Request, job *importJob, posted url.Values) (columnsPage, error) {
	loaded, err := j.read(job)
	if err != nil {
		return columnsPage{}, err
	}
	s := loaded.list(job)
	m := *job.Mapping
	page := columnsPage{
		Page: v.Page(urls.NoSection, v.T("import.columns_title")), Href: j.href(job, "columns"), Source: job.Source, System: job.System, Known: job.Known,
		Rows: len(s.List.Rows), Header: s.Header, Above: s.Above, Sheet: strconv.Itoa(job.Sheet), Process: string(job.Process),
		Shape: string(m.Shape), DateOrder: string(m.DateOrder), Decimal: m.Decimal, Long: m.Shape == columns.Long,
		NoOpening: string(m.NoOpening), Early: string(m.Early), RowOrder: string(m.Rows),
	}
	for i, one := range loaded.sheets {
		page.Sheets = append(page.Sheets, parts.OptionOf(strconv.Itoa(i), one.Name))
	}
	var unread []string
	err = v.View(func(team *sales.Team) error {
		r := columnPreview{t: v.Text, today: v.Today, team: team, list: s.List, mapping: m, def: definitionOf(team, job.Process)}
		r.currency = cmp.Or(m.Currency, team.Currency())
		page.Currency = r.currency
		page.Columns = r.columns()
		page.Outcomes = r.outcomes()
		page.Stages = r.stages()
		page.Pipeline, page.Pipelines = r.pipelines()
		page.Processes = r.processes(job.Process)
		if page.Process == newProcess || page.Process == "" && len(wording.PublishedProcesses(team)) == 0 {
			page.Proposal = r.proposal(job, posted)
			page.Process = newProcess
			page.NoStages = len(page.Proposal.Stages) == 0
			page.explainStageColumns(v.T("import.means.stage_above"))
		} else if !job.Known {
			unread = r.unreadStages()
		}
		return nil
	})
	page.Doubts = doubts(v, job.Doubts, len(page.Stages) > 0)
	if len(unread) > 0 {
		page.Doubts = append(page.Doubts, v.T("import.doubt_columns", and(v.Text, unread), len(unread)))
	}
	if page.Process == "" && len(page.Processes) > 0 {
		page.Doubts = append([]string{v.T("import.doubt_process")}, page.Doubts...)
	}
	return page, err
}

// explainStageColumns lets the columns that a process is made of say so, where they would say that they are not read.
func (page *columnsPage) explainStageColumns(label string) {
	for i := range page.Columns {
		c := &page.Columns[i]
		word := c.Header
		if stage, ok := columns.EnteredStage(word); ok {
			word = stage
		}
		asked := slices.ContainsFunc(page.Proposal.Stages, func(s stageRow) bool { return process.FoldName(s.Word) == process.FoldName(word) })
		if asked && c.Meaning == "" {
			c.Options = slices.Clone(c.Options)
			c.Options[0] = parts.OptionOf("", label)
		}
	}
}

// doubts are the sentences about what can be understood in two ways. Stages can only be asked about where they are listed: not while they
// are to become a process, nor before one is chosen.
func doubts(v *web.Request, list []columns.ListDoubt, listed bool) (sentences []string) {
	var ends, steps []string
	for _, d := range list {
		switch d.Kind {
		case columns.DoubtDateOrder:
			var days []string
			for _, r := range d.Readings {
				if day, err := process.ParseDate(r); err == nil {
					days = append(days, v.Text.Day(day))
				}
			}
			sentences = append(sentences, v.T("import.doubt_date", d.Sample, d.Column, or(v.Text, days)))
		case columns.DoubtDecimal:
			sentences = append(sentences, v.T("import.doubt_decimal", d.Sample, d.Column, or(v.Text, d.Readings)))
		case columns.DoubtOutcome:
			ends = append(ends, v.T("import.quoted", d.Sample))
		case columns.DoubtStage:
			steps = append(steps, v.T("import.quoted", d.Sample))
		case columns.DoubtUnread:
			sentences = append(sentences, v.T("import.doubt_unread", d.Column, meaning(v.Text, columns.Meaning(d.Sample))))
		case columns.DoubtPipelines:
			sentences = append(sentences, v.T("import.doubt_pipelines", d.Column, and(v.Text, d.Readings)))
		case columns.DoubtMissing:
			if columns.Meaning(d.Column) == columns.MeansOpened {
				sentences = append(sentences, v.T("import.doubt_opening"))
				continue
			}
			sentences = append(sentences, v.T("import.doubt_missing", meaning(v.Text, columns.Meaning(d.Column))))
		}
	}
	if len(ends) > 0 {
		sentences = append(sentences, v.T("import.doubt_outcome", and(v.Text, ends), len(ends)))
	}
	if len(steps) > 0 && listed {
		sentences = append(sentences, v.T("import.doubt_stage", and(v.Text, steps), len(steps)))
	}
	return sentences
}

// meaning is what a column of that meaning is called on the pages.
func meaning(t *i18n.Text, m columns.Meaning) string {
	switch m {
	case columns.MeansNothing:
		return t.T("import.means.nothing")
	case columns.MeansJournal:
		return t.T("import.means.journal")
	}
	if id, ok := m.List(); ok {
		return t.T("import.means.list", string(id))
	}
	return t.T("import.means." + string(m[len("deal."):]))
}

// or joins alternatives as a sentence does: the 3rd of April or the 4th of March.
func or(t *i18n.Text, list []string) string { return i18n.JoinWith(list, t.T("import.or")) }

// and joins things as a sentence does.
func and(t *i18n.Text, list []string) string { return i18n.JoinWith(list, t.T("import.and")) }
