//go:build unix

package db_test

import (
	"syscall"
	"time"
)

// cpuTime is the processor time that this program and the children that it has waited for have used.
func cpuTime() (all time.Duration) {
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var u syscall.Rusage
		if syscall.Getrusage(who, &u) == nil {
			all += time.Duration(u.Utime.Nano() + u.Stime.Nano())
		}
	}
	return all
}
