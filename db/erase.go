package db

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// EraseContact erases the name and the contact data of a person at the buyer: tombstones replace what events say about them. It returns
// how many. That somebody was erased, and by whom, is recorded besides, without the name. This is the only rewriting there is. It reaches
// the working copy down to its unused pages, the backups and the shared file, and it travels to other copies with every merge: a tombstone beats content.
func (w *File) EraseContact(ctx context.Context, id process.ContactID) (int, error) {
	if err := w.ReadOnly(); err != nil {
		return 0, err
	}
	_, err := w.Act(ctx, func(t *sales.Team) ([]process.Fact, error) {
		return t.EraseContact(id, process.DateOf(w.options.Clock().In(t.Location()))), nil
	})
	if err != nil {
		return 0, err
	}
	var facts process.FactReader
	var tombs []Record
	err = w.Records(func(r Record) error {
		if r.Erased {
			return nil
		}
		fact, ok := r.event(&facts).Fact.(*process.ContactNamed)
		if !ok || fact.Contact != id || fact.Name == "" {
			return nil
		}
		payload, err := process.MarshalFact(withoutPerson(fact))
		tombs = append(tombs, Record{ID: r.ID, Seq: r.Seq, Erased: true, Payload: payload})
		return err
	})
	if err != nil || len(tombs) == 0 {
		return 0, err
	}
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if _, err := w.mergeRecords(tombs); err != nil {
		return 0, err
	}
	return len(tombs), w.Publish(ctx)
}

// compact writes the working copy anew, so that nothing of what was there before is left in its unused pages, and reads it into
// memory. The caller holds acting.
func (w *File) compact() error {
	path := w.copyDir.database()
	temp := path + ".new"
	_ = os.Remove(temp) // of a run that died here
	err := w.store.view(func(tx *bolt.Tx) error { return copyStore(tx, temp) })
	if err != nil {
		_ = os.Remove(temp)
		return writeError(path, err)
	}
	w.needsReload = true // until the new one is open
	if err := w.store.close(); err != nil {
		return writeError(path, err)
	}
	if err := os.Rename(temp, path); err != nil {
		return writeError(path, errors.Join(err, w.reopen()))
	}
	if err := syncFolder(filepath.Dir(path)); err != nil {
		w.options.Log.Warn("force a rename to the disk", "path", path, "error", err)
	}
	number := w.seq
	if err := w.reopen(); err != nil {
		return err
	}
	w.seq = number
	return nil
}

func copyStore(from *bolt.Tx, path string) (err error) {
	d, err := bolt.Open(path, 0o600, &bolt.Options{PageSize: pageSize, NoSync: true, FreelistType: bolt.FreelistMapType, NoStatistics: true})
	if err != nil {
		return err
	}
	defer func() {
		if cerr := d.Close(); err == nil {
			err = cerr
		}
	}()
	err = d.Update(func(tx *bolt.Tx) error {
		for _, name := range [][]byte{copyBucket, outboxBucket, arrivedBucket} {
			b, err := tx.CreateBucketIfNotExists(name)
			if err != nil {
				return err
			}
			if had := from.Bucket(name); had != nil {
				if err := had.ForEach(b.Put); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	records := func(each func(key, value []byte) error) error { return forEach(from, each) }
	if err := putInBatches(d, records); err != nil {
		return err
	}
	return d.Sync()
}

// scrubBackups brings the tombstones into everything that is kept beside the working copy, and tells how many files that changed.
func (w *File) scrubBackups() (changed int, err error) {
	tombs := map[process.EventID]Record{}
	err = w.Records(func(r Record) error {
		if r.Erased {
			tombs[r.ID] = r.clone()
		}
		return nil
	})
	if err != nil || len(tombs) == 0 {
		return 0, err
	}
	w.backupMu.Lock()
	defer w.backupMu.Unlock()
	files, _ := filepath.Glob(filepath.Join(w.copyDir.backups(), "*"+backupSuffix))
	var errs []error
	for _, path := range files {
		rewritten, err := w.scrubFile(path, tombs)
		if err != nil { // not a whole file: take the content out of its raw bytes
			rewritten, err = blankRaw(path, tombs)
			errs = append(errs, err)
		}
		if rewritten {
			changed++
		}
	}
	return changed, errors.Join(errs...)
}

func (w *File) scrubFile(path string, tombs map[process.EventID]Record) (changed bool, err error) {
	var list []Record
	t := newTally()
	m, _, err := readForeign(context.Background(), path, func(r Record) error {
		r = r.clone()
		if tomb, ok := tombs[r.ID]; ok && tomb.beats(r) {
			tomb.Seq = r.Seq
			r, changed = tomb, true
		}
		t.add(r)
		list = append(list, r)
		return nil
	})
	if err != nil || !changed {
		return false, err
	}
	fresh, err := w.manifestOf(m.Dataset, t)
	if err != nil {
		return false, err
	}
	fresh.By, fresh.Computer, fresh.Wrote, fresh.At = m.By, m.Computer, m.Wrote, m.At
	was := modTime(path)
	if err := writeWhole(path, fresh, fromRecords(list), os.Rename); err != nil {
		return false, err
	}
	return true, os.Chtimes(path, was, was)
}

// blankRaw writes over the payloads of erased events in a file that is damaged.
func blankRaw(path string, tombs map[process.EventID]Record) (changed bool, err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, f.Sync(), f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	s := newScanned()
	s.found = func(at, length int64, r Record) error {
		if tomb, ok := tombs[r.ID]; !ok || r.Erased || !tomb.stands(r) {
			return nil
		}
		changed = true
		_, err := f.WriteAt(make([]byte, length-headLen), at+headLen)
		return err
	}
	s.block = func(at int64, b rawBlock) error {
		blanked, err := blankBlock(f, at, b, tombs)
		changed = changed || blanked
		return err
	}
	return changed, s.scan(f, info.Size())
}
