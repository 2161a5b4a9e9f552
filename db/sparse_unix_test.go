//go:build unix

package db_test

import (
	"bytes"
	"crypto/sha256"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
)

// A file of which nearly all is a hole is copied byte for byte, and the copy has the hole too.
func TestAHoleIsCopiedAsAHole(t *testing.T) {
	t.Parallel()
	from, to := filepath.Join(t.TempDir(), "from"), filepath.Join(t.TempDir(), "to")
	f, err := os.Create(from)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	some := bytes.Repeat([]byte("Kök"), 1000)
	for _, at := range []int64{0, 3<<20 - 7, 100 << 20} { // at the beginning, over the edge of a block, far behind
		if _, err := f.WriteAt(some, at); err != nil {
			t.Fatal(err)
		}
	}
	for _, size := range []int64{200<<20 + 5, 100<<20 + int64(len(some)), 0} {
		if err := f.Truncate(size); err != nil {
			t.Fatal(err)
		}
		if err := db.CopyFile(from, to); err != nil {
			t.Fatal(err)
		}
		if sumOf(t, from) != sumOf(t, to) {
			t.Errorf("of %d bytes the copy is another", size)
		}
		info, err := os.Stat(to)
		if err != nil {
			t.Fatal(err)
		}
		if stat, ok := info.Sys().(*syscall.Stat_t); !ok || info.Size() != size || stat.Blocks*512 > 8<<20 {
			t.Errorf("the copy of %d bytes has %d and takes %d", size, info.Size(), stat.Blocks*512)
		}
	}
}

// What lies behind the end of a file is not read, of whichever format it is: terabytes of nothing hold nobody up.
func TestWhatLiesBehindTheEndIsNotRead(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	dbtest.Record(t, w, dbtest.Journal("d1", "all there is"))
	publish(t, w)
	old := filepath.Join(t.TempDir(), "Old.milstolpe")
	if err := db.WriteFormat1(w, old); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{old, copyOf(t, w.Path())} {
		if err := os.Truncate(path, 1<<40); err != nil {
			t.Fatal(err)
		}
		v, err := db.Check(path, dbtest.Options(t))
		if err != nil || !v.Whole() || v.Readable != len(allEvents(t, w)) {
			t.Errorf("%s: %+v, %v", filepath.Base(path), v, err)
		}
	}
}

func sumOf(t *testing.T, path string) (sum [sha256.Size]byte) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		t.Fatal(err)
	}
	return [sha256.Size]byte(h.Sum(nil))
}
