package imports

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/importer/columns"
	"milstolpe/process/sales"
)

// Routes registers the steps of an import, and taking one back. The lists on their way in are shared by all of these handlers.
func Routes(r *web.Router) {
	j := &importJobs{folder: filepath.Join(r.Server.Config.StateDir, "imports"), running: map[string]*importRun{}}
	r.WhenErased(j.forgetAll)
	r.Get(urls.ImportPath, j.showStart)
	r.Upload(urls.ImportPath, j.start)
	r.Get(urls.ImportPath+"/:job/columns", j.showColumns)
	r.Post(urls.ImportPath+"/:job/columns", j.setColumns)
	r.Get(urls.ImportPath+"/:job/review", j.showReview)
	r.Post(urls.ImportPath+"/:job/review", j.startImport)
	r.Get(urls.ImportPath+"/:job/rejected", j.rejected)
	r.Get(urls.ImportPath+"/:job/done", j.showDone)
	r.Get(urls.ImportPath+"/undo/:import", askUndoImport)
	r.Post(urls.ImportPath+"/undo/:import", undoImport)
	r.Template("import", importPage{})
	r.Template("import_columns", columnsPage{})
	r.Template("import_columns/proposal", columnsPage{})
	r.Template("import_review", reviewPage{})
	r.Template("import_review/others", reviewPage{})
	r.Template("import_done", importDonePage{})
	r.Template("import_undo", importUndoPage{})
}

func (j *importJobs) href(job *importJob, step string) string {
	return urls.ImportPath + "/" + job.ID + "/" + step
}

// importPage is the first step: a file or pasted rows. Below it stands what was imported before.
type importPage struct {
	web.Page
	Form   importForm
	Faults parts.FieldErrors
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

func (j *importJobs) showStart(v *web.Request) error {
	return v.Render("import", buildImportPage(v, importForm{}))
}

func buildImportPage(v *web.Request, f importForm) importPage {
	page := importPage{Page: v.Page(urls.NoSection, v.T("import.title")), Form: f}
	// Looking at the imports cannot fail.
	_ = v.View(func(team *sales.Team) error {
		list := team.Imports()
		for i := len(list) - 1; i >= 0; i-- {
			line := importLine{Source: list[i].Source, Deals: list[i].Deals, On: list[i].Known, By: team.RecordedBy(list[i].Event)}
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
func (j *importJobs) start(v *web.Request) error {
	var f importForm
	err := v.Read(&f)
	var job *importJob
	if err == nil {
		job, err = j.receive(v, f)
	}
	if err == nil {
		if err = j.chooseSheet(v, job); err == nil {
			err = j.guess(v, job)
		}
		if err == nil {
			err = j.save(job)
		}
	}
	if err == nil {
		return v.RedirectTo(j.href(job, "columns"))
	}
	var one *process.Error
	if errors.As(err, &one) && one.Field == "" {
		one.Field = "list"
	}
	if faults, mine := v.FormErrors(err); mine {
		page := buildImportPage(v, f)
		page.Faults = faults
		return v.Reject(faults, "import", page)
	}
	return err
}

// receive takes the file that was chosen, or else the rows that were pasted.
func (j *importJobs) receive(v *web.Request, f importForm) (*importJob, error) {
	var list io.Reader = strings.NewReader(f.Paste)
	source := v.T("import.pasted")
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
	return j.add(list, source, v.OpenedFile().Dataset(), v.Now)
}

// chooseSheet takes the sheet that most likely holds deals.
func (j *importJobs) chooseSheet(v *web.Request, job *importJob) error {
	loaded, err := j.read(job)
	if err != nil {
		return err
	}
	lists := make([]columns.List, 0, len(loaded.sheets))
	for _, s := range loaded.sheets {
		lists = append(lists, s.List)
	}
	return v.View(func(team *sales.Team) error {
		if published := wording.PublishedProcesses(team); job.Process == "" && len(published) == 1 {
			job.Process = published[0].ID
		}
		job.Sheet = columns.MostLikely(lists, definitionOf(team, job.Process))
		return nil
	})
}

// guess reads the list as one with these headers was read before, or else as its headers and cells suggest.
func (j *importJobs) guess(v *web.Request, job *importJob) error {
	loaded, err := j.read(job)
	if err != nil {
		return err
	}
	list := loaded.list(job).List
	return v.View(func(team *sales.Team) error {
		if published := wording.PublishedProcesses(team); job.Process == "" && len(published) == 1 {
			job.Process = published[0].ID
		}
		g, known := columns.WayToRead(team, list, definitionOf(team, job.Process))
		job.Mapping, job.System, job.Doubts, job.Known = &g.Mapping, g.System, g.Doubts, known
		for _, d := range g.Doubts { // what is doubtful is left open, for somebody to say
			switch d.Kind {
			case columns.DoubtDateOrder:
				g.Mapping.DateOrder = ""
			case columns.DoubtDecimal:
				g.Mapping.Decimal = ""
			case columns.DoubtMissing, columns.DoubtOutcome, columns.DoubtStage, columns.DoubtUnread, columns.DoubtPipelines:
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
