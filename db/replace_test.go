package db_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
)

// Between each two steps of a publication somebody else's version of the shared file arrives, by a rename, in place, or after the old one
// was deleted. It is never overwritten unread: what it holds is here in the end, and in the shared file.
func TestAVersionThatArrivesBetweenTwoStepsIsTakenIn(t *testing.T) {
	var steps []string
	stepsOf := dbtest.New(t, db.BetweenSteps(func(step string) { steps = append(steps, step) }))
	steps = nil
	dbtest.Record(t, stepsOf, dbtest.Journal("d1", "x"))
	publish(t, stepsOf)
	if len(steps) < 6 {
		t.Fatalf("a publication has the steps %v", steps)
	}
	arrive := map[string]func(t *testing.T, path string, version []byte){
		"by a rename": func(t *testing.T, path string, version []byte) {
			t.Helper()
			write(t, path+".coming", version)
			if err := os.Rename(path+".coming", path); err != nil {
				t.Fatal(err)
			}
		},
		"in place": func(t *testing.T, path string, version []byte) {
			t.Helper()
			write(t, path, version)
		},
		"after a deletion": func(t *testing.T, path string, version []byte) {
			t.Helper()
			if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			write(t, path, version)
		},
	}
	for _, step := range slices.Compact(steps) {
		for how, put := range arrive {
			t.Run(step+" "+how, func(t *testing.T) {
				comes := func(string) {}
				w := dbtest.New(t, db.BetweenSteps(func(at string) { comes(at) }))
				erik := dbtest.Open(t, copyOf(t, w.Path()), dbtest.As("Erik", 2))
				dbtest.Record(t, erik, dbtest.Journal("d1", "from Erik"))
				publish(t, erik)
				version := readFile(t, erik.Path())
				dbtest.Record(t, w, dbtest.Journal("d1", "ours"))
				times := 0
				comes = func(at string) {
					if at == step && times == 0 {
						times++
						put(t, w.Path(), version)
					}
				}
				publish(t, w)
				comes = func(string) {}
				publish(t, w) // the next look, for a version that came after the last step
				holdsBoth(t, w, erik)
			})
		}
	}
}

func holdsBoth(t *testing.T, w, erik *db.File) {
	t.Helper()
	there := map[string]bool{}
	for _, e := range allOf(t, w.Path()) {
		there[fmt.Sprint(e.ID)] = true
	}
	for _, e := range append(allEvents(t, w), allEvents(t, erik)...) {
		if !there[fmt.Sprint(e.ID)] {
			t.Errorf("event %v is not in the shared file", e.ID)
		}
	}
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(w.Path()), ".~*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Of two versions that arrive in the two moments in which files change places, one lies beside the shared file afterwards.
func TestTwoVersionsInOneMomentAreBothKept(t *testing.T) {
	comes := func(string) {}
	w := dbtest.New(t, db.BetweenSteps(func(at string) { comes(at) }))
	var versions [][]byte
	var others []*db.File
	for i := range 2 {
		other := dbtest.Open(t, copyOf(t, w.Path()), dbtest.As(fmt.Sprint("P", i), uint64(i+2)))
		dbtest.Record(t, other, dbtest.Journal("d1", fmt.Sprint("from ", i)))
		publish(t, other)
		versions, others = append(versions, readFile(t, other.Path())), append(others, other)
	}
	dbtest.Record(t, w, dbtest.Journal("d1", "ours"))
	at := map[string][]byte{"looked": versions[0], "exchanged": versions[1]}
	comes = func(step string) {
		if version, ok := at[step]; ok {
			delete(at, step)
			write(t, w.Path()+".coming", version)
			if err := os.Rename(w.Path()+".coming", w.Path()); err != nil {
				t.Fatal(err)
			}
		}
	}
	publish(t, w)
	list, err := w.Conflicts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		if _, err := w.MergeConflict(t.Context(), c.From); err != nil {
			t.Fatal(err)
		}
	}
	for _, other := range others {
		holdsBoth(t, w, other)
	}
}

// A second copy that a sync program replaces while it is being merged is not put away unread.
func TestASecondCopyThatChangesWhileItIsMergedStays(t *testing.T) {
	comes := func(string) {}
	w := dbtest.New(t, db.BetweenSteps(func(at string) { comes(at) }))
	erik := dbtest.Open(t, copyOf(t, w.Path()), dbtest.As("Erik", 2))
	dbtest.Record(t, erik, dbtest.Journal("d1", "first"))
	publish(t, erik)
	second := filepath.Join(filepath.Dir(w.Path()), "Sales (2).milstolpe")
	copyTo(t, erik.Path(), second)
	dbtest.Record(t, erik, dbtest.Journal("d1", "and then"))
	publish(t, erik)
	comes = func(at string) {
		if at == "placed" {
			write(t, second, readFile(t, erik.Path()))
		}
	}
	if _, err := w.MergeConflict(t.Context(), second); err == nil {
		t.Error("the copy that was never read is put away")
	}
	if got := readFile(t, second); string(got) != string(readFile(t, erik.Path())) {
		t.Error("the copy is another one now")
	}
}
