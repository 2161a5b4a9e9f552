package db

import (
	"errors"
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/sys/windows"
)

// initialMap is left to bbolt here, where a file is made as large as its mapping.
const initialMap = 0

func noSpace(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

func readOnlyFolder(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }

// inUse is a refusal because another program has the file open: a scanner, a sync program, a colleague on the share.
func inUse(err error) bool {
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_LOCK_VIOLATION) ||
		errors.Is(err, syscall.ERROR_ACCESS_DENIED)
}

// syncFolder does nothing: this system has no fsync for folders.
func syncFolder(string) error { return nil }

// unlock gives up bbolt's lock on a file, which is one on the very last byte that it could have.
func unlock(f *os.File) {
	const last = 1<<32 - 1
	_ = windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, &windows.Overlapped{Offset: last, OffsetHigh: last})
}

// inode is not to be had from a FileInfo here; size and time have to do.
func inode(os.FileInfo) uint64 { return 0 }

// asReader keeps a console window from flashing up.
func asReader(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{HideWindow: true, CreationFlags: windows.CREATE_NO_WINDOW}
}

// limitSelf leaves it to watchMemory and to the patience of whoever asked.
func limitSelf(string) {}
