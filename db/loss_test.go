package db_test

import (
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
)

// What was saved on this computer and is gone before it was in the shared file is told, with how many and whose, by every start, until
// somebody has seen it.
func TestWhatWasSavedAndIsGoneIsToldUntilItWasSeen(t *testing.T) {
	for name, harm := range map[string]func(t *testing.T, working string, before []byte){
		"emptied": func(t *testing.T, working string, _ []byte) {
			t.Helper()
			write(t, working, nil)
		},
		"deleted": func(t *testing.T, working string, _ []byte) {
			t.Helper()
			_ = os.Remove(working)
		},
		"folder emptied": func(t *testing.T, working string, _ []byte) {
			t.Helper()
			_ = os.RemoveAll(filepath.Dir(working))
		},
		"replaced": func(t *testing.T, working string, before []byte) {
			t.Helper()
			write(t, working, before)
		},
		"overwritten": func(t *testing.T, working string, _ []byte) {
			t.Helper()
			write(t, working, []byte("no database"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := dbtest.New(t)
			state := db.StateDirOf(w)
			dbtest.Record(t, w, dbtest.Journal("d1", "published"))
			working := onlyFile(t, filepath.Join(state, "copies", "*", "working.db"))
			publish(t, w)
			before := readFile(t, working)
			dbtest.Record(t, w, dbtest.Journal("d1", "lost"), dbtest.Journal("d1", "lost too"))
			db.Abandon(w)
			harm(t, working, before)
			for i := range 2 { // the second start tells it again
				again := dbtest.Open(t, w.Path(), dbtest.In(state), dbtest.As("Anna", uint64(3+i)))
				lost := again.Losses()
				if len(lost) != 1 || lost[0].Events != 2 || lost[0].Person != "Anna" || lost[0].Began.IsZero() || lost[0].LastSave.IsZero() {
					t.Fatalf("start %d tells %+v, want two lost events of Anna's run", i, lost)
				}
				if i == 1 {
					if err := again.ConfirmLosses(); err != nil {
						t.Fatal(err)
					}
				}
				if err := again.Close(); err != nil {
					t.Fatal(err)
				}
			}
			seen := dbtest.Open(t, w.Path(), dbtest.In(state), dbtest.As("Anna", 9))
			if lost := seen.Losses(); len(lost) != 0 {
				t.Errorf("told again after it was seen: %+v", lost)
			}
		})
	}
}

// Nothing is said to be lost that is in the shared file.
func TestNothingIsToldWhenEverythingIsInTheSharedFile(t *testing.T) {
	w := dbtest.New(t)
	state := db.StateDirOf(w)
	dbtest.Record(t, w, dbtest.Journal("d1", "published"))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(state, "copies")); err != nil {
		t.Fatal(err)
	}
	again := dbtest.Open(t, w.Path(), dbtest.In(state), dbtest.As("Anna", 3))
	if lost := again.Losses(); len(lost) != 0 {
		t.Errorf("told: %+v", lost)
	}
}

// pagesOf are where the pages of a working copy begin that hold something, and are no meta pages.
func pagesOf(b []byte) (at []int) {
	for i := 2 * 4096; i+4096 <= len(b); i += 4096 {
		if flags := binary.LittleEndian.Uint16(b[i+8:]); flags&(1|2) != 0 && binary.LittleEndian.Uint64(b[i:]) == uint64(i/4096) {
			at = append(at, i)
		}
	}
	return at
}

// harmPages does something to each page of a working copy in turn: zeroes it, swaps it with another, fills it with noise.
var harmPages = map[string]func(b []byte, at, other int){
	"zeroed": func(b []byte, at, _ int) { clear(b[at : at+4096]) },
	"swapped": func(b []byte, at, other int) {
		first := append([]byte(nil), b[at:at+4096]...)
		copy(b[at:at+4096], b[other:other+4096])
		copy(b[other:other+4096], first)
	},
	"noise": func(b []byte, at, _ int) {
		r := rand.New(rand.NewPCG(1, uint64(at)))
		for i := range 4096 {
			b[at+i] = byte(r.Uint32())
		}
	},
}

// A page of the working copy goes bad while no program runs: the next start opens the file, with everything that is in the shared file and
// everything that is left here; what is gone is told.
func TestADamagedPageDoesNotLockTheFile(t *testing.T) {
	for name, harm := range harmPages {
		t.Run(name, func(t *testing.T) { eachPage(t, harm, false) })
	}
}

// The same happens while the program runs, under its mapping: the next change is recorded all the same, and in the same process the file
// can be opened again.
func TestADamagedPageHealsWhileRunning(t *testing.T) {
	for name, harm := range harmPages {
		t.Run(name, func(t *testing.T) { eachPage(t, harm, true) })
	}
}

func eachPage(t *testing.T, harm func(b []byte, at, other int), running bool) {
	t.Helper()
	pages := 1
	for i := 0; i < pages && !t.Failed(); i++ {
		w := dbtest.New(t)
		state := db.StateDirOf(w)
		dbtest.Record(t, w, manyFacts(80)...)
		publish(t, w)
		all := len(allEvents(t, w))
		working := onlyFile(t, filepath.Join(state, "copies", "*", "working.db"))
		if !running {
			db.Abandon(w)
		}
		b := readFile(t, working)
		at := pagesOf(b)
		pages = min(len(at), rounds(t, 6, 40))
		harm(b, at[i], at[(i+1)%len(at)])
		if f, err := os.OpenFile(working, os.O_WRONLY, 0); err != nil {
			t.Fatal(err)
		} else if _, err := f.WriteAt(b, 0); err != nil {
			t.Fatal(err)
		} else if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if running {
			dbtest.Record(t, w, dbtest.Journal("d1", "goes on"))
			publish(t, w)
			if got := len(allEvents(t, w)); got < all+1 {
				t.Errorf("page %d: %d events are left of %d", i, got, all+1)
			}
			dbtest.Record(t, w, dbtest.Journal("d1", "and on"))
			all = len(allEvents(t, w))
			db.Abandon(w)
		}
		again := dbtest.Open(t, w.Path(), dbtest.In(state), dbtest.As("Anna", 3))
		if got := len(allEvents(t, again)); got < all {
			t.Errorf("page %d: after the next start %d events are left of %d", i, got, all)
		}
		if lost := again.Losses(); len(lost) != 0 {
			t.Errorf("page %d: everything is there, and told is %+v", i, lost)
		}
		dbtest.Record(t, again, dbtest.Journal("d1", "work goes on"))
	}
}

// Older content is put into the working copy under the running program. What was acknowledged since and is nowhere else is told, and new
// changes do not go where nobody finds them.
func TestAWorkingCopyThatIsSetBackWhileRunningIsTold(t *testing.T) {
	w := dbtest.New(t)
	state := db.StateDirOf(w)
	dbtest.Record(t, w, dbtest.Journal("d1", "published"))
	publish(t, w)
	working := onlyFile(t, filepath.Join(state, "copies", "*", "working.db"))
	before := readFile(t, working)
	dbtest.Record(t, w, dbtest.Journal("d1", "gone"))
	f, err := os.OpenFile(working, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt(before, 0); err != nil {
		t.Fatal(err)
	}
	_ = f.Close()
	dbtest.Record(t, w, dbtest.Journal("d1", "after"))
	db.Abandon(w)
	again := dbtest.Open(t, w.Path(), dbtest.In(state), dbtest.As("Anna", 3))
	told := 0
	for _, l := range again.Losses() {
		told += l.Events
	}
	found := 0
	for _, e := range allEvents(t, again) {
		if text := textOf(e); text == "gone" || text == "after" {
			found++
		}
	}
	if found+told != 2 {
		t.Errorf("of the two changes %d are there and %d are told", found, told)
	}
}

func textOf(e process.Event) string {
	if j, ok := e.Fact.(*process.JournalWritten); ok {
		return j.Text
	}
	return ""
}
