package db

import (
	"errors"
	"io"
	"os"

	"milstolpe/process"
)

// rawBlock is a block of events that was found in the raw bytes of a file.
type rawBlock struct {
	room  int64 // bytes that it takes up
	list  []Record
	whole bool
}

// mostBroken bounds how many damaged blocks of one file are looked into: bytes that somebody has made up for it may look like millions.
const mostBroken = 10_000

// blockAt tries to read the block at an offset, and tells how many bytes it takes up; none when there is no whole one. Of a damaged block
// the events before the damage count: each has a checksum of its own.
func (s *scanned) blockAt(f io.ReaderAt, at, size int64) (int64, error) {
	var head [blockHead]byte
	if _, err := f.ReadAt(head[:], at); err != nil {
		return 0, ignoreEnd(err)
	}
	i, err := infoOf(head[:], size-at)
	if head[4] != blockVersion || err != nil && !errors.Is(err, errSealShort) || s.broken == mostBroken {
		return 0, nil
	}
	found := rawBlock{room: min(i.length, size-at)}
	b := make([]byte, found.room)
	if _, err := f.ReadAt(b, at); err != nil {
		return 0, ignoreEnd(err)
	}
	raw, _, err := s.unpacker.unpack(b)
	if found.whole = err == nil; !found.whole {
		s.broken++
		raw, _ = s.unpacker.read(b[blockHead:], i.unpacked)
	}
	_ = eachRecord(raw, i, func(key, value []byte) error { // what it says of a damaged one is known already
		if r, err := DecodeRecord(key, value); err == nil {
			r = r.clone()
			found.list = append(found.list, r)
			s.put(r)
		}
		return nil
	})
	if s.block != nil {
		if err := s.block(at, found); err != nil {
			return 0, err
		}
	}
	if !found.whole {
		return 0, nil
	}
	return found.room, nil
}

// blankBlock takes the content of erased events out of a block in a damaged file. What else is readable of it stays.
func blankBlock(f *os.File, at int64, b rawBlock, tombs map[process.EventID]Record) (changed bool, err error) {
	var raw []byte
	for _, r := range b.list {
		if tomb, ok := tombs[r.ID]; ok && !r.Erased && tomb.stands(r) {
			tomb.Seq, changed = r.Seq, true
			r = tomb
		}
		raw = append(raw, EncodeRecord(r)...)
	}
	if !changed {
		return false, nil
	}
	var p blockPacker
	block, err := p.pack(raw, len(b.list))
	if err != nil {
		return false, err
	}
	room := make([]byte, b.room)
	if len(block) <= len(room) { // or there is no place for the others
		copy(room, block)
	}
	_, err = f.WriteAt(room, at)
	return true, err
}
