package db

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"milstolpe/process"
)

// Gap is a run of events of one writer that ought to be there and is not.
type Gap struct {
	Writer   process.Writer
	From, To uint32 // numbers, both included
}

func (g Gap) String() string { return fmt.Sprintf("%x %d-%d", g.Writer[:], g.From, g.To) }

// Len is how many events are missing.
func (g Gap) Len() int { return int(g.To-g.From) + 1 }

func countGaps(gaps []Gap) (n int) {
	for _, g := range gaps {
		n += g.Len()
	}
	return n
}

func sortGaps(gaps []Gap) {
	slices.SortFunc(gaps, func(a, b Gap) int {
		return cmp.Or(bytes.Compare(a.Writer[:], b.Writer[:]), cmp.Compare(a.From, b.From))
	})
}

// numbers collects the sequence numbers seen of each writer, to find out which are missing. It is only asked when something is wrong.
type numbers map[process.Writer][]uint32

func (n numbers) add(r Record) { w := r.ID.Writer(); n[w] = append(n[w], r.Seq) }

// missing are the gaps below what was expected of each writer, and below the highest number seen.
func (n numbers) missing(expected map[process.Writer]uint32) []Gap {
	var gaps []Gap
	for w, last := range expected {
		if len(n[w]) == 0 && last > 0 {
			gaps = append(gaps, Gap{w, 1, last})
		}
	}
	for w, seen := range n {
		slices.Sort(seen)
		next := uint64(1) // one more than the largest number must be a number too
		for _, s := range seen {
			if uint64(s) > next {
				gaps = append(gaps, Gap{w, uint32(next), s - 1})
			}
			next = max(next, uint64(s)+1)
		}
		if last := expected[w]; uint64(last) >= next {
			gaps = append(gaps, Gap{w, uint32(next), last})
		}
	}
	sortGaps(gaps)
	return gaps
}
