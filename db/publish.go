package db

import (
	"cmp"
	"context"
	"errors"
	"os"
	"sync"

	bolt "go.etcd.io/bbolt"

	"milstolpe/process"
)

// Publish brings the shared file up to date: it takes in what others have put there, and writes the file whole if it does not hold
// everything then. It does nothing when there is nothing to do.
func (w *File) Publish(ctx context.Context) error { return w.publishAnd(ctx, true) }

// publishAnd publishes; with heal it replaces a damaged shared file at once.
func (w *File) publishAnd(ctx context.Context, heal bool) error {
	if w.detached() {
		return nil
	}
	err := w.atPlace(func() error { return w.place.push(ctx, heal) })
	w.setProblem(err)
	return err
}

// publishTries is how often the shared file may change between being read and being replaced before we wait for a quieter moment.
const publishTries = 10

func (w *File) publish(ctx context.Context, heal bool) error {
	for try := range publishTries {
		if try > 0 && pause(ctx, w.options.apart(try)) != nil {
			break
		}
		if err := w.revive(); err != nil {
			return err
		}
		err := w.takeIn(ctx)
		if w.database().dead.Load() { // it is our own copy that is damaged, and not the shared file
			continue
		}
		if process.KindOf(err) == process.Damaged {
			err = w.heal(err, heal)
		}
		if err != nil {
			return err
		}
		w.options.at("taken in")
		if w.upToDate() {
			return nil
		}
		if err = w.writeNow(ctx); err == nil {
			w.healed()
		}
		if !errors.Is(err, errChangedMeanwhile) && !w.database().dead.Load() {
			return err
		}
	}
	return &process.Error{Kind: process.Busy, Msg: "file.changing", Args: []any{w.path}}
}

// revive mends the working copy when it was found damaged, with what is in memory going on meanwhile.
func (w *File) revive() error {
	w.writeMu.Lock()
	defer w.writeMu.Unlock()
	if !w.store.dead.Load() {
		return nil
	}
	return w.ready()
}

// upToDate tells whether the shared file is there and holds everything that we have.
func (w *File) upToDate() bool {
	info, err := os.Stat(w.path)
	w.stateMu.RLock()
	defer w.stateMu.RUnlock()
	return err == nil && sight(info).same(w.state.Seen) && w.state.holds(w.summary)
}

// writeNow replaces the shared file by what is recorded now, unless somebody has changed it since it was taken in.
func (w *File) writeNow(ctx context.Context) error {
	w.removeStale(ctx)
	if err := w.keepOldFormat(); err != nil {
		return err
	}
	return w.write(ctx, w.replaceUnchanged(ctx))
}

// write writes all that is recorded now to the shared file, and remembers that. How the file looks is taken before it goes to its
// place: whatever lies there a moment later may be somebody else's.
func (w *File) write(ctx context.Context, put func(temp, path string) error) error {
	var ours fileStamp
	w.options.at("begun")
	m, t, err := w.writeSnapshot(ctx, w.path, func(temp, path string) (err error) {
		if ours, err = stampOf(temp); err != nil {
			return err
		}
		w.options.at("written")
		return put(temp, path)
	})
	if err != nil {
		return err
	}
	w.options.at("placed")
	return w.remember(ours, m, t)
}

// writeSnapshot writes all that is recorded now to a file of the shared kind.
func (w *File) writeSnapshot(ctx context.Context, path string, put func(temp, path string) error) (Manifest, *setSummary, error) {
	if err := ctx.Err(); err != nil {
		return Manifest{}, nil, err
	}
	// The set of events must not change between counting it and the beginning of the transaction that reads it; after that, changes
	// can go on while the file is written.
	w.writeMu.Lock()
	release := sync.OnceFunc(w.writeMu.Unlock)
	defer release()
	t := w.summary.clone()
	m, err := w.manifestOf(w.dataset, t)
	if err != nil {
		return m, nil, err
	}
	if path == w.path {
		m.Moved = w.MovedTo()
	}
	snapshot := func(each func(key, value []byte) error) error {
		return w.store.view(func(tx *bolt.Tx) error {
			release()
			return forEach(tx, each)
		})
	}
	var unchanged *reuse
	if path == w.path { // or a backup would wait for a folder that is away
		unchanged = &reuse{&w.blocks, path}
	}
	err = writeReusing(unchanged, path, m, snapshot, put)
	if errors.Is(err, errCopies) {
		release()
		return w.writeSnapshot(ctx, path, put)
	}
	return m, t, err
}

// SaveCopy writes everything that is recorded now to a new file, verified, and refuses a path that is taken. It is a shared file like
// any other, and nothing ties it to this one.
func (w *File) SaveCopy(ctx context.Context, path string) error {
	path, err := absolute(path)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return &process.Error{Kind: process.Invalid, Msg: "file.exists", Args: []any{path}}
	}
	if w.database() != nil {
		_, _, err = w.writeSnapshot(ctx, path, PlaceNew)
		return err
	}
	m, err := w.manifestOf(w.dataset, w.summary)
	if err != nil {
		return err
	}
	return writeWhole(path, m, fromRecords(w.records), PlaceNew)
}

// remember notes what the shared file holds and how it looks, in memory and in the working copy.
func (w *File) remember(seen fileStamp, m Manifest, holds *setSummary) error {
	w.stateMu.Lock()
	before := w.state
	w.state.Seen, w.state.Publication = seen, m.Publication
	w.state.Moved = cmp.Or(m.Moved, w.state.Moved) // once it is said, every publication of ours goes on saying it
	w.state.Events, w.state.Keys, w.state.Gone = holds.events, holds.keys, holds.gone
	if w.state.holds(w.summary) {
		w.state.PublishedAt = w.options.Clock()
	}
	state := w.state
	w.stateMu.Unlock()
	if state.Seen.same(before.Seen) && state.Publication == before.Publication && state.Moved == before.Moved && state.holds(holds) && before.holds(holds) {
		return nil
	}
	err := w.store.update(func(tx *bolt.Tx) error { return writeCopy(tx, seenKey, state) })
	return writeError(w.copyDir.database(), err)
}

func (w *File) setProblem(err error) {
	w.stateMu.Lock()
	defer w.stateMu.Unlock()
	w.state.problem = err
}
