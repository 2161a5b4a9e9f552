package db

import (
	"errors"
	"os"
	"path/filepath"
	"time"
)

// StateDirOf is the state folder of an open file, for tests that start the program a second time.
func StateDirOf(w *File) string { return w.options.StateDir }

// Abandon lets go of a file as if the program had been killed: nothing is published.
func Abandon(w *File) {
	w.closing.Do(func() {
		w.sync.stop()
		w.abandon()
	})
}

// KeepDamaged puts a file that is made unreadable as a database among the kept damaged ones.
func KeepDamaged(w *File, path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if _, err := f.WriteAt(make([]byte, 2*pageSize), 0); err != nil {
		return err
	}
	return errors.Join(f.Close(), w.keepAside(path, filepath.Base(path), keptDamaged), os.Remove(path))
}

// WriteNewerFormat writes what w holds as a later version of the program would, with a number that we do not know.
func WriteNewerFormat(w *File, path string) error {
	t := w.summary.clone()
	m, err := w.options.manifestOf(w.dataset, t)
	if err != nil {
		return err
	}
	m.Format = FormatVersion + 1
	return writeWhole(path, m, w.store.records(), PlaceNew)
}

// Union merges two sets of events, in the way in which files are merged.
func Union(a, b []Record) []Record {
	s := newScanned()
	for _, r := range append(append([]Record(nil), a...), b...) {
		s.put(r)
	}
	return s.sorted()
}

// TallyOf is the manifest of sets of events that are added up one set after another.
func TallyOf(sets ...[]Record) Manifest {
	t := newTally()
	for _, set := range sets {
		part := newTally()
		for _, r := range set {
			part.add(r)
		}
		t.join(part)
	}
	return t.manifest()
}

// Phrases are the turns of phrase that are stored as one byte.
func Phrases() []string { return phrases[:] }

// WriteForged writes a whole shared file of the same team with these events, whatever they say.
func WriteForged(w *File, path string, list []Record) error {
	t := newTally()
	for _, r := range list {
		t.add(r)
	}
	m, err := w.options.manifestOf(w.dataset, t)
	if err != nil {
		return err
	}
	return writeWhole(path, m, fromRecords(list), PlaceNew)
}

// BetweenSteps lets do happen between the steps of each publication.
func BetweenSteps(do func(step string)) func(*Options) { return func(o *Options) { o.step = do } }

// WaitAfter is how long a file waits before it is published, where its last publication took so long.
func WaitAfter(took, wait time.Duration) time.Duration {
	return (&syncLoop{took: took}).inProportion(wait)
}

// CopyFile copies a file as pulling and keeping do.
func CopyFile(from, to string) error { return copyFile(from, to) }

// Silence makes the folder of a path one that was asked a minute ago and has not answered, until the returned function is called.
func Silence(path string) (answer func()) {
	q := &question{since: time.Now().Add(-time.Minute), answered: make(chan struct{})}
	questions.Lock()
	defer questions.Unlock()
	questions.open[filepath.Dir(path)] = q
	return func() {
		questions.Lock()
		defer questions.Unlock()
		delete(questions.open, filepath.Dir(path))
		close(q.answered)
	}
}

// BeganEarlier makes what goes on at the place just now have begun so much earlier.
func BeganEarlier(w *File, by time.Duration) { w.placeSince.Add(-int64(by)) }
