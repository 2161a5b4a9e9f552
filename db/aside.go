package db

import (
	"context"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"milstolpe/process"
)

// Aside is what a merge brought and this copy does not look at any more. It is this copy's decision: the events stay where they are and are
// published like all others, no fact says anything against them, and whoever recorded them sees them as before. Only the team that this
// copy adds up leaves them out, until they are brought back or the file is merged once more.
type Aside struct {
	Name    string // of the decision
	At      time.Time
	Changes Incoming
}

// asideGroup is one such decision as the working copy keeps it.
type asideGroup struct {
	Name   string            `json:"name"`
	At     time.Time         `json:"at"`
	From   string            `json:"from"`
	Events []process.EventID `json:"events"`
}

// asideSet are the events of all groups.
func asideSet(groups []asideGroup) map[process.EventID]bool {
	set := map[process.EventID]bool{}
	for _, g := range groups {
		for _, id := range g.Events {
			set[id] = true
		}
	}
	return set
}

// LeftAside tells whether an event lies in this copy without being looked at.
func (w *File) LeftAside(id process.EventID) bool {
	w.stateMu.RLock()
	defer w.stateMu.RUnlock()
	return w.leftOut[id]
}

// Aside lists what is set aside, latest first.
func (w *File) Aside() ([]Aside, error) {
	w.stateMu.RLock()
	groups := slices.Clone(w.aside)
	w.stateMu.RUnlock()
	var list []Aside
	for _, g := range slices.Backward(groups) {
		in, err := w.preview(nil, g.Events)
		if err != nil {
			return nil, err
		}
		in.From = g.From
		list = append(list, Aside{Name: g.Name, At: g.At, Changes: in})
	}
	return list, nil
}

// UndoMerge sets aside what a merge brought, in this copy alone. The shared file and everybody else keep it; merging the file again, or
// BringBack, looks at it again.
func (w *File) UndoMerge(_ context.Context, in Incoming) error {
	if err := w.ReadOnly(); err != nil {
		return err
	}
	w.writeMu.Lock()
	defer w.writeMu.Unlock()
	if err := w.ready(); err != nil {
		return err
	}
	tag, err := w.options.tag()
	if err != nil {
		return err
	}
	group := asideGroup{Name: tag, At: w.options.Clock(), From: in.From}
	for _, id := range in.Events {
		if !w.leftOut[id] {
			group.Events = append(group.Events, id)
		}
	}
	if len(group.Events) == 0 {
		return nil
	}
	return w.setAside(append(slices.Clone(w.aside), group))
}

// BringBack looks again at what one undoing set aside.
func (w *File) BringBack(_ context.Context, name string) error {
	if err := w.ReadOnly(); err != nil {
		return err
	}
	w.writeMu.Lock()
	defer w.writeMu.Unlock()
	if err := w.ready(); err != nil {
		return err
	}
	rest := slices.DeleteFunc(slices.Clone(w.aside), func(g asideGroup) bool { return g.Name == name })
	if len(rest) == len(w.aside) {
		return nil
	}
	return w.setAside(rest)
}

// lookAgain brings back single events, because somebody has asked for a file that holds them.
func (w *File) lookAgain(ids []process.EventID) error {
	again := map[process.EventID]bool{}
	for _, id := range ids {
		again[id] = true
	}
	w.writeMu.Lock()
	defer w.writeMu.Unlock()
	if err := w.ready(); err != nil {
		return err
	}
	var rest []asideGroup
	for _, g := range w.aside {
		g.Events = slices.DeleteFunc(slices.Clone(g.Events), func(id process.EventID) bool { return again[id] })
		if len(g.Events) > 0 {
			rest = append(rest, g)
		}
	}
	return w.setAside(rest)
}

// setAside remembers the groups and adds the team up anew. The caller holds writeMu.
func (w *File) setAside(groups []asideGroup) error {
	if err := w.store.update(func(tx *bolt.Tx) error { return writeCopy(tx, asideKey, groups) }); err != nil {
		w.needsReload = true
		return writeError(w.copyDir.database(), err)
	}
	return w.load()
}

// anyAside tells whether some of the events are set aside.
func (w *File) anyAside(ids []process.EventID) bool { return slices.ContainsFunc(ids, w.LeftAside) }

// looked are the events without those that are set aside. The caller holds stateMu.
func (w *File) looked(events []process.Event) []process.Event {
	if len(w.leftOut) == 0 {
		return events
	}
	return slices.DeleteFunc(slices.Clone(events), func(e process.Event) bool { return w.leftOut[e.ID] })
}

// readAside reads the groups of a working copy.
func readAside(tx *bolt.Tx) (groups []asideGroup, err error) {
	return groups, readCopy(tx, asideKey, &groups)
}

// eventsWith reads single events.
func (w *File) eventsWith(ids []process.EventID) ([]process.Event, error) {
	records, err := w.recordsOf(ids)
	var facts process.FactReader
	var events []process.Event
	for _, r := range records {
		events = append(events, r.event(&facts))
	}
	return events, err
}

// recordsOf reads single records of the working copy.
func (w *File) recordsOf(ids []process.EventID) (list []Record, err error) {
	s := w.database()
	if len(ids) == 0 || s == nil {
		return nil, nil
	}
	err = s.view(func(tx *bolt.Tx) error {
		b := tx.Bucket(eventsBucket)
		for _, id := range ids {
			value := b.Get(id[:])
			if value == nil {
				continue // gone with a backup that was restored
			}
			r, err := DecodeRecord(id[:], value)
			if err != nil {
				return damaged(w.copyDir.database(), err)
			}
			list = append(list, r.clone())
		}
		return nil
	})
	return list, err
}

// bringIn takes in what was compared. Where somebody has asked for it, after a backup, and with what had been set aside.
func (w *File) bringIn(ctx context.Context, c compared, asked bool) (Incoming, error) {
	if !asked {
		return w.mergeRecords(c.fresh)
	}
	told, err := w.preview(c.fresh, c.back)
	if err != nil {
		return told, err
	}
	if _, err := w.Backup(ctx, BeforeMerge); err != nil {
		return told, err
	}
	again := c.back
	for _, r := range c.fresh { // a restored backup may have taken away what is still set aside
		again = append(again, r.ID)
	}
	if w.anyAside(again) {
		if err := w.lookAgain(again); err != nil {
			return told, err
		}
	}
	if len(c.fresh) == 0 {
		told.Revision = w.Revision()
		return told, nil
	}
	in, err := w.mergeRecords(c.fresh)
	if len(c.back) > 0 {
		told.Revision, told.Erased, told.Erasures, told.Backups, told.Refused = in.Revision, in.Erased, in.Erasures, in.Backups, in.Refused
		return told, err
	}
	in.TakesBack = told.TakesBack
	return in, err
}
