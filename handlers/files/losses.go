package files

import "milstolpe/handlers/web"

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
