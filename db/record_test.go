package db_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
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
	if got, want := len(v), 38+len(r.Payload); got != want {
		t.Errorf("value has %d bytes, want a head of 38 and the payload: %d", got, want)
	}
	if !bytes.HasPrefix(v, []byte("\xa7MSe\x01\x00")) {
		t.Errorf("value begins % x, want magic, version 1, kind 0", v[:6])
	}
	if !bytes.Equal(v[18:38], r.ID[:]) {
		t.Errorf("bytes 18 to 38 are % x, want the key % x", v[18:38], r.ID[:])
	}
}

func TestARecordComesBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		payload := rapid.SliceOf(rapid.Byte()).Draw(t, "payload")
		r := db.Record{Seq: rapid.Uint32().Draw(t, "number"), Erased: rapid.Bool().Draw(t, "erased"), Payload: payload}
		r.ID = process.NewEventID(rapid.Uint64().Draw(t, "clock"), process.Writer{9}, payload)
		got, err := db.DecodeRecord(r.ID[:], db.EncodeRecord(r))
		if err != nil {
			t.Fatalf("decode: %v", err)
		}
		if diff := cmp.Diff(r.Payload, got.Payload); diff != "" || got.ID != r.ID || got.Seq != r.Seq || got.Erased != r.Erased {
			t.Fatalf("came back as %+v, was %+v", got, r)
		}
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
		if !bytes.Equal(db.EncodeRecord(r), value) || !bytes.Equal(r.ID[:], key) {
			t.Errorf("% x is read as %+v, which is written otherwise", value, r)
		}
	})
}
