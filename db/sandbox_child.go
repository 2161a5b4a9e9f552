package db

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	bolt "go.etcd.io/bbolt"

	"milstolpe/process"
)

const (
	readerMemory = 128 << 20 // bytes that the child may take for itself; the mapped file is not among them
	readerStack  = 64 << 20
	readerLife   = 10 * time.Minute
)

// init is where a program that was started to read a file turns off. It is here and not in main.go so that every program that links
// this package can be its own reader, test programs too, and nobody can forget to ask.
func init() {
	if path := os.Getenv(readerEnv); path != "" {
		os.Exit(readerMain(path, os.Stdout)) //nolint:forbidigo // a child process that has done its work
	}
}

func readerMain(path string, stdout io.Writer) int {
	_ = os.Unsetenv(readerEnv)
	debug.SetMaxStack(readerStack)
	limitSelf(path)
	go watchMemory()
	time.AfterFunc(readerLife, func() { os.Exit(4) }) //nolint:forbidigo // whoever asked is gone long since
	out := bufio.NewWriterSize(stdout, 1<<18)
	if _, err := out.WriteString(readerMagic); err != nil {
		return 1
	}
	err := guarded(func() error { return sendFile(out, path) })
	switch {
	case process.KindOf(err) == process.Newer:
		err = sendFrame(out, frameNewer)
	case err != nil:
		err = sendFrame(out, frameTrouble, []byte(err.Error()))
	default:
		err = sendFrame(out, frameEnd)
	}
	if errors.Join(err, out.Flush()) != nil {
		return 1
	}
	return 0
}

// watchMemory ends the child when it takes more than its share, for systems where nobody else does.
func watchMemory() {
	for range time.Tick(10 * time.Millisecond) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		if m.HeapInuse+m.StackInuse > readerMemory {
			os.Exit(3) //nolint:forbidigo // a child process that must not go on
		}
	}
}

func sendFile(out *bufio.Writer, path string) error {
	p, err := preflight(path, true)
	if err != nil {
		return err
	}
	if p.packed != nil {
		return sendPacked(out, *p.packed, path)
	}
	// The file is a private copy that nobody else has, so there is no lock to wait for. It is never closed: the end of this process
	// does that, and closing what is damaged has no use.
	d, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: time.Second, ReadOnly: true, NoStatistics: true})
	if err != nil {
		return err
	}
	return d.View(func(tx *bolt.Tx) error {
		b := tx.Bucket(manifestBucket)
		if b == nil {
			return errors.New("there is no manifest")
		}
		if err := sendFrame(out, frameManifest, b.Get(manifestKey)); err != nil {
			return err
		}
		return forEach(tx, func(key, value []byte) error {
			if len(key) != keyLen {
				return fmt.Errorf("a key of %d bytes among the events", len(key))
			}
			return sendFrame(out, frameEvent, key, value)
		})
	})
}

func sendPacked(out *bufio.Writer, l packedLayout, path string) error {
	f, err := openPlain(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	manifest, err := l.manifestIn(f)
	if err != nil {
		return err
	}
	if err := sendFrame(out, frameManifest, manifest); err != nil {
		return err
	}
	return l.records(f, func(key, value []byte) error { return sendFrame(out, frameEvent, key, value) })
}

func sendFrame(out *bufio.Writer, kind byte, parts ...[]byte) error {
	head := [5]byte{kind}
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	binary.BigEndian.PutUint32(head[1:], uint32(n))
	if _, err := out.Write(head[:]); err != nil {
		return err
	}
	for _, p := range parts {
		if _, err := out.Write(p); err != nil {
			return err
		}
	}
	return nil
}
