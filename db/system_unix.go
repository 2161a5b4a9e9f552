//go:build unix

package db

import (
	"errors"
	"os"
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
