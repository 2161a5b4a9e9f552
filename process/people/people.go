package people

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/register"
)

// Roster is all people of a team, and all runs of the program that recorded something.
type Roster struct {
	names   map[process.PersonID]*register.Register[string]
	same    map[process.PersonID]*register.Register[process.PersonID]
	writers map[process.Writer]register.Entry[process.WriterIntroduced]
	gone    register.Retractions

	dataset   string
	called    map[string]process.PersonID // whose a name is or was, folded
	recorders map[process.Writer]string   // what whoever recorded is called today
}

// NewRoster is one without anybody; what is taken back is in gone.
func NewRoster(gone register.Retractions) *Roster {
	return &Roster{
		gone: gone, called: map[string]process.PersonID{}, recorders: map[process.Writer]string{},
		writers: map[process.Writer]register.Entry[process.WriterIntroduced]{},
	}
}

// Apply adds a fact; one that is about something else is left alone.
func (r *Roster) Apply(id process.EventID, fact process.Fact, stamp *process.Stamp) {
	switch f := fact.(type) {
	case *process.WriterIntroduced:
		if have, ok := r.writers[id.Writer()]; !ok || id.Before(have.ID) {
			r.writers[id.Writer()] = register.Entry[process.WriterIntroduced]{ID: id, Value: *f, Stamp: stamp}
		}
	case *process.PersonNamed:
		register.Of(&r.names, f.Person).Put(id, f.Name, stamp)
	case *process.PeopleMerged:
		register.Of(&r.same, f.From).Put(id, f.Into, stamp)
	}
}

// NameRegisters are the people with all names that they ever had.
func (r *Roster) NameRegisters() map[process.PersonID]*register.Register[string] { return r.names }

// SameRegisters say as whom people are read.
func (r *Roster) SameRegisters() map[process.PersonID]*register.Register[process.PersonID] {
	return r.same
}

// AnyMerged tells that somebody was ever said to be somebody else.
func (r *Roster) AnyMerged() bool { return len(r.same) > 0 }

// Canonical follows mergers of people to the one that stands for a person.
func (r *Roster) Canonical(id process.PersonID) process.PersonID {
	return register.Follow(r.same, id, r.gone)
}

// Same is so for two entries of one person that somebody has found out since.
func (r *Roster) Same(a, b process.PersonID) bool { return r.Canonical(a) == r.Canonical(b) }

// Name is what one of us is called; empty when there is none of that identity.
func (r *Roster) Name(id process.PersonID) string {
	return register.Current(r.names[r.Canonical(id)], r.gone)
}

// OwnName is the name that an entry has by itself, whoever it is read as.
func (r *Roster) OwnName(id process.PersonID) string { return register.Current(r.names[id], r.gone) }

// All are all of us, by identity. Those whom only an import named that was taken back have no name any more, and are not among them;
// neither are those who are read as somebody else.
func (r *Roster) All() []process.PersonID {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(r.names)), func(id process.PersonID) bool { return r.Canonical(id) != id || r.Name(id) == "" })
}

// ByName finds one of us by name, compared without case and stray blanks: by the name of today, else by one that they had before.
func (r *Roster) ByName(name string) (process.PersonID, bool) {
	id, ok := r.called[process.FoldName(name)]
	return id, ok
}

// Names leads from all names that any of us has or had, folded, to whose they are.
func (r *Roster) Names() map[string]process.PersonID { return r.called }

// Heads are the events that say what one of us is called; more than one is a conflict.
func (r *Roster) Heads(id process.PersonID) []process.EventID {
	if f, ok := r.names[id]; ok {
		return f.HeadIDs(process.FarFuture, r.gone)
	}
	return nil
}

// Base are all events that say who one of us is: the name, and as whom they are read.
func (r *Roster) Base(id process.PersonID) []process.EventID {
	return append(r.Heads(id), r.SameHeads(id)...)
}

// SameHeads are the events that say as whom one of us is read.
func (r *Roster) SameHeads(id process.PersonID) []process.EventID {
	if f, ok := r.same[id]; ok {
		return f.HeadIDs(process.FarFuture, r.gone)
	}
	return nil
}

// Merged is one of us who is read as another, and the event that says so. Undoing it takes them apart again.
type Merged struct {
	From, Into process.PersonID
	Name       string // that From has by itself
	Event      process.Event
}

// Merged are those who are read as somebody else, by identity.
func (r *Roster) Merged() (list []Merged) {
	for _, id := range slices.Sorted(maps.Keys(r.same)) {
		e, ok := r.same[id].EntryOn(process.FarFuture, r.gone)
		if !ok || r.Canonical(id) == id {
			continue
		}
		list = append(list, Merged{
			From: id, Into: r.Canonical(id), Name: r.OwnName(id),
			Event: process.Event{ID: e.ID, Fact: &process.PeopleMerged{Stamp: *e.Stamp, From: id, Into: e.Value}},
		})
	}
	return list
}

// Writer is who recorded with that identity.
func (r *Roster) Writer(w process.Writer) (process.WriterIntroduced, bool) {
	e, ok := r.writers[w]
	return e.Value, ok
}

// Writers are the identities under which anything was recorded, in their order.
func (r *Roster) Writers() []process.Writer {
	return slices.SortedFunc(maps.Keys(r.writers), func(a, b process.Writer) int { return slices.Compare(a[:], b[:]) })
}

// WriterName is what whoever recorded with that identity is called today.
func (r *Roster) WriterName(w process.Writer) string { return r.recorders[w] }

// Note finds out what the names lead to, after facts were added or taken back.
func (r *Roster) Note(dataset string) {
	r.dataset = dataset
	r.called = make(map[string]process.PersonID, len(r.names))
	before := map[string]process.PersonID{}
	add := func(names map[string]process.PersonID, name string, id process.PersonID) {
		if have, ok := names[name]; name != "" && (!ok || id < have) {
			names[name] = id
		}
	}
	for id, f := range r.names {
		into := r.Canonical(id)
		if r.Name(into) == "" {
			continue
		}
		for _, e := range f.Entries() {
			if e.EffectiveOn(process.FarFuture, r.gone) {
				add(before, process.FoldName(e.Value), into)
			}
		}
		if into == id {
			add(r.called, process.FoldName(r.Name(id)), id)
		}
	}
	for name, id := range before {
		if _, ok := r.called[name]; !ok {
			r.called[name] = id
		}
	}
	for w := range r.writers {
		r.recorders[w] = r.recorder(w)
	}
}

// recorder is what a writer's person is called. An older program has left no identity with the name.
func (r *Roster) recorder(w process.Writer) string {
	one := r.writers[w].Value
	id := one.PersonID
	if r.Name(id) == "" {
		var ok bool
		if id, ok = r.ByName(one.Person); !ok { // renamed before anybody had recorded the name
			id = r.derived(one.Person)
		}
	}
	return cmp.Or(r.Name(id), one.Person)
}

// derived is the identity that follows from a name, so that two copies that meet a person for the first time mean the same one.
func (r *Roster) derived(name string) process.PersonID {
	return process.PersonID(process.DerivedID(r.dataset, "person", name))
}

// Add makes sure that one of us is known by that name.
func (r *Roster) Add(name string, s process.Stamp) (process.PersonID, []process.Fact) {
	name = strings.TrimSpace(name)
	if name == "" {
		return "", nil
	}
	if id, ok := r.ByName(name); ok {
		return id, nil
	}
	id := r.derived(name)
	if r.Name(id) != "" { // who was called so at first has another name by now
		return r.Canonical(id), nil
	}
	return id, []process.Fact{&process.PersonNamed{Stamp: process.Stamp{Known: s.Known, History: s.History}, Person: id, Name: name}}
}

// Rename changes the name of one of us. What they recorded before is told under the new name. Base are the events that the form was made
// from; nil means those that stand now.
func (r *Roster) Rename(id process.PersonID, name string, base []process.EventID, today process.Date) ([]process.Fact, error) {
	id = r.Canonical(id)
	if r.Name(id) == "" {
		return nil, process.Missing("person.no_such")
	}
	name = strings.TrimSpace(name)
	if err := r.free(name, id); err != nil {
		return nil, err
	}
	heads := r.Heads(id)
	if r.Name(id) == name && !register.Resolves(base, heads) {
		return nil, nil
	}
	return []process.Fact{&process.PersonNamed{Stamp: process.Stamp{Known: today, Base: register.OrHeads(base, heads)}, Person: id, Name: name}}, nil
}

// free refuses a name that cannot be one, or that somebody else has today.
func (r *Roster) free(name string, id process.PersonID) error {
	if err := process.CheckText("name", name, 1, process.MaxName); err != nil {
		return err
	}
	if other, taken := r.ByName(name); taken && other != id && process.FoldName(r.Name(other)) == process.FoldName(name) {
		return process.Wrong("name", "person.name_taken", r.Name(other))
	}
	return nil
}

// Introduce makes somebody one of us who recorded things under another name before, and was in no list of people: their identity follows
// from that name.
func (r *Roster) Introduce(before, name string, today process.Date) (process.PersonID, []process.Fact, error) {
	id := r.derived(before)
	if r.Name(id) != "" {
		facts, err := r.Rename(id, name, nil, today)
		return r.Canonical(id), facts, err
	}
	name = strings.TrimSpace(name)
	if err := r.free(name, id); err != nil {
		return id, nil, err
	}
	return id, []process.Fact{&process.PersonNamed{Stamp: process.Stamp{Known: today}, Person: id, Name: name}}, nil
}

// Merge says that two of us are one person: everything of `from` is read as `into`'s from now on.
func (r *Roster) Merge(from, into process.PersonID, today process.Date) ([]process.Fact, error) {
	from, into = r.Canonical(from), r.Canonical(into)
	if r.Name(from) == "" || r.Name(into) == "" {
		return nil, process.Wrong("into", "person.no_such")
	}
	if from == into {
		return nil, nil
	}
	return []process.Fact{&process.PeopleMerged{Stamp: process.Stamp{Known: today, Base: r.SameHeads(from)}, From: from, Into: into}}, nil
}
