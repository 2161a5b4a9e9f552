package db

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io"

	"milstolpe/process"
)

// A shared file of version 2 is packed: the notice, a sealed header, the blocks, and the sealed manifest, which ends it. FORMAT.md has the
// layout. The body of the header, big endian; a later version may add to it:
//
//	 0  length    8 bytes  of the file
//	 8  manifest  8        where it begins
//	16  blocks    4        how many
//	20  CRC32C    4        over the notice
const (
	packedMagic   = "\xa7MSp"
	packedVersion = 1
	packedBody    = 24
	packedHead    = sealHead + packedBody
	packedAt      = noticeLen
	mostHeader    = 64 << 10 // of a later version
	mostManifest  = 2 * maxEvent
	mostFile      = 1 << 40
)

// The notice is what programs of version 1 see: a database of three pages, with a manifest that says that the format is 2 and one event
// of a later version. So they say that the file is newer, and neither take it for a damaged one nor replace it.
const (
	noticePages = 3
	noticeLen   = noticePages * pageSize
)

var (
	notice     = makeNotice()
	noticeSum  = crc32.Checksum(notice, castagnoli)
	laterEvent = makeLaterEvent()
)

func makeLaterEvent() []byte {
	var none process.EventID
	v := EncodeRecord(Record{ID: none})
	v[4] = recordVersion + 1
	binary.BigEndian.PutUint32(v[crcAt:], recordSum(none[:], v))
	return v
}

func makeNotice() []byte {
	var none process.EventID
	manifest := append(make([]byte, sealHead), `{"format":2}`...)
	seal(manifest, manifestMagic, manifestVersion)
	b := make([]byte, noticeLen)
	putMeta(b, 0)
	putMeta(b[pageSize:], 1)
	putLeaf(b[2*pageSize:], 2, []leafElement{
		{bucketFlag, eventsBucket, inlineBucket(none[:], makeLaterEvent())},
		{bucketFlag, manifestBucket, inlineBucket(manifestKey, manifest)},
	})
	return b
}

const (
	leafFlag    = 0x02
	bucketFlag  = 0x01
	leafElem    = 16
	rootPage    = 2
	noFreeList  = ^uint64(0)
	bucketValue = 16
)

type leafElement struct {
	flags      uint32
	key, value []byte
}

func putMeta(page []byte, number uint64) {
	le := binary.LittleEndian
	le.PutUint64(page, number)
	le.PutUint16(page[8:], metaFlag)
	b := page[pageHeader:]
	le.PutUint32(b, metaMagic)
	le.PutUint32(b[4:], metaVersion)
	le.PutUint32(b[8:], pageSize)
	le.PutUint64(b[16:], rootPage)
	le.PutUint64(b[32:], noFreeList)
	le.PutUint64(b[40:], noticePages)
	le.PutUint64(b[48:], number)
	sum := fnv.New64a()
	_, _ = sum.Write(b[:metaSum])
	le.PutUint64(b[metaSum:], sum.Sum64())
}

func putLeaf(page []byte, number uint64, elements []leafElement) {
	le := binary.LittleEndian
	le.PutUint64(page, number)
	le.PutUint16(page[8:], leafFlag)
	le.PutUint16(page[10:], uint16(len(elements)))
	at := pageHeader + leafElem*len(elements)
	for i, e := range elements {
		from := pageHeader + leafElem*i
		le.PutUint32(page[from:], e.flags)
		le.PutUint32(page[from+4:], uint32(at-from))
		le.PutUint32(page[from+8:], uint32(len(e.key)))
		le.PutUint32(page[from+12:], uint32(len(e.value)))
		at += copy(page[at:], e.key)
		at += copy(page[at:], e.value)
	}
}

// inlineBucket is the value of a bucket with one element, whose page lies in the value itself.
func inlineBucket(key, value []byte) []byte {
	b := make([]byte, bucketValue+pageHeader+leafElem+len(key)+len(value))
	putLeaf(b[bucketValue:], 0, []leafElement{{0, key, value}})
	return b
}

// packedLayout is where things lie in a packed file.
type packedLayout struct {
	length   int64 // what lies behind is no part of it
	first    int64 // where the first block begins
	manifest int64
	blocks   int64
	notice   uint32 // the sum of the notice
}

// head writes the header.
func (l packedLayout) head() []byte {
	b := make([]byte, packedHead)
	body := b[sealHead:]
	binary.BigEndian.PutUint64(body, uint64(l.length))
	binary.BigEndian.PutUint64(body[8:], uint64(l.manifest))
	binary.BigEndian.PutUint32(body[16:], uint32(l.blocks))
	binary.BigEndian.PutUint32(body[20:], l.notice)
	seal(b, packedMagic, packedVersion)
	return b
}

// readLayout reads the beginning of a file and tells whether it is a packed one, damaged or not. An error is only for one that is.
func readLayout(f io.ReaderAt, size int64, path string) (l packedLayout, packed bool, err error) {
	b := make([]byte, packedAt+packedHead)
	n, err := f.ReadAt(b, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return l, false, statError(path, err)
	}
	b = b[:n]
	head := b[min(len(b), packedAt):]
	if !bytes.HasPrefix(head, []byte(packedMagic)) && !bytes.Contains(b[:min(len(b), packedAt)], laterEvent) {
		return l, false, nil
	}
	if len(head) < sealHead {
		return l, true, &process.Error{Kind: process.Damaged, Msg: "file.truncated", Args: []any{path, size, int64(packedAt + packedHead)}}
	}
	if length := int64(binary.BigEndian.Uint32(head[5:])); length > packedBody && length <= mostHeader {
		head = make([]byte, sealHead+length)
		n, err := f.ReadAt(head, packedAt)
		if err != nil && !errors.Is(err, io.EOF) {
			return l, true, statError(path, err)
		}
		head = head[:n]
	}
	l, err = layoutIn(head)
	switch {
	case errors.Is(err, errNewerPacking):
		return l, true, newerFormat(path, Manifest{})
	case err != nil:
		return l, true, damaged(path, fmt.Errorf("the header: %w", err))
	case size < l.length:
		return l, true, &process.Error{Kind: process.Damaged, Msg: "file.truncated", Args: []any{path, size, l.length}}
	case crc32.Checksum(b[:packedAt], castagnoli) != l.notice:
		return l, true, damaged(path, errors.New("the notice for earlier versions is damaged"))
	}
	return l, true, nil
}

var errNewerPacking = errors.New("packed in a newer way")

func layoutIn(head []byte) (l packedLayout, err error) {
	version, body, n, err := unseal(head, packedMagic)
	switch {
	case err != nil:
		return l, err
	case version > packedVersion:
		return l, errNewerPacking
	case len(body) < packedBody:
		return l, errSealShort
	}
	length, manifest := binary.BigEndian.Uint64(body), binary.BigEndian.Uint64(body[8:])
	blocks := int64(binary.BigEndian.Uint32(body[16:]))
	first := uint64(packedAt + n)
	if length > mostFile || manifest > length || length-manifest > mostManifest || manifest < first || blocks > int64(manifest-first)/blockHead {
		return l, fmt.Errorf("%d blocks and a manifest at %d in %d bytes", blocks, manifest, length)
	}
	return packedLayout{int64(length), int64(first), int64(manifest), blocks, binary.BigEndian.Uint32(body[20:])}, nil
}

// manifestIn reads the manifest as it lies in the file.
func (l packedLayout) manifestIn(f io.ReaderAt) ([]byte, error) {
	b := make([]byte, l.length-l.manifest)
	_, err := f.ReadAt(b, l.manifest)
	return b, err
}

// heads calls each with what the head of each block claims, and makes sure that the blocks fill what lies before the manifest.
func (l packedLayout) heads(f io.ReaderAt, each func(at int64, i blockInfo) error) error {
	at := l.first
	for number := range l.blocks {
		var head [blockHead]byte
		_, err := f.ReadAt(head[:], at)
		i, ierr := infoOf(head[:], l.manifest-at)
		if err = errors.Join(err, ierr); err == nil {
			err = each(at, i)
		}
		if err != nil {
			return fmt.Errorf("block %d at %d: %w", number, at, err)
		}
		at += i.length
	}
	if at != l.manifest {
		return fmt.Errorf("the %d blocks end at %d, and the manifest begins at %d", l.blocks, at, l.manifest)
	}
	return nil
}

// eachBlock calls each with the bytes of each block, which are good for the length of the call.
func (l packedLayout) eachBlock(f io.ReaderAt, each func(at int64, block []byte) error) error {
	var buf []byte
	return l.heads(f, func(at int64, i blockInfo) error {
		if int64(cap(buf)) < i.length {
			buf = make([]byte, i.length)
		}
		if _, err := f.ReadAt(buf[:i.length], at); err != nil {
			return err
		}
		return each(at, buf[:i.length])
	})
}

// records calls each with every event of a packed file, which nobody has verified yet, apart from the sum of its block.
func (l packedLayout) records(f io.ReaderAt, each func(key, value []byte) error) error {
	var u unpacker
	return l.eachBlock(f, func(_ int64, block []byte) error {
		raw, i, err := u.unpack(block)
		if err != nil {
			return err
		}
		return eachRecord(raw, i, each)
	})
}
