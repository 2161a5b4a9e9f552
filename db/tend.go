package db

import (
	"context"
	"time"
)

// tender does in the background what nobody should have to ask for: it publishes after changes, and tries again after failures. A nil
// tender does nothing.
type tender struct {
	w      *Working
	wake   chan struct{}
	cancel context.CancelFunc
	done   chan struct{}
}

const retryAtMost = time.Minute

func newTender(w *Working) *tender {
	ctx, cancel := context.WithCancel(context.Background())
	t := &tender{w: w, wake: make(chan struct{}, 1), cancel: cancel, done: make(chan struct{})}
	go t.run(ctx)
	return t
}

// changed says that something was recorded.
func (t *tender) changed() {
	if t == nil {
		return
	}
	select {
	case t.wake <- struct{}{}:
	default: // it knows already
	}
}

// stop ends the background work and waits for what is under way.
func (t *tender) stop() {
	if t == nil {
		return
	}
	t.cancel()
	<-t.done
}

// run publishes when nothing has changed for a while, and at the latest some time after the first change.
func (t *tender) run(ctx context.Context) {
	defer close(t.done)
	var quiet, latest, retry <-chan time.Time
	wait := t.w.o.Settle
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.wake:
			quiet = time.After(t.w.o.Settle)
			if latest == nil {
				latest = time.After(t.w.o.SettleAtMost)
			}
			continue
		case <-quiet:
		case <-latest:
		case <-retry:
		}
		quiet, latest, retry = nil, nil, nil
		if err := t.w.Publish(ctx); err != nil && ctx.Err() == nil {
			t.w.o.Log.Warn("publish", "path", t.w.path, "error", err)
			wait = min(2*wait, retryAtMost)
			retry = time.After(wait)
		} else {
			wait = t.w.o.Settle
		}
	}
}
