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
//	 5  kind     1        0 content, 1 tombstone
//	 6  length   4        of the payload, in bytes
//	10  CRC32C   4        over the key, then bytes 4 to 10, then everything from byte 14 on
//	14  number   4        the writer's sequence number
//	18  key      20       once more, so that an event can be recognised in raw pages
//	38  payload
const (
	recordMagic   = "\xa7MSe"
	recordVersion = 1

	kindContent   = 0
	kindTombstone = 1

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
func EncodeRecord(r Record) []byte {
	v := make([]byte, headLen, headLen+len(r.Payload))
	copy(v, recordMagic)
	v[4] = recordVersion
	if r.Erased {
		v[5] = kindTombstone
	}
	binary.BigEndian.PutUint32(v[6:], uint32(len(r.Payload)))
	binary.BigEndian.PutUint32(v[seqAt:], r.Seq)
	copy(v[copyAt:], r.ID[:])
	v = append(v, r.Payload...)
	binary.BigEndian.PutUint32(v[crcAt:], recordSum(r.ID[:], v))
	return v
}

// DecodeRecord reads and verifies the value that lies under a key. The payload is a part of value, not a copy. A value that is not
// exactly what EncodeRecord wrote is an error; whoever asks can tell a newer format apart with errors.Is and process.KindOf.
func DecodeRecord(key, value []byte) (Record, error) {
	r, n, err := scanRecord(value)
	if err != nil {
		return Record{}, err
	}
	if n != len(value) {
		return Record{}, fmt.Errorf("%w: %d bytes after its end", errNoRecord, len(value)-n)
	}
	if !bytes.Equal(key, r.ID[:]) {
		return Record{}, errRecordKey
	}
	return r, nil
}

// scanRecord reads the record at the beginning of b, which may go on after it, and tells how long it is. The key is the copy inside.
func scanRecord(b []byte) (r Record, n int, err error) {
	if len(b) < headLen || string(b[:4]) != recordMagic {
		return r, 0, errNoRecord
	}
	length := binary.BigEndian.Uint32(b[6:])
	if length > maxEvent || int(length) > len(b)-headLen {
		return r, 0, fmt.Errorf("%w: it ends before its end", errNoRecord)
	}
	n = headLen + int(length)
	b = b[:n]
	copy(r.ID[:], b[copyAt:])
	if recordSum(r.ID[:], b) != binary.BigEndian.Uint32(b[crcAt:]) {
		return r, 0, errRecordSum
	}
	// Only now that the sum holds is the version a version and no accident.
	if b[4] > recordVersion {
		return r, 0, &process.Error{Kind: process.Newer, Msg: "file.newer", Err: errRecordVersion}
	}
	if b[4] != recordVersion || b[5] > kindTombstone {
		return r, 0, errNoRecord
	}
	r.Erased = b[5] == kindTombstone
	r.Seq = binary.BigEndian.Uint32(b[seqAt:])
	r.Payload = b[headLen:]
	if !r.Erased && process.NewEventID(r.ID.Clock(), r.ID.Writer(), r.Payload) != r.ID {
		return r, 0, errRecordHash
	}
	return r, n, nil
}

func recordSum(key, v []byte) uint32 {
	sum := crc32.Update(0, castagnoli, key)
	sum = crc32.Update(sum, castagnoli, v[4:crcAt])
	return crc32.Update(sum, castagnoli, v[seqAt:])
}

// clone is a record that does not share its payload with the file that it was read from.
func (r Record) clone() Record {
	r.Payload = bytes.Clone(r.Payload)
	return r
}

// beats tells which of two records with one key stays: a tombstone beats content, and of two tombstones the smaller one stays, so
// that every copy decides the same way.
func (r Record) beats(other Record) bool {
	if r.Erased != other.Erased {
		return r.Erased
	}
	return r.Erased && bytes.Compare(r.Payload, other.Payload) < 0
}
