package db

import (
	"os"
	"time"

	"milstolpe/process"
)

// local is what this computer has of a file that is only read.
type local struct {
	records     []Record // of the shared file and of the working copy together
	unpublished int      // that the shared file lacks
	lost        []Gap
	lastSave    time.Time
	notes       []lossNote
}

// withLocal adds the working copy to what the shared file holds, so that nobody reads less than was recorded on this computer.
func withLocal(h copyDir, path, dataset string, shared []Record) (l local, err error) {
	l = local{records: shared, notes: readLosses(h.losses())}
	_, rerr := os.Stat(h.reach())
	if rerr != nil && !h.filled() {
		return l, nil // it was never opened here
	}
	far, err := openReach(h.reach())
	if err != nil {
		return l, err
	}
	found, err := copyRecords(h, far)
	if err != nil {
		return l, err
	}
	for _, r := range shared {
		found.put(r)
	}
	if len(found.lost(far)) > 0 {
		more, err := gather(h, copyInfo{Dataset: dataset, Path: path}, far, func(Record) bool { return true })
		if err != nil {
			return l, err
		}
		for _, r := range more.records {
			found.put(r)
		}
		l.lost, l.lastSave = found.lost(far), modTime(h.reach())
	}
	there := newScanned()
	for _, r := range shared {
		there.put(r)
	}
	for id, r := range found.records {
		if have, ok := there.records[id]; !ok || r.beats(have) {
			l.unpublished++
		}
	}
	l.records = found.sorted()
	return l, nil
}

// copyRecords are the events of a working copy; of one that a running program holds, or that is damaged, those in its raw bytes.
func copyRecords(h copyDir, far *highWater) (scanned, error) {
	found := newScanned()
	s, _, _, err := lookInto(h)
	if err == nil {
		err = s.records()(func(key, value []byte) error {
			r, err := DecodeRecord(key, value)
			found.put(r.clone())
			return err
		})
		if cerr := s.close(); err == nil && cerr == nil {
			return found, nil
		}
	}
	found, err = rawScan(h.database())
	switch {
	case process.KindOf(err) == process.NotFound:
		return newScanned(), nil
	case err != nil:
		return found, err
	}
	found.manifest = nil
	found.dropUnfinished(far.far)
	return found, nil
}

// tell makes a file that is only read tell what this computer has of it.
func (l local) tell(w *File) {
	w.unpublished = l.unpublished
	w.lost = l.notes
	for _, g := range l.lost {
		w.lost = append(w.lost, noteOf(g, l.lastSave))
	}
	w.firsts = firstsOf(w.records)
}
