package db

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"milstolpe/process"
)

// What bbolt writes at the beginning of a file (its own format, version 2): two meta pages, each a page header of 16 bytes and then
// the fields below, in the byte order of the machine that wrote it. All machines that we build for are little endian.
const (
	metaMagic   = 0xED0CDAED
	metaVersion = 2
	metaFlag    = 0x04
	pageHeader  = 16
	metaSum     = 56 // bytes covered by the checksum that follows them
	minPage     = 1 << 9
	maxPage     = 1 << 16
)

// meta is a meta page as it lies in the file.
type meta struct {
	pageSize  int64
	highWater int64 // pages in use, this one past the last
	txid      uint64
}

// pages is what preflight learned about a file.
type pages struct {
	size     int64
	pageSize int64
	used     int64    // bytes up to the high-water mark
	bad      [2]error // what is wrong with each meta page
	newest   int      // index of the valid meta page with the highest transaction

	packed *packedLayout // of a packed file, of which the rest is not known
}

// preflight reads both meta pages with plain reads and says whether bbolt may be let near the file. bbolt itself makes a database out
// of an empty file and dies of a truncated one, in places where nothing can recover it.
//
// strict is for files that were written whole, which may be packed; of one that is not both meta pages must be right. A working copy that
// lost power in the middle of a commit may have one torn page, and stands on the other.
func preflight(path string, strict bool) (pages, error) {
	info, err := os.Stat(path)
	if err != nil {
		return pages{}, statError(path, err)
	}
	if err := usable(path, info); err != nil {
		return pages{}, err
	}
	f, err := openPlain(path)
	if err != nil {
		return pages{}, err
	}
	defer func() { _ = f.Close() }()
	if strict {
		if l, packed, err := readLayout(f, info.Size(), path); packed || err != nil {
			return pages{size: info.Size(), used: l.length, packed: &l}, err
		}
	}
	return readMetas(f, info.Size(), path, strict)
}

// usable refuses what is no file with content on this computer.
func usable(path string, info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return &process.Error{Kind: process.Invalid, Msg: "file.is_folder", Args: []any{path}}
	case !info.Mode().IsRegular():
		return &process.Error{Kind: process.Invalid, Msg: "file.not_regular", Args: []any{path}}
	case cloudOnly(info):
		return &process.Error{Kind: process.Busy, Msg: "file.cloud_only", Args: []any{path}}
	case info.Size() == 0:
		return &process.Error{Kind: process.Damaged, Msg: "file.empty", Args: []any{path}}
	}
	return nil
}

// openPlain opens a file for reading, and nothing that only looks like one: opening a pipe waits for its writer, reading a device may never
// end.
func openPlain(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, statError(path, err)
	}
	if !info.Mode().IsRegular() {
		return nil, &process.Error{Kind: process.Invalid, Msg: "file.not_regular", Args: []any{path}}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, statError(path, err)
	}
	return f, nil
}

// readPlain reads a small file of ours. What is not a plain file is as good as none.
func readPlain(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: path, Err: fs.ErrNotExist}
	}
	return os.ReadFile(path)
}

func statError(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) || strings.ContainsRune(path, 0) { // no file has such a name
		return &process.Error{Kind: process.NotFound, Msg: "file.missing", Args: []any{path}, Err: err}
	}
	if errors.Is(err, fs.ErrPermission) {
		return &process.Error{Kind: process.Invalid, Msg: "file.no_permission", Args: []any{path}, Err: err}
	}
	if inUse(err) {
		return &process.Error{Kind: process.Busy, Msg: "file.in_use", Args: []any{path}, Err: err}
	}
	return &process.Error{Kind: process.Internal, Msg: "file.unreadable", Args: []any{path}, Err: err}
}

func readMetas(f io.ReaderAt, size int64, path string, strict bool) (p pages, err error) {
	p.size = size
	var m [2]meta
	m[0], p.bad[0] = metaAt(f, 0)
	p.pageSize = m[0].pageSize
	if p.bad[0] != nil {
		p.pageSize = findSecondMeta(f)
	}
	m[1], p.bad[1] = metaAt(f, p.pageSize)
	if p.bad[0] != nil && p.bad[1] != nil {
		if size >= minPage && looksLikeMeta(f, 0) {
			return p, damaged(path, p.bad[0])
		}
		return p, &process.Error{Kind: process.Damaged, Msg: "file.not_ours", Args: []any{path}, Err: p.bad[0]}
	}
	p.newest = newest(m, p.bad)
	p.used = m[p.newest].highWater * p.pageSize
	if strict && (p.bad[0] != nil || p.bad[1] != nil) {
		return p, damaged(path, errors.Join(p.bad[0], p.bad[1]))
	}
	if p.bad[0] == nil && p.bad[1] == nil && m[0].pageSize != m[1].pageSize {
		return p, damaged(path, errors.New("the meta pages name different page sizes"))
	}
	if size < p.used {
		return p, &process.Error{Kind: process.Damaged, Msg: "file.truncated", Args: []any{path, size, p.used}}
	}
	return p, nil
}

func damaged(path string, err error) error {
	return &process.Error{Kind: process.Damaged, Msg: "file.damaged", Args: []any{path}, Err: err}
}

func newest(m [2]meta, bad [2]error) int {
	if bad[0] != nil || bad[1] == nil && m[1].txid > m[0].txid {
		return 1
	}
	return 0
}

// findSecondMeta looks for the second meta page where a page size would put it, for a file whose first one is damaged.
func findSecondMeta(f io.ReaderAt) int64 {
	for size := int64(minPage); size <= maxPage; size *= 2 {
		if m, err := metaAt(f, size); err == nil && m.pageSize == size {
			return size
		}
	}
	return int64(os.Getpagesize())
}

func looksLikeMeta(f io.ReaderAt, at int64) bool {
	var b [pageHeader + 4]byte
	_, err := f.ReadAt(b[:], at)
	return err == nil && (binary.LittleEndian.Uint32(b[pageHeader:]) == metaMagic || binary.LittleEndian.Uint16(b[8:]) == metaFlag)
}

func metaAt(f io.ReaderAt, at int64) (m meta, err error) {
	var page [pageHeader + metaSum + 8]byte
	if _, err := f.ReadAt(page[:], at); err != nil {
		return m, fmt.Errorf("read the meta page at %d: %w", at, err)
	}
	b := page[pageHeader:]
	sum := fnv.New64a()
	_, _ = sum.Write(b[:metaSum])
	m = meta{
		pageSize:  int64(binary.LittleEndian.Uint32(b[8:])),
		highWater: int64(binary.LittleEndian.Uint64(b[40:])),
		txid:      binary.LittleEndian.Uint64(b[48:]),
	}
	switch {
	case binary.LittleEndian.Uint32(b) != metaMagic:
		return m, fmt.Errorf("the meta page at %d has no magic number", at)
	case binary.LittleEndian.Uint32(b[4:]) != metaVersion:
		return m, fmt.Errorf("the meta page at %d is of another version", at)
	case binary.LittleEndian.Uint64(b[metaSum:]) != sum.Sum64():
		return m, fmt.Errorf("the checksum of the meta page at %d is wrong", at)
	case binary.LittleEndian.Uint16(page[8:]) != metaFlag:
		return m, fmt.Errorf("the page at %d does not say that it is a meta page", at)
	case m.pageSize < minPage || m.pageSize > maxPage || m.pageSize&(m.pageSize-1) != 0:
		return m, fmt.Errorf("the meta page at %d names a page size of %d", at, m.pageSize)
	case m.highWater < 2 || m.highWater > 1<<40/m.pageSize:
		return m, fmt.Errorf("the meta page at %d names %d pages", at, m.highWater)
	}
	return m, nil
}

// preflightStill is preflight for a working copy, which another program may be writing at this very moment: what looks wrong is looked
// at again before it is called wrong.
func preflightStill(path string) (p pages, err error) {
	for range 5 {
		if p, err = preflight(path, false); err == nil {
			return p, nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return p, err
}
