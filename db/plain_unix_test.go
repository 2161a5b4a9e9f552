//go:build unix

package db_test

import (
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
)

// A pipe where a file is expected is refused at once, everywhere: opening it would wait for ever.
func TestAPipeIsNoFile(t *testing.T) {
	w := dbtest.New(t)
	pipe := filepath.Join(filepath.Dir(w.Path()), "pipe.milstolpe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	o := dbtest.Options(t)
	readOnly := o
	readOnly.ReadOnly = true
	for name, do := range map[string]func(path string) error{
		"open":    func(path string) error { _, err := db.Open(path, o); return err },
		"read":    func(path string) error { _, err := db.Open(path, readOnly); return err },
		"check":   func(path string) error { _, err := db.Check(path, o); return err },
		"salvage": func(path string) error { _, err := db.Salvage(path, filepath.Join(t.TempDir(), "out"), o); return err },
		"merge":   func(path string) error { _, err := w.Merge(t.Context(), path); return err },
		"preview": func(path string) error { _, err := w.PreviewMerge(t.Context(), path); return err },
		"restore": func(path string) error { _, err := w.Restore(t.Context(), path); return err },
		"look":    func(string) error { _, err := w.Conflicts(t.Context()); return err },
	} {
		for _, path := range []string{pipe, "/dev/zero", "a\x00b"} {
			done := make(chan error, 1)
			go func() { done <- do(path) }()
			select {
			case err := <-done:
				if kind := process.KindOf(err); name != "look" && kind != process.Invalid && kind != process.NotFound {
					t.Errorf("%s of %q: %v", name, path, err)
				}
			case <-time.After(10 * time.Second):
				t.Fatalf("%s of %q still waits", name, path)
			}
		}
	}
}
