package db_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"milstolpe/db"
	"milstolpe/process"
)

func aRecord() db.Record {
	payload := []byte(`{"type":"journal.written","known":"2026-11-23","deal":"d1","on":"2026-11-23","text":"Ringde"}`)
	return db.Record{ID: process.NewEventID(1<<20, process.Writer{1, 2, 3}, payload), Seq: 7, Payload: payload}
}

func TestARecordIsLaidOutAsDocumented(t *testing.T) {
	r := aRecord()
	v := db.EncodeRecord(r)
	short := "\x042026-11-23\x0fd1\x112026-11-23\x1bRingde\"}"
	if got := string(v[38:]); got != short {
		t.Errorf("the payload is stored as %q, want %q", got, short)
	}
	if !bytes.HasPrefix(v, []byte("\xa7MSe\x01\x02")) {
		t.Errorf("value begins % x, want magic, version 1, kind 2: shortened", v[:6])
	}
	if got := binary.BigEndian.Uint32(v[6:]); int(got) != len(short) {
		t.Errorf("the length says %d, want %d", got, len(short))
	}
	if !bytes.Equal(v[18:38], r.ID[:]) {
		t.Errorf("bytes 18 to 38 are % x, want the key % x", v[18:38], r.ID[:])
	}
	plain := db.Record{Payload: []byte("{\n}")}
	plain.ID = process.NewEventID(1, process.Writer{1}, plain.Payload)
	if v := db.EncodeRecord(plain); v[5] != 0 || string(v[38:]) != "{\n}" {
		t.Errorf("a payload with a line break is stored as %q, want as it is", v)
	}
}

func TestARecordComesBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		payload := rapid.OneOf(rapid.SliceOf(rapid.Byte()), phraseSoup()).Draw(t, "payload")
		r := db.Record{Seq: rapid.Uint32().Draw(t, "number"), Erased: rapid.Bool().Draw(t, "erased"), Payload: payload}
		r.ID = process.NewEventID(rapid.Uint64().Draw(t, "clock"), process.Writer{9}, payload)
		got, err := db.DecodeRecord(r.ID[:], db.EncodeRecord(r))
		if err != nil {
			t.Fatalf("decode: %v", err)
		}
		if !bytes.Equal(r.Payload, got.Payload) || got.ID != r.ID || got.Seq != r.Seq || got.Erased != r.Erased {
			t.Fatalf("came back as %+v, was %+v", got, r)
		}
	})
}

// phraseSoup are texts made of pieces of what payloads are full of, whole and torn.
func phraseSoup() *rapid.Generator[[]byte] {
	return rapid.Custom(func(t *rapid.T) []byte {
		var b []byte
		for range rapid.IntRange(0, 20).Draw(t, "pieces") {
			p := rapid.SampledFrom(db.Phrases()).Draw(t, "phrase")
			from := rapid.IntRange(0, len(p)).Draw(t, "from")
			b = append(b, p[from:rapid.IntRange(from, len(p)).Draw(t, "to")]...)
			b = append(b, rapid.SampledFrom([]string{"", "2026-11-23", `"`, ",", "å"}).Draw(t, "between")...)
		}
		return b
	})
}

// Every single damaged bit is noticed: in the head, in the key copy, in the payload, and in the key that it lies under.
func TestEveryFlippedBitOfARecordIsNoticed(t *testing.T) {
	r := aRecord()
	whole := append(bytes.Clone(r.ID[:]), db.EncodeRecord(r)...)
	for bit := range 8 * len(whole) {
		b := bytes.Clone(whole)
		b[bit/8] ^= 1 << (bit % 8)
		if got, err := db.DecodeRecord(b[:20], b[20:]); err == nil {
			t.Errorf("bit %d flipped is read as %+v", bit, got)
		}
	}
}

func TestARecordCutShortIsNoticed(t *testing.T) {
	r := aRecord()
	v := db.EncodeRecord(r)
	for n := range v {
		if _, err := db.DecodeRecord(r.ID[:], v[:n]); err == nil {
			t.Errorf("%d of %d bytes are read as a record", n, len(v))
		}
	}
	if _, err := db.DecodeRecord(r.ID[:], append(v, 0)); err == nil {
		t.Error("a byte after the end is not noticed")
	}
}

func TestAKeyThatDoesNotFitItsPayloadIsNoticed(t *testing.T) {
	r := aRecord()
	r.ID[19] ^= 1 // the checksum is made afterwards and is right
	if _, err := db.DecodeRecord(r.ID[:], db.EncodeRecord(r)); err == nil {
		t.Error("a record whose key names another payload is read")
	}
	r.Erased = true
	if _, err := db.DecodeRecord(r.ID[:], db.EncodeRecord(r)); err != nil {
		t.Errorf("a tombstone keeps the key of what it replaces, but is refused: %v", err)
	}
}

func FuzzDecodeRecord(f *testing.F) {
	r := aRecord()
	f.Add(r.ID[:], db.EncodeRecord(r))
	r.Erased = true
	f.Add(r.ID[:], db.EncodeRecord(r))
	f.Add([]byte{}, []byte{})
	f.Add(r.ID[:], []byte("\xa7MSe\x01\x00\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, key, value []byte) {
		r, err := db.DecodeRecord(key, value)
		if err != nil {
			return
		}
		again, err := db.DecodeRecord(key, db.EncodeRecord(r))
		if err != nil || !cmp.Equal(r, again, cmpopts.EquateEmpty()) {
			t.Errorf("% x is read as %+v, which written again is read as %+v, %v", value, r, again, err)
		}
	})
}
