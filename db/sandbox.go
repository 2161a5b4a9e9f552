package db

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"time"

	"milstolpe/process"
)

// A file that this process did not write a moment ago is read by a child: this very program, started again with readerEnv set. Some of
// what damage does to bbolt cannot be caught (a fault in another goroutine, a stack without end, a loop), and then it is the child that
// dies. What the child says is not believed either: every record is verified here.
const readerEnv = "MILSTOLPE_READ_EVENTS_OF"

// The child writes a magic number, then frames: one byte of kind, 4 bytes of length (big endian), content.
const (
	readerMagic   = "MSread1\n"
	frameManifest = 'm' // as it lies in the file
	frameEvent    = 'e' // key, then value
	frameEnd      = 'z' // all of it was read
	frameTrouble  = 'x' // why not, as text
	frameNewer    = 'n' // a later version has packed it in a way that is not known here
)

// readForeign reads a private copy of a shared file. each gets every verified record, in the order of their keys; what it gets is good
// for the length of the call. An error from each ends the reading and is returned as it is.
func readForeign(ctx context.Context, path string, each func(Record) error) (m Manifest, t *setSummary, err error) {
	alive, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	program, err := thisProgram()
	if err != nil {
		return m, nil, fmt.Errorf("find this program to read a file with: %w", err)
	}
	child := exec.CommandContext(alive, program)
	child.Env = append(os.Environ(), readerEnv+"="+path)
	child.WaitDelay = time.Second
	asReader(child)
	stderr := &capped{}
	child.Stderr = stderr
	out, err := child.StdoutPipe()
	if err != nil {
		return m, nil, err
	}
	if err := child.Start(); err != nil {
		return m, nil, fmt.Errorf("start this program to read a file with: %w", err)
	}
	patience := time.AfterFunc(readerPatience, func() { cancel(errReaderStalled) })
	in := bufio.NewReaderSize(patientReader{out, patience}, 1<<18)
	r := frameReader{in: in, path: path, each: each, tally: newTally()}
	err = r.run()
	patience.Stop()
	if err != nil {
		cancel(nil) // it may still be writing
	}
	werr := child.Wait()
	if err == nil || errors.Is(err, errReaderGone) {
		stalled := errors.Is(context.Cause(alive), errReaderStalled)
		err = readerError(ctx, path, errors.Join(err, werr), stalled, stderr)
	}
	return r.manifest, r.tally, err
}

// readerPatience is how long the child may be silent. A machine that is busy with other things makes it slow, and that is no damage, so
// this is long; what never comes to an end is stopped by the processor time that the child has.
const readerPatience = 15 * time.Second

// readerSeconds is how much processor time the child has: two seconds, and one more for each 50 megabytes, or each 10 of a packed file,
// which is to be unpacked.
func readerSeconds(path string, size int64) uint64 {
	if p, err := preflight(path, true); err == nil && p.packed != nil {
		return 2 + uint64(size/(10<<20))
	}
	return 2 + uint64(size/(50<<20))
}

var errReaderStalled = errors.New("the reader has been silent for too long")

// patientReader starts the time anew whenever it waits for the child, and does not count what we do in between.
type patientReader struct {
	in       io.Reader
	patience *time.Timer
}

func (p patientReader) Read(b []byte) (int, error) {
	p.patience.Reset(readerPatience)
	defer p.patience.Stop()
	return p.in.Read(b)
}

// thisProgram is the running program itself; where the system allows it, even if its file was replaced by a newer version meanwhile.
// Elsewhere anybody might have put something at that path.
func thisProgram() (string, error) {
	const self = "/proc/self/exe"
	if _, err := os.Stat(self); err == nil && runtime.GOOS == "linux" {
		return self, nil
	}
	return os.Executable()
}

func readerError(ctx context.Context, path string, err error, stalled bool, stderr *capped) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case stalled:
		return &process.Error{Kind: process.Busy, Msg: "file.read_stalled", Args: []any{path}, Err: err}
	}
	return damaged(path, fmt.Errorf("reading it failed: %w: %s", err, bytes.TrimSpace(stderr.b)))
}

var errReaderGone = errors.New("the reader ended before its end")

type frameReader struct {
	in       *bufio.Reader
	path     string
	each     func(Record) error
	manifest Manifest
	tally    *setSummary
	last     []byte
	buf      []byte
}

func (r *frameReader) run() error {
	magic := make([]byte, len(readerMagic))
	if _, err := io.ReadFull(r.in, magic); err != nil || string(magic) != readerMagic {
		return errReaderGone
	}
	for {
		kind, content, err := r.frame()
		if err != nil {
			return err
		}
		switch kind {
		case frameManifest:
			if r.manifest, err = decodeManifest(content); err != nil {
				return damaged(r.path, err)
			}
		case frameEvent:
			if err := r.event(content); err != nil {
				return err
			}
		case frameTrouble:
			return damaged(r.path, errors.New(string(content)))
		case frameNewer:
			return newerFormat(r.path, r.manifest)
		case frameEnd:
			return nil
		default:
			return errReaderGone
		}
	}
}

func (r *frameReader) frame() (kind byte, content []byte, err error) {
	var head [5]byte
	if _, err := io.ReadFull(r.in, head[:]); err != nil {
		return 0, nil, errReaderGone
	}
	n := int(uint32(head[1])<<24 | uint32(head[2])<<16 | uint32(head[3])<<8 | uint32(head[4]))
	if n > 2*maxEvent {
		return 0, nil, errReaderGone
	}
	if cap(r.buf) < n {
		r.buf = make([]byte, n)
	}
	content = r.buf[:n]
	if _, err := io.ReadFull(r.in, content); err != nil {
		return 0, nil, errReaderGone
	}
	return head[0], content, nil
}

func (r *frameReader) event(content []byte) error {
	if len(content) < keyLen {
		return damaged(r.path, errNoRecord)
	}
	key := content[:keyLen]
	rec, err := DecodeRecord(key, content[keyLen:])
	if err != nil {
		if process.KindOf(err) == process.Newer {
			return newerFormat(r.path, r.manifest)
		}
		return damaged(r.path, fmt.Errorf("event %x: %w", key, err))
	}
	// Keys that do not rise mean that a damaged page leads in circles or to the wrong place.
	if bytes.Compare(key, r.last) <= 0 {
		return damaged(r.path, errors.New("its events are out of order"))
	}
	r.last = append(r.last[:0], key...)
	r.tally.add(rec)
	if r.each == nil {
		return nil
	}
	return r.each(rec)
}

// capped keeps the beginning of what a child says on its way out.
type capped struct{ b []byte }

func (c *capped) Write(p []byte) (int, error) {
	if room := 2000 - len(c.b); room > 0 {
		c.b = append(c.b, p[:min(room, len(p))]...)
	}
	return len(p), nil
}
