package db

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"milstolpe/process"
)

// A shared file holds its events in blocks: records as they are, one behind the other in the order of their keys, packed with DEFLATE
// and sealed. A block can be read without any other, so damage costs the block that it hits and no more, and a block that did not
// change is copied from one publication to the next.
//
// The body of a sealed block, big endian:
//
//	0  events    4 bytes
//	4  unpacked  4        length of the records, in bytes
//	8  the records, packed
const (
	blockMagic   = "\xa7MSb"
	blockVersion = 1
	blockHead    = sealHead + 8

	blockSize  = 64 << 10      // of the records of a block, unless it holds a single larger one
	blockLeast = blockSize / 2 // from here on a block ends where its last key says so, see endsBlock

	// packedAtMost is how many times longer than packed the records of a block may be: no small file makes large memory. A writer keeps
	// what packs better as it is.
	packedAtMost = 64
)

// endsBlock tells whether a block of at least blockLeast bytes ends behind the event with this key. That the events themselves say where
// blocks end makes an event that comes in between change one block or two, and not all that follow.
func endsBlock(key []byte) bool { return key[len(key)-1]&0x7f == 0 }

// errBlock says that a block is not one, although its checksum may be right.
var errBlock = errors.New("not a block of events")

// blockPacker packs one block after another.
type blockPacker struct {
	fast, stored *flate.Writer
	out          bytes.Buffer
}

// pack packs records that lie one behind the other. The block is good until the next call.
func (p *blockPacker) pack(raw []byte, events int) ([]byte, error) {
	if p.fast == nil {
		p.fast, p.stored = newDeflater(flate.BestSpeed), newDeflater(flate.NoCompression)
	}
	err := p.packWith(p.fast, raw, events)
	if err == nil && len(raw) > packedAtMost*(p.out.Len()-blockHead) {
		err = p.packWith(p.stored, raw, events)
	}
	if err != nil {
		return nil, fmt.Errorf("pack a block: %w", err)
	}
	seal(p.out.Bytes(), blockMagic, blockVersion)
	return p.out.Bytes(), nil
}

func newDeflater(level int) *flate.Writer {
	w, _ := flate.NewWriter(nil, level) // a level that is known: no error
	return w
}

func (p *blockPacker) packWith(w *flate.Writer, raw []byte, events int) error {
	var head [blockHead]byte
	binary.BigEndian.PutUint32(head[sealHead:], uint32(events))
	binary.BigEndian.PutUint32(head[sealHead+4:], uint32(len(raw)))
	p.out.Reset()
	p.out.Write(head[:])
	w.Reset(&p.out)
	_, err := w.Write(raw)
	return errors.Join(err, w.Close())
}

// blockInfo is what the head of a block claims.
type blockInfo struct {
	length   int64 // of the whole block
	sum      uint32
	events   int
	unpacked int
}

// infoOf reads the head of a block that lies in room bytes, and refuses what no block can claim, before anything is allocated for it.
func infoOf(head []byte, room int64) (i blockInfo, err error) {
	if len(head) < blockHead || string(head[:4]) != blockMagic {
		return i, fmt.Errorf("%w: %w", errBlock, errSealMagic)
	}
	i = blockInfo{
		length: sealHead + int64(binary.BigEndian.Uint32(head[5:])), sum: binary.BigEndian.Uint32(head[9:]),
		events: int(binary.BigEndian.Uint32(head[sealHead:])), unpacked: int(binary.BigEndian.Uint32(head[sealHead+4:])),
	}
	packed := int(i.length - blockHead)
	switch {
	case head[4] > blockVersion:
		// What a later version writes is not for us to judge by our measures.
	case packed <= 0 || i.events <= 0 || i.unpacked > packedAtMost*packed || i.events > i.unpacked/headLen,
		i.unpacked > blockSize && (i.events > 1 || i.unpacked > headLen+maxEvent),
		packed > i.unpacked+i.unpacked/1024+64:
		return i, fmt.Errorf("%w: %d events of %d bytes in %d", errBlock, i.events, i.unpacked, packed)
	}
	if i.length > room {
		return i, errSealShort
	}
	return i, nil
}

// unpacker unpacks one block after another.
type unpacker struct {
	in      bytes.Reader
	inflate io.Reader
	again   flate.Resetter // the same
	raw     []byte
}

// unpack verifies a block and gives its records, which are good until the next call.
func (u *unpacker) unpack(block []byte) (raw []byte, i blockInfo, err error) {
	if i, err = infoOf(block, int64(len(block))); err != nil {
		return nil, i, err
	}
	version, body, n, err := unseal(block, blockMagic)
	switch {
	case err != nil:
		return nil, i, err
	case n != len(block):
		return nil, i, fmt.Errorf("%w: %d bytes after its end", errBlock, len(block)-n)
	case version > blockVersion:
		return nil, i, &process.Error{Kind: process.Newer, Msg: "file.newer", Err: errBlock}
	}
	raw, err = u.read(body[blockHead-sealHead:], i.unpacked)
	if err == nil && len(raw) != i.unpacked || u.in.Len() > 0 {
		err = fmt.Errorf("%w: it unpacks to another length", errBlock)
	}
	return raw, i, err
}

// read unpacks as much as there is, at most so many bytes. More than that is an error.
func (u *unpacker) read(packed []byte, most int) ([]byte, error) {
	u.in.Reset(packed)
	if u.again == nil {
		u.inflate = flate.NewReader(&u.in)
		u.again, _ = u.inflate.(flate.Resetter) // what it is documented to be
	} else if err := u.again.Reset(&u.in, nil); err != nil {
		return nil, err
	}
	if cap(u.raw) < most+1 {
		u.raw = make([]byte, most+1)
	}
	n, err := io.ReadFull(u.inflate, u.raw[:most+1])
	switch {
	case err == nil:
		return u.raw[:most], fmt.Errorf("%w: it unpacks to more than it says", errBlock)
	case errors.Is(err, io.ErrUnexpectedEOF) && n == most, errors.Is(err, io.EOF):
		return u.raw[:n], nil
	}
	return u.raw[:n], err
}

// eachRecord splits what a block held, and calls each with the key and the value of each event. Nothing but where one ends is looked at.
func eachRecord(raw []byte, i blockInfo, each func(key, value []byte) error) error {
	n := 0
	for ; len(raw) > 0; n++ {
		if len(raw) < headLen || string(raw[:magicLen]) != recordMagic {
			return fmt.Errorf("event %d of it: %w", n, errNoRecord)
		}
		length := int64(binary.BigEndian.Uint32(raw[6:])) + headLen
		if length > int64(len(raw)) {
			return fmt.Errorf("event %d of it: %w: it ends before its end", n, errNoRecord)
		}
		if err := each(raw[copyAt:copyAt+keyLen], raw[:length]); err != nil {
			return err
		}
		raw = raw[length:]
	}
	if n != i.events {
		return fmt.Errorf("%w: it holds %d events and says %d", errBlock, n, i.events)
	}
	return nil
}
