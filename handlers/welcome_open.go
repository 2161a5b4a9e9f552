package handlers

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"

	"milstolpe/db"
	"milstolpe/process"
)

// missedFile is the file that the program was to begin with and could not open.
type missedFile struct {
	path string
	why  error
}

// Missed makes the first page say why the file to begin with could not be opened, and what can be done.
func (s *Server) Missed(path string, why error) { s.missed.Store(&missedFile{path, why}) }

func showMissed(v *visit) error {
	m := v.server.missed.Load()
	if m == nil || v.open != nil {
		return v.goTo("/")
	}
	return v.notOpened(openFileForm{Path: m.path, Person: v.server.config.Person}, m.why)
}

type openFilePage struct {
	Page
	Form   openFileForm
	Faults Faults
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

func showOpenFile(v *visit) error {
	return v.show("welcome_open", v.openFilePage(openFileForm{Person: v.server.config.Person}, Faults{}))
}

func (v *visit) openFilePage(f openFileForm, faults Faults) openFilePage {
	page := openFilePage{Page: v.page(NoSection, v.t("welcome.open_title")), Form: f, Faults: faults, Back: welcomePath}
	listed := map[string]bool{}
	if v.open != nil {
		page.Back = filePath
		listed[v.file().Path()] = true
	}
	for _, r := range db.RecentFiles(v.server.config.StateDir) {
		if len(page.Recent) < mostRecent && !listed[r.Path] {
			listed[r.Path] = true
			page.Recent = append(page.Recent, foundFile{Path: r.Path, Name: filepath.Base(r.Path), Folder: filepath.Base(filepath.Dir(r.Path))})
		}
	}
	for _, f := range foundFiles(v.server.config.Folders) {
		if !listed[f.Path] {
			page.Found = append(page.Found, f)
		}
	}
	return page
}

const mostRecent = 8

func openFile(v *visit) error {
	var f openFileForm
	err := v.read(&f)
	if err == nil {
		f.Path = cmp.Or(f.Found, strings.Trim(f.Path, `"`)) // Windows copies a path in quotes
		var file *db.Working
		if file, err = v.server.config.OpenFile(f.Path, f.Person); err == nil {
			return v.switchTo(file, f.Person, "/")
		}
		return v.notOpened(f, err)
	}
	return v.openFileAgain(f, err)
}

// notOpened says why a file cannot be opened, and what can be done.
func (v *visit) notOpened(f openFileForm, why error) error {
	if kind := process.KindOf(why); kind == process.Damaged || kind == process.NotFound {
		if shown, err := v.showDamaged(f.Path, f.Person); shown || err != nil {
			return err
		}
	}
	return v.openFileAgain(f, onField("path", why))
}

func (v *visit) openFileAgain(f openFileForm, err error) error {
	if faults, mine := v.faults(err); mine {
		return v.again(faults, "welcome_open", v.openFilePage(f, faults))
	}
	return err
}

// foundFiles lists what lies in the usual folders. A folder that cannot be read has nothing in it.
func foundFiles(folders []string) []foundFile {
	var found []foundFile
	for _, folder := range folders {
		entries, err := os.ReadDir(folder)
		if err != nil {
			continue
		}
		for _, e := range entries {
			if !e.IsDir() && strings.EqualFold(filepath.Ext(e.Name()), fileEnding) {
				found = append(found, foundFile{Path: filepath.Join(folder, e.Name()), Name: e.Name(), Folder: filepath.Base(folder)})
			}
		}
	}
	return found
}
