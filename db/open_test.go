package db_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
)

// What Open is given and cannot use is refused with the right kind of error, and is byte for byte what it was.
func TestFilesThatAreNotWholeAreRefusedAndLeftAlone(t *testing.T) {
	whole := sharedBytes(t)
	half := bytes.Clone(whole[:len(whole)/2])
	badMeta := bytes.Clone(whole)
	badMeta[16+20] ^= 1
	badEvent := bytes.Clone(whole)
	badEvent[len(badEvent)-len(badEvent[bytes.Index(badEvent, []byte("\xa7MSb")):])/3] ^= 1
	for _, tc := range []struct {
		name    string
		content []byte
		kind    process.Kind
		msg     string
	}{
		{"empty", []byte{}, process.Damaged, "file.empty"},
		{"one byte", []byte("x"), process.Damaged, "file.not_ours"},
		{"a letter", bytes.Repeat([]byte("Hej! "), 5000), process.Damaged, "file.not_ours"},
		{"half of it", half, process.Damaged, "file.truncated"},
		{"its first page", whole[:4096], process.Damaged, ""},
		{"a bit of a meta page flipped", badMeta, process.Damaged, "file.damaged"},
		{"a bit of an event flipped", badEvent, process.Damaged, "file.damaged"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "Sales.milstolpe")
			if err := os.WriteFile(path, tc.content, 0o600); err != nil {
				t.Fatal(err)
			}
			for _, readOnly := range []bool{false, true} {
				o := dbtest.Options(t)
				o.ReadOnly = readOnly
				w, err := db.Open(path, o)
				if w != nil || process.KindOf(err) != tc.kind {
					t.Errorf("read-only %v: got %v, want an error of kind %v", readOnly, err, tc.kind)
				}
				if got := message(err); tc.msg != "" && got != tc.msg {
					t.Errorf("the sentence is %q, want %q", got, tc.msg)
				}
				if left, _ := filepath.Glob(filepath.Join(o.StateDir, "copies", "*")); len(left) > 0 {
					t.Errorf("left behind: %v", left)
				}
			}
			if got, _ := os.ReadFile(path); !bytes.Equal(got, tc.content) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestOpenNeverMakesAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "Sales.milstolpe")
	if _, err := db.Open(path, dbtest.Options(t)); process.KindOf(err) != process.NotFound {
		t.Errorf("opening what is not there gives %v", err)
	}
	if _, err := os.Lstat(path); err == nil {
		t.Error("opening made a file")
	}
	if _, err := db.Open(filepath.Dir(path), dbtest.Options(t)); message(err) != "file.is_folder" {
		t.Errorf("opening a folder gives %v", err)
	}
}

func TestALinkedFileIsReplacedAndTheLinkStays(t *testing.T) {
	w := dbtest.New(t)
	dbtest.Record(t, w, dbtest.Journal("d1", "x"))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(w.Path(), link); err != nil {
		t.Fatal(err)
	}
	again := dbtest.Open(t, link, dbtest.As("Erik", 2))
	dbtest.Record(t, again, dbtest.Journal("d1", "y"))
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is no link any more: %v %v", info, err)
	}
	if v, err := db.Check(w.Path(), dbtest.Options(t)); err != nil || v.Readable != 9 {
		t.Errorf("the file behind the link holds %d events, want 9: %v", v.Readable, err)
	}
}

// sharedBytes is a small whole shared file.
func sharedBytes(t *testing.T) []byte {
	t.Helper()
	w := dbtest.New(t)
	dbtest.Record(t, w, dbtest.Journal("d1", "Ringde Eva"))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(w.Path())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func message(err error) string {
	e, _ := asError(err)
	return e.Msg
}
