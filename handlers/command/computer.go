package command

import (
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"strings"
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
	home, err := os.UserHomeDir()
	dir := stateDirOn(runtime.GOOS, os.Getenv, home)
	if dir == "" {
		return "", fmt.Errorf("find the folder for private data: %w", err)
	}
	return dir, nil
}

// stateDirOn is the place that each system has for it; empty when there is none.
func stateDirOn(system string, getenv func(string) string, home string) string {
	switch {
	case system == "windows" && getenv("LocalAppData") != "":
		return filepath.Join(getenv("LocalAppData"), folderName)
	case filepath.IsAbs(getenv("XDG_STATE_HOME")):
		return filepath.Join(getenv("XDG_STATE_HOME"), folderName)
	case home == "":
		return ""
	case system == "darwin":
		return filepath.Join(home, "Library", "Application Support", folderName)
	case system == "windows":
		return filepath.Join(home, "AppData", "Local", folderName)
	}
	return filepath.Join(home, ".local", "state", folderName)
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
func IsTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
