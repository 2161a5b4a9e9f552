package db

import (
	"context"
	"time"

	"milstolpe/db/postgres"
)

// ServerStatus is what is known of the server that holds the events.
type ServerStatus struct {
	Address, Login string
	Rights         string    // reader, user, owner; empty while the server has not said it
	Here, There    int       // events
	Waiting        int       // events that have not been sent
	Contact        time.Time // when the server last answered
	Seen           []Seen    // logins that have sent something in 30 days, the latest first
	Problem        error     // why it cannot be asked now
}

// seenFor is how far back people are looked for.
const seenFor = 30 * 24 * time.Hour

// ServerStatus asks the server, unless it is known not to answer, and says what was last known of it then. ok is false for a file.
func (w *File) ServerStatus(ctx context.Context) (s ServerStatus, ok bool) {
	p, ok := w.place.(*serverPlace)
	if !ok {
		return s, false
	}
	s.Problem = w.State().Problem
	if s.Problem == nil {
		s.Problem = p.count(ctx)
	}
	s.Address, s.Login, s.Waiting, s.Contact = p.address.String(), p.address.User, int(p.waiting.Load()), w.State().PublishedAt
	w.stateMu.RLock()
	defer w.stateMu.RUnlock()
	s.Here, s.There, s.Rights, s.Seen = w.summary.events, p.state.There, p.state.Rights.String(), p.seen
	return s, true
}

// count asks how many events there are and who sent the latest.
func (p *serverPlace) count(ctx context.Context) error {
	conn, err := p.dial(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	s, err := conn.Look(ctx, postgres.Known{})
	if err != nil {
		return err
	}
	n, err := conn.Count(ctx)
	if err != nil {
		return err
	}
	seen, err := conn.SeenSince(ctx, p.w.options.Clock().Add(-seenFor))
	if err != nil {
		return err
	}
	p.w.stateMu.Lock()
	defer p.w.stateMu.Unlock()
	p.contact, p.state.There, p.state.Rights, p.seen = p.w.options.Clock(), n, s.Rights, seen
	return nil
}
