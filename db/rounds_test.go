package db_test

import (
	"flag"
	"testing"
)

var full = flag.Bool("full", false, "run every test of what must hold with its full count (about an hour)")

// rounds is how often a test of what must hold is run: a few times as a rule, all the times with -full.
func rounds(t testing.TB, few, all int) int {
	t.Helper()
	n := few
	if *full {
		n = all
	}
	t.Logf("%d rounds of %d", n, all)
	return n
}
