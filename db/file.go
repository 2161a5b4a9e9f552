package db

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"iter"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"

	"milstolpe/process"
	"milstolpe/process/hlc"
	"milstolpe/process/sales"
)

// File is an open file: the private working copy of a dataset at a path, the team that its events add up to, and the shared file
// that it publishes to. All methods are safe for concurrent use.
type File struct {
	options     Options
	path        string // of the shared file
	dataset     string
	copyDir     copyDir
	place       place // where the events go that the team has in common
	limit       error // why nothing may be recorded for now, which can change: on a server one may only read; guarded by stateMu
	readOnlyErr error // why nothing can be recorded; nil when it can

	// writeMu is held by whoever changes the set of events, from reading what is there until it is folded into memory.
	writeMu     sync.Mutex
	store       *store // nil when read-only
	highWater   *highWater
	clock       hlc.Clock
	writer      process.Writer
	seq         uint32                    // the last number this writer used; 0 while there is no writer yet
	ran         map[process.Writer]uint32 // how far each writer of this run was acknowledged
	needsReload bool                      // a commit failed: look at the disk again before the next one

	stateMu     sync.RWMutex // held for reading by View, for writing only while memory changes
	team        *sales.Team
	summary     *setSummary
	records     []Record // of a read-only file, in the order of their keys
	unpublished int      // of them, on this computer only
	rebuilt     *Rebuilt
	lost        []lossNote                         // that nobody has confirmed to have seen
	firsts      map[process.Writer]process.EventID // the first event of each writer, where something is lost
	state       sharedState
	news        []Incoming
	aside       []asideGroup                  // what this copy does not look at
	leftOut     map[process.EventID]bool      // the events of aside
	arrived     map[process.EventID]time.Time // when events came in from others, the latest of them; replaced, never changed
	copies      seenCopies                    // beside the shared file
	revision    atomic.Uint64

	damagedAs       fileStamp // the shared file as it was last found damaged, and for how many looks; guarded by publishing
	damagedFor      int
	refused         fileStamp // the shared file as it was when it could last not be taken in
	keptFormat      fileStamp // the shared file of an earlier format that was last put among the backups; guarded by publishMu
	putsBack        bool      // a shared file that is gone is written anew; guarded by publishMu
	heals           bool      // the next publication replaces a damaged file; guarded by publishMu
	mayChangeUnseen bool      // the shared file changed so shortly before it was read that it may have changed again without showing it

	blocks    verifiedBlocks // of the last publication
	publishMu sync.Mutex     // one at a time looks at or writes the shared file
	placeLong atomic.Bool    // whoever holds publishMu has taken long
	backupMu  sync.Mutex     // one backup at a time
	sync      *syncLoop
	closing   sync.Once
	person    atomic.Pointer[who] // who records, if it is another one than when the file was opened
}

// sharedState is what is known about the shared file.
type sharedState struct {
	Seen        fileStamp `json:"seen"`
	Publication string    `json:"publication,omitempty"`
	Events      int       `json:"events"` // of ours that it holds
	Keys        SetHash   `json:"keys"`
	Gone        SetHash   `json:"gone"`
	PublishedAt time.Time `json:"published_at,omitzero"`
	Moved       string    `json:"moved,omitempty"` // address of the server that the team has moved to
	HealedAt    time.Time `json:"-"`
	SavedAt     time.Time `json:"-"`
	problem     error
}

// holds tells whether the shared file held exactly these events when it was last looked at.
func (s *sharedState) holds(t *setSummary) bool {
	return s.Keys == t.keys && s.Gone == t.gone && s.Events == t.events
}

// State is what every page says about the file.
type State struct {
	SavedAt     time.Time // when something was last saved on this computer; zero: not since the file was opened
	PublishedAt time.Time // when the shared file was last known to hold everything
	Pending     int       // events that are not in the shared file yet
	Problem     error     // why the shared file could not be written or read; it is tried again
	Lost        []Loss    // what was saved here and is gone, until somebody has seen it
	HealedAt    time.Time // when a damaged shared file was last replaced, since the file was opened

	// Server tells that the events lie on a server. PublishedAt is then when it last answered, and WaitingSince when the first of the
	// pending changes was recorded.
	Server       bool
	WaitingSince time.Time
}

// View lets read look at the team. It must not keep or change what it sees.
func (w *File) View(read func(*sales.Team) error) error {
	w.stateMu.RLock()
	defer w.stateMu.RUnlock()
	return read(w.team)
}

// Revision rises with every change of the team, so that what was computed from it can be kept until then.
func (w *File) Revision() uint64 { return w.revision.Load() }

// Path is where the shared file lies.
func (w *File) Path() string { return w.path }

// Dataset is the identity of what the file holds, the same in all copies of it.
func (w *File) Dataset() string { return w.dataset }

// ReadOnly says why nothing can be recorded: it was opened that way, or the file is of a newer version. It is nil when it can.
func (w *File) ReadOnly() error {
	w.stateMu.RLock()
	defer w.stateMu.RUnlock()
	if w.readOnlyErr == nil {
		return w.limit
	}
	return w.readOnlyErr
}

func (w *File) readOnly() bool { return w.ReadOnly() != nil }

// StateHash is the hash of the set of events: copies with the same events have the same one.
func (w *File) StateHash() SetHash {
	w.stateMu.RLock()
	defer w.stateMu.RUnlock()
	return w.summary.keys
}

// State tells what is saved, what is published and what is in the way.
func (w *File) State() State {
	stuck := w.stuck()
	w.stateMu.RLock()
	defer w.stateMu.RUnlock()
	s := State{SavedAt: w.state.SavedAt, PublishedAt: w.state.PublishedAt, Problem: cmp.Or(stuck, w.state.problem), Lost: w.losses(), Pending: w.unpublished, HealedAt: w.state.HealedAt}
	if _, server := w.place.(*serverPlace); server || w.store != nil { // what waits waits after closing, too
		w.place.tell(&s)
	}
	return s
}

// Events calls each with every event, in the order in which they are replayed.
func (w *File) Events(each func(process.Event) error) error {
	var facts process.FactReader
	return w.Records(func(r Record) error { return each(r.event(&facts)) })
}

// Records calls each with every event as it lies in the file. The payload is good for the length of the call.
func (w *File) Records(each func(Record) error) error {
	s := w.database()
	if s == nil {
		for _, r := range w.records {
			if err := each(r); err != nil {
				return err
			}
		}
		return nil
	}
	return s.records()(func(key, value []byte) error {
		r, err := DecodeRecord(key, value)
		if err != nil {
			return damaged(w.copyDir.database(), err)
		}
		return each(r)
	})
}

// Latest goes through the events from the last to the first. A payload is good until the next one is asked for. After an error, which
// comes with an empty record, nothing more comes.
func (w *File) Latest() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		s := w.database()
		if s == nil {
			for _, r := range slices.Backward(w.records) {
				if !yield(r, nil) {
					return
				}
			}
			return
		}
		if err := s.backwards(func(r Record) bool { return yield(r, nil) }); err != nil {
			yield(Record{}, damaged(w.copyDir.database(), err))
		}
	}
}

func (w *File) database() *store {
	w.stateMu.RLock()
	defer w.stateMu.RUnlock()
	return w.store
}

// Close publishes what is not in the shared file yet and lets the working copy go. When publishing fails the error says so; nothing
// is lost, the changes are in the working copy and go out the next time.
//
// A folder on a network that answers no more would keep the program from ending, so after a while it is given up.
func (w *File) Close() (err error) {
	w.closing.Do(func() { err = within(closeFor, w.path, w.close) })
	return err
}

func (w *File) close() (err error) {
	w.sync.stop()
	if w.store == nil {
		return nil
	}
	if w.place.owes() {
		err = w.Publish(context.Background())
	}
	w.writeMu.Lock()
	defer w.writeMu.Unlock()
	w.highWater.close()
	w.stateMu.Lock()
	defer w.stateMu.Unlock()
	if w.readOnlyErr == nil {
		w.readOnlyErr = &process.Error{Kind: process.Busy, Msg: "file.closed"}
	}
	return errors.Join(err, w.store.close())
}

// load reads the working copy from the disk into memory. Whoever calls it holds acting.
func (w *File) load() error {
	f := newFolder()
	defer f.finish()
	var state sharedState
	err := w.store.view(func(tx *bolt.Tx) error {
		err := readCopy(tx, seenKey, &state)
		groups, asideErr := readAside(tx)
		arrived, arrivedErr := readArrivals(tx)
		err = errors.Join(err, asideErr, arrivedErr)
		f.leaveOut = asideSet(groups)
		if tx.Bucket(eventsBucket) == nil {
			err = damaged(w.copyDir.database(), errors.New("it was never filled"))
		}
		if err == nil {
			err = w.place.load(tx)
		}
		if err == nil {
			err = forEach(tx, func(key, value []byte) error { f.add(key, value); return nil })
			w.syncClock(tx)
		}
		// The batches point into the mapped file, so they are finished before the transaction ends.
		team, t, bad := f.finish()
		if err != nil {
			return err
		}
		if len(bad) > 0 {
			return damaged(w.copyDir.database(), errors.Join(bad[:min(len(bad), 10)]...))
		}
		w.stateMu.Lock()
		w.aside, w.leftOut, w.arrived = groups, f.leaveOut, arrived
		w.stateMu.Unlock()
		w.become(team, t, state)
		return nil
	})
	return err
}

// syncClock sets the clock behind the latest event that lies no more than a day ahead.
func (w *File) syncClock(tx *bolt.Tx) {
	b := tx.Bucket(eventsBucket)
	if b == nil {
		return
	}
	now := w.options.Clock()
	var after process.EventID
	binary.BigEndian.PutUint64(after[:8], uint64(hlc.At(now.Add(hlc.MaxAhead+time.Millisecond))))
	c := b.Cursor()
	key, _ := c.Seek(after[:])
	if key == nil {
		key, _ = c.Last()
	} else {
		key, _ = c.Prev()
	}
	if len(key) == keyLen {
		w.clock.Follow(hlc.Stamp(process.EventID(key).Clock()), now)
	}
}
