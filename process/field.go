package process

import (
	"bytes"
	"slices"
)

// Entry is one recorded value of a field.
type Entry[T any] struct {
	ID    EventID
	Value T
	Stamp *Stamp // shared with others, never changed
}

// Field is a thing about a deal or the team that has one value at a time. It keeps every value it ever had. An entry is a head when no
// other entry that counts names it in its base; one head is the value, several heads are a clash: two people changed the same thing
// without seeing each other's change. Until somebody settles it the latest by key stands.
type Field[T any] struct{ entries []Entry[T] }

// put adds an entry where its key belongs; what is there already stays.
func (f *Field[T]) put(e Entry[T]) {
	i, found := slices.BinarySearchFunc(f.entries, e.ID, func(have Entry[T], id EventID) int { return bytes.Compare(have.ID[:], id[:]) })
	if !found {
		f.entries = slices.Insert(f.entries, i, e)
	}
}

// Entries are all values, in the order of their keys.
func (f *Field[T]) Entries() []Entry[T] { return f.entries }

// HeadsOn are the entries that count on the day and that no other such entry replaces, in the order of their keys.
func (f *Field[T]) HeadsOn(day Date, gone undoneSet) []Entry[T] {
	if n := len(f.entries); n == 1 {
		if f.entries[0].counts(day, gone) {
			return f.entries
		}
		return nil
	}
	var heads []Entry[T]
	for _, e := range f.entries {
		if e.counts(day, gone) && !f.replaced(e.ID, day, gone) {
			heads = append(heads, e)
		}
	}
	return heads
}

// On is the value on the day, and whether there was one.
func (f *Field[T]) On(day Date, gone undoneSet) (T, bool) {
	e, ok := f.entryOn(day, gone)
	return e.Value, ok
}

func (f *Field[T]) entryOn(day Date, gone undoneSet) (e Entry[T], ok bool) {
	heads := f.HeadsOn(day, gone)
	if len(heads) == 0 {
		return e, false
	}
	return heads[len(heads)-1], true
}

// FirstOrOn is the value on the day; before the first entry became known, the first one.
func (f *Field[T]) FirstOrOn(day Date, gone undoneSet) (v T, ok bool) {
	if v, ok = f.On(day, gone); ok {
		return v, ok
	}
	first := FarFuture
	for _, e := range f.entries {
		if e.Stamp.Known < first && e.counts(FarFuture, gone) {
			first = e.Stamp.Known
		}
	}
	return f.On(first, gone)
}

func (f *Field[T]) replaced(id EventID, day Date, gone undoneSet) bool {
	for i := range f.entries {
		e := &f.entries[i]
		if slices.Contains(e.Stamp.Base, id) && e.counts(day, gone) {
			return true
		}
	}
	return false
}

func (e *Entry[T]) counts(day Date, gone undoneSet) bool {
	return e.Stamp.Known <= day && !gone.gone(e.ID, e.Stamp, day)
}

// undoneSet knows which events were taken back, and from which day.
type undoneSet struct {
	undones *Field[[]EventID]
	imports *map[ImportID]Date // imports that were taken back, and the day from which that counts
}

// gone tells whether the event does not count on the day because somebody took it back. An undo can itself be undone.
func (u undoneSet) gone(id EventID, s *Stamp, day Date) bool {
	if s.Import != "" && u.imports != nil {
		if from, ok := (*u.imports)[s.Import]; ok && from <= day {
			return true
		}
	}
	if u.undones == nil {
		return false
	}
	for i := range u.undones.entries {
		e := &u.undones.entries[i]
		// A counter-event always has the later key; asking for it keeps this from running in circles whatever a merge brings.
		if e.Stamp.Known <= day && bytes.Compare(e.ID[:], id[:]) > 0 && slices.Contains(e.Value, id) && !u.gone(e.ID, e.Stamp, day) {
			return true
		}
	}
	return false
}
