package db_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
)

func TestApartIsTheSameTeamAndItsOwn(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	dbtest.Record(t, w, dbtest.Opened("d1", "Kvarnen"), dbtest.Journal("d1", "Called"))
	team, err := w.Apart()
	if err != nil {
		t.Fatal(err)
	}
	if d, ok := team.Deal("d1"); !ok || d.Now.Name != "Kvarnen" || len(d.Journal()) != 1 || team.Company() != "Björk & Lind" {
		t.Errorf("apart it is %+v", d)
	}
	dbtest.Record(t, w, dbtest.Opened("d2", "Sågen"))
	if _, ok := team.Deal("d2"); ok {
		t.Error("what is recorded later shows in it")
	}
}

// What is there stays when the new one cannot be written, and nothing is left beside it.
func TestASharedFileIsReplacedWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "Live.xlsx")
	put := func(text string, err error) func(io.Writer) error {
		return func(out io.Writer) error {
			_, werr := io.WriteString(out, text)
			return errors.Join(werr, err)
		}
	}
	if err := db.ReplaceShared(t.Context(), path, put("first", nil)); err != nil {
		t.Fatal(err)
	}
	for msg, err := range map[string]error{
		"file.no_space": &fs.PathError{Op: "write", Path: path, Err: syscall.ENOSPC}, "file.not_writable": fs.ErrPermission, "file.write_failed": errors.New("the disk is on fire"),
	} {
		told, ok := errors.AsType[*process.Error](db.ReplaceShared(t.Context(), path, put("second", err)))
		if !ok || told.Msg != msg {
			t.Errorf("%v is told as %v", err, told)
		}
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if text, rerr := os.ReadFile(path); err != nil || rerr != nil || string(text) != "first" || len(left) != 1 {
		t.Errorf("left are %v with %q", left, text)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("others may not read it: %v, %v", info.Mode(), err)
	}
	if err := db.ReplaceShared(t.Context(), filepath.Join(t.TempDir(), "none", "Live.xlsx"), put("x", nil)); process.KindOf(err) != process.NotFound {
		t.Errorf("without a folder: %v", err)
	}
}
