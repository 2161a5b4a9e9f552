package db

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"

	"milstolpe/process"
)

// scanned is what the raw bytes of a file hold, whatever state its pages are in.
type scanned struct {
	records  map[process.EventID]Record
	manifest *Manifest // the latest, if there is one

	found func(at, length int64, r Record) error // hears where each event lies that is in no block, unless it is nil
	block func(at int64, b rawBlock) error       // hears of each block, unless it is nil

	unpacker unpacker
	broken   int // blocks
}

func newScanned() scanned { return scanned{records: map[process.EventID]Record{}} }

// put adds an event, unless it claims to be erased and cannot be; of two with one key the one stays that beats the other.
func (s *scanned) put(r Record) {
	if _, ok := r.erasedName(); r.Erased && !ok {
		return
	}
	if have, ok := s.records[r.ID]; !ok || r.beats(have) {
		s.records[r.ID] = r
	}
}

// rawScan looks for events, blocks of events and manifests in the raw bytes of a file, with plain reads. Each has a magic number to be found by and a
// checksum to be believed by, and an event has a copy of its key. Pages that are not in use any more count too: what was once written
// there is an event all the same.
func rawScan(path string) (s scanned, err error) {
	f, err := openPlain(path)
	if err != nil {
		return s, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return s, statError(path, err)
	}
	s = newScanned()
	err = s.scan(f, info.Size())
	return s, err
}

const (
	scanWindow  = 1 << 20
	magicLen    = 4
	magicPrefix = "\xa7MS" // of events and manifests alike
)

func (s *scanned) scan(f io.ReaderAt, size int64) error {
	window := make([]byte, scanWindow)
	for at := int64(0); at < size; {
		n, err := f.ReadAt(window[:min(scanWindow, size-at)], at)
		if err != nil && !errors.Is(err, io.EOF) || n == 0 {
			return err
		}
		skip, err := s.inWindow(f, window[:n], at, size)
		if err != nil {
			return err
		}
		// A magic number may lie across the end of the window.
		at = max(at+skip, at+int64(max(n-magicLen+1, 1)))
	}
	return nil
}

// inWindow looks at everything that begins in a window, and tells how far from its beginning the last thing ends.
func (s *scanned) inWindow(f io.ReaderAt, window []byte, at, size int64) (end int64, err error) {
	for i := int64(0); i < int64(len(window)); {
		next := bytes.Index(window[i:], []byte(magicPrefix))
		if next < 0 {
			break
		}
		i += int64(next)
		length, err := s.at(f, at+i, size)
		if err != nil {
			return 0, err
		}
		i += max(length, 1)
		end = i
	}
	return end, nil
}

// at tries to read a record, a block or a manifest at an offset, and tells how many bytes it takes up; none when there is neither.
func (s *scanned) at(f io.ReaderAt, at, size int64) (int64, error) {
	var head [headLen]byte
	if n, err := f.ReadAt(head[:], at); n < sealHead && err != nil {
		return 0, ignoreEnd(err)
	}
	var length int64
	switch string(head[:magicLen]) {
	case recordMagic:
		length = headLen + int64(binary.BigEndian.Uint32(head[6:]))
	case manifestMagic:
		length = sealHead + int64(binary.BigEndian.Uint32(head[5:]))
	case blockMagic:
		return s.blockAt(f, at, size)
	default:
		return 0, nil
	}
	if length > headLen+maxEvent || length > size-at {
		return 0, nil
	}
	b := make([]byte, length)
	if _, err := f.ReadAt(b, at); err != nil {
		return 0, ignoreEnd(err)
	}
	if string(b[:magicLen]) == manifestMagic {
		m, _, err := scanManifest(b)
		if err != nil || m.Dataset == "" { // the notice's speaks of nothing
			return 0, nil //nolint:nilerr // bytes that only looked like a manifest
		}
		if s.manifest == nil || m.At.After(s.manifest.At) {
			s.manifest = &m
		}
		return length, nil
	}
	r, _, _, err := scanRecord(b, nil)
	if err == nil {
		err = r.checkHash()
	}
	if err != nil {
		return 0, nil //nolint:nilerr // bytes that only looked like an event
	}
	s.put(r)
	if s.found != nil {
		return length, s.found(at, length, r)
	}
	return length, nil
}

func ignoreEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// sorted are the events in the order of their keys.
func (s scanned) sorted() []Record {
	list := make([]Record, 0, len(s.records))
	for _, r := range s.records {
		list = append(list, r)
	}
	sortRecords(list)
	return list
}

func sortRecords(list []Record) {
	slices.SortFunc(list, func(a, b Record) int { return bytes.Compare(a.ID[:], b.ID[:]) })
}

// dataset is the identity of what the events belong to: from the manifest, or else from the founding of the team. It is empty when
// neither is readable.
func (s scanned) dataset() string {
	if s.manifest != nil {
		return s.manifest.Dataset
	}
	var facts process.FactReader
	for _, r := range s.sorted() {
		if f, ok := r.event(&facts).Fact.(*process.TeamFounded); ok {
			return f.Dataset
		}
	}
	return ""
}

// peekManifest finds the manifest of a shared file without opening it as a database, reading from the end, where it usually lies. It
// serves to tell files apart; whether a file is whole is for readShared to say.
func peekManifest(path string) (Manifest, error) {
	f, err := openPlain(path)
	if err != nil {
		return Manifest{}, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return Manifest{}, statError(path, err)
	}
	if l, packed, err := readLayout(f, info.Size(), path); packed && err == nil {
		text, err := l.manifestIn(f)
		if err == nil {
			var m Manifest
			if m, err = decodeManifest(text); err == nil {
				return m, nil
			}
		}
		return Manifest{}, damaged(path, err)
	}
	return lastManifest(f, info.Size(), path)
}

// lastManifest looks for a manifest from the end.
func lastManifest(f io.ReaderAt, size int64, path string) (Manifest, error) {
	window := make([]byte, scanWindow)
	for end := size; end > 0; {
		begin := max(0, end-scanWindow)
		b := window[:end-begin]
		if _, err := f.ReadAt(b, begin); err != nil {
			return Manifest{}, statError(path, err)
		}
		for i := bytes.LastIndex(b, []byte(manifestMagic)); i >= 0; i = bytes.LastIndex(b[:i], []byte(manifestMagic)) {
			s := newScanned()
			if _, err := s.at(f, begin+int64(i), size); err == nil && s.manifest != nil {
				return *s.manifest, nil
			}
		}
		if begin == 0 {
			break
		}
		end = begin + magicLen - 1
	}
	return Manifest{}, &process.Error{Kind: process.Damaged, Msg: "file.not_ours", Args: []any{path}}
}
