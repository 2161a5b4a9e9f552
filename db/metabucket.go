package db

import (
	"encoding/json"
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
