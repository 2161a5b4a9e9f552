package db

import (
	"context"
	"encoding/binary"
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
	if w.readOnly() {
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
	in, err := w.Merge(ctx, path)
	if err != nil {
		return in, err
	}
	if err := w.Publish(ctx); err != nil {
		return in, err
	}
	return in, w.keepAside(path, keptConflict, true)
}

// keepAside puts a file among the backups, out of everybody's way, and with move takes it from where it was.
func (w *File) keepAside(path string, why Reason, move bool) error {
	if err := os.MkdirAll(w.copyDir.backups(), 0o700); err != nil {
		return writeError(w.copyDir.backups(), err)
	}
	to, err := w.keepPath(why, filepath.Base(path))
	if err != nil {
		return err
	}
	if err := copyFile(path, to); err != nil {
		_ = os.Remove(to)
		return err
	}
	if !move {
		return nil
	}
	return writeError(path, os.Remove(path))
}
