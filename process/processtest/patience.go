package processtest

import (
	"os"
	"runtime/debug"
	"slices"
	"strings"
)

// patience is how much a heap may grow, in percent of what is in use, before a test looks for garbage.
const patience = 400

// A test lives for seconds and makes teams that it throws away, and looking for garbage as often as a program that runs all day takes a
// quarter of its time. A benchmark is to say what the program takes, so it looks as often as the program does.
func init() {
	benchmark := slices.ContainsFunc(os.Args, func(arg string) bool { return strings.HasPrefix(arg, "-test.bench") })
	if _, set := os.LookupEnv("GOGC"); !set && !benchmark {
		debug.SetGCPercent(patience)
	}
}
