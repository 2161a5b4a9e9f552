package db

import (
	"bytes"
	"context"
	"errors"
	"slices"

	bolt "go.etcd.io/bbolt"

	"milstolpe/db/postgres"
)

// pullTo takes in everything up to a position.
func (p *serverPlace) pullTo(ctx context.Context, conn *postgres.Conn, upTo int64) error {
	for known := p.known(); known.Pos < upTo; known = p.known() {
		to := min(known.Pos+postgres.PullAtMost, upTo)
		var records []Record
		next := known
		err := conn.Pull(ctx, known.Pos, to, func(e postgres.Event) error {
			next.MarkPos, next.Mark = e.Pos, e.Key
			r, ok, err := p.read(e)
			if ok {
				records = append(records, r)
			}
			return err
		})
		if err != nil {
			return err
		}
		next.Pos, next.Sent = to, nil
		if to < upTo {
			next.Sent = known.Sent // it may lie further on
		}
		if err := p.take(records, next); err != nil {
			return err
		}
	}
	return nil
}

// read verifies what came from the server. What cannot be read is left there and told; what is of a newer version stops us, so that it
// is taken in when the program has been brought up to date.
func (p *serverPlace) read(e postgres.Event) (Record, bool, error) {
	r, err := DecodeRecord(e.Key, e.Record)
	switch {
	case err == nil:
		return r, true, nil
	case errors.Is(err, errRecordVersion):
		return r, false, p.tooNew()
	}
	p.unread++
	p.w.options.Log.Warn("an event on the server cannot be read", "key", e.Key, "position", e.Pos, "error", err)
	return r, false, nil
}

// take stores what was pulled and the mark behind it, in one transaction.
func (p *serverPlace) take(records []Record, next serverState) error {
	slices.SortFunc(records, func(a, b Record) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	in, err := p.w.mergeRecordsAnd(records, func(tx *bolt.Tx, _ []pair) error {
		if err := p.settlePulled(tx, records); err != nil {
			return err
		}
		return writeCopy(tx, serverKey, next)
	})
	if err != nil {
		return err
	}
	p.become(next)
	in.From, in.At = p.w.path, p.w.options.Clock()
	p.w.tell(in)
	return nil
}

// settlePulled takes out of the outbox what the server has as we have it. A tombstone of ours over its content still has to go there.
func (p *serverPlace) settlePulled(tx *bolt.Tx, records []Record) error {
	outbox, events := tx.Bucket(outboxBucket), tx.Bucket(eventsBucket)
	if outbox == nil {
		return nil
	}
	var there [][]byte
	for _, r := range records {
		if outbox.Get(r.ID[:]) == nil {
			continue
		}
		own, err := DecodeRecord(r.ID[:], events.Get(r.ID[:]))
		if err == nil && own.beats(r) {
			continue
		}
		there = append(there, bytes.Clone(r.ID[:]))
	}
	return p.settle(tx, there, nil)
}

// pushBytes is about how much is sent in one push.
const pushBytes = 8 << 20

// outgoing is a part of the outbox on its way to the server.
type outgoing struct {
	keys, records, values [][]byte
	bytes                 int
}

func (o *outgoing) full() bool { return len(o.keys) >= postgres.PushAtMost || o.bytes >= pushBytes }

func (o *outgoing) add(key, record, value []byte) {
	o.keys, o.records, o.values = append(o.keys, bytes.Clone(key)), append(o.records, record), append(o.values, bytes.Clone(value))
	o.bytes += len(record)
}

// pushAll sends what waits and returns the last position that was given out by then; 0 when nothing was sent.
func (p *serverPlace) pushAll(ctx context.Context, conn *postgres.Conn, rights postgres.Rights) (pos int64, err error) {
	var after []byte
	for p.waiting.Load() > 0 {
		var batch outgoing
		err := p.w.database().view(func(tx *bolt.Tx) error { return batch.fill(tx, after, rights) })
		if err != nil || len(batch.keys) == 0 {
			return pos, err
		}
		after = batch.keys[len(batch.keys)-1]
		if pos, err = conn.Push(ctx, batch.keys, batch.records); err != nil {
			return pos, err
		}
		next := p.known()
		next.Sent = after
		err = p.note(next, func(tx *bolt.Tx) error { return p.settle(tx, batch.keys, batch.values) })
		if err != nil {
			return pos, err
		}
	}
	return pos, nil
}

// fill reads the next part of the outbox. Tombstones are left out for whoever may not send them.
func (o *outgoing) fill(tx *bolt.Tx, after []byte, rights postgres.Rights) error {
	outbox, events := tx.Bucket(outboxBucket), tx.Bucket(eventsBucket)
	if outbox == nil {
		return nil
	}
	c := outbox.Cursor()
	key, value := c.First()
	if after != nil {
		if key, value = c.Seek(after); bytes.Equal(key, after) {
			key, value = c.Next()
		}
	}
	for ; key != nil && !o.full(); key, value = c.Next() {
		r, err := DecodeRecord(key, events.Get(key))
		if err != nil {
			return damaged("", err)
		}
		if r.Erased && rights < postgres.Owner {
			continue
		}
		o.add(key, recordForServer(r), value)
	}
	return nil
}

// recordForServer is a record as the server compares it: content is sent as it lies here; a tombstone is written out, because its bytes
// have to sort as its payload does.
func recordForServer(r Record) []byte {
	if r.Erased {
		return encodePlain(r)
	}
	return EncodeRecord(r)
}

func (p *serverPlace) onlyTombstonesWait() bool {
	only := true
	_ = p.w.database().view(func(tx *bolt.Tx) error {
		outbox, events := tx.Bucket(outboxBucket), tx.Bucket(eventsBucket)
		if outbox == nil {
			return nil
		}
		c := outbox.Cursor()
		for key, _ := c.First(); key != nil && only; key, _ = c.Next() {
			r, err := DecodeRecord(key, events.Get(key))
			only = err == nil && r.Erased
		}
		return nil
	})
	return only
}
