package files

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"

	"milstolpe/db"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
)

func showFailedOpen(v *web.Request) error {
	m := v.Server.FailedOpen.Load()
	if m == nil || v.Open != nil {
		return v.RedirectTo("/")
	}
	if joinInstead(v, m.Path) {
		return v.RedirectTo(joinLink(m.Path))
	}
	return notOpened(v, openFileForm{Path: m.Path, Person: v.Server.UsualPerson()}, m.Why)
}

type openFilePage struct {
	web.Page
	Form   openFileForm
	Faults parts.FieldErrors
	Recent []foundFile // opened before on this computer
	Found  []foundFile // in the usual folders, and not among those
	Back   string
}

// openFileForm is sent by the button beside a file that was found, or with a path that somebody wrote.
type openFileForm struct {
	Found  string `form:"found"`
	Path   string `form:"path" validate:"required_without=Found" label:"welcome.open_path"`
	Person string `form:"person" validate:"required,max=200" label:"welcome.person"`
}

// foundFile is a file of ours in one of the usual folders.
type foundFile struct{ Path, Name, Folder string }

func showOpenFile(v *web.Request) error {
	return v.Render("welcome_open", buildOpenFilePage(v, openFileForm{Person: v.Server.UsualPerson()}, parts.FieldErrors{}))
}

func buildOpenFilePage(v *web.Request, f openFileForm, faults parts.FieldErrors) openFilePage {
	page := openFilePage{Page: v.Page(urls.NoSection, v.T("welcome.open_title")), Form: f, Faults: faults, Back: urls.WelcomePath}
	listed := map[string]bool{}
	if v.Open != nil {
		page.Back = urls.FilePath
		listed[v.OpenedFile().Path()] = true
	}
	for _, r := range db.RecentFiles(v.Server.Config.StateDir) {
		if len(page.Recent) < maxRecent && !listed[r.Path] {
			listed[r.Path] = true
			page.Recent = append(page.Recent, foundFile{Path: r.Path, Name: db.NameOf(r.Path), Folder: filepath.Base(filepath.Dir(r.Path))})
		}
	}
	for _, f := range foundFiles(v.Server.Config.Folders) {
		if !listed[f.Path] {
			page.Found = append(page.Found, f)
		}
	}
	return page
}

const maxRecent = 8

func openFile(v *web.Request) error {
	var f openFileForm
	err := v.Read(&f)
	if err == nil {
		f.Path = cmp.Or(f.Found, strings.Trim(f.Path, `"`)) // Windows copies a path in quotes
		if joinInstead(v, f.Path) {
			return v.RedirectTo(joinLink(f.Path))
		}
		var file *db.File
		if file, err = v.Server.Config.OpenFile(f.Path, f.Person); err == nil {
			return switchTo(v, file, f.Person, "/")
		}
		return notOpened(v, f, err)
	}
	return rejectOpenFile(v, f, err)
}

// notOpened says why a file cannot be opened, and what can be done.
func notOpened(v *web.Request, f openFileForm, why error) error {
	if kind := process.KindOf(why); kind == process.Damaged || kind == process.NotFound {
		if shown, err := showDamaged(v, f.Path, f.Person); shown || err != nil {
			return err
		}
	}
	return rejectOpenFile(v, f, onField("path", why))
}

func rejectOpenFile(v *web.Request, f openFileForm, err error) error {
	if faults, mine := v.FormErrors(err); mine {
		return v.Reject(faults, "welcome_open", buildOpenFilePage(v, f, faults))
	}
	return err
}

// foundFiles lists what lies in the usual folders. A folder that cannot be read has nothing in it.
func foundFiles(folders []string) []foundFile {
	var found []foundFile
	for _, folder := range folders {
		if db.Answers(filepath.Join(folder, fileEnding)) != nil {
			continue
		}
		entries, err := os.ReadDir(folder)
		if err != nil {
			continue
		}
		for _, e := range entries {
			if ending := filepath.Ext(e.Name()); !e.IsDir() && (strings.EqualFold(ending, fileEnding) || strings.EqualFold(ending, db.InvitationEnding)) {
				found = append(found, foundFile{Path: filepath.Join(folder, e.Name()), Name: e.Name(), Folder: filepath.Base(folder)})
			}
		}
	}
	return found
}
