package db

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"

	"milstolpe/process"
)

// SetHash is a hash of a set of event keys that does not depend on their order, so that two files with the same events have the same
// one. It is the sum of the SHA-256 of the keys, as four numbers of 64 bits, each modulo 2^64.
type SetHash [4]uint64

func (h *SetHash) add(id process.EventID) {
	sum := sha256.Sum256(id[:])
	for i := range h {
		h[i] += binary.BigEndian.Uint64(sum[8*i:])
	}
}

// String is the hash as 64 hexadecimal digits.
func (h SetHash) String() string {
	var b [32]byte
	for i, v := range h {
		binary.BigEndian.PutUint64(b[8*i:], v)
	}
	return hex.EncodeToString(b[:])
}

// MarshalText implements encoding.TextMarshaler.
func (h SetHash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (h *SetHash) UnmarshalText(text []byte) error {
	b, err := hex.DecodeString(string(text))
	if err != nil || len(b) != 32 {
		return fmt.Errorf("set hash %q is not 64 hexadecimal digits", text)
	}
	for i := range h {
		h[i] = binary.BigEndian.Uint64(b[8*i:])
	}
	return nil
}

// setSummary is what can be said of a set of events without looking at them again: how many, which (as hashes), how far each writer came.
type setSummary struct {
	events  int
	keys    SetHash
	erased  int
	gone    SetHash // over the keys of the erased events
	writers map[process.Writer]seqRange
}

// seqRange is how far a writer came, and how many of its events are there. Without gaps the two are the same.
type seqRange struct{ last, count uint32 }

func newTally() *setSummary { return &setSummary{writers: map[process.Writer]seqRange{}} }

func (t *setSummary) add(r Record) {
	t.events++
	t.keys.add(r.ID)
	w := r.ID.Writer()
	s := t.writers[w]
	t.writers[w] = seqRange{max(s.last, r.Seq), s.count + 1}
	if r.Erased {
		t.erase(r.ID)
	}
}

// erase notes that an event that is already counted has become a tombstone.
func (t *setSummary) erase(id process.EventID) {
	t.erased++
	t.gone.add(id)
}

func (t *setSummary) clone() *setSummary {
	c := *t
	c.writers = maps.Clone(t.writers)
	return &c
}

// join adds the tally of other events.
func (t *setSummary) join(o *setSummary) {
	t.events += o.events
	t.erased += o.erased
	for i := range t.keys {
		t.keys[i] += o.keys[i]
		t.gone[i] += o.gone[i]
	}
	for w, s := range o.writers {
		have := t.writers[w]
		t.writers[w] = seqRange{max(have.last, s.last), have.count + s.count}
	}
}
