package db

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"milstolpe/process/sales"
)

// Apart adds up once more everything that is recorded, for work that takes long: nobody who records waits for it, and what it answers with
// is the caller's own.
func (w *File) Apart() (*sales.Team, error) {
	w.stateMu.RLock()
	leftOut := w.leftOut
	w.stateMu.RUnlock()
	fold := newFolder()
	fold.leaveOut = leftOut
	err := w.Records(func(r Record) error {
		fold.add(r.ID[:], EncodeRecord(r))
		return nil
	})
	team, _, bad := fold.finish()
	return team, errors.Join(append(bad, err)...)
}

// ReplaceShared writes a file that others read, in place of the one at the path if there is one: a reader sees the old one or the new, never
// a part. It waits a while for a program that has the old one open. What goes wrong is a sentence for the person.
func ReplaceShared(ctx context.Context, path string, write func(io.Writer) error) error {
	dir, prefix := filepath.Dir(path), ".~"+filepath.Base(path)+"."
	removeLeft(dir, prefix)
	f, err := os.CreateTemp(dir, prefix+"*.tmp")
	if err != nil {
		return writeError(path, err)
	}
	err = write(f)
	if err == nil {
		err = errors.Join(f.Chmod(0o644), f.Sync())
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = unlessInUse(ctx, path, func() error { return os.Rename(f.Name(), path) })
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return writeError(path, err)
	}
	_ = syncFolder(dir) // it is there; whether it outlasts a power cut is the disk's affair
	return nil
}

// removeLeft removes what a program that died while it wrote such a file has left behind.
func removeLeft(dir, prefix string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if !isTemp(e.Name()) || !strings.HasPrefix(e.Name(), prefix) {
			continue
		}
		if info, err := e.Info(); err == nil && info.Mode()&fs.ModeType == 0 && time.Since(info.ModTime()) > staleAfter { //nolint:forbidigo // as old as the file system says
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}
