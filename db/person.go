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

// SetPerson says who records from now on. It is another writer that begins.
func (w *File) SetPerson(name string) error {
	if err := w.ReadOnly(); err != nil {
		return err
	}
	w.writeMu.Lock()
	defer w.writeMu.Unlock()
	w.person.Store(&name)
	w.seq = 0
	return nil
}

func (w *File) who() string {
	if p := w.person.Load(); p != nil {
		return *p
	}
	return w.options.Person
}

// manifestOf says what a file with these events holds, that is written now.
func (w *File) manifestOf(dataset string, t *setSummary) (Manifest, error) {
	o := w.options
	o.Person = w.who()
	return o.manifestOf(dataset, t)
}
