package db_test

import (
	"slices"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
)

func TestLatestGoesThroughTheSameEventsFromTheLast(t *testing.T) {
	w := dbtest.New(t)
	for range 7 {
		dbtest.Record(t, w, dbtest.Journal("d1", "called"))
	}
	var forwards, backwards []process.EventID
	if err := w.Records(func(r db.Record) error { forwards = append(forwards, r.ID); return nil }); err != nil {
		t.Fatal(err)
	}
	for r, err := range w.Latest() {
		if err != nil {
			t.Fatal(err)
		}
		backwards = append(backwards, r.ID)
	}
	slices.Reverse(backwards)
	if !slices.Equal(forwards, backwards) {
		t.Errorf("%d events one way are not the %d the other way", len(forwards), len(backwards))
	}
	for r, err := range w.Latest() {
		if err != nil || r.ID != forwards[len(forwards)-1] {
			t.Error("the first is not the last")
		}
		break
	}
}
