package db

import (
	"context"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"

	"milstolpe/db/postgres"
	"milstolpe/process"
)

// serverPlace is a database server that holds the set of events. What is recorded here goes into the outbox in the same transaction and
// out of it when the server has answered; what others have recorded comes in by position, in the same transaction as the mark that says
// how far we have come. A wrong mark costs time and no data, because both are unions of sets.
type serverPlace struct {
	w       *File
	address postgres.Address

	state    serverState // guarded by w.stateMu
	newer    bool        // the schema is of a newer version; guarded by w.stateMu
	seen     []Seen      // who was seen, when that was last asked; guarded by w.stateMu
	contact  time.Time   // when the server last answered; guarded by w.stateMu
	waiting  atomic.Int64
	since    atomic.Int64 // when the first of what waits was recorded, in milliseconds; 0 when nothing waits
	unread   int          // events of the server that cannot be read; guarded by publishMu
	listened atomic.Bool  // the server tells of changes by itself
}

// serverState is what is known of the server, kept in the working copy.
type serverState struct {
	Epoch   string          `json:"epoch"` // empty: it has never been compared with what is here
	Pos     int64           `json:"pos"`   // all up to here was taken in
	MarkPos int64           `json:"mark_pos"`
	Mark    []byte          `json:"mark,omitempty"` // key of the last event that was taken in, which lies at MarkPos
	Sent    []byte          `json:"sent,omitempty"` // key of an event that was acknowledged after that
	Rights  postgres.Rights `json:"rights"`
	There   int             `json:"there"`          // events on the server, when last counted
	Lost    int             `json:"lost,omitempty"` // events that it had lost and that are being sent again
	Checked time.Time       `json:"checked,omitzero"`
	Contact time.Time       `json:"contact,omitzero"`
}

func newServerPlace(w *File, path string) (*serverPlace, error) {
	a, err := postgres.ParseAddress(path)
	return &serverPlace{w: w, address: a}, err
}

// load reads what the working copy knows of the server.
func (p *serverPlace) load(tx *bolt.Tx) error {
	var s serverState
	if err := readCopy(tx, serverKey, &s); err != nil {
		return err
	}
	n, first := int64(0), int64(0)
	if b := tx.Bucket(outboxBucket); b != nil {
		_ = b.ForEach(func(_, value []byte) error {
			n++
			if at := waitingFrom(value); first == 0 || at < first {
				first = at
			}
			return nil
		})
	}
	p.waiting.Store(n)
	p.since.Store(first)
	p.w.stateMu.Lock()
	defer p.w.stateMu.Unlock()
	p.state = s
	if s.Rights == postgres.Reader && n == 0 {
		p.w.limit = p.onlyReader()
	}
	return nil
}

func (p *serverPlace) onlyReader() error {
	return &process.Error{Kind: process.Conflict, Msg: "server.reader", Args: []any{p.address.Name(), p.address.User}}
}

func (p *serverPlace) tooNew() error {
	return &process.Error{Kind: process.Newer, Msg: "server.newer", Args: []any{p.address.Name()}}
}

// known is what is known of the server.
func (p *serverPlace) known() serverState {
	p.w.stateMu.RLock()
	defer p.w.stateMu.RUnlock()
	return p.state
}

func (p *serverPlace) become(s serverState) {
	p.w.stateMu.Lock()
	defer p.w.stateMu.Unlock()
	p.state = s
}

// save keeps what is known of the server.
func (p *serverPlace) save(s serverState) error {
	s.Contact = p.w.options.Clock()
	return p.note(s, func(*bolt.Tx) error { return nil })
}

// note writes down what is known of the server, and does also in the same transaction.
func (p *serverPlace) note(s serverState, also func(*bolt.Tx) error) error {
	p.w.writeMu.Lock()
	defer p.w.writeMu.Unlock()
	if err := p.w.ready(); err != nil {
		return err
	}
	err := p.w.store.update(func(tx *bolt.Tx) error {
		if err := also(tx); err != nil {
			return err
		}
		return writeCopy(tx, serverKey, s)
	})
	if err != nil {
		return writeError(p.w.copyDir.database(), err)
	}
	p.become(s)
	return nil
}

func (p *serverPlace) tell(s *State) {
	s.Server = true
	s.Pending = int(p.waiting.Load())
	if at := p.since.Load(); at > 0 && s.Pending > 0 {
		s.WaitingSince = time.UnixMilli(at)
	}
	s.PublishedAt = p.contact
	if s.PublishedAt.IsZero() {
		s.PublishedAt = p.state.Contact
	}
}

func (p *serverPlace) owes() bool { return p.waiting.Load() > 0 }

// changed is answered by every pull, which begins with a look.
func (p *serverPlace) changed(context.Context) bool { return true }

func (p *serverPlace) pull(ctx context.Context) error { return p.sync(ctx, false) }

func (p *serverPlace) push(ctx context.Context, _ bool) error { return p.sync(ctx, true) }

// dial connects with what is known about how to come to the server.
func (p *serverPlace) dial(ctx context.Context) (*postgres.Conn, error) {
	login, err := loginFor(p.w.options.StateDir, p.address)
	if err != nil {
		return nil, err
	}
	return postgres.Dial(ctx, p.address, login)
}

// sync is one visit: look, take in, send, and take in what was sent, so that the mark stands behind it.
func (p *serverPlace) sync(ctx context.Context, send bool) error {
	conn, err := p.dial(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	s, err := p.look(ctx, conn)
	if err != nil {
		return err
	}
	if err := p.exchange(ctx, conn, s, send); err != nil {
		return err
	}
	if same, err := p.check(ctx, conn); err != nil {
		return err
	} else if !same {
		if err := p.reconcile(ctx, conn, s); err != nil {
			return err
		}
		if s, err = conn.Look(ctx, postgres.Known{}); err != nil {
			return err
		}
		if err := p.exchange(ctx, conn, s, send); err != nil {
			return err
		}
	}
	return p.unsent(s)
}

// look asks where the server stands. One that is not the same any more is compared with what is here.
func (p *serverPlace) look(ctx context.Context, conn *postgres.Conn) (postgres.Standing, error) {
	known := p.known()
	s, err := conn.Look(ctx, postgres.Known{Epoch: known.Epoch, UpTo: known.Pos, Pos: known.MarkPos, Key: known.Mark, Sent: known.Sent})
	if err != nil {
		return s, err
	}
	p.permit(s, known.Rights)
	if !s.Same {
		return s, p.reconcile(ctx, conn, s)
	}
	if s.Rights != known.Rights || p.w.options.Clock().Sub(known.Contact) > rememberContact {
		known.Rights = s.Rights
		return s, p.save(known)
	}
	return s, nil
}

// rememberContact is how old the last contact may get before it is written down again. Memory knows it better.
const rememberContact = 10 * time.Minute

// permit says what may be recorded here: nothing where the schema is newer than this program, and nothing by whoever may only read. One
// whose right was taken away goes on working, and what waits is kept.
func (p *serverPlace) permit(s postgres.Standing, before postgres.Rights) {
	p.w.stateMu.Lock()
	defer p.w.stateMu.Unlock()
	p.contact = p.w.options.Clock()
	p.newer = s.Version > postgres.SchemaVersion
	switch {
	case p.newer:
		p.w.limit = p.tooNew()
	case s.Rights > postgres.Reader:
		p.w.limit = nil
	case before <= postgres.Reader && p.waiting.Load() == 0:
		p.w.limit = p.onlyReader()
	}
}

// exchange takes in and, with send, sends, until both have the same.
func (p *serverPlace) exchange(ctx context.Context, conn *postgres.Conn, s postgres.Standing, send bool) error {
	upTo := s.Pos
	for {
		if err := p.pullTo(ctx, conn, upTo); err != nil {
			return err
		}
		if !send || s.Rights < postgres.User || s.Version > postgres.SchemaVersion {
			return nil
		}
		pos, err := p.pushAll(ctx, conn, s.Rights)
		if err != nil {
			return err
		}
		if pos <= upTo {
			return p.tellLost()
		}
		upTo = pos
	}
}

// unsent says why something still waits although the server was reached.
func (p *serverPlace) unsent(s postgres.Standing) error {
	switch waits := p.waiting.Load() > 0; {
	case s.Version > postgres.SchemaVersion:
		return p.tooNew()
	case p.unread > 0:
		return &process.Error{Kind: process.Damaged, Msg: "server.unreadable", Args: []any{p.unread}}
	case waits && s.Rights < postgres.User:
		return &process.Error{Kind: process.Conflict, Msg: "server.no_right", Args: []any{p.address.Name(), p.address.User}}
	case waits && s.Rights < postgres.Owner && p.onlyTombstonesWait():
		return &process.Error{Kind: process.Conflict, Msg: "server.erasing_waits", Args: []any{int(p.waiting.Load())}}
	}
	return nil
}
