package web

import (
	"sync"
	"time"

	"milstolpe/db"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// opened is the file that pages are about.
type opened struct {
	file   *db.Working
	Person string // who uses this computer
	models modelCache
	Slots  sync.Map // what screens keep with the file, by a name of their own
	undos  undos
	kept   keptPages

	mu   sync.Mutex
	last brief
	seen bool
}

// brief is what every page needs of the team, read once for each change of it.
type brief struct {
	revision uint64
	company  string
	Currency string
	Location *time.Location
	Calendar process.Calendar
	state    db.State
}

func (o *opened) brief() brief {
	o.mu.Lock()
	defer o.mu.Unlock()
	revision := o.file.Revision()
	if !o.seen || o.last.revision != revision {
		// View cannot fail: what it calls answers nil.
		_ = o.file.View(func(team *sales.Team) error {
			o.last = brief{
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
func (s *Server) Use(file *db.Working, person string) (before *db.Working) {
	var next *opened
	if file != nil {
		next = &opened{file: file, Person: person}
		s.MissedRaw.Store(nil)
	}
	if last := s.current.Swap(next); last != nil {
		return last.file
	}
	return nil
}

// missedFile is the file that the program was to begin with and could not open.
type missedFile struct {
	Path string
	Why  error
}

// Missed makes the first page say why the file to begin with could not be opened, and what can be done.
func (s *Server) Missed(path string, why error) { s.MissedRaw.Store(&missedFile{path, why}) }
