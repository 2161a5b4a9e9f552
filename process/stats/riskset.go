package stats

// Horizon is the longest remaining time that is told apart: 1095 days, three
// years. Everything longer counts as this (section 5).
const Horizon = 1095

// Event says how a deal ended, or that it has not.
type Event uint8

// A deal is open until it is won or lost.
const (
	Open Event = iota
	Won
	Lost
)

// RiskSet counts observed days by the time that remained until the deal was won,
// lost, or out of sight (section 5). The zero value is ready to use.
//
// It is kept as differences: a stay of many days is a run of consecutive
// remaining times, and adds two numbers however long it is. The last difference
// of an array lies beyond the horizon and is never read.
type RiskSet struct {
	ended [3][Horizon + 2]int // by Ending; Open is cut off
}

// Count adds the days from ≤ u < to of a deal that ended in the given way on day
// end, or that was open when it was last looked at on day end. Days from end on
// have no remaining time and are left out.
func (d *RiskSet) Count(from, to, end int, how Event) {
	to = min(to, end)
	if from >= to {
		return
	}
	a := &d.ended[how]
	shortest, longest := end-to+1, end-from
	if longest >= Horizon {
		beyond := longest - max(Horizon, shortest) + 1
		a[Horizon] += beyond
		a[Horizon+1] -= beyond
		longest = Horizon - 1
	}
	if shortest <= longest {
		a[shortest]++
		a[longest+1]--
	}
}

// Add counts all days of o as well.
func (d *RiskSet) Add(o *RiskSet) {
	for how := range d.ended {
		for r, n := range o.ended[how] {
			d.ended[how][r] += n
		}
	}
}

// Tally says how many days were followed by a win, by a loss, or by nothing yet.
type Tally struct{ Won, Lost, Censored int }

// Tally sums the days over all remaining times.
func (d *RiskSet) Tally() Tally {
	var sum [3]int
	for how := range d.ended {
		now := 0
		for _, change := range d.ended[how][:Horizon+1] {
			now += change
			sum[how] += now
		}
	}
	return Tally{Won: sum[Won], Lost: sum[Lost], Censored: sum[Open]}
}

// By lists the days by remaining time, indexes 0 to Horizon.
func (d *RiskSet) By(how Event) []int {
	counts := make([]int, Horizon+1)
	now := 0
	for r := range counts {
		now += d.ended[how][r]
		counts[r] = now
	}
	return counts
}
