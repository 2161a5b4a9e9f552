//go:build !windows && !darwin

package db

import "io/fs"

// cloudOnly is always false here: the sync programs of this system have no files without content.
func cloudOnly(fs.FileInfo) bool { return false }
