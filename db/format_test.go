package db_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
)

var update = flag.Bool("update", false, "write the files in testdata anew")

// The file of each released format stays in testdata and must open. format-2.txt lists what is in format-2.milstolpe: key, number, kind
// and payload of every event; the reader in package formattest holds itself to the same list. Only the file of a format that is not
// released yet may be written anew.
func TestFilesOfEveryFormatOpen(t *testing.T) {
	for format := 1; format <= db.FormatVersion; format++ {
		path, list := filepath.Join("testdata", fmt.Sprintf("format-%d.milstolpe", format)), filepath.Join("testdata", fmt.Sprintf("format-%d.txt", format))
		if *update && format == db.FormatVersion {
			writeFormat(t, path, list)
		}
		copied := copyOf(t, path)
		for _, readOnly := range []bool{false, true} {
			w := dbtest.Open(t, copied, func(o *db.Options) { o.ReadOnly = readOnly })
			if got, want := listing(t, w), string(readFile(t, list)); got != want {
				t.Errorf("the file of format %d reads as\n%s\nwant\n%s", format, got, want)
			}
		}
	}
}

func writeFormat(t *testing.T, path, list string) {
	t.Helper()
	w := dbtest.New(t)
	dbtest.Record(t, w, manyFacts(45)...) // more than one block
	dbtest.Record(t, w, contact("Eva Berg"))
	dbtest.Record(t, w, dbtest.Journal("d1", strings.Repeat("A long entry that is longer than a block. ", 2000)))
	dbtest.Record(t, w, &process.Unknown{Type: "song.sung", Raw: []byte(`{"type":"song.sung","known":"2026-11-23","title":"Å"}`)})
	if _, err := w.EraseContact(t.Context(), "eva"); err != nil {
		t.Fatal(err)
	}
	publish(t, w)
	copyTo(t, w.Path(), path)
	if err := os.WriteFile(list, []byte(listing(t, w)), 0o600); err != nil {
		t.Fatal(err)
	}
}

func listing(t *testing.T, w *db.File) string {
	t.Helper()
	var b strings.Builder
	err := w.Records(func(r db.Record) error {
		_, err := fmt.Fprintf(&b, "%x %d %v %s\n", r.ID[:], r.Seq, r.Erased, r.Payload)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// FuzzForeignFile gives the program files that anybody may have made: it is a clear refusal or a right reading, never a panic.
func FuzzForeignFile(f *testing.F) {
	for _, name := range []string{"format-1.milstolpe", "format-2.milstolpe"} {
		whole, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(whole)
		f.Add(whole[:8192])
		f.Add(whole[:len(whole)-100])
	}
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, content []byte) {
		path := filepath.Join(t.TempDir(), "foreign.milstolpe")
		write(t, path, content)
		o := dbtest.Options(t)
		o.ReadOnly = true
		w, err := db.Open(path, o)
		if err == nil {
			_ = allEvents(t, w)
			return
		}
		if k := process.KindOf(err); k != process.Damaged && k != process.Newer {
			t.Errorf("refused as %v: %v", k, err)
		}
		v, err := db.Check(path, o)
		if err != nil || v.Whole() {
			t.Errorf("refused, but the verdict is %+v, %v", v, err)
		}
	})
}
