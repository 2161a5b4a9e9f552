package db

import (
	"context"
	"errors"

	"milstolpe/db/postgres"
	"milstolpe/process"
)

// MoveToServer moves the team to a server: everything is sent there and compared, and the shared file says from then on where the team
// has gone. It returns the whole address, to open. What others still record in the file comes along when they join. The file stays
// where it is, whole. Moving again sends what is missing.
func (w *File) MoveToServer(ctx context.Context, to string, progress func(done, of int)) (address string, err error) {
	if err := w.ReadOnly(); err != nil {
		return "", err
	}
	a, err := w.destination(to)
	if err != nil {
		return "", err
	}
	conn, err := dialAs(ctx, a, w.options)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	a.CAFile = ""
	if err := w.Publish(ctx); err != nil { // what others have put into the file comes along
		return "", err
	}
	if _, err := w.Backup(ctx, BeforeMigration); err != nil {
		return "", err
	}
	if err := conn.Found(ctx); err != nil {
		return "", err
	}
	m := &move{w: w, conn: conn, progress: progress}
	if m.standing, err = conn.Look(ctx, postgres.Known{}); err != nil {
		return "", err
	}
	if err := m.send(ctx); err != nil {
		return "", err
	}
	// Nothing may be recorded here between the last comparison and the moment when pages are about the server.
	w.setLimit(&process.Error{Kind: process.Conflict, Msg: "server.moved", Args: []any{a.Name()}})
	if err := m.finish(ctx, a); err != nil {
		w.setLimit(nil)
		return "", err
	}
	return a.String(), nil
}

// destination is where the file moves to: its own dataset, at the place that is named.
func (w *File) destination(to string) (postgres.Address, error) {
	a, err := postgres.ParseAddress(to)
	if err != nil {
		return a, err
	}
	switch {
	case IsServer(w.path):
		return a, process.Wrong("", "server.moves_from_file")
	case a.Dataset != "" && a.Dataset != w.dataset:
		return a, &process.Error{Kind: process.Conflict, Msg: "server.other_dataset", Args: []any{a.Name()}}
	}
	a.Dataset = w.dataset
	return a.Complete()
}

func (w *File) setLimit(err error) {
	w.stateMu.Lock()
	defer w.stateMu.Unlock()
	w.limit = err
}

// move is one move to a server.
type move struct {
	w        *File
	conn     *postgres.Conn
	standing postgres.Standing
	progress func(done, of int)
}

// send sends what the server lacks.
func (m *move) send(ctx context.Context) error {
	there, err := m.keys(ctx)
	if err != nil {
		return err
	}
	var lacks []Record
	err = m.w.Records(func(r Record) error {
		erased, ok := there[r.ID]
		if !ok || r.Erased && !erased {
			lacks = append(lacks, r.clone())
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, r := range lacks {
		if r.Erased && m.standing.Rights < postgres.Owner {
			return &process.Error{Kind: process.Conflict, Msg: "server.move_needs_owner"}
		}
	}
	for done := 0; done < len(lacks); {
		var batch outgoing
		for done < len(lacks) && !batch.full() {
			batch.add(lacks[done].ID[:], recordForServer(lacks[done]), nil)
			done++
		}
		if _, err := m.conn.Push(ctx, batch.keys, batch.records); err != nil {
			return err
		}
		if m.progress != nil {
			m.progress(done, len(lacks))
		}
	}
	return nil
}

func (m *move) keys(ctx context.Context) (map[process.EventID]bool, error) {
	there := map[process.EventID]bool{}
	err := m.conn.Keys(ctx, func(key []byte, erased bool) error {
		if len(key) == keyLen {
			there[process.EventID(key)] = erased
		}
		return nil
	})
	return there, err
}

// finish sends what was recorded while the rest was on its way, compares count and set hash, and leaves a sign in the file.
func (m *move) finish(ctx context.Context, a postgres.Address) error {
	if err := m.send(ctx); err != nil {
		return err
	}
	if err := m.compare(ctx); err != nil {
		return err
	}
	w := m.w
	w.publishMu.Lock()
	defer w.publishMu.Unlock()
	w.stateMu.Lock()
	w.state.Moved = a.Place()
	w.stateMu.Unlock()
	err := errChangedMeanwhile
	for try := 0; try < publishTries && errors.Is(err, errChangedMeanwhile); try++ {
		if err = w.takeIn(ctx); err == nil {
			err = w.writeNow(ctx)
		}
	}
	if err != nil {
		w.stateMu.Lock()
		w.state.Moved = ""
		w.stateMu.Unlock()
	}
	return err
}

// compare finds out whether the server holds all of ours: when nobody else has sent anything there, by count and hash alone.
func (m *move) compare(ctx context.Context) error {
	s, err := m.conn.Look(ctx, postgres.Known{})
	if err != nil {
		return err
	}
	n, sum, err := m.conn.Sum(ctx, s.Pos)
	if err != nil {
		return err
	}
	m.w.stateMu.RLock()
	events, keys := m.w.summary.events, m.w.summary.keys
	m.w.stateMu.RUnlock()
	if int(n) == events && keys.is(sum) {
		return nil
	}
	there, err := m.keys(ctx)
	if err != nil {
		return err
	}
	missing := 0
	err = m.w.Records(func(r Record) error {
		if _, ok := there[r.ID]; !ok {
			missing++
		}
		return nil
	})
	if err == nil && missing > 0 {
		err = &process.Error{Kind: process.Internal, Msg: "server.move_differs", Args: []any{missing}}
	}
	return err
}
