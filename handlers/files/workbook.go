package files

import (
	"time"

	"milstolpe/db"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/workbook"
)

const workbookPath = urls.FilePath + "/workbook"

func workbookRoutes(r *web.Router) {
	r.Get(workbookPath, showWorkbook)
	r.Post(workbookPath, keepWorkbook)
	r.Post(workbookPath+"/stop", stopWorkbook)
	r.Template("file_workbook", workbookPage{})
}

// workbookPage says where the live workbook is and how it stands, and lets somebody have one, or have it elsewhere.
type workbookPage struct {
	web.Page
	Kept   *workbookView // nil: none is wanted
	Form   workbookForm
	Ask    bool // something is there that would be written over
	Faults parts.FieldErrors
}

// workbookView is how a live workbook stands.
type workbookView struct {
	Path    string
	Renewed time.Time
	Trouble string // why it could not be renewed; empty when it could
	Tried   time.Time
}

type workbookForm struct {
	Path string `form:"path" validate:"required,max=1000" label:"workbook.path"`
	Over string `form:"over" validate:"omitempty,oneof=true"`
}

func workbooks(v *web.Request) workbook.Keeper {
	return workbook.Keeper{StateDir: v.Server.Config.StateDir}
}

func newWorkbookView(v *web.Request) *workbookView {
	wish, ok := workbooks(v).Wish(v.OpenedFile())
	if !ok {
		return nil
	}
	view := &workbookView{Path: wish.Path, Renewed: wish.Renewed.In(v.FileInfo.Location)}
	if wish.Trouble != nil {
		view.Trouble, view.Tried = wish.Trouble.Sentence(v.Text), wish.Trouble.At.In(v.FileInfo.Location)
	}
	return view
}

func newWorkbookPage(v *web.Request) workbookPage {
	page := workbookPage{Page: v.Page(urls.NoSection, v.T("workbook.title")), Kept: newWorkbookView(v)}
	page.Form.Path = workbook.Suggest(v.OpenedFile(), v.Text, v.Server.Config.Documents)
	if page.Kept != nil {
		page.Form.Path = page.Kept.Path
	}
	return page
}

func showWorkbook(v *web.Request) error { return v.Render("file_workbook", newWorkbookPage(v)) }

func keepWorkbook(v *web.Request) error {
	var f workbookForm
	err := v.Read(&f)
	if err == nil {
		err = workbooks(v).Keep(v.Request().Context(), v.OpenedFile(), f.Path, f.Over != "", v.Text, v.Now)
	}
	faults, mine := v.FormErrors(onField("path", err))
	if mine {
		page := newWorkbookPage(v)
		page.Form, page.Faults, page.Ask = f, faults, workbook.Foreign(err)
		return v.Reject(faults, "file_workbook", page)
	}
	if err != nil {
		return err
	}
	return v.DoneWith(workbookPath, web.Flash{Text: v.T("workbook.kept")})
}

func stopWorkbook(v *web.Request) error {
	if err := workbooks(v).Drop(v.OpenedFile()); err != nil {
		return err
	}
	return v.DoneWith(workbookPath, web.Flash{Text: v.T("workbook.stopped")})
}

// carryWorkbook makes the live workbook of a file go on when the file is at another place.
func carryWorkbook(v *web.Request, before *db.File, file *db.File) {
	if err := workbooks(v).Carry(before, file); err != nil {
		v.Server.Config.Log.Warn("go on with the live workbook", "error", err)
	}
}
