package db

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"milstolpe/process"
	"milstolpe/process/hlc"
)

// Pull looks at the shared file, and takes in what others have put there since. It happens by itself every few seconds; this is for
// whoever does not want to wait.
func (w *File) Pull(ctx context.Context) error {
	if w.detached() {
		return nil
	}
	err := w.atPlace(func() error { return w.place.pull(ctx) })
	if err != nil { // that reading went well does not mean that writing does
		w.setProblem(err)
	}
	return err
}

// News is what came in from others since the file was opened, latest last.
func (w *File) News() []Incoming {
	w.stateMu.RLock()
	defer w.stateMu.RUnlock()
	return slices.Clone(w.news)
}

// sameAgain is how soon after a change a file can change once more without showing it, on disks that tell time coarsely.
const sameAgain = 2 * time.Second

// takeIn compares what the shared file holds with what we have. The caller holds publishing.
func (w *File) takeIn(ctx context.Context) error {
	info, err := os.Stat(w.path)
	if errors.Is(err, fs.ErrNotExist) {
		return w.takeInNone(err)
	}
	if err != nil {
		return statError(w.path, err)
	}
	if !w.looksNew(sight(info)) {
		return nil
	}
	in, f, err := w.mergeFile(ctx, w.path, false)
	w.stateMu.Lock()
	w.refused = fileStamp{}
	if err != nil {
		w.refused = sight(info)
		w.stateMu.Unlock()
		return err
	}
	in.Gone = max(0, w.state.Events-f.common)
	w.mayChangeUnseen = w.options.Clock().Sub(f.seen.ModTime).Abs() < sameAgain
	w.stateMu.Unlock()
	w.tell(in)
	return w.remember(f.seen, f.manifest, f.tally)
}

// tell puts what came in among the news, unless it is nothing.
func (w *File) tell(in Incoming) {
	if in.Empty() {
		return
	}
	w.stateMu.Lock()
	defer w.stateMu.Unlock()
	w.news = append(w.news, in)
}

// looksNew tells whether the shared file has to be read.
func (w *File) looksNew(s fileStamp) bool {
	w.stateMu.RLock()
	defer w.stateMu.RUnlock()
	return w.mayChangeUnseen || !s.same(w.state.Seen)
}

// sharedChanged tells whether the shared file is another one than when it was last looked at, or gone.
func (w *File) sharedChanged() bool {
	info, err := os.Stat(w.path)
	if err != nil {
		return true
	}
	s := sight(info)
	w.stateMu.RLock()
	refused := s.same(w.refused)
	w.stateMu.RUnlock()
	return !refused && w.looksNew(s)
}

// compared is another file, as it relates to this working copy.
type compared struct {
	sharedFile
	fresh   []Record
	common  int
	refused int
	back    []process.EventID // what we have and have set aside
}

// compare reads another file of the same dataset and finds what it has that we have not.
func (w *File) compare(ctx context.Context, path string) (c compared, err error) {
	with := func(d *differ) error {
		w.stateMu.RLock()
		d.aside = w.leftOut
		w.stateMu.RUnlock()
		c.sharedFile, err = readShared(ctx, path, w.options, d.add)
		c.fresh, c.common, c.refused, c.back = d.fresh, d.common, d.refused, d.back
		return err
	}
	if s := w.database(); s != nil {
		if err := w.ReadOnly(); err != nil { // it was closed
			return c, err
		}
		err = s.view(func(tx *bolt.Tx) error { return with(newDiffer(tx)) })
	} else {
		err = with(newDifferOf(w.records))
	}
	switch {
	case err != nil:
		return c, err
	case c.manifest.Format > FormatVersion:
		return c, newerFormat(path, c.manifest)
	case c.manifest.Dataset != w.dataset:
		return c, &process.Error{Kind: process.Conflict, Msg: "file.other_dataset", Args: []any{path}}
	}
	return c, nil
}

// mergeFile takes in the events of another file. Where somebody has asked for it, it makes a backup first, and looks again at what had been
// set aside of it.
func (w *File) mergeFile(ctx context.Context, path string, asked bool) (Incoming, compared, error) {
	c, err := w.compare(ctx, path)
	if err != nil {
		return Incoming{}, c, err
	}
	if !asked {
		c.back = nil
	}
	if len(c.fresh) == 0 && len(c.back) == 0 {
		return Incoming{From: path, By: c.manifest.By, At: c.manifest.At, Refused: c.refused}, c, nil
	}
	in, err := w.bringIn(ctx, c, asked)
	in.From, in.By, in.At, in.Refused = path, c.manifest.By, c.manifest.At, in.Refused+c.refused
	return in, c, err
}

// mergeRecords stores verified records of others, in one transaction, and folds them into the team.
func (w *File) mergeRecords(fresh []Record) (Incoming, error) {
	return w.mergeRecordsAnd(fresh, w.place.keep)
}

// mergeRecordsAnd is mergeRecords with also done in the same transaction, which gets what was stored.
func (w *File) mergeRecordsAnd(fresh []Record, also func(*bolt.Tx, []pair) error) (Incoming, error) {
	in, err := w.takeRecords(fresh, also)
	if err == nil && in.Erased > 0 {
		in.Backups, err = w.scrubBackups()
	}
	return in, err
}

func (w *File) takeRecords(fresh []Record, also func(*bolt.Tx, []pair) error) (Incoming, error) {
	w.writeMu.Lock()
	defer w.writeMu.Unlock()
	if err := w.ready(); err != nil {
		return Incoming{}, notSaved(err)
	}
	fresh, refused := believed(fresh)
	in := Incoming{Refused: refused}
	added, replaced := fresh[:0:0], false
	pairs := pairsOf(fresh)
	stored := pairs[:0:0]
	err := w.store.update(func(tx *bolt.Tx) error {
		b := tx.Bucket(eventsBucket)
		b.FillPercent = 0.9 // they come in order
		for i, r := range fresh {
			have := b.Get(r.ID[:])
			switch {
			case have == nil:
				added = append(added, r)
			case !w.takesPlace(r, have, &pairs[i], &in):
				continue
			default:
				replaced = true
			}
			if err := b.Put(pairs[i].key, pairs[i].value); err != nil {
				return err
			}
			stored = append(stored, pairs[i])
		}
		if err := noteArrivals(tx, w.options.Clock(), added); err != nil {
			return err
		}
		return also(tx, stored)
	})
	if err != nil {
		w.needsReload = true
		return Incoming{}, notSaved(writeError(w.copyDir.database(), err))
	}
	if len(stored) == 0 {
		return in, nil
	}
	came, err := w.applyForeign(added, replaced)
	came.Erased, came.Erasures, came.Refused = in.Erased, in.Erasures, in.Refused
	return came, err
}

// takesPlace tells whether a record takes the place of our own one with its key, and notes in what came in whom it erases or that it may
// not. A tombstone keeps the number of what it stands for.
func (w *File) takesPlace(r Record, have []byte, put *pair, in *Incoming) bool {
	own, err := DecodeRecord(r.ID[:], have)
	if err != nil {
		return true // ours is damaged
	}
	if !r.beats(own) {
		if r.Erased && !own.Erased {
			in.Refused++
		}
		return false
	}
	if f, ok := r.erasedName(); ok {
		in.Erased++
		in.erases(Erasure{Contact: f.Contact, Customer: w.team.Customer(f.Customer)})
		r.Seq = own.Seq
		put.value = EncodeRecord(r)
	}
	return true
}

// applyForeign brings stored records of others into memory and says what they are. The caller holds acting.
func (w *File) applyForeign(added []Record, replaced bool) (Incoming, error) {
	now := w.options.Clock()
	events := eventsOf(added)
	for _, e := range events {
		w.clock.Follow(hlc.Stamp(e.ID.Clock()), now)
	}
	before := conflictsAbout(w.team, events)
	if replaced {
		// What an erased event had said is folded into the team and cannot be taken out of it, and it is still in the file.
		if err := w.compact(); err != nil {
			return Incoming{}, err
		}
	} else {
		w.stateMu.Lock()
		w.team.Apply(w.looked(events)...)
		for _, r := range added {
			w.summary.add(r)
		}
		w.came(now, added)
		w.revision.Add(1)
		w.stateMu.Unlock()
	}
	w.noteReach(added)
	in := describe(w.team, events, now)
	in.Revision = w.Revision()
	in.Conflicts = newConflicts(before, conflictsAbout(w.team, events))
	return in, nil
}

func (w *File) noteReach(added []Record) {
	far := map[process.Writer]uint32{}
	for _, r := range added {
		far[r.ID.Writer()] = w.summary.writers[r.ID.Writer()].last
	}
	for writer, n := range far {
		if err := w.highWater.note(writer, n); err != nil {
			w.options.Log.Warn("remember how far a writer came", "error", err)
			return
		}
	}
}
