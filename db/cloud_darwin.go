package db

import (
	"io/fs"
	"syscall"
)

const dataless = 0x40000000 // SF_DATALESS of <sys/stat.h>

// cloudOnly tells that a file's content lies in the cloud and would have to be fetched first.
func cloudOnly(info fs.FileInfo) bool {
	sys, ok := info.Sys().(*syscall.Stat_t)
	return ok && sys.Flags&dataless != 0
}
