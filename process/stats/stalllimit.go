package stats

// enoughWaits is the number of waits from which a patience is learned (section 4).
const enoughWaits = 8

// longestWait bounds the memory of Waits. A wait of more than a hundred years is
// a mistyped date, and counts as a hundred.
const longestWait = 36525

// StallLimit is a patience in days. The zero Limit is no limit at all: nothing stalls.
type StallLimit struct {
	Days  int
	Known bool
}

// Stalled says whether a deal that came to its standing this many days ago has
// waited longer than the limit (section 2).
func (l StallLimit) Stalled(waited int) bool { return l.Known && waited > l.Days }

// Durations counts how long deals waited at one number of passed milestones before
// the next step. The zero value is ready to use.
type Durations struct {
	n      int
	byDays []int
}

// Add counts one wait. A wait lasts at least one day.
func (w *Durations) Add(days int) {
	days = min(max(days, 1), longestWait)
	if days >= len(w.byDays) {
		w.byDays = append(w.byDays, make([]int, days+1-len(w.byDays))...)
	}
	w.byDays[days]++
	w.n++
}

// join counts all waits of o as well.
func (w *Durations) join(o *Durations) {
	if more := len(o.byDays) - len(w.byDays); more > 0 {
		w.byDays = append(w.byDays, make([]int, more)...)
	}
	for days, k := range o.byDays {
		w.byDays[days] += k
	}
	w.n += o.n
}

// Count is how many waits there are.
func (w *Durations) Count() int { return w.n }

// Patience is the smallest wait that at least 80 % of them do not exceed, or no
// limit while there are fewer than eight (section 4).
func (w *Durations) Patience() StallLimit {
	if w.n < enoughWaits {
		return StallLimit{}
	}
	need := (4*w.n + 4) / 5 // ⌈0.8·n⌉ without leaving the whole numbers
	for days, k := range w.byDays {
		if need -= k; need <= 0 {
			return StallLimit{Days: days, Known: true}
		}
	}
	return StallLimit{}
}

// Patience is [Waits.Patience] of a list of waits in any order.
func Patience(waits []int) (days int, ok bool) {
	var w Durations
	for _, d := range waits {
		w.Add(d)
	}
	l := w.Patience()
	return l.Days, l.Known
}
