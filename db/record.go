package db

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	"milstolpe/process"
)

// Record is one event as it lies in a file.
type Record struct {
	ID      process.EventID
	Seq     uint32 // the writer's own number for it: 1, 2, 3 … without gaps
	Erased  bool   // the payload is a tombstone: what it said about a person is gone
	Payload []byte // JSON, see process.UnmarshalFact
}

// The value of an event, big endian:
//
//	 0  magic    4 bytes  A7 'M' 'S' 'e'
//	 4  version  1        1
//	 5  kind     1        bit 0: tombstone; bit 1: the payload is shortened (short.go)
//	 6  length   4        of the payload as it lies here, in bytes
//	10  CRC32C   4        over the key, then bytes 4 to 10, then everything from byte 14 on
//	14  number   4        the writer's sequence number
//	18  key      20       once more, so that an event can be recognised in raw pages
//	38  payload
const (
	recordMagic   = "\xa7MSe"
	recordVersion = 1

	kindTombstone = 1 << 0
	kindShort     = 1 << 1
	kinds         = kindTombstone | kindShort

	crcAt    = 10
	seqAt    = 14
	copyAt   = 18
	headLen  = 38
	maxEvent = 16 << 20 // no fact comes near; keeps a damaged length from asking for the whole memory
)

// Why a value is not a record that this program can use. Decode wraps one of them.
var (
	errNoRecord      = errors.New("not an event")
	errRecordVersion = errors.New("an event of a newer format")
	errRecordSum     = errors.New("the checksum of an event is wrong")
	errRecordKey     = errors.New("an event lies under another key than its own")
	errRecordHash    = errors.New("an event's key does not fit its payload")
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// EncodeRecord writes the value of an event.
func EncodeRecord(r Record) []byte { return encodeRecord(r, compress) }

// encodePlain writes it with the payload as it is.
func encodePlain(r Record) []byte {
	return encodeRecord(r, func(v, _ []byte) ([]byte, bool) { return v, false })
}

func encodeRecord(r Record, shorten func(v, payload []byte) ([]byte, bool)) []byte {
	v := make([]byte, headLen, headLen+len(r.Payload))
	copy(v, recordMagic)
	v[4] = recordVersion
	if r.Erased {
		v[5] |= kindTombstone
	}
	v, short := shorten(v, r.Payload)
	if short {
		v[5] |= kindShort
	} else {
		v = append(v, r.Payload...)
	}
	binary.BigEndian.PutUint32(v[6:], uint32(len(v)-headLen))
	binary.BigEndian.PutUint32(v[seqAt:], r.Seq)
	copy(v[copyAt:], r.ID[:])
	binary.BigEndian.PutUint32(v[crcAt:], recordSum(r.ID[:], v))
	return v
}

// DecodeRecord reads and verifies the value that lies under a key. The payload may be a part of value. A value that is not exactly what
// EncodeRecord writes is an error; one of a newer format has the kind process.Newer.
func DecodeRecord(key, value []byte) (Record, error) {
	r, _, err := decodeRecord(key, value, nil)
	if err == nil {
		err = r.checkHash()
	}
	if err != nil {
		return Record{}, err
	}
	return r, nil
}

// decodeRecord is DecodeRecord for many of our own: the payload may lie in scratch, which it returns for the next one, and its hash is
// not compared with the key.
func decodeRecord(key, value, scratch []byte) (Record, []byte, error) {
	r, n, scratch, err := scanRecord(value, scratch)
	if err != nil {
		return Record{}, scratch, err
	}
	if n != len(value) {
		return Record{}, scratch, fmt.Errorf("%w: %d bytes after its end", errNoRecord, len(value)-n)
	}
	if !bytes.Equal(key, r.ID[:]) {
		return Record{}, scratch, errRecordKey
	}
	return r, scratch, nil
}

// scanRecord reads the record at the beginning of b, which may go on after it, and tells how long it is. The key is the copy inside.
func scanRecord(b, scratch []byte) (r Record, n int, _ []byte, err error) {
	if len(b) < headLen || string(b[:4]) != recordMagic {
		return r, 0, scratch, errNoRecord
	}
	length := binary.BigEndian.Uint32(b[6:])
	if length > maxEvent || int(length) > len(b)-headLen {
		return r, 0, scratch, fmt.Errorf("%w: it ends before its end", errNoRecord)
	}
	n = headLen + int(length)
	b = b[:n]
	copy(r.ID[:], b[copyAt:])
	if recordSum(r.ID[:], b) != binary.BigEndian.Uint32(b[crcAt:]) {
		return r, 0, scratch, errRecordSum
	}
	// Only now that the sum holds is the version a version and no accident.
	if b[4] > recordVersion {
		return r, 0, scratch, &process.Error{Kind: process.Newer, Msg: "file.newer", Err: errRecordVersion}
	}
	if b[4] != recordVersion || b[5]&^kinds != 0 {
		return r, 0, scratch, errNoRecord
	}
	r.Erased = b[5]&kindTombstone != 0
	r.Seq = binary.BigEndian.Uint32(b[seqAt:])
	r.Payload = b[headLen:]
	if b[5]&kindShort != 0 {
		scratch = decompress(scratch[:0], r.Payload)
		r.Payload = scratch
	}
	return r, n, scratch, nil
}

// checkHash compares a payload with what the key says of it. The checksum finds what happened to a record by accident; this finds
// what was made up, and is not asked of our own working copy.
func (r Record) checkHash() error {
	if !r.Erased && process.NewEventID(r.ID.Clock(), r.ID.Writer(), r.Payload) != r.ID {
		return errRecordHash
	}
	return nil
}

func recordSum(key, v []byte) uint32 {
	sum := crc32.Update(0, castagnoli, key)
	sum = crc32.Update(sum, castagnoli, v[4:crcAt])
	return crc32.Update(sum, castagnoli, v[seqAt:])
}

// isTombstone tells it of a value that nobody has verified yet.
func isTombstone(value []byte) bool { return len(value) >= headLen && value[5]&kindTombstone != 0 }

// clone is a record that does not share its payload with the file that it was read from.
func (r Record) clone() Record {
	r.Payload = bytes.Clone(r.Payload)
	return r
}
