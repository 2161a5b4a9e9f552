package db

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"milstolpe/process"
)

// A shared file that is not where it was has been renamed, moved or deleted, or its folder is away. Nobody here knows which of these it
// is. If it were written anew by itself, a team would have two files after each renaming and see each other's work in neither. So what is
// recorded waits in the working copy until the file is there again, or until somebody says where to go on.

// goneFrom says that the file is not where it was.
func goneFrom(path string, cause error) error {
	return &process.Error{Kind: process.NotFound, Msg: "file.gone_from", Args: []any{path}, Err: cause}
}

// takeInNone decides what a file that cannot be found means. The caller holds publishMu.
func (w *File) takeInNone(cause error) error {
	if _, err := os.Stat(filepath.Dir(w.path)); err != nil {
		return &process.Error{Kind: process.NotFound, Msg: "file.folder_away", Args: []any{w.path}, Err: err}
	}
	if !w.putsBack {
		return goneFrom(w.path, cause)
	}
	return w.remember(fileStamp{}, Manifest{}, newTally()) // a file without events: it is written again
}

// PutBack writes the shared file anew where it was, because somebody has decided that it is gone. One that is there is left alone.
func (w *File) PutBack(ctx context.Context) error {
	if w.detached() {
		return w.ReadOnly()
	}
	err := w.atPlace(func() error {
		w.putsBack = true
		defer func() { w.putsBack = false }()
		return w.place.push(ctx, true)
	})
	w.setProblem(err)
	return err
}

// Gone tells that the shared file was not where it ought to be when it was last looked for.
func (s State) Gone() bool { return !s.Server && process.KindOf(s.Problem) == process.NotFound }

// isGone tells that there is no file of that name, as far as can be seen.
func isGone(path string) bool {
	if Answers(path) != nil {
		return false
	}
	_, err := os.Lstat(path)
	return errors.Is(err, fs.ErrNotExist)
}

// cameBack tells that the shared file is there again after it was gone.
func (w *File) cameBack() bool {
	if !w.State().Gone() || Answers(w.path) != nil {
		return false
	}
	_, err := os.Stat(w.path)
	return err == nil
}

// OpenOwn opens this computer's own copy of a file that is not there, or cannot be reached, and goes on as soon as it can be. The file is
// not made anew meanwhile.
func OpenOwn(path string, o Options) (*File, error) {
	return openLatestCopy(path, o, func(w *File) error {
		if err := w.Pull(context.Background()); process.KindOf(err) == process.Damaged {
			return err
		}
		return nil
	})
}

// MoveTo moves the shared file to another folder, or under another name: everything is written there and verified, the working copy with
// all that is private to it belongs there from then on, and the old file goes to the backups. The File is closed then; what it returns is
// the path to open. When it fails, everything is as it was.
func (w *File) MoveTo(ctx context.Context, to string) (path string, err error) {
	if err := w.ReadOnly(); err != nil {
		return "", err
	}
	if IsServer(w.path) || w.MovedTo() != "" {
		return "", process.Wrong("", "move.server")
	}
	if path, err = w.newPlace(to); err != nil {
		return "", err
	}
	if err := w.Publish(ctx); err != nil && !w.State().Gone() { // what others have put there comes along
		return "", err
	}
	w.setLimit(&process.Error{Kind: process.Busy, Msg: "move.now"})
	if err := w.moveFile(ctx, path); err != nil {
		w.setLimit(nil)
		return "", err
	}
	return path, w.goTo(path)
}

// newPlace is where the file goes: a folder, or a new name in one.
func (w *File) newPlace(to string) (string, error) {
	path, err := absolute(to)
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, filepath.Base(w.path))
	}
	if path == w.path {
		return "", &process.Error{Kind: process.Invalid, Msg: "move.same", Args: []any{path}}
	}
	if _, err := os.Lstat(path); err == nil {
		return "", &process.Error{Kind: process.Invalid, Msg: "file.exists", Args: []any{path}}
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return "", &process.Error{Kind: process.NotFound, Msg: "file.no_folder", Args: []any{path}, Err: err}
	}
	return path, nil
}

// moveFile writes the file at its new place and takes the old one away, unless somebody has written that meanwhile.
func (w *File) moveFile(ctx context.Context, path string) error {
	if err := Answers(w.path); err != nil { // what lies there could not be taken away
		return err
	}
	w.publishMu.Lock()
	defer w.publishMu.Unlock()
	if err := w.SaveCopy(ctx, path); err != nil {
		return err
	}
	w.stateMu.RLock()
	seen := w.state.Seen
	w.stateMu.RUnlock()
	if _, err := os.Stat(w.path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	err := w.takeAway(w.path, seen)
	if err != nil {
		err = errors.Join(err, os.Remove(path))
	}
	return err
}

// Follow goes on with the same file at another place, where somebody has renamed or moved it to. The File is closed then, and what waits
// here comes along when it is opened there.
func (w *File) Follow(to string) (path string, err error) {
	if err := w.ReadOnly(); err != nil {
		return "", err
	}
	if path, err = absolute(to); err != nil {
		return "", err
	}
	if path == w.path {
		return "", &process.Error{Kind: process.Invalid, Msg: "move.same", Args: []any{path}}
	}
	m, err := peekManifest(path)
	if err != nil {
		return "", statError(path, err)
	}
	if m.Dataset != w.dataset {
		return "", &process.Error{Kind: process.Conflict, Msg: "file.other_dataset", Args: []any{path}}
	}
	return path, w.goTo(path)
}

// goTo lets the file go without publishing, and makes its working copy belong to another path. Where there is one of that path already,
// both stay, and what the old one holds beyond its file is offered there. Of several who ask at once the first goes.
func (w *File) goTo(path string) error {
	first := false
	w.closing.Do(func() { first = true })
	if !first {
		return &process.Error{Kind: process.Busy, Msg: "file.closed"}
	}
	w.sync.stop()
	w.writeMu.Lock()
	defer w.writeMu.Unlock()
	w.highWater.close()
	w.stateMu.Lock()
	w.readOnlyErr = &process.Error{Kind: process.Busy, Msg: "file.closed"}
	w.stateMu.Unlock()
	if err := w.store.close(); err != nil {
		return err
	}
	return w.copyDir.rehome(homeFor(w.options.StateDir, path, w.dataset), copyInfo{Dataset: w.dataset, Path: path})
}

// rehome makes a working copy that nobody has open belong to another path. That it knows nothing of the file there is said first: whatever
// stops half-way, the file is read whole the next time.
func (h copyDir) rehome(to copyDir, a copyInfo) error {
	if to.filled() {
		return nil
	}
	s, err := openStore(h.database(), false)
	if err != nil {
		return err
	}
	err = s.forget(a)
	if err = errors.Join(err, s.close()); err != nil {
		return writeError(h.database(), err)
	}
	_ = os.RemoveAll(to.dir) // what is left of one that was never filled
	if err := h.make(a); err != nil {
		return err
	}
	if err := os.Rename(h.reach(), to.dir+reachSuffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return writeError(to.dir, err)
	}
	return writeError(to.dir, os.Rename(h.dir, to.dir))
}
