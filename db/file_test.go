package db_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

func TestANewFileIsThereAndHoldsItsFoundingFacts(t *testing.T) {
	w := dbtest.New(t)
	if _, err := os.Stat(w.Path()); err != nil {
		t.Fatalf("the shared file is not there: %v", err)
	}
	_ = w.View(func(team *sales.Team) error {
		if team.Company() != "Björk & Lind" || team.Dataset != dbtest.Dataset {
			t.Errorf("the team is %q of dataset %q", team.Company(), team.Dataset)
		}
		return nil
	})
	if s := w.State(); s.Pending != 0 || s.Problem != nil {
		t.Errorf("right after making the file its state is %+v", s)
	}
}

func TestNewRefusesAPathThatIsTaken(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	if err := os.WriteFile(file, []byte("minutes of the last meeting"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "nowhere"), link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{file, dir, link} {
		if _, err := db.New(path, dbtest.Founding(), dbtest.Options(t)); path != link && process.KindOf(err) != process.Invalid {
			t.Errorf("making %s gives %v, want a refusal", filepath.Base(path), err)
		}
	}
	if b, _ := os.ReadFile(file); string(b) != "minutes of the last meeting" {
		t.Errorf("the file that was there holds %q now", b)
	}
}

func TestANewFileThatFailsLeavesNothingBehind(t *testing.T) {
	o := dbtest.Options(t)
	path := filepath.Join(t.TempDir(), "no such folder", "Sales.milstolpe")
	if _, err := db.New(path, dbtest.Founding(), o); process.KindOf(err) != process.NotFound {
		t.Errorf("error is %v, want that there is no such folder", err)
	}
	if _, err := db.New(filepath.Join(t.TempDir(), "x"), nil, o); err == nil {
		t.Error("a file without a dataset was made")
	}
	if left, _ := filepath.Glob(filepath.Join(o.StateDir, "copies", "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestWhatWasRecordedIsThereAfterOpeningAgain(t *testing.T) {
	w := dbtest.New(t)
	recorded := dbtest.Record(t, w, dbtest.Journal("d1", "Ringde Eva"), dbtest.Journal("d1", "Mejlade"))
	if len(recorded) != 2 {
		t.Fatalf("recording two facts returns %d events", len(recorded))
	}
	want := allEvents(t, w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name  string
		state string
	}{{"on the same computer", stateOf(w)}, {"on a computer that never saw it", t.TempDir()}} {
		t.Run(tc.name, func(t *testing.T) {
			again := dbtest.Open(t, w.Path(), dbtest.In(tc.state))
			sameEvents(t, want, allEvents(t, again))
			if again.StateHash() != w.StateHash() {
				t.Errorf("the state hash was %v and is %v", w.StateHash(), again.StateHash())
			}
		})
	}
}

func TestAWriterIntroducesItselfAndNumbersItsEventsWithoutGaps(t *testing.T) {
	state := t.TempDir()
	w := dbtest.New(t, dbtest.In(state))
	for i := range 3 {
		dbtest.Record(t, w, dbtest.Journal("d1", "first run"), dbtest.Journal("d2", string(rune('a'+i))))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	again := dbtest.Open(t, w.Path(), dbtest.In(state), dbtest.As("Erik", 2))
	dbtest.Record(t, again, dbtest.Journal("d1", "second run"))
	next := map[process.Writer]uint32{}
	err := again.Records(func(r db.Record) error {
		w := r.ID.Writer()
		if next[w]++; next[w] != r.Seq {
			t.Errorf("event %v has number %d, want %d", r.ID, r.Seq, next[w])
		}
		fact, _ := process.UnmarshalFact(r.Payload)
		if _, hello := fact.(*process.WriterIntroduced); hello != (r.Seq == 1) {
			t.Errorf("event number %d of a writer is a %T", r.Seq, fact)
		}
		return nil
	})
	if err != nil || len(next) != 2 {
		t.Errorf("two runs gave %d writers, %v", len(next), err)
	}
}

func TestDecidingNothingRecordsNothing(t *testing.T) {
	w := dbtest.New(t)
	before, refusal := w.Revision(), errors.New("no")
	for _, want := range []error{nil, refusal} {
		events, err := w.Act(t.Context(), func(*sales.Team) ([]process.Fact, error) { return nil, want })
		if events != nil || !errors.Is(err, want) {
			t.Errorf("got %v, %v, want nothing and %v", events, err, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := w.Act(ctx, func(*sales.Team) ([]process.Fact, error) { return []process.Fact{dbtest.Journal("d1", "x")}, nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled request gives %v", err)
	}
	if w.Revision() != before || w.State().Pending != 0 {
		t.Errorf("revision went from %d to %d, pending %d", before, w.Revision(), w.State().Pending)
	}
}

func TestASecondStartFindsTheFileInUse(t *testing.T) {
	w := dbtest.New(t)
	o := dbtest.Options(t)
	o.StateDir = stateOf(w)
	began := time.Now()
	if _, err := db.Open(w.Path(), o); process.KindOf(err) != process.Busy {
		t.Errorf("error is %v, want that the file is in use", err)
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("it took %v to say so", took)
	}
	o.ReadOnly = true
	r, err := db.Open(w.Path(), o)
	if err != nil {
		t.Fatalf("reading while it is in use: %v", err)
	}
	defer func() { _ = r.Close() }()
	sameEvents(t, allEvents(t, w), allEvents(t, r))
	refusesToChange(t, r)
}

// refusesToChange demands that a file that was opened for reading refuses everything else, and publishes nothing.
func refusesToChange(t *testing.T, r *db.File) {
	t.Helper()
	for name, try := range map[string]func() error{
		"act": func() error {
			_, err := r.Act(t.Context(), func(*sales.Team) ([]process.Fact, error) { return dbtest.Founding(), nil })
			return err
		},
		"merge":   func() error { _, err := r.Merge(t.Context(), r.Path()); return err },
		"undo":    func() error { return r.UndoMerge(t.Context(), db.Incoming{}) },
		"backup":  func() error { _, err := r.Backup(t.Context(), db.Daily); return err },
		"restore": func() error { _, err := r.Restore(t.Context(), r.Path()); return err },
		"erase":   func() error { _, err := r.EraseContact(t.Context(), "eva"); return err },
	} {
		if err := try(); message(err) != "file.read_only" {
			t.Errorf("%s gives %v, want that it is open for reading only", name, err)
		}
	}
	if list, err := r.Backups(); len(list) != 0 || err != nil {
		t.Errorf("its backups are %v, %v", list, err)
	}
	if err := errors.Join(r.Publish(t.Context()), r.Pull(t.Context())); err != nil {
		t.Errorf("publishing nothing gives %v", err)
	}
}

func TestBackgroundPublishesSoonAfterAChange(t *testing.T) {
	w := dbtest.New(t, func(o *db.Options) { o.Manual, o.Debounce = false, 20*time.Millisecond })
	dbtest.Record(t, w, dbtest.Journal("d1", "x"))
	if w.State().Pending == 0 {
		t.Error("the change is in the shared file before it can be")
	}
	waitFor(t, "publication", func() bool { return w.State().Pending == 0 })
	if v, err := db.Check(w.Path(), dbtest.Options(t)); err != nil || v.Readable != 7 {
		t.Errorf("the shared file holds %d events, want 5 founding ones, 1 introduction, 1 recorded: %v", v.Readable, err)
	}
}

// One fold makes the state, whether it runs over one new event at a time, over an import, or over everything when the file is opened.
func TestTheStateIsTheSameHoweverItIsFolded(t *testing.T) {
	w := dbtest.New(t)
	facts := manyFacts(30)
	for _, f := range facts[:100] {
		dbtest.Record(t, w, f)
	}
	if _, err := w.ActBulk(t.Context(), func(*sales.Team) ([]process.Fact, error) { return facts[100:], nil }, nil); err != nil {
		t.Fatal(err)
	}
	db.Abandon(w)
	again := dbtest.Open(t, w.Path(), dbtest.In(stateOf(w)))
	if !sameTeam(w, again) {
		t.Error("what was folded event by event differs from what is folded at the start")
	}
	publish(t, again)
	elsewhere := dbtest.Open(t, w.Path(), dbtest.As("Erik", 2))
	if !sameTeam(w, elsewhere) {
		t.Error("another computer sees another state")
	}
}

func TestAnImportInOneGoReportsProgress(t *testing.T) {
	w := dbtest.New(t)
	var facts []process.Fact
	for range 2500 {
		facts = append(facts, dbtest.Journal("d1", "x"))
	}
	var heard []int
	_, err := w.ActBulk(t.Context(), func(*sales.Team) ([]process.Fact, error) { return facts, nil }, func(done, of int) {
		if of != 2500 {
			t.Errorf("progress says %d of %d, want of 2500", done, of)
		}
		heard = append(heard, done)
	})
	if err != nil || len(heard) < 3 || heard[len(heard)-1] != 2500 {
		t.Errorf("progress heard %v, error %v", heard, err)
	}
}

// stateOf is the state folder that a test's file was made with; dbtest makes one for each test beside the shared file's.
func stateOf(w *db.File) string { return db.StateDirOf(w) }

func allEvents(t *testing.T, w *db.File) []process.Event {
	t.Helper()
	var list []process.Event
	if err := w.Events(func(e process.Event) error { list = append(list, e); return nil }); err != nil {
		t.Fatal(err)
	}
	return list
}

func sameEvents(t *testing.T, want, got []process.Event) {
	t.Helper()
	if len(want) != len(got) {
		t.Fatalf("there are %d events, want %d", len(got), len(want))
	}
	for i := range want {
		if want[i].ID != got[i].ID {
			t.Errorf("event %d is %v, want %v", i, got[i].ID, want[i].ID)
		}
	}
}

// waitFor waits for what happens in the background, a minute at most: the machine may be busy with other things.
func waitFor(t *testing.T, what string, done func() bool) {
	t.Helper()
	waitAtMost(t, time.Minute, what, done)
}

func waitAtMost(t *testing.T, most time.Duration, what string, done func() bool) {
	t.Helper()
	for began := time.Now(); time.Since(began) < most; time.Sleep(10 * time.Millisecond) {
		if done() {
			return
		}
	}
	t.Fatalf("waited %v for %s", most, what)
}

func asError(err error) (process.Error, bool) {
	var e *process.Error
	if errors.As(err, &e) {
		return *e, true
	}
	return process.Error{}, false
}
