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

// inode is the identity of a file on its disk.
func inode(info os.FileInfo) uint64 {
	if sys, ok := info.Sys().(*syscall.Stat_t); ok {
		return sys.Ino
	}
	return 0
}

// addressSpace is what the runtime reserves without using it; the limit has to leave room for that.
const addressSpace = 4 << 30

// limitMemory has the system refuse memory to this process beyond its share and the mapped file.
func limitMemory(path string) {
	size := uint64(0)
	if info, err := os.Stat(path); err == nil {
		size = uint64(info.Size())
	}
	limit := syscall.Rlimit{Cur: addressSpace + 2*size, Max: addressSpace + 2*size}
	_ = syscall.Setrlimit(syscall.RLIMIT_AS, &limit) // without it watchMemory is still there
}

// asReader has nothing to arrange here.
func asReader(*exec.Cmd) {}
