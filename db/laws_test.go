package db_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
)

// A small world for properties: a few events of a few writers, some of them erased in one way or another.
func someRecords(t *rapid.T, label string) []db.Record {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) db.Record {
		n := rapid.IntRange(1, 6).Draw(t, "number")
		payload := fmt.Appendf(nil, `{"type":"contact.named","known":"2026-11-23","contact":"eva","customer":"","name":"name %d"}`, n)
		if n%2 == 0 {
			payload = fmt.Appendf(nil, `{"type":"journal.written","text":"entry %d"}`, n)
		}
		r := db.Record{ID: process.NewEventID(uint64(n), process.Writer{byte(n % 3)}, payload), Seq: uint32(n), Payload: payload}
		if rapid.Bool().Draw(t, "erased") {
			r.Erased = true // rightly, in two ways of writing it, or as nobody may
			r.Payload = fmt.Appendf(nil, `{"type":"contact.named","known":"2026-11-23","contact":"eva"%s}`,
				rapid.SampledFrom([]string{"", `,"later":1`, `,"name":"X"`}).Draw(t, "tomb"))
		}
		return r
	}), 0, 8).Draw(t, label)
}

func TestMergingIsCommutativeAssociativeAndIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := someRecords(t, "a"), someRecords(t, "b"), someRecords(t, "c")
		laws := []struct {
			name        string
			left, right []db.Record
		}{
			{"a+b = b+a", db.Union(a, b), db.Union(b, a)},
			{"(a+b)+c = a+(b+c)", db.Union(db.Union(a, b), c), db.Union(a, db.Union(b, c))},
			{"a+a = a", db.Union(a, a), db.Union(a, nil)},
			{"(a+b)+b = a+b", db.Union(db.Union(a, b), b), db.Union(a, b)},
		}
		for _, l := range laws {
			if diff := cmp.Diff(l.left, l.right); diff != "" {
				t.Fatalf("%s does not hold:\n%s", l.name, diff)
			}
		}
		all := db.Union(a, b)
		have := map[process.EventID]bool{}
		for _, r := range all {
			have[r.ID] = true
		}
		for _, r := range append(a, b...) {
			if forged := r.Erased && bytes.Contains(r.Payload, []byte(`"X"`)); !have[r.ID] && !forged {
				t.Fatalf("event %v got lost", r.ID)
			}
		}
	})
}

// The set hash and the counts do not depend on the order or the grouping in which events are added up.
func TestATallyDoesNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := db.Union(someRecords(t, "list"), nil)
		cut := rapid.IntRange(0, len(list)).Draw(t, "cut")
		shuffled := rapid.Permutation(list).Draw(t, "shuffled")
		if a, b := db.TallyOf(list), db.TallyOf(shuffled[:cut], shuffled[cut:]); !cmp.Equal(a, b) {
			t.Fatalf("in order %+v, shuffled and in two parts %+v", a, b)
		}
	})
}

// Real files, merged in random orders and groupings, again and again: the outcome is always the union, with one hash and one team.
func TestMergesOfFilesGiveTheUnionInEveryOrder(t *testing.T) {
	total := rounds(t, 20, 10_000)
	r := rand.New(rand.NewPCG(31, 32))
	merges, worlds := 0, uint64(0)
	for ; merges < total && !t.Failed(); worlds++ {
		// A test of its own for each, so that its files are closed and gone before the next ones are made.
		t.Run(fmt.Sprint("seed ", worlds), func(t *testing.T) { merges += mergeInTwoOrders(t, r, worlds) })
	}
	t.Logf("%d merges of the copies of %d files, 0 violations", merges, worlds)
}

// mergeInTwoOrders merges copies of one file in two orders, with repetitions, and demands the union and one state both times. It tells
// how many merges it took.
func mergeInTwoOrders(t *testing.T, r *rand.Rand, seed uint64) (merges int) {
	t.Helper()
	files, union := someFiles(t, r, seed)
	var first *db.File
	for round := range 2 {
		w := dbtest.Open(t, copyOf(t, files[r.IntN(len(files))]), dbtest.As("Merger", seed<<8|uint64(round)))
		order := append(r.Perm(len(files)), r.Perm(len(files))[:1+r.IntN(2)]...) // all, and some twice
		for _, i := range order {
			merges += mergeSome(t, r, w, files, i)
		}
		if got := len(allEvents(t, w)); got != union {
			t.Fatalf("seed %d: the merge has %d events, the union %d", seed, got, union)
		}
		if first != nil && (w.StateHash() != first.StateHash() || !sameTeam(w, first)) {
			t.Fatalf("seed %d: two orders of merging give different states", seed)
		}
		first = w
	}
	return merges
}

// mergeSome merges a file directly, or another copy that has merged it before: a different grouping. It tells how many merges it took.
func mergeSome(t *testing.T, r *rand.Rand, w *db.File, files []string, i int) int {
	t.Helper()
	path, merges := files[i], 1
	if r.IntN(2) == 0 {
		between, err := db.Open(copyOf(t, files[r.IntN(len(files))]), dbtest.Options(t, dbtest.As("Between", 77)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := between.Merge(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		if err := between.Close(); err != nil {
			t.Fatal(err)
		}
		path, merges = between.Path(), 2
	}
	if _, err := w.Merge(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	return merges
}

// someFiles are a few copies of one file that have gone their own ways, and the number of events that they have together.
func someFiles(t *testing.T, r *rand.Rand, seed uint64) (paths []string, union int) {
	t.Helper()
	first := dbtest.New(t)
	dbtest.Record(t, first, dbtest.Opened("d1", "Kök"))
	publish(t, first)
	all := map[process.EventID]bool{}
	for i := range 2 + r.IntN(3) {
		w := dbtest.Open(t, copyOf(t, first.Path()), dbtest.As(fmt.Sprint("P", i), seed<<16|uint64(i+1)))
		for j := range r.IntN(4) {
			dbtest.Record(t, w, value("d1", int64(j)), dbtest.Journal("d1", fmt.Sprint("by ", i)))
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		for _, e := range allOf(t, w.Path()) {
			all[e.ID] = true
		}
		paths = append(paths, w.Path())
	}
	return paths, len(all)
}

func copyOf(t *testing.T, path string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy.milstolpe")
	copyTo(t, path, to)
	return to
}

func allOf(t *testing.T, path string) []process.Event {
	t.Helper()
	w, err := db.Open(path, dbtest.Options(t, func(o *db.Options) { o.ReadOnly = true }))
	if err != nil {
		t.Fatal(err)
	}
	return allEvents(t, w)
}

// Copied files, cloned computers and restored backups: each goes its own way afterwards, and merging brings everything together. No
// two events ever get one key, although a clone has everything that its original has.
func TestCopiesClonesAndRestoredBackupsNeverShareAKey(t *testing.T) {
	n := rounds(t, 5, 1000)
	for i := range n {
		a := dbtest.New(t, dbtest.As("Anna", uint64(3*i+1)))
		dbtest.Record(t, a, dbtest.Opened("d1", "Kök"))
		a, b := diverge(t, a, i)
		ours := dbtest.Record(t, a, dbtest.Journal("d1", "of the original"))
		theirs := dbtest.Record(t, b, dbtest.Journal("d1", "of the other"))
		if ours[0].ID == theirs[0].ID || ours[0].ID.Writer() == theirs[0].ID.Writer() {
			t.Fatalf("round %d: two runs share a key or a writer", i)
		}
		merge(t, a, b)
		merge(t, b, a)
		if a.StateHash() != b.StateHash() || !sameTeam(a, b) {
			t.Fatalf("round %d: after merging both ways the copies differ", i)
		}
		for _, e := range append(ours, theirs...) {
			if !has(t, a, e.ID) || !has(t, b, e.ID) {
				t.Fatalf("round %d: event %v is lost", i, e.ID)
			}
		}
		for _, w := range []*db.File{a, b} {
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Logf("%d copies, clones and restored backups, 0 lost, no key twice", n)
}

// diverge makes a second copy of a file in one of three ways, and opens both.
func diverge(t *testing.T, a *db.File, how int) (one, other *db.File) {
	t.Helper()
	second := dbtest.As("Other", uint64(3*how+2))
	publish(t, a)
	switch how % 3 {
	case 0: // the file is copied
		return a, dbtest.Open(t, copyOf(t, a.Path()), second)
	case 1:
		return cloned(t, a, second, dbtest.As("Anna", uint64(3*how+3)))
	}
	// A backup is restored on one computer while the other goes on.
	backup, err := a.Backup(t.Context(), db.Daily)
	if err != nil {
		t.Fatal(err)
	}
	b := dbtest.Open(t, copyOf(t, a.Path()), second)
	dbtest.Record(t, b, dbtest.Journal("d1", "before the restoring"))
	if _, err := b.Restore(t.Context(), backup.Path); err != nil {
		t.Fatal(err)
	}
	return a, b
}

// cloned is a computer and its clone, which has the same files at the same places, the working copy among them. The clone works first;
// then its file goes elsewhere and the original works on.
func cloned(t *testing.T, a *db.File, clone, original func(*db.Options)) (one, other *db.File) {
	t.Helper()
	dbtest.Record(t, a, dbtest.Journal("d1", "in the working copy only, when the disk is cloned"))
	state, cloneState := db.StateDirOf(a), t.TempDir()
	db.Abandon(a)
	if err := os.CopyFS(cloneState, os.DirFS(state)); err != nil {
		t.Fatal(err)
	}
	before := readFile(t, a.Path())
	c, err := db.Open(a.Path(), dbtest.Options(t, clone, dbtest.In(cloneState)))
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Record(t, c, dbtest.Journal("d1", "of the clone"))
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	elsewhere := copyOf(t, a.Path())
	if err := os.Remove(a.Path()); err != nil {
		t.Fatal(err)
	}
	write(t, a.Path(), before)
	return dbtest.Open(t, a.Path(), original, dbtest.In(state)), dbtest.Open(t, elsewhere, clone, func(o *db.Options) { o.Entropy = dbtest.Entropy(1 << 40) })
}

func has(t *testing.T, w *db.File, id process.EventID) bool {
	t.Helper()
	for _, e := range allEvents(t, w) {
		if e.ID == id {
			return true
		}
	}
	return false
}
