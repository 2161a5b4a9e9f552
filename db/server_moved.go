package db

import (
	"context"
	"errors"
)

// TakeMoved takes in what was recorded on this computer in files that the team has moved away from. A file that is open is left out.
func (w *File) TakeMoved(ctx context.Context) (all Incoming, err error) {
	if !IsServer(w.path) || w.ReadOnly() != nil { // who may only read brings nothing along
		return all, nil //nolint:nilerr // that is no fault
	}
	var errs []error
	for _, h := range allHomes(w.options.StateDir) {
		a, err := h.about()
		if err != nil { // no working copy
			continue
		}
		if a.Dataset != w.dataset || IsServer(a.Path) || ctx.Err() != nil {
			continue
		}
		s, state, _, err := lookInto(h)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		_ = s.close()
		if state.Moved == "" {
			continue
		}
		fresh, err := w.strandedIn(h)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		in, err := w.mergeRecords(fresh)
		errs = append(errs, err)
		all.Events = append(all.Events, in.Events...)
	}
	w.sync.changed()
	return all, errors.Join(errs...)
}

// MovedTo is the address of the server that the team has moved to; empty while it lives in this file.
func (w *File) MovedTo() string {
	w.stateMu.RLock()
	defer w.stateMu.RUnlock()
	return w.state.Moved
}
