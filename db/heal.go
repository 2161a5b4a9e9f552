package db

import (
	"context"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"

	"milstolpe/process"
)

// healAfter is how many looks a damaged shared file gets before it is replaced by itself: a sync program may just be writing it.
const healAfter = 3

// heal takes what can be saved out of a damaged shared file, keeps it among the backups, and lets the next publication replace it.
// cause is what was found to be wrong. Without now it waits until the damage has stood for a while.
func (w *File) heal(cause error, now bool) error {
	info, err := os.Stat(w.path)
	if err != nil {
		return statError(w.path, err)
	}
	seen := sight(info)
	if seen.same(w.damagedAs) {
		w.damagedFor++
	} else {
		w.damagedAs, w.damagedFor = seen, 1
	}
	if !now && w.damagedFor < healAfter {
		return cause
	}
	raw, err := rawScan(w.path)
	if err != nil {
		return err
	}
	if !w.ours(raw) {
		return &process.Error{Kind: process.Conflict, Msg: "file.other_dataset", Args: []any{w.path}, Err: cause}
	}
	if info.Size() > 0 {
		if err := w.keepAside(w.path, filepath.Base(w.path), keptDamaged); err != nil {
			return err
		}
	}
	w.options.Log.Warn("the shared file is damaged and is replaced", "path", w.path, "cause", cause, "readable", len(raw.records))
	in, err := w.mergeRecords(raw.sorted())
	if err != nil {
		return err
	}
	in.From = w.path
	w.tell(in)
	w.heals = true
	return w.remember(seen, Manifest{}, newTally())
}

// healed notes that a damaged file was replaced, if that is what was just written.
func (w *File) healed() {
	if !w.heals {
		return
	}
	w.heals = false
	w.stateMu.Lock()
	defer w.stateMu.Unlock()
	w.state.HealedAt = w.options.Clock()
}

// ours tells whether what is readable of a damaged file belongs to this dataset. A file of which nothing is readable may be replaced;
// one that belongs to others may not.
func (w *File) ours(raw scanned) bool {
	if d := raw.dataset(); d != "" {
		return d == w.dataset
	}
	if len(raw.records) == 0 {
		return true
	}
	known := false
	_ = w.database().view(func(tx *bolt.Tx) error {
		b := tx.Bucket(eventsBucket)
		for id := range raw.records {
			if b.Get(id[:]) != nil {
				known = true
				return nil
			}
		}
		return nil
	})
	return known
}

// Repair opens a file that is damaged or gone and of which there is a working copy here: what a damaged file still holds is taken in,
// it is kept among the backups, and a whole one takes its place.
func Repair(path string, o Options) (*File, error) {
	return openLatestCopy(path, o, func(w *File) error { return w.PutBack(context.Background()) })
}

// openLatestCopy opens the working copy of a shared file that is damaged or not there, and begins with it. On a server there is none to begin with:
// opening it mends a damaged working copy.
func openLatestCopy(path string, o Options, begin func(*File) error) (*File, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	if IsServer(path) {
		return openServer(path, o)
	}
	if path, err = absolute(path); path == "" { // a file whose folder keeps silent is as good as none
		return nil, err
	}
	list := copiesOf(o.StateDir, path)
	if len(list) == 0 {
		return nil, &process.Error{Kind: process.NotFound, Msg: "repair.no_copy", Args: []any{path}}
	}
	w, err := openHome(latestUsed(list), o)
	if err != nil {
		return nil, err
	}
	if err := begin(w); err != nil {
		w.abandon()
		return nil, err
	}
	return w.start(), nil
}

// latestUsed is the working copy that was written last.
func latestUsed(list []copyDir) copyDir {
	best := list[0]
	for _, h := range list[1:] {
		if modTime(h.database()).After(modTime(best.database())) {
			best = h
		}
	}
	return best
}
