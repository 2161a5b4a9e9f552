package db

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"

	"milstolpe/process"
)

// StateDirOf is the state folder of an open file, for tests that start the program a second time.
func StateDirOf(w *File) string { return w.options.StateDir }

// Abandon lets go of a file as if the program had been killed: nothing is published.
func Abandon(w *File) {
	w.closing.Do(func() {
		w.sync.stop()
		w.abandon()
	})
}

// KeepDamaged puts a file that is made unreadable as a database among the kept damaged ones.
func KeepDamaged(w *File, path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if _, err := f.WriteAt(make([]byte, 2*pageSize), 0); err != nil {
		return err
	}
	return errors.Join(f.Close(), w.keepAside(path, filepath.Base(path), keptDamaged), os.Remove(path))
}

// WriteNewerFormat writes what w holds as a later version of the program would, with a number that we do not know.
func WriteNewerFormat(w *File, path string) error {
	t := w.summary.clone()
	m, err := w.options.manifestOf(w.dataset, t)
	if err != nil {
		return err
	}
	m.Format = FormatVersion + 1
	return writeWhole(path, m, w.store.records(), PlaceNew)
}

// Union merges two sets of events, in the way in which files are merged.
func Union(a, b []Record) []Record {
	s := newScanned()
	for _, r := range append(append([]Record(nil), a...), b...) {
		s.put(r)
	}
	return s.sorted()
}

// TallyOf is the manifest of sets of events that are added up one set after another.
func TallyOf(sets ...[]Record) Manifest {
	t := newTally()
	for _, set := range sets {
		part := newTally()
		for _, r := range set {
			part.add(r)
		}
		t.join(part)
	}
	return t.manifest()
}

// Phrases are the turns of phrase that are stored as one byte.
func Phrases() []string { return phrases[:] }

// WriteForged writes a whole shared file of the same team with these events, whatever they say.
func WriteForged(w *File, path string, list []Record) error {
	t := newTally()
	for _, r := range list {
		t.add(r)
	}
	m, err := w.options.manifestOf(w.dataset, t)
	if err != nil {
		return err
	}
	return writeWhole(path, m, fromRecords(list), PlaceNew)
}

// BetweenSteps lets do happen between the steps of each publication.
func BetweenSteps(do func(step string)) func(*Options) { return func(o *Options) { o.step = do } }

// WaitAfter is how long a file waits before it is published, where its last publication took so long.
func WaitAfter(took, wait time.Duration) time.Duration {
	return (&syncLoop{took: took}).inProportion(wait)
}

// CopyFile copies a file as pulling and keeping do.
func CopyFile(from, to string) error { return copyFile(from, to) }

// Silence makes the folder of a path one that was asked a minute ago and has not answered, until the returned function is called.
func Silence(path string) (answer func()) {
	q := newQuestion()
	close(q.late)
	close(q.lost)
	questions.Lock()
	defer questions.Unlock()
	questions.open[filepath.Dir(path)] = q
	return func() {
		questions.Lock()
		defer questions.Unlock()
		delete(questions.open, filepath.Dir(path))
		close(q.answered)
	}
}

// TakesLong makes what goes on at the place just now have gone on for long.
func TakesLong(w *File) { w.placeLong.Store(true) }

// WriteFormat1 writes what w holds as version 1 of the format did: a database of events and a manifest.
func WriteFormat1(w *File, path string) error {
	m, err := w.options.manifestOf(w.dataset, w.summary.clone())
	if err != nil {
		return err
	}
	m.Format = 1
	text, err := m.encode()
	if err != nil {
		return err
	}
	d, err := bolt.Open(path, 0o600, &bolt.Options{PageSize: pageSize, NoSync: true, NoFreelistSync: true, FreelistType: bolt.FreelistMapType})
	if err != nil {
		return err
	}
	err = putInBatches(d, w.store.records())
	if err == nil {
		err = d.Update(func(tx *bolt.Tx) error {
			b, err := tx.CreateBucket(manifestBucket)
			return errors.Join(err, b.Put(manifestKey, text))
		})
	}
	if err = errors.Join(err, d.Close()); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	p, err := readMetas(f, math.MaxInt64, path, true)
	return errors.Join(err, f.Truncate(p.used), f.Close())
}

// Block is where a block of events lies in a packed file, and which they are.
type Block struct {
	At, Length int64
	Events     []process.EventID
}

// Blocks are the blocks of a packed file.
func Blocks(path string) (list []Block, err error) {
	p, err := preflight(path, true)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	var u unpacker
	err = p.packed.eachBlock(f, func(at int64, block []byte) error {
		b := Block{At: at, Length: int64(len(block))}
		raw, i, err := u.unpack(block)
		if err != nil {
			return err
		}
		err = eachRecord(raw, i, func(key, _ []byte) error { b.Events = append(b.Events, process.EventID(key)); return nil })
		list = append(list, b)
		return err
	})
	return list, err
}

// IsPacked tells whether a file is of version 2.
func IsPacked(path string) bool {
	p, err := preflight(path, true)
	return err == nil && p.packed != nil
}

// ReadPacked reads a packed file in memory as the reader's process and this one do together.
func ReadPacked(b []byte) (list []Record, err error) {
	f := bytes.NewReader(b)
	l, packed, err := readLayout(f, int64(len(b)), "in memory")
	if err != nil || !packed {
		return nil, errors.Join(err, errNoRecord)
	}
	text, err := l.manifestIn(f)
	if err != nil {
		return nil, err
	}
	m, err := decodeManifest(text)
	if err != nil {
		return nil, err
	}
	t := newTally()
	err = l.records(f, func(key, value []byte) error {
		r, err := DecodeRecord(key, value)
		if err == nil && len(list) > 0 && bytes.Compare(list[len(list)-1].ID[:], key) >= 0 {
			err = errOrder
		}
		t.add(r)
		list = append(list, r.clone())
		return err
	})
	if err == nil && !m.fits(t) {
		err = errOtherThanWritten
	}
	return list, err
}

// UnpackBlock reads one block, and tells how long its records are.
func UnpackBlock(b []byte) (events int, unpacked int, err error) {
	var u unpacker
	raw, i, err := u.unpack(b)
	if err == nil {
		err = eachRecord(raw, i, func(_, _ []byte) error { return nil })
	}
	return i.events, cap(u.raw), err
}

// PackBlock packs records as one block, and lets the head claim other numbers.
func PackBlock(raw []byte, events, unpacked int) []byte {
	var p blockPacker
	b, err := p.pack(raw, events)
	if err != nil {
		panic(err)
	}
	binary.BigEndian.PutUint32(b[sealHead+4:], uint32(unpacked))
	seal(b, blockMagic, blockVersion)
	return b
}

// PackTight packs records as one block, as small as it goes.
func PackTight(raw []byte, events int) []byte {
	p := blockPacker{fast: newDeflater(flate.BestSpeed)}
	if err := p.packWith(p.fast, raw, events); err != nil {
		panic(err)
	}
	seal(p.out.Bytes(), blockMagic, blockVersion)
	return p.out.Bytes()
}

// Reseal makes the checksum right of what is sealed at an offset, after somebody has changed it.
func Reseal(b []byte, at int) {
	n := int(binary.BigEndian.Uint32(b[at+5:])) + sealHead
	seal(b[at:at+n], string(b[at:at+4]), b[at+4])
}

// PackedHeaderAt is where the header of a packed file begins.
const PackedHeaderAt = packedAt

// Notice is what earlier versions see of a packed file.
func Notice() []byte { return notice }

// WritePacked makes a packed file of these events with a header that has something behind what we know.
func WritePacked(w *File, path string, list []Record, more []byte) error {
	if err := WriteForged(w, path, list); err != nil || len(more) == 0 {
		return err
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	l, _, err := readLayout(bytes.NewReader(b), int64(len(b)), path)
	if err != nil {
		return err
	}
	n := int64(len(more))
	head := append(packedLayout{length: l.length + n, manifest: l.manifest + n, blocks: l.blocks, notice: l.notice}.head(), more...)
	seal(head, packedMagic, packedVersion)
	return os.WriteFile(path, bytes.Join([][]byte{b[:packedAt], head, b[l.first:]}, nil), 0o600)
}

// VerifiedBlocks are the blocks of the last publication, by what is in them. One that was copied is the very same as before.
func VerifiedBlocks(w *File) map[any]any {
	all := map[any]any{}
	for key, b := range w.blocks.get() {
		all[key] = b
	}
	return all
}
