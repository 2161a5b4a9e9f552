package db

import (
	"context"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"milstolpe/process"
)

// Conflicts finds second copies of this file: siblings in its folder with the same dataset, whatever a sync program or a person has
// called them, each with what merging it would bring. A copy that cannot be read whole is left out; the log says so.
func (w *File) Conflicts(ctx context.Context) ([]Incoming, error) {
	if w.readOnly() || IsServer(w.path) {
		return nil, nil
	}
	if err := Answers(w.path); err != nil {
		return nil, err
	}
	if isGone(w.path) { // what lies beside one that is gone may be the file itself, under another name
		return nil, nil
	}
	entries, err := os.ReadDir(filepath.Dir(w.path))
	if err != nil {
		return nil, statError(filepath.Dir(w.path), err)
	}
	var list []Incoming
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		path := filepath.Join(filepath.Dir(w.path), e.Name())
		if path == w.path || !w.isSibling(path, e) {
			continue
		}
		in, err := w.PreviewMerge(ctx, path)
		if err != nil {
			w.options.Log.Warn("look at a second copy", "path", path, "error", err)
			continue
		}
		list = append(list, in)
	}
	slices.SortFunc(list, func(a, b Incoming) int { return strings.Compare(a.From, b.From) })
	return list, nil
}

// isSibling tells whether a file in the folder is a copy of ours, reading as little of it as possible.
func (w *File) isSibling(path string, e fs.DirEntry) bool {
	if !e.Type().IsRegular() || isTemp(e.Name()) || !looksLikeDatabase(path) {
		return false
	}
	m, err := peekManifest(path)
	return err == nil && m.Dataset == w.dataset
}

// IsSecondCopy tells whether a file lies beside ours and is a copy of it, as sync programs make them: merged, it is in the way.
func (w *File) IsSecondCopy(path string) (bool, error) {
	path, err := absolute(path)
	if err != nil || path == w.path || filepath.Dir(path) != filepath.Dir(w.path) {
		return false, err
	}
	stem, _ := strings.CutSuffix(filepath.Base(w.path), filepath.Ext(w.path))
	if !strings.HasPrefix(filepath.Base(path), stem) || len(copiesOf(w.options.StateDir, path)) > 0 { // a file that somebody works in
		return false, nil
	}
	info, err := os.Lstat(path)
	if err != nil {
		return false, statError(path, err)
	}
	return w.isSibling(path, fs.FileInfoToDirEntry(info)), nil
}

func looksLikeDatabase(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	var b [pageHeader + 4]byte
	_, err = f.ReadAt(b[:], 0)
	return err == nil && binary.LittleEndian.Uint32(b[pageHeader:]) == metaMagic
}

// MergeConflict merges a second copy, publishes, and moves the copy to the backups. It is never deleted.
func (w *File) MergeConflict(ctx context.Context, path string) (Incoming, error) {
	path, err := absolute(path)
	if err != nil {
		return Incoming{}, err
	}
	if path == w.path {
		return Incoming{}, &process.Error{Kind: process.Invalid, Msg: "merge.itself", Args: []any{path}}
	}
	in, f, err := w.merge(ctx, path)
	if err != nil {
		return in, err
	}
	if err := w.Publish(ctx); err != nil {
		return in, err
	}
	return in, w.takeAway(path, f.seen)
}

// takeAway puts a file that was merged among the backups, unless somebody has put another one in its place since.
func (w *File) takeAway(path string, seen fileStamp) error {
	tag, err := w.options.tag()
	if err != nil {
		return err
	}
	temp := filepath.Join(filepath.Dir(path), ".~"+filepath.Base(path)+"."+tag+".tmp")
	if err := os.Rename(path, temp); err != nil {
		return writeError(path, err)
	}
	there, err := stampOf(temp)
	if err == nil && !there.same(seen) {
		err = &process.Error{Kind: process.Busy, Msg: "file.changing", Args: []any{path}}
	}
	if err == nil {
		err = w.keepAside(temp, filepath.Base(path), keptConflict)
	}
	if err != nil {
		return errors.Join(err, PlaceNew(temp, path))
	}
	return writeError(path, os.Remove(temp))
}

// keepAside puts a copy of a file among the backups, under a name that ends as it was called.
func (w *File) keepAside(path, called string, why Reason) error {
	if err := os.MkdirAll(w.copyDir.backups(), 0o700); err != nil {
		return writeError(w.copyDir.backups(), err)
	}
	to, err := w.keepPath(why, called)
	if err != nil {
		return err
	}
	if err := copyFile(path, to); err != nil {
		_ = os.Remove(to)
		return err
	}
	return nil
}
