package files

import (
	"time"

	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
)

// asideView is what a merge brought that was undone in this copy.
type asideView struct {
	incomingView
	ID string
	At time.Time
}

func asideViews(v *web.Request) (list []asideView, err error) {
	groups, err := v.OpenedFile().Aside()
	for _, g := range groups {
		list = append(list, asideView{incoming(v, g.Changes), g.Name, g.At.In(v.FileInfo.Location)})
	}
	return list, err
}

type asideForm struct {
	ID string `form:"id" validate:"required"`
}

// bringBack looks again at what was set aside.
func bringBack(v *web.Request) error {
	var f asideForm
	if err := v.Read(&f); err != nil {
		return err
	}
	if err := v.OpenedFile().BringBack(v.Request().Context(), f.ID); err != nil {
		return err
	}
	return v.DoneWith(urls.FilePath, web.Flash{Text: v.T("file.aside_back")})
}

type seenForm struct {
	Back string `form:"back"`
}

// confirmLosses ends the telling of what was saved here and is gone: somebody has seen it.
func confirmLosses(v *web.Request) error {
	var f seenForm
	if err := v.Read(&f); err != nil {
		return err
	}
	if err := v.OpenedFile().ConfirmLosses(); err != nil {
		return err
	}
	return v.RedirectTo(web.LocalPath(f.Back))
}
