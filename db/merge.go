package db

import (
	"context"
	"maps"

	bolt "go.etcd.io/bbolt"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// PreviewMerge says what merging another file would bring, and changes nothing; a file that is open for reading only can do it too. A
// file of another dataset is refused; its deals can be imported.
func (w *File) PreviewMerge(ctx context.Context, path string) (Incoming, error) {
	path, err := absolute(path)
	if err != nil {
		return Incoming{}, err
	}
	c, err := w.compare(ctx, path)
	if err != nil {
		return Incoming{}, err
	}
	in, err := w.preview(c.fresh, c.back)
	in.From, in.By, in.At, in.Refused = path, c.manifest.By, c.manifest.At, c.refused
	return in, err
}

// preview folds our events and the fresh ones into a team of its own, which is the only way to know what will conflict. Of our own, those
// that had been set aside and are in the other file are looked at again.
func (w *File) preview(fresh []Record, back []process.EventID) (Incoming, error) {
	var facts process.FactReader
	events, err := w.eventsWith(back)
	if err != nil {
		return Incoming{}, err
	}
	f := newFolder()
	defer f.finish()
	w.stateMu.RLock()
	f.leaveOut = maps.Clone(w.leftOut)
	w.stateMu.RUnlock()
	for _, id := range back {
		delete(f.leaveOut, id)
	}
	instead, ours := map[process.EventID]bool{}, map[process.EventID]bool{} // what stands instead of something, and what of that we have
	var in Incoming
	for _, r := range fresh {
		instead[r.ID] = true
		f.add(r.ID[:], EncodeRecord(r))
	}
	err = w.pairs(func(key, value []byte) error {
		id := process.EventID(key)
		if !instead[id] {
			f.add(key, value)
			return nil
		}
		ours[id] = true
		own, err := DecodeRecord(key, value)
		if err != nil || own.Erased {
			return nil //nolint:nilerr // what cannot be read is mended elsewhere
		}
		if named, ok := own.event(&facts).Fact.(*process.ContactNamed); ok {
			in.Erased++
			in.erases(Erasure{Contact: named.Contact, Name: named.Name, Customer: string(named.Customer)})
		}
		return nil
	}, func() { f.finish() })
	if err != nil {
		return Incoming{}, err
	}
	for _, r := range fresh {
		if !ours[r.ID] {
			events = append(events, r.event(&facts))
		}
	}
	told := describe(f.team, events, w.options.Clock())
	told.Erased, told.Erasures, told.TakesBack = in.Erased, in.Erasures, takesBack(f.team, events)
	in = told
	in.Conflicts = conflictsAbout(f.team, events)
	_ = w.View(func(t *sales.Team) error {
		for i, e := range in.Erasures {
			in.Erasures[i].Customer = t.Customer(process.CustomerID(e.Customer))
		}
		in.Conflicts = newConflicts(conflictsAbout(t, events), in.Conflicts)
		return nil
	})
	return in, nil
}

// pairs calls each with every event that we have, and then does what needs the bytes that each was given, whether or not all were read.
func (w *File) pairs(each func(key, value []byte) error, then func()) error {
	s := w.database()
	if s == nil {
		for _, p := range pairsOf(w.records) {
			if err := each(p.key, p.value); err != nil {
				return err
			}
		}
		then()
		return nil
	}
	return s.view(func(tx *bolt.Tx) error {
		defer then()
		return forEach(tx, each)
	})
}

// Merge takes in all events of another file of the same dataset, after a backup. It is the union of two sets: it does not matter in
// which order files are merged, or how often.
func (w *File) Merge(ctx context.Context, path string) (Incoming, error) {
	in, _, err := w.merge(ctx, path)
	return in, err
}

func (w *File) merge(ctx context.Context, path string) (Incoming, compared, error) {
	if err := w.ReadOnly(); err != nil {
		return Incoming{}, compared{}, err
	}
	path, err := absolute(path)
	if err != nil {
		return Incoming{}, compared{}, err
	}
	in, f, err := w.mergeFile(ctx, path, true)
	if err == nil {
		w.sync.changed()
	}
	return in, f, err
}
