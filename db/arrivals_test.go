package db_test

import (
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
)

// What a colleague recorded counts from when it came in, also after this program was started again; one's own from when it was recorded.
func TestWhatComesInIsNewFromThen(t *testing.T) {
	now := dbtest.Now
	clock := func(o *db.Options) { o.Clock = func() time.Time { return now } }
	o := dbtest.Options(t, clock)
	anna := dbtest.NewAt(t, t.TempDir()+"/Sales.milstolpe", dbtest.In(o.StateDir), clock)
	dbtest.Record(t, anna, dbtest.Opened("d1", "Kök"))
	if err := anna.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	erik := dbtest.Open(t, anna.Path(), clock, dbtest.As("Erik", 2))
	late := dbtest.Record(t, erik, dbtest.Journal("d1", "on the train"))[0]
	imported := &process.JournalWritten{Stamp: process.Stamp{Known: process.DateOf(now), Import: "i1"}, Deal: "d1", On: process.DateOf(now), Text: "of a list"}
	dbtest.Record(t, erik, imported)
	now = now.AddDate(0, 0, 3)
	looked := now
	own := dbtest.Record(t, anna, dbtest.Journal("d1", "mine"))[0]
	if err := erik.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Hour)
	if err := anna.Pull(t.Context()); err != nil {
		t.Fatal(err)
	}
	check := func(when string, w *db.File) {
		t.Helper()
		list, err := w.Since(looked)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) != 2 || list[0].ID != own.ID || list[0].Late || list[1].ID != late.ID || !list[1].Late || !list[1].At.Equal(now.Truncate(time.Millisecond)) {
			t.Errorf("%s: since she looked there are %+v", when, list)
		}
	}
	check("at once", anna)
	path := anna.Path()
	if err := anna.Close(); err != nil {
		t.Fatal(err)
	}
	check("after a new start", dbtest.Open(t, path, dbtest.In(o.StateDir), clock))
}
