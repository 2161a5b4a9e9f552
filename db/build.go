package db

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	bolt "go.etcd.io/bbolt"

	"milstolpe/process"
)

// buildBatch is how many events go into one transaction of a file that is being written: enough to be quick, and few enough not to
// hold a large file in memory.
const buildBatch = 20_000

// source hands out the records of a set of events in the order of their keys.
type source func(each func(key, value []byte) error) error

func (s *store) records() source {
	return func(each func(key, value []byte) error) error {
		return s.view(func(tx *bolt.Tx) error { return forEach(tx, each) })
	}
}

func forEach(tx *bolt.Tx, each func(key, value []byte) error) error {
	b := tx.Bucket(eventsBucket)
	if b == nil {
		return fmt.Errorf("there is no bucket %q", eventsBucket)
	}
	return b.ForEach(each)
}

// writeWhole writes a shared file in one piece: to a temporary file in the same folder, which is closed, opened again, verified, forced
// to the disk, and only then takes the place of the old one by way of put. Whatever fails, the old file is as it was.
func writeWhole(path string, m Manifest, events source, put func(temp, path string) error) error {
	return writeReusing(nil, path, m, events, put)
}

// errCopies says that what was copied is not what it was: others have written the file that it was copied from. Nothing is copied the next time.
var errCopies = errors.New("the blocks that were copied are others")

// writeReusing is writeWhole with blocks copied that were written earlier and did not change.
func writeReusing(reuse *reuse, path string, m Manifest, events source, put func(temp, path string) error) error {
	temp, err := tempBeside(path, m.Publication)
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temp) }() // nothing is there any more when all went well
	wrote, err := build(temp, m, events, reuse)
	if err != nil {
		return writeError(path, err)
	}
	blocks, err := verify(temp, m, wrote)
	if err != nil && slices.ContainsFunc(wrote, func(b writtenBlock) bool { return b.known != nil }) {
		reuse.blocks.set(nil)
		return fmt.Errorf("%w: %w", errCopies, err)
	}
	if err != nil {
		return fmt.Errorf("verify what was just written: %w", err)
	}
	if info, err := os.Stat(path); err == nil {
		_ = os.Chmod(temp, info.Mode().Perm()) // who could read the file before can read it again
	}
	if err := put(temp, path); err != nil {
		return writeError(path, err)
	}
	if err := syncFolder(filepath.Dir(path)); err != nil {
		return writeError(path, err)
	}
	if reuse != nil {
		reuse.blocks.set(blocks)
	}
	return nil
}

// tempBeside names a temporary file in the folder of path. Sync programs leave names of this shape alone.
func tempBeside(path, tag string) (string, error) {
	dir, base := filepath.Split(path)
	if info, err := os.Stat(dir); err != nil {
		return "", writeError(path, err)
	} else if !info.IsDir() {
		return "", &process.Error{Kind: process.NotFound, Msg: "file.no_folder", Args: []any{path}}
	}
	return filepath.Join(dir, ".~"+base+"."+tag+".tmp"), nil
}

func putInBatches(d *bolt.DB, events source) error {
	var batch []pair
	flush := func() error {
		err := d.Update(func(tx *bolt.Tx) error { return putAll(tx, batch) })
		batch = batch[:0]
		return err
	}
	err := events(func(key, value []byte) error {
		// The slices are the source's and may be gone before the batch is full.
		if batch = append(batch, pair{bytes.Clone(key), bytes.Clone(value)}); len(batch) == buildBatch {
			return flush()
		}
		return nil
	})
	return errors.Join(err, flush())
}

func putAll(tx *bolt.Tx, pairs []pair) error {
	b, err := tx.CreateBucketIfNotExists(eventsBucket)
	if err != nil {
		return err
	}
	b.FillPercent = 1 // keys come in order and nothing is ever added later
	for _, p := range pairs {
		if err := b.Put(p.key, p.value); err != nil {
			return err
		}
	}
	return nil
}

func (o Options) tag() (string, error) {
	var b [8]byte
	if _, err := o.Entropy.Read(b[:]); err != nil {
		return "", fmt.Errorf("take entropy: %w", err)
	}
	return hex.EncodeToString(b[:]), nil
}
