package db_test

import (
	"os"
	"runtime/debug"
	"sync"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
)

func TestReadingLeavesTheSearchForGarbageAsItWas(t *testing.T) {
	usual := debug.SetGCPercent(90)
	defer debug.SetGCPercent(usual)
	whole, err := os.ReadFile(dbtest.New(t).Path())
	if err != nil {
		t.Fatal(err)
	}
	var readers sync.WaitGroup
	for i := range 8 {
		path, state := t.TempDir()+"/Sales.milstolpe", t.TempDir()
		bytes := whole
		if i%2 == 1 {
			bytes = whole[:len(whole)-3000] // cannot be read
		}
		if err := os.WriteFile(path, bytes, 0o600); err != nil {
			t.Fatal(err)
		}
		o := dbtest.Options(t, dbtest.In(state))
		readers.Go(func() {
			for range 2 { // the second time there is a working copy
				if w, err := db.Open(path, o); err == nil {
					_ = w.Close()
				}
			}
		})
	}
	readers.Wait()
	if now := debug.SetGCPercent(90); now != 90 {
		t.Errorf("garbage is looked for at %d percent, was 90", now)
	}
}
