package db

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"milstolpe/process"
)

// pageSize of every file we make, whatever machine makes it, so that the same events give the same pages everywhere.
const pageSize = 4096

// errDead says that bbolt panicked or faulted earlier, and that its handle is not touched again.
var errDead = errors.New("the database failed before and is not used any more")

// allocStep is by how much a working copy grows at a time.
const allocStep = 1 << 20

// store is a bbolt database behind a guard: whatever breaks inside becomes an error, and after that the handle is left alone, not even
// closed, because closing what is in an unknown state can hang or write.
type store struct {
	bolt *bolt.DB
	path string
	file *os.File // bbolt's own; closing it is how a dead handle gives up its lock
	dead atomic.Bool
	txid atomic.Int64 // of the last commit through this handle

	updating sync.Mutex // from the beginning of a transaction that writes until txid names it
}

// errRolledBack says that somebody has put older content into the file, under our hands.
var errRolledBack = errors.New("the database is older than its last commit")

// isCurrent makes sure that a transaction sees what was committed last.
func (s *store) isCurrent(tx *bolt.Tx, last int64) error {
	at := int64(tx.ID())
	if tx.Writable() {
		at--
	}
	if last != 0 && at != last && (tx.Writable() || at < last) {
		s.dead.Store(true)
		return damaged(s.path, errRolledBack)
	}
	return nil
}

// openStore opens a database that preflight has found usable, or makes one at a path where there is none yet.
func openStore(path string, readOnly bool) (*store, error) {
	return openWithin(time.Second, path, readOnly)
}

// openWithin waits so long for whoever has the database open.
func openWithin(wait time.Duration, path string, readOnly bool) (*store, error) {
	s := &store{path: path}
	err := s.guard(func() (err error) {
		s.bolt, err = bolt.Open(path, 0o600, &bolt.Options{
			Timeout: wait, ReadOnly: readOnly, PageSize: pageSize,
			FreelistType: bolt.FreelistMapType, NoStatistics: true, InitialMmapSize: initialMap,
			OpenFile: func(name string, flag int, mode os.FileMode) (f *os.File, err error) {
				s.file, err = os.OpenFile(name, flag, mode)
				return s.file, err
			},
		})
		if err == nil {
			s.bolt.AllocSize = allocStep
		}
		return err
	})
	if s.dead.Load() {
		s.letGo()
	}
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return nil, &process.Error{Kind: process.Busy, Msg: "file.busy", Err: err}
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrChecksum), errors.Is(err, berrors.ErrVersionMismatch):
		return nil, damaged(path, err)
	case err != nil:
		return nil, writeError(path, err)
	}
	return s, nil
}

// inPlace tells whether the file at the path is still the one that is open. When somebody deletes or replaces it, commits go on being
// acknowledged, into a file that nobody will find again.
func (s *store) inPlace() bool {
	there, err := os.Stat(s.path)
	if err != nil {
		return false
	}
	open, err := s.file.Stat()
	return err == nil && os.SameFile(there, open)
}

func (s *store) view(fn func(*bolt.Tx) error) error {
	last := s.txid.Load()
	return s.guard(func() error {
		return s.bolt.View(func(tx *bolt.Tx) error {
			if err := s.isCurrent(tx, last); err != nil {
				return err
			}
			return fn(tx)
		})
	})
}

// update runs one transaction. An error from fn leaves everything as it was; an error from the commit itself may not, so the caller
// has to look again at what is on disk (commitError tells the two apart).
func (s *store) update(fn func(*bolt.Tx) error) error {
	s.updating.Lock()
	defer s.updating.Unlock()
	var inside error
	err := s.guard(func() error {
		at := int64(0)
		err := s.bolt.Update(func(tx *bolt.Tx) error {
			if inside = s.isCurrent(tx, s.txid.Load()); inside == nil {
				at = int64(tx.ID())
				inside = fn(tx)
			}
			return inside
		})
		if err == nil {
			s.txid.Store(at)
		}
		return err
	})
	if err != nil && inside == nil {
		return &commitError{err}
	}
	return err
}

// commitError is a commit that failed: nobody knows what of it reached the disk.
type commitError struct{ err error }

func (e *commitError) Error() string { return "commit: " + e.err.Error() }
func (e *commitError) Unwrap() error { return e.err }

func (s *store) close() error {
	if s.dead.Load() {
		s.letGo()
		return nil
	}
	return s.guard(s.bolt.Close)
}

// letGo gives up the lock of a dead handle, so that nobody finds the file in use. The mapping stays, and would keep the lock that
// closing alone gives up.
func (s *store) letGo() {
	if s.file != nil {
		unlock(s.file)
		_ = s.file.Close()
	}
}

func (s *store) guard(fn func() error) error {
	if s.dead.Load() {
		return damaged(s.path, errDead)
	}
	err := guarded(fn)
	if errors.Is(err, errPanic) {
		s.dead.Store(true)
		return damaged(s.path, err)
	}
	return err
}

var errPanic = errors.New("bbolt panicked")

// guarded turns a panic or a memory fault in fn into an error. A mapped file that somebody truncates gives faults, which would end the
// program if they were not asked for as panics.
func guarded(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", errPanic, r)
		}
	}()
	return fn()
}

// notSaved finds the sentence for a change that did not get into the working copy. Unlike what waits for the shared file, it is not tried
// again by itself.
func notSaved(err error) error {
	var known *process.Error
	if !errors.As(err, &known) {
		return err
	}
	said := map[string]string{"file.no_space": "file.not_saved_space", "file.write_failed": "file.not_saved", "file.damaged": "file.not_saved"}[known.Msg]
	if said == "" {
		return err
	}
	return &process.Error{Kind: process.Internal, Msg: said, Err: err}
}

// writeError finds the sentence for a file or folder that could not be written.
func writeError(path string, err error) error {
	var known *process.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case noSpace(err):
		return &process.Error{Kind: process.Internal, Msg: "file.no_space", Args: []any{path}, Err: err}
	case errors.Is(err, os.ErrPermission), readOnlyFolder(err):
		return &process.Error{Kind: process.Invalid, Msg: "file.not_writable", Args: []any{path}, Err: err}
	case errors.Is(err, os.ErrNotExist):
		return &process.Error{Kind: process.NotFound, Msg: "file.no_folder", Args: []any{path}, Err: err}
	case inUse(err):
		return &process.Error{Kind: process.Busy, Msg: "file.in_use", Args: []any{path}, Err: err}
	}
	return &process.Error{Kind: process.Internal, Msg: "file.write_failed", Args: []any{path}, Err: err}
}

// backwards calls each with the records from the last to the first, until it answers false.
func (s *store) backwards(each func(Record) bool) error {
	return s.view(func(tx *bolt.Tx) error {
		c := tx.Bucket(eventsBucket).Cursor()
		for key, value := c.Last(); key != nil; key, value = c.Prev() {
			r, err := DecodeRecord(key, value)
			if err != nil {
				return err
			}
			if !each(r) {
				return nil
			}
		}
		return nil
	})
}
