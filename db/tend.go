package db

import (
	"context"
	"time"
)

// tender does in the background what nobody should have to ask for: it publishes after changes, tries again after failures, and looks
// whether others have changed the shared file. A nil tender does nothing.
type tender struct {
	w      *Working
	wake   chan struct{}
	cancel context.CancelFunc
	done   chan struct{}

	backedUp bool
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

// firstBackup is how long after the start the first backup is made, when the first page has long been shown, and backupEvery how often
// it is looked whether today's is there.
const (
	firstBackup = 5 * time.Second
	backupEvery = time.Hour
)

// run publishes when nothing has changed for a while, and at the latest some time after the first change.
func (t *tender) run(ctx context.Context) {
	defer close(t.done)
	var quiet, latest, retry <-chan time.Time
	wait := t.w.o.Settle
	look := time.NewTicker(t.w.o.Look)
	defer look.Stop()
	backup := time.NewTimer(firstBackup)
	defer backup.Stop()
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
		case <-backup.C:
			t.backup(ctx)
			backup.Reset(backupEvery)
			continue
		case <-look.C:
			if !t.w.sharedChanged() {
				continue
			}
			if retry != nil { // writing failed a moment ago, but reading what others wrote does not wait for that
				t.log(ctx, "look at the shared file", t.w.TakeIn(ctx))
				continue
			}
		case <-quiet:
		case <-latest:
		case <-retry:
		}
		quiet, latest, retry = nil, nil, nil
		err := t.w.publishAnd(ctx, false)
		t.log(ctx, "publish", err)
		if err == nil {
			wait = t.w.o.Settle
			continue
		}
		wait = min(2*wait, retryAtMost)
		retry = time.After(wait)
	}
}

func (t *tender) backup(ctx context.Context) {
	why := Daily
	if !t.backedUp {
		why, t.backedUp = AfterOpen, true
	}
	_, err := t.w.Backup(ctx, why)
	t.log(ctx, "back up", err)
}

func (t *tender) log(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		t.w.o.Log.Warn("in the background", "what", what, "path", t.w.path, "error", err)
	}
}
