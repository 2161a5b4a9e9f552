package db

import (
	"encoding/binary"
	"slices"

	bolt "go.etcd.io/bbolt"
)

// A value of the outbox: when it was put there, in milliseconds, and the checksum of the record that waits, because a tombstone may
// take its place while it is being sent.
const outboxValue = 12

func waitingFrom(value []byte) int64 {
	if len(value) != outboxValue {
		return 0
	}
	return int64(binary.BigEndian.Uint64(value))
}

// keep puts events into the outbox.
func (p *serverPlace) keep(tx *bolt.Tx, events []pair) error {
	if len(events) == 0 {
		return nil
	}
	b, err := tx.CreateBucketIfNotExists(outboxBucket)
	if err != nil {
		return err
	}
	now := p.w.options.Clock().UnixMilli()
	added := int64(0)
	for _, e := range events {
		if b.Get(e.key) == nil {
			added++
		}
		value := binary.BigEndian.AppendUint64(make([]byte, 0, outboxValue), uint64(now))
		if err := b.Put(e.key, append(value, e.value[crcAt:seqAt]...)); err != nil {
			return err
		}
	}
	tx.OnCommit(func() {
		p.since.CompareAndSwap(0, now)
		p.waiting.Add(added)
	})
	return nil
}

// settle takes keys out of the outbox, in the same transaction as what makes that right. still, unless it is nil, is what the value was
// when the event was sent; when it is another one by now, the event has changed and stays.
func (p *serverPlace) settle(tx *bolt.Tx, keys, still [][]byte) error {
	b := tx.Bucket(outboxBucket)
	if b == nil {
		return nil
	}
	gone := int64(0)
	for i, key := range keys {
		value := b.Get(key)
		if value == nil || still != nil && !slices.Equal(value, still[i]) {
			continue
		}
		if err := b.Delete(key); err != nil {
			return err
		}
		gone++
	}
	tx.OnCommit(func() {
		if p.waiting.Add(-gone) == 0 {
			p.since.Store(0)
		}
	})
	return nil
}
