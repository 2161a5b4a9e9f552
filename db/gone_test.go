package db_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
)

// fileThatGoes is a new file that is not where it was when the test ends.
func fileThatGoes(t *testing.T, state string) *db.File {
	t.Helper()
	w, err := db.New(filepath.Join(t.TempDir(), "Sales.milstolpe"), dbtest.Founding(), dbtest.Options(t, dbtest.In(state)))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// A file that was renamed is found again, before copies of it, and followed with what waits here. Neither the old name nor what was set
// aside in this copy is lost on the way.
func TestARenamedFileIsFoundAndFollowed(t *testing.T) {
	state := t.TempDir()
	w := fileThatGoes(t, state)
	dbtest.Record(t, w, dbtest.Journal("d1", "before"))
	publish(t, w)
	older := copyOf(t, w.Path())
	dbtest.Record(t, w, dbtest.Journal("d1", "latest"))
	publish(t, w)
	folder := filepath.Join(filepath.Dir(w.Path()), "2027")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	moved := filepath.Join(folder, "Team.milstolpe")
	if err := os.Rename(w.Path(), moved); err != nil {
		t.Fatal(err)
	}
	dbtest.Record(t, w, dbtest.Journal("d1", "meanwhile"))
	if err := w.Publish(t.Context()); process.KindOf(err) != process.NotFound || !w.State().Gone() {
		t.Fatalf("publishing gives %v", err)
	}
	for name, found := range map[string][]db.Elsewhere{
		"open":     w.Elsewhere([]string{filepath.Dir(older)}),
		"not open": db.FindMoved(w.Path(), []string{filepath.Dir(older)}, dbtest.Options(t, dbtest.In(state))),
	} {
		if len(found) == 0 || found[0].Path != moved || name == "open" && !found[0].Same {
			t.Errorf("of a file that is %s this is found: %+v", name, found)
		}
	}
	want := allEvents(t, w)
	path, err := w.Follow(moved)
	if err != nil || path != moved {
		t.Fatalf("following leads to %q, %v", path, err)
	}
	again := dbtest.Open(t, moved, dbtest.In(state), dbtest.As("Anna", 7))
	publish(t, again)
	sameEvents(t, want, allOf(t, moved))
	if _, err := os.Stat(w.Path()); err == nil {
		t.Error("the old name was made anew")
	}
	if left, err := again.Unpublished(t.Context()); err != nil || len(left) != 0 {
		t.Errorf("left behind: %+v, %v", left, err)
	}
}

// Moving writes the file at its new place, takes the old one to the backups, and brings along what is private to the working copy.
func TestMovingBringsEverythingAlong(t *testing.T) {
	state, folder := t.TempDir(), t.TempDir()
	w := fileThatGoes(t, state)
	erik := dbtest.Open(t, copyOf(t, w.Path()), dbtest.As("Erik", 2))
	dbtest.Record(t, erik, dbtest.Journal("d1", "undone here"))
	publish(t, erik)
	in, err := w.Merge(t.Context(), erik.Path())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.UndoMerge(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	dbtest.Record(t, w, dbtest.Journal("d1", "not published yet"))
	want, before := allEvents(t, w), w.Path()
	path, err := w.MoveTo(t.Context(), folder)
	if err != nil || path != filepath.Join(folder, filepath.Base(before)) {
		t.Fatalf("moving leads to %q, %v", path, err)
	}
	if _, err := os.Stat(before); err == nil {
		t.Error("the old file is still there")
	}
	again := dbtest.Open(t, path, dbtest.In(state), dbtest.As("Anna", 7))
	sameEvents(t, want, allOf(t, path))
	if aside, err := again.Aside(); err != nil || len(aside) != 1 {
		t.Errorf("what was set aside is %+v, %v", aside, err)
	}
	kept, _ := filepath.Glob(filepath.Join(state, "copies", "*", "backups", "*"))
	if len(kept) == 0 {
		t.Error("the old file is not among the backups")
	}
}

// A move that cannot be made leaves everything as it was.
func TestAMoveThatFailsChangesNothing(t *testing.T) {
	w := dbtest.New(t)
	taken := filepath.Join(t.TempDir(), filepath.Base(w.Path()))
	write(t, taken, []byte("somebody else's"))
	for to, want := range map[string]string{
		filepath.Dir(taken): "file.exists", w.Path(): "move.same", filepath.Dir(w.Path()): "move.same", filepath.Join(t.TempDir(), "none", "x.milstolpe"): "file.no_folder",
	} {
		if _, err := w.MoveTo(t.Context(), to); message(err) != want {
			t.Errorf("moving to %s gives %v, want %s", to, err, want)
		}
	}
	dbtest.Record(t, w, dbtest.Journal("d1", "goes on"))
	publish(t, w)
}

// Where the file is away at the start, one works in the own copy, and what was recorded goes out when it is there again.
func TestWorkingInTheOwnCopyUntilTheFileIsBack(t *testing.T) {
	state, dir := t.TempDir(), filepath.Join(t.TempDir(), "stick")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "Sales.milstolpe")
	w := dbtest.NewAt(t, path, dbtest.In(state))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(dir, dir+" pulled out"); err != nil {
		t.Fatal(err)
	}
	quick := func(o *db.Options) {
		o.Manual, o.Debounce, o.MaxDelay, o.PollEvery = false, 10*time.Millisecond, 50*time.Millisecond, 20*time.Millisecond
	}
	own, err := db.OpenOwn(path, dbtest.Options(t, dbtest.In(state), dbtest.As("Anna", 7), quick))
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Record(t, own, dbtest.Journal("d1", "on the train"))
	waitFor(t, "it to be told", func() bool { return own.State().Gone() && own.State().Pending > 0 })
	if _, err := os.Stat(path); err == nil {
		t.Error("the file was made anew")
	}
	if err := os.Rename(dir+" pulled out", dir); err != nil {
		t.Fatal(err)
	}
	waitAtMost(t, 5*time.Second, "what waits to go out", func() bool { return own.State().Pending == 0 && !own.State().Gone() })
	sameEvents(t, allEvents(t, own), allOf(t, path))
	if err := own.Close(); err != nil {
		t.Error(err)
	}
	if _, err := db.OpenOwn(filepath.Join(dir, "never opened.milstolpe"), dbtest.Options(t, dbtest.In(state))); message(err) != "repair.no_copy" {
		t.Errorf("a file that was never opened here gives %v", err)
	}
}

// A program that is killed before it has published goes on with that at the next start: at once where the file is there, else as soon as
// it is.
func TestWhatWaitedWhenTheProgramWasKilledGoesOutAfterTheNextStart(t *testing.T) {
	for name, away := range map[string]bool{"with the file there": false, "with its folder away": true} {
		t.Run(name, func(t *testing.T) {
			state, dir := t.TempDir(), filepath.Join(t.TempDir(), "share")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, "Sales.milstolpe")
			w, err := db.New(path, dbtest.Founding(), dbtest.Options(t, dbtest.In(state)))
			if err != nil {
				t.Fatal(err)
			}
			dbtest.Record(t, w, dbtest.Journal("d1", "acknowledged"))
			want := allEvents(t, w)
			db.Abandon(w)
			open := db.Open
			if away {
				open = db.OpenOwn
				if err := os.Rename(dir, dir+" away"); err != nil {
					t.Fatal(err)
				}
			}
			again, err := open(path, dbtest.Options(t, dbtest.In(state), dbtest.As("Anna", 7), func(o *db.Options) {
				o.Manual, o.Debounce, o.MaxDelay, o.PollEvery = false, 300*time.Millisecond, time.Second, 20*time.Millisecond
			}))
			if err != nil {
				t.Fatal(err)
			}
			if s := again.State(); s.Pending == 0 {
				t.Errorf("after the start the state is %+v, and something waits", s)
			}
			if away {
				waitFor(t, "noticing", func() bool { return again.State().Gone() })
				if err := os.Rename(dir+" away", dir); err != nil {
					t.Fatal(err)
				}
			}
			waitAtMost(t, 5*time.Second, "what waits to go out", func() bool { return again.State().Pending == 0 })
			sameEvents(t, want, allOf(t, path))
			if err := again.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
