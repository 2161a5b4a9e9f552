package db

import (
	"context"
	"time"

	"milstolpe/db/postgres"
)

const (
	// listenAgain is after how long a server that told of changes is listened to again when the connection has ended, and listenLater
	// one that did not answer our notice: perhaps there is a pooler between, which may go away.
	listenAgain = 15 * time.Second
	listenLater = 10 * time.Minute
	// looksUnheard is how many looks are left out while the server tells of changes by itself.
	looksUnheard = 4
	// backoffLooks is after how many times of looking a server is tried again at the latest: 5 minutes.
	backoffLooks = 20
)

// runServer sends after changes, tries again after failures, and takes in what others have sent: when the server says so, or by looking.
func (t *syncLoop) runServer(ctx context.Context, p *serverPlace) {
	told := make(chan struct{}, 1)
	listening := make(chan struct{})
	go func() {
		defer close(listening)
		p.listen(ctx, told)
	}()
	defer func() { <-listening }()
	var quiet, latest, retry <-chan time.Time
	every := t.w.options.PollEvery
	look := time.NewTicker(every)
	defer look.Stop()
	backup := time.NewTimer(firstBackup)
	defer backup.Stop()
	wait, unheard := t.w.options.Debounce, 0
	now := make(chan struct{}, 1)
	now <- struct{}{} // at once, to see what has come meanwhile
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.wake:
			quiet = time.After(t.w.options.Debounce)
			if latest == nil {
				latest = time.After(t.w.options.MaxDelay)
			}
			continue
		case <-backup.C:
			t.backup(ctx)
			backup.Reset(backupEvery)
			continue
		case <-look.C:
			unheard++
			if retry != nil || p.listened.Load() && unheard < looksUnheard {
				continue
			}
		case <-told:
			if retry != nil {
				continue
			}
		case <-now:
		case <-quiet:
		case <-latest:
		case <-retry:
		}
		quiet, latest, retry, unheard = nil, nil, nil, 0
		err := t.w.publishAnd(ctx, false)
		t.log(ctx, "exchange with the server", err)
		if err == nil {
			wait = t.w.options.Debounce
			continue
		}
		retry = time.After(wait)
		wait = min(2*wait, backoffLooks*every)
	}
}

// listen hears what the server says of changes, as long as ctx lasts.
func (p *serverPlace) listen(ctx context.Context, told chan<- struct{}) {
	for ctx.Err() == nil {
		login, err := loginFor(p.w.options.StateDir, p.address)
		again := listenLater
		if err == nil {
			err = postgres.Listen(ctx, p.address, login, func() { again = listenAgain; p.listened.Store(true) }, func() {
				select {
				case told <- struct{}{}:
				default: // it knows already
				}
			})
		}
		p.listened.Store(false)
		if err != nil && ctx.Err() == nil {
			p.w.options.Log.Debug("listen to the server", "address", p.w.path, "error", err)
		}
		if _, unreachable := p.away(); unreachable {
			again = listenAgain
		}
		if pause(ctx, min(again, backoffLooks*p.w.options.PollEvery)) != nil {
			return
		}
	}
}

// away tells since when the server has not been reached.
func (p *serverPlace) away() (problem error, away bool) {
	p.w.stateMu.RLock()
	defer p.w.stateMu.RUnlock()
	return p.w.state.problem, p.w.state.problem != nil
}
