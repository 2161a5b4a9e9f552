package files

import (
	"cmp"
	"path/filepath"
	"strings"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
)

const sharePath = urls.FilePath + "/share"

func shareRoutes(r *web.Router) {
	r.Get(sharePath, showShare)
	r.Post(sharePath, moveToFolder)
	r.Template("file_share", sharePage{})
}

// sharePage moves the file to a folder that the team shares, and says what colleagues do then.
type sharePage struct {
	web.Page
	Path    string
	Movable bool // its team is not on a server
	Form    shareForm
	Faults  parts.FieldErrors
	Folders []parts.Option // that a sync program of this computer looks after
}

type shareForm struct {
	Folder string `form:"folder"`
	Other  string `form:"other" validate:"required_without=Folder" label:"file.share_other"`
}

func showShare(v *web.Request) error {
	return v.Render("file_share", buildSharePage(v, shareForm{}, parts.FieldErrors{}))
}

func buildSharePage(v *web.Request, f shareForm, faults parts.FieldErrors) sharePage {
	page := sharePage{
		Page: v.Page(urls.NoSection, v.T("file.share_title")), Path: v.OpenedFile().Path(), Form: f, Faults: faults,
		Movable: v.OpenedFile().MovedTo() == "" && v.OpenedFile().ReadOnly() == nil && v.Server.Config.OpenFile != nil,
	}
	for _, folder := range v.Server.Config.Shared {
		if folder != filepath.Dir(page.Path) {
			page.Folders = append(page.Folders, parts.Option{Value: folder, Text: filepath.Base(folder), Hint: folder})
		}
	}
	return page
}

// moveToFolder moves the file and goes on there.
func moveToFolder(v *web.Request) error {
	var f shareForm
	err := v.Read(&f)
	before := v.OpenedFile().Path()
	var path string
	if err == nil {
		to := strings.Trim(cmp.Or(f.Other, f.Folder), `"`) // Windows copies a path in quotes
		path, err = v.OpenedFile().MoveTo(v.Request().Context(), to)
		err = onField("other", err)
	}
	if faults, mine := v.FormErrors(err); mine {
		return v.Reject(faults, "file_share", buildSharePage(v, f, faults))
	}
	if err != nil {
		return err
	}
	return goOnAt(v, path, before, v.T("file.has_moved", path))
}
