package db

import (
	"context"
	"time"

	bolt "go.etcd.io/bbolt"
)

// Unpublished is a working copy of the same dataset at another place, with changes that never reached the shared file there: it was
// moved or deleted, or its folder is gone.
type Unpublished struct {
	Path    string // where its shared file lay
	Changes Incoming
	home    copyDir
}

// Unpublished finds changes that were recorded on this computer in a copy of this file at another place and never left this computer.
func (w *File) Unpublished(ctx context.Context) ([]Unpublished, error) {
	if w.readOnly() {
		return nil, nil
	}
	var list []Unpublished
	for _, h := range allHomes(w.options.StateDir) {
		a, err := h.about()
		if err != nil || h.dir == w.copyDir.dir || a.Dataset != w.dataset {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		fresh, err := w.strandedIn(h)
		if err != nil {
			w.options.Log.Warn("look for changes left behind", "path", a.Path, "error", err)
			continue
		}
		if len(fresh) == 0 {
			continue
		}
		in, err := w.preview(fresh, nil)
		if err != nil {
			return nil, err
		}
		in.From = a.Path
		list = append(list, Unpublished{Path: a.Path, Changes: in, home: h})
	}
	return list, nil
}

// strandedIn are the events of another working copy that its shared file does not hold and that we do not have. A copy whose shared
// file holds everything is not stranded: bringing that file together with ours is a merge that somebody has to ask for.
func (w *File) strandedIn(h copyDir) ([]Record, error) {
	s, state, t, err := lookInto(h)
	if err != nil {
		return nil, err
	}
	defer func() { _ = s.close() }()
	if reached, err := allReached(h, s, state, t); reached || err != nil {
		return nil, err
	}
	var fresh []Record
	err = w.database().view(func(tx *bolt.Tx) error {
		d := newDiffer(tx)
		err := s.records()(func(key, value []byte) error {
			r, err := DecodeRecord(key, value)
			if err != nil {
				return damaged(h.database(), err)
			}
			return d.add(r)
		})
		fresh = d.fresh
		return err
	})
	return fresh, err
}

// allReached tells whether everything in another working copy has reached the place that its team has in common. A file that the team
// has moved away from is no such place any more.
func allReached(h copyDir, s *store, state sharedState, t *setSummary) (bool, error) {
	a, err := h.about()
	if err != nil || !IsServer(a.Path) {
		return err == nil && state.Moved == "" && state.holds(t), err
	}
	reached := true
	err = s.view(func(tx *bolt.Tx) error {
		if b := tx.Bucket(outboxBucket); b != nil {
			key, _ := b.Cursor().First()
			reached = key == nil
		}
		return nil
	})
	return reached, err
}

// lookInto opens another working copy for reading. One that a running program holds is in use.
func lookInto(h copyDir) (*store, sharedState, *setSummary, error) {
	var state sharedState
	if _, err := preflight(h.database(), false); err != nil {
		return nil, state, nil, err
	}
	s, err := openWithin(100*time.Millisecond, h.database(), true)
	if err != nil {
		return nil, state, nil, err
	}
	t := newTally()
	err = s.view(func(tx *bolt.Tx) error {
		if err := readCopy(tx, seenKey, &state); err != nil {
			return err
		}
		return forEach(tx, func(key, value []byte) error {
			r, err := DecodeRecord(key, value)
			if err != nil {
				return damaged(h.database(), err)
			}
			t.add(r)
			return nil
		})
	})
	if err != nil {
		_ = s.close()
		return nil, state, nil, err
	}
	return s, state, t, nil
}

// TakeUnpublished takes in what Stranded found, after a backup. The other working copy stays as it is.
func (w *File) TakeUnpublished(ctx context.Context, s Unpublished) (Incoming, error) {
	if err := w.ReadOnly(); err != nil {
		return Incoming{}, err
	}
	fresh, err := w.strandedIn(s.home)
	if err != nil || len(fresh) == 0 {
		return Incoming{}, err
	}
	if _, err := w.Backup(ctx, BeforeMerge); err != nil {
		return Incoming{}, err
	}
	if err := ctx.Err(); err != nil {
		return Incoming{}, err
	}
	in, err := w.mergeRecords(fresh)
	in.From = s.Path
	if err == nil {
		w.sync.changed()
	}
	return in, err
}
