package db

import (
	"bytes"
	"context"
	"math/big"
	"time"

	bolt "go.etcd.io/bbolt"

	"milstolpe/db/postgres"
	"milstolpe/process"
)

// reconcile compares the keys of the server with ours, puts into the outbox what it lacks, and starts again from the beginning. It is
// for a server that was put back or replaced, and for a working copy that does not know where it stands.
func (p *serverPlace) reconcile(ctx context.Context, conn *postgres.Conn, s postgres.Standing) error {
	there := map[process.EventID]bool{} // whether a tombstone lies there
	err := conn.Keys(ctx, func(key []byte, erased bool) error {
		if len(key) == keyLen {
			there[process.EventID(key)] = erased
		}
		return nil
	})
	if err != nil {
		return err
	}
	p.w.writeMu.Lock()
	defer p.w.writeMu.Unlock()
	known := p.known()
	next := serverState{Epoch: s.Epoch, Rights: s.Rights, There: len(there), Checked: p.w.options.Clock(), Contact: p.w.options.Clock(), Lost: known.Lost}
	err = p.w.database().update(func(tx *bolt.Tx) error {
		lacks, err := lackedBy(there, tx)
		if err != nil {
			return err
		}
		if known.Epoch != "" {
			next.Lost += countNew(tx, lacks)
		}
		if err := p.keep(tx, lacks); err != nil {
			return err
		}
		return writeCopy(tx, serverKey, next)
	})
	if err != nil {
		return writeError(p.w.copyDir.database(), err)
	}
	p.unread = 0
	p.become(next)
	if known.Epoch != "" {
		p.w.options.Log.Warn("the server is not as it was and is brought up to date", "address", p.w.path, "lost", next.Lost-known.Lost)
	}
	return nil
}

// lackedBy are our events that are not there, and tombstones of ours where content lies.
func lackedBy(there map[process.EventID]bool, tx *bolt.Tx) (lacks []pair, err error) {
	err = forEach(tx, func(key, value []byte) error {
		erased, ok := there[process.EventID(key)]
		if !ok || !erased && value[5]&kindTombstone != 0 {
			lacks = append(lacks, pair{bytes.Clone(key), bytes.Clone(value)})
		}
		return nil
	})
	return lacks, err
}

// countNew is how many of the events do not wait in the outbox already.
func countNew(tx *bolt.Tx, events []pair) (n int) {
	outbox := tx.Bucket(outboxBucket)
	for _, e := range events {
		if outbox == nil || outbox.Get(e.key) == nil {
			n++
		}
	}
	return n
}

// tellLost says how much the server had lost, when it has all of it again.
func (p *serverPlace) tellLost() error {
	known := p.known()
	if known.Lost == 0 || p.waiting.Load() > 0 {
		return nil
	}
	p.w.tell(Incoming{From: p.w.path, At: p.w.options.Clock(), Gone: known.Lost})
	known.Lost = 0
	return p.save(known)
}

// checkEvery is how often count and set hash of the server are compared with ours.
const checkEvery = 24 * time.Hour

// check compares count and set hash with the server's, when that was not done for a day and nothing waits to be sent.
func (p *serverPlace) check(ctx context.Context, conn *postgres.Conn) (same bool, err error) {
	known := p.known()
	if p.w.options.Clock().Sub(known.Checked).Abs() < checkEvery {
		return true, nil
	}
	p.w.writeMu.Lock()
	waits := p.waiting.Load() > 0
	events, keys := p.w.summary.events, p.w.summary.keys
	p.w.writeMu.Unlock()
	if waits {
		return true, nil
	}
	n, sum, err := conn.Sum(ctx, known.Pos)
	if err != nil {
		return true, err
	}
	known.There, known.Checked = int(n), p.w.options.Clock()
	if same = int(n) == events && keys.is(sum); !same {
		p.w.options.Log.Warn("the server does not hold what is here", "address", p.w.path, "there", n, "here", events)
	}
	return same, p.save(known)
}

// is compares with the same four numbers as decimal texts.
func (h SetHash) is(sum [4]string) bool {
	for i, text := range sum {
		n, ok := new(big.Int).SetString(text, 10)
		if !ok || !n.IsUint64() || n.Uint64() != h[i] {
			return false
		}
	}
	return true
}
