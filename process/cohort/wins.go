package cohort

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// Win is a deal that was won. Whether it counts on a day depends on what was known then; of a plain deal that is only when the close
// became known, and what it brought stands ready.
type Win struct {
	Deal  *sales.Deal
	On    process.Date
	Since process.Date // known
	Close *sales.Close
	Value float64 // what it brought, in minor units of the reporting currency

	plain bool
}

// Fixed reports whether the win is the same from every day on which it counts at all; of the others Close and Value stand only in what
// WinOn answers.
func (w *Win) Fixed() bool { return w.plain }

// WonIn are the deals won in the days from start to end, as known whenever, by day.
func (c *Cohort) WonIn(start, end process.Date) []Win {
	if !c.winsKnown {
		for _, d := range c.deals {
			c.wins = c.winsOf(c.wins, d)
		}
		c.wins, c.winsKnown = byDay(c.wins), true
	}
	from, to := firstWin(c.wins, start), firstWin(c.wins, end+1)
	return c.wins[from:max(from, to)]
}

// winsOf adds the wins of a deal to others: one, but for a deal that was won on several days.
func (c *Cohort) winsOf(wins []Win, d *sales.Deal) []Win {
	if c.spans[c.place(d)].plain {
		if end := d.Now.Close; end != nil && end.Outcome == process.Won {
			wins = append(wins, Win{d, end.On, end.Known, end, c.team.ClosedValue(d, end), true})
		}
		return wins
	}
	seen := map[process.Date]bool{}
	for k := range d.Closings() {
		if end := &d.Closings()[k].Value; end.Outcome == process.Won && !seen[end.On] {
			seen[end.On] = true
			wins = append(wins, Win{Deal: d, On: end.On})
		}
	}
	return wins
}

// WinOn looks at a win as it was known on the day. It answers false where it was not won then, or on another day.
func (c *Cohort) WinOn(w Win, day process.Date) (Win, bool) {
	if w.plain {
		return w, w.Since <= day
	}
	if w.Close = c.CloseOn(w.Deal, day); w.Close == nil || w.Close.Outcome != process.Won || w.Close.On != w.On {
		return w, false
	}
	w.Since, w.Value = w.Close.Known, c.team.ClosedValue(w.Deal, w.Close)
	return w, true
}

// WasOver reports whether the win, or another end of the deal, was known on the day.
func (c *Cohort) WasOver(w Win, day process.Date) bool {
	if w.plain {
		return w.Since <= day
	}
	return c.CloseOn(w.Deal, day) != nil
}

// byDay puts wins that stand in the order of their deals in the order of their days, those of one day still in that of their deals.
// Numbers are sorted in their place: a team may have won a hundred thousand times.
func byDay(wins []Win) []Win {
	keys := make([]int64, len(wins))
	for i := range wins {
		keys[i] = int64(wins[i].On)<<32 | int64(i)
	}
	slices.Sort(keys)
	sorted := make([]Win, len(wins))
	for i, key := range keys {
		sorted[i] = wins[key&(1<<32-1)]
	}
	return sorted
}

func firstWin(wins []Win, start process.Date) int {
	i, _ := slices.BinarySearchFunc(wins, start, func(w Win, day process.Date) int { return cmp.Compare(w.On, day) })
	return i
}
