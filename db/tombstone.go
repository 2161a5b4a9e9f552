package db

import (
	"bytes"

	"milstolpe/process"
)

// A tombstone's key cannot be compared with its payload, so anybody can make one up. It is believed in one case alone: it stands for
// naming a person at the buyer, and says what that event said, without the person. Everything else is refused, or whoever can write
// a file could replace any event of anybody.

// erasedName is what a tombstone says, if it can be one: a person at the buyer of whom nothing is told.
func (r Record) erasedName() (*process.ContactNamed, bool) {
	if !r.Erased {
		return nil, false
	}
	var facts process.FactReader
	f, ok := r.event(&facts).Fact.(*process.ContactNamed)
	return f, ok && f.Contact != "" && f.Name == "" && f.Role == "" && f.Email == "" && f.Phone == ""
}

// stands tells whether a tombstone can stand instead of another record with its key: it says what is left of that once the person is
// taken out.
func (r Record) stands(other Record) bool {
	tomb, ok := r.erasedName()
	if !ok {
		return false
	}
	var facts process.FactReader
	f, ok := other.event(&facts).Fact.(*process.ContactNamed)
	if !ok {
		return false
	}
	left, err := process.MarshalFact(withoutPerson(f))
	said, err2 := process.MarshalFact(withoutPerson(tomb))
	return err == nil && err2 == nil && bytes.Equal(left, said)
}

func withoutPerson(f *process.ContactNamed) *process.ContactNamed {
	return &process.ContactNamed{Stamp: f.Stamp, Contact: f.Contact, Customer: f.Customer}
}

// beats tells which of two records with one key stays: a tombstone beats the content that it stands for, and only that; of two of them
// the smaller one stays, so that every copy decides the same way.
func (r Record) beats(other Record) bool {
	switch {
	case r.Erased && other.Erased:
		return bytes.Compare(r.Payload, other.Payload) < 0 && r.stands(other)
	case r.Erased:
		return r.stands(other)
	}
	return other.Erased && !other.stands(r)
}

// believed are the records without the tombstones that cannot be any, and how many of those there were.
func believed(list []Record) (kept []Record, refused int) {
	kept = list[:0]
	for _, r := range list {
		if _, ok := r.erasedName(); r.Erased && !ok {
			refused++
			continue
		}
		kept = append(kept, r)
	}
	return kept, refused
}

// Erasure is a person at the buyer whom another copy has erased.
type Erasure struct {
	Contact  process.ContactID
	Name     string // as we knew it; empty once it is erased here
	Customer string
}

func (in *Incoming) erases(c Erasure) {
	for i, have := range in.Erasures {
		if have.Contact == c.Contact {
			in.Erasures[i] = c // named again later
			return
		}
	}
	in.Erasures = append(in.Erasures, c)
}
