package db

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"milstolpe/process"
)

// Rebuilt tells that the working copy was found damaged, when it was opened or later, and what became of it. The damaged one is kept.
type Rebuilt struct {
	Cause     error
	Recovered int   // events that could be put together from it, the shared file and the backups
	Lost      []Gap // events that were once saved here and are nowhere any more
}

// Rebuilt says that the working copy had to be put together anew, or nil.
func (w *File) Rebuilt() *Rebuilt {
	w.stateMu.RLock()
	defer w.stateMu.RUnlock()
	return w.rebuilt
}

// openHome opens a working copy, and mends it when it is damaged.
func openHome(h copyDir, o Options) (*File, error) {
	cause := damagedMeta(h)
	w, err := openCopy(h, o)
	if err != nil {
		if process.KindOf(err) != process.Damaged {
			return nil, err
		}
		return mend(h, o, err)
	}
	if lost := w.highWater.lost(w.summary); len(lost) > 0 {
		cause = errors.Join(cause, lostError(h, lost))
	}
	if cause == nil {
		w.tellLosses(nil, time.Time{})
		w.startReach()
		return w, nil
	}
	w.abandon()
	return mend(h, o, cause)
}

func lostError(h copyDir, lost []Gap) error {
	return &process.Error{Kind: process.Damaged, Msg: "file.rolled_back", Args: []any{h.database(), countGaps(lost)}}
}

// damagedMeta tells of a damaged meta page that bbolt would pass over in silence, going back to the commit before.
func damagedMeta(h copyDir) error {
	p, _ := preflightStill(h.database()) // what keeps it from being read at all, openCopy will find too
	return errors.Join(p.bad[0], p.bad[1])
}

// startReach begins to remember anew how far the writers came.
func (w *File) startReach() {
	if err := w.highWater.replace(w.summary.writers); err != nil {
		w.options.Log.Warn("remember how far the writers came", "error", err)
	}
}

// mend puts a working copy together anew that nobody has open.
func mend(h copyDir, o Options, cause error) (*File, error) {
	a, err := h.about()
	if err != nil {
		return nil, err
	}
	one, err := openStore(filepath.Join(h.dir, "mending.db"), false) // one program at a time
	if err != nil {
		return nil, err
	}
	defer func() { _ = one.close() }()
	if err := lockFree(h); err != nil {
		return nil, err
	}
	far, err := openReach(h.reach())
	if err != nil {
		return nil, err
	}
	lastSave := modTime(h.reach())
	found, err := gather(h, a, far, func(Record) bool { return true })
	if err != nil {
		return nil, err
	}
	if err := replaceCopy(h, a, found.sorted(), o); err != nil {
		return nil, err
	}
	w, err := openCopy(h, o)
	if err != nil {
		return nil, err
	}
	w.mended(cause, found, far, lastSave)
	return w, nil
}

// mendRunning puts the working copy of this program together anew. What was never acknowledged does not come back: whoever recorded it
// was told that it failed, and may have recorded it again. The caller holds writeMu.
func (w *File) mendRunning(cause error) error {
	a := copyInfo{Dataset: w.dataset, Path: w.path}
	lastSave := modTime(w.copyDir.reach())
	found, err := gather(w.copyDir, a, w.highWater, func(r Record) bool {
		number, ours := w.ran[r.ID.Writer()]
		return !ours || r.Seq <= number
	})
	if err != nil {
		return err
	}
	far := &highWater{far: w.highWater.far}
	if err := replaceCopy(w.copyDir, a, found.sorted(), w.options); err != nil {
		return err
	}
	s, err := openStore(w.copyDir.database(), false)
	if err != nil {
		return err
	}
	w.takeStore(s)
	if err := w.load(); err != nil {
		return err
	}
	w.mended(cause, found, far, lastSave)
	return nil
}

// mended tells what became of a working copy that was put together anew.
func (w *File) mended(cause error, found scanned, far *highWater, lastSave time.Time) {
	lost := found.lost(far)
	w.stateMu.Lock()
	w.rebuilt = &Rebuilt{Cause: cause, Recovered: len(found.records), Lost: lost}
	w.stateMu.Unlock()
	w.tellLosses(lost, lastSave)
	w.startReach()
	w.options.Log.Warn("the working copy was damaged and was put together anew",
		"path", w.path, "cause", cause, "recovered", len(found.records), "lost", countGaps(lost))
}

// gather collects everything there is of a working copy: its own raw bytes as far as they count, the shared file, the backups.
func gather(h copyDir, a copyInfo, far *highWater, counts func(Record) bool) (scanned, error) {
	found, err := rawScan(h.database())
	if err != nil && process.KindOf(err) != process.NotFound {
		return found, err
	}
	if found.records == nil {
		found = newScanned()
	}
	found.manifest = nil // of a shared file that lay in these bytes once
	for id, r := range found.records {
		if !counts(r) {
			delete(found.records, id)
		}
	}
	found.dropUnfinished(far.far)
	found.join(a.Path, a.Dataset)
	for _, b := range backupsIn(h.backups()) {
		if len(found.lost(far)) == 0 {
			break
		}
		found.join(b.Path, a.Dataset)
	}
	return found, nil
}

// lost are the events that were saved and are not among those that were found, apart from those of which a shared file says that they
// were lost earlier.
func (s scanned) lost(far *highWater) []Gap {
	seen := numbers{}
	for _, r := range s.records {
		seen.add(r)
	}
	return slices.DeleteFunc(seen.missing(far.far), func(g Gap) bool { return s.manifest != nil && s.manifest.Missing[g.Writer] > 0 })
}

// lockFree makes sure that no running program has the working copy: a file that bbolt refuses is locked all the same by who has it.
func lockFree(h copyDir) error {
	s, err := openStore(h.database(), true)
	if err == nil {
		return s.close()
	}
	if process.KindOf(err) == process.Busy {
		return err
	}
	return nil
}

// join adds the events of another file of the same dataset, as far as they can be read.
func (s *scanned) join(path, dataset string) {
	other, err := rawScan(path)
	if err != nil || other.dataset() != dataset {
		return
	}
	for _, r := range other.records {
		s.put(r)
	}
	if s.manifest == nil {
		s.manifest = other.manifest
	}
}

// dropUnfinished removes what a commit left in the pages that never came to its end: numbers beyond those that were acknowledged, with
// gaps before them.
func (s *scanned) dropUnfinished(acknowledged map[process.Writer]uint32) {
	seen := numbers{}
	for _, r := range s.records {
		seen.add(r)
	}
	first := map[process.Writer]uint32{} // the first number that is missing beyond the acknowledged ones
	for _, g := range seen.missing(nil) {
		if _, ok := first[g.Writer]; !ok && g.To > acknowledged[g.Writer] {
			first[g.Writer] = max(g.From, acknowledged[g.Writer]+1)
		}
	}
	for id, r := range s.records {
		if n, ok := first[id.Writer()]; ok && r.Seq >= n {
			delete(s.records, id)
		}
	}
}

// replaceCopy writes a working copy with these events in the place of a damaged one, which is kept among the backups.
func replaceCopy(h copyDir, a copyInfo, records []Record, o Options) error {
	if err := h.make(a); err != nil {
		return err
	}
	next := h.database() + ".new"
	_ = os.Remove(next) // of a run that died here
	err := guarded(func() error { return fillFile(next, a, records) })
	if err == nil {
		err = h.quarantine(o)
	}
	if err == nil {
		err = os.Rename(next, h.database())
	}
	if err == nil {
		err = syncFolder(h.dir)
	}
	if err != nil {
		_ = os.Remove(next)
	}
	return writeError(h.database(), err)
}

func fillFile(path string, a copyInfo, records []Record) (err error) {
	d, err := bolt.Open(path, 0o600, &bolt.Options{PageSize: pageSize, NoSync: true, FreelistType: bolt.FreelistMapType, NoStatistics: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	err = d.Update(func(tx *bolt.Tx) error {
		return errors.Join(putAll(tx, pairsOf(records)), writeCopy(tx, seenKey, sharedState{}), writeCopy(tx, aboutKey, a))
	})
	return errors.Join(err, d.Sync())
}

// quarantine keeps a damaged working copy among the backups. It stays where it is too, until another one takes its place.
func (h copyDir) quarantine(o Options) error {
	if _, err := os.Stat(h.database()); err != nil {
		return nil //nolint:nilerr // there is nothing to keep
	}
	if err := os.MkdirAll(h.backups(), 0o700); err != nil {
		return err
	}
	tag, err := o.tag()
	if err != nil {
		return err
	}
	name := o.Clock().UTC().Format(backupTime) + "-" + string(keptDamaged) + "-" + tag + "-working" + backupSuffix
	to := filepath.Join(h.backups(), name)
	if os.Link(h.database(), to) == nil {
		return nil
	}
	return os.Rename(h.database(), to) // this file system has no links
}
