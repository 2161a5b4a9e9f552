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

	"milstolpe/process"
)

// Others put their versions of the shared file where ours goes, at any moment: sync programs, people, other computers. So a version that
// nobody has read is never overwritten: the two files change places in one step, and if what comes back is not what we took in, they
// change back.

var (
	errChangedMeanwhile = errors.New("the shared file changed meanwhile")
	errNoExchange       = errors.New("files cannot change places here")
)

// replaceUnchanged puts a file in the place of the shared one, unless that is another one by now than the one that we took in.
func (w *File) replaceUnchanged(ctx context.Context) func(temp, path string) error {
	w.stateMu.RLock()
	seen := w.state.Seen
	w.stateMu.RUnlock()
	return func(temp, path string) error {
		there, err := stampOf(path)
		w.options.at("looked")
		switch {
		case errors.Is(err, fs.ErrNotExist) && seen.same(fileStamp{}):
			return placeWhereNoneWas(temp, path)
		case errors.Is(err, fs.ErrNotExist): // renamed, moved or deleted in this very moment
			return errChangedMeanwhile
		case err == nil && !there.same(seen):
			return errChangedMeanwhile
		}
		return w.changePlaces(ctx, temp, path, seen)
	}
}

func stampOf(path string) (fileStamp, error) {
	info, err := os.Stat(path)
	if err != nil {
		return fileStamp{}, err
	}
	return sight(info), nil
}

func placeWhereNoneWas(temp, path string) error {
	err := PlaceNew(temp, path)
	if errors.Is(err, fs.ErrExist) || process.KindOf(err) == process.Invalid {
		return errChangedMeanwhile
	}
	return err
}

// changePlaces puts temp at path and what was there at temp. seen is what ought to have been there.
func (w *File) changePlaces(ctx context.Context, temp, path string, seen fileStamp) error {
	ours, err := stampOf(temp)
	if err != nil {
		return err
	}
	err = unlessInUse(ctx, path, func() error { return exchange(temp, path) })
	switch {
	case errors.Is(err, errNoExchange):
		return w.replaceKeeping(ctx, temp, path, seen)
	case errors.Is(err, fs.ErrNotExist):
		return errChangedMeanwhile
	case err != nil:
		return err
	}
	w.options.at("exchanged")
	out, err := stampOf(temp)
	if err != nil || out.same(seen) {
		return err
	}
	if err := exchange(temp, path); err != nil {
		return errors.Join(err, keepBeside(temp, path))
	}
	if back, err := stampOf(temp); err != nil || back.same(ours) {
		return errors.Join(err, errChangedMeanwhile)
	}
	// One more has come between the two steps. Whoever wrote it believes that it is there, so it goes out again with ours.
	in, _, err := w.mergeFile(ctx, temp, false)
	if err != nil {
		return errors.Join(keepBeside(temp, path), errChangedMeanwhile)
	}
	w.tell(in)
	return errChangedMeanwhile
}

// replaceKeeping is for file systems where files cannot change places: the old file keeps a second name until it is certain that it is
// the one that we took in. Between that look and the rename lies less than a thousandth of a second, but not nothing.
func (w *File) replaceKeeping(ctx context.Context, temp, path string, seen fileStamp) error {
	old := strings.TrimSuffix(temp, ".tmp") + ".old.tmp"
	if err := os.Link(path, old); err == nil {
		defer func() { _ = os.Remove(old) }()
		there, err := stampOf(old)
		if err != nil {
			return err
		}
		if !there.same(seen) {
			return errChangedMeanwhile
		}
	}
	if there, err := stampOf(path); err == nil && !there.same(seen) {
		return errChangedMeanwhile
	}
	return unlessInUse(ctx, path, func() error { return os.Rename(temp, path) })
}

// keepBeside gives a file that somebody else has put there a name beside the shared one, where it is offered as a second copy.
func keepBeside(temp, path string) error {
	ext := filepath.Ext(path)
	tag := strings.TrimSuffix(filepath.Base(temp), ".tmp")
	tag = tag[strings.LastIndexByte(tag, '.')+1:]
	return PlaceNew(temp, strings.TrimSuffix(path, ext)+"-"+tag+ext)
}

// renameFor is how long a refused rename is tried again, because another program is reading the file.
const renameFor = 10 * time.Second

// unlessInUse tries again for a while when another program has the file at path open, and says so in the end.
func unlessInUse(ctx context.Context, path string, rename func() error) error {
	ctx, cancel := context.WithTimeout(ctx, renameFor)
	defer cancel()
	for {
		err := rename()
		if err == nil || !inUse(err) || writeProtected(path) {
			return err
		}
		if pause(ctx, 200*time.Millisecond) != nil {
			return &process.Error{Kind: process.Busy, Msg: "file.in_use", Args: []any{path}, Err: err}
		}
	}
}

// writeProtected tells that nobody may write a file. Windows refuses to replace it with the same error as one that somebody reads.
func writeProtected(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().Perm()&0o222 == 0
}

// PlaceNew gives a new file its name, and refuses a name that is taken.
func PlaceNew(temp, path string) error {
	err := os.Link(temp, path)
	if err == nil {
		_ = os.Remove(temp) // it is done even if a scanner holds on to the other name for a moment
		return nil
	}
	if _, lerr := os.Lstat(path); errors.Is(err, fs.ErrExist) || lerr == nil {
		return &process.Error{Kind: process.Invalid, Msg: "file.exists", Args: []any{path}, Err: err}
	}
	return os.Rename(temp, path) // this file system has no links
}

// ReplaceShared writes a file that others read, in place of the one at the path if there is one: a reader sees the old one or the new, never
// a part. It waits a while for a program that has the old one open. What goes wrong is a sentence for the person.
func ReplaceShared(ctx context.Context, path string, write func(io.Writer) error) error {
	if err := Answers(path); err != nil {
		return err
	}
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
