package db_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
)

// packedOf is a packed file of some events, in memory and at its path.
func packedOf(t *testing.T, facts ...process.Fact) (w *db.File, b []byte) {
	t.Helper()
	w = dbtest.New(t)
	if len(facts) > 0 {
		dbtest.Record(t, w, facts...)
	}
	publish(t, w)
	return w, readFile(t, w.Path())
}

// What programs of version 1 see of a packed file is a database that bbolt reads, with one event of a version that they do not know.
func TestTheNoticeIsADatabaseWithAnEventOfALaterVersion(t *testing.T) {
	_, b := packedOf(t)
	if !bytes.Equal(b[:len(db.Notice())], db.Notice()) || len(db.Notice()) != 3*4096 {
		t.Fatal("the file does not begin with the notice")
	}
	path := filepath.Join(t.TempDir(), "whole.db")
	write(t, path, b)
	d, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	err = d.View(func(tx *bolt.Tx) error {
		for err := range tx.Check() {
			t.Errorf("bbolt finds: %v", err)
		}
		m := tx.Bucket([]byte("manifest")).Get([]byte("manifest"))
		if want := "\xa7MSm\x01\x00\x00\x00\x0c"; string(m[:9]) != want || string(m[13:]) != `{"format":2}` {
			t.Errorf("the manifest is %q", m)
		}
		n := 0
		return errors.Join(tx.Bucket([]byte("events")).ForEach(func(key, value []byte) error {
			n++
			if _, err := db.DecodeRecord(key, value); process.KindOf(err) != process.Newer || n > 1 {
				t.Errorf("event %d reads as %v, want one of a newer version", n, err)
			}
			return nil
		}))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Whatever events there are, they come back out of the blocks as they were, and no block holds more than it may.
func TestAnyEventsComeBackFromAPackedFile(t *testing.T) {
	w := dbtest.New(t)
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		var list []db.Record
		at := uint64(0)
		for range rapid.IntRange(1, 80).Draw(t, "events") {
			at += uint64(rapid.IntRange(1, 3).Draw(t, "later"))
			text := strings.Repeat(rapid.SampledFrom([]string{"x", "Å", `{"deal":"`, "\x00"}).Draw(t, "what"), rapid.SampledFrom([]int{1, 90, 90, 90, 3000, 3000, 3000, 70_000}).Draw(t, "often"))
			payload := fmt.Appendf(nil, `{"type":"song.sung","at":%d,"text":"%s"}`, at, text)
			writer := process.Writer{rapid.Byte().Draw(t, "writer")}
			list = append(list, db.Record{ID: process.NewEventID(at, writer, payload), Seq: uint32(at), Payload: payload})
		}
		n++
		path := filepath.Join(dir, fmt.Sprint(n))
		if err := db.WriteForged(w, path, list); err != nil {
			t.Fatal(err)
		}
		blocks, err := db.Blocks(path)
		if err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := db.ReadPacked(content)
		if err != nil || len(got) != len(list) {
			t.Fatalf("%d events of %d came back, %v", len(got), len(list), err)
		}
		for i := range list {
			if got[i].ID != list[i].ID || got[i].Seq != list[i].Seq || !bytes.Equal(got[i].Payload, list[i].Payload) {
				t.Fatalf("event %d is another", i)
			}
		}
		in := 0
		for _, b := range blocks {
			length := 0
			for range b.Events {
				length += len(db.EncodeRecord(list[in]))
				in++
			}
			if length > 64<<10 && len(b.Events) > 1 {
				t.Fatalf("a block holds %d events of %d bytes", len(b.Events), length)
			}
		}
	})
}

// replaceBy puts content in the place of a file in one step, as sync programs do.
func replaceBy(t *testing.T, path string, content []byte) {
	t.Helper()
	write(t, path+".coming", content)
	if err := os.Rename(path+".coming", path); err != nil {
		t.Fatal(err)
	}
}

// One bit that flips, anywhere in a file, is noticed.
func TestAnyFlippedBitOfAPackedFileIsNoticed(t *testing.T) {
	t.Parallel()
	_, whole := packedOf(t, manyFacts(20)...)
	if _, err := db.ReadPacked(whole); err != nil {
		t.Fatal(err)
	}
	b := bytes.Clone(whole)
	for at := range b {
		b[at] ^= 1 << (at % 8)
		if list, err := db.ReadPacked(b); err == nil {
			t.Fatalf("bit %d of byte %d flipped, and %d events were read without a word", at%8, at, len(list))
		}
		b[at] = whole[at]
	}
}

// Files that nobody wrote whole, or that somebody made up.
func TestStrangePackedFiles(t *testing.T) {
	w, whole := packedOf(t, manyFacts(200)...)
	blocks, err := db.Blocks(w.Path())
	if err != nil {
		t.Fatal(err)
	}
	part := func(i int) []byte { return whole[blocks[i].At : blocks[i].At+blocks[i].Length] }
	end := blocks[len(blocks)-1].At + blocks[len(blocks)-1].Length
	// rebuilt is the file with other blocks and a header that says so.
	rebuilt := func(parts ...[]byte) []byte {
		b := bytes.Clone(whole[:blocks[0].At])
		b = append(b, bytes.Join(parts, nil)...)
		manifest := len(b)
		b = append(b, whole[end:]...)
		binary.BigEndian.PutUint64(b[db.PackedHeaderAt+13:], uint64(len(b)))
		binary.BigEndian.PutUint64(b[db.PackedHeaderAt+21:], uint64(manifest))
		binary.BigEndian.PutUint32(b[db.PackedHeaderAt+29:], uint32(len(parts)))
		db.Reseal(b, db.PackedHeaderAt)
		return b
	}
	changed := func(at int64, to ...byte) []byte {
		b := bytes.Clone(whole)
		copy(b[at:], to)
		db.Reseal(b, db.PackedHeaderAt)
		return b
	}
	var all [][]byte
	for i := range blocks {
		all = append(all, part(i))
	}
	later := bytes.Clone(part(1))
	later[4] = 2
	db.Reseal(later, 0)
	for name, tc := range map[string]struct {
		content []byte
		kind    process.Kind // none for a file that opens
	}{
		"as it was":                        {rebuilt(all...), 0},
		"bytes behind its end":             {append(bytes.Clone(whole), bytes.Repeat([]byte("later"), 5000)...), 0},
		"an older version behind its end":  {append(bytes.Clone(whole), whole...), 0},
		"a block twice":                    {rebuilt(slices.Insert(slices.Clone(all), 1, all[1])...), process.Damaged},
		"a block twice, elsewhere":         {rebuilt(append(slices.Clone(all), all[0])...), process.Damaged},
		"two blocks swapped":               {rebuilt(append([][]byte{all[1], all[0]}, all[2:]...)...), process.Damaged},
		"a block too few":                  {rebuilt(all[1:]...), process.Damaged},
		"no blocks":                        {rebuilt(), process.Damaged},
		"it says that it is longer":        {changed(db.PackedHeaderAt+13, 0, 0, 0x7f), process.Damaged},
		"more blocks than there is room":   {changed(db.PackedHeaderAt+29, 0xff, 0xff, 0xff, 0xff), process.Damaged},
		"a manifest before the beginning":  {changed(db.PackedHeaderAt+21, 0, 0, 0, 0, 0, 0, 0, 9), process.Damaged},
		"cut behind the notice":            {whole[:db.PackedHeaderAt], process.Damaged},
		"cut in the header":                {whole[:db.PackedHeaderAt+20], process.Damaged},
		"cut behind the header":            {whole[:blocks[0].At], process.Damaged},
		"cut between two blocks":           {whole[:blocks[1].At], process.Damaged},
		"cut before the manifest":          {whole[:end], process.Damaged},
		"a byte too short":                 {whole[:len(whole)-1], process.Damaged},
		"zeros from the middle on":         {append(bytes.Clone(whole[:len(whole)/2]), make([]byte, len(whole)-len(whole)/2)...), process.Damaged},
		"only zeros behind the notice":     {append(bytes.Clone(whole[:db.PackedHeaderAt]), make([]byte, 50_000)...), process.Damaged},
		"a header of a later version":      {changed(db.PackedHeaderAt+4, 2), process.Newer},
		"a block of a later version":       {rebuilt(append([][]byte{all[0], later}, all[2:]...)...), process.Newer},
		"a database where the header says": {append(bytes.Clone(db.Notice()), 'x'), process.Damaged},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "Sales.milstolpe")
			write(t, path, tc.content)
			again, err := db.Open(path, dbtest.Options(t, dbtest.As("Erik", 2)))
			if tc.kind == 0 {
				if err != nil {
					t.Fatal(err)
				}
				sameEvents(t, allEvents(t, w), allEvents(t, again))
				dbtest.Record(t, again, dbtest.Journal("d1", "x"))
				if err := again.Close(); err != nil {
					t.Fatal(err)
				}
				if _, err := db.ReadPacked(readFile(t, path)); err != nil {
					t.Errorf("after a change it is %v", err)
				}
				return
			}
			if process.KindOf(err) != tc.kind {
				t.Errorf("opening it gives %v, want an error of kind %v", err, tc.kind)
			}
			if !bytes.Equal(readFile(t, path), tc.content) {
				t.Error("the file was changed")
			}
			if v, err := db.Check(path, dbtest.Options(t)); tc.kind == process.Damaged && (err != nil || v.Whole()) {
				t.Errorf("the verdict is %+v, %v", v, err)
			}
		})
	}
}

// A running program that finds a file packed in a later way leaves it alone, however long it stays.
func TestAFilePackedInALaterWayIsNotReplaced(t *testing.T) {
	w, whole := packedOf(t)
	whole[db.PackedHeaderAt+4] = 2
	db.Reseal(whole, db.PackedHeaderAt)
	replaceBy(t, w.Path(), whole)
	dbtest.Record(t, w, dbtest.Journal("d1", "x"))
	for range 5 {
		if err := w.Publish(t.Context()); process.KindOf(err) != process.Newer {
			t.Fatalf("publishing gives %v, want that the file is newer", err)
		}
	}
	if !bytes.Equal(readFile(t, w.Path()), whole) {
		t.Fatal("the newer file was replaced")
	}
	whole[db.PackedHeaderAt+4] = 1
	db.Reseal(whole, db.PackedHeaderAt)
	replaceBy(t, w.Path(), whole) // for the check at the end
}

// A later version may add to the header; what it adds is left alone.
func TestAHeaderMayHaveMoreThanIsKnown(t *testing.T) {
	w, whole := packedOf(t, manyFacts(3)...)
	list, err := db.ReadPacked(whole)
	if err != nil {
		t.Fatal(err)
	}
	for _, more := range [][]byte{{1}, bytes.Repeat([]byte("later"), 1000)} {
		path := filepath.Join(t.TempDir(), "later.milstolpe")
		if err := db.WritePacked(w, path, list, more); err != nil {
			t.Fatal(err)
		}
		again := dbtest.Open(t, path, dbtest.As("Erik", 2))
		sameEvents(t, allEvents(t, w), allEvents(t, again))
	}
}
