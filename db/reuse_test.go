package db_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
)

// copied tells how many blocks of a publication were copied from the one before, and how many there are.
func copied(before, after map[any]any) (same, all int) {
	for key, b := range after {
		if before[key] == b {
			same++
		}
	}
	return same, len(after)
}

func TestAPublicationCopiesTheBlocksThatDidNotChange(t *testing.T) {
	w := dbtest.New(t)
	dbtest.Record(t, w, manyFacts(800)...)
	publish(t, w)
	before := db.VerifiedBlocks(w)
	if len(before) < 6 {
		t.Fatalf("%d blocks, want several", len(before))
	}
	dbtest.Record(t, w, dbtest.Journal("d1", "at the end"))
	publish(t, w)
	after := db.VerifiedBlocks(w)
	if same, all := copied(before, after); same < all-2 {
		t.Errorf("one event more, and %d of %d blocks were copied", same, all)
	}

	// What somebody recorded long ago comes in before all others, and the file that is copied from is theirs.
	list, err := db.ReadPacked(readFile(t, w.Path()))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Repeat("From Erik, at length. ", 1000) // longer than what blocks have room for
	payload := []byte(`{"type":"journal.written","known":"2026-11-23","deal":"d1","on":"2026-11-23","text":"` + text + `"}`)
	early := db.Record{ID: process.NewEventID(1, process.Writer{9}, payload), Seq: 1, Payload: payload}
	eriks := filepath.Join(t.TempDir(), "eriks.milstolpe")
	if err := db.WriteForged(w, eriks, append([]db.Record{early}, list...)); err != nil {
		t.Fatal(err)
	}
	replaceBy(t, w.Path(), readFile(t, eriks))
	dbtest.Record(t, w, dbtest.Journal("d1", "after Erik"))
	before = db.VerifiedBlocks(w)
	publish(t, w)
	same, all := copied(before, db.VerifiedBlocks(w))
	if same < all-4 {
		t.Errorf("an event at either end more, and %d of %d blocks were copied", same, all)
	}
	if list, err := db.ReadPacked(readFile(t, w.Path())); err != nil || len(list) != len(allEvents(t, w)) {
		t.Errorf("the file holds %d events of %d, %v", len(list), len(allEvents(t, w)), err)
	}
	if b, err := w.Backup(t.Context(), db.Daily); err != nil {
		t.Fatal(err)
	} else if list, err := db.ReadPacked(readFile(t, b.Path)); err != nil || len(list) != len(allEvents(t, w)) {
		t.Errorf("the backup holds %d events of %d, %v", len(list), len(allEvents(t, w)), err)
	}
}

// The file that blocks are copied from is one that others may write. Wherever they have, without showing it in size, time or the head of a
// block, what is published is what was recorded.
func TestNoBlockIsCopiedThatSomebodyHasChanged(t *testing.T) {
	w := dbtest.New(t)
	dbtest.Record(t, w, manyFacts(200)...)
	publish(t, w)
	for i := range 3 {
		blocks, err := db.Blocks(w.Path())
		if err != nil {
			t.Fatal(err)
		}
		hurtInPlace(t, w.Path(), blocks[i].At+[]int64{25, blocks[i].Length / 2, blocks[i].Length - 1}[i])
		dbtest.Record(t, w, dbtest.Journal("d1", "x"))
		publish(t, w)
		if list, err := db.ReadPacked(readFile(t, w.Path())); err != nil || len(list) != len(allEvents(t, w)) {
			t.Errorf("the file holds %d events of %d, %v", len(list), len(allEvents(t, w)), err)
		}
	}
}

// hurtInPlace changes a byte of a file, and nothing by which that would be seen.
func hurtInPlace(t *testing.T, path string, at int64) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	var b [1]byte
	if _, err := f.ReadAt(b[:], at); err != nil {
		t.Fatal(err)
	}
	b[0] ^= 0xff
	if _, err := f.WriteAt(b[:], at); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
}

// A file of the first format opens and stays as it is until something changes. Then it is packed, and the old one is kept, once.
func TestAFileOfTheFirstFormatIsPackedWithItsFirstChange(t *testing.T) {
	state := t.TempDir()
	maker := dbtest.New(t)
	dbtest.Record(t, maker, manyFacts(20)...)
	path := filepath.Join(t.TempDir(), "Sales.milstolpe")
	if err := db.WriteFormat1(maker, path); err != nil {
		t.Fatal(err)
	}
	old := readFile(t, path)
	for _, readOnly := range []bool{true, false} {
		w := dbtest.Open(t, path, dbtest.In(state), dbtest.As("Erik", 2), func(o *db.Options) { o.ReadOnly = readOnly })
		sameEvents(t, allEvents(t, maker), allEvents(t, w))
		publish(t, w)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(readFile(t, path), old) {
			t.Fatal("opening it changed the file")
		}
	}

	w := dbtest.Open(t, path, dbtest.In(state), dbtest.As("Erik", 3))
	for range 3 {
		dbtest.Record(t, w, dbtest.Journal("d1", "x"))
		publish(t, w)
	}
	if list, err := db.ReadPacked(readFile(t, path)); err != nil || len(list) != len(allEvents(t, w)) {
		t.Errorf("after a change it holds %d packed events of %d, %v", len(list), len(allEvents(t, w)), err)
	}
	kept := onlyFile(t, filepath.Join(state, "copies", "*", "backups", "*-migration-*"))
	if !bytes.Equal(readFile(t, kept), old) {
		t.Error("what was kept is not the old file")
	}
	if list, err := w.Backups(); err != nil || len(list) != 1 || list[0].Reason != db.BeforeMigration {
		t.Errorf("the backups are %+v, %v", list, err)
	}
	if _, err := w.Restore(t.Context(), kept); err != nil {
		t.Fatal(err)
	}
	sameEvents(t, allEvents(t, maker), allEvents(t, w))
}

// A second copy of the first format, as a sync program makes one while somebody goes on with the earlier version, is offered and merged.
func TestASecondCopyOfTheFirstFormatIsMerged(t *testing.T) {
	w := dbtest.New(t)
	dbtest.Record(t, w, manyFacts(5)...)
	publish(t, w)
	erik := dbtest.Open(t, copyOf(t, w.Path()), dbtest.As("Erik", 2))
	mine := dbtest.Record(t, erik, dbtest.Journal("d1", "from Erik"))
	second := filepath.Join(filepath.Dir(w.Path()), "Sales-DESKTOP-7.milstolpe")
	if err := db.WriteFormat1(erik, second); err != nil {
		t.Fatal(err)
	}
	dbtest.Record(t, w, dbtest.Journal("d1", "meanwhile"))
	list, err := w.Conflicts(t.Context())
	if err != nil || len(list) != 1 || list[0].From != second {
		t.Fatalf("offered are %+v, %v", list, err)
	}
	in, err := w.MergeConflict(t.Context(), second)
	if err != nil || len(in.Events) != 1 || in.Events[0] != mine[0].ID {
		t.Fatalf("merging brought %+v, %v", in, err)
	}
	if list, err := db.ReadPacked(readFile(t, w.Path())); err != nil || len(list) != len(allEvents(t, w)) {
		t.Errorf("the file holds %d events of %d, %v", len(list), len(allEvents(t, w)), err)
	}

	// And the other way round: what lies at the path is put back to the first format, with something new in it.
	dbtest.Record(t, erik, dbtest.Journal("d1", "once more"))
	back := filepath.Join(t.TempDir(), "back.milstolpe")
	if err := db.WriteFormat1(erik, back); err != nil {
		t.Fatal(err)
	}
	replaceBy(t, w.Path(), readFile(t, back))
	publish(t, w)
	if got, err := db.ReadPacked(readFile(t, w.Path())); err != nil || len(got) != len(allEvents(t, w)) {
		t.Errorf("the file holds %d events of %d, %v", len(got), len(allEvents(t, w)), err)
	}
}
