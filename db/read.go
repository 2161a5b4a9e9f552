package db

import (
	"path/filepath"

	"milstolpe/process"
)

// newerFormat is the refusal to write a file whose format this version does not know.
func newerFormat(path string, m Manifest) error {
	return &process.Error{Kind: process.Newer, Msg: "file.newer", Args: []any{path, m.Wrote}}
}

// keepOldFormat puts a shared file of an earlier format among the backups as it is, before the first publication of ours takes its place:
// whoever has to go back to an earlier version of the program goes back to that. The caller holds publishMu.
func (w *File) keepOldFormat() error {
	p, err := preflight(w.path, true)
	if err != nil || p.packed != nil || w.heals {
		return nil //nolint:nilerr // there is none, or it is damaged: heal keeps those
	}
	seen, err := stampOf(w.path)
	if err != nil || seen.same(w.keptFormat) {
		return nil //nolint:nilerr // it is gone in this very moment, which whoever replaces it finds out
	}
	if err := w.keepAside(w.path, filepath.Base(w.path), BeforeMigration); err != nil {
		return err
	}
	w.keptFormat = seen
	return nil
}
