package db_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
)

// twoCopies are two people with one shared file open on two computers.
func twoCopies(t *testing.T) (anna, erik *db.File) {
	t.Helper()
	anna = dbtest.New(t)
	erik = dbtest.Open(t, anna.Path(), dbtest.As("Erik", 2))
	return anna, erik
}

func publish(t *testing.T, w *db.File) {
	t.Helper()
	if err := w.Publish(t.Context()); err != nil {
		t.Fatalf("publish: %v", err)
	}
}

func TestWhatOthersPublishedComesInAndIsTold(t *testing.T) {
	anna, erik := twoCopies(t)
	dbtest.Record(t, anna, dbtest.Opened("d1", "Kök"), dbtest.Opened("d2", "Bad"), dbtest.Journal("d1", "Ringde"))
	publish(t, anna)
	if err := erik.Pull(t.Context()); err != nil {
		t.Fatal(err)
	}
	news := erik.News()
	if len(news) != 1 {
		t.Fatalf("there are %d pieces of news, want 1", len(news))
	}
	want := []db.PersonChanges{{Person: "Anna", Changes: 3, Deals: []process.DealID{"d1", "d2"}}}
	if diff := cmp.Diff(want, news[0].People); diff != "" {
		t.Errorf("3 changes from Anna in 2 deals are told as (-want +got):\n%s", diff)
	}
	deals := []db.DealChanges{
		{Deal: "d1", Name: "Kök", Changes: 2, People: []string{"Anna"}},
		{Deal: "d2", Name: "Bad", Changes: 1, People: []string{"Anna"}},
	}
	if diff := cmp.Diff(deals, news[0].Deals); diff != "" {
		t.Errorf("by deal (-want +got):\n%s", diff)
	}
	sameEvents(t, allEvents(t, anna), allEvents(t, erik))
}

// The four cases of comparing two sets of events, by what they do to the shared file and to the working copy.
func TestSetsOfEventsDecideWhatIsPublishedAndWhatIsTakenIn(t *testing.T) {
	for _, tc := range []struct {
		name                 string
		theirs, ours         bool // has recorded something that the other lacks
		rewritten, fromAbove bool // the shared file is written; something came in
	}{
		{"equal", false, false, false, false},
		{"shared is a part of ours", false, true, true, false},
		{"ours is a part of shared", true, false, false, true},
		{"neither", true, true, true, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			anna, erik := twoCopies(t)
			if tc.theirs {
				dbtest.Record(t, erik, dbtest.Journal("d1", "Eriks"))
				publish(t, erik)
			}
			if tc.ours {
				dbtest.Record(t, anna, dbtest.Journal("d1", "Annas"))
			}
			before, _ := os.Stat(anna.Path())
			publish(t, anna)
			after, _ := os.Stat(anna.Path())
			if got := !os.SameFile(before, after); got != tc.rewritten {
				t.Errorf("the shared file was written: %v, want %v", got, tc.rewritten)
			}
			if got := len(anna.News()) > 0; got != tc.fromAbove {
				t.Errorf("something came in: %v, want %v", got, tc.fromAbove)
			}
			if s := anna.State(); s.Pending != 0 || s.Problem != nil {
				t.Errorf("state after publishing is %+v", s)
			}
		})
	}
}

func TestAnOverwrittenPublicationGoesOutAgain(t *testing.T) {
	anna, erik := twoCopies(t)
	old, err := os.ReadFile(anna.Path())
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Record(t, anna, dbtest.Journal("d1", "x"))
	publish(t, anna)
	if err := os.WriteFile(anna.Path(), old, 0o600); err != nil { // a sync program brings yesterday's file back
		t.Fatal(err)
	}
	publish(t, anna)
	if news := anna.News(); len(news) != 1 || news[0].Gone != 1 {
		t.Errorf("news are %+v, want that one event was gone from the shared file", news)
	}
	if err := erik.Pull(t.Context()); err != nil {
		t.Fatal(err)
	}
	sameEvents(t, allEvents(t, anna), allEvents(t, erik))
}

func TestTwoProgramsDoNotAnswerEachOtherForEver(t *testing.T) {
	background := func(o *db.Options) { o.Manual, o.Debounce, o.PollEvery = false, 5*time.Millisecond, 5*time.Millisecond }
	anna := dbtest.New(t, background)
	erik := dbtest.Open(t, anna.Path(), dbtest.As("Erik", 2), background)
	dbtest.Record(t, anna, dbtest.Journal("d1", "Annas"))
	dbtest.Record(t, erik, dbtest.Journal("d1", "Eriks"))
	waitFor(t, "both to have the same", func() bool {
		return anna.StateHash() == erik.StateHash() && anna.State().Pending+erik.State().Pending == 0
	})
	time.Sleep(200 * time.Millisecond) // what is under way comes to its end
	before, _ := os.Stat(anna.Path())
	time.Sleep(300 * time.Millisecond)
	if after, _ := os.Stat(anna.Path()); !os.SameFile(before, after) {
		t.Error("the shared file is still being written although nothing has changed")
	}
}

func TestAnotherTeamsFileIsNeitherTakenInNorOverwritten(t *testing.T) {
	anna := dbtest.New(t)
	other := otherTeam(t)
	b, err := os.ReadFile(other.Path())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(anna.Path(), b, 0o600); err != nil {
		t.Fatal(err)
	}
	before := anna.StateHash()
	dbtest.Record(t, anna, dbtest.Journal("d1", "x"))
	if err := anna.Publish(t.Context()); message(err) != "file.other_dataset" {
		t.Errorf("publishing over another team's file gives %v", err)
	}
	if anna.StateHash() == before || message(anna.State().Problem) != "file.other_dataset" {
		t.Errorf("state is %+v", anna.State())
	}
	if got, _ := os.ReadFile(anna.Path()); !cmp.Equal(got, b) {
		t.Error("another team's file was overwritten")
	}
	if _, err := anna.Merge(t.Context(), other.Path()); message(err) != "file.other_dataset" {
		t.Errorf("merging another team's file gives %v", err)
	}
	if err := errors.Join(os.Remove(anna.Path()), anna.PutBack(t.Context())); err != nil {
		t.Fatal(err)
	}
}

func TestAFolderThatIsGoneIsTriedAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "usb")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	w := dbtest.NewAt(t, filepath.Join(dir, "Sales.milstolpe"))
	dbtest.Record(t, w, dbtest.Journal("d1", "x"))
	if err := os.Rename(dir, dir+" pulled out"); err != nil {
		t.Fatal(err)
	}
	if err := w.Publish(t.Context()); process.KindOf(err) != process.NotFound || w.State().Problem == nil || w.State().Pending == 0 {
		t.Errorf("publishing gives %v, state %+v", err, w.State())
	}
	if err := os.Rename(dir+" pulled out", dir); err != nil {
		t.Fatal(err)
	}
	publish(t, w)
	if s := w.State(); s.Problem != nil || s.Pending != 0 {
		t.Errorf("after the folder came back the state is %+v", s)
	}
}

func TestAPublicationThatFailsLosesNothing(t *testing.T) {
	w := dbtest.New(t)
	dbtest.Record(t, w, dbtest.Journal("d1", "x"))
	dir := filepath.Dir(w.Path())
	if err := os.Rename(dir, dir+"-away"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := w.Publish(t.Context()); err == nil {
		t.Error("publishing into a folder that is none went well")
	}
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(dir+"-away", dir); err != nil {
		t.Fatal(err)
	}
	publish(t, w)
}

func otherTeam(t *testing.T) *db.File {
	t.Helper()
	facts := dbtest.Founding()
	facts[0] = &process.TeamFounded{Stamp: *facts[0].Recorded(), Dataset: "01KANOTHERTEAMANOTHERTEAMX"}
	w, err := db.New(filepath.Join(t.TempDir(), "Other.milstolpe"), facts, dbtest.Options(t, dbtest.As("Olle", 9)))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return w
}
