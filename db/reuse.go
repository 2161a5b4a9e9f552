package db

import (
	"crypto/sha256"
	"hash/maphash"
	"os"
	"sync"

	"milstolpe/process"
)

// Publishing one change must not cost what the whole file costs. So we remember each block that we have written and verified: what was in
// it, and the SHA-256 of its bytes. A block whose events did not change is copied out of the shared file that is there, if that has a
// block which claims to be the same, and what was copied is held against the SHA-256 when the new file is verified. All other blocks
// are read again, event by event. What is remembered lasts as long as the program runs: its first publication writes every block.

// blockKey is what was in a block.
type blockKey struct {
	hash           uint64 // of its records, with a seed of this run
	events, length int
}

// verifiedBlock is a block that we have written, as it lies in a file, and what reading all of it gave.
type verifiedBlock struct {
	sum         [sha256.Size]byte
	info        blockInfo
	first, last process.EventID
	tally       *setSummary
}

// verifiedBlocks are the blocks of the last publication. They are replaced and never changed.
type verifiedBlocks struct {
	mu  sync.Mutex
	all map[blockKey]*verifiedBlock
}

var blockSeed = maphash.MakeSeed()

func (v *verifiedBlocks) get() map[blockKey]*verifiedBlock {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.all
}

func (v *verifiedBlocks) set(all map[blockKey]*verifiedBlock) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.all = all
}

// reuse is where blocks that did not change can be copied from.
type reuse struct {
	blocks *verifiedBlocks
	from   string // a packed file
}

// blockSource is a packed file that blocks are copied out of.
type blockSource struct {
	known map[blockKey]*verifiedBlock
	file  *os.File
	at    map[blockInfo]int64
}

// open looks where the blocks lie. Where there is nothing to copy it gives nil.
func (r *reuse) open() *blockSource {
	if r == nil || len(r.blocks.get()) == 0 {
		return nil
	}
	s := &blockSource{known: r.blocks.get(), at: map[blockInfo]int64{}}
	var err error
	if s.file, err = openPlain(r.from); err != nil {
		return nil
	}
	info, err := s.file.Stat()
	if err == nil {
		var l packedLayout
		if l, _, err = readLayout(s.file, info.Size(), r.from); err == nil {
			err = l.heads(s.file, func(at int64, i blockInfo) error { s.at[i] = at; return nil })
		}
	}
	if err != nil {
		s.close()
		return nil
	}
	return s
}

func (s *blockSource) close() {
	if s != nil {
		_ = s.file.Close()
	}
}

// find gives the bytes of a block, if there is one that claims to be it.
func (s *blockSource) find(key blockKey, buf []byte) ([]byte, *verifiedBlock) {
	if s == nil {
		return buf, nil
	}
	known, ok := s.known[key]
	if !ok {
		return buf, nil
	}
	at, ok := s.at[known.info]
	if !ok {
		return buf, nil
	}
	if int64(cap(buf)) < known.info.length {
		buf = make([]byte, known.info.length)
	}
	buf = buf[:known.info.length]
	if _, err := s.file.ReadAt(buf, at); err != nil {
		return buf, nil
	}
	return buf, known
}
