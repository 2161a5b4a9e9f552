package db_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
)

// isSilent tells that an error says that the folder does not answer.
func isSilent(err error) bool {
	e, ok := errors.AsType[*process.Error](err)
	return ok && e.Msg == "file.folder_silent" && e.Kind == process.NotFound
}

// A share that hangs gives no error: whoever asks it waits. Work goes on, every page says it, closing comes to an end, and all goes out
// when the folder answers again.
func TestAFolderThatKeepsSilentStopsNobody(t *testing.T) {
	t.Parallel()
	state := t.TempDir()
	often := func(o *db.Options) {
		o.Manual, o.Debounce, o.MaxDelay, o.PollEvery = false, 10*time.Millisecond, 50*time.Millisecond, 20*time.Millisecond
	}
	w, err := db.New(filepath.Join(t.TempDir(), "Sales.milstolpe"), dbtest.Founding(), dbtest.Options(t, dbtest.In(state), often))
	if err != nil {
		t.Fatal(err)
	}
	path := w.Path()
	answer := db.Silence(path)
	dbtest.Record(t, w, dbtest.Journal("d1", "while it hangs"))
	waitFor(t, "the state to say that the folder does not answer", func() bool { return isSilent(w.State().Problem) && w.State().Gone() })
	if got := w.State().Pending; got == 0 {
		t.Error("what was recorded does not wait")
	}
	for what, do := range map[string]func() error{
		"publish":  func() error { return w.Publish(t.Context()) },
		"pull":     func() error { return w.Pull(t.Context()) },
		"put back": func() error { return w.PutBack(t.Context()) },
		"copies":   func() error { _, err := w.Conflicts(t.Context()); return err },
		"move":     func() error { _, err := w.MoveTo(t.Context(), t.TempDir()); return err },
		"open": func() error {
			_, err := db.Open(filepath.Join(filepath.Dir(path), "Other.milstolpe"), dbtest.Options(t))
			return err
		},
		"merge": func() error {
			_, err := w.Merge(t.Context(), filepath.Join(filepath.Dir(path), "Other.milstolpe"))
			return err
		},
	} {
		if err := do(); !isSilent(err) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if recent := db.RecentFiles(state); len(recent) != 1 || recent[0].Path != path {
		t.Errorf("files that were opened: %+v", recent)
	}
	want := allEvents(t, w)
	if err := w.Close(); !isSilent(err) {
		t.Errorf("closing says %v", err)
	}

	verdict, err := db.Check(path, dbtest.Options(t, dbtest.In(state)))
	if !isSilent(err) || len(verdict.Remedies) == 0 || verdict.Remedies[0].Kind != db.FromWorkingCopy {
		t.Errorf("checking it says %+v, %v", verdict, err)
	}
	own, err := db.OpenOwn(path, dbtest.Options(t, dbtest.In(state), dbtest.As("Anna", 7), often))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = own.Close() })
	sameEvents(t, want, allEvents(t, own))
	answer()
	waitFor(t, "everything to be in the shared file", func() bool { s := own.State(); return s.Problem == nil && s.Pending == 0 })
	sameEvents(t, want, allOf(t, path))
}

// A folder that falls silent while the shared file is written is told too, although nobody can call that back.
func TestAFolderThatFallsSilentDuringAPublicationIsTold(t *testing.T) {
	t.Parallel()
	reached, goOn := make(chan struct{}), make(chan struct{})
	step := func(string) {}
	w := dbtest.New(t, db.BetweenSteps(func(at string) { step(at) }))
	dbtest.Record(t, w, dbtest.Journal("d1", "while it hangs"))
	step = func(at string) {
		if at == "written" {
			close(reached)
			<-goOn
		}
	}
	published := make(chan error, 1)
	go func() { published <- w.Publish(t.Context()) }()
	<-reached
	answer := db.Silence(w.Path())
	if err := w.State().Problem; err != nil {
		t.Errorf("a publication that has just begun is called stuck: %v", err)
	}
	db.TakesLong(w)
	if err := w.State().Problem; !isSilent(err) {
		t.Errorf("the state says %v", err)
	}
	if err := w.Publish(t.Context()); !isSilent(err) {
		t.Errorf("whoever publishes as well is told %v", err)
	}
	answer()
	close(goOn)
	if err := <-published; err != nil {
		t.Error(err)
	}
	step = func(string) {}
	publish(t, w)
	if s := w.State(); s.Problem != nil || s.Pending != 0 {
		t.Errorf("after that the state is %+v", s)
	}
}
