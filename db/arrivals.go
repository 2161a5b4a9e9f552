package db

import (
	"encoding/binary"
	"maps"
	"slices"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"

	"milstolpe/process"
)

// Arrival is an event with the time from which this copy has it: when it was recorded, or when it was taken in from others.
type Arrival struct {
	process.Event
	At time.Time
	// Late tells that it was taken in after it had been recorded.
	Late bool
}

const (
	// arrivalsFor is how long this copy remembers when an event came in.
	arrivalsFor = 60 * 24 * time.Hour
	// maxArrivals is how much comes in at once and is news; more is a file that somebody reads for the first time.
	maxArrivals = 50_000
	// arrivalsValue is how many keys lie in one value.
	arrivalsValue = 1000
)

// noteArrivals remembers that events came in now, and forgets what came in long ago.
func noteArrivals(tx *bolt.Tx, now time.Time, added []Record) error {
	b, err := tx.CreateBucketIfNotExists(arrivedBucket)
	if err != nil {
		return err
	}
	c := b.Cursor()
	for key, _ := c.First(); key != nil && arrivedAt(key).Before(now.Add(-arrivalsFor)); key, _ = c.First() {
		if err := c.Delete(); err != nil {
			return err
		}
	}
	if len(added) > maxArrivals {
		return nil
	}
	for some := range slices.Chunk(added, arrivalsValue) {
		key := binary.BigEndian.AppendUint64(nil, uint64(now.UnixMilli())) //nolint:gosec // after 1970
		key = append(key, some[0].ID[:]...)
		keys := make([]byte, 0, len(some)*keyLen)
		for _, r := range some {
			keys = append(keys, r.ID[:]...)
		}
		if err := b.Put(key, keys); err != nil {
			return err
		}
	}
	return nil
}

// arrivedAt is the time in a key of the bucket.
func arrivedAt(key []byte) time.Time {
	if len(key) < 8 {
		return time.Time{}
	}
	return time.UnixMilli(int64(binary.BigEndian.Uint64(key))) //nolint:gosec // what somebody else wrote there sorts, and no more
}

// readArrivals reads when events came in.
func readArrivals(tx *bolt.Tx) (map[process.EventID]time.Time, error) {
	arrived := map[process.EventID]time.Time{}
	b := tx.Bucket(arrivedBucket)
	if b == nil {
		return arrived, nil
	}
	return arrived, b.ForEach(func(key, keys []byte) error {
		at := arrivedAt(key)
		for ; len(keys) >= keyLen; keys = keys[keyLen:] {
			arrived[process.EventID(keys)] = at
		}
		return nil
	})
}

// came remembers in memory what noteArrivals wrote. The caller holds stateMu.
func (w *File) came(now time.Time, added []Record) {
	if len(added) > maxArrivals {
		return
	}
	next := maps.Clone(w.arrived) // whoever reads the old one goes on reading it
	if next == nil {
		next = map[process.EventID]time.Time{}
	}
	for _, r := range added {
		next[r.ID] = now
	}
	w.arrived = next
}

// Since are the events that this copy has had since a time and had not before, in the order in which it got them: a change of a colleague
// counts from when it came in, however old it is. The events of a list that was imported are left out; what says that it was imported is
// there. So are events that are not looked at, and the introductions of writers.
func (w *File) Since(since time.Time) ([]Arrival, error) {
	w.stateMu.RLock()
	arrived, aside := w.arrived, w.leftOut
	w.stateMu.RUnlock()
	var list []Arrival
	var facts process.FactReader
	add := func(r Record, at time.Time, late bool) {
		if aside[r.ID] || ofImport(r.Payload) || process.PayloadType(r.Payload) == "writer.introduced" {
			return
		}
		list = append(list, Arrival{r.clone().event(&facts), at, late})
	}
	for r, err := range w.Latest() {
		if err != nil {
			return nil, err
		}
		if r.ID.At().Before(since) {
			break
		}
		if _, late := arrived[r.ID]; !late {
			add(r, r.ID.At(), false)
		}
	}
	var ids []process.EventID
	for id, at := range arrived {
		if !at.Before(since) {
			ids = append(ids, id)
		}
	}
	records, err := w.recordsOf(ids)
	if err != nil {
		return nil, err
	}
	for _, r := range records {
		add(r, arrived[r.ID], true)
	}
	slices.SortFunc(list, func(a, b Arrival) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return slices.Compare(a.ID[:], b.ID[:])
	})
	return list, nil
}

// ofImport tells the payload of an event that a list brought. Only its stamp names an import in that way; a text has its quotes escaped.
func ofImport(payload []byte) bool { return strings.Contains(string(payload), `,"import":"`) }
