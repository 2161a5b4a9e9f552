package imports

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/importer/cells"
	"milstolpe/process/importer/columns"
	"milstolpe/process/sales"
)

// setColumns takes what was said about the columns. "Look again" only shows how the cells are read then; going on saves it and leads to
// the review, unless something is missing.
func (j *importJobs) setColumns(v *web.Request) error {
	job, err := j.find(v.Param("job"), v.OpenedFile().Dataset())
	if err != nil {
		return err
	}
	posted, err := v.FormParams()
	if err != nil {
		return web.BadBody(err)
	}
	loaded, err := j.read(job)
	if err != nil {
		return err
	}
	job.Sheet, _ = strconv.Atoi(posted.Get("sheet"))
	job.Process = process.ProcessID(posted.Get("process"))
	list := loaded.list(job).List
	m := mappingOf(posted, list)
	if job.Mapping != nil { // what is said in the review holds
		m.Sellers, m.Customers, m.Choices, m.Mends = job.Mapping.Sellers, job.Mapping.Customers, job.Mapping.Choices, job.Mapping.Mends
	}
	if err := j.guess(v, job); err != nil { // the doubts are those of the sheet and the process that were chosen
		return err
	}
	job.Mapping, job.Known, job.Doubts = &m, false, m.StillOpenDoubts(job.Doubts)
	if posted.Get("look") != "" {
		page, err := j.columnsPage(v, job, posted)
		if err != nil {
			return err
		}
		return v.Render("import_columns", page)
	}
	if err := j.validateMapping(v, job, list, posted); err != nil {
		return j.rejectColumns(v, job, posted, err)
	}
	return v.RedirectTo(j.href(job, "review"))
}

// validateMapping checks the mapping against the process, making that first if the person wants so, and saves the job.
func (j *importJobs) validateMapping(v *web.Request, job *importJob, list columns.List, posted url.Values) error {
	if err := unanswered(*job.Mapping, posted); err != nil {
		return err
	}
	if job.Process == newProcess {
		if err := j.makeProcess(v, job, list, posted); err != nil {
			return err
		}
	}
	err := v.View(func(team *sales.Team) error {
		def := definitionOf(team, job.Process)
		if def == nil {
			return process.Wrong("process", "form.choose")
		}
		return web.Gather(job.Mapping.Fits(list.Headers, def), job.Mapping.FitsLists(team.Lists()))
	})
	if err != nil {
		return err
	}
	job.Doubts = nil
	job.OpeningNote = v.T("import.opening_note")
	if job.Import == "" {
		job.Import = process.ImportID(v.Env().NewID())
	}
	return j.save(job)
}

// unanswered are the words for outcomes that nobody has said anything about, where nothing else in the list does.
func unanswered(m columns.Mapping, posted url.Values) error {
	var faults process.Problems
	for i := 0; posted.Has("word."+strconv.Itoa(i)) && !m.Flagged(); i++ {
		if word := posted.Get("word." + strconv.Itoa(i)); posted.Get("outcome."+strconv.Itoa(i)) == "" {
			faults.Add("outcome."+strconv.Itoa(i), "import.choose_outcome", word)
		}
	}
	if posted.Has("pipeline.0") && !posted.Has("pipeline."+strconv.Itoa(len(m.LeaveOut[posted.Get("pipeline_column")]))) {
		faults.Add("pipelines", "import.choose_pipeline")
	}
	return faults.OrNil()
}

// rejectColumns shows the form with its faults. Those of a mapping are worded for people who see columns and not JSON.
func (j *importJobs) rejectColumns(v *web.Request, job *importJob, posted url.Values, err error) error {
	loaded, lerr := j.read(job)
	if lerr != nil {
		return lerr
	}
	headers := loaded.list(job).List.Headers
	if many, ok := err.(process.Problems); ok { //nolint:errorlint // what process answers, not wrapped
		for i, e := range many {
			many[i] = columnFault(e, headers)
		}
	}
	faults, mine := v.FormErrors(err)
	if !mine {
		return err
	}
	page, err := j.columnsPage(v, job, posted)
	if err != nil {
		return err
	}
	page.Faults = faults
	for i := range page.Columns {
		page.Columns[i].Fault = faults.At(page.Columns[i].Name)
	}
	for i := range page.Proposal.Stages {
		page.Proposal.Stages[i].Fault = faults.At(page.Proposal.Stages[i].Field())
	}
	return v.Reject(faults, "import_columns", page)
}

// pageFaults are what the faults of a mapping are called on this page.
var pageFaults = map[string]string{
	"mapping.needs_id": "import.needs_id", "mapping.needs_opened": "import.needs_opened", "mapping.needs_outcome": "import.needs_outcome",
	"mapping.needs_closed": "import.needs_closed", "mapping.needs_stage": "import.needs_stage", "mapping.meaning_twice": "import.meaning_twice",
}

func columnFault(e *process.Error, headers []string) *process.Error {
	fault := *e
	if header, ok := strings.CutPrefix(e.Field, "columns."); ok {
		if i := slices.IndexFunc(headers, func(h string) bool { return process.FoldName(h) == process.FoldName(header) }); i >= 0 {
			fault.Field = "column." + strconv.Itoa(i)
		}
	} else if e.Field == "columns" {
		fault.Field = ""
	}
	if key, ok := pageFaults[e.Msg]; ok {
		fault.Msg = key
	}
	return &fault
}

// leaveOut are the pipelines that are not ticked.
func leaveOut(posted url.Values) map[string][]string {
	var words []string
	for i := 0; posted.Has("pipeline." + strconv.Itoa(i)); i++ {
		if !posted.Has("take." + strconv.Itoa(i)) {
			words = append(words, posted.Get("pipeline."+strconv.Itoa(i)))
		}
	}
	if len(words) == 0 {
		return nil
	}
	return map[string][]string{posted.Get("pipeline_column"): words}
}

// mappingOf reads the form of the columns.
func mappingOf(posted url.Values, list columns.List) columns.Mapping {
	m := columns.Mapping{
		Shape: columns.Shape(posted.Get("shape")), DateOrder: cells.DateOrder(posted.Get("date_order")), Decimal: posted.Get("decimal"),
		Currency: strings.ToUpper(strings.TrimSpace(posted.Get("currency"))), Columns: map[string]columns.Meaning{},
		NoOpening: columns.Opening(posted.Get("no_opening")), Early: columns.EarlyClose(posted.Get("early")), Rows: columns.RowOrder(posted.Get("rows")),
	}
	for i, header := range list.Headers {
		if meaning := columns.Meaning(posted.Get("column." + strconv.Itoa(i))); meaning != columns.MeansNothing {
			m.Columns[header] = meaning
		}
	}
	m.LeaveOut = leaveOut(posted)
	outcomes := map[string]process.Outcome{}
	for i := 0; posted.Has("word." + strconv.Itoa(i)); i++ {
		if o := posted.Get("outcome." + strconv.Itoa(i)); o != "" {
			outcomes[posted.Get("word."+strconv.Itoa(i))] = process.Outcome(o)
		}
	}
	if m.Shape == columns.Long {
		m.Stages = map[string]columns.Meaning{}
		for i := 0; posted.Has("stageword." + strconv.Itoa(i)); i++ {
			word, value := posted.Get("stageword."+strconv.Itoa(i)), posted.Get("stage."+strconv.Itoa(i))
			if outcome, ends := strings.CutPrefix(value, "outcome:"); ends {
				outcomes[word] = process.Outcome(outcome)
			} else {
				m.Stages[word] = columns.Meaning(value)
			}
		}
	}
	if len(outcomes) > 0 {
		m.Outcomes = outcomes
	}
	return m
}
