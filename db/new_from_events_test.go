package db_test

import (
	"path/filepath"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
	"milstolpe/process/example"
)

func TestAFileOfMadeUpEventsHoldsExactlyThese(t *testing.T) {
	events, err := example.Events("sv", example.Seed, process.DateOf(dbtest.Now))
	if err != nil {
		t.Fatal(err)
	}
	o := dbtest.Options(t)
	path := filepath.Join(t.TempDir(), "Example.milstolpe")
	w, err := db.NewFromEvents(path, events, o)
	if err != nil {
		t.Fatal(err)
	}
	i := 0
	err = w.Events(func(e process.Event) error {
		if i >= len(events) || e.ID != events[i].ID {
			t.Fatalf("event %d is another one", i)
		}
		i++
		return nil
	})
	if err != nil || i != len(events) {
		t.Errorf("%d of %d events, error %v", i, len(events), err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if v, err := db.Check(path, o); err != nil || !v.Whole() {
		t.Errorf("the file is %+v, %v", v, err)
	}
	if _, err := db.NewFromEvents(path, events, o); process.KindOf(err) != process.Invalid {
		t.Errorf("a second file in its place gives %v, want a refusal", err)
	}
	if _, err := db.NewFromEvents(filepath.Join(t.TempDir(), "None.milstolpe"), nil, o); err == nil {
		t.Error("a file of no events was made")
	}
}
