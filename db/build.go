package db

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"

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
	temp, err := tempBeside(path, m.Publication)
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temp) }() // nothing is there any more when all went well
	if err := build(temp, m, events); err != nil {
		return writeError(path, err)
	}
	if err := verify(temp, m); err != nil {
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

func build(path string, m Manifest, events source) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o666) // as other documents: who may read it is up to the user's settings
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	err = guarded(func() error { return buildIn(path, m, events) })
	if err != nil {
		return err
	}
	return trim(path)
}

func buildIn(path string, m Manifest, events source) (err error) {
	// No syncing and no list of free pages on the way: the file counts only once it is complete, verified and forced to the disk.
	d, err := bolt.Open(path, 0o600, &bolt.Options{
		PageSize: pageSize, NoSync: true, NoGrowSync: true, NoFreelistSync: true, FreelistType: bolt.FreelistMapType, NoStatistics: true,
	})
	if err != nil {
		return err
	}
	defer func() {
		if cerr := d.Close(); err == nil {
			err = cerr
		}
	}()
	if err := putInBatches(d, events); err != nil {
		return err
	}
	return d.Update(func(tx *bolt.Tx) error { return putManifest(tx, m) })
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

func putManifest(tx *bolt.Tx, m Manifest) error {
	seal, err := m.encode()
	if err != nil {
		return err
	}
	b, err := tx.CreateBucket(manifestBucket)
	if err != nil {
		return err
	}
	return b.Put(manifestKey, seal)
}

// trim cuts off what lies beyond the high-water mark (bbolt allocates ahead) and forces the file to the disk.
func trim(path string) (err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	p, err := readMetas(f, math.MaxInt64, path, false)
	if err != nil {
		return err
	}
	if err := f.Truncate(p.used); err != nil {
		return err
	}
	return f.Sync()
}

// verify reads a file that was just written, as if it were somebody else's, and compares it with the manifest that it was made from.
func verify(path string, m Manifest) error {
	got, t, err := readStore(path, nil)
	if err != nil {
		return err
	}
	if got.Publication != m.Publication || !got.fits(t) || !m.fits(t) {
		return damaged(path, errors.New("it holds something else than was written"))
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
