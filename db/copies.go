package db

import (
	"context"
	"os"
	"path/filepath"
	"strings"
)

// seenCopies are the second copies beside the file as they were last looked at, so that nothing is read again that has not changed.
type seenCopies struct {
	stamps   map[string]fileStamp // by path, of files that have a name like ours
	revision uint64               // of the team
	gone     bool                 // whether the file itself was there
	list     []Incoming
}

// SecondCopies are the copies of this file that lay beside it when the folder was last looked at, each with what merging it would bring.
// Unlike Conflicts it waits for no folder, and knows only copies whose name is like that of the file, as sync programs give it.
func (w *File) SecondCopies() []Incoming {
	w.stateMu.RLock()
	defer w.stateMu.RUnlock()
	return w.copies.list
}

// lookForCopies looks beside the file. It reads a copy only when there is another one, or when the team has changed.
func (w *File) lookForCopies(ctx context.Context) error {
	if w.readOnly() || IsServer(w.path) {
		return nil
	}
	if err := Answers(w.path); err != nil {
		return err
	}
	stamps, err := w.likeOurs()
	if err != nil {
		return err
	}
	w.stateMu.RLock()
	last := w.copies
	w.stateMu.RUnlock()
	now := seenCopies{stamps: stamps, revision: w.Revision(), gone: isGone(w.path)}
	if last.gone == now.gone && sameStamps(last.stamps, stamps) && (last.revision == now.revision || len(last.list) == 0) {
		return nil
	}
	if len(stamps) > 0 {
		if now.list, err = w.Conflicts(ctx); err != nil {
			return err
		}
	}
	w.stateMu.Lock()
	defer w.stateMu.Unlock()
	w.copies = now
	return nil
}

// likeOurs finds the other files in the folder whose name begins or ends as ours.
func (w *File) likeOurs() (map[string]fileStamp, error) {
	dir, ending := filepath.Dir(w.path), filepath.Ext(w.path)
	stem := strings.TrimSuffix(filepath.Base(w.path), ending)
	stamps := map[string]fileStamp{}
	err := within(folderFor, dir, func() error {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return statError(dir, err)
		}
		for _, e := range entries {
			path := filepath.Join(dir, e.Name())
			alike := strings.HasPrefix(e.Name(), stem) || strings.EqualFold(filepath.Ext(e.Name()), ending)
			if path == w.path || !alike || isTemp(e.Name()) || !e.Type().IsRegular() {
				continue
			}
			if info, err := e.Info(); err == nil {
				stamps[path] = sight(info)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return stamps, nil
}

func sameStamps(a, b map[string]fileStamp) bool {
	if len(a) != len(b) {
		return false
	}
	for path, s := range b {
		have, ok := a[path]
		if !ok || !have.same(s) {
			return false
		}
	}
	return true
}
