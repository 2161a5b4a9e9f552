package db_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Whatever happens to the shared file while the program runs, it is noticed within five seconds, and in the end the file is whole
// again and holds everything.
func TestTheSharedFileMayBeTamperedWithWhileRunning(t *testing.T) {
	quick := func(o *db.Options) {
		o.Manual, o.Debounce, o.MaxDelay, o.PollEvery = false, 10*time.Millisecond, 50*time.Millisecond, 20*time.Millisecond
	}
	w := dbtest.New(t, quick)
	early := readFile(t, w.Path())
	path := w.Path()
	happen := map[string]func(){
		"swapped for an older one": func() {
			write(t, path+".other", early)
			if err := os.Rename(path+".other", path); err != nil {
				t.Fatal(err)
			}
		},
		"deleted": func() {
			_ = os.Remove(path)
			waitFor(t, "somebody to notice", func() bool { return w.State().Gone() })
			if err := w.PutBack(t.Context()); err != nil {
				t.Fatal(err)
			}
		},
		"truncated": func() {
			if info, err := os.Stat(path); err == nil {
				_ = os.Truncate(path, info.Size()/3)
			}
		},
		"overwritten in place": func() { write(t, path, bytes.Repeat([]byte("overwritten "), 3000)) },
	}
	n := rounds(t, 3, 100)
	for name, do := range happen {
		t.Run(name, func(t *testing.T) {
			slowest := time.Duration(0)
			for i := range n {
				dbtest.Record(t, w, dbtest.Journal("d1", fmt.Sprint(name, i)))
				want := len(allEvents(t, w))
				if i%2 == 0 { // half of the time it happens to a file that is up to date, half to one that is about to be written
					waitFor(t, "publication", func() bool { return w.State().Pending == 0 })
				}
				do()
				began := time.Now()
				waitAtMost(t, 5*time.Second, "the shared file to be whole again", func() bool {
					v, err := db.Check(path, dbtest.Options(t))
					return err == nil && v.Whole() && v.Readable == want
				})
				slowest = max(slowest, time.Since(began))
				if got := len(allEvents(t, w)); got != want {
					t.Fatalf("%d events are left of %d", got, want)
				}
			}
			t.Logf("0 lost in %d; whole again after %v at most, looking every 20 ms", n, slowest.Round(time.Millisecond))
		})
	}
}

// With the intervals that the program really uses, a file that is gone is noticed in five seconds. Nobody knows whether it was deleted or
// renamed, so it is not made anew by itself, and goes on at once when it is there again.
func TestAFileThatIsGoneIsNoticedInFiveSecondsAndNotMadeAnew(t *testing.T) {
	w := dbtest.New(t, func(o *db.Options) { o.Manual = false })
	path := w.Path()
	away := path + "-renamed"
	if err := os.Rename(path, away); err != nil {
		t.Fatal(err)
	}
	waitAtMost(t, 5*time.Second, "somebody to notice", func() bool { return w.State().Gone() })
	dbtest.Record(t, w, dbtest.Journal("d1", "meanwhile"))
	if err := w.Publish(t.Context()); process.KindOf(err) != process.NotFound || w.State().Pending == 0 {
		t.Errorf("publishing gives %v, and %d changes wait", err, w.State().Pending)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a file of the old name was made")
	}
	if err := os.Rename(away, path); err != nil {
		t.Fatal(err)
	}
	waitAtMost(t, 5*time.Second, "what waits to go out", func() bool { return w.State().Pending == 0 && w.State().Problem == nil })
}

// Copies that somebody takes at any moment while the program works at full rate are whole, every one.
func TestCopiesTakenWhileWorkingAreWhole(t *testing.T) {
	w := dbtest.New(t)
	dbtest.Record(t, w, manyFacts(50)...)
	stop := make(chan struct{})
	var busy sync.WaitGroup
	busy.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			_, err := w.Act(t.Context(), func(*sales.Team) ([]process.Fact, error) {
				return []process.Fact{dbtest.Journal("d1", fmt.Sprint("entry ", i))}, nil
			})
			if err == nil {
				err = w.Publish(t.Context())
			}
			if err != nil {
				t.Errorf("working: %v", err)
				return
			}
		}
	})
	n, dir := rounds(t, 15, 200), t.TempDir()
	for i := range n {
		copyTo(t, w.Path(), filepath.Join(dir, fmt.Sprint(i)))
		time.Sleep(time.Duration(i%7) * time.Millisecond)
	}
	close(stop)
	busy.Wait()
	sizes := map[int]bool{}
	for i := range n {
		v, err := db.Check(filepath.Join(dir, fmt.Sprint(i)), dbtest.Options(t))
		if err != nil || !v.Whole() {
			t.Fatalf("copy %d is %+v, %v", i, v.Damage, err)
		}
		sizes[v.Readable] = true
	}
	t.Logf("%d copies whole, of %d different states", n, len(sizes))
}

// Two tabs with the same form: the second to be sent does not silently undo the first. Both are kept and shown.
func TestAStaleFormOverwritesNothingSilently(t *testing.T) {
	w := dbtest.New(t)
	n := rounds(t, 20, 200)
	for i := range n {
		id := process.DealID(fmt.Sprint("d", i))
		dbtest.Record(t, w, dbtest.Opened(id, "Kök"))
		var form sales.DealForm
		_ = w.View(func(team *sales.Team) error {
			d, _ := team.Deal(id)
			form = sales.DealForm{Name: "Kök", Customer: "Björk", Value: d.Now.Value, ExpectedClose: d.Now.ExpectedClose, Base: d.Heads()}
			return nil
		})
		for _, name := range []string{"Kök, nytt", "Kök och bad"} { // both tabs show the form as it was at first
			form.Name = name
			_, err := w.Act(t.Context(), func(team *sales.Team) ([]process.Fact, error) {
				d, _ := team.Deal(id)
				return d.Change(form, sales.Env{Today: process.DateOf(dbtest.Now), NewID: func() string { return fmt.Sprint("new", i) }})
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		_ = w.View(func(team *sales.Team) error {
			d, _ := team.Deal(id)
			if heads := d.Heads()["name"]; len(heads) != 2 || d.Now.Name != "Kök och bad" {
				t.Fatalf("after the second tab the name is %q with %d heads, want a conflict of two", d.Now.Name, len(heads))
			}
			return nil
		})
	}
	t.Logf("%d stale forms, 0 silent overwrites", n)
}

// A cleaning program deletes the state folder while the program runs. What is recorded afterwards must not go into a file that nobody
// will find again.
func TestAWorkingCopyThatIsDeletedIsWrittenAnew(t *testing.T) {
	w := dbtest.New(t)
	state := db.StateDirOf(w)
	dbtest.Record(t, w, dbtest.Journal("d1", "before"))
	if err := os.RemoveAll(filepath.Join(state, "copies")); err != nil {
		t.Fatal(err)
	}
	dbtest.Record(t, w, dbtest.Journal("d1", "after"))
	want := allEvents(t, w)
	db.Abandon(w) // before anything is published
	again := dbtest.Open(t, w.Path(), dbtest.In(state), dbtest.As("Anna", 4))
	sameEvents(t, want, allEvents(t, again))
}
