package files

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"milstolpe/db"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
)

const rescuePath = urls.FilePath + "/rescue"

func repairRoutes(r *web.Router) {
	r.PostAlways(rescuePath, rescue)
	r.Template("file_damaged", damagedPage{})
}

// damagedPage says of a file that cannot be opened what is wrong, what of it can be read, and what can be done, the best first.
type damagedPage struct {
	web.Page
	Path, Person       string
	Damage             string
	Readable, Expected int
	Gone               bool // it is not there at all
	Remedies           []remedyLine
}

type remedyLine struct {
	Means        db.RepairKind
	Action       string // where its button leads
	Path, To     string // that the button names
	Text, Button string
	Small        string
}

// showDamaged answers a request to open a file that is damaged or gone, if there is anything to be done about it.
func showDamaged(v *web.Request, path, person string) (shown bool, err error) {
	verdict, err := db.Check(path, options(v, person))
	if err != nil && process.KindOf(err) != process.NotFound {
		return false, err
	}
	missing := process.KindOf(verdict.Damage) == process.NotFound
	first := remediesOfMissing(v, verdict, missing)
	if verdict.Damage == nil || len(verdict.Remedies)+len(first) == 0 {
		return false, nil
	}
	page := damagedPage{
		Page: v.Page(urls.NoSection, v.T("file.damaged_title")), Path: verdict.Path, Person: person, Damage: sentenceFor(v, verdict.Damage),
		Readable: verdict.Readable, Expected: verdict.Expected, Gone: missing, Remedies: first,
	}
	if missing {
		page.Title = v.T("file.gone_title")
	}
	if e, ok := errors.AsType[*process.Error](verdict.Damage); ok && e.Msg == "file.damaged" {
		page.Damage = v.T("file.damaged_this", verdict.Path) // what can be done about it stands below
	}
	offered := map[db.RepairKind]bool{}
	for _, r := range verdict.Remedies {
		if impossible := missing && r.Kind == db.FromWorkingCopy && !hasFolder(path); !offered[r.Kind] && !impossible { // the best of each kind
			offered[r.Kind] = true
			page.Remedies = append(page.Remedies, remedy(v, r, verdict.Path))
		}
	}
	return true, v.Answer(http.StatusUnprocessableEntity, "file_damaged", page, nil)
}

func remedy(v *web.Request, r db.RepairOption, path string) remedyLine {
	line := remedyLine{Means: r.Kind, Action: rescuePath, Path: path, Small: v.T("file.remedy_has", r.Events)}
	if r.All {
		line.Small = v.T("file.remedy_all", line.Small)
	}
	switch r.Kind {
	case db.FromWorkingCopy:
		line.Text, line.Button = v.T("file.remedy_working"), v.T("file.remedy_working_button")
	case db.FromOtherCopy:
		line.Text, line.Button = v.T("file.remedy_other"), v.T("file.remedy_other_button")
		line.Action, line.Path, line.Small = urls.WelcomeOpenPath, r.Path, r.Path+", "+line.Small
	case db.FromBackup:
		at := db.BackupTime(r.Path)
		line.Text, line.Button = v.T("file.remedy_backup", v.Text.Stamp(at.In(v.Now.Location()))), v.T("file.remedy_backup_button")
	case db.BySalvage:
		line.Text, line.Button = v.T("file.remedy_salvage"), v.T("file.remedy_salvage_button")
	}
	return line
}

// options are for looking at a file and putting it back, not for working in it.
func options(v *web.Request, person string) db.Options {
	c := v.Server.Config
	return db.Options{
		StateDir: c.StateDir, Clock: c.Now, Entropy: web.Entropy{}, Person: person, Version: c.Version, Log: c.Log, Manual: true,
	}
}

type rescueForm struct {
	Path   string `form:"path" validate:"required"`
	Person string `form:"person" validate:"required,max=200"`
	Means  string `form:"means" validate:"required"`
	To     string `form:"to"`
}

// rescue does what the verdict offered, and opens what came of it.
func rescue(v *web.Request) error {
	var f rescueForm
	if err := v.Read(&f); err != nil {
		return err
	}
	switch db.RepairKind(f.Means) {
	case onOwn:
		return f.openOwn(v)
	case onMoved:
		return f.openMoved(v)
	}
	verdict, err := db.Check(f.Path, options(v, f.Person))
	if err != nil && process.KindOf(err) != process.NotFound {
		return err
	}
	for _, r := range verdict.Remedies {
		if string(r.Kind) != f.Means {
			continue
		}
		path, err := applyRemedy(v.Request().Context(), v, r, verdict.Path, f.Person)
		if err != nil {
			return err
		}
		file, err := v.Server.Config.OpenFile(path, f.Person)
		if err != nil {
			return err
		}
		return switchTo(v, file, f.Person, "/")
	}
	return v.RedirectTo(urls.WelcomeOpenPath) // nothing is damaged any more, or nothing helps
}

// applyRemedy carries a remedy out and answers with the file to open.
func applyRemedy(ctx context.Context, v *web.Request, r db.RepairOption, path, person string) (string, error) {
	switch r.Kind {
	case db.FromWorkingCopy:
		w, err := db.Repair(path, options(v, person))
		if err != nil {
			return "", err
		}
		return path, w.Close()
	case db.FromOtherCopy:
		return r.Path, nil
	case db.FromBackup:
		o := options(v, person)
		o.ReadOnly = true
		w, err := db.Open(r.Path, o)
		if err != nil {
			return "", err
		}
		to := rescued(v, path)
		return to, errors.Join(w.SaveCopy(ctx, to), w.Close())
	case db.BySalvage:
		to := rescued(v, path)
		_, err := db.Salvage(path, to, options(v, person))
		return to, err
	}
	return "", fmt.Errorf("there is no way %q to repair a file", r.Kind)
}

// rescued is a name beside a damaged file that is not taken: "Sales (saved).milstolpe".
func rescued(v *web.Request, path string) string {
	name := v.T("file.rescued_name", strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)))
	for n := 1; ; n++ {
		to := filepath.Join(filepath.Dir(path), name+fileEnding)
		if n > 1 {
			to = filepath.Join(filepath.Dir(path), fmt.Sprintf("%s %d%s", name, n, fileEnding))
		}
		if _, err := os.Lstat(to); err != nil {
			return to
		}
	}
}
