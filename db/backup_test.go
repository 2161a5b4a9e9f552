package db_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// movingClock is a clock that a test moves.
type movingClock struct{ now time.Time }

func (c *movingClock) use(o *db.Options) { o.Clock = func() time.Time { return c.now } }

// A year of a backup every eight hours leaves the latest ten, the latest of each of fourteen days, and of each of twelve months. The
// latest ten reach back over four days (3 + 3 + 3 + 1), of which each one's latest is a daily one too; fourteen days lie in one or two
// months, whose latest are among them.
func TestOldBackupsAreThinned(t *testing.T) {
	clock := &movingClock{dbtest.Now.AddDate(-1, 0, 0)}
	w := dbtest.New(t, clock.use)
	for clock.now.Before(dbtest.Now) {
		clock.now = clock.now.Add(8 * time.Hour)
		if clock.now.Day() != 1 && clock.now.Day() < 25 && clock.now.Before(dbtest.Now.AddDate(0, 0, -30)) {
			continue // nothing is different on these days, and the test is quicker
		}
		dbtest.Record(t, w, dbtest.Journal("d1", clock.now.String()))
		if _, err := w.Backup(t.Context(), db.Daily); err != nil {
			t.Fatal(err)
		}
	}
	list, err := w.Backups()
	if err != nil {
		t.Fatal(err)
	}
	days, months := map[string]int{}, map[string]int{}
	for _, b := range list {
		days[b.At.Format(time.DateOnly)]++
		months[b.At.Format("2006-01")]++
	}
	if len(months) != 12 {
		t.Errorf("backups of %d months are kept, want 12", len(months))
	}
	for i := range 14 {
		if day := clock.now.AddDate(0, 0, -i).Format(time.DateOnly); days[day] == 0 {
			t.Errorf("no backup of %s is kept", day)
		}
	}
	// 10 latest + 10 more days + 10 or 11 more months
	if len(list) < 30 || len(list) > 32 {
		t.Errorf("%d backups are kept, want 10 + 10 + 10 or 11", len(list))
	}
}

func TestABackupOfTheSameIsNotMadeTwice(t *testing.T) {
	w := dbtest.New(t)
	dbtest.Record(t, w, dbtest.Journal("d1", "x"))
	first, err := w.Backup(t.Context(), db.AfterOpen)
	if err != nil {
		t.Fatal(err)
	}
	again, err := w.Backup(t.Context(), db.Daily)
	if err != nil || again.Path != first.Path {
		t.Errorf("the second backup is %+v, %v, want the first one", again, err)
	}
	if info, err := os.Stat(filepath.Dir(first.Path)); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder of backups is %v, %v, want 0700", info.Mode(), err)
	}
}

func TestRestoringBringsBackTheStateAndCanItselfBeUndone(t *testing.T) {
	clock := &movingClock{dbtest.Now}
	w := dbtest.New(t, clock.use)
	n := rounds(t, 4, 200)
	type point struct {
		backup db.BackupFile
		hash   db.SetHash
		events int
	}
	var points []point
	for i := range n {
		clock.now = clock.now.Add(time.Minute)
		dbtest.Record(t, w, dbtest.Journal("d1", fmt.Sprint("entry ", i)))
		b, err := w.Backup(t.Context(), db.Daily)
		if err != nil {
			t.Fatal(err)
		}
		kept := filepath.Join(t.TempDir(), "backup.milstolpe") // the thinning must not take it away before its turn
		copyTo(t, b.Path, kept)
		b.Path = kept
		points = append(points, point{b, w.StateHash(), len(allEvents(t, w))})
	}
	for i, p := range points {
		clock.now = clock.now.Add(time.Minute)
		dbtest.Record(t, w, dbtest.Journal("d2", fmt.Sprint("later ", i)))
		before := w.StateHash()
		undo, err := w.Restore(t.Context(), p.backup.Path)
		if err != nil {
			t.Fatal(err)
		}
		if w.StateHash() != p.hash || len(allEvents(t, w)) != p.events {
			t.Fatalf("restored backup %d has hash %v and %d events, had %v and %d", i, w.StateHash(), len(allEvents(t, w)), p.hash, p.events)
		}
		if s := w.State(); s.Pending != 0 || s.Problem != nil {
			t.Fatalf("after restoring the state is %+v", s)
		}
		publish(t, w) // and it must not take the later events in again
		if w.StateHash() != p.hash {
			t.Fatal("the next publication brought the later events back")
		}
		if _, err := w.Restore(t.Context(), undo.Path); err != nil {
			t.Fatal(err)
		}
		if w.StateHash() != before {
			t.Fatalf("undoing the restoring of backup %d gives another state than before", i)
		}
	}
	t.Logf("%d of %d restored with equal hashes", len(points), n)
}

func TestABackupOfAnotherTeamIsNotRestored(t *testing.T) {
	w := dbtest.New(t)
	before := w.StateHash()
	if _, err := w.Restore(t.Context(), otherTeam(t).Path()); message(err) != "file.other_dataset" {
		t.Errorf("restoring another team's file gives %v", err)
	}
	if w.StateHash() != before {
		t.Error("something was changed")
	}
}

func TestAfterRestoringAnotherWriterRecords(t *testing.T) {
	w := dbtest.New(t)
	b, err := w.Backup(t.Context(), db.Daily)
	if err != nil {
		t.Fatal(err)
	}
	first := dbtest.Record(t, w, dbtest.Journal("d1", "before"))
	if _, err := w.Restore(t.Context(), b.Path); err != nil {
		t.Fatal(err)
	}
	second := dbtest.Record(t, w, dbtest.Journal("d1", "after"))
	if first[0].ID.Writer() == second[0].ID.Writer() {
		t.Error("the writer's numbers are used twice")
	}
}

func TestAnImportIsBackedUpFirst(t *testing.T) {
	w := dbtest.New(t)
	_, err := w.ActBulk(t.Context(), func(*sales.Team) ([]process.Fact, error) { return manyFacts(1), nil }, nil)
	if err != nil {
		t.Fatal(err)
	}
	if list, _ := w.Backups(); len(list) != 1 || list[0].Reason != db.BeforeImport {
		t.Errorf("backups are %+v", list)
	}
}

func TestABackupTellsWhatWasRecordedSince(t *testing.T) {
	w := dbtest.New(t)
	dbtest.Record(t, w, dbtest.Opened("d1", "Kök"))
	backup, err := w.Backup(t.Context(), db.Daily)
	if err != nil {
		t.Fatal(err)
	}
	since, again, err := w.PreviewRestore(t.Context(), backup.Path)
	if err != nil || !since.Empty() || again != 0 {
		t.Errorf("right after the backup %d events are newer and %d are missing, %v", len(since.Events), again, err)
	}
	events := dbtest.Record(t, w, dbtest.Journal("d1", "lunch"), dbtest.Opened("d2", "Bad"))
	hash := w.StateHash()
	since, again, err = w.PreviewRestore(t.Context(), backup.Path)
	if err != nil || len(since.Events) != len(events) || len(since.Deals) != 2 || again != 0 {
		t.Errorf("recorded since: %+v, missing %d, %v; want the two events about two deals", since, again, err)
	}
	if w.StateHash() != hash {
		t.Error("looking at a backup changed something")
	}
	undo, err := w.Restore(t.Context(), backup.Path)
	if err != nil {
		t.Fatal(err)
	}
	if since, again, err = w.PreviewRestore(t.Context(), undo.Path); err != nil || again < len(events) || !since.Empty() {
		t.Errorf("after restoring, undoing it would bring %d events back, take %d away, %v", again, len(since.Events), err)
	}
}

func TestFilesThatWereOpenedAreRememberedLatestFirst(t *testing.T) {
	state := t.TempDir()
	first := dbtest.New(t, dbtest.In(state))
	second := dbtest.New(t, dbtest.In(state))
	gone, err := db.New(filepath.Join(t.TempDir(), "gone.milstolpe"), dbtest.Founding(), dbtest.Options(t, dbtest.In(state)))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(gone.Close(), os.Remove(gone.Path())); err != nil {
		t.Fatal(err)
	}
	early := dbtest.Now.AddDate(-1, 0, 0)
	for _, path := range copiesIn(t, state) {
		if err := os.Chtimes(path, early, early); err != nil {
			t.Fatal(err)
		}
	}
	dbtest.Record(t, second, dbtest.Journal("d1", "later"))
	var paths []string
	for _, r := range db.RecentFiles(state) {
		paths = append(paths, r.Path)
	}
	if want := []string{second.Path(), first.Path()}; !slices.Equal(paths, want) {
		t.Errorf("remembered %v, want %v", paths, want)
	}
}

func copiesIn(t *testing.T, state string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(state, "copies", "*", "working.db"))
	if err != nil || len(found) != 3 {
		t.Fatalf("working copies %v, %v", found, err)
	}
	return found
}
