package db

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"time"

	"milstolpe/process"
)

// fileStamp is by what a shared file is recognised without reading it: size, time and identity. Sync programs and network folders do
// not tell of changes reliably, so looking is all there is.
type fileStamp struct {
	Size    int64     `json:"size"`
	ModTime time.Time `json:"mod_time"`
	Inode   uint64    `json:"inode,omitempty"`
}

func sight(info fs.FileInfo) fileStamp {
	return fileStamp{Size: info.Size(), ModTime: info.ModTime().UTC(), Inode: inode(info)}
}

func (s fileStamp) same(o fileStamp) bool {
	return s.Size == o.Size && s.ModTime.Equal(o.ModTime) && s.Inode == o.Inode
}

// sharedFile is what reading a shared file whole gave.
type sharedFile struct {
	manifest Manifest
	tally    *setSummary
	seen     fileStamp
	problem  error // why it is not the latest: the server could not be asked
}

// readShared reads a file that others may write, without ever mapping it: it is copied to a private place, refused if it changed
// meanwhile, and only the copy is opened. each gets every verified event; what it gets is good for the length of the call.
func readShared(ctx context.Context, path string, o Options, each func(Record) error) (f sharedFile, err error) {
	if IsServer(path) {
		return readServer(ctx, path, o, each)
	}
	if _, err := preflight(path, true); err != nil {
		return f, err
	}
	dir, err := o.privateTemp()
	if err != nil {
		return f, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	private := filepath.Join(dir, "copy")
	if f.seen, err = copyStill(ctx, path, private); err != nil {
		return f, err
	}
	f.manifest, f.tally, err = readForeign(ctx, private, each)
	if err != nil {
		return f, renamed(err, private, path)
	}
	if !f.manifest.fits(f.tally) {
		return f, damaged(path, errors.New("it does not hold the events that its manifest names"))
	}
	return f, nil
}

func (o Options) privateTemp() (string, error) {
	parent := ""
	if o.StateDir != "" {
		parent = filepath.Join(o.StateDir, "tmp")
		if err := os.MkdirAll(parent, 0o700); err != nil {
			return "", writeError(parent, err)
		}
		removeOld(parent, o.Clock())
	}
	dir, err := os.MkdirTemp(parent, "milstolpe-*")
	return dir, writeError(parent, err)
}

// removeOld removes what a program that was killed had copied to read it: reading takes seconds.
func removeOld(parent string, now time.Time) {
	entries, _ := os.ReadDir(parent)
	for _, e := range entries {
		if info, err := e.Info(); err == nil && now.Sub(info.ModTime()) > staleAfter {
			_ = os.RemoveAll(filepath.Join(parent, e.Name()))
		}
	}
}

// stillTries is how often a file that changes while it is copied is tried again before the caller is told.
const stillTries = 3

// copyStill copies a file and makes sure that it stood still meanwhile.
func copyStill(ctx context.Context, from, to string) (fileStamp, error) {
	for try := range stillTries {
		if try > 0 {
			if err := pause(ctx, 100*time.Millisecond); err != nil {
				return fileStamp{}, err
			}
		}
		before, err := os.Stat(from)
		if err != nil {
			return fileStamp{}, statError(from, err)
		}
		if err := copyStart(from, to, contentLength(from, before.Size())); err != nil {
			return fileStamp{}, err
		}
		after, err := os.Stat(from)
		if err != nil {
			return fileStamp{}, statError(from, err)
		}
		if sight(before).same(sight(after)) {
			return sight(after), nil
		}
	}
	return fileStamp{}, &process.Error{Kind: process.Busy, Msg: "file.changing", Args: []any{from}}
}

// contentLength is how much of a file counts: nothing that lies behind its end, where it says where that is.
func contentLength(path string, size int64) int64 {
	if p, err := preflight(path, true); err == nil {
		return p.used
	}
	return size
}

func copyFile(from, to string) error { return copyStart(from, to, math.MaxInt64) }

// copyStart copies so many bytes of a file, or all that there are.
func copyStart(from, to string, length int64) (err error) {
	in, err := openPlain(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return writeError(to, err)
	}
	err = copySparse(out, io.LimitReader(in, length))
	return writeError(to, errors.Join(err, out.Close()))
}

// copySparse copies what is in a file, and leaves holes where whole blocks have nothing in them: a file that says that it is huge, and is
// empty for the most part, takes no more room than before.
func copySparse(out *os.File, in io.Reader) error {
	block, empty := make([]byte, 1<<20), make([]byte, 1<<20)
	for size := int64(0); ; {
		n, err := io.ReadFull(in, block)
		if n > 0 && !bytes.Equal(block[:n], empty[:n]) {
			if _, err := out.WriteAt(block[:n], size); err != nil {
				return err
			}
		}
		size += int64(n)
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return out.Truncate(size)
		case err != nil:
			return err
		}
	}
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// renamed puts the path that the person knows into an error about a private copy.
func renamed(err error, private, path string) error {
	var e *process.Error
	if errors.As(err, &e) {
		c := *e
		c.Args = append([]any(nil), e.Args...)
		for i, a := range c.Args {
			if a == private {
				c.Args[i] = path
			}
		}
		return &c
	}
	return err
}
