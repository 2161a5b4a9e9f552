package db

import (
	"errors"
	"os"
	"path/filepath"

	"milstolpe/process"
)

// Rebuilt tells that the working copy was found damaged when it was opened, and what became of it. The damaged one is kept.
type Rebuilt struct {
	Cause     error
	Recovered int   // events that could be put together from it, the shared file and the backups
	Lost      []Gap // events that were once saved here and are nowhere any more
}

// Rebuilt says that the working copy had to be put together anew, or nil.
func (w *File) Rebuilt() *Rebuilt { return w.rebuilt }

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
		if err := w.highWater.replace(w.summary.writers); err != nil {
			o.Log.Warn("remember how far the writers came", "error", err)
		}
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

// mend puts a working copy together anew from everything there is: its own raw bytes, the shared file, the backups.
func mend(h copyDir, o Options, cause error) (*File, error) {
	a, err := h.about()
	if err != nil {
		return nil, err
	}
	if err := lockFree(h); err != nil {
		return nil, err
	}
	far, err := openReach(h.reach())
	if err != nil {
		return nil, err
	}
	union, err := rawScan(h.database())
	if err != nil {
		return nil, err
	}
	union.dropUnfinished(far.far)
	union.join(a.Path, a.Dataset)
	for _, b := range backupsIn(h.backups()) {
		if len(far.lost(union.tally())) == 0 {
			break
		}
		union.join(b.Path, a.Dataset)
	}
	if err := quarantine(h, o); err != nil {
		return nil, err
	}
	w, err := newCopy(h, a.Path, a.Dataset, union.sorted(), sharedState{}, o)
	if err != nil {
		return nil, err
	}
	w.rebuilt = &Rebuilt{Cause: cause, Recovered: len(union.records), Lost: far.lost(w.summary)}
	o.Log.Warn("the working copy was damaged and was put together anew",
		"path", a.Path, "cause", cause, "recovered", w.rebuilt.Recovered, "lost", countGaps(w.rebuilt.Lost))
	return w, nil
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

// quarantine keeps a damaged working copy among the backups.
func quarantine(h copyDir, o Options) error {
	if err := os.MkdirAll(h.backups(), 0o700); err != nil {
		return writeError(h.backups(), err)
	}
	tag, err := o.tag()
	if err != nil {
		return err
	}
	name := o.Clock().UTC().Format(backupTime) + "-" + string(keptDamaged) + "-" + tag + "-working" + backupSuffix
	return writeError(h.database(), os.Rename(h.database(), filepath.Join(h.backups(), name)))
}
