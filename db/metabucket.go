package db

import (
	"encoding/json"
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// readCopy reads what the working copy knows about itself under key into v; nothing there leaves v alone.
func readCopy(tx *bolt.Tx, key []byte, v any) error {
	b := tx.Bucket(copyBucket)
	if b == nil {
		return nil
	}
	text := b.Get(key)
	if text == nil {
		return nil
	}
	if err := json.Unmarshal(text, v); err != nil {
		return fmt.Errorf("read %s of the working copy: %w", key, err)
	}
	return nil
}

// forget makes a working copy one of a file at another path, of which nothing is known yet.
func (s *store) forget(a copyInfo) error {
	return s.update(func(tx *bolt.Tx) error {
		var state sharedState
		if err := readCopy(tx, seenKey, &state); err != nil {
			return err
		}
		return errors.Join(writeCopy(tx, seenKey, sharedState{Moved: state.Moved}), writeCopy(tx, aboutKey, a))
	})
}

func writeCopy(tx *bolt.Tx, key []byte, v any) error {
	b, err := tx.CreateBucketIfNotExists(copyBucket)
	if err != nil {
		return err
	}
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return b.Put(key, text)
}
