package web

import (
	"cmp"
	"sync"
	"time"

	"milstolpe/db"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// openFile is the file that pages are about.
type openFile struct {
	file   *db.File
	who    Who  // uses this computer; guarded by mu
	askWho bool // it is not known who of the team that is; guarded by mu
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
	person   string           // who uses this computer, as they are called today
	me       process.PersonID // the same person; empty where the team does not know them
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
			o.last.me, o.last.person = o.who.In(team)
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
		next = s.openedBy(file, person)
		s.FailedOpen.Store(nil)
	}
	if last := s.current.Swap(next); last != nil {
		return last.file
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

// Who is the person who uses this computer: one of the team, or a name that the team does not know yet. It is kept with the computer, one
// for each team.
type Who struct {
	ID   process.PersonID `json:"id,omitempty"`
	Name string           `json:"name"`
}

// In is who that is in a team today, who may have been renamed since, or be known under two names.
func (w Who) In(team *sales.Team) (process.PersonID, string) {
	id := team.Roster().Canonical(w.ID)
	if team.Person(id) == "" {
		id, _ = team.PersonByName(w.Name)
	}
	return id, cmp.Or(team.Person(id), w.Name)
}

// Company is what the team is called; empty where it has not said.
func (b fileInfo) Company() string { return b.company }

// Person is what the person who uses this computer is called today.
func (b fileInfo) Person() string { return b.person }

// AskWho tells that it is not known who of the team uses this computer.
func (o *openFile) AskWho() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.askWho
}

// setWho makes pages be about what somebody else sees.
func (o *openFile) setWho(who Who) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.who, o.askWho, o.seen = who, false, false
}

// Me is the person who uses this computer; empty where the team does not know them.
func (b fileInfo) Me() process.PersonID { return b.me }

// openedBy is a file with the person who was kept for its team. Where none was, somebody of the team with the name is taken to be meant;
// where the team knows nobody of that name the pages ask, before they go by what the computer calls its user.
func (s *Server) openedBy(file *db.File, person string) *openFile {
	o := &openFile{file: file, who: Who{Name: person}}
	if s.Config.KnownPerson == nil {
		return o
	}
	kept, known := s.Config.KnownPerson(file)
	if known && kept.Name == "" {
		return o
	}
	var anybody bool
	_ = file.View(func(team *sales.Team) error { // it answers nil
		if known {
			o.who = kept
		}
		o.who.ID, o.who.Name = o.who.In(team)
		anybody = len(team.People()) > 0
		return nil
	})
	switch {
	case known:
		s.record(file, o.who)
	case o.who.ID != "":
		s.record(file, o.who)
		s.keep(file, o.who)
	default:
		o.askWho = anybody && file.ReadOnly() == nil
	}
	return o
}

// SetWho makes somebody else record in the open file from now on, and remembers them for the next time. The file stays open.
func (s *Server) SetWho(file *db.File, who Who) error {
	if err := file.SetPerson(who.Name, who.ID); err != nil {
		return err
	}
	if last := s.current.Load(); last != nil && last.file == file {
		last.setWho(who)
	}
	s.keep(file, who)
	return nil
}

// record makes the file say who records. One that is only read needs nobody.
func (s *Server) record(file *db.File, who Who) {
	if err := file.SetPerson(who.Name, who.ID); err != nil && file.ReadOnly() == nil {
		s.Config.Log.Warn("say who records", "error", err)
	}
}

func (s *Server) keep(file *db.File, who Who) {
	if s.Config.KeepPerson == nil {
		return
	}
	if err := s.Config.KeepPerson(file, who); err != nil {
		s.Config.Log.Warn("remember the person for the next time", "error", err)
	}
}

// UsualPerson is what the person who uses this computer calls themselves, for a file where nothing else is known.
func (s *Server) UsualPerson() string {
	if s.Config.UsualPerson != nil {
		return s.Config.UsualPerson()
	}
	return s.Config.Person
}
