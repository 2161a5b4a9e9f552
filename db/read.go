package db

import (
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"milstolpe/process"
)

// readStore reads a shared file with bbolt, every event of it, and verifies each. It is for files that this process wrote a moment
// ago or copied to a private place; see foreign.go for all others.
func readStore(path string, each func(Record) error) (m Manifest, t *setSummary, err error) {
	if _, err := preflight(path, true); err != nil {
		return m, nil, err
	}
	s, err := openStore(path, true)
	if err != nil {
		return m, nil, err
	}
	t = newTally()
	err = s.view(func(tx *bolt.Tx) error {
		if m, err = manifestIn(tx); err != nil {
			return damaged(path, err)
		}
		return forEach(tx, func(key, value []byte) error {
			r, err := DecodeRecord(key, value)
			if err != nil {
				return damaged(path, fmt.Errorf("event %x: %w", key, err))
			}
			t.add(r)
			if each != nil {
				return each(r)
			}
			return nil
		})
	})
	return m, t, errors.Join(err, s.close())
}

func manifestIn(tx *bolt.Tx) (Manifest, error) {
	b := tx.Bucket(manifestBucket)
	if b == nil {
		return Manifest{}, errors.New("there is no manifest")
	}
	return decodeManifest(b.Get(manifestKey))
}

// newerFormat is the refusal to write a file whose format this version does not know.
func newerFormat(path string, m Manifest) error {
	return &process.Error{Kind: process.Newer, Msg: "file.newer", Args: []any{path, m.Wrote}}
}
