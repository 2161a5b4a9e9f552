package web

import (
	"sync"
	"time"

	"milstolpe/db"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// openFile is the file that pages are about.
type openFile struct {
	file   *db.File
	Person string // who uses this computer
	models modelCache
	Slots  sync.Map // what screens keep with the file, by a name of their own
	undos  undos
	kept   pageCache

	mu   sync.Mutex
	last fileInfo
	seen bool
}

// fileInfo is what every page needs of the team, read once for each change of it.
type fileInfo struct {
	revision uint64
	company  string
	Currency string
	Location *time.Location
	Calendar process.Calendar
	state    db.State
}

func (o *openFile) info() fileInfo {
	o.mu.Lock()
	defer o.mu.Unlock()
	revision := o.file.Revision()
	if !o.seen || o.last.revision != revision {
		// View cannot fail: what it calls answers nil.
		_ = o.file.View(func(team *sales.Team) error {
			o.last = fileInfo{
				revision: revision, company: team.Company(), Currency: team.Currency(), Location: team.Location(), Calendar: team.Calendar(),
			}
			return nil
		})
		o.seen = true
	}
	b := o.last
	b.state = o.file.State()
	return b
}

// Use makes pages be about another file, and hands back the one before, if there was one, for the caller to close. Nil means none.
func (s *Server) Use(file *db.File, person string) (before *db.File) {
	var next *openFile
	if file != nil {
		next = &openFile{file: file, Person: person}
		s.FailedOpen.Store(nil)
	}
	if last := s.current.Swap(next); last != nil {
		return last.file
	}
	return nil
}

// SetPerson makes somebody else record in the open file from now on, and remembers them for the next time. The file stays open.
func (s *Server) SetPerson(file *db.File, person string) error {
	if err := file.SetPerson(person); err != nil {
		return err
	}
	if last := s.current.Load(); last != nil && last.file == file {
		s.current.CompareAndSwap(last, &openFile{file: file, Person: person})
	}
	if s.Config.KeepPerson == nil {
		return nil
	}
	if err := s.Config.KeepPerson(person); err != nil {
		s.Config.Log.Warn("remember the person for the next time", "error", err)
	}
	return nil
}

// failedOpen is the file that the program was to begin with and could not open.
type failedOpen struct {
	Path string
	Why  error
}

// ReportOpenFailure makes the first page say why the file to begin with could not be opened, and what can be done.
func (s *Server) ReportOpenFailure(path string, why error) {
	s.FailedOpen.Store(&failedOpen{path, why})
}
