package db

import (
	"io/fs"
	"syscall"
)

// Attributes of files that a cloud folder shows without having their content here.
const (
	attributeOffline            = 0x00001000
	attributeRecallOnOpen       = 0x00040000
	attributeRecallOnDataAccess = 0x00400000
)

// cloudOnly tells that a file's content lies in the cloud and would have to be fetched first.
func cloudOnly(info fs.FileInfo) bool {
	sys, ok := info.Sys().(*syscall.Win32FileAttributeData)
	return ok && sys.FileAttributes&(attributeOffline|attributeRecallOnOpen|attributeRecallOnDataAccess) != 0
}
