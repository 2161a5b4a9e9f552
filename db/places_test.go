package db_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

func TestAConflictCopyIsFoundMergedAndKept(t *testing.T) {
	anna := dbtest.New(t)
	publish(t, anna)
	dir := filepath.Dir(anna.Path())
	second := filepath.Join(dir, "Sales (Eriks laptop, copie en conflit 2026-11-23)") // whatever a sync program calls it
	erik := mailedCopy(t, anna)
	dbtest.Record(t, erik, dbtest.Opened("d1", "Kök"), dbtest.Journal("d1", "x"))
	publish(t, erik)
	copyTo(t, erik.Path(), second)
	write(t, filepath.Join(dir, "notes.txt"), bytes.Repeat([]byte("notes "), 5000))
	copyTo(t, otherTeam(t).Path(), filepath.Join(dir, "Other.milstolpe"))

	found, err := anna.Conflicts(t.Context())
	if err != nil || len(found) != 1 || found[0].From != second {
		t.Fatalf("found %+v, %v, want %s alone", found, err, second)
	}
	if len(found[0].Events) != 2 || found[0].People[0].Person != "Erik" {
		t.Errorf("it would bring %+v, want 2 changes from Erik", found[0])
	}
	if _, err := anna.MergeConflict(t.Context(), second); err != nil {
		t.Fatal(err)
	}
	sameEvents(t, allEvents(t, erik), allEvents(t, anna))
	if _, err := os.Stat(second); !os.IsNotExist(err) {
		t.Error("the second copy is still there")
	}
	kept := onlyFile(t, filepath.Join(db.StateDirOf(anna), "copies", "*", "backups", "*-conflict-*"))
	if v, err := db.Check(kept, dbtest.Options(t)); err != nil || !v.Whole() {
		t.Errorf("the copy that was kept is %+v, %v", v, err)
	}
	if again, _ := anna.Conflicts(t.Context()); len(again) != 0 {
		t.Errorf("still found: %+v", again)
	}
	if _, err := anna.MergeConflict(t.Context(), anna.Path()); message(err) != "merge.itself" {
		t.Errorf("merging the file with itself gives %v", err)
	}
}

func TestAWorkingCopyBelongsToADatasetAndAPath(t *testing.T) {
	state := t.TempDir()
	anna := dbtest.New(t, dbtest.In(state))
	june := filepath.Join(t.TempDir(), "June.milstolpe")
	copyTo(t, anna.Path(), june)
	dbtest.Record(t, anna, dbtest.Journal("d1", "of November"))
	before := anna.StateHash()

	old := dbtest.Open(t, june, dbtest.In(state), dbtest.As("Anna", 5))
	if old.StateHash() == before {
		t.Error("June's file shows what was recorded later in another place")
	}
	dbtest.Record(t, old, dbtest.Journal("d1", "into June's file"))
	publish(t, old)
	publish(t, anna)
	if anna.StateHash() != before {
		t.Error("looking at June's file changed today's")
	}
}

func TestChangesThatNeverReachedTheirSharedFileAreOffered(t *testing.T) {
	state := t.TempDir()
	usb := filepath.Join(t.TempDir(), "usb")
	if err := os.Mkdir(usb, 0o700); err != nil {
		t.Fatal(err)
	}
	stick, err := db.New(filepath.Join(usb, "Sales.milstolpe"), dbtest.Founding(), dbtest.Options(t, dbtest.In(state)))
	if err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(t.TempDir(), "Sales.milstolpe")
	copyTo(t, stick.Path(), home)
	recorded := dbtest.Record(t, stick, dbtest.Opened("d1", "Kök"), dbtest.Journal("d1", "on the train"))
	if err := os.RemoveAll(usb); err != nil { // the stick is lost
		t.Fatal(err)
	}
	if err := stick.Close(); err == nil {
		t.Error("closing a file whose folder is gone says nothing")
	}

	w := dbtest.Open(t, home, dbtest.In(state), dbtest.As("Anna", 5))
	left, err := w.Unpublished(t.Context())
	if err != nil || len(left) != 1 || len(left[0].Changes.Events) != 2 {
		t.Fatalf("offered is %+v, %v, want 2 changes", left, err)
	}
	if _, err := w.TakeUnpublished(t.Context(), left[0]); err != nil {
		t.Fatal(err)
	}
	_ = w.View(func(team *sales.Team) error {
		if _, ok := team.Deal("d1"); !ok {
			t.Errorf("the deal of %v did not come in", recorded[0].ID)
		}
		return nil
	})
	if again, _ := w.Unpublished(t.Context()); len(again) != 0 {
		t.Errorf("offered again: %+v", again)
	}
}

func TestACopyThatIsPublishedElsewhereIsNotOffered(t *testing.T) {
	state := t.TempDir()
	anna := dbtest.New(t, dbtest.In(state))
	june := filepath.Join(t.TempDir(), "June.milstolpe")
	copyTo(t, anna.Path(), june)
	dbtest.Record(t, anna, dbtest.Journal("d1", "of November"))
	if err := anna.Close(); err != nil {
		t.Fatal(err)
	}
	old := dbtest.Open(t, june, dbtest.In(state), dbtest.As("Anna", 5))
	if left, err := old.Unpublished(t.Context()); err != nil || len(left) != 0 {
		t.Errorf("offered is %+v, %v: bringing two files together is a merge that somebody asks for", left, err)
	}
}

func TestACopyThatIsSavedHoldsEverythingThatIsRecorded(t *testing.T) {
	w := dbtest.New(t)
	dbtest.Record(t, w, dbtest.Opened("d1", "Kök")) // not in the shared file yet
	reader := dbtest.Open(t, w.Path(), func(o *db.Options) { o.ReadOnly = true })
	for _, from := range []*db.File{w, reader} {
		to := filepath.Join(t.TempDir(), "copy.milstolpe")
		if err := from.SaveCopy(t.Context(), to); err != nil {
			t.Fatal(err)
		}
		sameEvents(t, allEvents(t, from), allOf(t, to))
		if err := from.SaveCopy(t.Context(), to); message(err) != "file.exists" {
			t.Errorf("saving over it gives %v", err)
		}
	}
}

func TestAFileOfANewerFormatOpensReadOnlyAndSaysSo(t *testing.T) {
	w := dbtest.New(t)
	dbtest.Record(t, w, dbtest.Opened("d1", "Kök"))
	path := filepath.Join(t.TempDir(), "newer.milstolpe")
	if err := db.WriteNewerFormat(w, path); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	newer, err := db.Open(path, dbtest.Options(t))
	if err != nil {
		t.Fatal(err)
	}
	sameEvents(t, allEvents(t, w), allEvents(t, newer))
	if process.KindOf(newer.State().Problem) != process.Newer || process.KindOf(newer.ReadOnly()) != process.Newer {
		t.Errorf("it says %v and %v", newer.State().Problem, newer.ReadOnly())
	}
	_, err = newer.Act(t.Context(), func(*sales.Team) ([]process.Fact, error) { return manyFacts(1), nil })
	if process.KindOf(err) != process.Newer {
		t.Errorf("recording gives %v", err)
	}
	if err := newer.Close(); err != nil {
		t.Error(err)
	}
	if got, _ := os.ReadFile(path); !bytes.Equal(got, content) {
		t.Error("the file was changed")
	}
	if _, err := w.Merge(t.Context(), path); process.KindOf(err) != process.Newer {
		t.Errorf("merging it gives %v", err)
	}
}

// A state folder is left behind when there is a working copy in it that nobody has open, and at no other time.
func TestWhatAKilledRunLeavesBehindIsTold(t *testing.T) {
	if empty := t.TempDir(); db.IsAbandoned(empty) {
		t.Error("an empty folder may be one that is just being made")
	}
	w := dbtest.New(t)
	state := db.StateDirOf(w)
	if db.IsAbandoned(state) {
		t.Error("the file is open, and its folder counts as left behind")
	}
	db.Abandon(w)
	if !db.IsAbandoned(state) {
		t.Error("nobody has the file open any more, and its folder does not count as left behind")
	}
}
