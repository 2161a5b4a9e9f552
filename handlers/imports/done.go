package imports

import (
	"bytes"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/sheet"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/rollback"
	"milstolpe/process/sales"
)

// importDonePage is the last step: how far it has come, and then what was imported.
type importDonePage struct {
	web.Page
	Source         string
	Running        bool
	Done, Of       int
	Problem        string
	Counts         importCounts
	Undo, Rejected string
	Review, Here   string
	Undone         bool
	LeftOut        []i18n.Piece // what the forecast does not know of the open deals, and where it can be said
	Rates          []parts.RateForm
	WriteBuyers    string // where to write what the buyer does, when the process says nothing about it
}

func (j *importJobs) showDone(v *web.Request) error {
	job, err := j.find(v.Param("job"), v.OpenedFile().Dataset())
	if err != nil {
		return err
	}
	page := importDonePage{
		Page: v.Page(urls.NoSection, v.T("import.done_title")), Source: job.Source, Rejected: j.href(job, "rejected"), Review: j.href(job, "review"),
		Undo: undoImportHref(job.Import), Here: j.href(job, "done"),
	}
	switch run := j.run(job.ID); {
	case job.Taken != nil:
		page.Counts = *job.Taken
	case run == nil:
		// The program was stopped in between: either everything was recorded or nothing.
		return v.RedirectTo(page.Review)
	default:
		var problem error
		if page.Done, page.Of, problem = run.state(); problem != nil {
			j.mu.Lock()
			delete(j.running, job.ID)
			j.mu.Unlock()
			return problem
		}
		page.Running = true
		page.Title = v.T("import.running_title")
		v.Response().Header().Set("Refresh", "1")
	}
	err = v.Model(func(m *forecast.Model) error {
		team := m.Team()
		if !page.Running {
			excluded := figures.FindExcluded(m, forecast.Scope{Process: job.Process})
			page.LeftOut, page.Rates = excluded.Sentences(v.Text, m, forecast.Scope{}), figures.RateForms(team, excluded.Currencies(), page.Path)
		}
		if def := definitionOf(team, job.Process); def != nil && len(def.Required()) == 0 {
			page.WriteBuyers = urls.ProcessEditPath(job.Process)
		}
		for _, i := range team.Imports() {
			page.Undone = page.Undone || i.ID == job.Import && i.Undone
		}
		return nil
	})
	if err != nil {
		return err
	}
	return v.Render("import_done", page)
}

// rejected downloads the rows that could not be imported, in the form in which they came, to be mended and imported alone.
func (j *importJobs) rejected(v *web.Request) error {
	job, err := j.find(v.Param("job"), v.OpenedFile().Dataset())
	if err != nil {
		return err
	}
	plan, loaded, err := j.plan(v, job)
	if err != nil {
		return err
	}
	table := sheet.Same(plan.Rejected(loaded.mended(job)))
	table.Name = loaded.list(job).Name
	name := strings.TrimSuffix(job.Source, filepath.Ext(job.Source)) + " " + v.T("import.rejected_file")
	var out bytes.Buffer
	if loaded.typed {
		if err := sheet.WriteXLSX(&out, table); err != nil {
			return err
		}
		return v.Download(name+".xlsx", web.TypeXLSX, out.Bytes())
	}
	if err := sheet.WriteCSV(&out, table, v.Dialect()); err != nil {
		return err
	}
	return v.Download(name+".csv", web.TypeCSV, out.Bytes())
}

// importUndoPage asks once more before a whole import is taken back, and says what goes out of sight with it.
type importUndoPage struct {
	web.Page
	Href, Source    string
	On              process.Date
	Deals, WorkedOn int
	Undone          bool
	Seen            string // how much the page shows that goes out of sight
	Faults          parts.FieldErrors
}

type undoImportForm struct {
	Seen string `form:"seen"`
}

func undoImportHref(id process.ImportID) string {
	return urls.ImportPath + "/undo/" + url.PathEscape(string(id))
}

func askUndoImport(v *web.Request) error {
	page, err := buildUndoImportPage(v, parts.FieldErrors{})
	if err != nil {
		return err
	}
	return v.Render("import_undo", page)
}

func buildUndoImportPage(v *web.Request, faults parts.FieldErrors) (importUndoPage, error) {
	id := process.ImportID(v.Param("import"))
	page := importUndoPage{Page: v.Page(urls.NoSection, v.T("import.undo_title")), Href: undoImportHref(id), Faults: faults}
	err := v.View(func(team *sales.Team) error {
		for _, i := range team.Imports() {
			if i.ID == id {
				page.Source, page.On, page.Undone = i.Source, i.Known, i.Undone
				page.Deals, page.WorkedOn, _ = rollback.Brought(team, id)
				page.Seen = goesWithImport(team, id)
				return nil
			}
		}
		return process.Missing("import.no_such")
	})
	return page, err
}

// goesWithImport tells how much goes out of sight with an import: what others have recorded about its deals since too.
func goesWithImport(team *sales.Team, id process.ImportID) string {
	brought, workedOn, later := rollback.Brought(team, id)
	return fmt.Sprintf("%d-%d-%d", brought, workedOn, later)
}

// undoImport takes an import back. Where somebody has worked on its deals since the page was shown it asks once more.
func undoImport(v *web.Request) error {
	id := process.ImportID(v.Param("import"))
	var f undoImportForm
	err := v.Read(&f)
	if err == nil {
		_, err = v.Act(func(team *sales.Team) ([]process.Fact, error) {
			if f.Seen != goesWithImport(team, id) {
				return nil, &process.Error{Kind: process.Conflict, Msg: "import.changed_meanwhile"}
			}
			return rollback.Import(team, id, v.Today)
		})
	}
	if faults, mine := v.FormErrors(err); mine {
		page, err := buildUndoImportPage(v, faults)
		if err != nil {
			return err
		}
		return v.Reject(faults, "import_undo", page)
	}
	if err != nil {
		return err
	}
	return v.DoneWith(urls.ImportPath, web.Flash{Text: v.T("import.undone")})
}
