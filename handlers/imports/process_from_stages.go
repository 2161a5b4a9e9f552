package imports

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/importer/columns"
	"milstolpe/process/namecheck"
	"milstolpe/process/presets"
	"milstolpe/process/sales"
)

// proposal is a process made of the stages of a list. The other system's stages are often what the seller does, so each asks who does it.
// A list that does not tell when a stage was reached offers the templates instead.
type proposal struct {
	Name      string
	Stages    []stageRow
	Templates []parts.Option
	Template  string
}

// stageRow asks who does what a stage says.
type stageRow struct {
	Index          int
	Word, Doer     string
	Question, Hint string
	Fault          string
}

// Field is the name of its control.
func (s stageRow) Field() string { return fmt.Sprintf("doer.%d", s.Index) }

func (r *columnPreview) proposal(job *importJob, posted url.Values) proposal {
	p := proposal{Name: r.t.T("import.process_name")}
	if job.System != "" {
		p.Name = r.t.T("import.process_from", job.System)
	}
	if name := posted.Get("new_name"); name != "" {
		p.Name = name
	}
	for i, word := range columns.StagesIn(r.list, r.mapping) {
		s := stageRow{Index: i, Word: word, Doer: posted.Get(fmt.Sprintf("doer.%d", i))}
		if doubt, ok := namecheck.Question(word); ok {
			s.Question = r.t.T("import.question." + string(doubt.Kind))
			if suggestions := doubt.Suggestions(string(r.t.Lang)); len(suggestions) > 0 {
				s.Hint = r.t.T("import.for_example", suggestions[0])
			}
		}
		p.Stages = append(p.Stages, s)
	}
	if len(p.Stages) == 0 {
		p.Template = posted.Get("template")
		for _, t := range presets.Templates(wording.ProcessLang(r.t)) {
			p.Templates = append(p.Templates, parts.Option{Value: t.Key, Text: t.Definition.Name, Hint: t.Definition.Purpose})
		}
	}
	return p
}

// unreadStages are the columns that hold the day of a stage and are not read, because no milestone is called like the stage.
func (r *columnPreview) unreadStages() (headers []string) {
	if r.mapping.Shape == columns.Long || r.def == nil {
		return nil
	}
	stages := columns.StagesIn(r.list, r.mapping)
	for _, h := range r.list.Headers {
		stage, ok := columns.EnteredStage(h)
		if !ok {
			stage = h
		}
		if slices.Contains(stages, stage) && r.mapping.Columns[h] == columns.MeansNothing {
			headers = append(headers, r.t.T("import.quoted", h))
		}
	}
	return headers
}

// actors are the answers about the stages. A stage without one is a fault.
func actors(posted url.Values, stages []string) (map[string]columns.Doer, error) {
	answers := map[string]columns.Doer{}
	var faults process.Problems
	for i, word := range stages {
		who := columns.Doer(posted.Get("doer." + strconv.Itoa(i)))
		if !slices.Contains([]columns.Doer{columns.BuyerDoes, columns.WeDo, columns.Nobody}, who) {
			faults.Add("doer."+strconv.Itoa(i), "import.who_does_it", word)
		}
		answers[word] = who
	}
	return answers, faults.OrNil()
}

// makeProcess publishes a process of the stages and lets the job import into it.
func (j *importJobs) makeProcess(v *web.Request, job *importJob, list columns.List, posted url.Values) error {
	stages := columns.StagesIn(list, *job.Mapping)
	if len(stages) == 0 {
		return j.useTemplate(v, job, list, posted.Get("template"))
	}
	answers, err := actors(posted, stages)
	if err != nil {
		return err
	}
	def := columns.Proposed(posted.Get("new_name"), stages, answers)
	var id process.ProcessID
	_, err = v.Act(func(team *sales.Team) (facts []process.Fact, err error) {
		id, facts, err = team.Publish("", def, v.T("import.process_note", job.Source), v.Env())
		return facts, err
	})
	if err != nil {
		return renamed(err, "name", "new_name")
	}
	m := job.Mapping.MapStages(list, &def)
	for stage, who := range answers {
		if _, mapped := m.Stages[stage]; !mapped && m.Shape == columns.Long && who == columns.Nobody {
			m.Stages[stage] = columns.MeansNothing
		}
	}
	job.Process, job.Mapping = id, &m
	return nil
}

// useTemplate publishes one of the templates and lets the job import into it. Nothing is published while the columns are wrong.
func (j *importJobs) useTemplate(v *web.Request, job *importJob, list columns.List, key string) error {
	t, ok := presets.TemplateByKey(wording.ProcessLang(v.Text), key)
	if !ok {
		return process.Wrong("template", "import.choose_template")
	}
	if err := job.Mapping.Fits(list.Headers, &t.Definition); err != nil {
		return err
	}
	_, err := v.Act(func(team *sales.Team) (facts []process.Fact, err error) {
		job.Process, facts, err = team.Publish("", t.Definition, "", v.Env())
		return facts, err
	})
	return err
}

// renamed lets faults of one field be shown at another.
func renamed(err error, from, to string) error {
	if many, ok := err.(process.Problems); ok { //nolint:errorlint // what process answers, not wrapped
		for _, e := range many {
			if e.Field == from {
				e.Field = to
			}
		}
	}
	if one, ok := err.(*process.Error); ok && one.Field == from { //nolint:errorlint // likewise
		one.Field = to
	}
	return err
}

// About is the question that a stage raises, and what could be meant instead.
func (s stageRow) About() string {
	if s.Hint == "" {
		return s.Question
	}
	return s.Question + " " + s.Hint
}
