package db

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"milstolpe/process"
	"milstolpe/process/conflicts"
	"milstolpe/process/hlc"
	"milstolpe/process/sales"
)

// Incoming is what came in from another copy, or would come in: "3 changes from Anna in 2 deals".
type Incoming struct {
	From     string    // path of the file
	By       string    // who wrote that file, and when
	At       time.Time //
	Revision uint64    // of the team after it came in; zero for a preview

	Events    []process.EventID // what is new here, without the introductions of writers, in order
	People    []PersonChanges   // by number of changes, most first
	Deals     []DealChanges     // by number of changes, most first
	Conflicts []Conflict        // that were not there before
	Erased    int               // events whose content somebody has erased
	// Erasures are the people whom these events were about; in a preview with the names that will be gone.
	Erasures []Erasure
	Backups  int // that were rewritten because of it
	Refused  int // events that claim to be erased and are no person at the buyer: nothing was changed for them
	// TakesBack is what the changes take back of what others had recorded, or stood here before.
	TakesBack []TakenBack
	// ClockAhead are the people whose clock is more than a day ahead: what they recorded is kept, in an order that may surprise.
	ClockAhead []string
	// Gone is how many events the shared file had when it was last looked at and has no more. We have them, and publish them again.
	Gone int
}

// PersonChanges is what one person changed.
type PersonChanges struct {
	Person  string
	Changes int
	Deals   []process.DealID
}

// TakenBack is what one person takes back of another's.
type TakenBack struct {
	By, Whose string
	Entries   int
	Deals     []process.DealID
}

// DealChanges is what changed in one deal.
type DealChanges struct {
	Deal     process.DealID
	Customer string
	Name     string
	Changes  int
	People   []string
}

// Conflict is something that two people changed without seeing each other's change.
type Conflict struct {
	Deal    process.DealID // none for what belongs to no deal
	Field   conflicts.Field
	Subject string // whose field it is
	Heads   []process.EventID
}

// Empty tells that nothing came in and nothing is to be said.
func (in Incoming) Empty() bool {
	return len(in.Events) == 0 && in.Erased == 0 && in.Gone == 0 && in.Refused == 0
}

// differ compares the events of another file, which come in the order of their keys, with our own, side by side.
type differ struct {
	next    func() (key []byte, own ownRecord) // our events in the order of their keys; nil at the end
	key     []byte
	own     ownRecord
	fresh   []Record // that we lack, or that beat ours
	aside   map[process.EventID]bool
	back    []process.EventID // that we have and do not look at
	common  int               // that both have
	refused int               // that claim to be erased and cannot be
}

// ownRecord is an event of ours that is only read when something depends on it.
type ownRecord struct {
	erased bool
	read   func() (Record, error)
}

func newDiffer(tx *bolt.Tx) *differ {
	cursor := tx.Bucket(eventsBucket).Cursor()
	step := cursor.First
	return startDiffer(func() ([]byte, ownRecord) {
		key, value := step()
		step = cursor.Next
		return key, ownRecord{isTombstone(value), func() (Record, error) { return DecodeRecord(key, value) }}
	})
}

// newDifferOf compares with events in memory, in the order of their keys.
func newDifferOf(own []Record) *differ {
	return startDiffer(func() ([]byte, ownRecord) {
		if len(own) == 0 {
			return nil, ownRecord{}
		}
		r := &own[0]
		own = own[1:]
		return r.ID[:], ownRecord{r.Erased, func() (Record, error) { return *r, nil }}
	})
}

func startDiffer(next func() ([]byte, ownRecord)) *differ {
	d := &differ{next: next}
	d.key, d.own = next()
	return d
}

func (d *differ) add(r Record) error {
	for d.key != nil && bytes.Compare(d.key, r.ID[:]) < 0 {
		d.key, d.own = d.next()
	}
	_, believable := r.erasedName()
	if r.Erased && !believable {
		d.refused++
		return nil
	}
	if !bytes.Equal(d.key, r.ID[:]) {
		d.fresh = append(d.fresh, r.clone())
		return nil
	}
	d.common++
	if d.aside[r.ID] {
		d.back = append(d.back, r.ID)
	}
	if !r.Erased && !d.own.erased {
		return nil // the same content
	}
	own, err := d.own.read()
	switch {
	case err != nil:
		return err
	case r.beats(own):
		d.fresh = append(d.fresh, r.clone())
	case r.Erased && !own.Erased:
		d.refused++
	}
	return nil
}

// describe says in people and deals what events are. The team is the one that knows them already.
func describe(team *sales.Team, events []process.Event, now time.Time) Incoming {
	var in Incoming
	people, deals := map[string]*PersonChanges{}, map[process.DealID]*DealChanges{}
	for _, e := range events {
		by := team.RecordedBy(e.ID)
		if hlc.Stamp(e.ID.Clock()).Ahead(now) && !slices.Contains(in.ClockAhead, by) {
			in.ClockAhead = append(in.ClockAhead, by)
		}
		if _, hello := e.Fact.(*process.WriterIntroduced); hello {
			continue
		}
		in.Events = append(in.Events, e.ID)
		p, ok := people[by]
		if !ok {
			p = &PersonChanges{Person: by}
			people[by] = p
		}
		p.Changes++
		id := process.DealOf(e.Fact)
		if id == "" {
			continue
		}
		d, ok := deals[id]
		if !ok {
			d = &DealChanges{Deal: id}
			if deal, ok := team.Deal(id); ok {
				d.Customer = team.Customer(deal.Now.Customer)
				d.Name = cmp.Or(deal.Now.Name, d.Customer, deal.Now.Ref)
			}
			deals[id] = d
		}
		d.Changes++
		if !slices.Contains(d.People, by) {
			d.People = append(d.People, by)
			p.Deals = append(p.Deals, id)
		}
	}
	for _, p := range people {
		in.People = append(in.People, *p)
	}
	for _, d := range deals {
		in.Deals = append(in.Deals, *d)
	}
	slices.SortFunc(in.People, func(a, b PersonChanges) int {
		return cmp.Or(cmp.Compare(b.Changes, a.Changes), cmp.Compare(a.Person, b.Person))
	})
	slices.SortFunc(in.Deals, func(a, b DealChanges) int {
		return cmp.Or(cmp.Compare(b.Changes, a.Changes), cmp.Compare(a.Deal, b.Deal))
	})
	return in
}

// takesBack finds the entries that events take back: undone, withdrawn, re-opened, or taken back with their whole import. What somebody
// takes back of their own among the very same events is not told.
func takesBack(team *sales.Team, events []process.Event) (list []TakenBack) {
	fresh := map[process.EventID]bool{}
	for _, e := range events {
		fresh[e.ID] = true
	}
	for _, e := range events {
		by, deal := team.RecordedBy(e.ID), process.DealOf(e.Fact)
		for _, id := range team.TakenBackBy(e.Fact) {
			whose := team.RecordedBy(id)
			if fresh[id] && whose == by || whose == "" {
				continue
			}
			i := slices.IndexFunc(list, func(t TakenBack) bool { return t.By == by && t.Whose == whose })
			if i < 0 {
				i, list = len(list), append(list, TakenBack{By: by, Whose: whose})
			}
			t := &list[i]
			t.Entries++
			if deal != "" && !slices.Contains(t.Deals, deal) {
				t.Deals = append(t.Deals, deal)
			}
		}
	}
	return list
}

// conflictsAbout finds what waits to be settled in the deals that events are about, and in what belongs to no deal.
func conflictsAbout(team *sales.Team, events []process.Event) []Conflict {
	var found []sales.Conflict
	looked, others := map[process.DealID]bool{}, false
	for _, e := range events {
		id := process.DealOf(e.Fact)
		if id == "" {
			others = true
		}
		if looked[id] {
			continue
		}
		looked[id] = true
		if deal, ok := team.Deal(id); ok {
			found = append(found, deal.Conflicts()...)
		}
	}
	if others {
		found = append(found, team.OtherConflicts()...)
	}
	list := make([]Conflict, len(found))
	for i, c := range found {
		list[i].Field, list[i].Subject = c.Field, c.Subject
		if c.Deal != nil {
			list[i].Deal = c.Deal.ID
		}
		for _, h := range c.Heads {
			list[i].Heads = append(list[i].Heads, h.Event)
		}
	}
	slices.SortFunc(list, func(a, b Conflict) int {
		return cmp.Or(cmp.Compare(a.Deal, b.Deal), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Subject, b.Subject))
	})
	return list
}

// newConflicts are those of after that were not there before, or had fewer heads.
func newConflicts(before, after []Conflict) []Conflict {
	return slices.DeleteFunc(after, func(c Conflict) bool {
		return slices.ContainsFunc(before, func(b Conflict) bool {
			return b.Field == c.Field && b.Subject == c.Subject && len(b.Heads) >= len(c.Heads)
		})
	})
}
