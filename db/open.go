package db

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"

	"milstolpe/process"
)

// New makes a file at a path where there is none. founding are its first facts; one of them is a *process.TeamFounded that names the
// dataset. Nothing is left behind when it fails.
func New(path string, founding []process.Fact, o Options) (*File, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	dataset := ""
	for _, f := range founding {
		if t, ok := f.(*process.TeamFounded); ok {
			dataset = t.Dataset
		}
	}
	if dataset == "" {
		return nil, errors.New("make a file: its founding facts name no dataset")
	}
	if IsServer(path) {
		return nil, process.Wrong("", "server.moves_from_file")
	}
	if path, err = absolute(path); err != nil {
		return nil, err
	}
	if _, err := os.Lstat(path); err == nil {
		return nil, &process.Error{Kind: process.Invalid, Msg: "file.exists", Args: []any{path}}
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return nil, &process.Error{Kind: process.NotFound, Msg: "file.no_folder", Args: []any{path}, Err: err}
	}
	h := homeFor(o.StateDir, path, dataset)
	w, err := newCopy(h, path, dataset, nil, sharedState{}, o)
	if err != nil {
		return nil, err
	}
	_, err = w.Record(context.Background(), founding...)
	if err == nil {
		err = w.write(context.Background(), PlaceNew)
	}
	if err != nil {
		w.highWater.close()
		_ = w.store.close()
		_ = os.RemoveAll(h.dir)
		_ = os.Remove(h.reach())
		return nil, err
	}
	return w.start(), nil
}

// Open opens a file that is there. It never makes one, and never changes one that it cannot read whole.
func Open(path string, o Options) (*File, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	if IsServer(path) {
		return openServer(path, o)
	}
	if i, ok, err := ReadInvitation(path); ok {
		return openInvited(i, o, err)
	}
	if path, err = absolute(path); err != nil {
		return nil, err
	}
	if _, err := preflight(path, true); err != nil {
		return nil, err
	}
	if o.ReadOnly {
		return openReadOnly(path, o)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, statError(path, err)
	}
	m, err := peekManifest(path)
	if err == nil && m.Format <= FormatVersion {
		if h := homeFor(o.StateDir, path, m.Dataset); h.filled() {
			return openAgain(h, sight(info), o)
		}
	}
	return openFirst(path, o)
}

// openAgain opens a file of which there is a working copy here. When it is as it was left, the working copy is all that is read.
func openAgain(h copyDir, seen fileStamp, o Options) (*File, error) {
	w, err := openHome(h, o)
	if err != nil {
		return nil, err
	}
	if w.looksNew(seen) {
		if err := w.Pull(context.Background()); process.KindOf(err) == process.Damaged {
			w.abandon()
			return nil, err
		}
	}
	return w.start(), nil
}

// openFirst opens a file that was never opened here, or one of a newer version.
func openFirst(path string, o Options) (*File, error) {
	f, records, err := readRecords(path, o)
	if err != nil {
		return nil, err
	}
	if f.manifest.Format > FormatVersion {
		return readOnly(path, f, local{records: records}, o, newerFormat(path, f.manifest)), nil
	}
	records, refused := believed(records)
	h := homeFor(o.StateDir, path, f.manifest.Dataset)
	found, lastSave := newScanned(), modTime(h.reach())
	far, err := openReach(h.reach())
	if err == nil && len(far.lost(f.tally)) > 0 { // there was a working copy here once, and it is gone
		info := copyInfo{Dataset: f.manifest.Dataset, Path: path}
		if found, err = gather(h, info, far, func(Record) bool { return true }); err == nil {
			records = found.sorted()
		}
	}
	if err != nil {
		return nil, err
	}
	w, err := newCopy(h, path, f.manifest.Dataset, records, f.state(), o)
	if err != nil {
		return nil, err
	}
	if len(found.records) > 0 {
		w.tellLosses(found.lost(far), lastSave)
	}
	w.startReach()
	if refused > 0 {
		w.news = append(w.news, Incoming{From: path, By: f.manifest.By, At: f.manifest.At, Refused: refused})
	}
	return w.start(), nil
}

// openReadOnly reads the shared file, and what this computer has beyond it, into memory and holds on to nothing.
func openReadOnly(path string, o Options) (*File, error) {
	f, records, err := readRecords(path, o)
	if err != nil {
		return nil, err
	}
	why := error(&process.Error{Kind: process.Busy, Msg: "file.read_only", Args: []any{path}})
	if f.manifest.Format > FormatVersion {
		why = newerFormat(path, f.manifest)
	}
	mine := local{records: records}
	if o.StateDir != "" && f.manifest.Format <= FormatVersion {
		if mine, err = withLocal(homeFor(o.StateDir, path, f.manifest.Dataset), path, f.manifest.Dataset, records); err != nil {
			return nil, err
		}
	}
	return readOnly(path, f, mine, o, why), nil
}

func readRecords(path string, o Options) (f sharedFile, records []Record, err error) {
	f, err = readShared(context.Background(), path, o, func(r Record) error {
		records = append(records, r.clone())
		return nil
	})
	return f, records, err
}

func readOnly(path string, f sharedFile, mine local, o Options, why error) *File {
	records, _ := believed(mine.records)
	w := &File{options: o, path: path, dataset: f.manifest.Dataset, readOnlyErr: why, records: records}
	fold := newFolder()
	for _, p := range pairsOf(records) {
		fold.add(p.key, p.value)
	}
	team, t, _ := fold.finish()
	state := f.state()
	if process.KindOf(why) == process.Newer {
		state.problem = why
	}
	w.state.problem = state.problem
	w.become(team, t, state)
	mine.tell(w)
	return w
}

func (f sharedFile) state() sharedState {
	return sharedState{
		Seen: f.seen, Publication: f.manifest.Publication, PublishedAt: f.manifest.At,
		Events: f.tally.events, Keys: f.tally.keys, Gone: f.tally.gone, Moved: f.manifest.Moved, problem: f.problem,
	}
}

// newCopy makes the working copy of a dataset at a path, filled with the records.
func newCopy(h copyDir, path, dataset string, records []Record, state sharedState, o Options) (*File, error) {
	if err := h.make(copyInfo{Dataset: dataset, Path: path}); err != nil {
		return nil, err
	}
	s, err := openStore(h.database(), false)
	if err != nil {
		return nil, err
	}
	err = s.update(func(tx *bolt.Tx) error {
		if err := putAll(tx, pairsOf(records)); err != nil {
			return err
		}
		if err := writeCopy(tx, seenKey, state); err != nil {
			return err
		}
		return writeCopy(tx, aboutKey, copyInfo{Dataset: dataset, Path: path})
	})
	if err == nil {
		err = errors.Join(syncFolder(h.dir), syncFolder(filepath.Dir(h.dir))) // or a power cut could take the new file's name with it
	}
	if err != nil {
		_ = s.close()
		return nil, writeError(h.database(), err)
	}
	return fillFrom(h, s, o)
}

// openCopy opens a working copy that was made earlier.
func openCopy(h copyDir, o Options) (*File, error) {
	if _, err := preflightStill(h.database()); err != nil {
		return nil, err
	}
	s, err := openStore(h.database(), false)
	if err != nil {
		return nil, err
	}
	return fillFrom(h, s, o)
}

func fillFrom(h copyDir, s *store, o Options) (*File, error) {
	a, err := h.about()
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	w := &File{options: o, path: a.Path, dataset: a.Dataset, copyDir: h, store: s, ran: map[process.Writer]uint32{}}
	if w.place, err = placeAt(w, a.Path); err != nil {
		return nil, errors.Join(err, s.close())
	}
	if w.highWater, err = openReach(h.reach()); err != nil {
		return nil, errors.Join(err, s.close())
	}
	if err := w.load(); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return w, nil
}

func (w *File) start() *File {
	if !w.options.Manual && w.readOnlyErr == nil {
		waiting := !w.state.holds(w.summary) // looked at before anybody else does
		w.sync = newTender(w)
		if waiting { // what was recorded when the program last stopped goes out now
			w.sync.changed()
		}
	}
	return w
}

// abandon lets a working copy go without publishing.
func (w *File) abandon() {
	w.highWater.close()
	_ = w.store.close()
}
