package command

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"milstolpe/db"
)

// preferences are what the program remembers of this user between two runs. Losing them does no harm.
type preferences struct {
	File   string `json:"file,omitempty"`   // the last one
	Person string `json:"person,omitempty"` // what they call themselves

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

func writeHabits(stateDir string, h preferences) error {
	text, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(stateDir, 0o700); err != nil {
		return err
	}
	return db.ReplaceFile(filepath.Join(stateDir, habitsFile), text)
}
