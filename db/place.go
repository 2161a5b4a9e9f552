package db

import (
	"context"

	bolt "go.etcd.io/bbolt"
)

// place is where the set of events lies that a team has in common. The working copy goes on without it; what is recorded meanwhile
// waits here until the place can be reached again. Whoever calls changed, pull or push holds publishMu.
type place interface {
	// changed looks whether others may have put something there since it was last taken in.
	changed(ctx context.Context) bool
	// pull takes in what others have put there.
	pull(ctx context.Context) error
	// push pulls, and then puts there what it lacks. With heal it also mends at once what is damaged there.
	push(ctx context.Context, heal bool) error
	// load reads what the working copy knows of the place. Whoever calls it holds writeMu.
	load(tx *bolt.Tx) error
	// keep notes that events have to go there, in the transaction that records them.
	keep(tx *bolt.Tx, events []pair) error
	// owes tells whether there may be something to bring there when the file is closed.
	owes() bool
	// tell completes what every page says. Whoever calls it holds stateMu for reading.
	tell(s *State)
}

// sharedPlace is a file in a folder that colleagues share. It is compared and written whole, so nothing has to be noted beforehand.
type sharedPlace struct{ w *File }

func (p sharedPlace) changed(context.Context) bool              { return p.w.sharedChanged() }
func (p sharedPlace) pull(ctx context.Context) error            { return p.w.takeIn(ctx) }
func (p sharedPlace) push(ctx context.Context, heal bool) error { return p.w.publish(ctx, heal) }
func (p sharedPlace) load(*bolt.Tx) error                       { return nil } // it is in sharedState
func (p sharedPlace) keep(*bolt.Tx, []pair) error               { return nil }
func (p sharedPlace) owes() bool                                { return true }

func (p sharedPlace) tell(s *State) {
	s.PublishedAt = p.w.state.PublishedAt
	if !p.w.state.holds(p.w.summary) {
		s.Pending = max(p.w.summary.events-p.w.state.Events, 1)
	}
}

// placeAt is the place that a path or an address names.
func placeAt(w *File, path string) (place, error) {
	if IsServer(path) {
		return newServerPlace(w, path)
	}
	return sharedPlace{w}, nil
}

// detached tells that there is no working copy that takes part any more: the file is closed, or it was opened for reading.
func (w *File) detached() bool {
	w.stateMu.RLock()
	defer w.stateMu.RUnlock()
	return w.readOnlyErr != nil
}
