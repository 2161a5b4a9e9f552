package handlers

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/sales"
)

const importPath = "/import"

func importRoutes(r *routes) {
	j := &importJobs{folder: filepath.Join(r.s.config.StateDir, "imports"), running: map[string]*importRun{}}
	r.get(importPath, j.ask)
	r.upload(importPath, j.start)
	r.get(importPath+"/:job/columns", j.showColumns)
	r.post(importPath+"/:job/columns", j.setColumns)
	r.get(importPath+"/:job/review", j.showReview)
	r.post(importPath+"/:job/review", j.take)
	r.get(importPath+"/:job/rejected", j.rejected)
	r.get(importPath+"/:job/done", j.showDone)
	r.get(importPath+"/undo/:import", askUndoImport)
	r.post(importPath+"/undo/:import", undoImport)
	r.template("import", importPage{})
	r.template("import_columns", columnsPage{})
	r.template("import_columns/proposal", columnsPage{})
	r.template("import_review", reviewPage{})
	r.template("import_review/others", reviewPage{})
	r.template("import_done", importDonePage{})
	r.template("import_undo", importUndoPage{})
}

func (j *importJobs) href(job *importJob, step string) string {
	return importPath + "/" + job.ID + "/" + step
}

// importPage is the first step: a file or pasted rows. Below it stands what was imported before.
type importPage struct {
	Page
	Form   importForm
	Faults Faults
	Before []importLine
}

type importForm struct {
	Paste string `form:"paste"`
}

// importLine is one import of the past.
type importLine struct {
	Undo   string // address of the page that takes it back; empty once it is
	Source string
	Deals  int
	On     process.Date
	By     string
}

func (j *importJobs) ask(v *visit) error { return v.show("import", v.importPage(importForm{})) }

func (v *visit) importPage(f importForm) importPage {
	page := importPage{Page: v.page(NoSection, v.t("import.title")), Form: f}
	// Looking at the imports cannot fail.
	_ = v.view(func(team *sales.Team) error {
		list := team.Imports()
		for i := len(list) - 1; i >= 0; i-- {
			line := importLine{Source: list[i].Source, Deals: list[i].Deals, On: list[i].Known, By: team.By(list[i].Event)}
			if !list[i].Undone {
				line.Undo = undoImportHref(list[i].ID)
			}
			page.Before = append(page.Before, line)
		}
		return nil
	})
	return page
}

// start keeps the list and leads to its columns.
func (j *importJobs) start(v *visit) error {
	var f importForm
	err := v.read(&f)
	var job *importJob
	if err == nil {
		job, err = j.receive(v, f)
	}
	if err == nil {
		if err = j.guess(v, job); err == nil {
			err = j.save(job)
		}
	}
	if err == nil {
		return v.goTo(j.href(job, "columns"))
	}
	var one *process.Error
	if errors.As(err, &one) && one.Field == "" {
		one.Field = "list"
	}
	if faults, mine := v.faults(err); mine {
		page := v.importPage(f)
		page.Faults = faults
		return v.again(faults, "import", page)
	}
	return err
}

// receive takes the file that was chosen, or else the rows that were pasted.
func (j *importJobs) receive(v *visit, f importForm) (*importJob, error) {
	var list io.Reader = strings.NewReader(f.Paste)
	source := v.t("import.pasted")
	header, err := v.FormFile("list")
	switch {
	case err == nil && header.Size > 0:
		in, err := header.Open()
		if err != nil {
			return nil, fmt.Errorf("read an uploaded list: %w", err)
		}
		defer func() { _ = in.Close() }()
		list, source = in, filepath.Base(header.Filename)
	case f.Paste == "":
		return nil, process.Wrong("list", "import.choose_one")
	}
	return j.add(list, source, v.file().Dataset(), v.now)
}

// guess reads the list as one with these headers was read before, or else as its headers and cells suggest.
func (j *importJobs) guess(v *visit, job *importJob) error {
	loaded, err := j.read(job)
	if err != nil {
		return err
	}
	list := loaded.list(job).List
	return v.view(func(team *sales.Team) error {
		if published := publishedProcesses(team); job.Process == "" && len(published) == 1 {
			job.Process = published[0].ID
		}
		def := definitionOf(team, job.Process)
		g := importer.GuessMapping(list, def)
		job.Mapping, job.System, job.Doubts, job.Known = &g.Mapping, g.System, g.Doubts, false
		if kept, ok := importer.KeptMapping(team, list.Headers); ok && def != nil && kept.Fits(list.Headers, def) == nil {
			job.Mapping, job.Doubts, job.Known = &kept, nil, true
			return nil
		}
		for _, d := range g.Doubts { // what is doubtful is left open, for somebody to say
			switch d.Kind {
			case importer.DoubtDateOrder:
				g.Mapping.DateOrder = ""
			case importer.DoubtDecimal:
				g.Mapping.Decimal = ""
			case importer.DoubtMissing, importer.DoubtOutcome, importer.DoubtStage:
			}
		}
		return nil
	})
}

// definitionOf is the definition in force of a process; nil for none.
func definitionOf(team *sales.Team, id process.ProcessID) *process.Definition {
	if p, ok := team.Process(id); ok && p.Current() != nil {
		return &p.Current().Definition
	}
	return nil
}
