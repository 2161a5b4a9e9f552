package db

import (
	"context"
	"log/slog"
	"time"
)

// syncLoop does in the background what nobody should have to ask for: it publishes after changes, tries again after failures, and looks
// whether others have changed the shared file. A nil tender does nothing.
type syncLoop struct {
	w      *File
	wake   chan struct{}
	cancel context.CancelFunc
	done   chan struct{}

	backedUp bool
	took     time.Duration // the last publication
	said     string        // what the log was last told
}

const retryAtMost = time.Minute

const (
	publishShare  = 10 // publishing takes at most one part in so many of the time
	publishAtMost = time.Minute
)

func newTender(w *File) *syncLoop {
	ctx, cancel := context.WithCancel(context.Background())
	t := &syncLoop{w: w, wake: make(chan struct{}, 1), cancel: cancel, done: make(chan struct{})}
	go t.run(ctx)
	return t
}

// changed says that something was recorded.
func (t *syncLoop) changed() {
	if t == nil {
		return
	}
	select {
	case t.wake <- struct{}{}:
	default: // it knows already
	}
}

// stop ends the background work and waits for what is under way.
func (t *syncLoop) stop() {
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
func (t *syncLoop) run(ctx context.Context) {
	defer close(t.done)
	if p, ok := t.w.place.(*serverPlace); ok {
		t.runServer(ctx, p)
		return
	}
	var quiet, latest, retry <-chan time.Time
	wait := t.w.options.Debounce
	looks := time.NewTicker(t.w.options.PollEvery)
	defer looks.Stop()
	backup := time.NewTimer(firstBackup)
	defer backup.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.wake:
			quiet = time.After(t.inProportion(t.w.options.Debounce))
			if latest == nil {
				latest = time.After(t.inProportion(t.w.options.MaxDelay))
			}
			continue
		case <-backup.C:
			t.backup(ctx)
			backup.Reset(backupEvery)
			continue
		case <-looks.C:
			if !t.look(ctx, retry != nil) {
				continue
			}
		case <-quiet:
		case <-latest:
		case <-retry:
		}
		quiet, latest, retry = nil, nil, nil
		began := t.w.options.Clock()
		err := t.w.publishAnd(ctx, false)
		t.took = t.w.options.Clock().Sub(began)
		t.log(ctx, "publish", err)
		if err == nil {
			wait = t.w.options.Debounce
			continue
		}
		wait = min(2*wait, retryAtMost)
		retry = time.After(wait)
	}
}

// look looks for second copies and at the shared file, and tells whether there is something to take in and publish. While writing is to be tried
// again, because it failed a moment ago, what others wrote is read without waiting for that.
func (t *syncLoop) look(ctx context.Context, retrying bool) (publish bool) {
	if err := t.w.lookForCopies(ctx); err != nil && ctx.Err() == nil {
		t.w.options.Log.Debug("look for second copies", "path", t.w.path, "error", err) // the state of the file says it when the folder is away
	}
	back := t.w.cameBack() // one that was put back looks as it did when it was last seen
	changed, err := t.w.placeChanged(ctx)
	if err != nil {
		t.w.setProblem(err)
		t.log(ctx, "look at the shared file", err)
		return false
	}
	if !changed && !back {
		return false
	}
	if retrying && !back {
		t.log(ctx, "look at the shared file", t.w.Pull(ctx))
		return false
	}
	return true
}

// placeChanged looks at the place while nobody else does.
func (w *File) placeChanged(ctx context.Context) (changed bool, err error) {
	err = w.atPlace(func() error { changed = w.place.changed(ctx); return nil })
	return changed, err
}

// inProportion is how long to wait before a publication: as the options say, but ten times as long as the last one took, so that those who
// work on a large file have their computer to themselves; and never longer than a minute for that. What waits is safe in the working copy,
// and is published at once when the file is closed.
func (t *syncLoop) inProportion(wait time.Duration) time.Duration {
	return max(wait, min(publishShare*t.took, publishAtMost))
}

func (t *syncLoop) backup(ctx context.Context) {
	why := Daily
	if !t.backedUp {
		why, t.backedUp = AfterOpen, true
	}
	_, err := t.w.Backup(ctx, why)
	t.log(ctx, "back up", err)
}

func (t *syncLoop) log(ctx context.Context, what string, err error) {
	if err == nil || ctx.Err() != nil {
		return
	}
	level := slog.LevelWarn
	if err.Error() == t.said { // a folder that is away is looked for every few seconds
		level = slog.LevelDebug
	}
	t.said = err.Error()
	t.w.options.Log.Log(ctx, level, "in the background", "what", what, "path", t.w.path, "error", err)
}
