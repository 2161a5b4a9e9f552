package files

import (
	"errors"
	"os"
	"path/filepath"
	"slices"

	"milstolpe/db"
	"milstolpe/handlers/web"
)

// What can be done about a file that is not there at the start, beside what the verdict about it offers.
const (
	onMoved db.RepairKind = "moved" // go on where it was moved to
	onOwn   db.RepairKind = "own"   // work in the own copy until it is back
)

// mostMoved is how many places are offered where a file may have been moved to.
const mostMoved = 3

// remediesOfMissing are what comes first where a file is not there: the place where somebody has moved it to, and working in the own copy.
func remediesOfMissing(v *web.Request, verdict db.CheckResult, missing bool) (list []remedyLine) {
	if !missing {
		return nil
	}
	config := v.Server.Config
	for i, e := range elsewhere(v, db.FindMoved(verdict.Path, config.Folders, options(v, ""))) {
		if i == mostMoved {
			break
		}
		list = append(list, remedyLine{
			Means: onMoved, Action: rescuePath, Path: verdict.Path, To: e.Path, Text: v.T("file.remedy_moved", e.Name), Button: v.T("file.remedy_moved_button"),
			Small: e.Path + ". " + v.T("file.gone_written", e.By, v.Text.Stamp(e.At)),
		})
	}
	own := slices.IndexFunc(verdict.Remedies, func(r db.RepairOption) bool { return r.Kind == db.FromWorkingCopy })
	if own >= 0 && config.OpenOwn != nil {
		list = append(list, remedyLine{
			Means: onOwn, Action: rescuePath, Path: verdict.Path, Text: v.T("file.remedy_own"), Button: v.T("file.remedy_own_button"),
			Small: v.T("file.remedy_own_small", v.T("file.remedy_has", verdict.Remedies[own].Events)),
		})
	}
	return list
}

func hasFolder(path string) bool {
	if db.Answers(path) != nil {
		return false
	}
	info, err := os.Stat(filepath.Dir(path))
	return err == nil && info.IsDir()
}

// openOwn works in this computer's own copy until the file is there again.
func (f *rescueForm) openOwn(v *web.Request) error {
	file, err := v.Server.Config.OpenOwn(f.Path, f.Person)
	if err != nil {
		return err
	}
	return switchTo(v, file, f.Person, "/")
}

// openMoved goes on where the file was moved to. The own copy comes along, with what waits in it.
func (f *rescueForm) openMoved(v *web.Request) error {
	to := f.To
	own, err := db.OpenOwn(f.Path, options(v, f.Person))
	if err == nil {
		to, err = own.Follow(f.To)
		err = errors.Join(err, own.Close())
	}
	if err != nil { // without it the file is opened as one that is new here
		v.Server.Config.Log.Warn("bring along the own copy", "path", f.Path, "to", f.To, "error", err)
		to = f.To
	}
	file, err := v.Server.Config.OpenFile(to, f.Person)
	if err != nil {
		return notOpened(v, openFileForm{Path: to, Person: f.Person}, err)
	}
	if err := bringAlong(v, file, f.Path); err != nil {
		v.Server.Config.Log.Warn("bring along what was left behind", "path", f.Path, "error", err)
	}
	return switchTo(v, file, f.Person, "/")
}
