package db

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"

	"milstolpe/process"
)

// Publish brings the shared file up to date: it takes in what others have put there, and writes the file whole if it does not hold
// everything then. It does nothing when there is nothing to do.
func (w *Working) Publish(ctx context.Context) error { return w.publishAnd(ctx, true) }

// publishAnd publishes; with heal it replaces a damaged shared file at once.
func (w *Working) publishAnd(ctx context.Context, heal bool) error {
	if w.ReadOnly() != nil {
		return nil
	}
	w.publishing.Lock()
	defer w.publishing.Unlock()
	err := w.publish(ctx, heal)
	w.setProblem(err)
	return err
}

// publishTries is how often the shared file may change between being read and being replaced before we wait for a quieter moment.
const publishTries = 3

func (w *Working) publish(ctx context.Context, heal bool) error {
	for range publishTries {
		err := w.takeIn(ctx)
		if process.KindOf(err) == process.Damaged {
			err = w.heal(err, heal)
		}
		if err != nil {
			return err
		}
		if w.upToDate() {
			return nil
		}
		if err := w.writeNow(ctx); !errors.Is(err, errChangedMeanwhile) {
			return err
		}
	}
	return &process.Error{Kind: process.Busy, Msg: "file.changing", Args: []any{w.path}}
}

// upToDate tells whether the shared file is there and holds everything that we have.
func (w *Working) upToDate() bool {
	info, err := os.Stat(w.path)
	w.mu.RLock()
	defer w.mu.RUnlock()
	return err == nil && sight(info).same(w.state.Seen) && w.state.holds(w.tally)
}

// writeNow replaces the shared file by what is recorded now, unless somebody has changed it since it was taken in.
func (w *Working) writeNow(ctx context.Context) error {
	removeStale(w.path, w.o.Clock())
	return w.write(ctx, w.replaceUnchanged(ctx))
}

// write writes all that is recorded now to the shared file, and remembers that.
func (w *Working) write(ctx context.Context, put func(temp, path string) error) error {
	m, t, err := w.writeSnapshot(ctx, w.path, put)
	if err != nil {
		return err
	}
	info, err := os.Stat(w.path)
	if err != nil {
		return statError(w.path, err)
	}
	return w.remember(sight(info), m, t)
}

// writeSnapshot writes all that is recorded now to a file of the shared kind.
func (w *Working) writeSnapshot(ctx context.Context, path string, put func(temp, path string) error) (Manifest, *tally, error) {
	if err := ctx.Err(); err != nil {
		return Manifest{}, nil, err
	}
	// The set of events must not change between counting it and the beginning of the transaction that reads it; after that, changes
	// can go on while the file is written.
	w.acting.Lock()
	release := sync.OnceFunc(w.acting.Unlock)
	defer release()
	t := w.tally.clone()
	m, err := w.o.manifestOf(w.dataset, t)
	if err != nil {
		return m, nil, err
	}
	snapshot := func(each func(key, value []byte) error) error {
		return w.store.view(func(tx *bolt.Tx) error {
			release()
			return forEach(tx, each)
		})
	}
	return m, t, writeWhole(path, m, snapshot, put)
}

// SaveCopy writes everything that is recorded now to a new file, verified, and refuses a path that is taken. It is a shared file like
// any other, and nothing ties it to this one.
func (w *Working) SaveCopy(ctx context.Context, path string) error {
	path, err := absolute(path)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return &process.Error{Kind: process.Invalid, Msg: "file.exists", Args: []any{path}}
	}
	if w.database() != nil {
		_, _, err = w.writeSnapshot(ctx, path, placeNew)
		return err
	}
	m, err := w.o.manifestOf(w.dataset, w.tally)
	if err != nil {
		return err
	}
	return writeWhole(path, m, fromRecords(w.records), placeNew)
}

// remember notes what the shared file holds and how it looks, in memory and in the working copy.
func (w *Working) remember(seen sighting, m Manifest, holds *tally) error {
	w.mu.Lock()
	before := w.state
	w.state.Seen, w.state.Publication = seen, m.Publication
	w.state.Events, w.state.Keys, w.state.Gone = holds.events, holds.keys, holds.gone
	if w.state.holds(w.tally) {
		w.state.PublishedAt = w.o.Clock()
	}
	state := w.state
	w.mu.Unlock()
	if state.Seen.same(before.Seen) && state.Publication == before.Publication && state.holds(holds) && before.holds(holds) {
		return nil
	}
	return w.store.update(func(tx *bolt.Tx) error { return writeCopy(tx, seenKey, state) })
}

func (w *Working) setProblem(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state.problem = err
}

var errChangedMeanwhile = errors.New("the shared file changed meanwhile")

// replaceUnchanged puts a file in the place of the shared one, unless that is another one by now than the one that we took in.
func (w *Working) replaceUnchanged(ctx context.Context) func(temp, path string) error {
	w.mu.RLock()
	seen := w.state.Seen
	w.mu.RUnlock()
	return func(temp, path string) error {
		if info, err := os.Stat(path); err == nil && !sight(info).same(seen) {
			return errChangedMeanwhile
		}
		return replace(ctx, temp, path)
	}
}

// renameFor is how long a refused rename is tried again, because another program is reading the file.
const renameFor = 10 * time.Second

func replace(ctx context.Context, temp, path string) error {
	ctx, cancel := context.WithTimeout(ctx, renameFor)
	defer cancel()
	for {
		err := os.Rename(temp, path)
		if err == nil || !inUse(err) {
			return err
		}
		if pause(ctx, 200*time.Millisecond) != nil {
			return err
		}
	}
}

// placeNew gives a new file its name, and refuses a name that is taken.
func placeNew(temp, path string) error {
	err := os.Link(temp, path)
	if err == nil {
		_ = os.Remove(temp) // it is done even if a scanner holds on to the other name for a moment
		return nil
	}
	if _, lerr := os.Lstat(path); errors.Is(err, fs.ErrExist) || lerr == nil {
		return &process.Error{Kind: process.Invalid, Msg: "file.exists", Args: []any{path}, Err: err}
	}
	return os.Rename(temp, path) // this file system has no links
}
