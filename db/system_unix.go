//go:build unix

package db

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"
)

// initialMap is how much of the address space a database takes at once. Growing the mapping waits for everybody who is reading, so it
// should seldom have to.
const initialMap = 64 << 20

func noSpace(err error) bool {
	for _, e := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		// bbolt puts some causes into its messages as text only.
		if errors.Is(err, e) || strings.Contains(err.Error(), e.Error()) {
			return true
		}
	}
	return false
}

func readOnlyFolder(err error) bool { return errors.Is(err, syscall.EROFS) }

// inUse is a refusal because another program has the file open, which does not happen here.
func inUse(error) bool { return false }

// syncFolder makes a rename in a folder last.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		err = nil // some network file systems have no fsync for folders
	}
	if cerr := d.Close(); err == nil {
		err = cerr
	}
	return err
}

// unlock gives up bbolt's lock on a file.
func unlock(f *os.File) { _ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }

// inode is the identity of a file on its disk.
func inode(info os.FileInfo) uint64 {
	if sys, ok := info.Sys().(*syscall.Stat_t); ok {
		return sys.Ino
	}
	return 0
}

// addressSpace is what the runtime reserves without using it; the limit has to leave room for that.
const addressSpace = 4 << 30

// limitSelf has the system refuse memory to this process beyond its share and the mapped file, and end it when it has used up its
// processor time. Where a limit cannot be set, watchMemory and the patience of whoever asked are still there.
func limitSelf(path string) {
	size := int64(0)
	if info, err := os.Stat(path); err == nil {
		size = info.Size()
	}
	memory, seconds := addressSpace+2*uint64(size), readerSeconds(path, size)
	_ = syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: memory, Max: memory})
	_ = syscall.Setrlimit(syscall.RLIMIT_CPU, &syscall.Rlimit{Cur: seconds, Max: seconds})
}

// asReader has nothing to arrange here.
func asReader(*exec.Cmd) {}
