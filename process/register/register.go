package register

import (
	"bytes"
	"slices"

	"milstolpe/process"
)

// Entry is one recorded value of a field.
type Entry[T any] struct {
	ID    process.EventID
	Value T
	Stamp *process.Stamp // shared with others, never changed
}

// Register is a thing about a deal or the team that has one value at a time. It keeps every value it ever had. An entry is a head when no
// other entry that counts names it in its base; one head is the value, several heads are a conflict: two people changed the same thing
// without seeing each other's change. Until somebody settles it the latest by key stands.
type Register[T any] struct{ entries []Entry[T] }

// Put adds a value where the key of its event belongs; what is there already stays.
func (f *Register[T]) Put(id process.EventID, value T, stamp *process.Stamp) {
	i, found := slices.BinarySearchFunc(f.entries, id, func(have Entry[T], id process.EventID) int { return bytes.Compare(have.ID[:], id[:]) })
	if !found {
		f.entries = slices.Insert(f.entries, i, Entry[T]{id, value, stamp})
	}
}

// Entries are all values, in the order of their keys.
func (f *Register[T]) Entries() []Entry[T] { return f.entries }

// HeadsOn are the entries that count on the day and that no other such entry replaces, in the order of their keys.
func (f *Register[T]) HeadsOn(day process.Date, gone Retractions) []Entry[T] {
	if n := len(f.entries); n == 1 {
		if f.entries[0].EffectiveOn(day, gone) {
			return f.entries
		}
		return nil
	}
	var heads []Entry[T]
	for _, e := range f.entries {
		if e.EffectiveOn(day, gone) && !f.replaced(e.ID, day, gone) {
			heads = append(heads, e)
		}
	}
	return heads
}

// HeadIDs are the keys of HeadsOn: the base of the entry that is to replace them.
func (f *Register[T]) HeadIDs(day process.Date, gone Retractions) []process.EventID {
	return IDs(f.HeadsOn(day, gone))
}

// On is the value on the day, and whether there was one.
func (f *Register[T]) On(day process.Date, gone Retractions) (T, bool) {
	e, ok := f.EntryOn(day, gone)
	return e.Value, ok
}

// EntryOn is the entry whose value stands on the day, and whether there is one.
func (f *Register[T]) EntryOn(day process.Date, gone Retractions) (e Entry[T], ok bool) {
	heads := f.HeadsOn(day, gone)
	if len(heads) == 0 {
		return e, false
	}
	return heads[len(heads)-1], true
}

// FirstOrOn is the value on the day; before the first entry became known, the first one. There is one on every day as soon as any entry
// counts, also where entries of a merge name each other and none is a head.
func (f *Register[T]) FirstOrOn(day process.Date, gone Retractions) (v T, ok bool) {
	if v, ok = f.On(day, gone); ok {
		return v, ok
	}
	first := -1
	for i := range f.entries {
		e := &f.entries[i]
		if e.EffectiveOn(process.FarFuture, gone) && (first < 0 || e.Stamp.Known < f.entries[first].Stamp.Known) {
			first = i
		}
	}
	if first < 0 {
		return v, false
	}
	if v, ok = f.On(f.entries[first].Stamp.Known, gone); ok {
		return v, ok
	}
	return f.entries[first].Value, true
}

func (f *Register[T]) replaced(id process.EventID, day process.Date, gone Retractions) bool {
	for i := range f.entries {
		e := &f.entries[i]
		if slices.Contains(e.Stamp.Base, id) && e.EffectiveOn(day, gone) {
			return true
		}
	}
	return false
}

// EffectiveOn reports whether the entry is known on the day and not taken back.
func (e *Entry[T]) EffectiveOn(day process.Date, gone Retractions) bool {
	return e.Stamp.Known <= day && !gone.Undone(e.ID, e.Stamp, day)
}

// Retractions knows which events were taken back, and from which day.
type Retractions struct {
	undones *Register[[]process.EventID]
	imports *map[process.ImportID]process.Date // imports that were taken back, and the day from which that counts
	kept    *Kept                              // of a deal whose opening was undone; nil mostly
}

// NewRetractions are those of undoings, of imports that were taken back, each with the day from which that counts, and what they do not
// reach all the same. Imports and kept may be nil.
func NewRetractions(undones *Register[[]process.EventID], imports *map[process.ImportID]process.Date, kept *Kept) Retractions {
	return Retractions{undones: undones, imports: imports, kept: kept}
}

// Undone tells whether the event does not count on the day because somebody took it back. An undo can itself be undone.
func (u Retractions) Undone(id process.EventID, s *process.Stamp, day process.Date) bool {
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
		if e.Stamp.Known <= day && bytes.Compare(e.ID[:], id[:]) > 0 && slices.Contains(e.Value, id) && !u.Undone(e.ID, e.Stamp, day) && !u.overruled(e.ID, id, day) {
			return true
		}
	}
	return false
}

// IDs are the keys of the entries.
func IDs[T any](entries []Entry[T]) []process.EventID {
	ids := make([]process.EventID, len(entries))
	for i, e := range entries {
		ids[i] = e.ID
	}
	return ids
}

// Kept are events that no undoing reaches on days on which work counts that others have built on them.
type Kept struct {
	IDs  []process.EventID
	Work []Recorded
}

// Recorded is an event of which only matters when it counts.
type Recorded struct {
	ID    process.EventID
	Stamp *process.Stamp
}

// overruled reports whether, on the day, an undoing of an event does not count, because somebody else than who undid it and who recorded the
// event has worked on it. Work that is taken back in its turn keeps nothing from then on, but has done so before.
func (u Retractions) overruled(undoing, id process.EventID, day process.Date) bool {
	return u.kept != nil && slices.Contains(u.kept.IDs, id) && slices.ContainsFunc(u.kept.Work, func(w Recorded) bool {
		by := w.ID.Writer()
		return by != undoing.Writer() && by != id.Writer() && w.Stamp.Known <= day && !u.Undone(w.ID, w.Stamp, day)
	})
}

// Restamp gives the entry of an event another stamp.
func (f *Register[T]) Restamp(id process.EventID, s *process.Stamp) {
	for i := range f.entries {
		if f.entries[i].ID == id {
			f.entries[i].Stamp = s
		}
	}
}

// Earliest is the first day on which any of the entries was known, whether it counts or not.
func (f *Register[T]) Earliest() process.Date {
	first := process.FarFuture
	for i := range f.entries {
		first = min(first, f.entries[i].Stamp.Known)
	}
	return first
}

// Latest is the last day on which any of the entries was known, whether it counts or not; 0 without any.
func (f *Register[T]) Latest() (last process.Date) {
	for i := range f.entries {
		last = max(last, f.entries[i].Stamp.Known)
	}
	return last
}

// Of is the register of a key, which is made if there is none.
func Of[K comparable, T any](registers *map[K]*Register[T], key K) *Register[T] {
	if *registers == nil {
		*registers = map[K]*Register[T]{}
	}
	f := (*registers)[key]
	if f == nil {
		f = &Register[T]{}
		(*registers)[key] = f
	}
	return f
}

// Current is the value that stands now, nothing for a register that is nil.
func Current[T any](f *Register[T], gone Retractions) (v T) {
	if f != nil {
		v, _ = f.On(process.FarFuture, gone)
	}
	return v
}

// Resolves reports whether a form made from the events of base decides between several heads: it has seen them all.
func Resolves(base, heads []process.EventID) bool {
	if len(heads) < 2 || len(base) < len(heads) {
		return false
	}
	for _, h := range heads {
		if !slices.Contains(base, h) {
			return false
		}
	}
	return true
}

// OrHeads are the events that a form was made from; those that stand now where the form says nothing.
func OrHeads(base, heads []process.EventID) []process.EventID {
	if base != nil {
		return base
	}
	return heads
}

// Joined is one register with the entries of both, for what turned out to be one thing. Either may be nil.
func Joined[T any](a, b *Register[T]) *Register[T] {
	if a == nil {
		return b
	}
	if b == nil {
		return a
	}
	both := &Register[T]{entries: slices.Concat(a.entries, b.entries)}
	slices.SortFunc(both.entries, func(a, b Entry[T]) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return both
}

// Follow goes from an identity to the one that it is said to be the same as, and on, to the one that stands for all of them.
func Follow[ID ~string](same map[ID]*Register[ID], id ID, gone Retractions) ID {
	for range 32 { // a chain this long is a ring that two copies made together: stop anywhere, but always in the same place
		f, ok := same[id]
		if !ok {
			return id
		}
		into, ok := f.On(process.FarFuture, gone)
		if !ok || into == id || into == "" {
			return id
		}
		id = into
	}
	return id
}
