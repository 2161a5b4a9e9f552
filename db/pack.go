package db

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/maphash"
	"os"

	"milstolpe/process"
)

// writtenBlock is a block of the file that is being written; known if it was copied.
type writtenBlock struct {
	key   blockKey
	known *verifiedBlock
}

// builder writes one packed file.
type builder struct {
	out    *bufio.Writer
	at     int64
	copies *blockSource
	packer blockPacker
	wrote  []writtenBlock

	raw    []byte // of the block that is being filled
	events int
	buf    []byte
}

func build(path string, m Manifest, events source, reuse *reuse) (wrote []writtenBlock, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o666) // as other documents: who may read it is up to the user's settings
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	b := builder{out: bufio.NewWriterSize(f, 1<<18), copies: reuse.open()}
	defer b.copies.close()
	layout := packedLayout{first: packedAt + packedHead, notice: noticeSum}
	b.write(notice)
	b.write(layout.head()) // in place of the one that can be written at the end
	if err := events(b.add); err != nil {
		return nil, err
	}
	if err := b.flush(); err != nil {
		return nil, err
	}
	manifest, err := m.encode()
	if err != nil {
		return nil, err
	}
	layout.blocks, layout.manifest = int64(len(b.wrote)), b.at
	b.write(manifest)
	layout.length = b.at
	if err := b.out.Flush(); err != nil {
		return nil, err
	}
	if _, err := f.WriteAt(layout.head(), packedAt); err != nil {
		return nil, err
	}
	return b.wrote, f.Sync()
}

// write writes and counts. What goes wrong is said when the rest is flushed.
func (b *builder) write(p []byte) {
	_, _ = b.out.Write(p)
	b.at += int64(len(p))
}

func (b *builder) add(key, value []byte) error {
	if len(b.raw) > 0 && len(b.raw)+len(value) > blockSize {
		if err := b.flush(); err != nil {
			return err
		}
	}
	b.raw = append(b.raw, value...)
	b.events++
	if len(b.raw) >= blockLeast && endsBlock(key) {
		return b.flush()
	}
	return nil
}

// flush writes the block that is filled.
func (b *builder) flush() error {
	if b.events == 0 {
		return nil
	}
	w := writtenBlock{key: blockKey{maphash.Bytes(blockSeed, b.raw), b.events, len(b.raw)}}
	b.buf, w.known = b.copies.find(w.key, b.buf)
	block := b.buf
	if w.known == nil {
		var err error
		if block, err = b.packer.pack(b.raw, b.events); err != nil {
			return err
		}
	}
	b.write(block)
	b.wrote = append(b.wrote, w)
	b.raw, b.events = b.raw[:0], 0
	_, err := b.out.Write(nil) // what went wrong so far
	return err
}

// verify reads a file that was just written, as if it were somebody else's, and compares it with the manifest that it was made from. Of
// a block that was copied it compares the bytes with those that were verified when it was written.
func verify(path string, m Manifest, wrote []writtenBlock) (map[blockKey]*verifiedBlock, error) {
	f, err := openPlain(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	blocks := make(map[blockKey]*verifiedBlock, len(wrote))
	if err := verifyIn(f, m, wrote, blocks); err != nil {
		return nil, damaged(path, err)
	}
	return blocks, nil
}

var errOtherThanWritten = errors.New("it holds something else than was written")

func verifyIn(f *os.File, m Manifest, wrote []writtenBlock, blocks map[blockKey]*verifiedBlock) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	l, packed, err := readLayout(f, info.Size(), f.Name())
	if err != nil || !packed || l.length != info.Size() || l.blocks != int64(len(wrote)) {
		return errors.Join(err, errOtherThanWritten)
	}
	text, err := l.manifestIn(f)
	if err != nil {
		return err
	}
	got, err := decodeManifest(text)
	if err != nil {
		return err
	}
	var u unpacker
	t, last, n := newTally(), process.EventID{}, 0
	err = l.eachBlock(f, func(_ int64, block []byte) error {
		v, err := verifyBlock(&u, block, wrote[n])
		if err != nil {
			return err
		}
		if n > 0 && bytes.Compare(last[:], v.first[:]) >= 0 {
			return errOrder
		}
		t.join(v.tally)
		blocks[wrote[n].key], last = v, v.last
		n++
		return nil
	})
	if err != nil {
		return err
	}
	if got.Publication != m.Publication || !got.fits(t) || !m.fits(t) {
		return errOtherThanWritten
	}
	return nil
}

var errOrder = errors.New("its events are out of order")

func verifyBlock(u *unpacker, block []byte, w writtenBlock) (*verifiedBlock, error) {
	sum := sha256.Sum256(block)
	if w.known != nil {
		if sum != w.known.sum {
			return nil, errOtherThanWritten
		}
		return w.known, nil
	}
	raw, i, err := u.unpack(block)
	if err != nil {
		return nil, err
	}
	if maphash.Bytes(blockSeed, raw) != w.key.hash {
		return nil, errOtherThanWritten
	}
	v := &verifiedBlock{sum: sum, info: i, tally: newTally()}
	err = eachRecord(raw, i, func(key, value []byte) error {
		r, err := DecodeRecord(key, value)
		if err != nil {
			return fmt.Errorf("event %x: %w", key, err)
		}
		if v.tally.events == 0 {
			v.first = r.ID
		} else if bytes.Compare(v.last[:], r.ID[:]) >= 0 {
			return errOrder
		}
		v.last = r.ID
		v.tally.add(r)
		return nil
	})
	return v, err
}
