package db

import (
	"time"

	"milstolpe/process"
)

// closeFor is how long closing waits for a shared file that cannot be reached: longer than publishing a large one takes.
const closeFor = 30 * time.Second

// within does what may wait for ever for a disk that answers no more, and says so when it does.
func within(limit time.Duration, path string, do func() error) error {
	done := make(chan error, 1)
	go func() { done <- do() }()
	patience := time.NewTimer(limit)
	defer patience.Stop()
	select {
	case err := <-done:
		return err
	case <-patience.C:
		return &process.Error{Kind: process.Busy, Msg: "file.no_answer", Args: []any{path}}
	}
}

// who is the person who records, where another one than when the file was opened.
type who struct {
	name string
	id   process.PersonID
}

// SetPerson says who records from now on, and who of the team that is, where it is known. It is another writer that begins.
func (w *File) SetPerson(name string, id process.PersonID) error {
	if err := w.ReadOnly(); err != nil {
		return err
	}
	w.writeMu.Lock()
	defer w.writeMu.Unlock()
	w.person.Store(&who{name, id})
	w.seq = 0
	return nil
}

func (w *File) who() who {
	if p := w.person.Load(); p != nil {
		return *p
	}
	return who{name: w.options.Person}
}

// manifestOf says what a file with these events holds, that is written now.
func (w *File) manifestOf(dataset string, t *setSummary) (Manifest, error) {
	o := w.options
	o.Person = w.who().name
	return o.manifestOf(dataset, t)
}
