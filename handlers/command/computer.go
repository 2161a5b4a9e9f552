package command

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"time"

	"github.com/adrg/xdg"
	"golang.org/x/term"

	"milstolpe/db"
	"milstolpe/handlers/web"
	"milstolpe/process/sales"
)

// folderName is what our folder is called in the places where the systems want such folders.
const folderName = "milstolpe"

// StateDir is the private folder of this user: working copies, backups, logs. A portable program has it beside itself.
func StateDir(portable bool) (string, error) {
	if portable {
		self, err := os.Executable()
		if err != nil {
			return "", fmt.Errorf("find the program itself: %w", err)
		}
		return filepath.Join(filepath.Dir(self), "milstolpe-data"), nil
	}
	if xdg.StateHome == "" {
		return "", errors.New("find the folder for private data: this user has no home folder")
	}
	return filepath.Join(xdg.StateHome, folderName), nil
}

// Computer is this computer's name, for "changed by Anna on annas-laptop".
func Computer() string {
	name, _ := os.Hostname() // a computer without a name is no reason to stop
	return name
}

// Person is who uses this computer: what they called themselves here, else what the system calls them.
func Person(stateDir string) string {
	if name := readPreferences(stateDir).Person; name != "" {
		return name
	}
	who, err := user.Current()
	if err != nil {
		return ""
	}
	if name, _, _ := strings.Cut(who.Name, ","); name != "" { // some systems keep room and telephone behind the name
		return name
	}
	return who.Username
}

// IsTerminal tells whether a person watches what is written there.
func IsTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// preferences are what the program remembers of this user between two runs. Losing them does no harm.
type preferences struct {
	File   string `json:"file,omitempty"`   // the last one
	Person string `json:"person,omitempty"` // what they call themselves

	People map[string]web.Who `json:"people,omitempty"` // who they are, by the dataset of the team

	IdleHours *int `json:"idle_hours,omitempty"` // stop after so long without a request; 0 for never; absent for the usual
}

const habitsFile = "last.json"

// idle is after how long without a request the program stops by itself.
func (h preferences) idle() time.Duration {
	if h.IdleHours == nil {
		return usualIdle
	}
	return time.Duration(*h.IdleHours) * time.Hour
}

func readPreferences(stateDir string) (h preferences) {
	text, err := os.ReadFile(filepath.Join(stateDir, habitsFile))
	if err != nil || json.Unmarshal(text, &h) != nil {
		return preferences{}
	}
	return h
}

func writePreferences(stateDir string, h preferences) error {
	text, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(stateDir, 0o700); err != nil {
		return err
	}
	return db.ReplaceFile(filepath.Join(stateDir, habitsFile), text)
}

// keepPerson remembers for the next time who uses this computer in a team. The example is nobody's team.
func (s *session) keepPerson(file *db.File, who web.Who) error {
	if s.throwsAway(filepath.Dir(file.Path())) {
		return nil
	}
	h := readPreferences(s.StateDir)
	h.Person = who.Name
	if h.People == nil {
		h.People = map[string]web.Who{}
	}
	h.People[file.Dataset()] = who
	return writePreferences(s.StateDir, h)
}

// knownPerson is who uses this computer in a team. In the example it does not matter.
func (s *session) knownPerson(file *db.File) (web.Who, bool) {
	if s.throwsAway(filepath.Dir(file.Path())) {
		return web.Who{}, true
	}
	who, ok := readPreferences(s.StateDir).People[file.Dataset()]
	return who, ok
}

// usualPerson is what the person who uses this computer called themselves last.
func (s *session) usualPerson() string { return cmp.Or(readPreferences(s.StateDir).Person, s.Person) }

// keepIdle remembers for the next time after how many hours without a request the program stops.
func (s *session) keepIdle(hours int) error {
	h := readPreferences(s.StateDir)
	h.IdleHours = &hours
	return writePreferences(s.StateDir, h)
}

// recordAsKnown makes a file be recorded in by whom this computer is known to be in its team, where it is.
func (p *Program) recordAsKnown(w *db.File) error {
	who := readPreferences(p.StateDir).People[w.Dataset()]
	if who.Name == "" {
		return nil
	}
	err := w.View(func(team *sales.Team) error {
		who.ID, who.Name = who.In(team)
		return nil
	})
	if err != nil {
		return err
	}
	return w.SetPerson(who.Name, who.ID)
}
