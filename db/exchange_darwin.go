package db

import (
	"errors"

	"golang.org/x/sys/unix"
)

// exchange makes two files change places, in one step.
func exchange(a, b string) error {
	err := unix.RenamexNp(a, b, unix.RENAME_SWAP)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOTSUP) {
		return errNoExchange // this file system cannot
	}
	return err
}
