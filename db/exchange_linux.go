package db

import (
	"errors"

	"golang.org/x/sys/unix"
)

// exchange makes two files change places, in one step.
func exchange(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.ENOTSUP) || errors.Is(err, unix.EPERM) {
		return errNoExchange // this file system cannot
	}
	return err
}
