package command

import (
	"log/slog"
	"os"
	"path/filepath"
)

// The program log is for whoever helps when something went wrong. It lies in the state folder, because a program that is started from
// an icon has no terminal, and the one before is kept.
const (
	logFile  = "milstolpe.log"
	mostLog  = 2 << 20
	olderLog = ".1"
)

// openLog opens the program log for writing. Where there is none to be had nothing is logged.
func openLog(stateDir string) (*slog.Logger, func()) {
	none := slog.New(slog.DiscardHandler)
	if os.MkdirAll(stateDir, 0o700) != nil {
		return none, func() {}
	}
	path := filepath.Join(stateDir, logFile)
	if info, err := os.Stat(path); err == nil && info.Size() > mostLog {
		_ = os.Rename(path, path+olderLog)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return none, func() {}
	}
	return slog.New(slog.NewTextHandler(f, nil)), func() { _ = f.Close() }
}
