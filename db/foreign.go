package db

import "context"

// readForeign reads a private copy of a file that we did not write a moment ago.
func readForeign(_ context.Context, path string, each func(Record) error) (Manifest, *tally, error) {
	return readStore(path, each)
}
