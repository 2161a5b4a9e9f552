package db

import (
	"errors"
	"io"
	"log/slog"
	"time"
)

// Options say where a working copy lies, who works in it, and where time and chance come from.
type Options struct {
	// StateDir is the folder for what is private to this computer and user: working copies and backups. It is made with mode 0700.
	StateDir string
	// Clock and Entropy are what time it is and where identities come from; both are required.
	Clock   func() time.Time
	Entropy io.Reader
	// Person, Computer and Version go into the first event of each run that records something.
	Person, Computer, Version string
	// Log takes what happens in the background; nil for none.
	Log *slog.Logger
	// ReadOnly reads the shared file whole, and what the working copy has beyond it, and opens neither for writing, so it works while
	// another program has the file open.
	ReadOnly bool
	// Manual leaves everything to the caller: Publish, TakeIn and Backup happen when they are called, and never by themselves. Close
	// still publishes.
	Manual bool

	// Debounce is how long after the last change the shared file is written, SettleAtMost how long after the first one, and Look how
	// often the shared file is looked at. Zero means 2, 10 and 3 seconds.
	Debounce, MaxDelay, PollEvery time.Duration

	step func(name string) // lets tests do something between the steps of a publication
}

func (o Options) at(step string) {
	if o.step != nil {
		o.step(step)
	}
}

const (
	defaultSettle       = 2 * time.Second
	defaultSettleAtMost = 10 * time.Second
	defaultLook         = 3 * time.Second
)

func (o Options) complete() (Options, error) {
	if o.Clock == nil || o.Entropy == nil {
		return o, errors.New("open a file: a clock and a source of entropy are needed")
	}
	if o.StateDir == "" && !o.ReadOnly {
		return o, errors.New("open a file: a state folder is needed")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.Debounce = positive(o.Debounce, defaultSettle)
	o.MaxDelay = positive(o.MaxDelay, defaultSettleAtMost)
	o.PollEvery = positive(o.PollEvery, defaultLook)
	return o, nil
}

func positive(d, otherwise time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return otherwise
}

// apart is how long to wait before the next try, at random, so that several computers do not go on in step.
func (o Options) apart(try int) time.Duration {
	var b [1]byte
	_, _ = o.Entropy.Read(b[:]) // without entropy they go in step, and no worse
	return time.Duration(try) * time.Duration(5+b[0]%20) * time.Millisecond
}
