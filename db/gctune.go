package db

import (
	"runtime/debug"
	"sync"
)

// patience is how much a heap may grow, in percent of what is in use, before garbage is looked for while a file is read. Nearly everything
// that is read stays, so looking as often as usual takes a third of the time and finds next to nothing.
const patience = 300

var patient struct {
	sync.Mutex
	reading int // how many files are being read
	usual   int // percent, when none is
}

// relaxGC makes the search for garbage wait until done is called. Several files may be read at once.
func relaxGC() (done func()) {
	patient.Lock()
	defer patient.Unlock()
	if patient.reading++; patient.reading == 1 {
		patient.usual = debug.SetGCPercent(patience)
	}
	return sync.OnceFunc(func() {
		patient.Lock()
		defer patient.Unlock()
		if patient.reading--; patient.reading == 0 {
			debug.SetGCPercent(patient.usual)
		}
	})
}
